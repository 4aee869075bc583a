"""seek: what evidence would teach most about the explanations, and what it is worth for a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from interlope.cli import options as o
from interlope.errors import BadInput

if TYPE_CHECKING:
    from interlope.results.seek import SeekResult
    from interlope.results.study import StudyRecord
    from interlope.scenario.case import Case

HELP = """Find what evidence would teach most about the explanations, and whether it would change which option is chosen.

Example: interlope seek serbia-hungary --outcome deaths

Candidates are those of the case's evidence.toml, and each claim that is weighed asked again of an independent source. What they would
teach is predicted from the replicates of the fit; what a study of the same inputs has already made is taken up.
With --outcome the value for a decision is shown for one harm; 'deaths' are those of people on the move, here and on other routes.
"""
OUTCOME = Annotated[str, typer.Option("--outcome", help="Harm that an option is chosen for, such as deaths or client_injuries.")]
MOST_ROWS = 12  # rows of the table of gains


def seek(
    case: o.CASE,
    outcome: OUTCOME = "deaths",
    seed: o.SEED = 7,
    thorough: o.THOROUGH = False,
    budget: o.BUDGET = "",
    as_of: o.AS_OF = "",
    pairs: o.PAIRS = None,
    days: o.DAYS = None,
    folder: o.OUT = o.HERE,
    fresh: o.FRESH = False,
    json: o.JSON = False,
) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock

    clock = Clock()
    from interlope import pipeline
    from interlope.arguments import read_choice
    from interlope.cli.job import Request, print_result, run
    from interlope.cli.loading import load
    from interlope.errors import RunFailed
    from interlope.policy.outcome import OUTCOMES
    from interlope.results.verbs import SeekAnswer

    read_choice("outcome", outcome, [each.name for each in OUTCOMES if each.harm])
    plan = pipeline.Plan(seed, "thorough" if thorough else "quick", pairs, days, budget=budget)
    _refuse_one_explanation(load(case))
    request = Request("seek", case, plan, folder, "write", json=json, fresh=fresh, dates=[as_of] if as_of else [])
    study, = run(request, clock)
    sought = study.record.seek
    if sought is None:
        raise RunFailed("these results say nothing of further evidence: they were made by an earlier version; --fresh makes them again")
    if json:
        perfect = [p for p in sought.perfect if p.outcome == outcome]
        sample = [s for s in sought.sample if s.outcome == outcome]
        answer = SeekAnswer(**{**dict(sought), "perfect": perfect, "sample": sample}, outcome=outcome, folder=study.folder.as_posix())
        print_result("seek", answer, study.record, clock)
        return
    _show(study.record, sought, outcome, study.folder.as_posix())


def _refuse_one_explanation(case: Case) -> None:
    """Refuse a case with nothing to tell apart, before anything is run."""
    if len(case.hypotheses) == 1:
        raise BadInput(f"case '{case.name}' has one explanation, and evidence is sought to tell several apart; expected a rival "
                       "explanation in hypotheses/")


def _show(record: StudyRecord, sought: SeekResult, outcome: str, folder: str) -> None:
    """Print the candidates, what the first would do, and the value for a choice."""
    from interlope.cli.console import print_lines, print_table
    from interlope.reporting.answer.seek import pick_asked, tell_choices, tell_first, tell_nothing, tell_within
    from interlope.reporting.figures.seek import figure_gain
    from interlope.reporting.sections.seek import tabulate_perfect, tabulate_sample

    cautions = [f"Caution, not resolved: {reason.text}" for reason in record.reasons]
    now = ", ".join(f"{name} {chance:.0%}" for name, chance in sought.probabilities.items())
    doubt = f"doubt {sought.doubt:.2f} nats (entropy of these probabilities; none is 0)"
    print_lines([record.case.question, *cautions, f"Now: {now}; {doubt}.", ""])
    shown_keys = ("id", "who", "letter", "gain", "error", "by_chance", "part", "leader_changes", "days", "cost")
    tables = [(figure_gain(sought).table, shown_keys, MOST_ROWS)]
    if sought.perfect:
        one = [p for p in sought.perfect if p.outcome == outcome]
        tables += [(tabulate_perfect(one), ("choice", "choices", "value", "error", "unit"), len(one)),
                   (tabulate_sample(sought, outcome, record.compare.days if record.compare else None),
                    ("candidate", "unit", "value", "error", "forgone", "net"), 5)]
    for table, keys, most in tables:
        picked = [i for i, c in enumerate(table.columns) if c.key in keys]
        columns = [table.columns[i] for i in picked]
        rows = [[c.write(row[i]) for c, i in zip(columns, picked)] for row in table.rows[:most]]
        print_table(table.caption, [c.head for c in columns], rows, [i for i, c in enumerate(columns) if c.numeric])
    print_lines([*tell_first(sought, pick_asked(record)), *tell_nothing(sought), *tell_within(sought, record),
                 *tell_choices(sought, record)], mark="- ")
    print_lines(["", f"Report: {folder}/report.html; tables: {folder}/tables/seek*.csv"])
