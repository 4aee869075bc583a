"""Tables that several verbs print, from the same record that the report is written from."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

from interlope.cli.console import print_lines, print_table
from interlope.reporting import moved
from interlope.reporting.answer.harms import tell_parts, tell_today
from interlope.reporting.answer.question import ABOUT, tell_first, tell_rest
from interlope.reporting.answer.statement import WIDTH, fit
from interlope.reporting.answer.variants import tell_variants
from interlope.reporting.numerals import day, estimate, interval, number, odds, signed, with_error
from interlope.reporting.rough import TOO_ROUGH, is_rough, is_rough_without
from interlope.reporting.sections.levels import tabulate_levels, tell_recorded
from interlope.reporting.sections.options import PooledChange, tabulate_harm
from interlope.reporting.sections.robustness import tabulate_robustness
from interlope.reporting.tables import Table
from interlope.reporting.words import LETTER_F, label, likelihood, readable
from interlope.results.comparison import CompareResult
from interlope.results.dated import DatedOdds
from interlope.results.study import StudyRecord
from interlope.results.weighing import GradePoint, WhatIf

LINES = 12  # before the first table, the question and the blank line after the answer counted


def show_answer(study: StudyRecord, about: Sequence[str] = ABOUT) -> list[str]:
    """Print the question and, in the few lines before the tables, its answer. Returns what is left to say after them."""
    question = study.case.question
    first, later = fit(tell_first(study, about), LINES - 1 - len(textwrap.wrap(question, WIDTH)))
    print_lines([question, *first, ""])
    return [*later, *tell_rest(study, about)]


def show_table(table: Table) -> None:
    """Print a table of the report."""
    cells = [[text.replace("\n", ", ") for _, text, _ in row] for row in table.cells()]
    print_table(table.caption, [c.head for c in table.columns], cells, [i for i, c in enumerate(table.columns) if c.numeric])


def show_explanations(study: StudyRecord) -> None:
    """Print the explanations with words, probability, error and the checks that failed."""
    if study.alone:
        return
    rows = []
    for e in study.weigh.ranked:
        failed = ", ".join(g.name for g in e.gates if not g.passed) or "all passed"
        rows.append(
            (
                e.name,
                likelihood(e.probability or 0.0) if study.status == "ok" else "not resolved",
                estimate(e.probability),
                f"{estimate(e.low)} to {estimate(e.high)}",
                estimate(e.prior),
                with_error(e.log_z, e.log_z_error),
                failed,
            )
        )
    title = "Explanations" if study.status == "ok" else "Explanations (not resolved: for checking, not for use)"
    print_table(
        title, ("explanation", "words", "probability", "error", "prior", "log evidence", "checks"), rows, (2, 4, 5)
    )
    if within := tell_variants(study.weigh):
        print_lines([*within, ""])


def show_roots(study: StudyRecord) -> None:
    """Print what each root contributes and what the answer would be without it."""
    names = study.names
    if study.alone:
        return
    first = names[0]
    rows = []
    for root in study.weigh.roots:
        for name in names[1:]:
            factor = root.log_bayes_factor.get(f"{name}/{first}")
            if factor:
                rows.append(
                    (
                        root.id,
                        f"{name} against {first}",
                        *((TOO_ROUGH, "", "") if is_rough(factor.error) else
                          (signed(factor.value, 2), number(factor.error, 2), odds(factor.value))),
                        TOO_ROUGH if is_rough_without(root) else estimate(root.without[name]),
                    )
                )
    print_table(
        "Evidence by root (log Bayes factors)",
        ("root", "explanations", "log", "error", "odds", "probability without it"),
        rows,
        (2, 3, 5),
    )


def show_curve(study: StudyRecord) -> None:
    """Print the probabilities by the letter given to the report's source."""
    curve = study.weigh.curve
    if not curve:
        return
    rows = [
        (
            p.letter + (" (used)" if p.letter == curve.letter else "") + _thin(p),
            *(estimate(p.probabilities[n]) for n in study.names),
        )
        for p in curve.points
    ]
    which = "" if curve.stated else ", the source of the root that moves the odds most,"
    print_table(
        f"If the letter of '{curve.source}'{which} were",
        ("letter", *study.names),
        rows,
        tuple(range(1, len(study.names) + 1)),
    )
    print_lines([LETTER_F, ""])


