"""Job: the verbs that fit share one run; what one of them has finished, the next one takes up."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from interlope import pipeline
from interlope.cli.console import Clock, print_json, tell
from interlope.cli.loading import load
from interlope.cli.progress import Watch
from interlope.errors import DiagnosticsFailed
from interlope.pipeline import calibrated, moved
from interlope.reporting.answer.left_out import list_notices
from interlope.reporting.answer.shortfall import list_shortfalls
from interlope.results.dated import DatedOdds
from interlope.results.envelope import Reason
from interlope.results.record import Record
from interlope.results.study import StudyRecord
from interlope.results.weighing import WhatIf
from interlope.scenario.case import Case
from interlope.scenario.description import describe_case

if TYPE_CHECKING:
    from interlope.inference.fitting.posterior import Draws

FOLDER = {"forecast": "--results"}  # how a verb names the folder of its results where that is not --out
PAIRED = ("study", "compare", "seek")


@dataclass(frozen=True)
class Request:
    """What a verb was asked to run, and how to print it.

    Attributes
    ----------
    verb, case : str
        The verb, and its case by name or folder.
    plan : Plan
        Seed, effort and lengths; its date is that of each of `dates` in turn.
    folder : Path
        Where the results' folders are made.
    until : str
        Last stage to run.
    json, fresh : bool
        Print JSON alone; do not take up earlier results.
    dates : sequence of str
        Days, or names of cuts, as known on which the case is studied; its own day when there is none.
    changed : sequence of str
        Changes of the evidence that are fitted, not re-weighted, such as `watch-service=E`.
    more : sequence of str
        Further words of the command line, such as `--months 6`, where it is written again.
    """

    verb: str
    case: str
    plan: pipeline.Plan
    folder: Path
    until: str
    json: bool = False
    fresh: bool = False
    dates: Sequence[str] = ()
    changed: Sequence[str] = ()
    more: Sequence[str] = ()


def run(request: Request, clock: Clock) -> list[pipeline.Study]:
    """Run a study for each date, in order of time and each as if it were the only one.

    When the user stops it, what is kept and how to go on is printed, and the verb ends with exit code 130.
    """
    case = load(request.case)
    request = replace(request, dates=pipeline.order_dates(case, request.dates))
    case = pipeline.apply(case, request.changed) if request.changed else case
    studies = []
    for i, date in enumerate(request.dates):
        if len(request.dates) > 1 and not request.json:
            cut = f" ('{date}')" if date in case.cuts else ""
            tell(f"Date {i + 1} of {len(request.dates)}: as known on {case.at(date).as_of.isoformat()}{cut}")
        plan = replace(request.plan, as_of=date)
        with _stoppable(request, case, clock), Watch(pipeline.DOES, quiet=request.json) as watch:
            study = pipeline.run(case, plan, out=request.folder, until=request.until, progress=watch.tell, say=watch.say,
                                 fresh=request.fresh)
            studies.append(replace(study, record=calibrated.attach(study.record, request.folder)))
        for sentence in studies[-1].notes if request.json else ():  # where there is no envelope, they are told as they come
            tell(sentence)
    return studies


def draw(request: Request, clock: Clock) -> tuple[pipeline.Study, Draws]:
    """Posterior draws of a case, fitted where that is not done yet, and the study they come from; stopped as `run` is."""
    case = load(request.case)
    plan = replace(request.plan, as_of=request.dates[0] if request.dates else "")
    with _stoppable(request, case, clock), Watch(pipeline.DOES, quiet=request.json) as watch:
        return pipeline.draw(case, plan, out=request.folder, progress=watch.tell, say=watch.say, fresh=request.fresh)


@contextmanager
def _stoppable(request: Request, case: Case, clock: Clock) -> Iterator[None]:
    """Where the user stops what runs inside, print what is kept and end with exit code 130."""
    try:
        yield
    except pipeline.Interrupted as stopped:
        tell_stopped(request, stopped, case, clock)
        raise typer.Exit(stopped.exit_code) from None


def tell_stopped(request: Request, stopped: pipeline.Interrupted, case: Case, clock: Clock) -> None:
    """Print what a stopped run keeps, and the command that goes on."""
    again = write_command(request)
    if request.json:
        reason = Reason(code="interrupted", text=str(stopped), remedy=f"go on with: {again}")
        print_json(request.verb, None, clock, case=describe_case(case), seed=request.plan.seed, mode=request.plan.mode,
                   status="interrupted", reasons=[reason])
        return
    tell(f"{str(stopped)[0].upper()}{str(stopped)[1:]}.")
    tell(f"Go on with: {again}")


def print_result(verb: str, result: Record, study: StudyRecord, clock: Clock) -> None:
    """Print what a verb takes from a study as one JSON envelope, with what it left out; reasons about the comparison where one is made."""
    reasons = [*study.reasons, *list_shortfalls(study), *list_notices(study), *(study.compare_reasons if verb in PAIRED else ())]
    print_json(verb, result, clock, case=study.case, model_digest=study.model_digest, seed=study.seed, mode=study.mode,
               status=study.status, reasons=reasons)


def write_command(request: Request, *more: str) -> str:
    """Write the command line of a request, with further words beside; folders are quoted at need."""
    plan = request.plan
    words = ["interlope", request.verb, request.case, *refit_words(request.changed), *request.more, *more, "--seed", str(plan.seed)]
    words += ["--thorough"] if plan.mode == "thorough" else []
    words += ["--budget", plan.budget] if plan.budget else []
    words += [word for date in request.dates if date for word in ("--as-of", date)]
    words += ["--pairs", str(plan.pairs)] if plan.pairs and request.verb in PAIRED else []
    words += ["--days", str(plan.days)] if plan.days and request.verb in PAIRED else []
    words += [FOLDER.get(request.verb, "--out"), str(request.folder)] if str(request.folder) != "out" else []
    return shlex.join(words)


def refit_words(changed: Sequence[str]) -> list[str]:
    """The options that fit changed evidence anew; none where nothing is changed.

    >>> refit_words(["watch-service=E", "without watch"])
    ['--regrade', 'watch-service=E', '--without', 'watch', '--refit']
    """
    words = []
    for change in changed:
        words += ["--without", change.removeprefix("without ")] if change.startswith("without ") else ["--regrade", change]
    return [*words, "--refit"] if words else []


def tell_thin(request: Request, changes: Sequence[WhatIf], as_of: str) -> list[str]:
    """Which changes leave too few effective points for re-weighting, and the command that fits them instead, as known on a day."""
    lines = []
    for c in changes:
        if c.thin:
            again = write_command(replace(request, dates=[as_of], changed=[c.change]))
            lines.append(f"'{c.change}' leaves too few effective points of {', '.join(c.thin)} for re-weighting; fit it anew: {again}")
    return lines


def tell_next(request: Request, study: pipeline.Study) -> list[str]:
    """The commands that go on from a study: weigh with another letter for its source, and run it again from its manifest."""
    lines = []
    curve = study.record.weigh.curve
    if curve:
        letter = next(x for x in ("E", "B") if x != curve.letter)
        weigh = replace(request, verb="weigh", dates=[study.plan.as_of])
        lines.append(write_command(weigh, "--regrade", f"{curve.source}={letter}"))
    given = [] if request.case == study.case.name else ["--case", request.case]
    return [*lines, shlex.join(["interlope", "replay", str(study.folder), *given])]


def refuse_unresolved(*studies: pipeline.Study) -> None:
    """End with exit code 3 when a result is not resolved."""
    records = [study.record for study in studies]
    if any(r.status == "not_resolved" for r in records):
        raise DiagnosticsFailed("; ".join(reason.text for r in records if r.status == "not_resolved" for reason in r.reasons))


def follow_odds(studies: Sequence[pipeline.Study]) -> tuple[list[DatedOdds], Path | None]:
    """How the odds moved over the dates, and the page that was written of it; nothing for a single date."""
    if len(studies) < 2:
        return [], None
    rows = pipeline.follow(studies)
    return rows, moved.write(studies, rows)
