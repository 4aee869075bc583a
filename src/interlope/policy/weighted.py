"""Weighted summaries of draws; values that are not finite are left out."""
from __future__ import annotations

from typing import NamedTuple

import numpy as np

from interlope.ensemble.weighted import quantiles


class Summary(NamedTuple):
    """Mean, 5th and 95th centile and the Monte Carlo error of the mean; all None where no draw has a value."""

    mean: float | None
    q05: float | None
    q95: float | None
    mc_error: float | None


def summarise(values: np.ndarray, weights: np.ndarray, origins: np.ndarray) -> Summary:
    """Summary of values [n] with weights [n] of at least zero; draws of one origin [n] count as one for the error."""
    usable = np.isfinite(values) & (weights > 0)
    if not usable.any():
        return Summary(None, None, None, None)
    x, w = values[usable], weights[usable] / weights[usable].sum()
    mean = float(w @ x)
    parts = gather(w * (x - mean), origins[usable])
    error = float(np.sqrt(np.sum(parts**2) * len(parts) / (len(parts) - 1))) if len(parts) > 1 else None
    low, high = map(float, quantiles(x, w, (0.05, 0.95)))
    return Summary(mean, low, high, error)


def gather(values: np.ndarray, origins: np.ndarray) -> np.ndarray:
    """Sums of values [n] by origin [n]."""
    unique, index = np.unique(origins, return_inverse=True)
    return np.bincount(index, values, len(unique))


def chance(events: np.ndarray, weights: np.ndarray) -> float | None:
    """Weighted part of draws in which an event [n] of 0, 1 or NaN (unknown) is 1."""
    usable = np.isfinite(events) & (weights > 0)
    return float(weights[usable] @ events[usable] / weights[usable].sum()) if usable.any() else None


class Tail(NamedTuple):
    """Mean of the greatest values that carry a part of the weight, and its Monte Carlo error; None where no draw has a value."""

    mean: float | None
    mc_error: float | None


def tail_mean(values: np.ndarray, weights: np.ndarray, part: float) -> float | None:
    """Mean of the greatest values that together carry `part` of the weight (conditional value at risk)."""
    return summarise_tail(values, weights, np.arange(len(values)), part).mean


def summarise_tail(values: np.ndarray, weights: np.ndarray, origins: np.ndarray, part: float) -> Tail:
    """Conditional value at risk: the mean of the greatest values that together carry `part` of the weight, an atom split where needed.

    Parameters
    ----------
    values, weights, origins : np.ndarray
        [n] values, weights of at least zero, and the independent point that each draw descends from.
    part : float
        Part of the weight, above 0 and at most 1.

    Returns
    -------
    Tail
        In the unit of the values. The error is that of the mean of ``quantile + max(value - quantile, 0) / part``, whose expectation is
        the conditional value at risk.

    References
    ----------
    Rockafellar & Uryasev (2000), Journal of Risk 2(3): 21-41; (2002), Journal of Banking & Finance 26: 1443-1471, for atoms.

    Examples
    --------
    >>> tail_mean(np.array([1.0, 2.0, 3.0, 10.0]), np.ones(4), 0.5)
    6.5
    """
    usable = np.isfinite(values) & (weights > 0)
    if not usable.any():
        return Tail(None, None)
    order = np.argsort(values[usable])[::-1]
    x, w = values[usable][order], weights[usable][order] / weights[usable].sum()
    used = np.clip(part - (np.cumsum(w) - w), 0.0, w)
    mean = float(used @ x / used.sum())
    quantile = x[np.flatnonzero(used)[-1]]
    excess = quantile + np.maximum(x - quantile, 0.0) / part
    parts = gather(w * (excess - w @ excess), origins[usable][order])
    error = float(np.sqrt(np.sum(parts**2) * len(parts) / (len(parts) - 1))) if len(parts) > 1 else None
    return Tail(mean, error)


def count_points(origins: np.ndarray) -> float:
    """Effective number of independent points among draws, given which one each descends from [n]."""
    counts = np.unique(origins, return_counts=True)[1]
    return float(counts.sum() ** 2 / np.sum(counts**2))
