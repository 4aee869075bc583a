"""Sensitivity: known indices come back, simulation noise is the floor, stopped runs go on, and the verb says what it needs."""
from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from importlib import util

import numpy as np
import pytest

import interlope as il
from interlope import manifest
from interlope.errors import BadInput, RunFailed
from interlope.policy.outcome import YEAR
from interlope.policy.sensitivity import evaluate, indices, measured
from interlope.policy.sensitivity import run as job
from interlope.policy.sensitivity.factors import EXPLANATION, RANDOM_NUMBERS, list_factors
from interlope.quantities import INDEX, SERIES
from interlope.reporting import sensitivity as written
from interlope.storage.partial import Partial

SMALL = job.Wanted(outcomes=("attempts", "share_command"), trajectories=3, base=4, replicates=2, seed=3)


@pytest.fixture(scope="module")
def case():
    return il.load("toy")


@pytest.fixture(scope="module")
def result(case, tmp_path_factory):
    return job.run(case, SMALL, keep=tmp_path_factory.mktemp("keep"))


def ishigami(x):
    a, b, c = (np.pi * (2 * x - 1)).T
    return np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)


def test_shares_of_a_known_function_come_back():
    names = ("a", "b", "c")
    found = indices.share(names, ishigami(indices.share_design(names, 1024, 1)), 1)
    for share, first, total in zip(found, (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)):
        assert share.first == pytest.approx(first, abs=0.05)
        assert share.total == pytest.approx(total, abs=0.05)
        assert abs(share.total - total) < 2 * share.total_error + 0.01


def test_screening_of_a_line_gives_its_slopes():
    names = ("a", "b", "dummy")
    grid = indices.screen_design(names, 10, 1)
    effects = indices.screen(names, grid, grid @ np.array([2.0, -3.0, 0.0]), 1)
    assert [e.size for e in effects] == pytest.approx([2.0, 3.0, 0.0])
    assert effects[1].mean == pytest.approx(-3.0)
    assert indices.quantiles(grid).min() == pytest.approx(0.025)


def test_an_outcome_that_never_varies_has_no_shares():
    assert indices.share(("a", "b"), np.full(16, 4.0), 1) == [None, None]


def test_factors_are_every_prior_the_explanation_and_the_random_numbers(case):
    factors = list_factors(case)
    assert factors.names[:2] == (RANDOM_NUMBERS, EXPLANATION)
    assert {"demand_level", "takeover_arrival_day"} <= set(factors.names)
    assert "earnings_wage" not in factors.names


def test_quantiles_and_explanations_become_parameters(case):
    factors = list_factors(case)
    u = np.array([[0.25, 0.9, 0.1], [0.75, 0.9, 0.1]])
    values, which, stream_set = factors.values(u, (EXPLANATION, "demand_level", RANDOM_NUMBERS))
    prior = case.parameters("rivalry")["demand_level"].prior
    assert values["demand_level"] == pytest.approx(prior.quantile(np.array([0.9, 0.9])))
    assert which.tolist() == [0, 1]
    assert stream_set.tolist() == [6, 6]
    absorbed = [case.parameters(h)["takeover_absorption_rate"].prior.median for h in case.hypotheses]
    assert values["takeover_absorption_rate"] == pytest.approx(absorbed)


def test_what_an_explanation_fixes_has_no_effect_there(case):
    factors = list_factors(case)
    values, _, _ = factors.values(np.array([[0.25, 0.1], [0.25, 0.9]]), (EXPLANATION, "takeover_absorption_rate"))
    assert values["takeover_absorption_rate"][0] == values["takeover_absorption_rate"][1]


def test_points_share_their_random_streams_unless_these_differ(case, tmp_path):
    factors = list_factors(case)
    world = evaluate.World(case.setting(end=case.as_of), 10, 2, 5)
    points = np.array([[0.0, 0.5], [0.0, 0.5], [0.9, 0.5]])
    blocks = Partial(tmp_path, "1a2b3c4d", print)
    found = evaluate.evaluate(factors, (RANDOM_NUMBERS, "demand_level"), points, measured.pick(["attempts"]), world, blocks, "noise")
    assert found.mean[0, 0] == found.mean[1, 0] != found.mean[2, 0]


def test_finished_blocks_are_taken_up(case, tmp_path, monkeypatch):
    whole = job.run(case, SMALL, keep=tmp_path / "whole")
    calls = []
    real = evaluate._block

    def stopped(*words):
        calls.append(words)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*words)

    monkeypatch.setattr(evaluate, "_block", stopped)
    with pytest.raises(KeyboardInterrupt):
        job.run(case, SMALL, keep=tmp_path / "kept")
    before = len(list((tmp_path / "kept").glob("*.npz")))
    assert before == 2
    again = job.run(case, SMALL, keep=tmp_path / "kept")
    assert len(calls) == 3 + len(list((tmp_path / "kept").glob("*.npz"))) - before
    assert again.model_copy(update={"seconds": 0}) == whole.model_copy(update={"seconds": 0})


