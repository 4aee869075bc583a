"""Writing: figures as rows of a table, and how their file was read, in words."""
from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from interlope.dossier.period import around, write_span
from interlope.importing.mapping import ColumnMap
from interlope.importing.numerals import read_numerals, write_number
from interlope.importing.sheet import Sheet, name_delimiter

NUMBERS = ("value", "low", "high")


class Figure(NamedTuple):
    """A figure of the table that is written, and the line of the file it came from."""

    start: date
    end: date
    numbers: tuple[float | None, float | None, float | None]
    published: date | None
    note: str
    line: int


def write_rows(figures: Sequence[Figure]) -> list[str]:
    """The table below the header."""
    present = [any(f.numbers[i] is not None for f in figures) for i in range(len(NUMBERS))]
    more = [("published", any(f.published for f in figures)), ("note", any(f.note for f in figures))]
    names = ["period", *(n for n, is_there in (*zip(NUMBERS, present), *more) if is_there)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for f in figures:
        numbers = ["" if n is None else write_number(n) for n, is_there in zip(f.numbers, present) if is_there]
        writer.writerow([write_shortest(f.start, f.end), *numbers, *([str(f.published or "")] if more[0][1] else []),
                         *([f.note] if more[1][1] else [])])
    return out.getvalue().splitlines()


def write_shortest(start: date, end: date) -> str:
    """A period in its shortest form."""
    kind = next((kind for kind in ("year", "half-year", "quarter", "month", "week") if (start, end) == around(start, kind)), "day")
    return write_span(start, end, kind)


def _by_days(mapping: ColumnMap) -> str:
    """That a month or a year is as long as it is, where the units differ in their time."""
    times = [str(mapping.get(key, "")).partition("/")[2] for key in ("numbers.unit", "header.unit")]
    return "; on average: each by the days of its own month or year" if times[0] != times[1] and {"month", "year"} & set(times) else ""


def tell_map(mapping: ColumnMap, sheet: Sheet, factor: float) -> list[str]:
    """How a file was read: as the map says, and where it does not, as the file leaves no choice; `factor` is that of the units."""
    numerals = read_numerals(mapping)
    stated = mapping.get("file.delimiter") is not None
    decimal, thousands = numerals.decimal, numerals.thousands
    plain = decimal is None and thousands is None
    marks = "plain digits, a decimal point where it can mean nothing else" if plain else \
        f"decimal mark '{decimal or '.'}', thousands " + (f"'{thousands}'" if thousands else "without a mark")
    dates = f"dates as {mapping.get('period.date')}" if mapping.get("period.date") is not None else "dates that can mean one thing only"
    covers = mapping.get("period.covers")
    text = [f"Read as {sheet.encoding}, cells between {name_delimiter(sheet.delimiter)}"
            + ("" if stated else " (nothing else separates the first line)") + f"; {marks}; {dates}"
            + (f", each standing for: {covers}" if covers else "") + "."]
    if numerals.times != 1.0 or factor != 1.0:
        text.append(f"Each number was multiplied by {numerals.times * factor:g}"
                    + (f" ({mapping.get('numbers.unit')} to {mapping.get('header.unit')}{_by_days(mapping)})." if factor != 1.0 else "."))
    return text
