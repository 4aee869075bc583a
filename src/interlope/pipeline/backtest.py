"""Backtest: a fit and a forecast for every origin, each stored once it is finished, and the skill over all of them."""
from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path

from interlope import manifest
from interlope.arguments import nothing, read_whole
from interlope.errors import BadInput
from interlope.inference.checks import rolling, skill
from interlope.inference.evidence import weigh
from interlope.inference.fitting import calibrate
from interlope.inference.method import checks, method
from interlope.model.simulate import digest
from interlope.pipeline import checkpoint
from interlope.pipeline.plan import Plan
from interlope.results.backtest import BacktestMeasures, BacktestRow, Origin
from interlope.results.record import Record
from interlope.scenario.case import Case
from interlope.storage.partial import Partial

RECORD = "origin.json"
MOST_AHEAD = 24  # months
NOTES = (
    "each fit saw only what was published by its origin; operations known by then are imposed, one without a known end for a length that "
    "the fit infers, and later ones start by the model's hazard",
    "priors, and which mechanisms there are, were chosen with the whole record in sight: no origin is free of that",
    "figures whose period had begun at an origin are left out; scores are fair CRPS of log(1 + y), less is better",
    "last value and seasonal naive are single numbers; the step model is the last value too until a long operation has begun",
)

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Wanted:
    """What is asked for: everything that may change a result.

    Attributes
    ----------
    origins : tuple of str
        Days of knowledge; ends of quarters when empty.
    ahead : int
        Most months ahead.
    seed : int
        Of all fits and forecasts.
    budget : str
        Of each fit, as for a study; empty for the default.
    """

    origins: tuple[str, ...] = ()
    ahead: int = rolling.AHEAD
    seed: int = 7
    budget: str = ""

    def __post_init__(self) -> None:
        read_whole("ahead", self.ahead, 1, MOST_AHEAD)
        read_whole("seed", self.seed)


class FinishedOrigin(Record):
    """What one origin leaves."""

    about: Origin
    rows: list[BacktestRow]


def name_run(case: Case, wanted: Wanted) -> str:
    """The eight digits that name a run: equal inputs, model, method, checks and settings give the same name."""
    settings = {**asdict(wanted), "method": method(), "checks": checks()}
    return manifest.run_id({"case": case.sha256}, digest(), wanted.seed, {"backtest": settings})


def name_stage(origin: date) -> str:
    """What the stage of an origin is called."""
    return f"from {origin.isoformat()}"


def place_origins(case: Case, wanted: Wanted) -> list[Case]:
    """The case as known on every origin, in order of time.

    Raises
    ------
    BadInput
        When there is none, or a day lies outside those of the case.
    """
    if wanted.origins:
        cases = sorted((case.at(origin) for origin in wanted.origins), key=lambda c: c.as_of)
    else:
        cases = [case.at(day) for day in rolling.list_origins(case, wanted.ahead)]
    tables = case.evidence.series.values()
    for known in cases:
        if not any(rolling.list_targets(series, known.as_of, wanted.ahead, case.end) for series in tables):
            raise BadInput(f"origin {known.as_of}: no figure published later begins after it and ends within {wanted.ahead} months and the "
                           "case's days; expected an earlier day")
    if not cases:
        raise BadInput(f"case '{case.name}' has no end of a quarter with five months of fitted figures before it and figures after; "
                       "name days with --origin")
    return list({c.as_of: c for c in cases}.values())


def run(case: Case, wanted: Wanted | None = None, *, keep: Path, progress: Progress = nothing,
        say: Callable[[str], None] = nothing) -> BacktestMeasures:
    """Forecast from every origin and score what was published later.

    Parameters
    ----------
    case : Case
        A case.
    wanted : Wanted, optional
        Origins, horizon, seed and budget; the defaults when None.
    keep : Path
        Folder for finished parts; a run that was stopped goes on from it.
    progress : callable
        Called with (stage, replicates done, replicates in all); a stage is an origin.
    say : callable
        Called with a sentence about every part that is damaged or of another run, and made again.

    Returns
    -------
    BacktestMeasures

    Raises
    ------
    BadInput
        When no origin can be forecast from, or nothing can be weighed on one.
    """
    wanted = wanted or Wanted()
    done = [_origin(known, wanted, Partial(keep / known.as_of.isoformat(), name_run(case, wanted), say), progress)
            for known in place_origins(case, wanted)]
    rows = [row for origin in done for row in origin.rows]
    return BacktestMeasures(ahead=wanted.ahead, seed=wanted.seed, origins=[origin.about for origin in done], rows=rows,
                            skill=skill.measure(rows, wanted.seed), relative=skill.compare(rows), coverage=skill.cover(rows),
                            notes=list(NOTES))


def _origin(known: Case, wanted: Wanted, stored: Partial, progress: Progress) -> FinishedOrigin:
    """One origin: read where it is finished, run and stored otherwise."""
    stage = name_stage(known.as_of)
    if (finished := stored.read(FinishedOrigin, RECORD)) is not None:
        progress(stage, 1, 1)
        return finished
    progress(stage, 0, 0)
    began = time.perf_counter()
    blocks = checkpoint.Blocks(stored)
    effort = Plan(wanted.seed, budget=wanted.budget).effort
    fits = calibrate.fit(known, seed=wanted.seed, effort=effort, blocks=blocks, progress=partial(progress, stage))
    verdict = weigh.weigh(fits)
    rows, effective = rolling.score(fits, wanted.ahead)
    about = Origin(origin=known.as_of.isoformat(), status=verdict.status, probabilities=dict(verdict.models.probability),
                   effective=dict(effective), replicates=fits.replicates, seconds=round(time.perf_counter() - began, 1))
    finished = FinishedOrigin(about=about, rows=rows)
    stored.write(finished, RECORD)
    blocks.clear()
    progress(stage, 1, 1)
    return finished
