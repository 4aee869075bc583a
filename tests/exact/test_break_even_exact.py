"""Break-even odds: closed forms, the set that Fieller's theorem defines, and how often its intervals hold the truth.

Seeds are fixed. With other seeds this file would fail in six runs of a thousand at most although nothing is wrong: two counts outside a
range of a binomial with a chance of .001 each, two with .002 each.
"""
from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom
from scipy.stats import t as student
from tests.unit.test_reversals import comparison, deaths

from interlope.policy import result
from interlope.policy.break_even import Mean, break_even, critical_value, fieller, list_odds

TRIALS = 4000
LEVEL = 0.9


@pytest.mark.parametrize(("first", "second", "critical"), [
    (Mean(-3.0, 0.4), Mean(1.0, 0.2), 2.0), (Mean(2.0, 0.9), Mean(-5.0, 0.1), 2.0), (Mean(-1e-3, 4e-4), Mean(700.0, 300.0), 1.645)])
def test_bounds_are_where_the_mixed_difference_is_as_many_errors_from_zero(first, second, critical):
    at, low, high = fieller(first, second, critical)
    assert at * first.value + second.value == pytest.approx(0.0, abs=1e-9) and low < at < high
    for odds in (low, high):
        assert abs(odds * first.value + second.value) == pytest.approx(critical * np.hypot(odds * first.error, second.error), rel=1e-6)


def test_the_interval_is_the_set_of_odds_that_are_not_told_from_equal():
    """On a grid of odds over twelve powers of ten, for every kind of interval: bounded, without either bound, and without both."""
    grid = np.geomspace(1e-6, 1e6, 4001)
    for d, e, r, s in [(-3, 0.4, 1, 0.2), (-3, 2, 1, 0.2), (-3, 0.4, 1, 0.8), (-3, 2, 1, 0.8), (-1, 9, 1, 9), (3, 1, -1, 0), (3, 0, -1, 0)]:
        at, low, high = fieller(Mean(d, e), Mean(r, s), 2.0)
        inside = np.abs(grid * d + r) <= 2.0 * np.hypot(grid * e, s)
        bounds = (0.0 if low is None else low * (1 - 1e-9)), (np.inf if high is None else high * (1 + 1e-9))
        assert ((bounds[0] <= grid) & (grid <= bounds[1]))[inside].all() and not inside[(grid < bounds[0]) | (grid > bounds[1])].any()
        assert (low is None, high is None) == (abs(r) <= 2 * s, abs(d) <= 2 * e) and bounds[0] <= at <= bounds[1]


def test_what_has_no_break_even_has_none():
    assert fieller(Mean(3.0, 0.1), Mean(1.0, 0.1), 2.0) is None and fieller(Mean(0.0, 0.0), Mean(1.0, 0.1), 2.0) is None
    assert fieller(Mean(np.nan, np.nan), Mean(1.0, 0.1), 2.0) is None
    assert fieller(Mean(-1.0, np.nan), Mean(1.0, 0.1), 2.0) == (1.0, None, None)
    assert fieller(Mean(-3.0, 0.1), Mean(1.5, 0.1), np.inf) == (0.5, None, None)


def test_probabilities_are_odds_on_another_scale():
    here, others = Mean(-3.0, 0.4), Mean(1.0, 0.2)
    odds, chances = fieller(here, others, 2.0), break_even(here, others, 2.0)
    assert chances == pytest.approx([t / (1 + t) for t in odds])
    assert chances[0] == pytest.approx(1.0 / (1.0 + 3.0))