def test_results_are_plain_and_whole(case, result):
    text = json.dumps(result.model_dump(), allow_nan=False)
    assert json.loads(text)["chosen"][:2] == [RANDOM_NUMBERS, EXPLANATION]
    factors = list_factors(case).names
    assert len(result.screening) == len(factors) * 2
    assert len(result.shares) == len(result.chosen) * 2
    assert result.replicates == 2 * (3 * (len(factors) + 1) + 4 * (len(result.chosen) + 2))
    assert not any(r.above_noise for r in result.screening if r.factor == RANDOM_NUMBERS)


def test_screening_alone_gives_no_shares(case, tmp_path):
    found = job.run(case, job.Wanted(("attempts",), 2, 4, 1, 3, screen_only=True), keep=tmp_path)
    assert found.shares == []
    assert found.outcomes[0].noise_shares is None


def test_every_outcome_gives_its_strongest_first():
    names = [RANDOM_NUMBERS, EXPLANATION, *"abcdefghijklmnop"]
    strong = [[indices.Effect(0.1, 0.0, 0.0, 0.0)] * len(names) for _ in range(2)]
    first = [e._replace(size=10.0 - i) if i > 1 else e for i, e in enumerate(strong[0])]
    last = [e._replace(size=float(i)) if i > 1 else e for i, e in enumerate(strong[1])]
    chosen = job.choose(names, [first, last])
    assert chosen[:4] == (RANDOM_NUMBERS, EXPLANATION, "a", "p")
    assert len(chosen) == 2 + job.MOST


def test_nothing_below_noise_is_chosen():
    names = [RANDOM_NUMBERS, "a", "b"]
    effects = [indices.Effect(s, 0.0, s, 0.0) for s in (2.0, 1.0, 3.0)]
    assert job.choose(names, [effects]) == (RANDOM_NUMBERS, "b")


def test_outcomes_are_measured_as_they_are_named():
    days = np.zeros((2, 10, len(SERIES)))
    days[:, :, INDEX["personnel_injured"]], days[:, :, INDEX["personnel_killed"]] = 0.2, 0.1
    days[:, :5, INDEX["price_mean"]] = 800.0
    found = measured.measure(days, measured.pick(["personnel", "price_mean"]))
    assert found[0] == pytest.approx([0.3 * YEAR, 800.0])
    assert measured.pick([])[:3] == measured.DRIVEN[:3]
    assert all(o.harm for o in measured.DRIVEN[:5]) and not any(o.harm for o in measured.DRIVEN[5:])


def test_an_unknown_outcome_names_the_nearest():
    with pytest.raises(BadInput, match="nearest 'attempts'"):
        measured.pick(["atempts"])


def test_a_base_that_is_no_power_of_two_is_refused():
    with pytest.raises(ValueError, match="power of two"):
        job.Wanted(base=100)


def test_points_that_fail_are_counted_or_refused():
    found = np.ones((40, 2, 1))
    found[3] = np.nan
    found[4, 0] = np.nan
    summary = evaluate._summarise(found)
    assert summary.failed == 1
    assert np.isfinite(summary.mean).all()
    found[:20] = np.nan
    with pytest.raises(RunFailed, match="20 of 40"):
        evaluate._summarise(found)


def test_without_salib_the_command_that_installs_it_is_said(case, tmp_path, monkeypatch):
    monkeypatch.setattr(indices, "find_spec", lambda name: None if name == "SALib" else util.find_spec(name))
    with pytest.raises(RunFailed, match=r"pip install '\.\[sensitivity\]'"):
        job.run(case, SMALL, keep=tmp_path)


def test_page_tables_and_figures_are_written(result, tmp_path):
    files = written.write(result, written.RunAbout(case="toy", model_digest="ab", run_id="cd"), tmp_path)
    assert files == sorted(p.name for p in tmp_path.iterdir())
    assert {"results.json", "sensitivity.md", "screening.csv", "shares.csv", "screening.svg", "shares.svg"} <= set(files)
    for name in ("screening.svg", "shares.svg"):
        root = ElementTree.fromstring((tmp_path / name).read_text())
        assert root.tag.endswith("svg")
        assert root.attrib["role"] == "img"
    page = (tmp_path / "sensitivity.md").read_text()
    assert page.startswith("# What drives the outcomes of 'toy'")
    assert "random numbers are the dummy factor" in page
    with pytest.raises(BadInput, match=r"no manifest\.json"):
        written.load(tmp_path)
    manifest.write(manifest.Manifest("toy", "cd", {}, "ab", 3, {}, "0"), tmp_path)
    assert written.load(tmp_path) == result
    (tmp_path / "screening.csv").write_text("changed")
    with pytest.raises(BadInput, match=r"screening\.csv: changed or missing"):
        written.load(tmp_path)
