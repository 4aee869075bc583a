"""The search of bundles: what stands against brute force, one stream for all, going on after a stop, and files that overwrite nothing."""
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.unit.test_compare import Engine, draws

from interlope.errors import BadInput
from interlope.levers import option as options
from interlope.levers.catalogue import levers
from interlope.levers.option import Option, ScheduledLever
from interlope.policy.search.archive import Archive, is_beaten
from interlope.policy.search.bundle import STEPS, list_neighbours, make, setting, to_option
from interlope.policy.search.run import Wanted, run
from interlope.reporting import search as written
from interlope.results.comparison import CompareResult
from interlope.scenario.case import load


@pytest.fixture
def case(small_case):
    return replace(load(small_case), options={"status-quo": Option("status-quo", "nothing")})


def search(case, folder, engine=None, **wanted):
    return run(case, draws(16), Wanted(**{"budget": 20, "days": 20, **wanted}), keep=folder, engine=engine or Engine())


def by_levers(result):
    return {tuple((x.lever, x.setting) for x in b.levers): b for b in result.search.bundles}


def test_neighbours_are_one_step_away_and_go_both_ways():
    bundle = make({"raids": 1, "joint_patrols": STEPS})
    found = list(list_neighbours(bundle, 3))
    assert bundle not in found and len(set(found)) == len(found)
    assert make({"raids": 2, "joint_patrols": STEPS}) in found and make({"joint_patrols": STEPS}) in found
    assert make({"raids": 1, "joint_patrols": STEPS - 1}) in found and all(len(b) <= 3 for b in found)
    assert not any(len(b) > 2 for b in list_neighbours(bundle, 2)) and () not in list(list_neighbours(make({"raids": 1}), 3))
    for lever in levers().values():
        assert setting(lever.name, STEPS) == lever.high and not np.array_equal(to_option(make({lever.name: STEPS}), "x").controls(9), 0)


def test_what_stands_is_what_brute_force_finds():
    rng = np.random.default_rng(5)
    archive = Archive(3, 1)
    points = rng.integers(0, 4, (60, 2, 2)).astype(float)  # ties on purpose
    every = [make({"raids": 1 + i % STEPS, "joint_patrols": 1 + i // STEPS % STEPS, "safe_reception": i // 16}) for i in range(60)]
    for bundle, point in zip(every, points, strict=True):
        archive.add(bundle, point, np.zeros((2, 2)))
    beaten = [any((q <= p).all() and (q < p).any() for q in points) for p in points]
    assert archive.list_undominated() == [b for b, x in zip(every, beaten, strict=True) if not x]
    assert not is_beaten(np.array([[1.0, 2.0], [1.0, 2.0]]), 0)


def test_the_next_ones_are_new_and_each_harm_takes_its_turn():
    archive = Archive(2, 1)
    archive.add((), np.zeros((1, 2)), np.zeros((1, 2)))
    archive.add(make({"raids": 2}), np.array([[-1.0, 1.0]]), np.zeros((1, 2)))
    archive.add(make({"safe_reception": 2}), np.array([[1.0, -1.0]]), np.zeros((1, 2)))
    batch = archive.choose(4)
    assert len(set(batch)) == 4 and not set(batch) & set(archive.means)
    assert ["raids" in dict(b) for b in batch[::2]] == [True, True] and ["safe_reception" in dict(b) for b in batch[1::2]] == [True, True]


def test_a_small_space_is_searched_to_its_end(case, tmp_path):
    result = search(case, tmp_path, budget=500, most_levers=1)
    assert result.search.complete and result.search.tried == len(by_levers(result))
    assert result.search.tried <= STEPS * len(levers())
    assert not search(case, tmp_path / "b", budget=7, most_levers=1).search.complete


def test_a_bundle_that_is_shown_to_raise_a_harm_is_not_proposed(case, tmp_path):
    result = search(case, tmp_path, budget=30)
    fences = [b for b in result.search.bundles if "border_hardening" in {x.lever for x in b.levers}]
    assert fences and all("client_deaths" in b.raises and not b.proposal and not b.undominated for b in fences)
    still = [b for b in result.search.bundles if not any(h.mean for h in b.harms)]
    assert still and not any(b.proposal for b in still)  # what changes nothing is no proposal
    assert [o.name for o in result.options] == ["status-quo"] and "Nothing is proposed" in " ".join(written.tell(result))


def test_every_bundle_is_run_on_the_same_random_numbers(case, tmp_path):
    few, many = search(case, tmp_path / "a", budget=9), search(case, tmp_path / "b", budget=30)
    small, large = by_levers(few), by_levers(many)
    assert set(small) <= set(large)
    assert all(small[name].harms == large[name].harms for name in small)  # whatever else is tried beside it


def test_a_stopped_search_goes_on_with_the_same_bits(case, tmp_path):
    whole = search(case, tmp_path / "whole", budget=24)

    def stop(stage, done, total):
        if done >= 12:  # the levers by themselves, in two batches
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(case, draws(16), Wanted(budget=24, days=20), keep=tmp_path / "stopped", progress=stop, engine=Engine())
    batches = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "stopped").glob("*.npz")}
    engine = Engine()
    assert search(case, tmp_path / "stopped", engine, budget=24) == whole
    assert len(batches) == 2 and all((tmp_path / "stopped" / n).stat().st_mtime_ns == t for n, t in batches.items())
    assert len(engine.settings) == 2 * 3  # two begins for each of two batches and the comparison at the end


def test_options_of_the_case_on_the_grid_are_named(case, tmp_path):
    own = Option("fence", "", (ScheduledLever("border_hardening", levers()["border_hardening"].high / 2, 0, options.ALWAYS, 7),))
    off = Option("off-grid", "", (ScheduledLever("raids", 0.123, 0, options.ALWAYS, 7),))
    result = search(replace(case, options={**case.options, "fence": own, "off-grid": off}), tmp_path)
    assert [b.name for b in result.search.bundles if b.name] == ["fence"]


def test_proposals_are_written_as_options_that_load(case, tmp_path):
    made = search(case, tmp_path / "keep", budget=12)
    bundle = made.search.bundles[0].model_copy(update={"proposal": "bundle-1"})
    made = made.model_copy(update={"search": made.search.model_copy(update={"bundles": [bundle]})})
    path, = written.write_options(made, tmp_path / "new", case.folder)
    faults = []
    loaded = options.load(path, path.name, 20, faults)
    assert not faults and [(x.lever, x.setting) for x in loaded.levers] == [(x.lever, x.setting) for x in bundle.levers]
    with pytest.raises(BadInput, match="is there already"):
        written.write_options(made, tmp_path / "new", case.folder)
    for inside in (case.folder, case.folder / "options", case.folder / "options" / "more"):
        with pytest.raises(BadInput, match="a folder of the case"):
            written.write_options(made, inside, case.folder)


def test_the_folder_holds_record_tables_and_figure(case, tmp_path):
    made = search(case, tmp_path / "keep", budget=12)
    assert written.write(made, tmp_path) == ["bundles.svg", "compare.json", "proposals.csv", "tried.csv"]
    assert CompareResult.model_validate_json((tmp_path / "compare.json").read_text()) == made
    assert (tmp_path / "tried.csv").read_text().count("\n") == 13 and "<path" in (tmp_path / "bundles.svg").read_text()
