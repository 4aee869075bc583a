"""Tables: one TOML table being read, every fault collected with its file and line instead of raised at once.

A number is finite and a date lies from 1900 to 2200, unless a reader says otherwise; a value that broke a limit of the file (`located.py`)
is BROKEN by now and no second fault. An entry that was refused is remembered (`is_wrong`): it gets no second fault, and nothing is
concluded from its stand-in.
"""
from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from interlope.errors import BadInput, Fault, nearest
from interlope.text import NAME as ID
from interlope.toml import located
from interlope.toml.located import BROKEN, Located

REQUIRED: Any = object()
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
NAME = re.compile(ID)
RESERVED = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))))  # of Windows
NAME_RULE = "at most 64 letters, digits, '-', '_' and '.', a letter or digit first"
MOST_FAULTS = 1_000  # after which reading stops
MOST_LETTERS = 80  # of a value that a message repeats


def read(path: Path, name: str, faults: list[Fault]) -> Table | None:
    """Read a TOML file; on failure note the faults and return None.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        How messages name it.
    faults : list[Fault]
        List that faults are added to.
    """
    try:
        tree = located.load(path)
    except BadInput as error:
        unreadable = error.faults or (Fault(name, None, str(error), "a TOML file"),)
        faults.extend(replace(fault, file=name) for fault in unreadable)
        return None
    faults.extend(replace(fault, file=name) for fault in tree.faults)
    return Table(tree, tree.data, (), name, faults)


