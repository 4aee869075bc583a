"""Scanner: the line on which every key of a TOML text begins, in time that grows as the text does.

The standard reader keeps no positions. The scanner goes first and stops where the text breaks a limit, before anything that takes more than
linear time or deep recursion; where the text is not TOML it stops too, and the standard reader says what is wrong.
"""
from __future__ import annotations

import re
import tomllib
from bisect import bisect_right

Keys = tuple[str | int, ...]
DEEPEST = 16  # keys from the top of a file to a value; brackets inside brackets
LONGEST_KEY = 100

_BARE = re.compile(r"[A-Za-z0-9_-]++")
_PLAIN = re.compile(r"[^,\]}#\n]++")
_STRINGS = {
    '"': re.compile(r'"(?:[^"\\\n]++|\\.)*+"'),
    "'": re.compile(r"'[^'\n]*+'"),
    '"""': re.compile(r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+"{3,5}', re.DOTALL),
    "'''": re.compile(r"'''(?:[^']++|'{1,2}(?!'))*+'{3,5}"),
}


class Excess(Exception):
    """A text that goes beyond a limit: what is there, what is expected, and the line."""

    def __init__(self, actual: str, expected: str, line: int):
        super().__init__(actual)
        self.actual, self.expected, self.line = actual, expected, line


class Malformed(Exception):
    """A text that is not TOML."""


class Scanner:
    """Walks TOML text and notes the line on which each key path begins.

    Attributes
    ----------
    lines : dict[Keys, int]
        1-based line of every key path.
    """

    def __init__(self, text: str):
        self.text, self.at, self.depth = text, 0, 0
        self.lines: dict[Keys, int] = {}
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._counts: dict[Keys, int] = {}  # how many tables each [[array]] has had so far

    def document(self) -> None:
        """Walk the whole text.

        Raises
        ------
        Excess
            Where it goes beyond a limit.
        Malformed
            Where it is not TOML.
        """
        current: Keys = ()
        while self._space():
            if self.text.startswith("[[", self.at):
                current = self._head(2)
            elif self.text[self.at] == "[":
                current = self._head(1)
            else:
                self._pair(current)

    def row(self, at: int) -> int:
        """1-based line of a position."""
        return bisect_right(self._ends, at - 1) + 1

    def _space(self) -> bool:
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

    def _head(self, brackets: int) -> Keys:
        start = self.at
        self.at += brackets
        path: Keys = ()
        names = self._dotted("]")
        self.at += brackets
        for i, name in enumerate(names):
            path = (*path, name)
            if brackets == 2 and i == len(names) - 1:
                self._counts[path] = self._counts.get(path, 0) + 1
                self._note(path, start)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        self._note(path, start)
        return path

    def _pair(self, prefix: Keys) -> None:
        start = self.at
        path: Keys = prefix
        for name in self._dotted("="):
            path = (*path, name)
            self._note(path, start)
        self.at += 1
        self._value(path)

    def _dotted(self, stop: str) -> list[str]:
        """The parts of a dotted key; leaves the position on `stop`."""
        names: list[str] = []
        while self.at < len(self.text):
            mark = self.text[self.at]
            if mark in " \t.":
                self.at += 1
            elif mark == stop:
                return names
            else:
                names.append(self._name(mark))
                if len(names) > DEEPEST:
                    raise Excess(f"a key of more than {DEEPEST} parts", f"at most {DEEPEST}", self.row(self.at))
        raise Malformed

    def _name(self, mark: str) -> str:
        """One part of a key, bare or between quotes."""
        start = self.at
        if mark in "\"'":
            self._string()
        else:
            bare = _BARE.match(self.text, self.at)
            if bare is None:  # the standard reader accepts nothing else here
                raise Malformed
            self.at = bare.end()
        if self.at - start > LONGEST_KEY:
            raise Excess(f"a key of {self.at - start:,} letters", f"at most {LONGEST_KEY}", self.row(start))
        text = self.text[start : self.at]
        if mark not in "\"'":
            return text
        try:
            return tomllib.loads("k = " + text)["k"]
        except ValueError as error:
            raise Malformed from error

    def _value(self, path: Keys) -> None:
        if not self._space():
            raise Malformed
        mark = self.text[self.at]
        if mark in "\"'":
            self._string()
        elif mark in "[{":
            self.depth += 1
            if self.depth > DEEPEST:
                raise Excess(f"more than {DEEPEST} brackets inside each other", f"at most {DEEPEST}", self.row(self.at))
            self.at += 1
            self._inside(path, "]" if mark == "[" else "}")
            self.depth -= 1
        else:
            plain = _PLAIN.match(self.text, self.at)
            if plain is None:
                raise Malformed
            self.at = plain.end()

    def _inside(self, path: Keys, close: str) -> None:
        """The entries of an array or of an inline table, and the bracket that closes it."""
        index = 0
        while self._space():
            if self.text[self.at] == close:
                self.at += 1
                return
            if close == "}":
                self._pair(path)
                continue
            self._note((*path, index), self.at)
            self._value((*path, index))
            index += 1
        raise Malformed

    def _string(self) -> None:
        mark = self.text[self.at]
        fence = mark * 3 if self.text.startswith(mark * 3, self.at) else mark
        match = _STRINGS[fence].match(self.text, self.at)
        if match is None:
            raise Malformed
        self.at = match.end()

    def _note(self, path: Keys, at: int) -> None:
        self.lines.setdefault(path, self.row(at))
