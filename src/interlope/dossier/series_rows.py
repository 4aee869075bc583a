"""Rows of a table: its figures, each within what it can be, no period counted twice; every fault with its line."""
from __future__ import annotations

import math
from collections.abc import Collection
from datetime import date, timedelta
from itertools import pairwise

from interlope import quantities, units
from interlope.dossier.formula import MOST_TIMES, beyond, is_whole
from interlope.dossier.period import MONTHS, SPANS, WEEK, around, span, write_span
from interlope.dossier.series import Value, per_period, write_period
from interlope.dossier.series_header import MOST_SHOWN, Header
from interlope.dossier.series_lines import has_mark_of_thousands, split_cells
from interlope.errors import Fault, nearest
from interlope.toml.table import EARLIEST, LATEST

COLUMNS = ("period", "value", "low", "high", "published", "note", "source")
MOST = 5_000  # figures of a table
GREATEST = 1e12  # a figure
LENGTHS = {"day": (1, 1), "night": (1, 1), "week": (7, 7), "month": (28, 31), "year": (365, 366)}  # days of a period of each time


class _Table:
    """A header with what every row is checked against."""

    def __init__(self, header: Header, file: str, faults: list[Fault], sources: Collection[str] | None):
        self.header, self.file, self.faults, self.sources = header, file, faults, sources
        self.recorded = "" if header.get("series") == "none" else header.get("series")
        self.unit = units.parse(header.get("unit"))
        self.weighed = header.get("density") != "none"
        time = header.get("unit").partition("/")[2].strip() if per_period(header.get("unit"), header.reduce) else ""
        self.lengths = LENGTHS.get(time)
        self.factor = 1.0
        if self.recorded:
            recorded = quantities.QUANTITIES[quantities.terms(self.recorded)[0][1]].unit
            stated = header.get("unit").partition("/")[0] if time else header.get("unit")
            self.factor = units.factor(recorded, header.reduce, stated)
        self.whole = is_whole(self.recorded, header.get("unit"), header.reduce)

    def fault(self, line: int, actual: str, expected: str, remedy: str = "") -> None:
        self.faults.append(Fault(self.file, line, actual, expected, remedy))


def read_rows(lines: list[str], first: int, header: Header, file: str, faults: list[Fault],
              sources: Collection[str] | None = None) -> list[Value]:
    """Read the figures of a table.

    Parameters
    ----------
    lines : list of str
        All lines of the file.
    first : int
        Index of the line that names the columns.
    header : Header
        What the lines above it say.
    file : str
        Its name, for faults.
    faults : list[Fault]
        List that faults are added to.
    sources : Collection[str] or None, optional
        Ids that a source may be; not checked when None.

    Returns
    -------
    list of Value
        In the order of the file: oldest period first, all editions of a period together.
    """
    table = _Table(header, file, faults, sources)
    columns = _columns(table, lines, first)
    if not columns:
        return []
    before = len(faults)
    values: list[Value] = []
    unread: list[int] = []
    for i, line in enumerate(lines[first + 1:], first + 2):
        known = len(faults)
        cells = _cells(table, line, i)
        if not cells:
            unread += [i] if len(faults) > known else []
            continue
        if cells[0].startswith("#"):
            table.fault(i, f"'{cells[0][:MOST_SHOWN]}' below the names of the columns", "lines of the header above them",
                        "move it up, or take it out")
            unread.append(i)
            continue
        if len(cells) > len(columns):
            table.fault(i, f"{len(cells)} cells under {len(columns)} columns", "one cell for each column",
                        "write numbers without a mark of thousands, and a text with a comma in quotation marks")
            unread.append(i)
            continue
        value = _value(table, dict(zip(columns, cells, strict=False)), i)
        if value is None:
            unread.append(i)
        else:
            values.append(value)
    if not values and len(faults) == before:
        table.fault(first + 1, "columns without figures", "at least one figure below", "or take the file out of series/")
    if len(values) > MOST:
        table.fault(first + 1, f"{len(values):,} figures", f"at most {MOST:,} in one table")
    _order(table, values, unread)
    return values


def _cells(table: _Table, line: str, number: int) -> list[str]:
    try:
        return split_cells(line)
    except ValueError as error:
        actual, _, expected = str(error).partition("; expected ")
        table.fault(number, actual, expected)
        return []


