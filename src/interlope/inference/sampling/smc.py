"""Sequential Monte Carlo: a population of weighted particles carried through steps, resampled where its weights become uneven.

At the end of step t a particle weighs g_t / g_{t-1}, where g_t is its *potential*: an estimate of the likelihood of all evidence,
given the particle's path so far. Ratios telescope, so whatever the earlier potentials are, the mean weight is an unbiased estimate of
the evidence as long as the last potential is the likelihood itself (Del Moral 2004; Whiteley & Lee 2014 on potentials that look ahead).
With the likelihood of the evidence so far as potential this is the bootstrap filter of Gordon, Salmond & Smith (1993).

References
----------
Del Moral, P. (2004). Feynman-Kac Formulae. Springer.
Gordon, N. J., Salmond, D. J. & Smith, A. F. M. (1993). Novel approach to nonlinear/non-Gaussian Bayesian state estimation. IEE
Proceedings F 140.
Hesterberg, T. (1995). Weighted average importance sampling and defensive mixture distributions. Technometrics 37.
Whiteley, N. & Lee, A. (2014). Twisted particle filters. Annals of Statistics 42.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from interlope.ensemble import keys
from interlope.inference.sampling import importance

THRESHOLD = 0.5  # particles are resampled once their effective sample size, over their number, is below this

P = TypeVar("P")


@dataclass(frozen=True, eq=False)
class Filtered(Generic[P]):
    """A population after its last step.

    Attributes
    ----------
    particles : P
        The last generation, n particles.
    log_weight : ndarray
        Log weights [n]; the mean of the weights is the estimate of the evidence.
    effective : ndarray
        Effective sample size over n after each step, before resampling [steps].
    weights : ndarray
        Log weights after each step, on the same scale as `log_weight` [steps, n].
    parents : ndarray
        Which particle of the generation before each one comes from [steps, n]; equal to 0..n-1 where none was resampled.
    resampled : ndarray
        Whether the particles were resampled after a step [steps].
    """

    particles: P
    log_weight: np.ndarray
    effective: np.ndarray
    weights: np.ndarray
    parents: np.ndarray
    resampled: np.ndarray

    @property
    def log_evidence(self) -> float:
        """Log of the estimate."""
        return importance.log_mean(self.log_weight)


def run_filter(
    particles: P,
    steps: int,
    move: Callable[[P, int], P],
    potential: Callable[[P, int], np.ndarray],
    branch: Callable[[P, np.ndarray, int], P],
    seed: int,
    *,
    initial: np.ndarray,
    known: np.ndarray | None = None,
    threshold: float = THRESHOLD,
    floor: float = 0.0,
) -> Filtered[P]:
    """Carry one population of n particles through all steps.

    Parameters
    ----------
    particles : P
        The first generation.
    steps : int
        Number of steps.
    move : callable
        (particles, step) -> the generation after that step; its random numbers are the caller's.
    potential : callable
        (particles, step) -> log potential [n] after that step, -inf where the evidence is impossible.
    branch : callable
        (particles, parents [n], step) -> copies of the parents, each with random numbers of its own from then on; called after every
        step but the last.
    seed : int
        Seed of the resampling.
    initial : ndarray
        Log weights [n] of the first generation.
    known : ndarray, optional
        Log potential [n] that is already part of them; 0 when None.
    threshold : float
        Particles are resampled (systematically) where their effective sample size over n is below this; never with 0.
    floor : float
        Part of its potential that a particle keeps whatever a step says, the last one excepted: a potential that is far too low would
        bring back a single particle with a huge weight later (a defensive mixture, Hesterberg 1995).

    Returns
    -------
    Filtered
        The last generation, its weights and its genealogy.
    """
    n = len(initial)
    log_weight, base = np.array(initial, dtype=np.float64), 0.0
    known = np.zeros(n) if known is None else known
    everyone = np.arange(n)
    effective, weights = np.zeros(steps), np.full((steps, n), -np.inf)
    parents, resampled = np.tile(everyone, (steps, 1)), np.zeros(steps, dtype=bool)
    for step in range(steps):
        particles = move(particles, step)
        now = potential(particles, step)
        if floor > 0.0 and step < steps - 1:
            now = np.where(np.isfinite(now), np.logaddexp(np.log1p(-floor) + now, np.log(floor) + known), now)
        with np.errstate(invalid="ignore"):
            log_weight = log_weight + np.where(np.isfinite(known), now - known, -np.inf)
        known = now
        effective[step] = importance.effective(log_weight) / n
        weights[step] = base + log_weight
        if effective[step] == 0.0:
            break
        if step == steps - 1:
            continue
        index = everyone
        if effective[step] < threshold:
            base += importance.log_mean(log_weight)
            index = importance.systematic(importance.normalise(log_weight), n, keys.stream(seed, "resample", step).random())
            known, log_weight = known[index], np.zeros(n)
            parents[step], resampled[step] = index, True
        particles = branch(particles, index, step)
    return Filtered(particles, base + log_weight, effective, weights, parents, resampled)


def ancestors(final: Filtered) -> np.ndarray:
    """Which particle of the first generation each one of the last descends from [n] (its Eve index, Lee & Whiteley 2018)."""
    ancestor = np.arange(final.parents.shape[1])
    for parents in final.parents:
        ancestor = ancestor[parents]
    return ancestor
