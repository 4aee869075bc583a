"""Forcing: known factors on the chance of trying to cross, day by day, from a table: weather, crossing days at sea, a season of tries.

A table lies beside `case.toml`; its columns are period, factor, and where wanted published and note. A period is any that a series may
have (a day, a week, from/to), or it recurs every year: MM or MM-DD. A row counts from the day it became known: what the
weather of later days will be is known to nobody, so days without a row have the factor `otherwise`. Several tables multiply.
Not stated here: forcing of anything but tries, and forcing by place.
"""
from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np

from interlope import units
from interlope.dossier.period import SPANS, calendar_span, span, write_span
from interlope.dossier.series_lines import read_lines, split_cells
from interlope.errors import Fault, nearest
from interlope.scenario.inventory import inspect
from interlope.toml.table import Table

COLUMNS = ("period", "factor", "published", "note")
NEEDED = ("period", "factor")
YEARLY = "MM or MM-DD"
MOST_FACTOR = 20.0  # the chance of trying is a few percent a day
MOST_ROWS = 20_000
LONGEST_LAG = 36_500  # days
LEAP = 2000  # a year that has every day of the year
_YEARLY = re.compile(r"([0-9]{2})(?:-([0-9]{2}))?")


class Row(NamedTuple):
    """A factor from `start` to `end`, both counted, known from `published` on; of a recurring row the days are those of the year 2000."""

    start: date
    end: date
    factor: float
    published: date
    line: int


@dataclass(frozen=True)
class Forcing:
    """A known factor on tries.

    Attributes
    ----------
    name : str
        By which it is called.
    file : str
        Its table, by its path below the case's folder.
    source : str
        Where it is from.
    otherwise : float
        Factor on days without a row.
    rows, yearly : tuple[Row, ...]
        Rows of dated days, and rows that recur every year.
    """

    name: str
    file: str
    source: str
    otherwise: float
    rows: tuple[Row, ...]
    yearly: tuple[Row, ...]

    @property
    def first_day(self) -> date:
        """First day that it may change; `date.min` where it changes days of every year, or those without a row."""
        dated = not self.yearly and self.otherwise == 1.0
        return min((row.start for row in self.rows), default=date.min) if dated else date.min

    def known_rows(self, known: date) -> tuple[Row, ...]:
        """Rows whose factor is known on a day; what recurs every year is known on any."""
        return (*self.yearly, *(row for row in self.rows if row.published <= known))

    def factors(self, start: date, days: int, known: date) -> np.ndarray:
        """The factor on each day, as known on a day.

        Parameters
        ----------
        start : date
            First day.
        days : int
            Number of days.
        known : date
            Last day whose publications may be used.

        Returns
        -------
        ndarray
            float64 [day].
        """
        factors = np.full(days, self.otherwise)
        if self.yearly:
            year = np.full(366, self.otherwise)
            for row in self.yearly:
                year[_place(row.start) : _place(row.end) + 1] = row.factor
            factors[:] = year[[_place((start + timedelta(days=i)).replace(year=LEAP)) for i in range(days)]]
        for row in sorted((r for r in self.rows if r.published <= known), key=lambda r: r.published):
            first, after = (row.start - start).days, (row.end - start).days + 1
            if after > 0 and first < days:
                factors[max(first, 0) : min(after, days)] = row.factor
        return factors


def multiply(forcings: Sequence[Forcing], start: date, days: int, known: date) -> np.ndarray | None:
    """The product of several forcings by day [day]; None where there are none."""
    return np.prod([f.factors(start, days, known) for f in forcings], axis=0) if forcings else None


def read_forcings(table: Table, first: date, last: date) -> tuple[tuple[Forcing, ...], list[tuple[Table, str]]]:
    """Read every [[forcing]] of a case file, with its table.

    Parameters
    ----------
    table : Table
        The case file; its faults list receives every fault.
    first, last : date
        The days of the case.

    Returns
    -------
    tuple of (tuple of Forcing, list of (Table, str))
        The forcings, and the sources that they name.
    """
    forcings, pending = [], []
    for part in table.parts("forcing", each="name"):
        name, file = part.name("name"), part.text("file")
        otherwise = part.number("otherwise", 1.0, low=0.0, high=MOST_FACTOR)
        lag = part.integer("published_lag_days", 0, low=0, high=LONGEST_LAG)
        pending.append((part, part.text("source")))
        part.text("note", "")
        path = Path(table.file).parent / file
        if file in (f.file for f in forcings):
            part.fault(f"file '{file}' of two tables [[forcing]], whose factors multiply", "each file once", "file")
        if file != path.name or not file.endswith(".csv") or file.startswith("."):
            part.fault(f"file '{file}'", "the name of a CSV file beside case.toml, such as 'crossing-days.csv'", "file")
        elif unreadable := inspect(path, path.parent):
            part.faults.append(unreadable)
        else:
            rows, yearly = read_rows(path, lag, part.faults)
            if (rows or yearly) and not yearly and not any(row.start <= last and row.end >= first for row in rows):
                part.fault(f"no row of '{file}' on a day of the case", f"days from {first} to {last}", "file")
            forcings.append(Forcing(name, file, pending[-1][1], otherwise, rows, yearly))
        part.close()
    return tuple(forcings), pending


