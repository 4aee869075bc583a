"""Convert: rows of a file as figures of a series, each with the line it came from, and the text of the table."""
from __future__ import annotations

from calendar import isleap, monthrange
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from interlope import units
from interlope.dossier.period import WEEK
from interlope.dossier.series_rows import MOST
from interlope.errors import BadInput, Fault, nearest
from interlope.importing.adding import is_given, unite
from interlope.importing.dates import Form, read_plain, widen
from interlope.importing.mapping import HEADER, ColumnMap
from interlope.importing.numerals import read_numerals
from interlope.importing.sheet import MOST_FAULTS, Row, Sheet
from interlope.importing.writing import NUMBERS, Figure, tell_map, write_rows

EMPTY, FILTERED = "no number in the cell", "not chosen by rows.where"
EVEN = 3  # rows from which an even spacing of dates is taken for a pattern
LETTERS = 40  # of the name of a column in a message
Reader = Callable[[str], tuple[date, date]]


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


class _Plan:
    """A map applied to a sheet: places of columns, and readers of cells."""

    def __init__(self, sheet: Sheet, mapping: ColumnMap):
        self.sheet, self.mapping = sheet, mapping
        try:
            self.numerals = read_numerals(mapping)
        except ValueError as error:
            raise BadInput([mapping.fault(str(error).partition(" ")[0], *_split(error))]) from None
        self.at = {name: sheet.column(mapping.get(f"columns.{name}"), f"columns.{name}", mapping)
                   for name in ("period", "until", *NUMBERS, "published", "note") if mapping.get(f"columns.{name}") is not None}
        self.wide = [(name, sheet.column(name, "wide.columns", mapping)) for name in mapping.get("wide.columns", ())]
        self._check_columns()
        self.form, self.published = self._form("period.date"), self._form("published.date")
        covers = mapping.get("period.covers")
        if self.form is not None and self.form.kind != "day" and covers not in (None, self.form.kind):
            raise BadInput([mapping.fault("period.covers", f"'{covers}' of dates that are a {self.form.kind} each", "no such entry")])
        self.have: units.Unit | None = None
        self.want: units.Unit | None = None
        self.factor = self._factor()

    def _check_columns(self) -> None:
        mapping, at = self.mapping, self.at
        if self.wide and ("period" in at or "value" in at or "until" in at):
            raise BadInput([mapping.fault("wide.columns", "wide.columns beside columns.period or columns.value", "one of them",
                                          "in a wide table the names of the columns are the periods and their cells the values")])
        if not self.wide and "period" not in at:
            raise BadInput([mapping.fault("columns.period", "no columns.period", "the column of the periods, or wide.columns",
                                          _listed(self.sheet))])
        if not self.wide and "value" not in at and not {"low", "high"} <= set(at):
            raise BadInput([mapping.fault("columns.value", "no columns.value", "the column of the figures, or columns.low and columns.high",
                                          _listed(self.sheet))])

    def _form(self, key: str) -> Form | None:
        text = self.mapping.get(key)
        if text is None:
            return None
        try:
            return Form(text, self.mapping.get("period.months", ()))
        except ValueError as error:
            raise BadInput([self.mapping.fault(key, *_split(error))]) from None

    def _factor(self) -> float:
        """From the file's unit to the header's."""
        stated, wanted = self.mapping.get("numbers.unit"), self.mapping.get("header.unit")
        if stated is None:
            return 1.0
        try:
            have, want = units.parse(stated), units.parse(wanted or "")
        except ValueError as error:
            key = "numbers.unit" if wanted and f"'{stated}'" in str(error) else "header.unit"
            raise BadInput([self.mapping.fault(key, *_split(error))]) from None
        alike = have.dimension != "count" or units.are_alike(stated, wanted)
        if have.dimension != want.dimension or have.each != want.each or (have.days > 0) != (want.days > 0) or not alike:
            raise BadInput([self.mapping.fault("numbers.unit", f"unit '{stated}' for a table in '{wanted}'", "units that convert",
                                               "such as persons/week and persons/day, or percent and 1")])
        self.have, self.want = have, want
        return (want.days / have.days if have.days else 1.0) * have.factor / want.factor

    def scale(self, start: date, end: date) -> float:
        """The factor for a figure of these days: a rate a month or a year goes by the days of the month or year that holds them."""
        have, want = self.have, self.want
        if have is None or want is None or have.days == want.days:
            return self.factor
        return self.factor * (have.days * _days(want, start, end)) / (want.days * _days(have, start, end))

    def span(self, cell: str) -> tuple[date, date]:
        """Days of a cell."""
        days = self.form.read(cell) if self.form is not None else read_plain(cell)
        covers = self.mapping.get("period.covers")
        if days[0] != days[1] or covers is None:
            return days
        return widen(days, covers)


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
    plan, faults, left_out = _Plan(sheet, mapping), list[Fault](), Counter[str]()
    rows = _choose(plan, left_out)
    figures = [figure for row in rows for figure in _figures(plan, row, left_out, faults)]
    if faults:
        raise BadInput(faults[:MOST_FAULTS])
    if not any(is_given(figure) for figure in figures):
        raise BadInput([Fault(sheet.file, sheet.rows[0].line, "no figure in the rows that were read", "a number in a row")])
    _refuse_spacing(plan, [figure for figure in figures if is_given(figure)])
    figures = unite(sheet, mapping, sorted(figures, key=lambda f: (f.start, f.end, f.published or date.min)))
    if len(figures) > MOST:
        raise BadInput([Fault(sheet.file, sheet.rows[0].line, f"{len(figures):,} figures", f"at most {MOST:,} in a table",
                              "choose rows by rows.where")])
    header = [f"# {key}: {mapping.header[key]}" for key in HEADER if key in mapping.header]
    text = "\n".join(header + write_rows(figures)) + "\n"
    return Converted(figures, dict(left_out), tell_map(mapping, sheet, plan.factor), text, len(header) + 1)