def _thin(row: GradePoint | WhatIf) -> str:
    """A mark on numbers whose re-weighting rests on too few points."""
    return " (too thin)" if row.thin else ""


def show_changes(title: str, changes: Sequence[WhatIf], names: Sequence[str]) -> None:
    """Print probabilities under changed evidence."""
    rows = [(c.change + _thin(c), *(estimate(c.probabilities.get(n)) for n in names)) for c in changes]
    print_table(title, ("change", *names), rows, tuple(range(1, len(names) + 1)))


def show_moved(rows: Sequence[DatedOdds], page: Path | None) -> None:
    """Print how the odds moved from date to date, and where page and reports lie; nothing for a single date."""
    if not page:
        return
    print_lines([""])
    show_table(moved.tabulate(rows))
    print_lines([*moved.tell_unresolved(rows), *moved.tell_left_out(rows)], mark="- ")
    print_lines([f"Report as known on {day(row.as_of)}: {row.folder}/report.html" for row in rows if row.folder])
    print_lines([f"Table: {page} and {page.with_name(moved.TABLE)}"])


def show_harm(study: StudyRecord) -> None:
    """Print harm at a glance against both comparators."""
    if study.compare is not None:
        show_harm_of(study.compare)


def show_harm_of(compare: CompareResult) -> None:
    """Print harm at a glance against both comparators."""
    for over in ("status_quo", "today"):
        table = tabulate_harm(compare, over)
        rows = [[readable(row[0]), *(_short(cell) for cell in row[1:])] for row in table.rows]
        words = "the same future without it" if over == "status_quo" else "today"
        title = f"Harm a year, change compared with {words} (~: not clear under every explanation)"
        print_table(title, [c.head for c in table.columns], rows, tuple(range(1, len(table.columns))))
    print_lines([*tell_parts(compare.outcomes), tell_today(compare.today, compare.seasonal, compare.days), ""])
    show_table(tabulate_levels(compare))
    print_lines([*tell_recorded(compare.outcomes, compare.recorded), ""])


def _short(cell: PooledChange | None) -> str:
    """One number; marked unless its direction is clear under every explanation, as the answer in words says it."""
    if cell is None:
        return "reference"
    if not cell.acts:
        return "does not act"
    if cell.mean == cell.q05 == cell.q95 == 0.0:
        return "0"
    return f"{'' if cell.clear else '~'}{signed(cell.mean, 2)}"


def show_differences(study: StudyRecord, harm: bool) -> None:
    """Print pooled differences of the outcomes that are harm, or of the others."""
    compare = study.compare
    if compare is None:
        return
    rows = []
    for outcome in sorted(compare.outcomes, key=lambda o: o.order):
        if outcome.harm is not harm:
            continue
        for row in compare.differences:
            if row.outcome == outcome.name and row.explanation == "pooled" and row.option not in compare.never_act:
                over = "status quo" if row.over == "status_quo" else "today"
                rows.append(
                    (
                        label(outcome.name),
                        readable(row.option),
                        over,
                        signed(row.mean, 3),
                        interval(row.q05, row.q95, signed),
                        outcome.unit,
                        estimate(row.chance_more),
                    )
                )
    heads = ("outcome", "option", "compared with", "mean", "90% interval", "unit", "chance of more")
    print_table("Harm" if harm else "Everything else", heads, rows, (3, 6))


def show_robustness(study: StudyRecord) -> None:
    """Print where the order of options turns, how often each is good enough, and its worst futures."""
    if study.compare is None or not study.compare.satisficing:
        return
    for table in tabulate_robustness(study.compare):
        show_table(table)
