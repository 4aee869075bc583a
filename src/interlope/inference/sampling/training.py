"""Training: waves of replicates that teach a surrogate, the first from the priors, the others from each explanation's own proposal.

The second wave goes half the way from the prior to the data, the surrogate being rough. The waves enter no result: they only shape the
surrogate and the proposals, both of which the weights divide out again.
"""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from interlope.ensemble import keys
from interlope.errors import RunFailed
from interlope.inference.sampling import chains, laplace, lookahead, proposal, surrogate
from interlope.inference.sampling.context import SamplerContext
from interlope.inference.sampling.laplace import Gaussian
from interlope.inference.sampling.proposal import Proposal
from interlope.inference.sampling.surrogate import Surrogate, Training

LEAST_COMPLETE = 12  # replicates of an explanation that must complete in a wave
FIRST_POWER = 0.5  # power of the likelihood in the first wave after the prior's
PRIOR_WEIGHT = 0.15  # weight of the prior's replicates in training, against 1 for those nearer to the data
CANDIDATES = 8  # candidates scored for each replicate of a wave
SCORE_POWER, EVEN = 0.7, 0.1  # in a wave: power of the score in selection, part selected evenly (see `proposal.select`)
RESIDUALS = 6  # residual vectors around each candidate's forecast in a wave


@dataclass(frozen=True, eq=False)
class Trained:
    """What the waves taught.

    Attributes
    ----------
    surrogate : Surrogate
        Fitted to the replicates of all waves.
    proposals : tuple of Proposal
        One for each explanation.
    digest : str
        Hash of the training statistics; names what depends on them.
    """

    surrogate: Surrogate
    proposals: tuple[Proposal, ...]
    digest: str


def train(context: SamplerContext) -> Trained:
    """Run every wave, and fit surrogate and proposals to all of them.

    Parameters
    ----------
    context : SamplerContext
        Problem, seed and effort.

    Returns
    -------
    Trained
        Surrogate and proposals, not changed any more from then on.

    Raises
    ------
    RunFailed
        When too few replicates of a wave complete to learn from.
    ValueError
        When the effort has no wave.
    """
    training: Training | None = None
    modes: list[Gaussian] | None = None
    for wave in range(len(context.effort.waves)):
        label = f"wave-{wave}"
        if training is None:
            points = [_from_prior(context, wave, h) for h in context.explanations]
        else:
            points, modes = _from_proposals(context, training, wave, modes)
        statistics = context.parallel(lambda h: _simulate(context, label, h, points[h]), context.explanations)  # noqa: B023
        for h in context.explanations:
            training = _extend(context, training, h, points[h], statistics[h], 1.0 if wave else PRIOR_WEIGHT)
    if training is None:
        raise ValueError("no wave; expected at least one number of replicates in Effort.waves")
    target = _target(context, training)
    modes = context.parallel(lambda h: _approximate(context, target, h, "final", chains.Length(), modes), context.explanations)
    return Trained(target.surrogate, tuple(proposal.mixture(m) for m in modes), keys.digest(0, training.statistics.tobytes().hex()).hex())


def _size(context: SamplerContext, wave: int, h: int) -> int:
    """Replicates of explanation `h` in a wave, whose replicates are dealt out to the explanations in turn."""
    return len(range(h, context.effort.waves[wave], len(context.explanations)))


def _from_prior(context: SamplerContext, wave: int, h: int) -> np.ndarray:
    """Coordinates [n, d] from the prior of explanation `h`."""
    dimension = context.problem.common + context.problem.own[h]
    return keys.stream(context.seed, f"wave-{wave}", h).standard_normal((_size(context, wave, h), dimension))


