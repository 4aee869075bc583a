"""Sampler: evidence and posterior of several explanations of the same data, from a few thousand simulated paths.

1. Waves of replicates train a surrogate (`training`): from the priors, half way, then from each explanation's own proposal.
2. Surrogate and proposals are not changed any more. Each explanation gets several independent *populations* of particles (`particles`):
   points selected from fresh candidates of its proposal, run from checkpoint to checkpoint and resampled there (`smc`) by a potential
   that looks ahead (`lookahead`). Chance inside the simulation is thereby averaged where it decides; every population's estimate of the
   evidence is unbiased.
3. An explanation whose checks fail gets more populations (`allocation`): as many as its error asks for, within the effort's limit.

Only the populations enter a result. What descends from one candidate counts as one point: errors, effective sample size and Pareto k are
taken over points (`importance`).
"""
from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from interlope.ensemble import keys
from interlope.inference.sampling.allocation import allocate
from interlope.inference.sampling.context import BlockStore, NoBlockStore, ReplicateCounter, SamplerContext, no_progress
from interlope.inference.sampling.particles import MOST, run_population
from interlope.inference.sampling.population import Population
from interlope.inference.sampling.problem import Effort, Problem
from interlope.inference.sampling.training import Trained, train

ROUNDS = 3  # how often an explanation that misses its aim gets more, without a budget


@dataclass(frozen=True, eq=False)
class Sampled:
    """What a run of the sampler gives.

    Attributes
    ----------
    populations : tuple of tuple of Population
        Populations by explanation, in the problem's order.
    seed : int
        Seed of the simulator's random streams.
    trained : int
        Replicates of the training waves.
    candidates : int
        Candidates scored for each population.
    """

    populations: tuple[tuple[Population, ...], ...]
    seed: int
    trained: int
    candidates: int


def sample(problem: Problem, seed: int, effort: Effort, *, counts: Sequence[int] | None = None, threads: int = 1,
           blocks: BlockStore | None = None, label: str = "", progress: Callable[[int, int], None] = no_progress) -> Sampled:
    """Train, then run populations of every explanation.

    Parameters
    ----------
    problem : Problem
        What is to be inferred.
    seed : int
        Everything follows from it: same seed, same result, for any number of threads.
    effort : Effort
        How much is simulated.
    counts : sequence of int, optional
        Populations of each explanation, to repeat a run whose budget decided them.
    threads : int
        Waves and populations that run side by side; the result does not depend on it.
    blocks : BlockStore, optional
        Store of finished waves and populations, so that a stopped run can be resumed.
    label : str
        Names the problem in `blocks`.
    progress : callable
        Called with (replicates done, replicates in all).

    Returns
    -------
    Sampled
        Populations of every explanation.

    Raises
    ------
    RunFailed
        When too few replicates of a wave complete to learn from.
    ValueError
        When particles, checkpoints and explanations together need more random streams than there are.
    """
    began, explanations, steps = time.perf_counter(), len(problem.explanations), len(problem.world.sizes)
    if explanations * MOST * steps * effort.particles > 1 << 32:
        raise ValueError(f"{effort.particles} particles over {steps} checkpoints for {explanations} "
                         "explanations need more random streams than there are; expected fewer particles")
    counter = ReplicateCounter(effort.total(explanations), progress)
    context = SamplerContext(problem, seed, effort, threads, blocks or NoBlockStore(), label, counter)
    trained = train(context)
    populations = run_populations(context, trained, began, counts)
    return Sampled(populations, keys.integer(seed, "populations"), sum(effort.waves), effort.candidates)


def run_populations(context: SamplerContext, trained: Trained, began: float,
                    counts: Sequence[int] | None = None) -> tuple[tuple[Population, ...], ...]:
    """Populations of every explanation; more for those that miss their aim, unless `counts` says how many each gets."""
    effort = context.effort
    populations: list[list[Population]] = [[] for _ in context.explanations]
    wanted = list(counts or [effort.populations] * len(context.explanations))
    for turn in range(MOST):
        jobs = [(h, i) for i in range(max(wanted)) for h in context.explanations if len(populations[h]) <= i < wanted[h]]
        for (h, _), population in zip(jobs, context.parallel(lambda job: run_population(context, trained, *job), jobs)):
            populations[h].append(population)
        further = [0] * len(populations) if counts else allocate(context, populations, began)
        if not any(further) or (turn >= ROUNDS and not effort.budgeted):
            break
        context.counter.expect(sum(further) * effort.particles)
        wanted = [len(p) + more for p, more in zip(populations, further)]
    return tuple(tuple(p) for p in populations)
