"""Weighted: quantiles of weighted replicates."""
from __future__ import annotations

import numpy as np

METHOD = "inverted_cdf"  # of `numpy.quantile`, for draws of equal weight: the same definition
ROUNDING = 1e-9  # a cumulated weight this near to a probability has reached it; sums of weights err by less


def quantiles(values: np.ndarray, weight: np.ndarray, points: tuple[float, ...] = (0.05, 0.5, 0.95)) -> np.ndarray:
    """Weighted quantiles: the least value that at least the given part of the weight does not exceed (inverse distribution function).

    Every quantile is a value that occurs, so that those of counts are counts, and an interval agrees with the chances beside it: the
    upper end of a central 90 % interval is above zero exactly where more than 5 % of the weight is. With equal weights this is type 1 of
    Hyndman & Fan (1996), `method="inverted_cdf"` of NumPy, which takes weights from version 2.0 on only.

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
    >>> quantiles(np.array([0.0, 1.0, 3.0]), np.array([0.9, 0.02, 0.08])).tolist()
    [0.0, 0.0, 3.0]
    """
    usable = np.isfinite(values) & (weight > 0)
    if not usable.any():
        return np.full(len(points), np.nan)
    order = np.argsort(values[usable], kind="stable")
    v, w = values[usable][order], weight[usable][order]
    reached = np.cumsum(w) / w.sum()
    return v[np.minimum(np.searchsorted(reached, np.asarray(points) - ROUNDING), len(v) - 1)]
