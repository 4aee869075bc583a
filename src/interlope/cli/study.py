"""study: all of it at once, as a report."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from interlope.cli import options as o

if TYPE_CHECKING:
    from interlope.cli.job import Request
    from interlope.pipeline import Study

HELP = """Weigh the explanations of a case, compare its options and write a report.

Example: interlope study serbia-hungary --seed 7

Results go to OUT/<case>-<id>/; the id follows from the case's files, the model, the seed and the settings. Results
that are already there are read, not made again. With --as-of given several times, each date is a study of its own, the last
one is printed, and a table shows how the odds moved as evidence came in. Stop with Ctrl-C at any time: what is finished is kept.
"""


def study(
    case: o.CASE,
    seed: o.SEED = 7,
    thorough: o.THOROUGH = False,
    budget: o.BUDGET = "",
    as_of: o.DATES = None,
    pairs: o.PAIRS = None,
    days: o.DAYS = None,
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
    from interlope.cli.job import Request, follow_odds, print_result, refuse_unresolved, run
    from interlope.cli.tables import show_moved

    plan = pipeline.Plan(seed, "thorough" if thorough else "quick", pairs, days, budget=budget)
    request = Request("study", case, plan, folder, "write", json=json, fresh=fresh, dates=as_of or [])
    studies = run(request, clock)
    last = studies[-1]
    moved, page = follow_odds(studies)
    if json:
        print_result("study", pipeline.summarise(last, moved), last.record, clock)
    else:
        _show(last)
        show_moved(moved, page)
        _show_next(request, last, words)
    if strict:
        refuse_unresolved(*studies)


def _show(study: Study) -> None:
    """Print answer, explanations and harm, and where the report is."""
    from interlope.cli.console import print_lines
    from interlope.cli.tables import show_answer, show_explanations, show_harm
    from interlope.reporting.answer.overview import tell_error

    record = study.record
    rest = show_answer(record)
    show_explanations(record)
    show_harm(record)
    print_lines(rest, mark="- ")
    if study.reused:
        print_lines(["", f"These inputs were run before: read from {study.folder} (use --fresh to run again)."])
    seconds = sum(study.stages.values())
    print_lines(["", f"{tell_error(record)} {record.weigh.replicates:,} replicates, {seconds:.0f} s.",
                 f"Report: {study.folder / 'report.html'}"])


def _show_next(request: Request, study: Study, words: str) -> None:
    """Print the commands that go on from here, each on one line however long; a report that is there keeps its words until it is asked."""
    from interlope.cli.console import print_command
    from interlope.cli.job import tell_next

    again = [shlex.join(["interlope", "report", str(study.folder), "--words", words])] if study.reused and words != o.ICD else []
    for i, command in enumerate([*again, *tell_next(request, study)]):
        print_command(f"{'Next:' if i == 0 else 'or:':<8}{command}")