def read_rows(path: Path, lag: int, faults: list[Fault]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Read a table of factors: its dated rows and those that recur every year; every fault with its line.

    Parameters
    ----------
    path : Path
        The file.
    lag : int
        Days after which a period's factor is known where the table does not say.
    faults : list[Fault]
        List that faults are added to.
    """
    lines, file = read_lines(path, faults), str(path)
    heads: list[str] = []
    dated: list[Row] = []
    yearly: list[Row] = []
    before = len(faults)
    for number, line in enumerate(lines or (), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            cells = split_cells(line)
        except ValueError as error:
            actual, _, expected = str(error).partition("; expected ")
            faults.append(Fault(file, number, actual, expected))
            continue
        if not cells:
            continue
        if not heads:
            heads = cells
            if not _check_heads(heads, file, number, faults):
                return (), ()
        elif len(cells) > len(heads):
            faults.append(Fault(file, number, f"{len(cells)} cells under {len(heads)} columns", "one cell for each column"))
        else:
            _read_row(dict(zip(heads, cells, strict=False)), lag, file, number, (dated, yearly), faults)
    if lines is not None and len(faults) == before and not dated and not yearly:
        faults.append(Fault(file, 1 if lines else None, "no factor", f"columns {', '.join(NEEDED)}, and a row below"))
    if len(dated) + len(yearly) > MOST_ROWS:
        faults.append(Fault(file, None, f"{len(dated) + len(yearly):,} rows", f"at most {MOST_ROWS:,}"))
    _refuse_overlaps(dated, False, file, faults)
    _refuse_overlaps(yearly, True, file, faults)
    return tuple(dated), tuple(yearly)


def _check_heads(heads: list[str], file: str, line: int, faults: list[Fault]) -> bool:
    """Note columns that a table of factors does not have, or lacks."""
    before = len(faults)
    for i, head in enumerate(heads):
        if head not in COLUMNS or head in heads[:i]:
            what = "given twice" if head in heads[:i] else "unknown"
            faults.append(Fault(file, line, f"column '{head}' {what}", "each once of " + ", ".join(COLUMNS), nearest(head, COLUMNS)))
    missing = [name for name in NEEDED if name not in heads]
    if missing and len(faults) == before:
        faults.append(Fault(file, line, f"no column {' and '.join(missing)}", "columns " + ", ".join(NEEDED)))
    return len(faults) == before


def _read_row(row: dict[str, str], lag: int, file: str, line: int, into: tuple[list[Row], list[Row]], faults: list[Fault]) -> None:
    """Add one row to the dated or the recurring ones, or a fault."""
    text = row.get("period", "")
    recurring = _yearly_span(text)
    try:
        start, end = recurring or span(text)
    except ValueError as error:
        actual, _, _ = str(error).partition("; expected ")
        faults.append(Fault(file, line, actual, f"{SPANS}; or every year, {YEARLY}"))
        return
    factor = _number(row.get("factor", ""))
    if not 0.0 <= factor <= MOST_FACTOR:
        faults.append(Fault(file, line, f"factor '{row.get('factor', '')}'", f"a number from 0 to {MOST_FACTOR:g}",
                            "1 is a day like any other, 0 a day on which nobody can try"))
        return
    known = row.get("published", "")
    if recurring and known:
        faults.append(Fault(file, line, f"published '{known}' of a row that recurs every year", "no day: it holds in every year"))
        return
    try:
        published, until = span(known) if known else (end + timedelta(days=lag),) * 2
    except (ValueError, OverflowError):
        published, until = date.min, date.max
    if published != until:
        faults.append(Fault(file, line, f"published '{known}'", "a date such as 2023-10-25"))
        return
    into[1 if recurring else 0].append(Row(start, end, factor, date.min if recurring else published, line))


def _number(text: str) -> float:
    try:
        return units.number(text)
    except ValueError:
        return math.nan


def _yearly_span(text: str) -> tuple[date, date] | None:
    """Days of the year 2000 that MM or MM-DD stands for; None where the text is something else."""
    match = _YEARLY.fullmatch(text)
    if match is None:
        return None
    month, day = match.groups()
    try:
        if day is None:
            return calendar_span(LEAP, int(month), "month")
        return date(LEAP, int(month), int(day)), date(LEAP, int(month), int(day))
    except ValueError:
        return None


def _refuse_overlaps(rows: list[Row], yearly: bool, file: str, faults: list[Fault]) -> None:
    """Note days that two rows give a factor, unless a row says anew, on a later day, what an earlier one said of the same days."""
    last: Row | None = None
    for row in sorted(rows, key=lambda r: (r.start, r.end, r.published)):
        if last is not None and row.start <= last.end:
            same = (row.start, row.end) == (last.start, last.end)
            if not same or row.published == last.published:
                what = f"{row.start:%m-%d} to {row.end:%m-%d}" if yearly else write_span(row.start, row.end, "range")
                faults.append(Fault(file, row.line, f"{what} has a factor in line {last.line} too", "each day once",
                                    "a factor that was revised has a later day of publication"))
        if last is None or row.end >= last.end:
            last = row


def _place(day: date) -> int:
    """Place of a day of the year 2000 among its days."""
    return (day - date(LEAP, 1, 1)).days
