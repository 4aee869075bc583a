"""Differences: the summaries of all outcomes at once, as `policy.weighted` gives them one by one; a slider waits for them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from interlope.ensemble.weighted import ROUNDING

MIDDLE = (0.05, 0.95)


class Summaries(NamedTuple):
    """By outcome [k]: mean, 5th and 95th centile, Monte Carlo error of the mean, chances of more and of less; NaN where none is known."""

    mean: np.ndarray
    q05: np.ndarray
    q95: np.ndarray
    mc_error: np.ndarray
    more: np.ndarray
    less: np.ndarray


def summarise_all(values: np.ndarray, weights: np.ndarray, origins: np.ndarray) -> Summaries:
    """Summaries of every column; values that are not finite are left out.

    Parameters
    ----------
    values : np.ndarray
        Differences [n, k].
    weights : np.ndarray
        Weights of at least zero [n].
    origins : np.ndarray
        Number from 0 of the point that each draw descends from [n]: draws of one count as one for the error.

    Returns
    -------
    Summaries

    Examples
    --------
    >>> summarise_all(np.array([[1.0], [3.0], [np.nan]]), np.ones(3), np.arange(3)).mean.tolist()
    [2.0]
    """
    usable = np.isfinite(values) & (weights > 0)[:, None]
    x, w = np.where(usable, values, 0.0), np.where(usable, weights[:, None], 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        w = w / w.sum(axis=0)
        mean, more, less = ((w * part).sum(axis=0) for part in (x, x > 0, x < 0))
        descended = (origins[None, :] == np.arange(origins.max(initial=-1) + 1)[:, None]).astype(np.float64)
        parts, count = descended @ (w * (x - mean)), (descended @ usable > 0).sum(axis=0)
        error = np.sqrt((parts**2).sum(axis=0) * count / (count - 1.0))
    low, high = quantiles_by_day(values, weights, MIDDLE)
    return Summaries(mean, low, high, np.where(count > 1, error, np.nan), more, less)


def quantiles_by_day(daily: np.ndarray, weights: np.ndarray, points: tuple[float, ...]) -> np.ndarray:
    """Weighted quantiles [points, day] of a series [n, day]; the same definition as `ensemble.weighted.quantiles`, for all days at once.

    >>> quantiles_by_day(np.array([[1.0], [2.0], [9.0]]), np.array([0.2, 0.2, 0.6]), (0.1, 0.5)).tolist()
    [[1.0], [9.0]]
    """
    if not len(daily):
        return np.full((len(points), daily.shape[1]), np.nan)
    order = np.argsort(daily, axis=0, kind="stable")
    ordered = np.take_along_axis(daily, order, axis=0)
    reached = np.cumsum(np.where(np.isfinite(ordered), weights[order], 0.0), axis=0)
    whole = reached[-1]
    place = [(reached >= (p - ROUNDING) * whole).argmax(axis=0) for p in points]
    return np.where(whole > 0, np.take_along_axis(ordered, np.stack(place), axis=0), np.nan)
