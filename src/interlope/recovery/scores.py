"""Scores: truth against choice, reliability of probabilities, proper scores, and how many intervals hold the truth."""
from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, xlogy
from scipy.stats import binomtest

from interlope.results.recovery import ConfusionRow, Coverage, ProperScore, RecoveredDataSet, ReliabilityBin

EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
LEVEL = 0.9  # of the intervals of frequencies
LEAST = 1e-6  # a probability below this is scored as this
BEYOND = 2.5  # standard errors of a squared gap; right probabilities exceed them in some three trials of a hundred (chi-squared)
LEADING, ALL = "leading", "all parameters"


@dataclass(frozen=True)
class _Forecast:
    """A probability given to something, whether it was true, and whether the result was resolved."""

    probability: float
    true: bool
    resolved: bool


def confuse(records: Sequence[RecoveredDataSet], names: Sequence[str]) -> list[ConfusionRow]:
    """Count choices by truth; a data set without a choice counts under the empty name."""
    rows = []
    for truth in names:
        mine = [d for d in records if d.truth == truth]
        resolved = {name: sum(d.resolved and d.chosen == name for d in mine) for name in names}
        unresolved = {name: sum(not d.resolved and d.chosen == name for d in mine) for name in (*names, "")}
        if not unresolved[""]:
            del unresolved[""]
        rows.append(ConfusionRow(truth=truth, data_sets=len(mine), resolved=resolved, unresolved=unresolved))
    return rows


def bin_reliability(records: Sequence[RecoveredDataSet], names: Sequence[str]) -> list[ReliabilityBin]:
    """Frequency of the truth by probability: of the leading explanation, then of each by itself.

    The probabilities of one data set are not put together: where there are two, one in every pair would be true whatever they are.
    """
    groups = {LEADING: [_Forecast(d.probability[d.chosen], d.chosen == d.truth, d.resolved) for d in records if d.chosen]}
    groups |= {name: [_Forecast(d.probability[name], name == d.truth, d.resolved) for d in records if d.chosen] for name in names}
    return [_bin(name, low, high, [f for f in group if low <= f.probability < high or f.probability == high == 1.0])
            for name, group in groups.items() for low, high in zip(EDGES, EDGES[1:])]


def _bin(name: str, low: float, high: float, group: Sequence[_Forecast]) -> ReliabilityBin:
    true, resolved = sum(f.true for f in group), [f for f in group if f.resolved]
    q05, q95 = interval(true, len(group))
    return ReliabilityBin(
        explanation=name, low=low, high=high, count=len(group), true=true, resolved=len(resolved),
        resolved_true=sum(f.true for f in resolved), mean=_mean(group), q05=q05, q95=q95, resolved_mean=_mean(resolved),
    )


def _mean(group: Sequence[_Forecast]) -> float | None:
    return float(np.mean([f.probability for f in group])) if group else None


def interval(successes: int, n: int) -> tuple[float | None, float | None]:
    """Exact binomial 90 % interval of a frequency; nothing of none.

    >>> [round(x, 3) for x in interval(45, 50)]
    [0.801, 0.96]
    """
    if n == 0:
        return None, None
    ends = binomtest(successes, n).proportion_ci(LEVEL, "exact")
    return float(ends.low), float(ends.high)


def measure_gap(bins: Sequence[tuple[int, int, float]]) -> tuple[float, float]:
    """Measure how far stated probabilities lie from how often they came true, with what chance adds taken out, and what chance reaches.

    Each bin's squared distance between mean probability p and frequency has the exact expectation p (1 - p) / n of n binomial draws if the
    probabilities are right; it is subtracted (Bröcker 2012), so that few data sets look no worse than many. Where probabilities differ
    within a bin, chance adds a little less than that: the gap errs to the small side.

    Parameters
    ----------
    bins : sequence of (int, int, float)
        Data sets, those in which the explanation was true, and the mean probability; none without data sets.

    Returns
    -------
    gap, chance : float
        Root of the mean square distance over data sets, 0 where it is no more than chance adds; and the gap that right probabilities reach
        by chance at `BEYOND` standard errors.

    Examples
    --------

    >>> [round(x, 2) for x in measure_gap([(200, 100, 0.7), (200, 180, 0.9)])]
    [0.14, 0.04]
    >>> measure_gap([(10, 6, 0.7), (10, 8, 0.9)])[0]
    0.0
    """
    total = sum(n for n, _, _ in bins)
    square = variance = 0.0
    for n, true, p in bins:
        spread = p * (1.0 - p)
        fourth = spread * (1.0 + 3.0 * (n - 2) * spread) / n**3  # fourth central moment of a binomial frequency
        square += n / total * ((p - true / n) ** 2 - spread / n)
        variance += (n / total) ** 2 * (fourth - (spread / n) ** 2)
    return math.sqrt(max(square, 0.0)), math.sqrt(BEYOND * math.sqrt(max(variance, 0.0)))


