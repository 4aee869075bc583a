"""Periods: the days that a text such as 2023-W41 or 2023-Q2 stands for, and the text of such days.

Weeks are those of ISO 8601, Monday to Sunday, and belong to the year of their Thursday: 2020-W53 ends on 3 January 2021. Both ends of
every period count.
"""
from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

SPANS = "YYYY-MM-DD, YYYY-MM, YYYY, a week YYYY-Www, a quarter YYYY-Qn, a half-year YYYY-Hn, or from/to"
MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}  # length of the periods that follow the calendar
WEEK = 7  # days
_PART = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?|-W([0-9]{2})|-Q([0-9])|-H([0-9]))?")


def span(text: str) -> tuple[date, date]:
    """The first and last day of a period: 2023-10-25, 2023-W43, 2023-10, 2023-Q4, 2023-H2, 2023 or two of these with a slash between.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    tuple[date, date]

    Raises
    ------
    ValueError
        When the text is none of these, or ends before it begins.

    Examples
    --------
    >>> span("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    >>> span("2023-W41")[0].isoformat(), span("2023-W41/2023-Q4")[1].isoformat()
    ('2023-10-09', '2023-12-31')
    """
    text = text.strip()
    if text.count("/") == 1:
        first, _, last = text.partition("/")
        start, end = span(first)[0], span(last)[1]
        if end < start:
            raise ValueError(f"period '{text}' ends before it begins; expected the earlier day first")
        return start, end
    match = _PART.fullmatch(text)
    try:
        if match is not None:
            return _days(*(None if part is None else int(part) for part in match.groups()))
    except (ValueError, OverflowError):
        pass
    raise ValueError(f"period '{text}'; expected {SPANS}")


def _days(year: int | None, month: int | None, day: int | None, week: int | None, quarter: int | None, half: int | None
          ) -> tuple[date, date]:
    """Days of a period from its parts; ValueError where there is no such period."""
    assert year is not None
    if week is not None:
        first = date.fromisocalendar(year, week, 1)
        return first, first + timedelta(days=WEEK - 1)
    if day is not None and month is not None:
        return date(year, month, day), date(year, month, day)
    kind, number = next(((k, n) for k, n in (("month", month), ("quarter", quarter), ("half-year", half)) if n is not None), ("year", 1))
    return calendar_span(year, number, kind)


def calendar_span(year: int, number: int, kind: str) -> tuple[date, date]:
    """First and last day of the n-th month, quarter, half-year or year of a year, counted from 1.

    Raises
    ------
    ValueError
        When the year has no such period.

    >>> calendar_span(2023, 2, "quarter")
    (datetime.date(2023, 4, 1), datetime.date(2023, 6, 30))
    """
    length = MONTHS[kind]
    if not 1 <= number <= 12 // length:
        raise ValueError(f"{kind} {number} of a year")
    last = number * length
    return date(year, last - length + 1, 1), date(year, last, monthrange(year, last)[1])


def around(day: date, kind: str) -> tuple[date, date]:
    """The day, week, month, quarter, half-year or year that a day lies in.

    >>> [d.isoformat() for d in around(date(2021, 1, 3), "week")]
    ['2020-12-28', '2021-01-03']
    """
    if kind == "day":
        return day, day
    if kind == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=WEEK - 1)
    return calendar_span(day.year, (day.month - 1) // MONTHS[kind] + 1, kind)


def write_span(start: date, end: date, kind: str) -> str:
    """Write days as a period of a kind; as a day, or as two days with a slash, where they are none.

    >>> write_span(date(2023, 10, 9), date(2023, 10, 15), "week"), write_span(date(2023, 10, 9), date(2023, 10, 15), "month")
    ('2023-W41', '2023-10-09/2023-10-15')
    """
    if (kind in MONTHS or kind == "week") and (start, end) == around(start, kind):
        number = (start.month - 1) // MONTHS.get(kind, 12) + 1
        week = start.isocalendar()
        return {"week": f"{week.year:04d}-W{week.week:02d}", "month": f"{start.year:04d}-{start.month:02d}",
                "quarter": f"{start.year:04d}-Q{number}", "half-year": f"{start.year:04d}-H{number}"}.get(kind, f"{start.year:04d}")
    return f"{start}" if start == end else f"{start}/{end}"
