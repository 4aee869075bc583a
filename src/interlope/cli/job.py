"""Job: the verbs that fit share one run; what one of them has made, the next one takes up."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import typer

from interlope import pipeline
from interlope.cli.console import Clock, err, print_json
from interlope.cli.progress import Watch
from interlope.errors import DiagnosticsFailed
from interlope.pipeline import moved
from interlope.results.envelope import Reason
from interlope.results.weighing import DatedOdds, WhatIf
from interlope.scenario.case import Case, load
from interlope.scenario.description import describe_case

PAIRED = ("study", "compare")


def run_jobs(
    verb: str, name: str, plan: pipeline.Plan, dates: Sequence[str], out: Path, until: str, *, json: bool, fresh: bool, clock: Clock,
    changed: Sequence[str] = (),
) -> list[pipeline.Study]:
    """Run a study for each date, as if it were the only one; a single date runs as `run_job` does. changed : see `run_job`."""
    wanted = pipeline.order_dates(load(name), dates)
    done = []
    for i, date in enumerate(wanted):
        if len(wanted) > 1 and not json:
            err().print(f"As known on {date} ({i + 1} of {len(wanted)})")
        asked = replace(plan, as_of=date)
        done.append(run_job(verb, name, asked, out, until, json=json, fresh=fresh, clock=clock, dates=wanted, changed=changed))
    return done


def run_job(
    verb: str,
    name: str,
    plan: pipeline.Plan,
    out: Path,
    until: str,
    *,
    json: bool,
    fresh: bool,
    clock: Clock,
    dates: Sequence[str] = (),
    changed: Sequence[str] = (),
) -> pipeline.Study:
    """Run a study up to a stage; when it is stopped, say what was kept and how to go on, and end with exit code 130.

    `dates`: all that the verb was asked for, so that the command that goes on names them too. `changed`: changes of the evidence that
    are fitted, not re-weighted, such as `watch-service=E`.
    """
    case = pipeline.apply(load(name), changed) if changed else load(name)
    try:
        with Watch(pipeline.DOES, quiet=json) as watch:
            return pipeline.run(case, plan, out=out, until=until, progress=watch.tell, say=watch.say, fresh=fresh)
    except pipeline.Interrupted as stopped:
        say_stopped(verb, name, plan, out, stopped, case, json=json, clock=clock, dates=dates, more=refit_words(changed))
        raise typer.Exit(stopped.exit_code) from None


def refit_words(changed: Sequence[str]) -> list[str]:
    """The options that fit changed evidence anew; none where nothing is changed."""
    words = []
    for change in changed:
        words += ["--without", change.removeprefix("without ")] if change.startswith("without ") else ["--regrade", change]
    return [*words, "--refit"] if words else []


def tell_thin(name: str, changes: Sequence[WhatIf], plan: pipeline.Plan, out: Path) -> list[str]:
    """Say which changes leave too few effective points for re-weighting, and the command that fits them instead."""
    lines = []
    for c in changes:
        if c.thin:
            again = write_command("weigh", name, plan, out, *refit_words([c.change]))
            lines.append(f"'{c.change}' leaves too few effective points of {', '.join(c.thin)} for re-weighting; fit it anew: {again}")
    return lines


def write_command(verb: str, name: str, plan: pipeline.Plan, out: Path, *more: str, dates: Sequence[str] = ()) -> str:
    """Write a command line with everything that names the run, or the runs for several dates; folders are quoted at need."""
    words = ["interlope", verb, name, *more, "--seed", str(plan.seed)]
    words += ["--thorough"] if plan.mode == "thorough" else []
    words += ["--budget", plan.budget] if plan.budget else []
    words += [word for date in dates or [plan.as_of] if date for word in ("--as-of", date)]
    words += ["--pairs", str(plan.pairs)] if plan.pairs and verb in PAIRED else []
    words += ["--days", str(plan.days)] if plan.days and verb in PAIRED else []
    words += ["--out", str(out)] if str(out) != "out" else []
    return shlex.join(words)


def tell_next(name: str, done: pipeline.Study, out: Path) -> list[str]:
    """The commands that go on from a study: weigh with another letter for its source, and make the numbers again."""
    plan, curve = done.plan, done.record.weigh.curve
    lines = []
    if curve:
        letter = next(x for x in ("E", "B") if x != curve.letter)
        lines.append(write_command("weigh", name, plan, out, "--regrade", f"{curve.source}={letter}"))
    given = [] if name == done.case.name else ["--case", name]
    return [*lines, shlex.join(["interlope", "replay", str(done.folder), *given])]


def say_stopped(
    verb: str,
    name: str,
    plan: pipeline.Plan,
    out: Path,
    stopped: pipeline.Interrupted,
    case: Case,
    *,
    json: bool,
    clock: Clock,
    dates: Sequence[str] = (),
    more: Sequence[str] = (),
) -> None:
    """Say what was kept, and the command that goes on; `more`: further words of that command."""
    again = write_command(verb, name, plan, out, *more, dates=dates)
    if json:
        print_json(
            verb,
            None,
            clock,
            case=describe_case(case),
            seed=plan.seed,
            mode=plan.mode,
            status="interrupted",
            reasons=[Reason(code="interrupted", text=str(stopped), remedy=f"go on with: {again}")],
        )
        return
    console = err()
    console.print(f"\n{str(stopped)[0].upper()}{str(stopped)[1:]}.")
    console.print(f"Go on with: {again}", soft_wrap=True)


def refuse_unresolved(*done: pipeline.Study) -> None:
    """End with exit code 3 when a result is not resolved."""
    records = [study.record for study in done]
    if any(r.status == "not_resolved" for r in records):
        raise DiagnosticsFailed("; ".join(reason.text for r in records if r.status == "not_resolved" for reason in r.reasons))


def follow_odds(done: Sequence[pipeline.Study]) -> tuple[list[DatedOdds], Path | None]:
    """How the odds moved over the dates, and the page that was written of it; nothing for a single date."""
    if len(done) < 2:
        return [], None
    rows = pipeline.follow(done)
    return rows, moved.write(done, rows)
