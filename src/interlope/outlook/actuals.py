"""Actuals: the figures that came, read from a table, each for a period that was forecast."""
from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

from interlope import units
from interlope.dossier.formula import is_whole, terms
from interlope.dossier.period import span
from interlope.dossier.series_lines import has_mark_of_thousands, split_cells, strip_header
from interlope.dossier.series_rows import COLUMNS
from interlope.errors import BadInput, Fault, nearest
from interlope.manifest import files, stored
from interlope.results.outlook import Forecast, ForecastSeries

EXPECTED = "columns series, period and value, or a table of a case's series with its '# id:' line"
KNOWN = ("series", "unit", *COLUMNS)  # of a table of figures that came
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
PURE = ("1", "percent")  # the units that turn into each other here; what a count or an amount is stated in is a definition of its own
OPPOSED, REMARKED = ("series", "reduce"), ("source", "definition")  # headers of a table that have to agree, and that are noted
Rows = list[tuple[int, str, str, dict[str, str]]]  # line, series, period and cells of each row


def read(path: Path, forecast: Forecast) -> dict[tuple[str, str], float]:
    """Read figures that came.

    Parameters
    ----------
    path : Path
        A CSV file with columns `series`, `period` and `value`, or a table as a case's `series/` holds it, whose `# id:` line names the
        series. Lines that begin with # are remarks; periods and series that were not forecast are passed over. A column `unit`, or the
        table's `# unit:` line, has to be the unit of the forecast; shares are converted from percent and back.
    forecast : Forecast
        What they are for.

    Returns
    -------
    dict of (series, period) to float
        In the unit of the series.

    Raises
    ------
    BadInput
        When the file cannot be read, a value is no number of at least 0, or no whole number of what is counted, is given twice or in
        another unit, or nothing in it was forecast.
    """
    rows, text, name = _read_rows(path, forecast)
    unit, faults = _find_line(text, "unit"), list(_refuse_other(path, text, name, forecast))
    about = {s.id: s for s in forecast.series}
    counted = {s.id: is_whole(s.series, s.unit, s.reduce) for s in forecast.series}  # not known of forecasts of before series were written
    wanted = {(f.series, f.period) for f in forecast.figures}
    figures: dict[tuple[str, str], float] = {}
    for line, series, period, row in rows:
        key = series, period
        if key not in wanted:
            continue
        value, expected = _number(row["value"]), about[series].unit
        factor = _convert(row.get("unit") or unit, expected)
        if factor is None:
            faults.append(Fault(str(path), line, f"unit '{row.get('unit') or unit}' of {series}", f"'{expected}', as it was forecast",
                                "state the figures in that unit"))
        elif value is None:
            faults.append(Fault(str(path), line, f"value '{(row['value'] or '')[:40]}'", "a number of at least 0"))
        elif counted[series] and (value != int(value) or has_mark_of_thousands(row["value"])):
            faults.append(Fault(str(path), line, f"value {row['value']} of {series}, counted in {expected}", "a whole number",
                                "leave marks of thousands out" if has_mark_of_thousands(row["value"]) else ""))
        elif outside := [f"{end} {row[end]}" for end in ("low", "high") if _is_outside(value, end, row.get(end, ""))]:
            faults.append(Fault(str(path), line, f"value {value:g} outside its range ({', '.join(outside)})",
                                "a value not below low and not above high"))
        elif key in figures:
            faults.append(Fault(str(path), line, f"{series}, {period} a second time", "one figure for each period, the one published last"))
        else:
            figures[key] = value * factor
    if faults:
        raise BadInput(faults)
    if not figures:
        raise BadInput([_tell_nothing(path, [row for *_, row in rows], name, forecast)])
    return figures


def remark(path: Path, forecast: Forecast) -> tuple[list[str], list[str]]:
    """List what a table of figures that came says otherwise than the forecast, and its rows that match nothing.

    Parameters
    ----------
    path : Path
        A table that `read` takes.
    forecast : Forecast
        What it is for.

    Returns
    -------
    tuple of (list of str, list of str)
        Notes on another source or definition; and rows, with their line, whose table or period was not forecast. Rows of days that were
        known when the forecast was written are none of them.
    """
    rows, text, name = _read_rows(path, forecast)
    about = {s.id: s for s in forecast.series}
    notes = []
    for key in REMARKED:
        stated, forecasted = _find_line(text, key), getattr(about.get(name), key, "")
        if stated and forecasted and stated.split() != forecasted.split():
            notes.append(f"{name}: {key} '{stated}', and '{forecasted}' when it was forecast")
    wanted = {(f.series, f.period) for f in forecast.figures}
    left = [(line, series, period) for line, series, period, _ in rows if (series, period) not in wanted]
    return notes, [f"line {line}: {series}, {period}" for line, series, period in left
                   if series not in about or not _is_known(about[series], period)]


