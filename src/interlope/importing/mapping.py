"""Mapping: how a table of another shape is to be read: keys, their values, and where each was stated.

A map is a TOML file, or keys and values of the command line (`columns.value=arrivals`), or both; what comes later holds.
"""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from interlope.dossier.series_header import NEEDED, OPTIONAL
from interlope.errors import BadInput, Fault, nearest
from interlope.toml import located
from interlope.toml.writing import write_key

LINE = "command line"
TEXT, WHOLE, NUMBER, FLAG = "a text", "a whole number from 0 to 1,000,000", "a number above 0 and at most 1e9", "true or false"
TEXTS, ANY = "a list of texts", "a text or a list of texts"
COLUMNS = ("period", "until", "value", "low", "high", "published", "note")
COVERS = ("day", "week-to", "week-from", "week", "month", "quarter", "half-year", "year")
ENCODINGS = ("utf-8", "utf-16", "latin-1", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "iso-8859-2", "iso-8859-15")
DELIMITERS = {",": ",", ";": ";", "tab": "\t", "|": "|"}
THOUSANDS = {",": ",", ".": ".", "space": " ", "apostrophe": "'", "none": ""}
HEADER = (*NEEDED, *OPTIONAL)
CHOICES: dict[str, Sequence[str]] = {
    "file.encoding": ENCODINGS, "file.delimiter": tuple(DELIMITERS), "numbers.decimal": (".", ","), "numbers.thousands": tuple(THOUSANDS),
    "period.covers": COVERS, "rows.repeated": ("refuse", "sum")}
KEYS: dict[str, str] = {
    "format": WHOLE, "file.encoding": TEXT, "file.delimiter": TEXT, "file.skip": WHOLE, "file.footer": WHOLE, "file.names": FLAG,
    "file.comment": TEXT, **{f"columns.{name}": TEXT for name in COLUMNS}, "wide.columns": TEXTS, "period.date": TEXT,
    "period.covers": TEXT, "period.months": TEXTS, "published.date": TEXT, "numbers.decimal": TEXT, "numbers.thousands": TEXT,
    "numbers.missing": TEXTS, "numbers.strip": TEXTS, "numbers.times": NUMBER, "numbers.unit": TEXT, "rows.repeated": TEXT,
    **{f"header.{name}": TEXT for name in HEADER}}
WHERE = "rows.where"
MOST = 10**6  # of a whole number


class Entry(NamedTuple):
    """A value of a map, with the file and line where it is stated."""

    value: Any
    file: str
    line: int | None

    @property
    def texts(self) -> set[str]:
        """The text, or those of a list, as cells have them."""
        return {" ".join(text.split()) for text in ([self.value] if isinstance(self.value, str) else self.value)}


@dataclass
class ColumnMap:
    """A map: entries by dotted key; those of `rows.where` by name of the column.

    Attributes
    ----------
    entries : dict of str to Entry
        Of `KEYS`.
    where : dict of str to Entry
        Texts that a column's cell must be one of.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    where: dict[str, Entry] = field(default_factory=dict)

    def get(self, key: str, otherwise: Any = None) -> Any:
        """The value of a key; `otherwise` where it is not stated."""
        assert key in KEYS, key
        return self.entries[key].value if key in self.entries else otherwise

    def fault(self, key: str, actual: str, expected: str, remedy: str = "") -> Fault:
        """A fault at the place of a key, or of the whole map where the key is not stated."""
        entry = self.entries.get(key)
        first = next(iter(self.entries.values()), Entry(None, LINE, None))
        return Fault(entry.file if entry else first.file, entry.line if entry else None, actual, expected, remedy)

    @property
    def header(self) -> dict[str, str]:
        """Lines of the table's header, by key."""
        return {key: str(self.entries[f"header.{key}"].value) for key in HEADER if f"header.{key}" in self.entries}

    def to_toml(self) -> str:
        """The map as TOML, to be used again."""
        groups: dict[str, list[str]] = {"": ["format = 1"]}
        for key in KEYS:
            if key in self.entries and key != "format":
                group, name = key.split(".")
                groups.setdefault(group, []).append(f"{name} = {_quote(self.entries[key].value)}")
        if self.where:
            groups[WHERE] = [f"{write_key(name)} = {_quote(entry.value)}" for name, entry in self.where.items()]
        return "\n".join("\n".join([*([f"\n[{group}]"] if group else []), *rows]) for group, rows in groups.items()) + "\n"