@pytest.mark.parametrize("errors", [(0.3, 0.1), (1.5, 0.5)])
def test_intervals_hold_the_truth_as_often_as_they_say(errors):
    """Means are 10 and 2 standard errors from zero; where an estimate has the wrong sign, the set counts on the whole line of ratios."""
    rng, c, truth, hits = np.random.default_rng(7), 1.6448536, 1.0 / 3.0, 0
    for d, r in zip(rng.normal(-3.0, errors[0], TRIALS), rng.normal(1.0, errors[1], TRIALS), strict=True):
        interval = fieller(Mean(d, errors[0]), Mean(r, errors[1]), c)
        if interval is None:
            hits += abs(truth * d + r) <= c * np.hypot(truth * errors[0], errors[1])
        else:
            hits += (interval[1] or 0.0) <= truth <= (np.inf if interval[2] is None else interval[2])
    assert binom.ppf(0.0005, TRIALS, LEVEL) <= hits <= binom.ppf(0.9995, TRIALS, LEVEL)


def test_a_made_up_pair_has_the_break_even_that_was_put_in():
    """Patrols add 2 deaths under rivalry and save 4 under takeover: they break even at odds of two to one."""
    rng = np.random.default_rng(3)
    base = {n: rng.normal(50.0, 20.0, 60) for n in ("rivalry", "takeover")}
    levels = {n: {"status-quo": base[n], "patrols": base[n] + m} for n, m in (("rivalry", 2.0), ("takeover", -4.0))}
    compared = result.to_record(comparison(levels, {"rivalry": 0.75, "takeover": 0.25}))
    row, = list_odds(compared)
    assert (row.explanation, row.against, row.above, row.below, row.joint) == ("rivalry", "takeover", "status-quo", "patrols", True)
    assert [row.at, row.low, row.high, row.now] == pytest.approx([2.0, 2.0, 2.0, 3.0])  # paired: what both options share is no error


@pytest.mark.parametrize(("sizes", "spread"), [((60, 60), (4.0, 4.0)), ((40, 90), (3.0, 12.0))])
def test_intervals_of_a_comparison_hold_what_was_put_in(sizes, spread):
    """From draws to the record to the odds, with estimated errors, on Student's law of the fewer points; if anything more often."""
    rng, count, hits, made = np.random.default_rng(23), 400, 0, 0
    for _ in range(count):
        levels = {name: {"status-quo": np.zeros(n), "patrols": rng.normal(m, sd, n)}
                  for name, n, m, sd in zip(("rivalry", "takeover"), sizes, (3.0, -6.0), spread, strict=True)}
        pair = deaths(result.to_record(comparison(levels, {"rivalry": 0.5, "takeover": 0.5})).reversals)
        means = [Mean(d.mean, d.mc_error) for d in pair.by_explanation]
        interval = fieller(*means, critical_value(LEVEL, 1, min(sizes)))
        made += interval is not None
        hits += interval is not None and (interval[1] or 0.0) <= 2.0 <= (np.inf if interval[2] is None else interval[2])
    assert made == count and hits >= binom.ppf(0.001, count, LEVEL)
    assert hits <= binom.ppf(0.999, count, 0.93)


def test_odds_of_a_record_are_those_of_its_means_at_the_stated_level():
    rng = np.random.default_rng(5)
    made, chance = (("a", 25, 2.0), ("b", 49, 0.5), ("c", 36, -2.0)), {"a": 0.2, "b": 0.3, "c": 0.5}
    levels = {name: {"status-quo": np.zeros(n), "patrols": rng.normal(m, 4.0, n)} for name, n, m in made}
    compared = result.to_record(comparison(levels, chance))
    rows = {(row.explanation, row.against): row for row in list_odds(compared)}
    means = {n: (-each["patrols"].mean(), each["patrols"].std(ddof=1) / np.sqrt(len(each["patrols"]))) for n, each in levels.items()}
    assert set(rows) == {(x, y) for x, y in (("a", "b"), ("a", "c"), ("b", "c")) if means[x][0] * means[y][0] < 0} and len(rows) == 2
    for (x, y), row in rows.items():
        points = min(len(levels[x]["patrols"]), len(levels[y]["patrols"]))
        assert (row.at, row.low, row.high) == pytest.approx(fieller(Mean(*means[x]), Mean(*means[y]), student.isf(0.05, points - 1)))
        assert row.nearness == pytest.approx(sorted(abs(m) / e for m, e in (means[x], means[y])))
        assert row.now == pytest.approx(chance[x] / chance[y])
