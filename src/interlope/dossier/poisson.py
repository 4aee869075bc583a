"""Poisson: the chance of a number of events where only a part becomes known, or where next to nothing is known.

Each chance is an integral over the unknown mean. It is taken where its integrand has its weight, by the trapezoidal rule on
u = mode + scale sinh(t), which reaches out to any tail at exponential rate (Takahasi & Mori 1974); so it holds for any number of
events, any mean and any prior.
"""
from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from scipy.special import betaln, gammaln, log_expit, wrightomega, xlogy

STEP = 0.16  # of t, between nodes
DROP = 20.0  # nats below the highest value of an integrand at which it is cut off


def log_certain(number: float, mean: np.ndarray) -> np.ndarray:
    """Log chance of a number of events where every one becomes known.

    Parameters
    ----------
    number : float
        How many events.
    mean : ndarray [r]
        How many are to be expected.

    Returns
    -------
    ndarray [r]

    Examples
    --------
    >>> round(float(np.exp(log_certain(2, np.array([2.0])))[0]), 4)
    0.2707
    """
    return xlogy(number, mean) - mean - gammaln(number + 1.0)


def log_thinned(number: float, mean: np.ndarray, a: float, b: float) -> np.ndarray:
    """Log chance that a number of events becomes known, where each does with one chance p, and p has a beta(a, b) prior.

    On the logit u of p the integrand is exp(A log p + B log(1 - p) - mean p) with A = number + a and B = b. It has one mode, where
    mean p^2 - (A + B + mean) p + A = 0, and there the curvature A (1 - p)^2 + B p^2.

    Parameters
    ----------
    number : float
        How many events became known.
    mean : ndarray [r]
        How many events are to be expected, known or not.
    a, b : float
        Prior of the chance that an event becomes known; b = 0 means that each does.

    Returns
    -------
    ndarray [r]

    Examples
    --------
    >>> round(float(np.exp(log_thinned(0, np.array([1e-9]), 2.0, 30.0))[0]), 6)
    1.0
    """
    if b <= 0:
        return log_certain(number, mean)
    first, rest = number + a, b
    gap = first + rest - mean
    root = np.sqrt(gap**2 + 4 * mean * rest)
    known = 2 * first / (first + rest + mean + root)
    hidden = np.where(gap >= 0, 2 * rest / (np.abs(gap) + root), (np.abs(gap) + root) / (2 * np.maximum(mean, 1e-300)))
    scale = 1 / np.sqrt(first * hidden**2 + rest * known**2)

    def integrand(u: np.ndarray) -> np.ndarray:
        log_known = log_expit(u)
        return (first + rest) * log_known - rest * u - mean[:, None] * np.exp(log_known)

    reach = _reach(DROP / np.sqrt(first)), _reach(2.4 * DROP / rest)
    inside = _log_integral(integrand, np.log(known / hidden), scale, *reach)
    return inside + xlogy(number, mean) - gammaln(number + 1.0) - betaln(a, b)


@lru_cache(maxsize=1024)
def log_broad(number: float, median: float, sd: float) -> float:
    """Log chance of a number of events whose mean has a log-normal prior.

    Parameters
    ----------
    number : float
        How many events.
    median : float
        Median of the mean.
    sd : float
        Standard deviation of its logarithm.

    Returns
    -------
    float

    Examples
    --------
    >>> round(float(sum(np.exp(log_broad(n, 5.0, 1.5)) for n in range(2000))), 3)
    1.0
    """
    centre, variance = np.log(median), sd**2
    peak = wrightomega(centre + variance * number + np.log(variance)) / variance

    def integrand(u: np.ndarray) -> np.ndarray:
        return number * u - np.exp(u) - (u - centre) ** 2 / (2 * variance)

    scale = np.array([1 / np.sqrt(1 / variance + peak)])
    inside = _log_integral(integrand, np.array([np.log(peak)]), scale, _reach(DROP), _reach(DROP))
    return float(inside[0] - gammaln(number + 1.0) - np.log(sd) - 0.5 * np.log(2 * np.pi))


def _reach(distance: float) -> float:
    """How far t runs to one side, where an integrand is cut off so many scales from its mode; never short of a normal tail."""
    return float(np.arcsinh(max(distance, np.sqrt(2 * DROP))))


def _log_integral(integrand: Callable[[np.ndarray], np.ndarray], mode: np.ndarray, scale: np.ndarray, left: float,
                  right: float) -> np.ndarray:
    """Log [r] of the integral of exp(integrand(u)), for u [r, nodes] around a mode [r]."""
    t = np.arange(-left, right + STEP, STEP)
    values = integrand(mode[:, None] + np.sinh(t) * scale[:, None])
    top = values.max(axis=1)
    return np.log(np.exp(values - top[:, None]) @ np.cosh(t)) + top + np.log(STEP * scale)
