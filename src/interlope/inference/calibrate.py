"""Calibrate: fit every explanation of a case to its dossier and official series, as known on the case's `as_of`."""
from __future__ import annotations

import os
import time
from collections.abc import Callable

import numpy as np

from interlope.ensemble.streams import Streams
from interlope.errors import BadInput
from interlope.inference import checkpoints, likelihood, official, sampler
from interlope.inference.paths import Paths, coordinates
from interlope.inference.posterior import Fits, Posterior
from interlope.inference.sampler import Blocks, Effort, Problem, nothing
from interlope.model.simulate import digest
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case

QUICK = Effort()
THOROUGH = Effort(waves=(480, 400, 800, 1600), populations=16, limit=48, candidates=6000, residuals=16, error=0.06)
ROWS = 2000  # statistics scored at once


def effort_of(mode: str) -> Effort:
    """The effort of a mode: quick, or thorough."""
    return QUICK if mode == "quick" else THOROUGH


def fit(
    case: Case,
    *,
    seed: int = 7,
    effort: Effort = QUICK,
    threads: int | None = None,
    blocks: Blocks | None = None,
    progress: Callable[[int, int], None] = nothing,
) -> Fits:
    """Fit all explanations of a case.

    Parameters
    ----------
    case : a case; only what was published by its `as_of` is seen, and only days up to it are simulated.
    seed : everything follows from it: same seed, same result, for any number of threads.

    Other arguments
    ---------------
    effort : how much is simulated, QUICK or THOROUGH or your own. threads : all cores when None.
    blocks : where finished waves and populations are kept, so that a stopped fit goes on and ends with the same bits.
    progress : called with (replicates done, replicates in all).

    Returns
    -------
    Fits; see `weigh.weigh` for what follows from it.

    Raises
    ------
    BadInput
        When nothing that was published by then can be weighed.
    RunFailed
        When an explanation's replicates do not complete.
    """
    began = time.perf_counter()
    setting = case.setting(end=case.as_of)
    binding = Binding(case)
    plan = likelihood.plan(case, binding, case.as_of)
    if not plan.claims and not plan.groups:
        raise BadInput(f"case '{case.name}' has nothing to weigh: no claim with a likelihood and no fitted series was published by "
                       f"{case.as_of}; state some in its dossier, or use simulate, which needs none")
    where = coordinates(case, setting.months)
    points = checkpoints.place(case, binding, plan, setting.days)
    used = plan.reduced()

    def score(h: int, statistics: np.ndarray, nodes: int = official.COARSE) -> np.ndarray:
        parts = [statistics[i : i + ROWS] for i in range(0, len(statistics), ROWS)]
        return np.concatenate([likelihood.total(used, likelihood.terms(used, s, nodes)) for s in parts])

    def exact(h: int, statistics: np.ndarray) -> np.ndarray:
        return score(h, statistics, official.FINE)

    sizes = tuple(len(where.own[h]) for h in where.explanations)
    problem = Problem(where.explanations, len(where.common) + where.months, sizes, Paths(setting, where, points), score, exact)
    label = f"{digest()} {case.sha256} {case.as_of} {binding.reductions!r} {points.ends}"
    made = sampler.run(problem, seed, effort, threads=threads or os.cpu_count() or 1, blocks=blocks, label=label, progress=progress)
    posteriors = {}
    for h, (name, populations) in enumerate(zip(where.explanations, made.populations)):
        def of(field: str, populations=populations) -> np.ndarray:
            return np.concatenate([getattr(p, field) for p in populations])

        statistics, reached = of("outcome"), of("log_likelihood")
        posteriors[name] = Posterior(
            name, case.hypotheses[name].gloss, case.hypotheses[name].prior_odds,
            where.design(name, of("common"), of("own")), statistics, likelihood.terms(plan, statistics),
            np.where(np.isfinite(reached), of("log_weight") - np.where(np.isfinite(reached), reached, 0.0), -np.inf), reached,
            Streams(made.seed, of("streams"), points.ends[:-1]), sampler.ancestry(populations, made.candidates),
            sampler.step_k(populations), np.array([p.log_evidence for p in populations]),
            float(np.mean([p.failed for p in populations])),
        )
    replicates = made.trained + sum(len(p.streams) for p in posteriors.values())
    return Fits(case, binding, plan, posteriors, where.common, where.months, effort, seed, digest(), replicates,
                time.perf_counter() - began)
