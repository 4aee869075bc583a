"""Calibrate: fit every explanation of a case to its dossier and official series, as known on the case's `as_of`."""
from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from interlope.arguments import read_able, read_choice, read_kind, read_listener, read_threads, read_whole
from interlope.ensemble import design, run, streams
from interlope.ensemble.streams import Streams
from interlope.errors import BadInput
from interlope.inference import likelihood, official
from interlope.inference.fitting import checkpoints
from interlope.inference.fitting.checkpoints import CheckpointDays
from interlope.inference.fitting.paths import Coordinates, Paths, coordinates
from interlope.inference.fitting.posterior import Fits, Posterior
from interlope.inference.method import method
from interlope.inference.sampling import particles, population, sampler
from interlope.inference.sampling.context import BlockStore
from interlope.inference.sampling.problem import Effort, Problem
from interlope.model.simulate import digest
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case
from interlope.scenario.given import CaseLike, read_case

QUICK = Effort()
THOROUGH = Effort(waves=(480, 400, 800, 1600), populations=8, limit=32, candidates=6000, error=0.06)
ROWS = 2000  # statistics scored at once
OVERHEAD = 1.5  # time of a fit over that of its simulation
JOINED = ("common", "own", "outcome", "log_weight", "log_likelihood", "streams")  # fields of its populations that a posterior joins


def effort_of(mode: str | Effort) -> Effort:
    """The effort of a mode, quick or thorough; an effort of one's own as it is.

    Raises
    ------
    BadInput
        When it is neither.
    """
    if isinstance(mode, str) and mode in ("quick", "thorough"):
        return QUICK if mode == "quick" else THOROUGH
    return read_kind("effort", mode, Effort, "'quick', 'thorough', or an Effort of interlope.inference.sampling.problem")


@dataclass(frozen=True, eq=False)
class Definition:
    """What a fit of a case consists of: the sampler's problem, and the meaning of its numbers.

    Attributes
    ----------
    problem : Problem
        What the sampler is given.
    where : Coordinates
        How coordinates become parameters.
    binding : Binding
        Column of the statistics for each number of the dossier.
    plan : LikelihoodPlan
        What enters the likelihood.
    checkpoints : CheckpointDays
        Days on which paths are weighed while they run.
    label : str
        Names all of it.
    """

    problem: Problem
    where: Coordinates
    binding: Binding
    plan: likelihood.LikelihoodPlan
    checkpoints: CheckpointDays
    label: str


def define(case: Case, threads: int = 1) -> Definition:
    """Turn a case, as known on its `as_of`, into a problem for the sampler; `threads` for the paths of one population.

    Raises
    ------
    BadInput
        When nothing that was published by then can be weighed.
    """
    setting = case.setting(end=case.as_of)
    binding = Binding(case)
    plan = likelihood.make_plan(case, binding)
    if not plan.claims and not plan.groups:
        raise BadInput(f"case '{case.name}' has nothing to weigh: no claim with a likelihood and no fitted series was published by "
                       f"{case.as_of}; state some in its dossier, or use simulate, which needs none")
    where = coordinates(case, setting.months)
    if case.as_of < case.burn_in:
        raise BadInput(f"case '{case.name}' as known on {case.as_of} lies before its burn_in, {case.burn_in}; expected a later day, for "
                       "nothing before enters a likelihood")
    points = checkpoints.place(case, binding, plan, setting.days)
    used = plan.reduced()

    def score(h: int, statistics: np.ndarray, nodes: int = official.COARSE) -> np.ndarray:
        parts = [statistics[i : i + ROWS] for i in range(0, len(statistics), ROWS)]
        return np.concatenate([likelihood.total(used, likelihood.terms(used, s, nodes)) for s in parts])

    def exact(h: int, statistics: np.ndarray) -> np.ndarray:
        return score(h, statistics, official.FINE)

    sizes = tuple(where.size(h) for h in where.explanations)
    problem = Problem(where.explanations, len(where.common) + where.months, sizes, Paths(setting, where, points, threads), score, exact)
    label = f"{digest()} {method()} {case.sha256} {case.as_of} {binding.reductions!r} {points.ends}"
    return Definition(problem, where, binding, plan, points, label)


