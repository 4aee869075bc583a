"""weigh: which explanation the evidence favours, and how much rests on one source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from interlope.cli import options as o
from interlope.dossier.source import LETTERS
from interlope.errors import BadInput

if TYPE_CHECKING:
    from interlope.results.study import StudyRecord
    from interlope.results.weighing import WhatIf
    from interlope.scenario.case import Case

HELP = """Weigh the explanations of a case against each other.

Example: interlope weigh serbia-hungary --regrade intelligence-service=E --without service-collection

Odds with their error, what each root contributes, what they would be without it, and with other letters for a source.
What-if changes are computed by re-weighting: no new simulation, unless --refit asks for it (where re-weighting is too thin, it says so).
After that: which priors move the odds most, how well each explanation does at all, and how far the analysis can be relied on.
Ids of roots, sources and claims: interlope dossier CASE.
With --as-of given several times, each date is weighed by itself, the last one is printed, and a table shows how the odds moved.
"""
WITHOUT = Annotated[list[str] | None, typer.Option("--without", help="Leave out a root, every root of a source, or a claim.")]
REFIT = Annotated[bool, typer.Option("--refit", help="Fit the changed case anew instead of re-weighting what is there.")]
REGRADE = Annotated[list[str] | None, typer.Option("--regrade", help="SOURCE=LETTER: another letter, A to F, for a source of the case.")]


def weigh(
    case: o.CASE,
    without: WITHOUT = None,
    regrade: REGRADE = None,
    refit: REFIT = False,
    seed: o.SEED = 7,
    thorough: o.THOROUGH = False,
    budget: o.BUDGET = "",
    as_of: o.DATES = None,
    folder: o.OUT = o.HERE,
    strict: o.STRICT = False,
    fresh: o.FRESH = False,
    words: o.WORDS = o.ICD,
    json: o.JSON = False,
) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock

    clock = Clock()
    from interlope import pipeline
    from interlope.cli.job import Request, follow_odds, print_result, refuse_unresolved, run, tell_thin
    from interlope.cli.loading import load
    from interlope.cli.tables import show_moved
    from interlope.reporting.answer.calibration import tell_calibration
    from interlope.results.dated import WeighAnswer

    changes = list(dict.fromkeys([*(_read(text) for text in regrade or []), *(f"without {name}" for name in without or [])]))
    plan = pipeline.Plan(seed, "thorough" if thorough else "quick", budget=budget)
    known = load(case)
    pipeline.check_changes(known.at(pipeline.order_dates(known, as_of)[-1]) if as_of else known, changes)
    if refit and not changes:
        raise BadInput("--refit: nothing to fit anew; expected --regrade SOURCE=LETTER or --without ROOT beside it")
    if refit:
        _refuse_two_letters(changes)
    request = Request("weigh", case, plan, folder, "weigh", json=json, fresh=fresh, dates=as_of or [], changed=changes if refit else [])
    studies = run(request, clock)
    last = studies[-1]
    moved, page = follow_odds(studies)
    what_if = [] if refit else pipeline.pick_changes(last.record, changes)
    if json:
        answer = WeighAnswer(**dict(last.record.weigh), confidence=last.record.confidence, changes=what_if, moved=moved,
                             calibration=tell_calibration(last.record))
        print_result("weigh", answer, last.record, clock)
    else:
        notes = tell_thin(request, what_if, last.case.as_of.isoformat() if as_of else "")
        _show(last.record, request.changed, what_if, [*notes, *_tell_same(last.case, changes)])
        show_moved(moved, page)
    if strict:
        refuse_unresolved(*studies)


def _refuse_two_letters(changes: Sequence[str]) -> None:
    """Refuse two letters for one source where all changes hold together; as changes by themselves each has a row of its own."""
    sources = [change.rpartition("=")[0] for change in changes if not change.startswith("without ")]
    if twice := next((source for i, source in enumerate(sources) if source in sources[:i]), ""):
        given = ", ".join(change for change in changes if change.rpartition("=")[0] == twice)
        raise BadInput(f"--regrade {given} with --refit, which fits all changes together; expected one letter for '{twice}', or no --refit")


def _tell_same(case: Case, changes: Sequence[str]) -> list[str]:
    """Letters that are none but the source's own, so that nothing changes."""
    graded = [change.rpartition("=") for change in changes if not change.startswith("without ")]
    return [f"'{source}={letter}' changes nothing: {letter} is the letter that '{source}' has." for source, _, letter in graded
            if case.book.sources[source].letter == letter]


def _show(record: StudyRecord, changed: Sequence[str], what_if: Sequence[WhatIf], thin: Sequence[str]) -> None:
    """Print the answer, what changed evidence gives and what re-weighting is too thin for, and what rests on which source and root."""
    from interlope.cli.console import print_lines
    from interlope.cli.sure import show_adequacy, show_analysts, show_confidence, show_sensitivity
    from interlope.cli.tables import show_answer, show_changes, show_curve, show_explanations, show_roots

    if changed:
        print_lines([f"Fitted anew with {', '.join(changed)}.", ""])
    rest = show_answer(record, ("explanation",))
    show_explanations(record)
    if what_if:
        show_changes("What if", what_if, record.names)
        print_lines(thin)
    show_curve(record)
    show_analysts(record)
    show_roots(record)
    show_sensitivity(record)
    show_adequacy(record)
    show_confidence(record)
    print_lines(rest, mark="- ")


def _read(text: str) -> str:
    """Read 'SOURCE=LETTER', with the letter in capitals.

    >>> _read("watch-service=e")
    'watch-service=E'
    """
    source, mark, letter = text.rpartition("=")
    if not mark or letter.upper() not in tuple(LETTERS):
        known = source or text
        raise BadInput(f"--regrade {text}: expected SOURCE=LETTER with a letter from A to F, such as {known}=E")
    return f"{source}={letter.upper()}"
