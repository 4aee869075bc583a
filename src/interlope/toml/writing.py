"""Writing: values as TOML, for entries that are added to a user's files without touching what stands there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time

ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
Value = str | bool | int | float | date | time | Sequence["Value"] | Mapping[str, "Value"]


def write_value(value: Value) -> str:
    """A value as TOML.

    Parameters
    ----------
    value : str, bool, int, float, date, list or mapping
        What is written; a whole number without a decimal point, whatever its type.

    Returns
    -------
    str

    Examples
    --------
    >>> print(write_value(["a b", 1200.0, True]))
    ["a b", 1200, true]
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(ESCAPES.get(c) or (c if c.isprintable() else f"\\U{ord(c):08x}") for c in value) + '"'
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(round(value, 10))
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {write_value(item)}" for key, item in value.items()) + " }"
    return "[" + ", ".join(write_value(item) for item in value) + "]"


def write_entry(name: str, entries: Iterable[tuple[str, Value]], comment: str = "") -> str:
    """One entry of an array of tables, a line for each value.

    Parameters
    ----------
    name : str
        Of the array: claim, document.
    entries : Iterable[tuple[str, Value]]
        Keys and values, in order.
    comment : str
        Written above it; none where empty.

    Returns
    -------
    str

    Examples
    --------
    >>> print(write_entry("claim", [("id", "C1"), ("low", 2.5)]))
    [[claim]]
    id = "C1"
    low = 2.5
    <BLANKLINE>
    """
    head = f"# {comment}\n" if comment else ""
    return f"{head}[[{name}]]\n" + "".join(f"{key} = {write_value(value)}\n" for key, value in entries)