def _from_proposals(context: SamplerContext, training: Training, wave: int,
                    modes: Sequence[Gaussian] | None) -> tuple[list[np.ndarray], list[Gaussian]]:
    """Coordinates of a wave by explanation, and the Gaussians that they were proposed from."""
    label, power = f"wave-{wave}", FIRST_POWER if wave == 1 else 1.0
    target = _target(context, training, power)
    length = chains.SHORT if wave == len(context.effort.waves) - 1 else None
    gaussians = context.parallel(lambda h: _approximate(context, target, h, label, length, modes), context.explanations)
    points = []
    for h in context.explanations:
        n = _size(context, wave, h)
        ahead = lookahead.create(context.problem, target.surrogate, h, RESIDUALS, keys.stream(context.seed, label, "residuals", h))
        generator = keys.stream(context.seed, label, "picks", h)
        sample = proposal.select(proposal.mixture(gaussians[h]), _scaled(ahead.of_coordinates(), power), CANDIDATES * n, n, generator,
                                 power=SCORE_POWER, even=EVEN)
        points.append(sample.z)
    return points, gaussians


def _scaled(potential: Callable[[np.ndarray], np.ndarray], power: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda z: power * potential(z)


def _simulate(context: SamplerContext, label: str, h: int, z: np.ndarray) -> np.ndarray:
    """Statistics [n, used and all partial ones] of replicates at coordinates [n, d]."""
    world, dc = context.problem.world, context.problem.common
    name = keys.digest(context.seed, context.label, label, h, keys.digest(0, z.tobytes().hex()).hex()).hex()
    stored = context.blocks.find(name)
    if stored is not None and set(stored) == {"statistics"} and len(stored["statistics"]) == len(z):
        context.counter.add(len(z), simulated=False)
        return stored["statistics"]
    streams = np.arange(len(z)) * len(context.explanations) + h
    particles = world.begin(h, z[:, :dc], z[:, dc:], keys.integer(context.seed, label), streams)
    used, partial = np.zeros((len(z), 0)), []
    for step in range(len(world.sizes)):
        particles = world.advance(particles, step)
        used, at_step = world.read(particles, step)
        partial.append(at_step)
    statistics = np.hstack([used, *partial])
    context.blocks.put(name, {"statistics": statistics})
    context.counter.add(len(z))
    return statistics


def _extend(context: SamplerContext, training: Training | None, h: int, z: np.ndarray, statistics: np.ndarray, weight: float) -> Training:
    """Add the replicates of explanation `h` to the training data.

    Raises
    ------
    RunFailed
        When too few of them completed.
    """
    problem, n = context.problem, len(z)
    own = np.zeros((n, max(problem.own, default=0)))
    own[:, : problem.own[h]] = z[:, problem.common :]
    complete = int(np.isfinite(statistics).all(axis=1).sum())
    if complete < min(LEAST_COMPLETE, n):
        raise RunFailed(
            f"{complete} of {n} replicates of '{problem.explanations[h]}' completed; expected at least {LEAST_COMPLETE}; "
            "narrow the priors of this explanation, or look at one replicate with 'simulate'"
        )
    fresh = Training(z[:, : problem.common], own, np.full(n, h), statistics, np.full(n, weight))
    return fresh if training is None else training.joined(fresh)


def _target(context: SamplerContext, training: Training, power: float = 1.0) -> proposal.Target:
    """The surrogate posteriors that the training data stand for, with the likelihood raised to `power`."""
    problem = context.problem
    fitted = surrogate.fit(training, len(problem.explanations), problem.own, len(problem.world.complete[0]))
    return proposal.Target(fitted, problem.score, problem.common, problem.own, power)


def _approximate(context: SamplerContext, target: proposal.Target, h: int, label: str, length: chains.Length | None,
                 previous: Sequence[Gaussian] | None) -> Gaussian:
    """The Gaussian of explanation h's surrogate posterior: fitted to chains, or the Laplace approximation without a length.

    The search for the mode begins where the previous wave's Gaussian lay.
    """
    problem = context.problem
    narrow = replace(target, surrogate=target.surrogate.first(len(problem.world.complete[0])))
    start = None if previous is None else previous[h].mean
    mode = laplace.approximate(narrow.surrogate, problem.score, h, problem.common, problem.own[h], target.power, start)
    if length is None:
        return mode
    draws = chains.draw(narrow, h, mode, keys.stream(context.seed, label, "chains", h), length)
    return proposal.fitted(draws, Gaussian(draws.mean(axis=0), np.diag(draws.var(axis=0))))
