"""Days: one way of writing a day, and what Python hands over as one."""
from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from interlope.arguments import UNREADABLE, show
from interlope.errors import BadInput

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parse_day(text: str) -> date:
    """Read a day written as 2030-02-19 and in no other way: what is a week, or eight digits, is a mistake more often than a day.

    Parameters
    ----------
    text : str
        As typed.

    Raises
    ------
    ValueError
        When it is written otherwise, or there is no such day.

    Examples
    --------
    >>> parse_day("2030-02-19")
    datetime.date(2030, 2, 19)
    """
    if not _DAY.fullmatch(text):
        raise ValueError(f"'{text}' is no day; expected YYYY-MM-DD")
    return date.fromisoformat(text)


def read_day(name: str, value: Any) -> date:
    """Read a date, a datetime, a numpy or pandas timestamp, or a text such as 2030-02-19, as its day.

    Raises
    ------
    BadInput
        When it is none of these.

    Examples
    --------
    >>> read_day("as_of", datetime(2030, 2, 19, 12))
    datetime.date(2030, 2, 19)
    """
    try:
        if isinstance(value, str):
            return parse_day(value)
        if type(value).__name__ == "datetime64":
            if any(f"[{unit}]" in value.dtype.str for unit in "YMW"):
                raise ValueError  # a year, month or week is no day
            value = value.astype("datetime64[D]").item()
        if isinstance(value, datetime):
            value = value.date()  # not a time: this refuses it
        if isinstance(value, date) and value == value:
            return value
    except UNREADABLE:
        pass
    raise BadInput(f"{name} = {show(value)}; expected a date such as 2030-02-19")
