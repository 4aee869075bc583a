"""Weighted: quantiles of weighted replicates."""
from __future__ import annotations

import numpy as np


def quantiles(values: np.ndarray, weight: np.ndarray, points: tuple[float, ...] = (0.05, 0.5, 0.95)) -> np.ndarray:
    """Weighted quantiles.

    The cumulative weight counts at the middle of each value; between values it is linear. With equal weights this is type 5 of
    Hyndman & Fan (1996), `method="hazen"` of NumPy, whose weighted form `numpy.quantile` and `scipy.stats.quantile` do not offer.

    Parameters
    ----------
    values : np.ndarray
        [n], any unit; values that are not finite are left out.
    weight : np.ndarray
        [n], at least zero; they need not sum to one.
    points : tuple of float
        Probabilities.

    Returns
    -------
    np.ndarray
        [len(points)] in the unit of `values`; NaN where no value has a weight.

    References
    ----------
    Hyndman & Fan (1996), The American Statistician 50: 361-365.

    Examples
    --------
    >>> quantiles(np.array([1.0, 2.0, 3.0]), np.array([0.0, 1.0, 0.0])).tolist()
    [2.0, 2.0, 2.0]
    """
    usable = np.isfinite(values) & (weight > 0)
    if not usable.any():
        return np.full(len(points), np.nan)
    order = np.argsort(values[usable], kind="stable")
    v, w = values[usable][order], weight[usable][order]
    middle = (np.cumsum(w) - 0.5 * w) / w.sum()
    return np.interp(points, middle, v)
