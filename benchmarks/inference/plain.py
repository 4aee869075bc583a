"""Does the evidence from populations agree with plain importance sampling of a fixed size?

    python benchmarks/inference/plain.py serbia-hungary mimicry 12000 --seed 31
    python benchmarks/inference/plain.py toy takeover 40000 --prior

Plain paths are drawn from the same frozen proposal (or from the prior) and run to the end without resampling: their number is fixed
beforehand, no path is weighed on its way, and no check decides when to stop. Prints log Z with its error, effective number and Pareto k.
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
from interlope.inference.sampling import importance, proposal, sampler
from interlope.inference.sampling.problem import Effort
from interlope.inference.sampling.sampler import Run
from interlope.jit.compile import digest
from interlope.scenario.binding import Binding
from interlope.scenario.case import load

BLOCK = 500


def from_prior(name: str, explanation: str, n: int, seed: int) -> np.ndarray:
    """Log weights [n] of paths from the prior."""
    case = load(name)
    binding, setting = Binding(case), case.setting(end=case.as_of)
    plan = likelihood.make_plan(case, binding, case.as_of)
    made = design.draw(case, explanation, n, seed)
    innovations = made.innovations[:, : setting.months]
    statistics, _ = run.summarise(setting, made.values, innovations, binding, streams.single(keys.integer(seed, "plain"), np.arange(n)))
    complete = np.isfinite(statistics[:, plan.used]).all(axis=1)
    return np.where(complete, likelihood.total(plan, likelihood.terms(plan, statistics)), -np.inf)


def from_proposal(job: Run, h: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Log weights [n] of paths from the frozen proposal, and the candidate of each."""
    world, dc = job.problem.world, job.problem.common
    ahead = job._lookahead(job.whole, h, "plain", job.effort.residuals)
    picks = proposal.select(job.proposals[h], job._potential(ahead), 5 * n, n, keys.stream(job.seed, "plain", h))

    def part(rows: np.ndarray) -> np.ndarray:
        z = picks.z[rows]
        particles = world.begin(h, z[:, :dc], z[:, dc:], keys.integer(job.seed, "plain"), rows)
        for step in range(len(world.sizes)):
            particles = world.advance(particles, step)
        return job._exact(h, world.read(particles, len(world.sizes) - 1)[0])

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        reached = np.concatenate(list(pool.map(part, np.array_split(np.arange(n), max(1, n // BLOCK)))))
    return picks.log_weight + reached, picks.candidate


def main() -> None:
    """Print one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case")
    parser.add_argument("explanation")
    parser.add_argument("paths", type=int)
    parser.add_argument("--seed", type=int, default=31)
    parser.add_argument("--prior", action="store_true")
    asked = parser.parse_args()
    began = time.perf_counter()
    if asked.prior:
        found = importance.evidence(from_prior(asked.case, asked.explanation, asked.paths, asked.seed))
    else:
        problem = calibrate.define(load(asked.case)).problem
        job = Run(problem, asked.seed, Effort(), threads=os.cpu_count() or 1, blocks=sampler.Forgetful(), label="",
                  progress=sampler.nothing)
        with threadpool_limits(1):
            job.prepare(job.train())
            log_weight, candidate = from_proposal(job, problem.explanations.index(asked.explanation), asked.paths)
        found = importance.evidence(log_weight, importance.descend([candidate], 5 * asked.paths, [1], [0.0]))
    print(f"| {asked.case} | {asked.explanation} | {'prior' if asked.prior else 'proposal'} | {asked.paths:,} | {found.log_z:.3f} | "
          f"{found.error:.3f} | {found.effective:.0f} | {found.pareto_k:.2f} | seed {asked.seed}, {date.today()}, model {digest()}, "
          f"{time.perf_counter() - began:.0f} s |")


if __name__ == "__main__":
    main()
