"""Chains: draws from a surrogate posterior, by many Markov chains side by side; they cost no simulation.

The state of a chain is (coordinates z, residual r); its target is prior(z) * weight(r) * likelihood(forecast(z) + residual_r), which is
the posterior that the surrogate stands for. A step is a preconditioned Crank-Nicolson move around a Gaussian reference (Cotter et al.
2013; Rudolf & Sprungk 2018) that is renewed from the chains themselves while they burn in, with a fresh residual every other time.

References
----------
Cotter, S. L., Roberts, G. O., Stuart, A. M. & White, D. (2013). MCMC methods for functions: modifying old algorithms to make them faster.
Statistical Science 28.
Rudolf, D. & Sprungk, B. (2018). On a generalization of the preconditioned Crank-Nicolson Metropolis algorithm. Foundations of
Computational Mathematics 18.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from interlope.inference.sampling.laplace import Gaussian
from interlope.inference.sampling.proposal import Target, log_normal

ACCEPT = 0.3  # acceptance that the step is adapted to while chains burn in


@dataclass(frozen=True)
class Length:
    """Number and length of chains.

    Attributes
    ----------
    chains : int
        Chains run side by side.
    steps : int
        Steps of each.
    keep : int
        Steps after burn-in.
    every : int
        Thinning: every so many of them are used.
    """

    chains: int = 400
    steps: int = 130
    keep: int = 70
    every: int = 5


SHORT = Length(200, 80, 40, 4)


def draw(target: Target, h: int, start: Gaussian, generator: np.random.Generator, length: Length) -> np.ndarray:
    """Draw from explanation h's surrogate posterior.

    Parameters
    ----------
    target : Target
        Surrogate posteriors.
    h : int
        Index of the explanation.
    start : Gaussian
        The first reference, such as a Laplace approximation.
    generator : numpy.random.Generator
        Random numbers of the chains.
    length : Length
        Number and length of chains.

    Returns
    -------
    ndarray
        Coordinates [chains * keep / every, d].
    """
    surrogate, dc = target.surrogate, target.common
    weights, residual = surrogate.residual_weight[h], surrogate.residual[h]
    n, d = length.chains, len(start.mean)
    mean, factor = start.mean, np.linalg.cholesky(1.1 * start.covariance + 1e-9 * np.eye(d))
    z = mean + generator.standard_normal((n, d)) @ factor.T
    r = generator.choice(len(weights), n, p=weights)

    def log_target(z: np.ndarray, r: np.ndarray) -> np.ndarray:
        statistics = surrogate.scale.back(surrogate.forecast(h, z[:, :dc], z[:, dc:]) + residual[r])
        value = target.power * target.score(h, statistics)
        return np.nan_to_num(value, nan=-1e9, neginf=-1e9) - 0.5 * (z**2).sum(axis=1)

    now, step = log_target(z, r), 0.25
    burn_in = length.steps - length.keep
    renewals = {burn_in // 3, 2 * burn_in // 3, burn_in}
    past: list[np.ndarray] = []
    draws = []
    for turn in range(length.steps):
        if turn in renewals:
            pool = np.concatenate(past[-20:])
            trust = 0.5 if turn == burn_in // 3 else 0.8
            mean = pool.mean(axis=0)
            covariance = (1.0 - trust) * start.covariance + trust * np.cov(pool.T).reshape(d, d)
            factor = np.linalg.cholesky(covariance + 1e-9 * np.eye(d))
        fresh = np.where(generator.random(n) < 0.5, generator.choice(len(weights), n, p=weights), r)
        ahead = mean + np.sqrt(1.0 - step**2) * (z - mean) + step * (generator.standard_normal((n, d)) @ factor.T)
        then = log_target(ahead, fresh)
        gain = then - log_normal(ahead, mean, factor) - now + log_normal(z, mean, factor)
        moved = np.log(generator.random(n)) < gain
        z, r, now = np.where(moved[:, None], ahead, z), np.where(moved, fresh, r), np.where(moved, then, now)
        if turn < burn_in:
            step = float(np.clip(step * np.exp(0.5 * (moved.mean() - ACCEPT)), 0.05, 0.9))
        past.append(z)
        if turn >= burn_in and (turn - burn_in) % length.every == length.every - 1:
            draws.append(z)
    return np.concatenate(draws)
