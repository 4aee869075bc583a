"""Weighted summaries of draws; values that are not finite are left out."""
from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Summary(NamedTuple):
    """Mean, 5th and 95th centile and the Monte Carlo error of the mean; all None where no draw has a value."""

    mean: float | None
    q05: float | None
    q95: float | None
    mc_error: float | None


def summarise(values: np.ndarray, weights: np.ndarray, origins: np.ndarray) -> Summary:
    """Summary of values [n] with weights [n] of at least zero; draws of one origin [n] count as one for the error."""
    kept = np.isfinite(values) & (weights > 0)
    if not kept.any():
        return Summary(None, None, None, None)
    x, w = values[kept], weights[kept] / weights[kept].sum()
    mean = float(w @ x)
    parts = gather(w * (x - mean), origins[kept])
    error = float(np.sqrt(np.sum(parts**2) * len(parts) / (len(parts) - 1))) if len(parts) > 1 else None
    return Summary(mean, quantile(x, w, 0.05), quantile(x, w, 0.95), error)


def gather(values: np.ndarray, origins: np.ndarray) -> np.ndarray:
    """Sums of values [n] by origin [n]."""
    found, index = np.unique(origins, return_inverse=True)
    return np.bincount(index, values, len(found))


def quantile(values: np.ndarray, weights: np.ndarray, u: float) -> float:
    """The value at which the cumulative weight, counted at the middle of each draw, reaches u; between draws linear."""
    order = np.argsort(values, kind="stable")
    x, w = values[order], weights[order] / weights.sum()
    return float(np.interp(u, np.cumsum(w) - 0.5 * w, x))


def chance(events: np.ndarray, weights: np.ndarray) -> float | None:
    """Weighted part of draws in which an event [n] of 0, 1 or NaN (unknown) is 1."""
    kept = np.isfinite(events) & (weights > 0)
    return float(weights[kept] @ events[kept] / weights[kept].sum()) if kept.any() else None


def tail_mean(values: np.ndarray, weights: np.ndarray, part: float) -> float | None:
    """Mean of the greatest values that together carry `part` of the weight (conditional value at risk)."""
    kept = np.isfinite(values) & (weights > 0)
    if not kept.any():
        return None
    order = np.argsort(values[kept])[::-1]
    x, w = values[kept][order], weights[kept][order] / weights[kept].sum()
    used = np.clip(part - (np.cumsum(w) - w), 0.0, w)
    return float(used @ x / used.sum())