def fit(
    case: CaseLike,
    *,
    seed: int = 7,
    effort: Effort | str = QUICK,
    counts: Mapping[str, int] | None = None,
    threads: int | None = None,
    blocks: BlockStore | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Fits:
    """Fit all explanations of a case to its evidence.

    Parameters
    ----------
    case : Case, str or Path
        The case, or its name or folder (see `interlope.load`); only what was published by its `as_of` is seen, and only days up to it are
        simulated.
    seed : int, default 7
        Everything follows from it: same seed, same result, for any number of threads.

    Other Parameters
    ----------------
    effort : Effort or str, optional
        How much is simulated: "quick", "thorough" or your own.
    counts : mapping of str to int, optional
        Populations of each explanation, to repeat a fit whose budget decided them.
    threads : int, optional
        All cores when None.
    blocks : Blocks, optional
        Where finished waves and populations are stored, so that a stopped fit goes on and ends with the same bits.
    progress : callable, optional
        Called with (replicates done, replicates in all).

    Returns
    -------
    Fits
        A posterior of weighted replicates for each explanation; see `interlope.weigh` for what follows from it.

    Raises
    ------
    BadInput
        When nothing that was published by then can be weighed, or an argument is of another kind or out of its range.
    RunFailed
        When an explanation's replicates do not complete.

    Examples
    --------
    >>> import interlope as il
    >>> fits = il.fit(il.load("toy"), seed=7)
    >>> list(fits.posteriors)
    ['rivalry', 'takeover']
    """
    began = time.perf_counter()
    case, seed, effort = read_case(case), read_whole("seed", seed), effort_of(effort)
    threads, progress = read_threads(threads) or os.cpu_count() or 1, read_listener("progress", progress, ("done", "total"))
    blocks = None if blocks is None else read_able("blocks", blocks, ("find", "put"), "a store of finished parts")
    counts = None if counts is None else _read_counts(case, counts)
    defined = define(case, threads)
    where, plan, points = defined.where, defined.plan, defined.checkpoints
    with threadpool_limits(1):  # populations run side by side; their products of matrices are small, and the same for any machine's cores
        sampled = sampler.sample(
            defined.problem, seed, effort, counts=None if counts is None else [counts[name] for name in where.explanations],
            threads=threads, blocks=blocks, label=defined.label, progress=progress,
        )
    posteriors = {}
    for name, populations in zip(where.explanations, sampled.populations):
        joined = {field: np.concatenate([getattr(p, field) for p in populations]) for field in JOINED}
        log_likelihood = joined["log_likelihood"]
        complete = np.isfinite(log_likelihood)
        posteriors[name] = Posterior(
            name, case.hypotheses[name].gloss, case.hypotheses[name].prior_odds,
            where.design(name, joined["common"], joined["own"]), joined["outcome"], likelihood.terms(plan, joined["outcome"]),
            np.where(complete, joined["log_weight"] - np.where(complete, log_likelihood, 0.0), -np.inf), log_likelihood,
            Streams(sampled.seed, joined["streams"], points.ends[:-1]), population.ancestry(populations, sampled.candidates),
            population.checkpoint_k(populations), population.costs(populations), np.array([p.log_evidence for p in populations]),
            float(np.mean([p.failed for p in populations])),
        )
    replicates = sampled.trained + sum(len(p.streams) for p in posteriors.values())
    return Fits(case, defined.binding, plan, posteriors, where.common, where.months, effort, seed, digest(), points.ends, replicates,
                time.perf_counter() - began)


def _read_counts(case: Case, counts: Mapping[str, int]) -> dict[str, int]:
    """Populations of every explanation by name."""
    read_kind("counts", counts, Mapping, "populations by explanation")
    read = {read_choice("explanation in counts", n, tuple(case.hypotheses)): read_whole("counts", c, 1, particles.MOST)
            for n, c in counts.items()}
    if missing := [name for name in case.hypotheses if name not in read]:
        raise BadInput(f"counts says nothing of {', '.join(missing)}; expected the populations of every explanation")
    return read


def forecast_seconds(case: Case, effort: Effort, threads: int | None = None) -> float:
    """How long a fit will take here [s], from a handful of replicates of the case; the model is compiled already."""
    threads = threads or os.cpu_count() or 1
    setting, name = case.setting(end=case.as_of), next(iter(case.hypotheses))
    n = 4 * threads
    prior = design.draw(case, name, n, 0)
    began = time.perf_counter()
    run.summarise(setting, prior.values, prior.innovations, Binding(case), streams.single(0, np.arange(n)), threads=threads)
    each = (time.perf_counter() - began) / n
    total = effort.total(len(case.hypotheses))
    return OVERHEAD * each * max(total, effort.replicates or 0)
