"""Arguments: what is handed over in Python is taken as what it is, or refused in one sentence that names the argument.

numpy whole numbers are whole numbers, timestamps are their day; a float, a text or a truth value is not a count.
"""
from __future__ import annotations

import operator
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from interlope.errors import BadInput

LARGEST = 2**63 - 1


def read_whole(name: str, value: Any, low: int = 0, high: int = LARGEST) -> int:
    """Read a whole number from `low` to `high`.

    Parameters
    ----------
    name : str
        Of the argument.
    value : int, or numpy integer
        What was handed over.
    low, high : int
        Least and largest that is allowed.

    Returns
    -------
    int

    Raises
    ------
    BadInput
        When it is no whole number, or out of range.

    Examples
    --------
    >>> read_whole("seed", 7)
    7
    """
    range_ = f"from {low} to {high:,}" if high < LARGEST else f"of at least {low}"
    try:
        if type(value).__name__ in ("bool", "bool_"):
            raise TypeError
        whole = operator.index(value)
    except TypeError:
        raise BadInput(f"{name} = {_show(value)}; expected a whole number {range_}") from None
    if not low <= whole <= high:
        raise BadInput(f"{name} = {_show(value)}; expected a whole number {range_}")
    return whole


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
            return date.fromisoformat(value)
        if type(value).__name__ == "datetime64":
            value = value.astype("datetime64[D]").item()
        if isinstance(value, datetime):
            value = value.date()  # not a time: this refuses it
        if isinstance(value, date) and value == value:
            return value
    except ValueError:
        pass
    raise BadInput(f"{name} = {_show(value)}; expected a date such as 2030-02-19")


def read_choice(name: str, value: Any, among: Sequence[str]) -> str:
    """Read one of several names.

    Raises
    ------
    BadInput
        When it is none of them.
    """
    if not isinstance(value, str) or value not in among:
        raise BadInput(f"{name} = {_show(value)}; expected one of {', '.join(repr(x) for x in among)}")
    return value


def _show(value: Any) -> str:
    """A value as Python writes it, on one line and not endless."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 80 else f"{text[:77]}..."


def read_probabilities(name: str, value: Any, names: Collection[str]) -> dict[str, float]:
    """Read a probability for each of some names: numbers from 0 to 1 that sum to at most 1.

    Raises
    ------
    BadInput
        When it is no such mapping.

    Examples
    --------
    >>> read_probabilities("probability", {"a": 0.25, "b": 0.75}, ["a", "b"])
    {'a': 0.25, 'b': 0.75}
    """
    try:
        chances = {str(key): float(number) for key, number in value.items()}
    except (AttributeError, TypeError, ValueError):
        chances = {}
    known = chances and set(chances) <= set(names)
    if not known or not all(0.0 <= number <= 1.0 for number in chances.values()) or sum(chances.values()) > 1.0 + 1e-6:
        raise BadInput(f"{name} = {_show(value)}; expected numbers from 0 to 1 for {', '.join(names)} that sum to at most 1")
    return chances
