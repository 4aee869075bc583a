"""Periods: the figures that an official table would publish next, after the last one known."""
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from interlope.dossier.series import Series, Value, span
from interlope.scenario.case import Case

REGULAR = "none allowed"  # what a table without gaps says of missing figures


def list_ahead(case: Case, months: int) -> tuple[dict[str, Series], dict[str, str]]:
    """Fitted tables of a case with only their figures to come, and those that are left out, with the reason.

    Parameters
    ----------
    case : Case
        As known on its day.
    months : int
        Months after the last known figure of each table.

    Returns
    -------
    ahead : dict of str to Series
        Tables whose `values` are the periods to come; their `value` is NaN.
    left_out : dict of str to str
        Fitted tables that are not forecast.
    """
    ahead, left_out = {}, {}
    for name, series in case.series.items():
        known = series.fitted()
        if not known:
            continue
        spans = _months_after(known[-1], months) if series.period == "month" else _spans_after(series, known, months)
        if spans:
            values = tuple(Value(first, last, float("nan"), None, None, date.max) for first, last in spans)
            ahead[name] = replace(series, values=values)
        else:
            left_out[name] = "its periods have gaps or differ in length, so that the next one is not known"
    return ahead, left_out


def _months_after(last: Value, months: int) -> list[tuple[date, date]]:
    """The calendar months after a figure's period."""
    first = last.end.year * 12 + last.end.month  # the month after, counted from year 0
    return [span(f"{(first + i) // 12:04d}-{(first + i) % 12 + 1:02d}") for i in range(months)]


def _spans_after(series: Series, known: tuple[Value, ...], months: int) -> list[tuple[date, date]]:
    """Periods of equal length that follow each other without a gap; none where the known ones do not."""
    days = known[-1].days
    if series.missing != REGULAR or len({v.days for v in known}) != 1:
        return []
    after = known[-1].end + timedelta(days=1)
    count = max(int(months * 365.25 / 12.0) // days, 1)
    return [(after + timedelta(days=i * days), after + timedelta(days=(i + 1) * days - 1)) for i in range(count)]
