"""Tally: what is asked of a history is added up night by night, so that no history has to be kept.

A reading is one operation on a sum of recorded series over a window of days. The numbers that it has to remember between two
nights stand in its room of the tally; its result is NaN until the window's last night, and stays as it is from then on.
Values are rounded to 32 bits first, as recorded series are, and added in the order of days, so that every result equals
`quantities.reduce` on the recorded series bit for bit. A night visits only the readings whose window holds it.
"""
from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..jit.compile import kernel
from ..quantities import INDEX, OPERATIONS

MONTH, WEEK = 30, 7
OPERATION, FIRST, LAST, ROOM, TERM, AFTER = range(6)
_SUM, _MEAN, _MAX, _MAX_WEEK, _SHARE, _SLOPE, _LAST, _ANY, _ALTERNATIONS, _P95 = np.arange(len(OPERATIONS))


class Reading(NamedTuple):
    """One operation on the sum of (factor, recorded series) over the days first to last, both counted."""

    operation: str
    first: int
    last: int
    terms: tuple[tuple[float, str], ...]


class Table(NamedTuple):
    """All readings as whole numbers, and the factors of their series.

    rows : int64 [n, 6], operation, first and last day, where its room begins, its terms from and before.
    series, factors : of every term, int64 and float64 [t]. live : readings to visit, day by day; those of a day stand in
    live[begins[day] : begins[day + 1]]. cells : length of a tally, results first.
    """

    rows: np.ndarray
    series: np.ndarray
    factors: np.ndarray
    begins: np.ndarray
    live: np.ndarray
    cells: int


def lay_out(readings: Sequence[Reading], days: int) -> Table:
    """Put readings of a world of so many days into a table; a window that leaves these days is never visited.

    Raises
    ------
    KeyError
        When a series is not recorded.
    """
    rows = np.zeros((len(readings), 6), dtype=np.int64)
    terms: list[tuple[float, str]] = []
    place = len(readings)
    by_day: list[list[int]] = [[] for _ in range(days)]
    for i, reading in enumerate(readings):
        if reading.operation not in OPERATIONS:
            raise ValueError(f"operation '{reading.operation}' unknown; expected one of {', '.join(OPERATIONS)}")
        inside = 0 <= reading.first <= reading.last < days
        rows[i] = (OPERATIONS.index(reading.operation), reading.first, reading.last, place, len(terms),
                   len(terms) + len(reading.terms))
        terms.extend(reading.terms)
        if inside:
            place += room(reading.operation, reading.last - reading.first + 1)
            for day in range(reading.last if reading.operation == "last" else reading.first, reading.last + 1):
                by_day[day].append(i)
    begins = np.concatenate([[0], np.cumsum([len(held) for held in by_day])]).astype(np.int64)
    live = np.array([i for held in by_day for i in held], dtype=np.int64)
    series = np.array([INDEX[name] for _, name in terms], dtype=np.int64)
    return Table(rows, series, np.array([factor for factor, _ in terms], dtype=np.float64), begins, live, place)


def room(operation: str, days: int) -> int:
    """Cells that an operation needs between two nights of a window of so many days."""
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
def fold(table, tally, day, today):
    """Add a night to every reading whose window holds it. tally  # float64 [cells]; today  # float64 [series]."""
    for j in range(table.begins[day], table.begins[day + 1]):
        i = table.live[j]
        operation, room, length = table.rows[i, OPERATION], table.rows[i, ROOM], table.rows[i, LAST] - table.rows[i, FIRST] + 1
        x = 0.0
        for k in range(table.rows[i, TERM], table.rows[i, AFTER]):
            x += table.factors[k] * np.float64(np.float32(today[table.series[k]]))
        t = day - table.rows[i, FIRST]
        remember(tally, operation, room, t, length, x)
        if t == length - 1:
            tally[i] = result(tally, operation, room, length, x)


@kernel
def remember(tally, operation, room, t, length, x):
    """Take in the value x of the t-th of the window's days."""
    if t == 0 and operation != _LAST:
        tally[room] = 0.0
    if operation == _SUM or operation == _MEAN:
        tally[room] += x
    elif operation == _MAX:
        tally[room] = x if t == 0 else max(tally[room], x)
    elif operation == _SHARE or operation == _ANY:
        tally[room] += 1.0 if x > 0.0 else 0.0
    elif operation == _SLOPE:
        leaning = x * (t - 0.5 * (length - 1))
        tally[room + 1] = leaning if t == 0 else tally[room + 1] + leaning
        tally[room] += x
    elif operation == _P95:
        insert(tally, room, t, x)
    elif operation == _MAX_WEEK:
        width = min(WEEK, length)
        tally[room + 1 + t % width] = x
        if t >= width - 1:
            total = 0.0
            for day in range(t - width + 1, t + 1):
                total += tally[room + 1 + day % width]
            tally[room] = total / width if t == width - 1 else max(tally[room], total / width)
    elif operation == _ALTERNATIONS:
        months = max(length // MONTH, 1)
        month = t // MONTH
        if month < months:
            tally[room + month] = (0.0 if t % MONTH == 0 else tally[room + month]) + x
            if t == length - 1 or t % MONTH == MONTH - 1:
                insert(tally, room + months, month, tally[room + month])


@kernel
def result(tally, operation, room, length, x):
    """What a reading says on the last night of its window, whose value is x."""
    if operation == _LAST:
        return x
    if operation == _MEAN or operation == _SHARE:
        return tally[room] / length
    if operation == _ANY:
        return 1.0 if tally[room] > 0.0 else 0.0
    if operation == _SLOPE:
        squares = max(length * (length * length - 1) / 12.0, 1.0)
        return tally[room + 1] / squares / max(abs(tally[room] / length), 1e-9) * 365.0
    if operation == _P95:
        place = 0.95 * (length - 1)
        low = int(place)
        high = min(low + 1, length - 1)
        return tally[room + low] + (tally[room + high] - tally[room + low]) * (place - low)
    if operation == _ALTERNATIONS:
        months = max(length // MONTH, 1)
        middle = 0.5 * (tally[room + months + (months - 1) // 2] + tally[room + months + months // 2])
        switches = 0.0
        for month in range(1, months):
            if (tally[room + month] > middle) != (tally[room + month - 1] > middle):
                switches += 1.0
        return switches
    return tally[room]


@kernel
def insert(tally, first, held, x):
    """Put x among the `held` values that stand sorted from `first` on."""
    i = first + held
    while i > first and tally[i - 1] > x:
        tally[i] = tally[i - 1]
        i -= 1
    tally[i] = x