def read_map(words: Sequence[str]) -> ColumnMap:
    """Read the parts of a map in their order: files NAME.toml, and KEY=VALUE.

    Parameters
    ----------
    words : sequence of str
        As the command line gives them.

    Returns
    -------
    ColumnMap

    Raises
    ------
    BadInput
        With every fault of every part.
    """
    mapping, faults = ColumnMap(), list[Fault]()
    for word in words:
        if word.endswith(".toml") and "=" not in word:
            _read_file(Path(word), mapping, faults)
        elif "=" in word:
            _read_pair(word, mapping, faults)
        else:
            faults.append(Fault(LINE, None, f"--map '{word}'", "a file that ends in .toml, or KEY=VALUE such as columns.value=arrivals"))
    if faults:
        raise BadInput(faults)
    return mapping


def _read_file(path: Path, mapping: ColumnMap, faults: list[Fault]) -> None:
    try:
        tree = located.load(path)
    except BadInput as error:
        faults.extend(error.faults or [Fault(str(path), None, str(error), "a map in TOML")])
        return
    faults.extend(tree.faults)
    if tree.data.get("format") != 1:
        faults.append(Fault(str(path), tree.place(("format",)), f"format = {tree.data.get('format')}", "format = 1"))
    for group, values in tree.data.items():
        if group == "format":
            continue
        if not isinstance(values, dict):
            faults.append(_unknown(group, str(path), tree.place((group,))))
            continue
        for name, value in values.items():
            if f"{group}.{name}" == WHERE and isinstance(value, dict):
                for column, texts in value.items():
                    _put(f"{WHERE}.{column}", texts, str(path), tree.place((group, name, column)), mapping, faults)
            else:
                _put(f"{group}.{name}", value, str(path), tree.place((group, name)), mapping, faults)


def _read_pair(word: str, mapping: ColumnMap, faults: list[Fault]) -> None:
    """KEY=VALUE; lists have semicolons between their texts."""
    key, _, text = word.partition("=")
    kind = ANY if key.startswith(f"{WHERE}.") else KEYS.get(key, "")
    value: Any = text
    if kind == WHOLE and re.fullmatch(r"[0-9]{1,6}", text):
        value = int(text)
    elif kind == NUMBER:
        try:
            value = float(text)
        except ValueError:
            pass
    elif kind == FLAG and text in ("true", "false"):
        value = text == "true"
    elif kind == TEXTS or kind == ANY and ";" in text:
        value = text.split(";")
    _put(key, value, LINE, None, mapping, faults)


def _put(key: str, value: Any, file: str, line: int | None, mapping: ColumnMap, faults: list[Fault]) -> None:
    """Put an entry into the map, or note what is wrong with it."""
    is_where = key.startswith(f"{WHERE}.") and len(key) > len(WHERE) + 1
    kind = ANY if is_where else KEYS.get(key, "")
    if not kind:
        faults.append(_unknown(key, file, line))
    elif key.startswith("columns.") and type(value) is int:
        value, kind = f"#{value}", TEXT
    if not kind:
        return
    among = CHOICES.get(key)
    if not _is(value, kind) or (among is not None and value not in among):
        written = _write(value)
        what = f"{key} = {str(value)[:60]!r}" if isinstance(value, str) else f"{key} = {written[:60]}"
        quoted = f'put it in quotation marks: {key} = "{written}"' if kind == TEXT and not isinstance(value, str | list | dict) else ""
        faults.append(Fault(file, line, what, "one of " + ", ".join(f"'{a}'" for a in among) if among else kind,
                            nearest(str(value), among) if among else quoted))
    elif is_where:
        mapping.where[key[len(WHERE) + 1 :]] = Entry(value, file, line)
    else:
        mapping.entries[key] = Entry(value, file, line)


def _is(value: Any, kind: str) -> bool:
    texts = isinstance(value, list) and bool(value) and all(isinstance(v, str) for v in value)
    if kind == WHOLE:
        return type(value) is int and 0 <= value <= MOST
    if kind == NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool) and 0.0 < value <= 1e9
    if kind == FLAG:
        return isinstance(value, bool)
    return texts if kind == TEXTS else isinstance(value, str) and "\n" not in value or (kind == ANY and texts)


def _unknown(key: str, file: str, line: int | None) -> Fault:
    known = (*KEYS, f"{WHERE}.COLUMN")
    return Fault(file, line, f"'{key}' unknown", "a key of a map: " + ", ".join(known), nearest(key, known))


def _write(value: Any) -> str:
    """Any value of a map as its file writes it."""
    if isinstance(value, list):
        return f"[{', '.join(map(_write, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{write_key(key)} = {_write(each)}' for key, each in value.items())}}}"
    return _quote(value) if isinstance(value, bool | int | float | str) else str(value)


def _quote(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_quote, value))}]"
    if isinstance(value, int | float):
        return repr(value)
    escaped = "".join(f"\\u{ord(c):04X}" if ord(c) < 32 or ord(c) == 127 else c for c in value.replace("\\", "\\\\").replace('"', '\\"'))
    return f'"{escaped}"'

