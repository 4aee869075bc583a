"""Located: a TOML file read once for its values and once for the line on which each of them stands.

The standard reader keeps no positions for valid files, so a small scanner follows the keys; it trusts the standard
reader to have refused anything malformed.
"""
from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interlope.errors import BadInput, Fault

Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Located:
    """A parsed TOML tree and the line of every key path.

    Attributes
    ----------
    file : str
        How messages name it.
    data : dict[str, Any]
        The plain tree.
    lines : dict[Keys, int]
        Key path -> 1-based line.
    text : str
        The file as read.
    """

    file: str
    data: dict[str, Any]
    lines: dict[Keys, int]
    text: str

    def line(self, *keys: str | int) -> int | None:
        """1-based line of a key path such as ("claim", 3, "series"), or None when it is not in the file."""
        return self.lines.get(keys)

    def strings(self) -> Iterator[tuple[Keys, str]]:
        """Every text value with its key path, in file order."""
        return _strings(self.data, ())


def load(path: str | Path) -> Located:
    """Read a TOML file with the line of every key.

    Parameters
    ----------
    path : str or Path
        The file.

    Returns
    -------
    Located

    Raises
    ------
    BadInput
        When the file is missing, is not UTF-8 or is not TOML; the fault names the line where TOML broke.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "a.toml"
    >>> _ = file.write_text('format = 1\\n[[claim]]\\nid = "C01"\\n', encoding="utf-8")
    >>> load(file).line("claim", 0, "id")
    3
    """
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise BadInput([Fault(str(path), None, "no such file", "a readable TOML file")]) from None
    except UnicodeDecodeError as error:
        raise BadInput([Fault(str(path), None, f"byte {error.start} is not UTF-8", "a TOML file in UTF-8")]) from None
    except OSError as error:
        raise BadInput([Fault(str(path), None, error.strerror or "unreadable", "a readable TOML file")]) from None
    return parse(text, str(path))


def parse(text: str, file: str = "text") -> Located:
    """Read TOML text with the line of every key; `file` is how messages name it.

    Parameters
    ----------
    text : str
        The text.
    file : str, default 'text'
        How messages name the text.

    Returns
    -------
    Located

    Raises
    ------
    BadInput
        When the text is not TOML.
    """
    text = text.replace("\r\n", "\n")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        reason = re.sub(r"\s*\(at [^)]*\)", "", str(error))
        raise BadInput([Fault(file, line, reason[:1].lower() + reason[1:], "valid TOML")]) from None
    scanner = _Scanner(text)
    scanner.document()
    return Located(file, data, scanner.lines, text)


def _strings(value: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _strings(item, (*keys, name))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _strings(item, (*keys, i))


class _Scanner:
    """Walks valid TOML text and notes the line on which each key path begins."""

    def __init__(self, text: str):
        self.text, self.at = text, 0
        self.lines: dict[Keys, int] = {}
        self.counts: dict[Keys, int] = {}  # how many tables each [[array]] has had so far

    def document(self) -> None:
        current: Keys = ()
        while self.space():
            if self.text.startswith("[[", self.at):
                current = self.head(2)
            elif self.text[self.at] == "[":
                current = self.head(1)
            else:
                self.pair(current)

    def space(self) -> bool:
        """Skip blanks, line ends, commas and comments; False at the end of the text."""
        while self.at < len(self.text):
            if self.text[self.at] == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            elif self.text[self.at] in " \t\n\r,":
                self.at += 1
            else:
                return True
        return False

    def head(self, brackets: int) -> Keys:
        start = self.at
        self.at += brackets
        path: Keys = ()
        names = self.dotted("]")
        self.at += brackets
        for i, name in enumerate(names):
            path = (*path, name)
            last = i == len(names) - 1
            if brackets == 2 and last:
                self.counts[path] = self.counts.get(path, 0) + 1
                self.note(path, start)
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        self.note(path, start)
        return path

    def pair(self, prefix: Keys) -> None:
        start = self.at
        path: Keys = prefix
        for name in self.dotted("="):
            path = (*path, name)
            self.note(path, start)
        self.at += 1
        self.value(path)

    def dotted(self, stop: str) -> list[str]:
        """The parts of a dotted key; leaves the position on `stop`."""
        names: list[str] = []
        while True:
            while self.text[self.at] in " \t.":
                self.at += 1
            if self.text[self.at] == stop:
                return names
            if self.text[self.at] in "\"'":
                start = self.at
                self.string()
                names.append(tomllib.loads("k = " + self.text[start:self.at])["k"])
            else:
                bare = re.compile(r"[A-Za-z0-9_-]+").match(self.text, self.at)
                if bare is None:  # the standard reader accepts nothing else here
                    raise ValueError(f"no key at character {self.at}")
                names.append(bare[0])
                self.at = bare.end()

    def value(self, path: Keys) -> None:
        self.space()
        mark = self.text[self.at]
        if mark in "\"'":
            self.string()
        elif mark == "[":
            self.at += 1
            index = 0
            while self.space() and self.text[self.at] != "]":
                self.note((*path, index), self.at)
                self.value((*path, index))
                index += 1
            self.at += 1
        elif mark == "{":
            self.at += 1
            while self.space() and self.text[self.at] != "}":
                self.pair(path)
            self.at += 1
        else:
            while self.at < len(self.text) and self.text[self.at] not in ",]}#\n":
                self.at += 1

    def string(self) -> None:
        mark = self.text[self.at]
        fence = mark * 3 if self.text.startswith(mark * 3, self.at) else mark
        self.at += len(fence)
        while not self.text.startswith(fence, self.at):
            self.at += 2 if mark == '"' and self.text[self.at] == "\\" else 1
        self.at += len(fence)
        while len(fence) == 3 and self.text.startswith(mark, self.at):  # quotes that close a long string may be doubled
            self.at += 1

    def note(self, path: Keys, at: int) -> None:
        self.lines.setdefault(path, self.text.count("\n", 0, at) + 1)
