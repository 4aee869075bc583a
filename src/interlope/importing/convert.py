"""Convert: rows of a file as figures of a series, each with the line it came from, and the text of the table."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from interlope.dossier.period import WEEK
from interlope.dossier.series_rows import MOST
from interlope.errors import BadInput, Fault, nearest
from interlope.importing.adding import has_total, is_given, unite
from interlope.importing.dates import read_plain
from interlope.importing.mapping import HEADER, ColumnMap
from interlope.importing.plan import Plan, split_error, take_cell
from interlope.importing.sheet import MOST_FAULTS, Row, Sheet
from interlope.importing.writing import NUMBERS, Figure, tell_map, write_rows, write_shortest

EMPTY, FILTERED = "no number in the cell", "not chosen by rows.where"
TOTAL = "a total in file.footer"
REMEDIES = {"file.skip": "state a smaller file.skip",
            "file.names": "file.names = false where no row names the columns, else a smaller file.skip",
            "file.footer": "state a smaller file.footer, or choose rows by rows.where", "file.comment": "state how remarks alone begin"}
EVEN = 3  # rows from which an even spacing of dates is taken for a pattern


class Converted(NamedTuple):
    """What became of a file.

    Attributes
    ----------
    figures : list of Figure
        Oldest first.
    left_out : dict of str to int
        Rows or cells that became no figure, by reason.
    interpretations : list of str
        How the file was read, where the map did not say and where it did.
    text : str
        The table with its header.
    header_lines : int
        How many lines of it stand above the first figure.
    """

    figures: list[Figure]
    left_out: dict[str, int]
    interpretations: list[str]
    text: str
    header_lines: int


def convert(sheet: Sheet, mapping: ColumnMap) -> Converted:
    """Read every row of a file as the map says.

    Parameters
    ----------
    sheet : Sheet
        The file.
    mapping : ColumnMap
        How to read it.

    Returns
    -------
    Converted

    Raises
    ------
    BadInput
        With every cell that the map leaves open, by line.
    """
    plan, faults, left_out = Plan(sheet, mapping), list[Fault](), Counter[str]()
    rows = _choose(plan, left_out)
    figures = [figure for row in rows for figure in _figures(plan, row, left_out, faults)]
    if faults:
        raise BadInput(faults[:MOST_FAULTS])
    if not any(is_given(figure) for figure in figures):
        raise BadInput([Fault(sheet.file, sheet.rows[0].line, "no figure in the rows that were read", "a number in a row")])
    _refuse_spacing(plan, [figure for figure in figures if is_given(figure)])
    _refuse_omitted(plan, figures, left_out)
    figures = unite(sheet, mapping, sorted(figures, key=lambda f: (f.start, f.end, f.published or date.min)), plan.free)
    if len(figures) > MOST:
        raise BadInput([Fault(sheet.file, sheet.rows[0].line, f"{len(figures):,} figures", f"at most {MOST:,} in a table",
                              "choose rows by rows.where")])
    header = [f"# {key}: {mapping.header[key]}" for key in HEADER if key in mapping.header]
    text = "\n".join(header + write_rows(figures)) + "\n"
    return Converted(figures, dict(left_out), tell_map(mapping, sheet, plan.factor), text, len(header) + 1)


def _choose(plan: Plan, left_out: Counter[str]) -> list[Row]:
    """Rows that rows.where chooses; a text that no row has is a fault."""
    rows = plan.sheet.rows
    for name, entry in plan.mapping.where.items():
        place = plan.sheet.column(name, "", plan.mapping)
        present = {take_cell(row, place) for row in rows}
        for text in sorted(entry.texts - present):
            raise BadInput([Fault(entry.file, entry.line, f"rows.where.{name} = '{text}', which no row has", "a text of that column",
                                  nearest(text, sorted(present)))])
        rows = [row for row in rows if take_cell(row, place) in entry.texts]
    left_out[FILTERED] += len(plan.sheet.rows) - len(rows)
    return rows


def _is_chosen(plan: Plan, row: Row) -> bool:
    """Whether rows.where chooses a row."""
    return all(take_cell(row, plan.sheet.column(name, "", plan.mapping)) in entry.texts for name, entry in plan.mapping.where.items())


def _figures(plan: Plan, row: Row, left_out: Counter[str], faults: list[Fault]) -> Iterator[Figure]:
    """Figures of one row: one, or one for each column of a wide table."""
    note = take_cell(row, plan.at["note"]) if "note" in plan.at else ""
    cells = [(name, {"value": place}) for name, place in plan.wide] or [(take_cell(row, plan.at["period"]), plan.at)]
    for text, columns in cells:
        what = "period"
        try:
            numbers = []
            for what in NUMBERS:
                number = plan.numerals.read(take_cell(row, columns[what])) if what in columns else None
                numbers.append(number)
            if numbers[0] is None and (numbers[1] is None or numbers[2] is None):
                left_out[EMPTY] += 1
                if plan.mapping.get("rows.repeated") == "sum":
                    yield from _without_number(plan, row, text)
                continue
            what = "period"
            start, end = plan.span(text)
            if "until" in plan.at:
                what, until = "until", take_cell(row, plan.at["until"])
                end = plan.span(until)[1]
                if end < start:
                    raise ValueError(f"'{until}', before the period begins ({start}); expected a later day")
            what = "published"
            published = _day(plan, take_cell(row, plan.at["published"])) if "published" in plan.at else None
        except (ValueError, OverflowError) as error:
            actual, expected = split_error(error)
            faults.append(Fault(plan.sheet.file, row.line, f"{what} {actual}", expected))
            continue
        by = plan.scale(start, end)
        scaled = [None if number is None else number * by for number in numbers]
        yield Figure(start, end, (scaled[0], scaled[1], scaled[2]), published, note, row.line)


def _without_number(plan: Plan, row: Row, text: str) -> Iterator[Figure]:
    """A row without a number, which lacks where its period is added up; none where its cells are no period."""
    try:
        start, end = plan.span(text)
        end = plan.span(take_cell(row, plan.at["until"]))[1] if "until" in plan.at else end
        published = _day(plan, take_cell(row, plan.at["published"])) if "published" in plan.at else None
    except (ValueError, OverflowError):
        return
    yield Figure(start, end, (None, None, None), published, "", row.line)


def _day(plan: Plan, cell: str) -> date | None:
    """The day on which a figure was published."""
    if not cell:
        return None
    first, last = plan.published.read(cell) if plan.published is not None else read_plain(cell, "published.date")
    if first != last:
        raise ValueError(f"'{cell}'; expected a day")
    return first


def _refuse_omitted(plan: Plan, figures: Sequence[Figure], left_out: Counter[str]) -> None:
    """A row with a figure is none of those above the table, its remarks or its footer; a total of periods that are read may be."""
    lost: list[Fault] = []
    for key, row in plan.sheet.omitted:
        if plan.wide and key in ("file.skip", "file.names") or not _is_chosen(plan, row):
            continue
        read = [f for f in _figures(plan, row, Counter(), []) if is_given(f)]
        if key == "file.footer" and read and (has_total(row.cells) if plan.wide else any(_is_over(read[0], f) for f in figures)):
            left_out[TOTAL] += 1
        elif read:
            lost.append(Fault(plan.sheet.file, row.line, f"a figure of {write_shortest(read[0].start, read[0].end)} in a row that {key} "
                              "leaves out", "a row without a figure", REMEDIES[key]))
    if lost:
        raise BadInput(lost[:MOST_FAULTS])


def _is_over(figure: Figure, part: Figure) -> bool:
    """Whether a figure's period holds another and more."""
    return figure.start <= part.start and part.end <= figure.end and (figure.start, figure.end) != (part.start, part.end)


def _refuse_spacing(plan: Plan, figures: Sequence[Figure]) -> None:
    """Dates a week or more apart may each stand for the time before or after them: the map has to say."""
    stated = plan.mapping.get("period.covers") is not None or "until" in plan.at or plan.mapping.get("header.period") == "stock"
    days = sorted({figure.start for figure in figures})
    if stated or len(days) < EVEN or any(f.start != f.end for f in figures):
        return
    weekly = all((b - a).days % WEEK == 0 for a, b in pairwise(days))
    monthly = len({d.day for d in days}) == 1 or all((d + timedelta(days=1)).day == 1 for d in days)
    if weekly or monthly:
        apart = "one or more weeks" if weekly else "one or more months"
        raise BadInput([plan.mapping.fault("period.covers", f"dates {apart} apart, which may be days, or begin or end a longer period",
                                           "period.covers in the map: day, week-to, week-from, week, month, quarter, half-year or year")])
