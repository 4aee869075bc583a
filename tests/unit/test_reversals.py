"""Break-even and reversals: closed forms, exact small examples, and how often chance alone is taken for a reversal."""
from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom, t

from interlope.levers.option import Option, ScheduledLever
from interlope.policy import reversals, robust
from interlope.policy.break_even import Mean, break_even
from interlope.policy.comparison import Comparison
from interlope.policy.escalation import Escalation
from interlope.policy.outcome import OUTCOMES
from interlope.policy.weighted import summarise_tail, tail_mean

DEATHS = next(k for k, o in enumerate(OUTCOMES) if o.name == "client_deaths")


def option(name):
    return Option(name, name, () if name == "status-quo" else (ScheduledLever("joint_patrols", 1.0, 0, 30),))


def comparison(levels, probability, before=None):
    """A comparison whose deaths by option are `levels`: explanation -> option -> [n]; every other outcome is zero."""
    names = np.concatenate([np.full(len(next(iter(each.values()))), name) for name, each in levels.items()])
    chosen = list(next(iter(levels.values())))
    array = np.zeros((len(chosen), len(names), len(OUTCOMES)))
    for i, name in enumerate(chosen):
        array[i, :, DEATHS] = np.concatenate([each[name] for each in levels.values()])
    weights = np.array([probability[n] / (names == n).sum() for n in names])
    today = np.zeros((len(names), len(OUTCOMES))) if before is None else before
    return Comparison("2030-02-20", 30, 10, tuple(option(n) for n in chosen), tuple(levels), names, weights, np.arange(len(names)), array,
                      today, (None,) * len(chosen), tuple(Escalation.empty(len(names)) for _ in chosen), 0, {})


def deaths(found):
    return next(p for p in found.pairs if p.outcome == OUTCOMES[DEATHS].name)


def test_break_even_of_two_explanations_is_the_closed_form():
    rng = np.random.default_rng(1)
    base = {n: rng.normal(50, 5, 400) for n in ("rivalry", "takeover")}
    levels = {"rivalry": {"status-quo": base["rivalry"], "patrols": base["rivalry"] + 2.0},
              "takeover": {"status-quo": base["takeover"], "patrols": base["takeover"] - 6.0}}
    pair = deaths(reversals.find(comparison(levels, {"rivalry": 0.9, "takeover": 0.1})))
    assert (pair.verdict, pair.leader) == ("reverses", "status-quo")
    at = {b.explanation: b for b in pair.break_even}
    assert at["takeover"].at == pytest.approx(0.25) and at["takeover"].above == "patrols"
    assert at["takeover"].probability == pytest.approx(0.1)
    assert at["rivalry"].at == pytest.approx(0.75) and at["rivalry"].above == "status-quo"
    assert at["takeover"].low == pytest.approx(0.25) and at["takeover"].high == pytest.approx(0.25)  # the same in every draw: no error


def test_the_others_keep_their_proportions():
    means, p = {"a": 1.0, "b": 3.0, "c": -4.0}, {"a": 0.2, "b": 0.6, "c": 0.2}
    levels = {n: {"status-quo": np.zeros(20), "patrols": np.full(20, m)} for n, m in means.items()}
    pair = deaths(reversals.find(comparison(levels, p)))
    others = (0.2 * 1.0 + 0.6 * 3.0) / 0.8
    assert {b.explanation: round(b.at, 9) for b in pair.break_even} == {
        "b": round((0.2 * 1 - 0.2 * 4) / 0.4 / ((0.2 * 1 - 0.2 * 4) / 0.4 - 3.0), 9), "c": round(others / (others + 4.0), 9)}
    for row in pair.break_even:  # at the break-even the pooled difference is zero
        rest = sum(p[n] * means[n] for n in p if n != row.explanation) / (1 - p[row.explanation])
        assert row.at * means[row.explanation] + (1 - row.at) * rest == pytest.approx(0.0)


def test_the_interval_is_where_the_difference_is_not_told_from_zero():
    here, others, c = Mean(-3.0, 0.4), Mean(1.0, 0.2), 2.0
    at, low, high = break_even(here, others, c)
    assert at == pytest.approx(0.25) and low < at < high
    for q in (low, high):
        assert abs(q * here.value + (1 - q) * others.value) == pytest.approx(c * np.hypot(q * here.error, (1 - q) * others.error))
    assert break_even(Mean(-3.0, 1.6), others, c) is None and break_even(Mean(3.0, 0.1), others, c) is None
    assert break_even(Mean(np.nan, np.nan), others, c) is None


def test_fieller_intervals_cover_as_often_as_they_say():
    """1,000 estimates around known means, 95 % each; a right method falls outside this range with a chance of .002."""
    rng, c, hits, n = np.random.default_rng(7), 1.96, 0, 1000
    for d, r in zip(rng.normal(-3.0, 0.3, n), rng.normal(1.0, 0.1, n), strict=True):
        found = break_even(Mean(d, 0.3), Mean(r, 0.1), c)
        assert found is not None
        hits += found[1] <= 0.25 <= found[2]
    assert binom.ppf(0.001, n, 0.95) <= hits <= binom.ppf(0.999, n, 0.95)


def test_what_chance_could_do_cannot_be_told():
    rng = np.random.default_rng(3)
    levels = {n: {"status-quo": np.zeros(40), "patrols": rng.normal(m, 10.0, 40)} for n, m in (("rivalry", 1.0), ("takeover", -1.0))}
    pair = deaths(reversals.find(comparison(levels, {"rivalry": 0.5, "takeover": 0.5})))
    assert (pair.verdict, pair.leader, pair.break_even) == ("cannot be told", "", [])
    assert all(row.low < 0 < row.high and row.leader == "" for row in pair.by_explanation)


