"""Job: the verbs that fit share one run; what one of them has made, the next one takes up."""

from __future__ import annotations

import shlex
from pathlib import Path

import typer

import interlope.study as study
from interlope.cli.console import Clock, err, print_json
from interlope.cli.progress import Watch
from interlope.errors import DiagnosticsFailed
from interlope.report import answer
from interlope.report.gather import describe_case
from interlope.scenario.case import Case, load


def run_job(
    verb: str, name: str, plan: study.Plan, out: Path, until: str, *, json: bool, fresh: bool, clock: Clock
) -> study.Study:
    """Run a study up to a stage; when it is stopped, say what was kept and how to go on, and end with exit code 130."""
    case = load(name)
    try:
        with Watch(study.DOES, quiet=json) as watch:
            return study.run(case, plan, out=out, until=until, progress=watch.tell, fresh=fresh)
    except study.Interrupted as stopped:
        say_stopped(verb, name, plan, out, stopped, case, json=json, clock=clock)
        raise typer.Exit(stopped.exit_code) from None


def say_stopped(
    verb: str,
    name: str,
    plan: study.Plan,
    out: Path,
    stopped: study.Interrupted,
    case: Case,
    *,
    json: bool,
    clock: Clock,
) -> None:
    """Say what was kept, and the command that goes on."""
    words = ["interlope", verb, shlex.quote(name), "--seed", str(plan.seed)]
    words += ["--thorough"] if plan.mode == "thorough" else []
    words += ["--as-of", shlex.quote(plan.as_of)] if plan.as_of else []
    words += ["--pairs", str(plan.pairs)] if plan.pairs else []
    words += ["--days", str(plan.days)] if plan.days else []
    words += ["--out", shlex.quote(str(out))] if str(out) != "out" else []
    again = " ".join(words)
    if json:
        print_json(
            verb,
            None,
            clock,
            case=describe_case(case),
            seed=plan.seed,
            mode=plan.mode,
            status="interrupted",
            reasons=[{"code": "interrupted", "text": str(stopped), "remedy": f"go on with: {again}"}],
        )
        return
    console = err()
    console.print(f"\n{str(stopped)[0].upper()}{str(stopped)[1:]}.")
    console.print(f"Go on with: {again}", soft_wrap=True)


def refuse_unresolved(done: study.Study) -> None:
    """End with exit code 3 when the result is not resolved."""
    found = done.material
    if found is not None and found.status == "not_resolved":
        raise DiagnosticsFailed("; ".join(r["text"] for r in found.reasons))


def tell_short(done: study.Study) -> list[str]:
    """The answer as sentences."""
    return answer.tell(done.material) if done.material else []