def _choose(plan: _Plan, left_out: Counter[str]) -> list[Row]:
    """Rows that rows.where chooses; a text that no row has is a fault."""
    rows = plan.sheet.rows
    for name, entry in plan.mapping.where.items():
        place = plan.sheet.column(name, "", plan.mapping)
        wanted = {" ".join(text.split()) for text in ([entry.value] if isinstance(entry.value, str) else entry.value)}
        present = {_cell(row, place) for row in rows}
        for text in sorted(wanted - present):
            raise BadInput([Fault(entry.file, entry.line, f"rows.where.{name} = '{text}', which no row has", "a text of that column",
                                  nearest(text, sorted(present)))])
        rows = [row for row in rows if _cell(row, place) in wanted]
    left_out[FILTERED] += len(plan.sheet.rows) - len(rows)
    return rows


def _figures(plan: _Plan, row: Row, left_out: Counter[str], faults: list[Fault]) -> Iterator[Figure]:
    """Figures of one row: one, or one for each column of a wide table."""
    note = _cell(row, plan.at["note"]) if "note" in plan.at else ""
    cells = [(name, {"value": place}) for name, place in plan.wide] or [(_cell(row, plan.at["period"]), plan.at)]
    for text, columns in cells:
        what = "period"
        try:
            numbers = []
            for what in NUMBERS:
                number = plan.numerals.read(_cell(row, columns[what])) if what in columns else None
                numbers.append(number)
            if numbers[0] is None and (numbers[1] is None or numbers[2] is None):
                left_out[EMPTY] += 1
                if plan.mapping.get("rows.repeated") == "sum":
                    yield from _without_number(plan, row, text)
                continue
            what = "period"
            start, end = plan.span(text)
            if "until" in plan.at:
                what, until = "until", _cell(row, plan.at["until"])
                end = plan.span(until)[1]
                if end < start:
                    raise ValueError(f"'{until}', before the period begins ({start}); expected a later day")
            what = "published"
            published = _day(plan, _cell(row, plan.at["published"])) if "published" in plan.at else None
        except (ValueError, OverflowError) as error:
            actual, expected = _split(error)
            faults.append(Fault(plan.sheet.file, row.line, f"{what} {actual}", expected))
            continue
        by = plan.scale(start, end)
        scaled = [None if number is None else number * by for number in numbers]
        yield Figure(start, end, (scaled[0], scaled[1], scaled[2]), published, note, row.line)


def _without_number(plan: _Plan, row: Row, text: str) -> Iterator[Figure]:
    """A row without a number, which lacks where its period is added up; none where its cells are no period."""
    try:
        start, end = plan.span(text)
        end = plan.span(_cell(row, plan.at["until"]))[1] if "until" in plan.at else end
        published = _day(plan, _cell(row, plan.at["published"])) if "published" in plan.at else None
    except (ValueError, OverflowError):
        return
    yield Figure(start, end, (None, None, None), published, "", row.line)


def _days(unit: units.Unit, start: date, end: date) -> float:
    """Days of a unit's time around a period: those of its month or year where it lies within one, else the mean."""
    if unit.days == units.DAYS["month"] and (start.year, start.month) == (end.year, end.month):
        return float(monthrange(start.year, start.month)[1])
    if unit.days == units.DAYS["year"] and start.year == end.year:
        return 365.0 + isleap(start.year)
    return unit.days


def _day(plan: _Plan, cell: str) -> date | None:
    """The day on which a figure was published."""
    if not cell:
        return None
    first, last = plan.published.read(cell) if plan.published is not None else read_plain(cell)
    if first != last:
        raise ValueError(f"'{cell}'; expected a day")
    return first


def _refuse_spacing(plan: _Plan, figures: Sequence[Figure]) -> None:
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


def _cell(row: Row, place: int) -> str:
    """A cell; empty where the row is shorter."""
    return row.cells[place] if place < len(row.cells) else ""


def _split(error: Exception) -> tuple[str, str]:
    actual, _, expected = str(error).partition("; expected ")
    return actual, expected or "what the map states"


def _listed(sheet: Sheet) -> str:
    """The columns of a file, for a message."""
    names = ", ".join(name[:LETTERS] for name in sheet.names[:20])
    return f"the file's columns: {names}" if names else "its columns have no names: #1 is the first"


