"""Periods: the figures that an official table would publish next, after the last one known."""
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from interlope.dossier.period import MONTHS, around
from interlope.dossier.series import Series, Value
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
        calendar = series.period == "month" or series.period in MONTHS and series.missing == REGULAR
        spans = _calendar_after(known[-1], series.period, months) if calendar else _spans_after(series, known, months)
        if spans:
            values = tuple(Value(first, last, float("nan"), None, None, date.max) for first, last in spans)
            ahead[name] = replace(series, values=values)
        else:
            left_out[name] = "its periods have gaps or differ in length, so that the next one is not known"
    return ahead, left_out


def _calendar_after(last: Value, kind: str, months: int) -> list[tuple[date, date]]:
    """The calendar months, quarters, half-years or years after a figure's period: as many as lie in so many months, one at least."""
    spans, end = [], last.end
    for _ in range(max(months // MONTHS[kind], 1)):
        spans.append(around(end + timedelta(days=1), kind))
        end = spans[-1][1]
    return spans


def _spans_after(series: Series, known: tuple[Value, ...], months: int) -> list[tuple[date, date]]:
    """Periods of equal length that follow each other without a gap; none where the known ones do not."""
    days = known[-1].days
    if series.missing != REGULAR or len({v.days for v in known}) != 1:
        return []
    after = known[-1].end + timedelta(days=1)
    count = max(int(months * 365.25 / 12.0) // days, 1)
    return [(after + timedelta(days=i * days), after + timedelta(days=(i + 1) * days - 1)) for i in range(count)]
