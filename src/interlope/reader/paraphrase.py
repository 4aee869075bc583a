"""Paraphrase: a proposal's number in our own words; what has no number is put into words by a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NUMBER = "{:,.10g}"
PER = {"day": " a day", "week": " a week", "month": " a month", "year": " a year", "person": " a person", "trip": " a trip"}


def tell_number(values: Mapping[str, Any]) -> str:
    """What a proposal with a number says; empty where it has none.

    Parameters
    ----------
    values : Mapping[str, Any]
        Its keys, as in `proposed.toml`.

    Returns
    -------
    str

    Examples
    --------
    >>> tell_number({"low": 12, "high": 15, "counted": "boats", "per": "week"})
    'between 12 and 15 boats a week'
    >>> tell_number({"high": 1000, "counted": "price", "unit": "EUR/person", "per": "person"})
    'a price of at most 1,000 EUR a person'
    >>> tell_number({"low": 0.6, "high": 0.6, "unit": "1", "cue": "change", "kind": "change"})
    '60% of the level before'
    """
    low, high = values.get("low"), values.get("high")
    if low is None and high is None or values.get("cue") not in (None, "number", "change"):
        return ""
    counted, unit = str(values.get("counted", "")), str(values.get("unit", ""))
    scale, mark = (100, "%") if unit in ("1", "percent") else (1, "")
    number = tell_bounds(low, high, scale, mark)
    if values.get("cue") == "change" and values.get("kind") == "change":
        return f"{f'{counted} at ' if counted else ''}{number} of the level before"
    if counted in ("price", "money"):
        return f"a {'price' if counted == 'price' else 'sum'} of {number} {unit.partition('/')[0]}{PER.get(values.get('per', ''), '')}"
    what = f" of {counted}" if mark and counted else f" {counted}" if counted else ""
    sign = {"up": "a rise of ", "down": "a fall of "}.get(str(values.get("said", "")), "")
    return f"{sign}{number}{what}{PER.get(values.get('per', ''), '')}"


def tell_bounds(low: float | None, high: float | None, scale: float = 1.0, mark: str = "") -> str:
    """A number, or its bounds, in words.

    Examples
    --------
    >>> tell_bounds(1200.0, 1200.0), tell_bounds(None, 0.4, 100, "%")
    ('1,200', 'at most 40%')
    """
    first, last = (None if end is None else NUMBER.format(round(end * scale, 6)) + mark for end in (low, high))
    if first is None or last is None:
        return f"at most {last}" if first is None else f"at least {first}"
    return first if first == last else f"between {first} and {last}"
