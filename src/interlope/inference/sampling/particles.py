"""Particles: runs one population of an explanation's paths from checkpoint to checkpoint.

Points are selected from fresh candidates of the explanation's proposal, run, and resampled at checkpoints by a potential that looks ahead.
Chance inside the simulation is thereby averaged where it decides; each population's estimate of the evidence is unbiased.
"""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from interlope.ensemble import keys
from interlope.inference.sampling import importance, lookahead, proposal, smc
from interlope.inference.sampling.context import SamplerContext
from interlope.inference.sampling.lookahead import Lookahead
from interlope.inference.sampling.population import FIELDS, Population
from interlope.inference.sampling.problem import Problem
from interlope.inference.sampling.training import Trained

MOST = 1000  # populations that an explanation may ever have; random streams are numbered by it
FLOOR = 0.05  # part of its potential that a particle keeps at every step; see `smc.run_filter`


@dataclass(frozen=True, eq=False)
class Particles:
    """Paths of a world, the forecast of their statistics [n, all] and their random streams so far [n, spans]."""

    paths: Any
    forecast: np.ndarray
    streams: np.ndarray


class PathModel:
    """One population's paths as `smc.run_filter` runs them: how they move, what they weigh, how they branch.

    Parameters
    ----------
    context : SamplerContext
        Problem, seed and effort.
    ahead : Lookahead
        Potential of paths that are not at their end.
    first_stream : int
        Number of the first random stream that belongs to this population.

    Attributes
    ----------
    surviving : float
        Chance of a path to complete, from those that stopped in each step.
    counted : int
        Replicates reported as progress so far.
    """

    def __init__(self, context: SamplerContext, ahead: Lookahead, first_stream: int):
        self.context, self.ahead, self.first_stream = context, ahead, first_stream
        self.world, self.n, self.steps = context.problem.world, context.effort.particles, len(context.problem.world.sizes)
        self.running, self.surviving, self.counted = np.ones(self.n, dtype=bool), 1.0, 0

    def begin(self, common: np.ndarray, own: np.ndarray) -> Particles:
        """Start a path at each point: coordinates [n, dc] and [n, do]."""
        streams = self.first_stream + np.arange(self.n)
        paths = self.world.begin(self.ahead.explanation, common, own, keys.integer(self.context.seed, "populations"), streams)
        return Particles(paths, self.ahead.forecast(common, own), streams[:, None])

    def move(self, particles: Particles, step: int) -> Particles:
        """Run paths to a checkpoint.

        Raises
        ------
        KeyboardInterrupt
            When the run of the sampler was interrupted in another thread.
        """
        if self.context.stopping.is_set():
            raise KeyboardInterrupt
        moved = replace(particles, paths=self.world.advance(particles.paths, step))
        self.count(self.n * (step + 1) // self.steps)
        return moved

    def count(self, replicates: int) -> None:
        """Report so many of this population's replicates as done."""
        self.context.counter.add(replicates - self.counted)
        self.counted = replicates

    def potential(self, particles: Particles, step: int) -> np.ndarray:
        """Log potential [n] at a checkpoint; at the last one the log likelihood itself."""
        used, partial = self.world.read(particles.paths, step)
        complete = np.isfinite(used[:, self.world.complete[step]]).all(axis=1) & np.isfinite(partial).all(axis=1)
        running = self.running & complete
        self.surviving *= float(running.sum()) / max(float(self.running.sum()), 1.0)
        self.running = running
        if step == self.steps - 1:
            return log_likelihood(self.context.problem, self.ahead.explanation, used)
        return self.ahead.tempered(self.ahead.after(step, particles.forecast, used, partial), step)

    def branch(self, particles: Particles, parents: np.ndarray, step: int) -> Particles:
        """Copies of the parents [n], each in a random stream of its own from now on."""
        self.running = self.running[parents]
        fresh = self.first_stream + (step + 1) * self.n + np.arange(self.n)
        return Particles(self.world.branch(particles.paths, parents, fresh), particles.forecast[parents],
                         np.column_stack([particles.streams[parents], fresh]))


def run_population(context: SamplerContext, trained: Trained, h: int, index: int) -> Population:
    """One population of explanation `h`, taken from the store of finished parts where it is there.

    Parameters
    ----------
    context : SamplerContext
        Problem, seed, effort and store.
    trained : Trained
        Surrogate and proposals.
    h : int
        Index of the explanation.
    index : int
        Number of the population among those of its explanation; names its random streams.

    Returns
    -------
    Population
        The same for any number of threads, and whether simulated or taken from the store.
    """
    effort = context.effort
    name = keys.digest(context.seed, context.label, "population", h, index, repr(effort.particles), effort.candidates, effort.residuals,
                       trained.digest).hex()
    stored = context.blocks.find(name)
    if stored is None or set(stored) != FIELDS or len(stored["log_weight"]) != effort.particles:
        population = simulate(context, trained, h, index)
        context.blocks.put(name, population.arrays())
        return population
    context.counter.add(effort.particles, simulated=False)
    return Population(**stored)


def simulate(context: SamplerContext, trained: Trained, h: int, index: int) -> Population:
    """Simulate one population; see `run_population`."""
    problem, effort, n = context.problem, context.effort, context.effort.particles
    steps, dc = len(problem.world.sizes), problem.common
    residuals = keys.stream(context.seed, f"population-{index}", "residuals", h)
    ahead = lookahead.create(problem, trained.surrogate, h, effort.residuals, residuals)
    value = ahead.of_coordinates()
    ahead = replace(ahead, anchor=float(value(trained.proposals[h].means[0][None])[0]))
    sample = proposal.select(trained.proposals[h], lambda z: ahead.tempered(value(z), -1), effort.candidates, n,
                             keys.stream(context.seed, "population", h, index))
    common, own = sample.z[:, :dc], sample.z[:, dc:]
    model = PathModel(context, ahead, (h * MOST + index) * steps * n)
    final = smc.run_filter(model.begin(common, own), steps, model.move, model.potential, model.branch,
                           keys.integer(context.seed, "resample", h, index),
                           initial=sample.log_weight + sample.potential, known=sample.potential, floor=FLOOR)
    model.count(n)
    ancestor = smc.ancestors(final)
    used, _ = problem.world.read(final.particles.paths, steps - 1)
    selection = 1.0 / importance.effective(sample.scores) - 1.0 / effort.candidates
    resampling = np.where(final.resampled[:-1], (1.0 / np.maximum(final.effective[:-1], 1e-9) - 1.0) / n, 0.0)
    return Population(
        common[ancestor], own[ancestor], sample.candidate[ancestor], _padded(final.particles.streams, steps),
        problem.world.outcome(final.particles.paths), final.log_weight, log_likelihood(problem, h, used),
        final.weights.astype(np.float32), final.parents.astype(np.int32), final.resampled,
        np.array(1.0 - model.surviving), sample.candidate, np.array([selection, *resampling]),
    )


def log_likelihood(problem: Problem, h: int, used: np.ndarray) -> np.ndarray:
    """Log likelihood [n] of complete used statistics [n, u]; -inf where a path failed."""
    complete = np.isfinite(used).all(axis=1)
    value = np.full(len(used), -np.inf)
    if complete.any():
        value[complete] = np.nan_to_num(problem.exact(h, used[complete]), nan=-np.inf)
    return value


def _padded(streams: np.ndarray, steps: int) -> np.ndarray:
    """Streams [n, steps] of a population that ended early, because nothing in it had any weight: the last one stays."""
    return np.pad(streams, ((0, 0), (0, steps - streams.shape[1])), mode="edge")