def test_noise_gives_no_reversal_more_often_than_stated():
    """200 comparisons of options that are all alike; at the stated 5 % the bound is passed with a chance of .001."""
    rng, wrong = np.random.default_rng(11), 0
    for _ in range(200):
        levels = {n: {o: rng.gamma(2.0, 5.0, 40) for o in ("status-quo", "patrols", "more", "most")} for n in ("a", "b", "c")}
        found = reversals.find(comparison(levels, {"a": 0.2, "b": 0.3, "c": 0.5}))
        wrong += any(row.leader for pair in found.pairs for row in pair.by_explanation)
    assert wrong <= binom.ppf(0.999, 200, 0.05)


def test_intervals_are_students_and_hold_together():
    rng = np.random.default_rng(5)
    levels = {n: {"status-quo": np.zeros(25), "patrols": rng.normal(5.0, 1.0, 25)} for n in ("a", "b")}
    found = reversals.find(comparison(levels, {"a": 0.5, "b": 0.5}))
    harms = sum(o.harm for o in OUTCOMES)
    assert (found.level, found.comparisons, found.by_harm) == (0.95, 3, True)  # each explanation and the whole, every harm by itself
    assert len(found.pairs) == harms
    row = deaths(found).by_explanation[0]
    x = levels["a"]["patrols"]
    half = t.isf(0.05 / (2 * 3), 24) * x.std(ddof=1) / 5
    assert (row.low, row.high) == (pytest.approx(-x.mean() - half), pytest.approx(-x.mean() + half))  # status quo less patrols
    assert deaths(found).verdict == "one leads" and deaths(found).leader == "status-quo"


def test_ranks_share_ties_and_turn_with_the_explanation():
    levels = {"a": {"status-quo": np.zeros(9), "one": np.full(9, 1.0), "two": np.full(9, 1.0)},
              "b": {"status-quo": np.full(9, 5.0), "one": np.full(9, 1.0), "two": np.full(9, 2.0)}}
    found = reversals.find(comparison(levels, {"a": 0.5, "b": 0.5}))
    rank = {(r.explanation, r.option): r.rank for r in found.ranks if r.outcome == OUTCOMES[DEATHS].name}
    assert [rank["a", o] for o in levels["a"]] == [1, 2, 2] and [rank["b", o] for o in levels["b"]] == [3, 1, 2]


def test_one_point_and_idle_options_claim_nothing():
    levels = {"a": {"status-quo": np.zeros(1), "one": np.full(1, 1.0)}, "b": {"status-quo": np.ones(1), "one": np.zeros(1)}}
    assert deaths(reversals.find(comparison(levels, {"a": 0.5, "b": 0.5}))).verdict == "cannot be told"
    late = comparison({"a": {"status-quo": np.zeros(5), "one": np.ones(5)}}, {"a": 1.0})
    idle = Comparison(**{**vars(late), "options": (late.options[0], Option("late", "", (ScheduledLever("joint_patrols", 1.0, 90, 99),)))})
    assert reversals.find(idle).pairs == []
    assert deaths(reversals.find(late)).break_even == []


def test_satisficing_share_is_counted_by_explanation():
    levels = {"a": {"status-quo": np.array([1.0, 2, 3, 4]), "one": np.array([1.0, 1, 9, 9])},
              "b": {"status-quo": np.array([1.0, 2]), "one": np.array([0.0, 0])}}
    before = np.zeros((6, len(OUTCOMES)))
    before[:, DEATHS] = 1.0
    rows = {(r.option, r.explanation): r for r in robust.satisficing(comparison(levels, {"a": 0.25, "b": 0.75}, before))
            if r.outcome == OUTCOMES[DEATHS].name}
    assert rows["one", "a"].share == pytest.approx(0.5) and rows["one", "b"].share == pytest.approx(1.0)
    assert rows["one", "pooled"].share == pytest.approx(0.25 * 0.5 + 0.75)
    assert rows["status-quo", "a"].share == 1.0  # as much as itself
    assert rows["one", "a"].share_today == pytest.approx(0.5) and rows["status-quo", "a"].share_today == pytest.approx(0.25)
    assert rows["one", "a"].share_error == pytest.approx(np.std([1, 1, 0, 0], ddof=1) / 2)


def test_tail_splits_atoms_and_its_error_is_that_of_many_samples():
    assert tail_mean(np.array([0.0, 10.0, 20.0]), np.array([0.5, 0.4, 0.1]), 0.2) == pytest.approx(15.0)  # .1 of 20, .1 of 10
    assert tail_mean(np.array([3.0, 1.0]), np.array([0.5, 0.5]), 1.0) == pytest.approx(2.0)
    rng = np.random.default_rng(2)
    found = [summarise_tail(rng.exponential(1.0, 400), np.ones(400), np.arange(400), 0.1) for _ in range(400)]
    means, errors = np.array([f.mean for f in found]), np.array([f.mc_error for f in found])
    assert means.mean() == pytest.approx(1.0 + np.log(10.0), abs=0.05)  # the closed form of an exponential
    assert errors.mean() == pytest.approx(means.std(), rel=0.15)  # 3.5 % error of a spread of 400, and a bias of order 1/n
