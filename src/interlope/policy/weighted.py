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


def tail_mean(values: np.ndarray, weights: np.ndarray, part: float) -> float | None:
    """Mean of the greatest values that together carry `part` of the weight (conditional value at risk)."""
    usable = np.isfinite(values) & (weights > 0)
    if not usable.any():
        return None
    order = np.argsort(values[usable])[::-1]
    x, w = values[usable][order], weights[usable][order] / weights[usable].sum()
    used = np.clip(part - (np.cumsum(w) - w), 0.0, w)
    return float(used @ x / used.sum())
