"""Run: bundles tried in batches on the same draws and the same random numbers, and what is proposed compared on other ones."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from interlope import manifest
from interlope.arguments import nothing
from interlope.levers.catalogue import levers
from interlope.levers.option import STATUS_QUO, Option
from interlope.model.simulate import digest
from interlope.policy import compare
from interlope.policy.comparison import Comparison, Engine
from interlope.policy.outcome import OUTCOMES
from interlope.policy.search.archive import Archive
from interlope.policy.search.bundle import HALF, RAMP, STEPS, Bundle, make, setting, to_option
from interlope.policy.weighted import count_points, summarise
from interlope.results.comparison import CompareResult
from interlope.results.search import BundleHarm, BundleLever, SearchResult, TriedBundle
from interlope.scenario.case import Case
from interlope.storage.partial import Partial
from interlope.wording import fill

if TYPE_CHECKING:
    from interlope.inference.fitting.posterior import Draws

DOES = {"search": "try bundles of levers on the same draws and random numbers", "check": "compare what is proposed on other random numbers"}
BATCH = 8  # bundles run at once: a bound on what a stopped search loses
PROPOSED = 8  # most bundles that are compared again
LEVEL = 0.95
HARMS = [k for k, outcome in enumerate(OUTCOMES) if outcome.harm]
NOTES = (
    "every bundle is run on the same draws and the same random numbers as the status quo; bundles act from the day of decision on and "
    f"reach their strength in {RAMP} days (assumption)",
    "proposed is what no other bundle tried beats and what is not shown to raise a harm under any explanation, which is no proof that it "
    "raises none; it is compared on random numbers that the search did not see, because the best of many is partly luck",
    "the order of proposals is that of deaths of {people}, here and on other routes together, under the explanation where they are most, "
    "and no score",
    "what no lever declares (money, law, consent) is not in it: a bundle that does little harm here may be impossible or wrong",
)

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Wanted:
    """What is asked for: everything that may change a result. `fit` names the run that the draws come from."""

    budget: int = 48
    most_levers: int = 3
    days: int | None = None
    pairs: int | None = None
    seed: int = 7
    fit: str = ""


def name_run(case: Case, wanted: Wanted) -> str:
    """The eight digits that name a search: equal inputs, model and settings give the same name."""
    settings = {**asdict(wanted), "as_of": case.as_of.isoformat(), "harms": [OUTCOMES[k].name for k in HARMS]}
    return manifest.run_id({"case": case.sha256}, digest(), wanted.seed, {"search": settings})


def run(
    case: Case, draws: Draws, wanted: Wanted, *, keep: Path, progress: Progress = nothing, say: Callable[[str], None] = nothing,
    engine: Engine | None = None,
) -> CompareResult:
    """Search bundles of levers that no other bundle tried beats on harm, and compare those that raise none.

    Parameters
    ----------
    case : Case
        As known on its day.
    draws : Draws
        Posterior draws.
    wanted : Wanted
        Budget, lengths and seed.
    keep : Path
        Folder for finished batches; a search that was stopped goes on from it.
    progress : callable
        Called with (stage, done, total).
    say : callable
        Called with a sentence about every batch that is damaged and run again.
    engine : Engine, optional
        A simulator; the model when None.

    Returns
    -------
    CompareResult
        The proposals compared with the status quo, and in `search` everything that was tried.
    """
    batches = Partial(keep, name_run(case, wanted), say)
    archive = Archive(wanted.most_levers, wanted.seed)
    own = {_read(option): name for name, option in case.options.items() if name != STATUS_QUO and _read(option)}
    wave = list(dict.fromkeys([*own, *(make({lever: HALF}) for lever in levers())]))[: wanted.budget]
    points, number, explanations = np.inf, 0, list[str]()
    progress("search", 0, wanted.budget)
    while wave:
        for first in range(0, len(wave), BATCH):
            fewest, explanations = _try(case, draws, wanted, wave[first : first + BATCH], archive, batches, number, engine)
            points = min(points, fewest)
            number += 1
            progress("search", min(len(archive.means) - 1, wanted.budget), wanted.budget)
        wave = archive.choose(min(BATCH, wanted.budget - (len(archive.means) - 1)))
    complete = len(archive.means) - 1 < wanted.budget
    progress("search", 1, 1)
    tried = _list_tried(explanations, archive, own, points)
    named = sorted((t.proposal, b) for b, t in tried.items() if t.proposal)
    proposals = {name: to_option(b, name) for name, b in named}
    progress("check", 0, 0)
    checked = _compare(case, draws, wanted, proposals, wanted.seed + 1, engine, lambda done, total: progress("check", done, total))
    progress("check", 1, 1)
    about = SearchResult(budget=wanted.budget, tried=len(archive.means) - 1, complete=complete, most_levers=wanted.most_levers, steps=STEPS,
                         days=checked.days, pairs=checked.pairs, seed=wanted.seed, check_seed=wanted.seed + 1,
                         bundles=list(tried.values()), notes=[fill(note, case.words) for note in NOTES])
    return checked.to_record().model_copy(update={"search": about})


def _compare(
    case: Case, draws: Draws, wanted: Wanted, options: dict[str, Option], seed: int, engine: Engine | None,
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Options beside the status quo, on the same draws and the random numbers of a seed."""
    every = {STATUS_QUO: case.options.get(STATUS_QUO, Option(STATUS_QUO, "Nothing new is done.")), **options}
    return compare.run(replace(case, options=every), draws, None, wanted.days, wanted.pairs, seed, progress, engine=engine)