def tell_unchecked(scored: Iterable[str], forecast: Forecast) -> list[str]:
    """Say of each scored table what its forecast does not hold, and that nobody can compare with what came.

    Parameters
    ----------
    scored : iterable of str
        Ids of the tables that were scored.
    forecast : Forecast
        As it was written.

    Returns
    -------
    list of str
        One sentence for each table whose forecast is of before its series, reduction and source were kept; none of any other.
    """
    names = set(scored)
    absent = {s.id: [key for key in (*OPPOSED, "source") if not getattr(s, key)] for s in forecast.series if s.id in names}
    return [f"the forecast does not say {', '.join(keys)} of {name}, as it is of before they were kept: whether the table counts the same "
            "could not be checked" for name, keys in absent.items() if keys]


def _is_known(series: ForecastSeries, period: str) -> bool:
    """Whether a period ends before the figures to come begin."""
    try:
        return span(period)[1] <= series.last_known
    except ValueError:
        return False


def _read_rows(path: Path, forecast: Forecast) -> tuple[Rows, str, str]:
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


def _refuse_other(path: Path, text: str, name: str, forecast: Forecast) -> Iterator[Fault]:
    """A fault for each header of a table by which it counts something else than what was forecast."""
    about = next((s for s in forecast.series if s.id == name), None)
    for key in OPPOSED if about is not None else ():
        stated, forecasted = _find_line(text, key), getattr(about, key)
        if stated and forecasted and not _same(stated, forecasted):
            line = next(i for i, row in enumerate(text.splitlines(), 1) if row.lstrip("# ").partition(":")[0].strip() == key)
            yield Fault(str(path), line, f"{key} '{stated}' of {name}", f"'{forecasted}', as it was forecast",
                        "give the table that was forecast: figures of another count score nothing")


def _same(one: str, other: str) -> bool:
    """Whether two texts are the same sum of recorded series, or the same word.

    >>> _same("prevented + detained", "detained + prevented"), _same("sum", "mean")
    (True, False)
    """
    try:
        return sorted(terms(one)) == sorted(terms(other))
    except (KeyError, ValueError):
        return one.split() == other.split()


def _find_id(text: str, forecast: Forecast) -> str:
    """The series that a table's own header names, or the only one that was forecast."""
    only = forecast.series[0].id if len(forecast.series) == 1 else ""
    return _find_line(text, "id") or only


def _find_line(text: str, wanted: str) -> str:
    """What a table's own header says under a key; empty where it does not."""
    for line in text.splitlines():
        key, _, value = line.lstrip("# ").partition(":")
        if line.lstrip().startswith("#") and key.strip() == wanted:
            return value.strip()
    return ""


def _convert(stated: str, forecast: str) -> float | None:
    """Factor from a stated unit to that of the forecast; None where the two are not the same thing.

    >>> _convert("", "persons"), _convert("percent", "1"), _convert("persons/day", "persons/month")
    (1.0, 0.01, None)
    """
    one, other = stated.replace(" ", ""), forecast.replace(" ", "")
    if one in ("", other):
        return 1.0
    return units.parse(one).factor / units.parse(other).factor if {one, other} <= set(PURE) else None


def _number(text: str | None) -> float | None:
    try:
        value = units.number(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and value >= 0.0 else None


def _is_outside(value: float, end: str, text: str) -> bool:
    """Whether a bound of a range leaves out the value beside it."""
    bound = _number(text)
    return bound is not None and (value < bound if end == "low" else value > bound)


def _tell_nothing(path: Path, rows: list[dict[str, str]], name: str, forecast: Forecast) -> Fault:
    """The fault of a file in which nothing was forecast."""
    first, ids = forecast.figures[0], [s.id for s in forecast.series]
    given = (rows[0].get("series") or name) if rows else ""
    remedy = nearest(given, ids) if given and given not in ids else ""
    return Fault(str(path), None, "no figure for a period that was forecast", f"such as {first.series}, {first.period}", remedy or "")
