"""Estimates: what is measured over replicates, with its Monte Carlo standard error."""
from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .row import Measured


def mean(values: np.ndarray, note: str = "") -> Measured:
    """Mean over replicates [r] with its standard error."""
    return Measured(float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values))), note)


def ratio(above: np.ndarray, below: np.ndarray, note: str = "") -> Measured:
    """Ratio of two means over the same replicates [r], with its standard error by the delta method."""
    value = above.mean() / below.mean()
    spread = (above - value * below).std(ddof=1) / np.sqrt(len(above)) / abs(below.mean())
    return Measured(float(value), float(spread), note)


def jackknife(statistic: Callable[[np.ndarray], float], values: np.ndarray, note: str = "", parts: int = 32) -> Measured:
    """A statistic of all replicates [r, ...] with its standard error from leaving out one part of them at a time."""
    parts = min(parts, len(values))
    cuts = np.array_split(np.arange(len(values)), parts)
    without = np.array([statistic(np.delete(values, cut, axis=0)) for cut in cuts])
    error = np.sqrt((parts - 1) / parts * ((without - without.mean()) ** 2).sum())
    return Measured(float(statistic(values)), float(error), note)


def exponent(counts: np.ndarray, first: int) -> float:
    """Exponent a of k^-a on whole numbers first, first + 1, ... by maximum likelihood; counts of each, summed over rows [r, k]."""
    sizes = np.log(np.arange(first, first + counts.shape[1]))
    seen = counts.sum(axis=0) @ sizes / counts.sum()
    low, high = 0.0, 8.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        weights = np.exp(-middle * sizes)
        low, high = (middle, high) if weights @ sizes / weights.sum() > seen else (low, middle)
    return 0.5 * (low + high)
