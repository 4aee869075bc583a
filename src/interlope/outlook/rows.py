"""Rows: a table of figures that came, as rows with their lines and what its header says."""
from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from interlope.dossier.series_lines import split_cells, strip_header
from interlope.dossier.series_rows import COLUMNS
from interlope.errors import BadInput, Fault, nearest
from interlope.manifest import files, stored
from interlope.results.outlook import Forecast

EXPECTED = "columns series, period and value, or a table of a case's series with its '# id:' line"
KNOWN = ("series", "unit", *COLUMNS)  # of a table of figures that came
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
Rows = list[tuple[int, str, str, dict[str, str]]]  # line, series, period and cells of each row


def read_rows(path: Path, forecast: Forecast) -> tuple[Rows, str, str]:
    """Rows of a table with their lines, its whole text, and the series that its header names."""
    if (kind := files.tell_kind(path)) != "a file":
        raise BadInput([Fault(str(path), None, f"is {kind}" if kind else "no such file", f"a CSV file with {EXPECTED}",
                              "give the table of what came")])
    try:
        text = stored.read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput([Fault(str(path), None, f"not UTF-8 ({error})", "a CSV file in UTF-8")]) from error
    lines = [strip_header(line) if line.lstrip('" ').startswith("#") else line for line in text.splitlines()]
    numbered = [(i, line) for i, line in enumerate(lines, 1) if line.strip() and not line.lstrip().startswith("#")]
    text = "\n".join(lines)
    faults: list[Fault] = []
    split = [(line, _split(path, line, row, faults)) for line, row in numbered]
    columns, name = split[0][1] if split else [], _find_id(text, forecast)
    faults += _check_columns(path, numbered[0] if numbered else (None, ""), columns, bool(name))
    if faults:
        raise BadInput(faults)
    if len(split) == 1:
        raise BadInput([Fault(str(path), numbered[0][0], "no row below the names of the columns", "a row for each figure that came")])
    for line, cells in split[1:]:
        if len(cells) > len(columns):
            faults.append(Fault(str(path), line, f"{len(cells)} cells under {len(columns)} columns", "one cell for each column",
                                "write numbers without a mark of thousands, and a text with a comma in quotation marks"))
    if faults:
        raise BadInput(faults)
    rows = [(line, dict(zip_longest(columns, cells, fillvalue=""))) for line, cells in split[1:]]
    return [(line, row.get("series") or name, row["period"], row) for line, row in rows], text, name


def _check_columns(path: Path, first: tuple[int | None, str], columns: list[str], named: bool) -> Iterator[Fault]:
    """Faults of the names of the columns; `named` where the table says which series it is, or only one was forecast."""
    line, row = first
    if len(columns) == 1 and (mark := next((mark for mark in SEPARATORS if mark in row), "")):
        yield Fault(str(path), line, f"cells separated by {SEPARATORS[mark]}", "cells separated by commas, and a decimal point in numbers")
        return
    for i, column in enumerate(columns):
        if column not in KNOWN:
            yield Fault(str(path), line, f"column '{column}' unknown", "one of " + ", ".join(KNOWN),
                        nearest(column, KNOWN) or nearest(column.casefold(), KNOWN))
        elif column in columns[:i]:
            yield Fault(str(path), line, f"column '{column}' given twice", "each column once")
    if not {"period", "value"} <= set(columns) or not ("series" in columns or named):
        yield Fault(str(path), line, f"columns {', '.join(sorted(columns)) or 'none'}", EXPECTED)


def _split(path: Path, line: int, row: str, faults: list[Fault]) -> list[str]:
    """The cells of a line; none, with a fault, where its quotation marks do not match."""
    try:
        return split_cells(row)
    except ValueError as error:
        actual, _, expected = str(error).partition("; expected ")
        faults.append(Fault(str(path), line, actual, expected))
        return []


def _find_id(text: str, forecast: Forecast) -> str:
    """The series that a table's own header names, or the only one that was forecast."""
    only = forecast.series[0].id if len(forecast.series) == 1 else ""
    return find_line(text, "id") or only


def find_line(text: str, wanted: str) -> str:
    """What a table's own header says under a key; empty where it does not."""
    for line in text.splitlines():
        key, _, value = line.lstrip("# ").partition(":")
        if line.lstrip().startswith("#") and key.strip() == wanted:
            return value.strip()
    return ""
