"""Located: a TOML file read once for its values and once for the line on which each of them stands.

Every value is held to limits here, once for all files: numbers are finite and fit 64 bits, texts and lists end somewhere.
"""
from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from interlope.errors import BadInput, Fault
from interlope.text import printable
from interlope.toml.scanner import Excess, Keys, Malformed, Scanner

MOST_BYTES = 2**19  # of one file
SHORT = 2**16  # letters of a text that is remembered once read
LONGEST_TEXT = 4_000  # letters of one text
MOST_ENTRIES = 1_000  # of one list or table
SHOWN = 40  # letters of a line that is repeated in a fault
# what steers a terminal or turns text round: C0 but line end and tab, DEL, C1, bidirectional embeddings, overrides and isolates
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
BROKEN = math.nan  # stands where a number is not finite or too large; the fault is noted already
WIDEST = 10**18  # what a whole number stays below: it fits 64 bits


@dataclass(frozen=True)
class Located:
    """A parsed TOML tree and the line of every key path.

    Attributes
    ----------
    file : str
        How messages name it.
    data : dict[str, Any]
        The plain tree; BROKEN stands where a number is not finite or too large.
    lines : dict[Keys, int]
        Key path -> 1-based line.
    text : str
        The file as read.
    faults : tuple[Fault, ...]
        Values beyond the limits that hold for every file.
    """

    file: str
    data: dict[str, Any]
    lines: dict[Keys, int]
    text: str
    faults: tuple[Fault, ...] = field(default=())

    def line(self, *keys: str | int) -> int | None:
        """1-based line of a key path such as ("claim", 3, "series"), or None when it is not in the file."""
        return self.lines.get(keys)

    def place(self, keys: Keys) -> int | None:
        """1-based line of a key path, or else of the nearest one around it."""
        return next((line for n in range(len(keys), 0, -1) if (line := self.lines.get(keys[:n])) is not None), None)

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
        When the file is missing, too large, not UTF-8 or not TOML; the fault names the line where TOML broke.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "a.toml"
    >>> _ = file.write_text('format = 1\\n[[claim]]\\nid = "C01"\\n', encoding="utf-8")
    >>> load(file).line("claim", 0, "id")
    3
    """
    path, content = Path(path), b""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise BadInput([Fault(str(path), None, "a folder" if path.is_dir() else "no ordinary file", "a readable TOML file")])
        if size > MOST_BYTES:
            raise BadInput([Fault(str(path), None, f"{size:,} bytes", f"at most {MOST_BYTES:,} bytes (512 KiB)")])
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except FileNotFoundError:
        raise BadInput([Fault(str(path), None, "no such file", "a readable TOML file")]) from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInput([Fault(str(path), line, f"byte {error.start} is not UTF-8", "a TOML file in UTF-8", "save it as UTF-8")]) from None
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
        When the text is not TOML, or nested too deeply.
    """
    text = text.replace("\r\n", "\n")
    return _parse(text, file) if len(text) <= SHORT else _parse.__wrapped__(text, file)


@lru_cache(maxsize=64)
def _parse(text: str, file: str) -> Located:
    """Read text; a file is read by its readers and once more by the guard, and nobody changes what was read."""
    scanner = Scanner(text)
    try:
        scanner.document()
    except Excess as excess:
        raise BadInput([Fault(file, excess.line, excess.actual, excess.expected)]) from None
    except Malformed:
        pass  # the standard reader says what is wrong
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"\(at line (\d+)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        reason = re.sub(r"\s*\(at [^)]*\)", "", str(error))
        row = text.split("\n")[line - 1].strip()
        place = f" in {row[:SHOWN] + '…' * (len(row) > SHOWN)!r}" if row else ""
        raise BadInput([Fault(file, line, f"{reason[:1].lower() + reason[1:]}{place}", "valid TOML",
                              "mend it first: the rest of this file is checked only then")]) from None
    except (ValueError, RecursionError, OverflowError) as error:  # numbers of thousands of digits
        endless = re.search(r"[0-9_]{1000}", text)
        what = "a number of more than 1,000 digits" if endless else f"unreadable ({type(error).__name__})"
        raise BadInput([Fault(file, scanner.row(endless.start() if endless else scanner.at), what, "valid TOML")]) from None
    faults: list[Fault] = []
    _bound(data, (), Located(file, data, scanner.lines, text), faults)
    return Located(file, data, scanner.lines, text, tuple(faults))


def _bound(value: Any, keys: Keys, tree: Located, faults: list[Fault]) -> Any:
    """Hold a value and all that it contains to the limits; returns what stands in for it."""
    def note(actual: str, expected: str) -> None:
        name = next((key for key in reversed(keys) if isinstance(key, str)), "")
        faults.append(Fault(tree.file, tree.place(keys), f"{name} = {actual}", expected))

    if isinstance(value, bool):
        return value
    if isinstance(value, float) and not math.isfinite(value):
        note(str(value), "a finite number")
        return BROKEN
    if isinstance(value, int) and abs(value) >= WIDEST:
        note(f"a whole number of {int(math.log10(abs(value))) + 1:,} digits", "at most 18 digits")
        return BROKEN
    if isinstance(value, str) and (steering := STEERING.search(value)):
        note(f"a text with the control character {printable(steering[0])}", "a text of letters, spaces and line ends")
        return STEERING.sub("", value)
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        note(f"a text of {len(value):,} letters", f"at most {LONGEST_TEXT:,}")
        return value[:LONGEST_TEXT]
    if isinstance(value, dict | list):
        if len(value) > MOST_ENTRIES:
            note(f"{len(value):,} entries", f"at most {MOST_ENTRIES:,}")
            for key in list(value)[MOST_ENTRIES:] if isinstance(value, dict) else ():
                del value[key]
            if isinstance(value, list):
                del value[MOST_ENTRIES:]
        for key in value if isinstance(value, dict) else range(len(value)):
            value[key] = _bound(value[key], (*keys, key), tree, faults)
    return value


def _strings(value: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _strings(item, (*keys, name))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _strings(item, (*keys, i))
