"""CRPS: the continuous ranked probability score of a sample, without bias from its size."""
from __future__ import annotations

import numpy as np


def crps(samples: np.ndarray, observed: float) -> float:
    """Fair continuous ranked probability score of equally weighted samples; absolute error for a single one.

    The mean over pairs leaves out each sample's pair with itself, so that the expected score does not depend on the number of
    samples (Ferro 2014).

    Parameters
    ----------
    samples : np.ndarray
        [n] draws of the forecast.
    observed : float
        What was observed, in the same unit.

    Returns
    -------
    float
        In the unit of the samples; less is better. An estimate: it may fall below zero.

    References
    ----------
    Ferro (2014), Quarterly Journal of the Royal Meteorological Society 140: 1917-1923.
    Zamo & Naveau (2018), Mathematical Geosciences 50: 209-234.

    Examples
    --------
    >>> crps(np.array([1.0]), 3.0)
    2.0
    >>> crps(np.array([0.0, 2.0]), 1.0)
    0.0
    """
    x = np.sort(np.asarray(samples, dtype=np.float64))
    n = len(x)
    return float(np.mean(np.abs(x - observed))) - add_distances(x) / (n * max(n - 1, 1))


def add_distances(values: np.ndarray) -> float:
    """Sum of the distances between all pairs of values, each pair once.

    Parameters
    ----------
    values : np.ndarray
        [n] numbers.

    Returns
    -------
    float
        In their unit.

    Examples
    --------
    >>> add_distances(np.array([3.0, 0.0, 1.0]))
    6.0
    """
    n = len(values)
    return float(np.sum((2 * np.arange(1, n + 1) - n - 1) * np.sort(values)))
