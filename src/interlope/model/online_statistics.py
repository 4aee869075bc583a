"""Online statistics: summary statistics of a path are accumulated day by day, so that no path has to be stored.

A summary statistic is one operation on a sum of recorded series over a window of days. The numbers that it has to remember between two
days stand in cells of its own; its value is NaN until the window's last day, and stays as it is from then on. Values are rounded to 32
bits first, as recorded series are, and added in the order of days, so that every value equals `quantities.reduce` on the recorded
series bit for bit. A day visits only the statistics whose window holds it.
"""
from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..jit.compile import kernel
from ..quantities import INDEX, OPERATIONS

MONTH, WEEK = 30, 7
OPERATION, FIRST, LAST, START, TERM, AFTER = range(6)
_SUM, _MEAN, _MAX, _MAX_WEEK, _SHARE, _SLOPE, _LAST, _ANY, _ALTERNATIONS, _P95 = np.arange(len(OPERATIONS))


class SummaryStatistic(NamedTuple):
    """One operation on the sum of (factor, recorded series) over the days first to last, both counted."""

    operation: str
    first: int
    last: int
    terms: tuple[tuple[float, str], ...]


class StatisticsTable(NamedTuple):
    """All summary statistics as whole numbers, and the factors of their series.

    Attributes
    ----------
    rows : ndarray
        int64 [n, 6]: operation, first and last day, where its cells start, its terms from and before.
    series, factors : ndarray
        int64 and float64 [t]: the series and the factor of every term.
    begins, live : ndarray
        int64: which statistics to visit; those of a day are live[begins[day] : begins[day + 1]].
    cells : int
        Length of a replicate's accumulators, values first.
    """

    rows: np.ndarray
    series: np.ndarray
    factors: np.ndarray
    begins: np.ndarray
    live: np.ndarray
    cells: int


def lay_out(statistics: Sequence[SummaryStatistic], days: int) -> StatisticsTable:
    """Put summary statistics into a table; one whose window leaves these days is never visited.

    Parameters
    ----------
    statistics : Sequence[SummaryStatistic]
        What is to be accumulated.
    days : int
        Number of simulated days.

    Returns
    -------
    StatisticsTable

    Raises
    ------
    KeyError
        When a series is not recorded.
    ValueError
        When an operation is unknown.
    """
    rows = np.zeros((len(statistics), 6), dtype=np.int64)
    terms: list[tuple[float, str]] = []
    end = len(statistics)
    by_day: list[list[int]] = [[] for _ in range(days)]
    for i, statistic in enumerate(statistics):
        if statistic.operation not in OPERATIONS:
            raise ValueError(f"operation '{statistic.operation}' unknown; expected one of {', '.join(OPERATIONS)}")
        inside = 0 <= statistic.first <= statistic.last < days
        rows[i] = (OPERATIONS.index(statistic.operation), statistic.first, statistic.last, end, len(terms),
                   len(terms) + len(statistic.terms))
        terms.extend(statistic.terms)
        if inside:
            end += count_cells(statistic.operation, statistic.last - statistic.first + 1)
            for day in range(statistic.last if statistic.operation == "last" else statistic.first, statistic.last + 1):
                by_day[day].append(i)
    begins = np.concatenate([[0], np.cumsum([len(visited) for visited in by_day])]).astype(np.int64)
    live = np.array([i for visited in by_day for i in visited], dtype=np.int64)
    series = np.array([INDEX[name] for _, name in terms], dtype=np.int64)
    return StatisticsTable(rows, series, np.array([factor for factor, _ in terms], dtype=np.float64), begins, live, end)


def count_cells(operation: str, days: int) -> int:
    """Cells that an operation needs between two days of a window of so many days."""
    match operation:
        case "last":
            return 0
        case "slope":
            return 2  # the sum, and the sum weighted by time
        case "max_week":
            return 1 + WEEK  # the best week, and the last seven days in a ring
        case "alternations":
            return 2 * max(days // MONTH, 1)  # totals by month as they come, and sorted
        case "p95":
            return days  # all values, sorted
    return 1


@kernel
def accumulate(table, cells, day, today):
    """Add a day to every statistic whose window holds it. cells  # float64 [cells] of a replicate; today  # float64 [series]."""
    for j in range(table.begins[day], table.begins[day + 1]):
        i = table.live[j]
        operation, start, length = table.rows[i, OPERATION], table.rows[i, START], table.rows[i, LAST] - table.rows[i, FIRST] + 1
        x = 0.0
        for k in range(table.rows[i, TERM], table.rows[i, AFTER]):
            x += table.factors[k] * np.float64(np.float32(today[table.series[k]]))
        t = day - table.rows[i, FIRST]
        remember(cells, operation, start, t, length, x)
        if t == length - 1:
            cells[i] = result(cells, operation, start, length, x)


@kernel
def remember(cells, operation, start, t, length, x):
    """Take in the value x of the t-th of the window's days."""
    if t == 0 and operation != _LAST:
        cells[start] = 0.0
    if operation == _SUM or operation == _MEAN:
        cells[start] += x
    elif operation == _MAX:
        cells[start] = x if t == 0 else max(cells[start], x)
    elif operation == _SHARE or operation == _ANY:
        cells[start] += 1.0 if x > 0.0 else 0.0
    elif operation == _SLOPE:
        leaning = x * (t - 0.5 * (length - 1))
        cells[start + 1] = leaning if t == 0 else cells[start + 1] + leaning
        cells[start] += x
    elif operation == _P95:
        insert(cells, start, t, x)
    elif operation == _MAX_WEEK:
        width = min(WEEK, length)
        cells[start + 1 + t % width] = x
        if t >= width - 1:
            total = 0.0
            for day in range(t - width + 1, t + 1):
                total += cells[start + 1 + day % width]
            cells[start] = total / width if t == width - 1 else max(cells[start], total / width)
    elif operation == _ALTERNATIONS:
        months = max(length // MONTH, 1)
        month = t // MONTH
        if month < months:
            cells[start + month] = (0.0 if t % MONTH == 0 else cells[start + month]) + x
            if t == length - 1 or t % MONTH == MONTH - 1:
                insert(cells, start + months, month, cells[start + month])


@kernel
def result(cells, operation, start, length, x):
    """Value of a statistic on the last day of its window, whose value is x."""
    if operation == _LAST:
        return x
    if operation == _MEAN or operation == _SHARE:
        return cells[start] / length
    if operation == _ANY:
        return 1.0 if cells[start] > 0.0 else 0.0
    if operation == _SLOPE:
        squares = max(length * (length * length - 1) / 12.0, 1.0)
        return cells[start + 1] / squares / max(abs(cells[start] / length), 1e-9) * 365.0
    if operation == _P95:
        position = 0.95 * (length - 1)
        low = int(position)
        high = min(low + 1, length - 1)
        return cells[start + low] + (cells[start + high] - cells[start + low]) * (position - low)
    if operation == _ALTERNATIONS:
        months = max(length // MONTH, 1)
        middle = 0.5 * (cells[start + months + (months - 1) // 2] + cells[start + months + months // 2])
        switches = 0.0
        for month in range(1, months):
            if (cells[start + month] > middle) != (cells[start + month - 1] > middle):
                switches += 1.0
        return switches
    return cells[start]


@kernel
def insert(cells, first, count, x):
    """Put x among the `count` values that stand sorted from `first` on."""
    i = first + count
    while i > first and cells[i - 1] > x:
        cells[i] = cells[i - 1]
        i -= 1
    cells[i] = x
