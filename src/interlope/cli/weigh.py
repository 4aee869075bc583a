"""weigh: which explanation the evidence favours, and how much rests on one source."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from interlope.cli import options as o
from interlope.dossier.source import LETTERS
from interlope.errors import BadInput

HELP = """Weigh the explanations of a case against each other.

Example: interlope weigh serbia-hungary --regrade intelligence-service=E --without service-collection

Odds with their error, what each root contributes, what they would be without it, and with other letters for a source.
What-if changes are computed by re-weighting: no new simulation, unless --refit asks for it (where re-weighting is too thin, it says so).
Ids of roots and sources: interlope dossier CASE.
With --as-of given several times, each date is weighed by itself, the last one is printed, and a table shows how the odds moved.
"""
WITHOUT = Annotated[list[str] | None, typer.Option("--without", help="Leave out a root, or every root of a source.")]
REFIT = Annotated[bool, typer.Option("--refit", help="Fit the changed case anew instead of re-weighting what is there.")]
REGRADE = Annotated[list[str] | None, typer.Option("--regrade", help="SOURCE=LETTER: another letter, A to F, for a source of the case.")]


def weigh(
    case: o.CASE,
    without: WITHOUT = None,
    regrade: REGRADE = None,
    refit: REFIT = False,
    seed: o.SEED = 7,  # noqa: B006
    thorough: o.THOROUGH = False,
    budget: o.BUDGET = "",
    as_of: o.DATES = None,
    folder: o.OUT = o.HERE,
    strict: o.STRICT = False,
    fresh: o.FRESH = False,
    json: o.JSON = False,
) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines, speak
    from interlope.cli.tables import show_answer, show_changes, show_curve, show_explanations, show_moved, show_roots

    clock = Clock()
    with speak():
        from interlope import pipeline
        from interlope.cli.job import follow_odds, refuse_unresolved, run_jobs, tell_thin
        from interlope.results.weighing import WeighAnswer
        from interlope.scenario.case import load

        wanted = [*(_read(text) for text in regrade or []), *(f"without {name}" for name in without or [])]
        plan = pipeline.Plan(seed, "thorough" if thorough else "quick", None, None, budget=budget)
        known = load(case)
        pipeline.check_changes(known.at(pipeline.order_dates(known, as_of)[-1]) if as_of else known, wanted)
        if refit and not wanted:
            raise BadInput("--refit: nothing to fit anew; expected --regrade SOURCE=LETTER or --without ROOT beside it")
        changed = wanted if refit else []
        studies = run_jobs("weigh", case, plan, as_of or [], folder, "weigh", json=json, fresh=fresh, clock=clock, changed=changed)
        done = studies[-1]
        moved, page = follow_odds(studies)
        record = done.record
        changes = [] if refit else pipeline.pick_changes(record, wanted)
        if json:
            print_json(
                "weigh",
                WeighAnswer(**dict(record.weigh), changes=changes, moved=moved),
                clock,
                case=record.case,
                model_digest=record.model_digest,
                seed=seed,
                mode=plan.mode,
                status=record.status,
                reasons=record.reasons,
            )
        else:
            if changed:
                print_lines([f"Fitted anew with {', '.join(changed)}.", ""])
            rest = show_answer(record, ("explanation",))
            show_explanations(record)
            if changes:
                show_changes("What if", changes, record.names)
                print_lines(tell_thin(case, changes, replace(done.plan, as_of=done.case.as_of.isoformat() if as_of else ""), folder))
            show_curve(record)
            show_roots(record)
            print_lines(rest, mark="- ")
            show_moved(moved, page)
        if strict:
            refuse_unresolved(*studies)


def _read(text: str) -> str:
    source, mark, letter = text.rpartition("=")
    if not mark or letter.upper() not in tuple(LETTERS):
        known = source or text
        raise BadInput(f"--regrade {text}: expected SOURCE=LETTER with a letter from A to F, such as {known}=E")
    return f"{source}={letter.upper()}"
