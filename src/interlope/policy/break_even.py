"""Break-even: at which odds of explanations two options bring equally much of a harm, from means and their Monte Carlo errors alone.

With d and r the mean paired differences of two options under two explanations, of opposite signs, the options are equal where the odds of
the first explanation against the second are -r / d. The interval holds every odds t at which t d + r is not told apart from zero, that is
(t d + r)^2 <= c^2 (t^2 e^2 + s^2), with e and s the errors and c the half width in standard errors (Fieller 1954). Among odds, which are
positive, that is one interval: it has no upper bound where d by itself is not told apart from zero, and no lower one where r is not.

Draws of two explanations are independent, and both options of a pair run on the same draws and random numbers: d and r are means of paired
differences, e and s are their errors, and there is no covariance between them. All of it can be read off a stored comparison.

Reference: Fieller (1954), Journal of the Royal Statistical Society B 16: 175-185.
"""
from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np

from interlope.results.comparison import CompareResult
from interlope.results.robustness import OptionPair, PairedDifference

LEVEL = 0.9  # of the interval of break-even odds, each by itself


class Mean(NamedTuple):
    """A mean difference with its Monte Carlo standard error; either may be NaN where it is not known."""

    value: float
    error: float

    def sign(self, critical: float) -> int:
        """-1 or 1 where the interval of `critical` errors leaves out zero, 0 where it does not or is not known."""
        clear = abs(self.value) > critical * self.error
        return int(np.sign(self.value)) if clear else 0


class BreakEvenOdds(NamedTuple):
    """Two options whose mean harms differ in sign between two explanations, and the odds at which they are equal.

    `at` is the odds of `explanation` against `against`, with its interval; `low` or `high` is None where it has no such bound. `now` is
    what the odds are (None where one of the two has no probability). Above `at` the option `above` has less of the harm, below it
    `below` has. `joint` says whether both signs are shown by intervals that hold together; `nearness` how near they are to it: the lesser
    and the greater mean in standard errors.
    """

    pair: OptionPair
    explanation: str
    against: str
    at: float
    low: float | None
    high: float | None
    now: float | None
    above: str
    below: str
    joint: bool
    nearness: tuple[float, float]


def list_odds(compare: CompareResult, level: float = LEVEL) -> list[BreakEvenOdds]:
    """List break-even odds for every pair of options and of explanations between which the mean difference of a harm changes its sign.

    Parameters
    ----------
    compare : CompareResult
        Options compared, by this version or an earlier one that stored differences by explanation.
    level : float
        Of each interval by itself.

    Returns
    -------
    list of BreakEvenOdds
        In the order of harms and options; empty where differences by explanation are not stored.
    """
    about = {e.name: e for e in compare.explanations}
    rows = []
    for pair in compare.reversals.pairs if compare.reversals else ():
        for first, second in combinations(pair.by_explanation, 2):
            points = min(about[d.explanation].points for d in (first, second))
            interval = fieller(_mean(first), _mean(second), critical_value(level, 1, points))
            if interval is None:
                continue
            chances = about[first.explanation].probability, about[second.explanation].probability
            above, below = (pair.option, pair.other) if _mean(first).value < 0 else (pair.other, pair.option)
            rows.append(BreakEvenOdds(pair, first.explanation, second.explanation, *interval,
                                      chances[0] / chances[1] if min(chances) > 0 else None, above, below,
                                      bool(first.leader and second.leader), _tell_nearness(_mean(first), _mean(second))))
    return rows


def fieller(first: Mean, second: Mean, critical: float) -> tuple[float, float | None, float | None] | None:
    """Odds of the first explanation against the second at which two options are equal, with the interval; None where no odds do that.

    Parameters
    ----------
    first, second : Mean
        Mean difference under each, independent of each other.
    critical : float
        Half width of the interval, in standard errors.

    Returns
    -------
    tuple, or None
        Break-even odds, low and high; a bound that the interval does not have is None.

    Examples
    --------
    >>> fieller(Mean(-3.0, 0.0), Mean(1.5, 0.0), 2.0)
    (0.5, 0.5, 0.5)
    >>> fieller(Mean(-3.0, 2.0), Mean(1.5, 0.0), 2.0)
    (0.5, 0.21428571428571427, None)
    """
    d, r = first.value, second.value
    if not d * r < 0:
        return None
    if not np.isfinite(critical * (first.error + second.error)):  # an error that is not known bounds nothing
        return -r / d, None, None
    a, c = d * d - (critical * first.error) ** 2, r * r - (critical * second.error) ** 2  # a t^2 + 2 d r t + c, at most 0 in the interval
    root = -d * r + np.sqrt(max(d * d * r * r - a * c, 0.0))
    return -r / d, float(c / root) if c > 0 else None, float(root / a) if a > 0 else None


def break_even(here: Mean, others: Mean, critical: float) -> tuple[float, float, float] | None:
    """Probability of one explanation at which two options are equal, with its interval; None where that cannot be told.

    Parameters
    ----------
    here, others : Mean
        Mean difference under the explanation, and under the others in their proportions; independent.
    critical : float
        Half width of intervals, in standard errors.

    Returns
    -------
    tuple of float, or None
        Break-even, low, high; within 0 to 1.

    Examples
    --------
    >>> break_even(Mean(-3.0, 0.0), Mean(1.0, 0.0), 2.0)
    (0.25, 0.25, 0.25)
    """
    odds = fieller(here, others, critical)
    if odds is None or None in odds or here.sign(critical) * others.sign(critical) >= 0:
        return None
    at, low, high = (t / (1.0 + t) for t in odds if t is not None)
    return at, low, high


def critical_value(level: float, count: int, points: float) -> float:
    """Half width, in standard errors, of `count` two-sided intervals that hold together with probability `level` (Student, Bonferroni).

    Parameters
    ----------
    level : float
        Probability that all hold.
    count : int
        Intervals.
    points : float
        Effective number of independent points; with one or none nothing is told, and the width has no end.

    Examples
    --------
    >>> round(critical_value(0.9, 1, 150.0), 2), critical_value(0.9, 1, 1.0)
    (1.66, inf)
    """
    from scipy.stats import t

    return float(t.isf((1.0 - level) / (2.0 * max(count, 1)), max(points - 1.0, 1e-3))) if points > 1 else np.inf


def _mean(row: PairedDifference) -> Mean:
    return Mean(*(np.nan if x is None else x for x in (row.mean, row.mc_error)))


def _tell_nearness(first: Mean, second: Mean) -> tuple[float, float]:
    """The two means in their standard errors, the lesser first; zero where an error is not known."""
    sizes = [abs(m.value) / m.error if m.error > 0 else np.inf if m.error == 0 else 0.0 for m in (first, second)]
    return min(sizes), max(sizes)
