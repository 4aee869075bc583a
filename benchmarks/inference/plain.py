"""Does the evidence from populations agree with plain importance sampling of a fixed size?

    python benchmarks/inference/plain.py serbia-hungary mimicry 12000 --seed 31
    python benchmarks/inference/plain.py toy takeover 40000 --prior

Plain paths are drawn from the same trained proposal (or from the prior) and run to the end without resampling: their number is fixed
beforehand, no path is weighed on its way, and no check decides when to stop. Prints log Z with its error, effective sample size and
Pareto k.
"""
from __future__ import annotations

import argparse
import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
from threadpoolctl import threadpool_limits

from interlope.ensemble import design, keys, run, streams
from interlope.inference import likelihood
from interlope.inference.fitting import calibrate
from interlope.inference.sampling import importance, lookahead, proposal
from interlope.inference.sampling.context import NoBlockStore, ReplicateCounter, SamplerContext, no_progress
from interlope.inference.sampling.particles import log_likelihood
from interlope.inference.sampling.problem import Effort
from interlope.inference.sampling.training import Trained, train
from interlope.jit.compile import digest
from interlope.scenario.binding import Binding
from interlope.scenario.case import load

BLOCK = 500


def from_prior(name: str, explanation: str, n: int, seed: int) -> np.ndarray:
    """Log weights [n] of paths from the prior."""
    case = load(name)
    binding, setting = Binding(case), case.setting(end=case.as_of)
    plan = likelihood.make_plan(case, binding)
    prior = design.draw(case, explanation, n, seed)
    innovations = prior.innovations[:, : setting.months]
    statistics, _ = run.summarise(setting, prior.values, innovations, binding, streams.single(keys.integer(seed, "plain"), np.arange(n)))
    complete = np.isfinite(statistics[:, plan.used]).all(axis=1)
    return np.where(complete, likelihood.total(plan, likelihood.terms(plan, statistics)), -np.inf)


def from_proposal(context: SamplerContext, trained: Trained, h: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Log weights [n] of paths from the trained proposal, and the candidate of each."""
    problem, seed = context.problem, context.seed
    world, dc = problem.world, problem.common
    ahead = lookahead.create(problem, trained.surrogate, h, context.effort.residuals, keys.stream(seed, "plain", "residuals", h))
    sample = proposal.select(trained.proposals[h], ahead.of_coordinates(), 5 * n, n, keys.stream(seed, "plain", h))

    def part(rows: np.ndarray) -> np.ndarray:
        z = sample.z[rows]
        particles = world.begin(h, z[:, :dc], z[:, dc:], keys.integer(seed, "plain"), rows)
        for step in range(len(world.sizes)):
            particles = world.advance(particles, step)
        return log_likelihood(problem, h, world.read(particles, len(world.sizes) - 1)[0])

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        reached = np.concatenate(list(pool.map(part, np.array_split(np.arange(n), max(1, n // BLOCK)))))
    return sample.log_weight + reached, sample.candidate


def main() -> None:
    """Print one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case")
    parser.add_argument("explanation")
    parser.add_argument("paths", type=int)
    parser.add_argument("--seed", type=int, default=31)
    parser.add_argument("--prior", action="store_true")
    options = parser.parse_args()
    began = time.perf_counter()
    if options.prior:
        evidence = importance.evidence(from_prior(options.case, options.explanation, options.paths, options.seed))
    else:
        problem = calibrate.define(load(options.case)).problem
        counter = ReplicateCounter(options.paths, no_progress)
        context = SamplerContext(problem, options.seed, Effort(), os.cpu_count() or 1, NoBlockStore(), "", counter)
        with threadpool_limits(1):
            log_weight, candidate = from_proposal(context, train(context), problem.explanations.index(options.explanation), options.paths)
        evidence = importance.evidence(log_weight, importance.descend([candidate], 5 * options.paths, [1], [0.0]))
    print(f"| {options.case} | {options.explanation} | {'prior' if options.prior else 'proposal'} | {options.paths:,} | "
          f"{evidence.log_z:.3f} | "
          f"{evidence.error:.3f} | {evidence.effective:.0f} | {evidence.pareto_k:.2f} | "
          f"seed {options.seed}, {date.today()}, model {digest()}, "
          f"{time.perf_counter() - began:.0f} s |")


if __name__ == "__main__":
    main()
