"""Proposal: where an explanation's paths begin, and the exact weight that corrects for the choice.

An explanation's proposal is a Gaussian fitted to draws from its surrogate posterior (`chains`), and the same with the likelihood
tempered, which has heavier tails. Many candidates are drawn from it and scored on the surrogate; a few of them are selected with chance s
that rises with the score, a part evenly as a safeguard. The mean of prior / (proposal * M s) * likelihood over the selected points is an
unbiased estimate of the evidence whatever the surrogate is worth (two-phase sampling): a bad surrogate costs precision and never biases a
result. Candidates are drawn afresh for every population, and everything that descends from one candidate counts as one point.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_triangular

from interlope.dossier.density import log_sum
from interlope.inference.sampling import importance
from interlope.inference.sampling.laplace import Gaussian
from interlope.inference.sampling.surrogate import Surrogate

Score = Callable[[int, np.ndarray], np.ndarray]  # (explanation, statistics [n, u]) -> log likelihood [n]

TEMPERS = ((1.0, 0.6), (0.7, 0.4))  # powers of the likelihood in the proposal, and their parts
SHRINK = 0.3  # part of the covariance that is taken from the reference rather than from the draws
POWER = 0.9  # candidates are selected in proportion to their score to this power
EVEN = 0.05  # part of the selection spread evenly over candidates


def log_normal(z: np.ndarray, mean: np.ndarray, factor: np.ndarray) -> np.ndarray:
    """Log density [n], up to the constant (2 pi)^(-d/2), of a Gaussian with covariance factor @ factor.T (factor lower triangular)."""
    if z.shape[1] == 0:
        return np.zeros(len(z))
    inner = solve_triangular(factor, (z - mean).T, lower=True, check_finite=False)
    return -0.5 * (inner**2).sum(axis=0) - float(np.log(np.diag(factor)).sum())


@dataclass(frozen=True)
class Target:
    """The surrogate posteriors that proposals approximate.

    Attributes
    ----------
    surrogate : Surrogate
        Forecast of the used statistics.
    score : Score
        Log likelihood of statistics.
    common : int
        Number of common coordinates.
    own : tuple of int
        Number of own coordinates of each explanation.
    power : float
        Power of the likelihood.
    """

    surrogate: Surrogate
    score: Score
    common: int
    own: tuple[int, ...]
    power: float = 1.0


def tempered(gaussian: Gaussian, power: float) -> Gaussian:
    """The Gaussian that the same evidence would give if its likelihood were raised to `power` (prior N(0, I))."""
    d = len(gaussian.mean)
    sharp = np.linalg.inv(gaussian.covariance)
    covariance = np.linalg.inv((1.0 - power) * np.eye(d) + power * 0.5 * (sharp + sharp.T))
    return Gaussian(covariance @ (power * (sharp @ gaussian.mean)), 0.5 * (covariance + covariance.T))


def fitted(draws: np.ndarray, reference: Gaussian) -> Gaussian:
    """The Gaussian of draws [n, d], its covariance shrunk towards the reference's."""
    d = draws.shape[1]
    covariance = (1.0 - SHRINK) * np.cov(draws.T).reshape(d, d) + SHRINK * reference.covariance
    return Gaussian(draws.mean(axis=0), covariance)


@dataclass(frozen=True)
class Proposal:
    """A mixture of Gaussians over one explanation's coordinates: means [k][d], factors [k][d, d] of covariances, parts [k]."""

    means: tuple[np.ndarray, ...]
    factors: tuple[np.ndarray, ...]
    parts: tuple[float, ...]

    def draw(self, n: int, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Draw coordinates [n, d], each component its part of n, and log prior over proposal at them [n]."""
        which = np.searchsorted(np.cumsum(self.parts), (np.arange(n) + 0.5) / n)
        z = generator.standard_normal((n, len(self.means[0])))
        for k, (mean, factor) in enumerate(zip(self.means, self.factors)):
            z[which == k] = mean + z[which == k] @ factor.T
        return z, self.log_ratio(z)

    def log_ratio(self, z: np.ndarray) -> np.ndarray:
        """Log of prior over proposal [n]."""
        density = [np.log(part) + log_normal(z, mean, factor)
                   for part, mean, factor in zip(self.parts, self.means, self.factors)]
        return -0.5 * (z**2).sum(axis=1) - log_sum(np.stack(density), 0)


def mixture(gaussian: Gaussian) -> Proposal:
    """The Gaussian and its tempered copies as a proposal."""
    members = [tempered(gaussian, power) for power, _ in TEMPERS]
    d = len(gaussian.mean)
    factors = tuple(np.linalg.cholesky(m.covariance + 1e-12 * np.eye(d)) for m in members)
    return Proposal(tuple(m.mean for m in members), factors, tuple(part for _, part in TEMPERS))


@dataclass(frozen=True)
class ProposalSample:
    """Points selected from scored candidates of a proposal.

    Attributes
    ----------
    candidate : ndarray
        Index of each point among the candidates [n].
    z : ndarray
        Coordinates [n, d].
    potential : ndarray
        Log potential [n].
    log_weight : ndarray
        Log weight [n] without the potential: prior over proposal and chance of selection.
    scores : ndarray
        Log weights of all candidates [M], potential included.
    """

    candidate: np.ndarray
    z: np.ndarray
    potential: np.ndarray
    log_weight: np.ndarray
    scores: np.ndarray


def select(proposal: Proposal, potential: Callable[[np.ndarray], np.ndarray], candidates: int, n: int,
           generator: np.random.Generator, power: float = POWER, even: float = EVEN) -> ProposalSample:
    """Draw and score candidates, and select n of them (systematic resampling).

    Parameters
    ----------
    proposal : Proposal
        Where candidates are drawn.
    potential : callable
        Log of the surrogate's likelihood at coordinates [M, d].
    candidates : int
        Number M of candidates.
    n : int
        Number of points to select; one candidate may be selected more than once.
    generator : numpy.random.Generator
        Random numbers of draws and selection.
    power : float
        Candidates are selected in proportion to their score to this power.
    even : float
        Part of the selection spread evenly over candidates.

    Returns
    -------
    ProposalSample
        The points in random order, with weights that make their mean an unbiased estimate.
    """
    z, ratio = proposal.draw(candidates, generator)
    value = np.nan_to_num(potential(z), nan=-1e9, neginf=-1e9)
    score = ratio + value
    chance = (1.0 - even) * importance.normalise(power * score) + even / candidates
    at = generator.permutation(importance.systematic(chance, n, generator.random()))
    return ProposalSample(at, z[at], value[at], ratio[at] - np.log(candidates * chance[at]), score)
