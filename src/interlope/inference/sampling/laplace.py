"""Laplace: a Gaussian at the mode of a surrogate posterior, with its curvature there (Laplace approximation).

The likelihood's slope and curvature are taken by differences in the statistics (a few dozen), not in the coordinates,
and carried over by the surrogate's derivatives (Gauss-Newton). With P the precision,
P = I + B' W_e B, where W_e = (W^-1 + Q)^-1 softens the curvature W by what the surrogate leaves open, Q.
This needs no sampling, so its precision does not suffer from the number of coordinates.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from interlope.inference.sampling.surrogate import Surrogate

STEPS = 8  # Gauss-Newton steps
LONGEST = 3.0  # longest step, in prior standard deviations
FLAT = 1e-4  # a statistic that moves the log likelihood less than this is left out of the curvature


@dataclass(frozen=True)
class Gaussian:
    """Mean [d] and covariance [d, d] of a Gaussian over an explanation's coordinates; d = dc + do."""

    mean: np.ndarray
    covariance: np.ndarray


def curvature(
    score: Callable[[np.ndarray], np.ndarray], at: np.ndarray, step: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Slope and negated second derivative of a function of m numbers, by finite differences.

    Parameters
    ----------
    score : callable
        Maps rows [n, m] to values [n].
    at : ndarray
        Where to differentiate [m].
    step : ndarray
        Differences to take [m].

    Returns
    -------
    slope : ndarray
        First derivative [m].
    curvature : ndarray
        Negated second derivative, projected on the positive semidefinite matrices [m, m].
    """
    m = len(at)
    single = np.concatenate([at[None], at + np.diag(step), at - np.diag(step)])
    value = np.nan_to_num(score(single), nan=-1e9, neginf=-1e9)
    middle, up, down = value[0], value[1 : m + 1], value[m + 1 :]
    slope = (up - down) / (2.0 * step)
    active = np.flatnonzero(np.maximum(np.abs(up - middle), np.abs(down - middle)) > FLAT)
    second = np.zeros((m, m))
    second[active, active] = (up + down - 2.0 * middle)[active] / step[active] ** 2
    i, j = np.triu_indices(len(active), 1)
    i, j = active[i], active[j]
    if len(i):
        rows = np.tile(at, (len(i), 1))
        rows[np.arange(len(i)), i] += step[i]
        rows[np.arange(len(i)), j] += step[j]
        both = np.nan_to_num(score(rows), nan=-1e9, neginf=-1e9)
        second[i, j] = second[j, i] = (both - up[i] - up[j] + middle) / (step[i] * step[j])
    scaled = -second * step[:, None] * step
    values, vectors = np.linalg.eigh(scaled)
    scaled = (vectors * np.clip(values, 0.0, 1e6)) @ vectors.T
    return slope, scaled / step[:, None] / step


def soften(sharpness: np.ndarray, open_part: np.ndarray) -> np.ndarray:
    """The matrix (I + W Q)^-1 [m, m]: slope and curvature W are multiplied by it when Q is left open."""
    return np.linalg.inv(np.eye(len(sharpness)) + sharpness @ open_part)


def approximate(
    surrogate: Surrogate,
    score: Callable[[int, np.ndarray], np.ndarray],
    h: int,
    common: int,
    own: int,
    power: float = 1.0,
    start: np.ndarray | None = None,
) -> Gaussian:
    """Approximate explanation h's surrogate posterior by a Gaussian at its mode.

    Parameters
    ----------
    surrogate : Surrogate
        Forecast of the used statistics.
    score : callable
        (explanation, statistics [n, u]) -> log likelihood [n].
    h : int
        Index of the explanation.
    common, own : int
        Number of common and own coordinates.
    power : float
        Power of the likelihood.
    start : ndarray, optional
        Where the search for the mode begins [d]; the prior mean when None.

    Returns
    -------
    Gaussian
        Mode and inverse curvature.
    """
    open_part = surrogate.left_open(h)
    step = np.sqrt(np.diag(open_part)) + 1e-3

    def of_working(rows: np.ndarray) -> np.ndarray:
        return power * score(h, surrogate.scale.back(rows))

    z = np.zeros(common + own) if start is None else start
    precision = np.eye(common + own)
    for turn in range(STEPS):
        at = surrogate.forecast(h, z[None, :common], z[None, common:])[0]
        slope, sharp = curvature(of_working, at, step)
        softened = soften(sharp, open_part)
        b = surrogate.slope(h, z[:common], z[common:])
        precision = np.eye(len(z)) + b @ (softened @ sharp) @ b.T
        precision = 0.5 * (precision + precision.T)
        move = np.linalg.solve(precision, b @ (softened @ slope) - z)
        length = float(np.linalg.norm(move))
        z = z + move * min(1.0, LONGEST / max(length, 1e-12)) * (1.0 if turn < 3 else 0.7)
        if length < 0.05:
            break
    return Gaussian(z, np.linalg.inv(precision))
