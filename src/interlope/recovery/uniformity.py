"""Uniformity: whether ranks are uniform, by simultaneous bands for their cumulative distribution.

At z = 1/K ... (K-1)/K the number of uniform ranks below z is binomial. The smallest two-sided chance over all z is a statistic whose
distribution is simulated; bands at its quantile hold the whole curve with the chance wanted (Säilynoja, Bürkner & Vehtari 2022, Statistics
and Computing 32: 32, algorithm 1). Several tests share one rate of false alarms (Holm 1979).
"""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from scipy.stats import binom

SIMULATIONS = 19_999
POINTS = 100  # at most so many z
SEED = 20220404  # of the simulated distribution, which is the same for every run


def chance(ranks: Sequence[float]) -> float:
    """Chance of ranks whose curve leaves the diagonal so far, somewhere, if they were uniform.

    Parameters
    ----------
    ranks : sequence of float
        From 0 to 1.

    Returns
    -------
    float
        At least one in twenty thousand: the statistic is compared with so many simulated ones.

    Examples
    --------
    >>> chance(np.linspace(0.005, 0.995, 100)) > 0.5, chance(np.linspace(0.0, 0.8, 100)) < 0.001
    (True, True)
    """
    n = len(ranks)
    points = grid(n)
    below = np.searchsorted(np.sort(np.asarray(ranks)), points, side="right")
    least = _pointwise(n)[np.arange(len(points)), below].min()
    return float((1 + np.searchsorted(_simulated(n), least * (1 + 1e-9), side="right")) / (SIMULATIONS + 1))


def bands(n: int, level: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Simultaneous bands for the cumulative distribution of n uniform ranks.

    Parameters
    ----------
    n : int
        Ranks.
    level : float
        Chance that the whole curve stays inside.

    Returns
    -------
    z, low, high : ndarray
        Points, and the least and greatest share of ranks below each.
    """
    points = grid(n)
    tail = np.quantile(_simulated(n), 1.0 - level) / 2.0
    return points, binom.ppf(tail, n, points) / n, binom.isf(tail, n, points) / n


def grid(n: int) -> np.ndarray:
    """The points z at which a curve of n ranks is looked at."""
    cells = max(min(n, POINTS), 2)
    return np.arange(1, cells) / cells


def reject(chances: Mapping[str, float], alarm: float) -> set[str]:
    """Names of the tests that are rejected, so that the chance of any false rejection is at most `alarm` (Holm 1979).

    >>> sorted(reject({"a": 0.001, "b": 0.2, "c": 0.004}, 0.01))
    ['a', 'c']
    """
    rejected = set()
    for i, (name, value) in enumerate(sorted(chances.items(), key=lambda item: item[1])):
        if value > alarm / (len(chances) - i):
            break
        rejected.add(name)
    return rejected


@lru_cache(maxsize=64)
def _pointwise(n: int) -> np.ndarray:
    """Two-sided chance of every count at every point [points, n + 1]."""
    counts, points = np.arange(n + 1), grid(n)[:, None]
    return np.minimum(1.0, 2.0 * np.minimum(binom.cdf(counts, n, points), binom.sf(counts - 1, n, points)))


@lru_cache(maxsize=64)
def _simulated(n: int) -> np.ndarray:
    """The statistic of uniform ranks [SIMULATIONS], rising."""
    cells = len(grid(n)) + 1
    below = np.cumsum(np.random.default_rng(SEED).multinomial(n, np.full(cells, 1.0 / cells), SIMULATIONS), axis=1)[:, :-1]
    return np.sort(_pointwise(n)[np.arange(cells - 1), below].min(axis=1))