class Table:
    """A table at one key path; a reading method that meets a wrong entry notes a fault and returns a stand-in."""

    def __init__(self, tree: Located, data: Mapping[str, Any], keys: tuple[str | int, ...], file: str,
                 faults: list[Fault], wrong: set[tuple[str | int, ...]] | None = None):
        self.tree, self.data, self.keys, self.file, self.faults = tree, data, keys, file, faults
        self.wrong: set[tuple[str | int, ...]] = set() if wrong is None else wrong
        self.known: set[str] = set()

    def line(self, key: str | None = None) -> int | None:
        """Line of an entry, or of the table's head."""
        line = None if key is None else self.tree.line(*self.keys, key)
        return next((n for n in (line, self.tree.line(*self.keys) if self.keys else None) if n is not None), 1)

    def fault(self, actual: str, expected: str, key: str | None = None, remedy: str = "", cause: str = "") -> None:
        """Note a fault at an entry, unless it was refused already; `cause` is the same for faults that one mistake brings about."""
        if key is not None and self.is_wrong(key):
            return
        self.faults.append(Fault(self.file, self.line(key), actual, expected, remedy, cause))
        if len(self.faults) >= MOST_FAULTS:
            raise BadInput([*self.faults, Fault(self.file, None, f"{MOST_FAULTS:,} faults", "fewer; reading stopped here")])

    def refuse(self, key: str, value: object, expected: str) -> None:
        """Note that the value of an entry is not what is expected, unless a fault says so already."""
        if value is not BROKEN and not (isinstance(value, list) and any(item is BROKEN for item in value)):
            self.fault(f"{key} = {_echo(value)}", expected, key)
        self.wrong.add((*self.keys, key))

    def is_wrong(self, *keys: str) -> bool:
        """True where an entry, or one of the table of that name, was refused; what is read of it is a stand-in."""
        path = (*self.keys, *keys)
        return any(wrong[: len(path)] == path for wrong in self.wrong)

    def has(self, key: str) -> bool:
        """True when the entry is written."""
        return key in self.data

    def take(self, key: str, default: Any = REQUIRED, expected: str = "a value") -> Any:
        """The raw value of an entry; a missing required one is a fault and gives None."""
        self.known.add(key)
        if key in self.data:
            return self.data[key]
        if default is REQUIRED:
            near = nearest(key, [name for name in self.data if name not in self.known])
            self.fault(f"'{key}' missing", expected, remedy=near)
            return None
        return default

    def text(self, key: str, default: Any = REQUIRED, among: Collection[str] | None = None) -> str:
        """A non-empty text, one of `among` where given."""
        value = self.take(key, default, "a text")
        if key not in self.data:
            return "" if value is None else value
        if not isinstance(value, str) or not value.strip():
            self.refuse(key, value, "a text")
            return ""
        if among is not None and value not in among:
            expected = "one of " + ", ".join(among) if among else "none, as there is none to name"
            self.fault(f"{key} '{value}' unknown", expected, key, nearest(value, among))
        return value

    def name(self, key: str, default: Any = REQUIRED) -> str:
        """An id, such that it can name a file on any system and be typed in a command."""
        value = self.text(key, default)
        if value and key in self.data and not is_name(value):
            self.fault(f"{key} {_echo(value)}", NAME_RULE, key)
            return ""
        return value

    def texts(self, key: str, default: Any = REQUIRED) -> tuple[str, ...]:
        """A list of texts, none of them empty and each once."""
        value = self.take(key, default, "a list of texts")
        if value is None:
            return ()
        if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) and item.strip() for item in value):
            self.refuse(key, value, "a list of texts")
            return ()
        if repeated := next((item for i, item in enumerate(value) if item in value[:i]), ""):
            self.fault(f"'{repeated}' twice in {key}", "each text once", key)
        return tuple(value)

    def number(self, key: str, default: Any = REQUIRED, low: float = -math.inf, high: float = math.inf) -> float:
        """A number within [low, high]."""
        expected = "a number" + _range(low, high)
        value = self.take(key, default, expected)
        if key not in self.data:
            return math.nan if value is None else value
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
            self.refuse(key, value, expected)
            return math.nan
        return float(value)

    def integer(self, key: str, default: Any = REQUIRED, low: int = 0, high: int = 10**9) -> int:
        """A whole number within [low, high]; `low` stands in when the entry is wrong."""
        expected = "a whole number" + _range(low, high)
        value = self.take(key, default, expected)
        if key not in self.data:
            return low if value is None else value
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.refuse(key, value, expected)
            return low
        return value

    def numbers(self, key: str, size: int, low: float = -math.inf, default: Any = REQUIRED, high: float = math.inf) -> tuple[float, ...]:
        """A list of `size` numbers within [low, high]."""
        expected = f"{size} numbers" + _range(low, high)
        value = self.take(key, default, expected)
        if value is None:
            return (math.nan,) * size
        right = isinstance(value, (list, tuple)) and len(value) == size
        if not right or not all(isinstance(x, (int, float)) and not isinstance(x, bool) and low <= x <= high for x in value):
            self.refuse(key, value, expected)
            return (math.nan,) * size
        return tuple(float(x) for x in value)

    def flag(self, key: str, default: Any = REQUIRED) -> bool:
        """true or false."""
        value = self.take(key, default, "true or false")
        if value is not None and not isinstance(value, bool):
            self.refuse(key, value, "true or false")
        return bool(value)

    def day(self, key: str, default: Any = REQUIRED) -> date | None:
        """A date without a time of day."""
        value = self.take(key, default, "a date such as 2023-10-25")
        if value is None:
            return None
        if not _is_day(value):
            self.refuse(key, value, "a date such as 2023-10-25, without a time of day")
            return None
        if not _within(value):
            self.refuse(key, value, f"a date from {EARLIEST} to {LATEST}")
            return None
        return value

    def window(self, key: str) -> tuple[date, date] | None:
        """Two dates, the first not after the second."""
        value = self.take(key, REQUIRED, "two dates [from, to]")
        if value is None:
            return None
        if not isinstance(value, list) or len(value) != 2 or not all(map(_is_day, value)) or value[0] > value[1]:
            self.refuse(key, value, "two dates [from, to], the first not later than the second")
            return None
        if not all(map(_within, value)):
            self.refuse(key, value, f"dates from {EARLIEST} to {LATEST}")
            return None
        return value[0], value[1]

    def part(self, key: str, default: Any = REQUIRED) -> Table | None:
        """A table inside this one."""
        value = self.take(key, default, f"a table [{key}]")
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self.refuse(key, value, f"a table [{key}]")
            return None
        return Table(self.tree, value, (*self.keys, key), self.file, self.faults, self.wrong)

    def parts(self, key: str, at_least: int = 0, each: str = "") -> list[Table]:
        """A list of tables inside this one; the entry named `each` must differ from table to table."""
        value = self.take(key, [], f"tables [[{key}]]")
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            self.fault(f"{key} is no list of tables", f"tables [[{key}]]", key)
            return []
        if len(value) < at_least:
            self.fault(f"{len(value)} tables [[{key}]]", f"at least {at_least}")
        tables = [Table(self.tree, item, (*self.keys, key, i), self.file, self.faults, self.wrong) for i, item in enumerate(value)]
        lines: dict[str, int | None] = {}
        for table in tables if each else ():
            value = _echo(table.data.get(each))
            if each in table.data and value in lines:
                table.fault(f"{each} {value} given twice in [[{key}]]", f"each {each} once", each, f"also on line {lines[value]}")
            lines.setdefault(value, table.line(each))
        return tables

    def close(self) -> None:
        """Note every entry that no reader asked for."""
        for key in self.data:
            if key not in self.known:
                among = sorted(self.known)
                self.fault(f"'{key}' unknown", "one of " + ", ".join(among), key, nearest(key, among))


def is_name(text: str) -> bool:
    """Whether a text can name a file on any system and be typed in a command: the rule for ids.

    Parameters
    ----------
    text : str
        Any text.

    Examples
    --------
    >>> is_name("joint-patrols"), is_name("../x"), is_name("a b"), is_name("nul")
    (True, False, False, False)
    """
    return NAME.fullmatch(text) is not None and not text.endswith(".") and text.partition(".")[0].lower() not in RESERVED


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _within(day: date) -> bool:
    return EARLIEST <= day <= LATEST


def _echo(value: object) -> str:
    """A value as a message repeats it: dates as they are written, long ones cut."""
    if isinstance(value, list):
        text = "[" + ", ".join(map(_echo, value[:MOST_LETTERS])) + "]"
    else:
        text = str(value) if isinstance(value, date | time) else repr(value)
    return text if len(text) <= MOST_LETTERS else text[:MOST_LETTERS] + "…"


def _range(low: float, high: float) -> str:
    if low == high:
        return f", {low:g}"
    if low > -math.inf and high < math.inf:
        return f" from {low:g} to {high:g}"
    if low > -math.inf:
        return f" of at least {low:g}"
    return f" of at most {high:g}" if high < math.inf else ""
