"""Files: every channel of a case's files is inspected: texts, keys, numbers beside their key, comments, cells, headers and file names."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from interlope.errors import BadInput
from interlope.guard.declaration import Permission
from interlope.guard.finding import Finding
from interlope.guard.inspection import inspect
from interlope.toml import located
from interlope.toml.located import Located

MOST_FINDINGS = 100  # of one file
BLOCK = 40  # comment lines read together
PLAIN_NUMBER = re.compile(r"-?(?!0\d)\d{1,9}(?:\.\d*)?(?:[eE][-+]?\d+)?")  # a cell that cannot be a phone number
COMMENT = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}|\'\'\'(?:[^\']|\'{1,2}(?!\'))*\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)
DIGESTS = {"fingerprint": re.compile(r"[0-9a-f]{16}"), "sha256": re.compile(r"[0-9a-f]{64}"),
           "sentences": re.compile(r"\d{1,9}-\d{1,9}:[0-9a-f]{16}")}
Keys = tuple[str | int, ...]


class Place(NamedTuple):
    """A finding, the file that holds it and its line."""

    file: Path
    line: int | None
    finding: Finding


def inspect_file(path: Path, name: str, permission: Permission) -> list[Place]:
    """Inspect a file of a case and its name.

    Parameters
    ----------
    path : Path
        A TOML or CSV file.
    name : str
        Its path below the case's folder.
    permission : Permission
        What may be named.

    Returns
    -------
    list of Place
        At most 100, in order of line; nothing of a file that cannot be read, which is a fault of its own.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        parts = list(_toml(located.parse(text, str(path))) if path.suffix == ".toml" else _csv(text))
    except (OSError, UnicodeDecodeError, BadInput):
        parts = []
    cache: dict[str, list[Finding]] = {}
    sites: list[Place] = []
    for line, part in [(None, re.sub(r"\.(?:toml|csv)$", "", name)), *parts]:
        if part not in cache:
            cache[part] = inspect(part, permission)
        sites += [Place(path, None if line is None else line + finding.row, finding) for finding in cache[part]]
        if len(sites) >= MOST_FINDINGS:
            break
    return sorted(sites[:MOST_FINDINGS], key=lambda place: place.line or 0)


def _toml(tree: Located) -> Iterator[tuple[int | None, str]]:
    """Every text of a TOML file with its line."""
    known: set[str] = set()
    rows = tree.text.split("\n")
    for keys, value in _leaves(tree.data, ()):
        for key in keys:
            if isinstance(key, str) and key not in known:
                known.add(key)
                yield _line(tree, keys[: keys.index(key) + 1]), key
        if isinstance(value, str) and _is_fingerprint(keys, value):
            continue
        if isinstance(value, str):
            line = _line(tree, keys)
            opened = line is not None and "\n" in value and rows[line - 1].rstrip().endswith(('"""', "'''"))
            yield (line + 1 if opened and line else line), value
        elif isinstance(value, list):
            yield _line(tree, keys), ", ".join(map(str, value))
        elif isinstance(value, dt.date | dt.time):
            yield _line(tree, keys), str(value)
        elif not isinstance(value, bool) and not PLAIN_NUMBER.fullmatch(str(value)) or _is_position(keys):
            yield _line(tree, keys), f"{next(k for k in reversed(keys) if isinstance(k, str))} = {value}"
    yield from _toml_comments(tree.text)


def _is_fingerprint(keys: Keys, value: str) -> bool:
    """True for a digest under its own key: one in two thousand holds letters or digits that a name or a number is told by."""
    key = next((key for key in reversed(keys) if isinstance(key, str)), "")
    return key in DIGESTS and DIGESTS[key].fullmatch(value) is not None


def _is_position(keys: Keys) -> bool:
    return any(isinstance(key, str) and re.match(r"(?i)(?:lat|lon|lng|latitude|longitude|phone|tel|mobile)(?:_|$)", key) for key in keys)


def _leaves(value: Any, keys: Keys) -> Iterator[tuple[Keys, Any]]:
    """Values with their key paths; two numbers in a list are one value, as they may be a position."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*keys, key))
        if not value and keys:
            yield keys, ""
    elif isinstance(value, list) and len(value) in (2, 3) and all(type(item) in (int, float) for item in value):
        yield keys, value
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _leaves(item, (*keys, i))
    else:
        yield keys, value


def _toml_comments(text: str) -> Iterator[tuple[int, str]]:
    """Comments with their lines; comment lines below each other are read together, as a name may be broken between them."""
    line, at = 1, 0
    whole: list[tuple[int, str]] = []
    for match in COMMENT.finditer(text):
        if not match[0].startswith("#"):
            continue
        line, at = line + text.count("\n", at, match.start()), match.start()
        begin = text.rfind("\n", 0, at) + 1
        if text[begin:at].strip():
            yield line, match[0].lstrip("# ")
        else:
            whole.append((line, match[0].lstrip("# ")))
    yield from _blocks(whole)


def _blocks(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Texts of lines that follow each other, joined."""
    block: list[str] = []
    first = 0
    for line, text in lines:
        if block and (line != first + len(block) or len(block) == BLOCK):
            yield first, "\n".join(block)
            block = []
        if not block:
            first = line
        block.append(text)
    if block:
        yield first, "\n".join(block)


def _csv(text: str) -> Iterator[tuple[int, str]]:
    """Header lines, comments and cells of a table; numbers are told from phone numbers by their digits."""
    rows = text.split("\n")
    yield from _blocks([(i, row.lstrip("# ")) for i, row in enumerate(rows, 1) if row.lstrip().startswith("#")])
    for line, row in enumerate(rows, 1):
        if not row or row.lstrip().startswith("#"):
            continue
        try:
            cells = next(csv.reader([row]), [])  # no cell goes on in the next line: the tables' own readers refuse that
        except csv.Error:
            cells = [row]
        for cell in cells:
            if cell and not PLAIN_NUMBER.fullmatch(cell.strip()):
                yield line, f"number is {cell}" if re.fullmatch(r"\s*[+0]?\d{9,}\s*", cell) else cell


def _line(tree: Located, keys: Keys) -> int | None:
    """Line of a key path or of the nearest table around it."""
    while keys:
        line = tree.line(*keys)
        if line is not None:
            return line
        keys = keys[:-1]
    return None
