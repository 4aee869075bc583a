"""Importance weights: what a set of weighted histories says, and how far it can be trusted.

Weights are w_i = prior / proposal * likelihood at N independent draws of the proposal, so mean(w) is an unbiased
estimate of the evidence Z. Errors are those of log Z by the delta method. Two explanations that share their draws
have correlated weights; the error of their log Bayes factor uses that (it is smaller than for separate draws).
The Pareto k (Vehtari et al. 2024, fit of Zhang & Stephens 2009) measures the tail of the weights: above .7 a mean over
a few thousand draws cannot be trusted, whatever the other numbers say.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LEAST_EFFECTIVE, LIMIT_ERROR, LIMIT_PARETO = 50.0, 0.3, 0.7  # gates: what a result must reach to be called resolved


@dataclass(frozen=True)
class Evidence:
    """log Z of one explanation with its standard error, the effective number of histories and the Pareto k."""

    log_z: float
    error: float
    effective: float
    pareto_k: float


def resolved(found: Evidence) -> bool:
    """True when effective number, error and Pareto k keep to the gates."""
    return found.effective >= LEAST_EFFECTIVE and found.error <= LIMIT_ERROR and found.pareto_k <= LIMIT_PARETO


def log_mean(log_w: np.ndarray) -> float:
    """Log of the mean of weights given as logs [n]; -inf where all weights are zero."""
    top = float(np.max(log_w, initial=-np.inf))
    if not np.isfinite(top):
        return -np.inf
    return top + float(np.log(np.mean(np.exp(log_w - top))))


def log_sum(values: np.ndarray, axis: int) -> np.ndarray:
    """Log of the sum of exponentials along an axis; -inf where all are -inf."""
    top = np.max(values, axis=axis, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        return np.log(np.sum(np.exp(values - top), axis=axis)) + np.squeeze(top, axis=axis)


def normalise(log_w: np.ndarray) -> np.ndarray:
    """Turn log weights [n] into weights that sum to 1.

    Raises
    ------
    ValueError
        When every weight is zero.
    """
    top = float(np.max(log_w, initial=-np.inf))
    if not np.isfinite(top):
        raise ValueError("every weight is zero")
    w = np.exp(log_w - top)
    return w / w.sum()


def systematic(weight: np.ndarray, n: int, u: float) -> np.ndarray:
    """Draw n indices in proportion to weights by one uniform number: each as often as its share of n, but for one.

    >>> systematic(np.array([0.5, 0.0, 0.5]), 4, 0.3).tolist()
    [0, 0, 2, 2]
    """
    edges = np.cumsum(weight)
    at = np.searchsorted(edges / edges[-1], (np.arange(n) + u) / n, side="right")
    return np.minimum(at, len(edges) - 1)


def effective(log_w: np.ndarray) -> float:
    """Effective number of draws, (sum w)^2 / sum w^2; 0 where all weights are zero."""
    if not np.isfinite(np.max(log_w, initial=-np.inf)):
        return 0.0
    w = normalise(log_w)
    return float(1.0 / np.sum(w * w))


def influence(log_w: np.ndarray) -> np.ndarray:
    """How much each draw pulls log Z: (w_i / mean(w) - 1), whose variance over N is the squared error of log Z."""
    return normalise(log_w) * len(log_w) - 1.0


def error_of(pull: np.ndarray, extra: float = 0.0) -> float:
    """Standard error of a mean from the pulls [n] of its draws, `extra` variance added.

    The delta method is too small where few draws carry the weight; the variance is raised by (1 + 16 / n_eff), which
    repeated runs on log-normal weights show to give about the stated coverage for n_eff from 20 on (see the tests).
    """
    n = len(pull)
    variance = float(np.var(pull, ddof=1)) / n + extra if n > 1 else np.inf
    return float(np.sqrt(variance * (1.0 + 16.0 * min(variance, 0.25))))


def evidence(log_w: np.ndarray, extra: float = 0.0) -> Evidence:
    """Estimate log Z with error, effective number and Pareto k from log weights [n].

    `extra` is a further relative variance of Z that the spread of these weights cannot show (see `proposal.Frozen`).
    """
    if not np.isfinite(np.max(log_w, initial=-np.inf)):
        return Evidence(-np.inf, np.inf, 0.0, np.inf)
    return Evidence(log_mean(log_w), error_of(influence(log_w), extra), effective(log_w), pareto_k(log_w))


def log_ratio(log_a: np.ndarray, log_b: np.ndarray, extra: float = 0.0) -> tuple[float, float]:
    """Log of mean(a) / mean(b) and its error, the draws of a and b being the same one by one (paired)."""
    value = log_mean(log_a) - log_mean(log_b)
    if not np.isfinite(value):
        return value, np.inf
    return value, error_of(influence(log_a) - influence(log_b), extra)


def pareto_k(log_w: np.ndarray) -> float:
    """Shape of the upper tail of the weights [n] by Zhang & Stephens' estimate; -inf when the weights are equal.

    Uses the largest min(n / 5, 3 sqrt(n)) weights and the weakly informative prior of PSIS (10 draws at .5).
    """
    finite = np.sort(log_w[np.isfinite(log_w)])
    n = len(log_w)
    m = int(min(n / 5.0, 3.0 * np.sqrt(n)))
    if len(finite) == 0:
        return np.inf
    if m < 5 or len(finite) <= m:
        return np.inf
    tail = np.exp(finite[-m:] - finite[-1]) - np.exp(finite[-m - 1] - finite[-1])
    if tail[-1] - tail[0] < 1e-12:
        return -np.inf
    tail = np.maximum(tail, 1e-300)
    shape, _ = generalised_pareto(tail)
    return float((shape * m + 5.0) / (m + 10.0))


def generalised_pareto(excess: np.ndarray) -> tuple[float, float]:
    """Fit shape k (positive = heavy tail) and scale of a generalised Pareto law to sorted excesses [m] > 0."""
    m = len(excess)
    points = 30 + int(np.sqrt(m))
    quartile = excess[max(int(m / 4 + 0.5) - 1, 0)]
    j = np.arange(1, points + 1)
    theta = 1.0 / excess[-1] + (1.0 - np.sqrt(points / (j - 0.5))) / (3.0 * quartile)
    shapes = np.mean(np.log1p(-theta[:, None] * excess), axis=1)
    profile = m * (np.log(-theta / shapes) - shapes - 1.0)
    weights = np.exp(profile - profile.max())
    best = float(np.sum(theta * weights) / weights.sum())
    shape = float(np.mean(np.log1p(-best * excess)))
    return shape, -shape / best
