"""Writing: values as TOML, for entries that are added to a user's files without touching what stands there."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time

ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
BARE = re.compile(r"[A-Za-z0-9_-]+")
Value = str | bool | int | float | date | time | Sequence["Value"] | Mapping[str, "Value"]


def write_key(key: str) -> str:
    """A key as TOML: between quotation marks unless it is a bare one, for a dot would part it into two.

    Parameters
    ----------
    key : str
        Any text.

    Returns
    -------
    str

    Examples
    --------
    >>> print(write_key("takeover"), write_key("Rivalry.A"))
    takeover "Rivalry.A"
    """
    return key if BARE.fullmatch(key) else write_value(key)


def write_table(name: str, entries: Iterable[tuple[str, Value]]) -> str:
    """A table, a line for each key; entries without a table's head where its name is empty.

    Parameters
    ----------
    name : str
        Of the table: letters.
    entries : Iterable[tuple[str, Value]]
        Keys and values, in order.

    Returns
    -------
    str

    Examples
    --------
    >>> print(write_table("prior_odds", [("Rivalry.A", {"odds": 1e-12})]))
    [prior_odds]
    "Rivalry.A" = { odds = 1e-12 }
    <BLANKLINE>
    """
    head = f"[{write_key(name)}]\n" if name else ""
    return head + "".join(f"{write_key(key)} = {write_value(value)}\n" for key, value in entries)


def write_value(value: Value) -> str:
    """A value as TOML.

    Parameters
    ----------
    value : str, bool, int, float, date, list or mapping
        What is written; a whole number without a decimal point, whatever its type, and any other one exactly.

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
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{write_key(key)} = {write_value(item)}" for key, item in value.items()) + " }"
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
    return f"{head}[[{name}]]\n{write_table('', entries)}"