def _columns(table: _Table, lines: list[str], first: int) -> list[str]:
    """Names of the columns; none, with a fault, where they are not what a table needs."""
    columns = _cells(table, lines[first], first + 1) if first < len(lines) else []
    before = len(table.faults)
    if len(columns) == 1 and any(mark in lines[first] for mark in ";\t"):
        mark = "semicolons" if ";" in lines[first] else "tabs"
        table.fault(first + 1, f"cells separated by {mark}", "cells separated by commas, and a decimal point in numbers")
        return []
    for i, name in enumerate(columns):
        if name not in COLUMNS:
            table.fault(first + 1, f"column '{name}' unknown", "one of " + ", ".join(COLUMNS), nearest(name, COLUMNS))
        elif name in columns[:i]:
            table.fault(first + 1, f"column '{name}' given twice", "each column once")
    if "period" not in columns or not ("value" in columns or {"low", "high"} <= set(columns)):
        table.fault(min(first, len(lines) - 1) + 1, f"columns {', '.join(columns) or 'missing'}",
                    "period and value, or period, low and high")
    return columns if len(table.faults) == before else []


def _value(table: _Table, row: dict[str, str], line: int) -> Value | None:
    """One figure; None, with a fault, where it cannot be read."""
    try:
        start, end = span(row.get("period", ""))
    except ValueError as error:
        table.fault(line, str(error).partition("; expected ")[0], SPANS)
        return None
    if not EARLIEST <= start <= end <= LATEST:
        table.fault(line, f"period '{row.get('period', '')}'", f"days from {EARLIEST} to {LATEST}")
        return None
    before = len(table.faults)
    _period(table, row.get("period", ""), start, end, line)
    numbers = {key: _number(table, key, row.get(key, ""), (end - start).days + 1, line) for key in ("value", "low", "high")}
    published = _published(table, row.get("published", ""), end, line)
    source = row.get("source", "")
    if source and table.sources is not None and source not in table.sources:
        table.fault(line, f"source '{source}' unknown", "one of " + ", ".join(table.sources), nearest(source, table.sources))
    value, low, high = numbers["value"], numbers["low"], numbers["high"]
    if low is not None and high is not None and low > high:
        table.fault(line, f"low {low:g} above high {high:g}", "low not above high")
    elif value is not None and not (-math.inf if low is None else low) <= value <= (math.inf if high is None else high):
        sides = [f"{key} {numbers[key]:g}" for key in ("low", "high") if numbers[key] is not None]
        table.fault(line, f"value {value:g} outside its range ({', '.join(sides)})", "a value not below low and not above high")
    elif value is None and (low is None) != (high is None):
        table.fault(line, f"{'low' if high is None else 'high'} alone", "a value, or low and high",
                    "a bound on one side is a claim of kind 'ceiling' in dossier.toml")
    if len(table.faults) > before or published is None:
        return None
    if value is None and low is not None and high is not None:
        value = (low + high) / 2
    if value is None:
        table.fault(line, "no value", "a value, or low and high", "leave a period without a figure out, under '# missing: sparse'")
        return None
    return Value(start, end, value, low, high, published, row.get("note", ""), source, line)


def _period(table: _Table, text: str, start: date, end: date, line: int) -> None:
    """Note a period that is not of the kind that the header states, or not as long as the unit says."""
    kind = table.header.get("period")
    days = (end - start).days + 1
    if kind == "week" and days != WEEK:
        table.fault(line, f"period '{text}', {days} days", "one week: YYYY-Www, Monday to Sunday, or from/to of any seven days")
        return
    unit = "day" if kind == "stock" else kind
    if unit in ("day", *MONTHS) and (start, end) != around(start, unit):
        table.fault(line, f"period '{text}'", f"one {unit}",
                    "" if kind == "stock" else "period: range, where periods of several kinds stand in one table")
        return
    if table.lengths and not table.lengths[0] <= days <= table.lengths[1]:
        unit = table.header.get("unit")
        table.fault(line, f"a sum over {days} days in {unit}", f"a period of one {unit.partition('/')[2].strip()}",
                    f"for totals of other periods write unit: {unit.partition('/')[0].strip()}; for a rate over them reduce: mean")