def _read(option: Option) -> Bundle:
    """An option of the case as a bundle, where its levers lie on the grid and act throughout; empty where they do not."""
    steps = {s.lever: round(s.setting / levers()[s.lever].high * STEPS) for s in option.levers}
    bundle = make(steps)
    same = to_option(bundle, option.name).levers
    return bundle if {(s.lever, s.setting, s.start) for s in option.levers} == {(s.lever, s.setting, s.start) for s in same} else ()


def _try(
    case: Case, draws: Draws, wanted: Wanted, bundles: list[Bundle], archive: Archive, batches: Partial, number: int, engine: Engine | None
) -> tuple[float, list[str]]:
    """Run a batch, or read it where it was run before, and put it into the archive.

    Returns
    -------
    The fewest points of an explanation, and the explanations in their order.
    """
    name = f"batch-{number}.npz"
    arrays = batches.read_arrays(name)
    if arrays is None:
        options = {f"b{i}": to_option(bundle, f"b{i}") for i, bundle in enumerate(bundles)}
        compared = _compare(case, draws, wanted, options, wanted.seed, engine)
        arrays = _summarise(compared)
        batches.write_arrays(arrays, name)
    archive.add((), np.zeros_like(arrays["mean"][0]), np.zeros_like(arrays["mean"][0]))
    for i, bundle in enumerate(bundles):
        archive.add(bundle, arrays["mean"][i], arrays["error"][i])
    return float(arrays["points"]), [str(name) for name in arrays["explanations"]]


def _summarise(compared: Comparison) -> dict[str, np.ndarray]:
    """Mean paired differences [bundle, explanation, harm] over the status quo, their errors, and the fewest points of an explanation."""
    mean = np.full((len(compared.options) - 1, len(compared.explanations), len(HARMS)), np.nan)
    error = np.full_like(mean, np.nan)
    for j, name in enumerate(compared.explanations):
        weights = compared.weights_of(name)
        for i in range(len(mean)):
            difference = compared.difference(i + 1, "status_quo")
            for h, k in enumerate(HARMS):
                summary = summarise(difference[:, k], weights, compared.origins)
                mean[i, j, h] = np.nan if summary.mean is None else summary.mean
                error[i, j, h] = np.inf if summary.mc_error is None else summary.mc_error
    points = min(count_points(compared.origins[compared.names == name]) for name in compared.explanations)
    return {"mean": mean, "error": error, "points": np.array(points), "explanations": np.array(compared.explanations)}


def _list_tried(explanations: list[str], archive: Archive, own: dict[Bundle, str], points: float) -> dict[Bundle, TriedBundle]:
    """Every bundle tried; those that stand, do something and are not shown to raise a harm are proposed, those of least deaths first."""
    from scipy.stats import t

    undominated = set(archive.list_undominated())
    count = sum(m.size for b, m in archive.means.items() if b)
    critical = float(t.isf((1 - LEVEL) / max(count, 1), max(points - 1, 1e-3)))
    raises = {b: [OUTCOMES[k].name for h, k in enumerate(HARMS) if (m[:, h] > critical * archive.errors[b][:, h]).any()]
              for b, m in archive.means.items() if b}
    harmless = [b for b in raises if b in undominated and not raises[b] and archive.means[b].any()]
    chosen = sorted(harmless, key=lambda b: tuple(np.nanmax(archive.means[b], axis=0)))[:PROPOSED]
    names = {b: f"bundle-{i + 1}" for i, b in enumerate(chosen)}
    return {b: TriedBundle(name=own.get(b, ""), levers=[BundleLever(lever=lever, setting=setting(lever, step)) for lever, step in b],
                           undominated=b in undominated, raises=raises[b], proposal=names.get(b, ""),
                           harms=[BundleHarm(outcome=OUTCOMES[k].name, explanation=explanations[j], mean=m[j, h],
                                             mc_error=archive.errors[b][j, h]) for h, k in enumerate(HARMS) for j in range(len(m))])
            for b, m in archive.means.items() if b}
