"""Where an option fails: a planted box and a planted explanation are found, noise gives none more often than stated."""
from __future__ import annotations

import json

import numpy as np
import pytest
from scipy.stats import binom
from tests.unit.test_reversals import DEATHS, comparison

import interlope as il
from interlope.cli.discovery import read_thresholds
from interlope.errors import BadInput
from interlope.policy import discovery
from interlope.policy.discovery import Space, discover, peel, prune
from interlope.reporting.answer.discovery import tell_discovery


def space(n, k=6, seed=0):
    rng = np.random.default_rng(seed)
    return Space(tuple(f"p{i}" for i in range(k)), rng.random((n, k)), ("a", "b", "c"), np.arange(n) % 3), rng


def planted(n=300, seed=0):
    """Failures with chance .9 where p0 > .6 and p3 < .5, else .05."""
    where, rng = space(n, seed=seed)
    inside = (where.x[:, 0] > 0.6) & (where.x[:, 3] < 0.5)
    return where, rng.random(n) < np.where(inside, 0.9, 0.05), inside


def test_a_planted_box_is_found_with_its_two_limits():
    where, fails, inside = planted()
    box, quasi = prune(where, fails, peel(where, fails))
    assert set(quasi) == {0, 3} and all(p < 0.001 for p in quasi.values())
    assert box.low[0] == pytest.approx(0.6, abs=0.08) and box.high[3] == pytest.approx(0.5, abs=0.08) and not box.without
    both = box.contains(where)
    assert fails[both].mean() > 0.75 and fails[both].sum() / fails.sum() > 0.6 and (both & inside).sum() / inside.sum() > 0.75


def test_the_quasi_p_is_the_binomial_tail_of_the_open_box():
    where, fails, _ = planted(seed=3)
    box, quasi = prune(where, fails, peel(where, fails))
    inside = box.contains(where)
    wider = where.x[:, 3] <= box.high[3]
    for k, v in box.low.items():
        wider = wider & (where.x[:, k] >= v) if k != 0 else wider
    for k, v in box.high.items():
        wider = wider & (where.x[:, k] <= v) if k != 0 else wider
    assert quasi[0] == pytest.approx(binom.sf(fails[inside].sum() - 1, inside.sum(), fails[wider].mean()))


def test_a_planted_explanation_is_found():
    where, rng = space(300, seed=5)
    fails = rng.random(300) < np.where(where.group == 1, 0.8, 0.1)
    box, quasi = prune(where, fails, peel(where, fails))
    assert box.without == {0, 2} and list(quasi) == [6]


def test_noise_is_shown_no_more_often_than_stated(toy):
    """150 searches of noise with a budget of 5 % each; the .999 point of the binomial is passed with a chance of .001."""
    shown = 0
    for seed in range(150):
        where, rng = space(90, k=4, seed=100 + seed)
        shown += discovery._search(toy, where, rng.random(90) < 0.3, rng, 39, 0.05).significant
    assert shown <= binom.ppf(0.999, 150, 0.05)


@pytest.fixture(scope="module")
def toy():
    return il.load("toy")


def compared(n=200, seed=2):
    """An option that kills where p0 is high under takeover, beside one parameter that does nothing."""
    rng = np.random.default_rng(seed)
    values = {"p0": rng.random(2 * n), "p1": rng.random(2 * n), "same": np.ones(2 * n)}
    worse = np.concatenate([np.zeros(n), 5.0 * (values["p0"][n:] > 0.5)])
    base = rng.normal(50, 1, 2 * n)
    level = base + worse - 2.5
    halves = (("rivalry", slice(0, n)), ("takeover", slice(n, 2 * n)))
    levels = {name: {"status-quo": base[at], "patrols": level[at]} for name, at in halves}
    return comparison(levels, {"rivalry": 0.99, "takeover": 0.01}), values


def test_failures_are_those_above_the_status_quo_or_a_level(toy):
    runs, values = compared()
    whole = discover(toy, runs, values, "patrols", seed=1, permutations=199)
    box = next(b for b in whole.boxes if b.outcome == "client_deaths")
    assert box.significant and box.chance == pytest.approx(1 / 200) and {x.name for x in box.limits} == {"p0", "explanation"}
    assert next(x for x in box.limits if x.name == "explanation").explanations == ["takeover"] and box.density > 0.95
    assert all(not b.significant and b.why for b in whole.boxes if b.outcome != "client_deaths")
    assert whole == discover(toy, runs, values, "patrols", seed=1, permutations=199)
    level, = discover(toy, runs, values, "patrols", {"client_deaths": 51.0}, seed=1, permutations=39).boxes
    assert level.threshold == 51.0 and level.failures == int((runs.levels[1, :, DEATHS] > 51.0).sum())
    text = tell_discovery(whole)
    assert "where p0 is at least" in text[1] and "the explanation is takeover" in text[1] and "nothing to search" in text[2]
    assert json.loads(whole.model_dump_json())["budget"] == 0.05


def test_draws_of_one_point_count_once(toy):
    runs, values = compared()
    doubled = type(runs)(**{**vars(runs), "origins": np.arange(400) // 2})
    assert discover(toy, doubled, values, "patrols", {"client_deaths": 51.0}, permutations=19).boxes[0].draws == 200


def test_levels_are_read_or_refused():
    assert read_thresholds(["client_deaths=20", "revenue=1e5"]) == {"client_deaths": 20.0, "revenue": 1e5}
    for text in ("client_death=3", "client_deaths", "client_deaths=many", "client_deaths=inf", "client_deaths=nan"):
        with pytest.raises(BadInput, match="--above"):
            read_thresholds([text])
    for texts, told in ((["client_deaths="], "no level; expected client_deaths=LEVEL, such as client_deaths=20"),
                        (["death="], "outcome 'death' unknown; expected one of deaths, client_deaths"),
                        (["client_deaths=1", "client_deaths=2"], "a second time")):
        with pytest.raises(BadInput, match=told):
            read_thresholds(texts)
