"""Calibrate: fit every explanation of a case to its dossier and official series, as known on the case's `as_of`."""
from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from interlope.ensemble import design, keys, run
from interlope.errors import BadInput
from interlope.inference import likelihood, official
from interlope.inference.posterior import Fits, Posterior
from interlope.inference.sampler import Counts, Problem
from interlope.inference.sampler import run as sample
from interlope.model.simulate import digest
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case, Known

QUICK = Counts(final=480)  # with a second frozen pass still under three minutes on two quiet cores
THOROUGH = Counts(waves=(1200, 1200, 1600, 1600), final=6000, candidates=20000, repeats=4)
ROWS = 2000  # statistics scored at once
BLOCK = 2 * run.CHUNK  # histories that are kept together


def counts_of(mode: str) -> Counts:
    """Numbers of histories of a mode: quick, or thorough."""
    return QUICK if mode == "quick" else THOROUGH


class Blocks(Protocol):
    """Where the statistics of finished blocks of histories are kept, by a name that says all that made them."""

    def find(self, name: str) -> np.ndarray | None: ...
    def put(self, name: str, statistics: np.ndarray) -> None: ...


class Forgetful:
    """Keeps nothing."""

    def find(self, name: str) -> np.ndarray | None:
        """Never anything."""
        return None

    def put(self, name: str, statistics: np.ndarray) -> None:
        """Nothing is kept."""


@dataclass(frozen=True, eq=False)
class Coordinates:
    """How the sampler's coordinates become parameters.

    `common`: parameters that every explanation samples from the same prior; `months` innovations follow them.
    `own`: the other sampled parameters of each explanation. `known`: priors by explanation.
    """

    explanations: tuple[str, ...]
    common: tuple[str, ...]
    months: int
    own: dict[str, tuple[str, ...]]
    known: dict[str, dict[str, Known]]

    def design(self, hypothesis: str, common: np.ndarray, own: np.ndarray) -> design.Design:
        """Parameters and innovations at coordinates [n, dc], [n, do]."""
        shared = len(self.common)
        names = self.common + self.own[hypothesis]
        unit = np.hstack([common[:, :shared], own])
        made = design.values(self.known[hypothesis], names, unit)
        return design.Design(hypothesis, names, unit, made, np.ascontiguousarray(common[:, shared:]))


def coordinates(case: Case, months: int) -> Coordinates:
    """Split the sampled parameters of a case's explanations into common and own ones.

    Explanations are put in order: the one with the fewest parameters of its own first.
    """
    known = {h: case.parameters(h) for h in case.hypotheses}
    names = {h: design.sampled(k) for h, k in known.items()}
    names = dict(sorted(names.items(), key=lambda item: len(item[1])))
    first = next(iter(names))
    common = tuple(
        n
        for n in names[first]
        if all(n in names[h] and known[h][n].prior.text == known[first][n].prior.text for h in names)
    )
    own = {h: tuple(n for n in names[h] if n not in common) for h in names}
    return Coordinates(tuple(names), common, months, own, known)


def fit(
    case: Case,
    *,
    seed: int = 7,
    counts: Counts = QUICK,
    threads: int | None = None,
    blocks: Blocks | None = None,
    progress: Callable[[int, int], None] = run.nothing,
) -> Fits:
    """Fit all explanations of a case.

    Parameters
    ----------
    case : a case; only what was published by its `as_of` is seen, and only days up to it are simulated.
    seed : everything follows from it: same seed, same result, for any number of threads.

    Other arguments
    ---------------
    counts : number of histories, QUICK or THOROUGH or your own. threads : all cores when None.
    blocks : where finished blocks of histories are kept, so that a stopped fit goes on and ends with the same bits.
    progress : called with (histories done, histories in all).

    Returns
    -------
    Fits; see `weigh.weigh` for what follows from it.

    Raises
    ------
    BadInput
        When nothing that was published by then can be weighed.
    RunFailed
        When an explanation's histories do not complete.
    """
    began = time.perf_counter()
    setting = case.setting(end=case.as_of)
    binding = Binding(case)
    plan = likelihood.plan(case, binding, case.as_of)
    if not plan.claims and not plan.groups:
        raise BadInput(f"case '{case.name}' has nothing to weigh: no claim with a likelihood and no fitted series was published by "
                       f"{case.as_of}; state some in its dossier, or use simulate, which needs none")
    where = coordinates(case, setting.months)
    quick = plan.reduced()
    done, total = 0, counts.total(len(where.explanations))
    kept, asked = blocks or Forgetful(), repr(binding.reductions)

    def simulate(h: int, common: np.ndarray, own: np.ndarray, key: int, lanes: np.ndarray) -> np.ndarray:
        nonlocal done, total
        total = max(total, done + len(lanes) * (len(where.explanations) - h))
        name = where.explanations[h]
        made = where.design(name, common, own)
        found = []
        for low in range(0, len(lanes), BLOCK):
            rows, before = slice(low, min(low + BLOCK, len(lanes))), done
            inputs = (common[rows], own[rows], lanes[rows])
            label = keys.digest(key, name, asked, *(keys.digest(0, x.tobytes().hex()).hex() for x in inputs)).hex()
            statistics = kept.find(label)
            if statistics is None:
                values = {n: v[rows] for n, v in made.values.items()}
                statistics, _ = run.fold(
                    setting, values, made.innovations[rows], binding, key, lanes[rows], threads=threads,
                    progress=lambda now, _, before=before: progress(before + now, total),
                )
                kept.put(label, statistics)
            done += rows.stop - rows.start
            progress(done, total)
            found.append(statistics)
        return np.concatenate(found)

    def score(h: int, statistics: np.ndarray) -> np.ndarray:
        parts = [statistics[i : i + ROWS] for i in range(0, len(statistics), ROWS)]
        return np.concatenate([likelihood.total(quick, likelihood.terms(quick, s, official.COARSE)) for s in parts])

    sizes = tuple(len(where.own[h]) for h in where.explanations)
    problem = Problem(where.explanations, len(where.common) + where.months, sizes, simulate, score, plan.used)
    made = sample(problem, seed, counts)
    posteriors = {}
    for h, name in enumerate(where.explanations):
        statistics = made.statistics[h]
        parts = likelihood.terms(plan, statistics)
        complete = np.isfinite(statistics[:, plan.used]).all(axis=1)
        scored = np.where(complete, likelihood.total(plan, parts), -np.inf)
        posteriors[name] = Posterior(
            name, case.hypotheses[name].gloss, case.hypotheses[name].prior_odds,
            where.design(name, made.picked.common, made.picked.own[h]), statistics, parts, made.log_weight[h],
            np.where(np.isnan(scored), -np.inf, scored), made.seed, made.lanes,
        )
    return Fits(
        case, binding, plan, posteriors, made.picked.spread, where.common, where.months, counts, seed, digest(),
        time.perf_counter() - began,
    )
