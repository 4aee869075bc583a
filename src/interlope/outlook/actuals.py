"""Actuals: the figures that came, read from a table, each for a period that was forecast."""
from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from interlope import quantities, units
from interlope.dossier.formula import beyond, is_whole, terms
from interlope.dossier.period import span
from interlope.dossier.series import per_period
from interlope.dossier.series_lines import has_mark_of_thousands
from interlope.dossier.series_rows import GREATEST
from interlope.errors import BadInput, Fault, nearest
from interlope.outlook.rows import find_line, read_rows
from interlope.results.outlook import Forecast, ForecastSeries

PURE = ("1", "percent")  # the units that turn into each other here; what a count or an amount is stated in is a definition of its own
OPPOSED, REMARKED = ("series", "reduce"), ("source", "definition")  # headers of a table that have to agree, and that are noted


def read(path: Path, forecast: Forecast) -> dict[tuple[str, str], float]:
    """Read figures that came.

    Parameters
    ----------
    path : Path
        A CSV file with columns `series`, `period` and `value`, or a table as a case's `series/` holds it, whose `# id:` line names the
        series. Lines that begin with # are remarks; periods and series that were not forecast are passed over; of several editions of a
        period the one published last counts. A column `unit`, or the table's `# unit:` line, has to be the unit of the forecast; shares
        are converted from percent and back.
    forecast : Forecast
        What they are for.

    Returns
    -------
    dict of (series, period) to float
        In the unit of the series.

    Raises
    ------
    BadInput
        When the file cannot be read, a value is no number of at least 0, or no whole number of what is counted, is greater than any can
        be, was published before its period ended, is given twice on one day or in another unit, or nothing in it was forecast.
    """
    rows, text, name = read_rows(path, forecast)
    unit, faults = find_line(text, "unit"), list(_refuse_other(path, text, name, forecast))
    about = {s.id: s for s in forecast.series}
    wanted = {(f.series, f.period) for f in forecast.figures}
    lag = find_line(text, "published_lag_days")
    figures: dict[tuple[str, str], tuple[date, float]] = {}
    for line, series, period, row in rows:
        key = series, period
        if key not in wanted:
            continue
        factor = _convert(row.get("unit") or unit, about[series].unit)
        value, before = _number(row["value"]), len(faults)
        faults += (Fault(str(path), line, *fault) for fault in _refuse_value(row, unit, about[series]))
        published = _published(path, line, row, lag, faults)
        if len(faults) > before or value is None or factor is None or published is None:
            continue
        if key in figures and figures[key][0] == published:
            faults.append(Fault(str(path), line, f"{series}, {period} a second time, published on the same day ({published})",
                                "one figure for each period", "a revised figure has a later day of publication, and the last one counts"))
        elif key not in figures or published > figures[key][0]:
            figures[key] = published, value * factor
    if faults:
        raise BadInput(faults)
    if not figures:
        raise BadInput([_tell_nothing(path, [row for *_, row in rows], name, forecast)])
    return {key: value for key, (_, value) in figures.items()}


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
    rows, text, name = read_rows(path, forecast)
    about = {s.id: s for s in forecast.series}
    notes = []
    for key in REMARKED:
        stated, forecasted = find_line(text, key), getattr(about.get(name), key, "")
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


def _refuse_value(row: dict[str, str], unit: str, about: ForecastSeries) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a figure, what was expected and what to do, as `check` says it of a table: the first fault of each row."""
    stated, text = row.get("unit") or unit, row["value"] or ""
    factor, value = _convert(stated, about.unit), _number(text)
    low, high = _number(row.get("low", "")), _number(row.get("high", ""))
    marked = has_mark_of_thousands(text)
    if factor is None:
        yield f"unit '{stated}' of {about.id}", f"'{about.unit}', as it was forecast", "state the figures in that unit"
    elif value is None:
        yield f"value '{text[:40]}'", "a number of at least 0", ""
    elif value * factor > (most := _find_most(about, *span(row["period"]))):
        yield f"value {text[:40]} of {about.id}", f"at most {most / factor:g}", "no figure of this kind can be greater"
    elif is_whole(about.series, about.unit, about.reduce) and (value != int(value) or marked):
        yield (f"value {text} of {about.id}, counted in {about.unit}", "a whole number", "leave marks of thousands out" if marked else "")
    elif low is not None and high is not None and low > high:
        yield f"low {low:g} above high {high:g}", "low not above high", ""
    elif outside := [f"{end} {row[end]}" for end in ("low", "high") if _is_outside(value, end, row.get(end, ""))]:
        yield f"value {value:g} outside its range ({', '.join(outside)})", "a value not below low and not above high", ""


def _find_most(about: ForecastSeries, start: date, end: date) -> float:
    """The greatest figure that a table can have of some days; of a forecast that does not say what it reports, of any."""
    try:
        recorded = quantities.QUANTITIES[quantities.terms(about.series)[0][1]].unit
        unit = about.unit.partition("/")[0] if per_period(about.unit, about.reduce) else about.unit
        days, factor = (end - start).days + 1, units.factor(recorded, about.reduce, unit)
        bounds = quantities.bounds(about.series, about.reduce, days)[1], beyond(about.series, about.reduce, days)
    except (KeyError, ValueError):
        return GREATEST
    return min(GREATEST, *(bound * factor for bound in bounds))


def _published(path: Path, line: int, row: dict[str, str], lag: str, faults: list[Fault]) -> date | None:
    """The day on which a figure became known: as its row says, else the header's lag after its period; None with a fault."""
    text, end = row.get("published", ""), span(row["period"])[1]
    try:
        first, last = span(text) if text else (end + timedelta(days=int(lag or 0)),) * 2
    except (ValueError, OverflowError):
        first, last = date.min, date.max
    if first != last:
        faults.append(Fault(str(path), line, f"published '{text}'" if text else f"published_lag_days '{lag}'",
                            "a date such as 2023-10-25" if text else "a whole number of days"))
        return None
    if first < end:
        faults.append(Fault(str(path), line, f"published {first} before its period ends ({end})", "the day it became known",
                            "a count of part of a period is no figure of it"))
        return None
    return first


def _refuse_other(path: Path, text: str, name: str, forecast: Forecast) -> Iterator[Fault]:
    """A fault for each header of a table by which it counts something else than what was forecast."""
    about = next((s for s in forecast.series if s.id == name), None)
    for key in OPPOSED if about is not None else ():
        stated, forecasted = find_line(text, key), getattr(about, key)
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
