"""Tables: what stands behind every figure, written once for the page and once as CSV with full figures."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from interlope.reporting.numerals import MISSING, NOISE, number
from interlope.results.record import Record
from interlope.text import printable

LIVE = tuple("=+-@＝＋－＠")  # a spreadsheet takes a cell that begins so for a formula


def plain(value: Any) -> str:
    """Write any cell: numbers by the house rule, nothing as a dash, true and false as yes and no."""
    if value is None or value == "":
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number(float(value))
    if isinstance(value, list | tuple):
        return ", ".join(plain(v) for v in value) or MISSING
    return str(value)


@dataclass(frozen=True)
class Column:
    """One column: its key in the CSV, its heading on the page, and how a cell is written there."""

    key: str
    head: str
    write: Callable[[Any], str] = plain
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """A captioned table. The first column names the row. `tone` may give a cell a class by its value; with `anchor` each row is a place
    that sentences point at by the root in its first cell.

    A cell that is a record is spread over CSV columns named after the column and the record's fields.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    tone: Callable[[Any], str] | None = field(default=None, compare=False)
    layout: str = ""
    anchor: bool = False

    def cells(self) -> Iterable[list[tuple[Column, str, str]]]:
        """Yield each row as (column, text, class)."""
        for row in self.rows:
            yield [
                (column, column.write(value), self.tone(value) if self.tone else "")
                for column, value in zip(self.columns, row, strict=True)
            ]

    def csv(self) -> str:
        """Return the table as CSV text; a number that is missing or not finite is left blank, and no text is a formula."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        heads = [_heads(c.key, [row[i] for row in self.rows]) for i, c in enumerate(self.columns)]
        writer.writerow([as_text(name) for names in heads for name in names.values()])
        for row in self.rows:
            writer.writerow([_raw(v) for value, names in zip(row, heads, strict=True) for v in _parts(value, names)])
        return out.getvalue()


def _heads(key: str, values: Sequence[Any]) -> dict[str, str]:
    first = next((value for value in values if isinstance(value, Record)), None)
    return {"": key} if first is None else {name: f"{key}.{name}" for name, _ in first}


def _parts(value: Any, names: Iterable[str]) -> list[Any]:
    if "" in names:
        return [value]
    numbers = dict(value) if isinstance(value, Record) else {}
    return [numbers.get(name) for name in names]


def _raw(value: Any) -> Any:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, list | tuple):
        value = "; ".join(str(v) for v in value)
    if isinstance(value, str):
        return as_text(value)
    return 0.0 if isinstance(value, float) and abs(value) < NOISE else value


def as_text(value: str) -> str:
    """Write a text so that no spreadsheet takes it for a formula; a number stays one.

    >>> as_text("=1+1"), as_text("-3.5"), as_text("one\\ttwo")
    ("'=1+1", '-3.5', 'one\\\\ttwo')
    """
    text = printable(value)
    return f"'{text}" if text.startswith(LIVE) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def table(name: str, caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], **options: Any) -> Table:
    """Make a table from any sequences; every row must be as long as the columns are many."""
    cells = tuple(tuple(row) for row in rows)
    wrong = [row for row in cells if len(row) != len(columns)]
    if wrong:
        raise ValueError(f"table '{name}': a row of {len(wrong[0])} cells under {len(columns)} columns")
    return Table(name, caption, tuple(columns), cells, **options)


def fill(columns: Sequence[Column], records: Iterable[object]) -> list[list[Any]]:
    """Return the cells of records: under each column the attribute that its key names."""
    return [[getattr(record, column.key) for column in columns] for record in records]