def score(records: Sequence[RecoveredDataSet], prior: Mapping[str, float]) -> list[ProperScore]:
    """Score the probabilities, the prior ones, and what would be expected if the probabilities were right.

    With probabilities p the score of truth h is s_h; if they are right its mean is sum p s and its variance sum p s^2 - (sum p s)^2, so
    that the sum over data sets, standardised, is normal (Spiegelhalter 1986, for the Brier score).
    """
    names = list(prior)
    at = np.array([names.index(d.truth) for d in records])
    given = np.array([[d.probability[n] for n in names] for d in records])
    before = np.tile(list(prior.values()), (len(records), 1))
    return [_score(name, each(given), each(before), given, at) for name, each in (("log score", _log), ("Brier score", _brier))]


def _score(name: str, scores: np.ndarray, before: np.ndarray, given: np.ndarray, at: np.ndarray) -> ProperScore:
    """One score from its value under every truth [n, h], for the probabilities and for the prior."""
    rows = np.arange(len(at))
    mean = (given * scores).sum(axis=1)
    variance = float(((given * scores**2).sum(axis=1) - mean**2).sum())
    off = float((scores[rows, at] - mean).sum())
    chance = float(2.0 * ndtr(-abs(off) / np.sqrt(variance))) if variance > 1e-12 else None
    return ProperScore(name=name, value=float(scores[rows, at].mean()), prior=float(before[rows, at].mean()), expected=float(mean.mean()),
                       chance=chance)


def _log(p: np.ndarray) -> np.ndarray:
    return -xlogy(1.0, np.maximum(p, LEAST))


def _brier(p: np.ndarray) -> np.ndarray:
    return (p**2).sum(axis=1, keepdims=True) - 2.0 * p + 1.0


def cover(records: Sequence[RecoveredDataSet]) -> list[Coverage]:
    """Count the 50 and 90 % intervals that hold the truth: of all parameters together, then of each parameter and quantity."""
    kinds = {q.name: q.kind for d in records for q in d.quantities}
    rows = []
    for level, field in ((0.5, "within50"), (0.9, "within90")):
        rows.append(_cover_all(records, level, field))
        rows += [_cover_one(records, name, kind, level, field) for name, kind in kinds.items()]
    return rows


def _cover_one(records: Sequence[RecoveredDataSet], name: str, kind: str, level: float, field: str) -> Coverage:
    inside = [getattr(q, field) for d in records for q in d.quantities if q.name == name]
    q05, q95 = interval(sum(inside), len(inside))
    return Coverage(name=name, kind=kind, level=level, count=len(inside), inside=sum(inside), q05=q05, q95=q95)


def _cover_all(records: Sequence[RecoveredDataSet], level: float, field: str) -> Coverage:
    """All parameters together: the spread of the share between data sets gives its error."""
    groups = [[getattr(q, field) for q in d.quantities if q.kind == "parameter"] for d in records]
    counts = np.array([[sum(g), len(g)] for g in groups if g], dtype=float).reshape(-1, 2)
    inside, count = counts.sum(axis=0)
    low = high = None
    if len(counts) > 1:
        share = inside / count
        error = 1.645 * np.sqrt(len(counts) / (len(counts) - 1) * ((counts[:, 0] - share * counts[:, 1]) ** 2).sum()) / count
        low, high = max(share - error, 0.0), min(share + error, 1.0)
    return Coverage(name=ALL, kind="parameter", level=level, count=int(count), inside=int(inside), q05=low, q95=high)
