"""Moved: a table, for page, CSV and terminal alike, of how the odds moved from date to date as evidence came in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from interlope.reporting.answer import left_out
from interlope.reporting.html import make_environment
from interlope.reporting.numerals import day, estimate, plural
from interlope.reporting.tables import Column, Table, table
from interlope.results.dated import DatedOdds
from interlope.results.record import Number, Record
from interlope.results.study import StudyRecord
from interlope.text import printable

FILE, TABLE = "moved.html", "moved.csv"
TITLE = "How the odds moved as evidence came in"
TEMPLATE = "moved.html.j2"


class Range(Record):
    """A probability with the ends of its error."""

    probability: Number
    low: Number
    high: Number


def tabulate(rows: Sequence[DatedOdds]) -> Table:
    """Make the table: a row for each date, a column for each explanation, and what was new."""
    names = list(dict.fromkeys(e.name for row in rows for e in row.explanations))
    columns = [Column("as_of", "as known on", day)]
    columns += [Column(name, name, _odds, numeric=True) for name in names]
    columns += [
        Column("resolved", "resolved"),
        Column("figures", "figures fitted", str, numeric=True),
        Column("claims", "claims fitted", str, numeric=True),
        Column("new", "new since the date before"),
    ]
    cells = []
    for i, row in enumerate(rows):
        ranges = {e.name: Range(probability=e.probability, low=e.low, high=e.high) for e in row.explanations}
        new = tell_new(row) if i else "the first date"
        cells.append([row.as_of, *(ranges.get(n) for n in names), row.resolved, row.figures, row.claims, new])
    return table("moved", TITLE, columns, cells)


def tell_new(row: DatedOdds) -> str:
    """Say which figures and claims a date has more than the date before, such as "2 figures of route; claim P1"."""
    parts = [f"{plural(count, 'figure')} of {name}" for name, count in row.new_figures.items()]
    claims = row.new_claims
    parts += [f"{'claims' if len(claims) > 1 else 'claim'} {', '.join(claims)}"] if claims else []
    return "; ".join(parts) or "nothing"


def tell_unresolved(rows: Sequence[DatedOdds]) -> list[str]:
    """Say for each date that is not resolved why."""
    return [f"As known on {day(row.as_of)}: not resolved, for checking and not for use. {'; '.join(row.reasons)}."
            for row in rows if not row.resolved]


def tell_left_out(rows: Sequence[DatedOdds]) -> list[str]:
    """Say for each date what could not be weighed, and why."""
    return [f"As known on {day(row.as_of)}: {text[0].lower()}{text[1:]}" for row in rows for text in left_out.tell_left_out(row.dropped)]


def write(study: StudyRecord, rows: Sequence[DatedOdds], folder: Path) -> None:
    """Write page and CSV into a folder; `study` is the last date's."""
    by_date = tabulate(rows)
    (folder / TABLE).write_text(by_date.csv(), encoding="utf-8")
    reports = [(day(row.as_of), f"../{quote(Path(row.folder).name)}/report.html") for row in rows if row.folder]
    environment, style = make_environment()
    page = environment.get_template(TEMPLATE).render(
        study=study, title=TITLE, table=by_date, notes=[*tell_unresolved(rows), *tell_left_out(rows)], reports=reports, style=style
    )
    (folder / FILE).write_text(printable(page, lines=True), encoding="utf-8")


def _odds(cell: Range | None) -> str:
    """Write a probability with its range."""
    if cell is None:
        return "not there"
    ends = (estimate(cell.low), estimate(cell.high))
    return estimate(cell.probability) + (f" ({ends[0]} to {ends[1]})" if ends[0] != ends[1] else "")
