"""Plan: a map applied to a sheet: which column is which, and how the cells of each are read."""
from __future__ import annotations

from calendar import isleap, monthrange
from datetime import date

from interlope import units
from interlope.errors import BadInput
from interlope.importing.dates import Form, read_plain, widen
from interlope.importing.mapping import ColumnMap
from interlope.importing.numerals import read_numerals
from interlope.importing.sheet import Row, Sheet
from interlope.importing.writing import NUMBERS

LETTERS = 40  # of the name of a column in a message


class Plan:
    """A map applied to a sheet: places of columns, and readers of cells."""

    def __init__(self, sheet: Sheet, mapping: ColumnMap):
        self.sheet, self.mapping = sheet, mapping
        try:
            self.numerals = read_numerals(mapping)
        except ValueError as error:
            raise BadInput([mapping.fault(str(error).partition(" ")[0], *split_error(error))]) from None
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
            raise BadInput([self.mapping.fault(key, *split_error(error))]) from None

    def _factor(self) -> float:
        """From the file's unit to the header's."""
        stated, wanted = self.mapping.get("numbers.unit"), self.mapping.get("header.unit")
        if stated is None:
            return 1.0
        try:
            have, want = units.parse(stated), units.parse(wanted or "")
        except ValueError as error:
            key = "numbers.unit" if wanted and f"'{stated}'" in str(error) else "header.unit"
            raise BadInput([self.mapping.fault(key, *split_error(error))]) from None
        alike = have.dimension != "count" or units.are_alike(stated, wanted)
        if have.dimension != want.dimension or have.each != want.each or (have.days > 0) != (want.days > 0) or not alike:
            raise BadInput([self.mapping.fault("numbers.unit", f"unit '{stated}' for a table in '{wanted}'", "units that convert",
                                               "such as persons/week and persons/day, or percent and 1")])
        self.have, self.want = have, want
        return (want.days / have.days if have.days else 1.0) * have.factor / want.factor

    @property
    def free(self) -> list[int]:
        """Places of the columns that the map gives no meaning."""
        used = {*self.at.values(), *(place for _, place in self.wide)}
        return [place for place in range(max(len(row.cells) for row in self.sheet.rows)) if place not in used]

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


def take_cell(row: Row, place: int) -> str:
    """A cell; empty where the row is shorter."""
    return row.cells[place] if place < len(row.cells) else ""


def split_error(error: Exception) -> tuple[str, str]:
    """What was found and what was expected, of an error that says both."""
    actual, _, expected = str(error).partition("; expected ")
    return actual, expected or "what the map states"


def _days(unit: units.Unit, start: date, end: date) -> float:
    """Days of a unit's time around a period: those of its month or year where it lies within one, else the mean."""
    if unit.days == units.DAYS["month"] and (start.year, start.month) == (end.year, end.month):
        return float(monthrange(start.year, start.month)[1])
    if unit.days == units.DAYS["year"] and start.year == end.year:
        return 365.0 + isleap(start.year)
    return unit.days


def _listed(sheet: Sheet) -> str:
    """The columns of a file, for a message."""
    names = ", ".join(name[:LETTERS] for name in sheet.names[:20])
    return f"the file's columns: {names}" if names else "its columns have no names: #1 is the first"
