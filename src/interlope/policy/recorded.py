"""Recorded: what official tables give a year for the harms that options are compared on, beside which their levels can be read.

A table is of a harm where it reports the same recorded series. Only one that counts whole, whose periods follow on each other without gap
or overlap, gives a number a year; one that leaves out periods without a figure (`missing: sparse`) gives it where its rows after the last
gap cover a year, and is taken from the first of these on. Any other is named with why it gives none. What a table counts may differ from
what the model counts, in causes and places, and not every case becomes known: the table's definition and its priors of `share` and `rest`
say so.
"""
from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from interlope.dossier.formula import consists_of
from interlope.dossier.series import Series, Value
from interlope.policy.outcome import OUTCOMES, YEAR
from interlope.results.harm import RecordedHarm, RecordedPeriod
from interlope.scenario.case import Case

LEAST, MOST = 364, 366  # days that periods cover together which make a year
SHOWN = 12  # of the last periods, as they are published
SAME = 1e-9  # by how much factors that are one may differ


def list_recorded(case: Case) -> list[RecordedHarm]:
    """List what the case's tables, as known on its day, give a year for each harm.

    Parameters
    ----------
    case : Case
        As known on its day.

    Returns
    -------
    list of RecordedHarm
        In the order of outcomes, the tables of one harm in the order of the case; a harm of which no table speaks has none.
    """
    rows = []
    for outcome in OUTCOMES:
        if outcome.harm:
            wanted = consists_of(outcome.series)
            rows += [row for table in case.series.values() if table.series != "none" and consists_of(table.series).keys() == wanted.keys()
                     and (row := _measure(outcome.name, table, _divide(consists_of(table.series), wanted)))]
    return rows


def _divide(counted: dict[str, float], wanted: dict[str, float]) -> float | None:
    """The one factor by which a sum counts more than another of the same parts; None where parts differ in it."""
    factors = [counted[part] / wanted[part] for part in wanted]
    return factors[0] if factors[0] > 0.0 and max(factors) - min(factors) <= SAME * factors[0] else None


def _measure(outcome: str, table: Series, times: float | None) -> RecordedHarm | None:
    """The last year of a table, or its last periods where none make a year, and the mean of the whole; None where nothing was published."""
    values = sorted(table.latest(), key=lambda v: (v.end, v.start))
    if not values:
        return None
    rows, reason = _cut(table, values), _refuse(table, values, times)
    last = values if reason else _last_year(rows)
    added = last if len(last) == 1 or (table.reduce == "sum" and not reason) else ()
    ranged = any(_is_range(v) for v in last)
    bounded = any(v.low is not None or v.high is not None for v in added)
    return RecordedHarm(
        outcome=outcome, series=table.id, source=table.source, definition=table.definition,
        start=min(v.start for v in last).isoformat(), end=last[-1].end.isoformat(), value=None if reason else _rate(table, last, times),
        since=min(v.start for v in (values if reason else rows)).isoformat(), mean=None if reason else _rate(table, rows, times),
        share=table.share, rest=table.rest, weighed=table.density != "none", days=None if reason else sum(v.days for v in last),
        unit=table.unit, value_published=sum(v.value for v in added) if added and not ranged else None,
        low=sum(_low(v) for v in added) if bounded else None, high=sum(_high(v) for v in added) if bounded else None,
        periods=[_publish(v) for v in values if v.end >= last[0].end][-SHOWN:],
        reason=reason or ("it is published as a range" if ranged else ""))


def _refuse(table: Series, values: Sequence[Value], times: float | None) -> str:
    """Why a table gives no number a year; empty where it does."""
    if times is None:
        return "it adds what this harm consists of with other factors"
    if table.period == "stock":
        return "not a whole count: it states single days"
    if table.reduce not in ("sum", "mean"):
        return f"it states the {table.reduce.replace('_', ' ')} of each period, which is no count"
    rows = _cut(table, values)
    if any(later.start <= earlier.end for earlier, later in zip(rows, rows[1:], strict=False)):
        return "not a whole count: its periods overlap"
    if not _is_sparse(table):
        return "not a whole count: there are gaps between its periods" if len(_follow(values)) < len(values) else ""
    if sum(v.days for v in rows) >= LEAST:
        return ""
    return ("not a whole count: there are gaps between its periods, and those after the last gap make no year" if len(rows) < len(values)
            else "not a whole count: periods without a figure are left out, and those that it has make no year")


def _is_sparse(table: Series) -> bool:
    return table.missing != "none allowed"


def _cut(table: Series, values: Sequence[Value]) -> Sequence[Value]:
    """The periods that count whole: all of them, or those after the last gap where a period without a figure is left out."""
    return _follow(values) if _is_sparse(table) else values


def _follow(values: Sequence[Value]) -> Sequence[Value]:
    """The last periods of which each begins no later than the day after those before it."""
    reached, first = values[0].end, 0
    for i, value in enumerate(values[1:], 1):
        if value.start > reached + timedelta(days=1):
            first = i
        reached = max(reached, value.end)
    return values[first:]


def _last_year(values: Sequence[Value]) -> list[Value]:
    """The last periods that make a year together; where none do, the last that cover as much, or all."""
    for last in reversed(range(len(values))):
        days, years = 0, {}
        for first in range(last, -1, -1):
            days += values[first].days
            if days > MOST:
                break
            if days >= LEAST:
                years[abs(days - YEAR)] = first
        if years:
            return list(values[years[min(years)] : last + 1])
    days, first = 0, len(values)
    while first and days < LEAST:
        first -= 1
        days += values[first].days
    return list(values[first:])


def _rate(table: Series, values: Sequence[Value], times: float | None) -> float | None:
    """Number a year of the harm over some periods; None where one is published as a range, whose middle nobody published."""
    if not times or any(_is_range(v) for v in values):
        return None
    total = sum(v.value * (v.days if table.reduce == "mean" else 1) for v in values)
    return total / table.factor / times / sum(v.days for v in values) * YEAR


def _publish(value: Value) -> RecordedPeriod:
    return RecordedPeriod(start=value.start.isoformat(), end=value.end.isoformat(), value=None if _is_range(value) else value.value,
                          low=value.low, high=value.high)


def _is_range(value: Value) -> bool:
    """Whether two bounds are published and no number between them: a table's reader puts the middle there."""
    return value.low is not None and value.high is not None and value.low < value.high and value.value == (value.low + value.high) / 2


def _low(value: Value) -> float:
    return value.value if value.low is None else value.low


def _high(value: Value) -> float:
    return value.value if value.high is None else value.high