def _number(table: _Table, key: str, text: str, days: int, line: int) -> float | None:
    """A number within what the recorded series can be; None where there is none, or with a fault."""
    if not text:
        return None
    try:
        number = units.number(text)
    except ValueError as error:
        actual, _, expected = str(error).partition("; expected ")
        table.fault(line, f"{key} {actual}", f"a number: {expected}")
        return None
    least, most = 0.0, math.inf
    if table.recorded:
        least, most = (bound * table.factor for bound in quantities.bounds(table.recorded, table.header.reduce, days))
    if abs(number) > GREATEST:
        table.fault(line, f"{key} {text}", f"at most {GREATEST:g}")
    elif not least <= number <= most:
        unit = table.header.get("unit")
        percent = table.unit.dimension == "share" and unit != "percent" and 1 < number <= 100 * days
        table.fault(line, f"{key} {text}", "a number that is not negative" if math.isinf(most) else f"{least:g} to {most:g} in unit {unit}",
                    "or unit: percent" if percent else "")
    elif table.recorded and abs(number) > beyond(table.recorded, table.header.reduce, days) * table.factor:
        greatest = beyond(table.recorded, table.header.reduce, days) * table.factor
        table.fault(line, f"{key} {text} of '{table.recorded}'", f"at most {greatest:g} in unit {table.header.get('unit')}",
                    f"that is {MOST_TIMES:,.0f} times what is usual")
    elif table.whole and key == "value" and (number != int(number) or has_mark_of_thousands(text)):
        table.fault(line, f"{key} {text} of '{table.recorded}', which is counted", "a whole number",
                    "leave marks of thousands out" if has_mark_of_thousands(text) else "")
    elif table.weighed and table.header.get("density") == "lognormal" and number <= 0:
        table.fault(line, f"{key} {text} under density lognormal", "a number above zero",
                    "a count that can be zero has density: negative-binomial or poisson" if table.unit.dimension == "count" else "")
    else:
        return number
    return None


def _published(table: _Table, text: str, end: date, line: int) -> date | None:
    """The day on which a figure became known; None, with a fault, where it is no day or lies before the period's end."""
    if not text:
        try:
            return end + timedelta(days=table.header.lag)
        except OverflowError:
            table.fault(line, f"a figure published {table.header.lag} days after {end}", "a day before the year 10000")
            return None
    try:
        published, last = span(text)
    except ValueError:
        published, last = date.min, date.max
    if published != last:
        table.fault(line, f"published '{text}'", "a date such as 2023-10-25")
        return None
    if not EARLIEST <= published <= LATEST:
        table.fault(line, f"published {published}", f"a date from {EARLIEST} to {LATEST}")
        return None
    if published < end:
        table.fault(line, f"published {published} before its period ends ({end})", "the day it became known",
                    "a count of part of a period states that part as its period")
        return None
    return published


def _order(table: _Table, values: list[Value], unread: Collection[int]) -> None:
    """Note periods out of order, gaps where none is allowed, and, of figures that are weighed, what is counted twice.

    Between two figures with a line that could not be read, nothing is known to be missing. Nor is a period that stands elsewhere in
    the table.
    """
    strict = table.header.get("missing") == "none allowed"
    starts = {value.start for value in values}
    stock = table.header.get("period") == "stock"
    for before, after in pairwise(values):
        if after.start < before.start:
            table.fault(after.line or 0, "period earlier than the one above", "oldest first")
        elif after.covers == before.covers:
            if (strict or table.weighed) and after.published == before.published:
                table.fault(after.line or 0, f"{write_period(after, 'range')} given twice, published on the same day", "each period once",
                            "a revised figure has a later day of publication, and the one published last counts")
        elif after.start <= before.end:
            if strict or table.weighed:
                above = f"{write_period(before, 'range')} above it (line {before.line})"
                table.fault(after.line or 0, f"{write_period(after, 'range')} overlaps {above}",
                            "figures that count no day twice", "leave a total out where its parts are given")
        elif any((before.line or 0) < line < (after.line or 0) for line in unread):
            continue
        elif strict and not stock and (due := before.end + timedelta(days=1)) not in starts:
            kind = table.header.get("period")
            word = write_span(*around(due, kind), kind) if kind in MONTHS else due.isoformat()
            table.fault(after.line or 0, f"gap before {after.start}", f"{word} (missing: none allowed)")
