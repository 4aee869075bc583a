"""Sheet: a file as rows of cells, each with its line: encoding and delimiter, lines above the names of the columns and below the table."""
from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from interlope.errors import BadInput, Fault, nearest
from interlope.importing.mapping import DELIMITERS, ColumnMap

MOST_BYTES = 64 * 2**20
MOST_ROWS = 1_000_000
LONGEST = 20_000  # characters of a line
BOMS = (b"\xff\xfe", b"\xfe\xff")
TITLE = "where a title stands above the table, file.skip is the number of its lines"
MOST_FAULTS = 50  # that are listed
SHOWN, LETTERS = 12, 40  # names of columns in a message, and of the letters of each


class Row(NamedTuple):
    """The cells of a row, and the line it begins on."""

    line: int
    cells: list[str]


class Omitted(NamedTuple):
    """A row that is none of the table, and the key of the map by which it is not."""

    key: str
    row: Row


class Sheet(NamedTuple):
    """A file's rows: names of the columns (empty where the file names none), and the rows below.

    Attributes
    ----------
    file : str
        As the user named it.
    sha256 : str
        Of its bytes.
    names : list of str
        Of the columns.
    rows : list of Row
        Without empty ones.
    delimiter, encoding : str
        As read.
    omitted : list of Omitted
        Rows above and below the table, that of the names, and remarks.
    """

    file: str
    sha256: str
    names: list[str]
    rows: list[Row]
    delimiter: str
    encoding: str
    omitted: list[Omitted]

    def column(self, name: str, key: str, mapping: ColumnMap) -> int:
        """Place of a column by its name, or by its number from 1 as #3.

        Raises
        ------
        BadInput
            When there is no such column, or several have the name.
        """
        wide = max((len(row.cells) for row in self.rows), default=len(self.names))
        if name.startswith("#") and name not in self.names:
            number = int(name[1:]) if name[1:].isascii() and name[1:].isdecimal() and len(name) < 7 else 0
            if not 1 <= number <= max(wide, len(self.names)):
                raise BadInput([mapping.fault(key, f"column '{name}'", f"a number from #1 to #{max(wide, len(self.names))}")])
            return number - 1
        if not self.names:
            raise BadInput([mapping.fault(key, f"column '{name}' of a file whose columns have no names", "a number such as #1")])
        numbers = [i for i, known in enumerate(self.names) if known == name]
        if len(numbers) != 1:
            known = [n for n in dict.fromkeys(self.names) if n]
            listed = ", ".join(name[:LETTERS] for name in known[:SHOWN]) + (f" and {len(known) - SHOWN} more" if len(known) > SHOWN else "")
            expected = f"one of {listed}" if not numbers else "its number: " + " or ".join(f"#{i + 1}" for i in numbers)
            raise BadInput([mapping.fault(key, f"column '{name}' {'unknown' if not numbers else 'stands there several times'}", expected,
                                          "" if numbers else nearest(name, known) or TITLE)])
        return numbers[0]


def read_sheet(path: Path, mapping: ColumnMap) -> Sheet:
    """Read a file as the map says.

    Parameters
    ----------
    path : Path
        The file.
    mapping : ColumnMap
        Its keys `file.*`.

    Returns
    -------
    Sheet

    Raises
    ------
    BadInput
        When it is no ordinary file, too large, of another encoding, or of an unclear delimiter.
    """
    content = _content(path)
    text, encoding = _decode(path, content, mapping)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    skip, comment = mapping.get("file.skip", 0), mapping.get("file.comment", "")
    first = next((i for i in range(skip, len(lines)) if lines[i].strip() and not (comment and lines[i].startswith(comment))), len(lines))
    if first == len(lines):
        what = "no row" + (f" after the {skip} lines skipped" if skip else "")
        raise BadInput([Fault(str(path), 1 if text.strip() else None, what, "a table")])
    delimiter = _delimiter(path, lines[first], first, mapping)
    rows = list(_rows(path, lines, skip, comment, delimiter))
    footer = mapping.get("file.footer", 0)
    omitted = [Omitted("file.skip" if i < skip else "file.comment", Row(i + 1, cells)) for i, line in enumerate(lines)
               if (i < skip or comment and line.startswith(comment)) and any(cells := _cells(line, delimiter))]
    top = rows.pop(0) if mapping.get("file.names", True) and rows else None
    names = top.cells if top else []
    omitted += [Omitted("file.names", top)] if top else []
    omitted += [Omitted("file.footer", row) for row in rows[max(len(rows) - footer, 0) :]]
    rows = rows[: max(len(rows) - footer, 0)]
    if not rows:
        raise BadInput([Fault(str(path), first + 1, "no row below the names of the columns", "rows with figures",
                              "where the file names no columns, file.names = false")])
    if surplus := list(islice(_refuse_surplus(path, names, rows), MOST_FAULTS)):
        raise BadInput(surplus)
    return Sheet(str(path), hashlib.sha256(content).hexdigest(), names, rows, delimiter, encoding, omitted)


def _content(path: Path) -> bytes:
    """The bytes of an ordinary file."""
    try:
        if not path.is_file():
            what = "a folder" if path.is_dir() else "no ordinary file" if path.exists() else "no such file"
            raise BadInput([Fault(str(path), None, what, "a table in CSV or the like")])
        if path.stat().st_size > MOST_BYTES:
            raise BadInput([Fault(str(path), None, f"{path.stat().st_size:,} bytes", f"at most {MOST_BYTES:,}", "import a part of it")])
        return path.read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "a name that no file can have"
        raise BadInput([Fault(str(path), None, f"cannot be read ({why})", "a file that can be read")]) from None


def _decode(path: Path, content: bytes, mapping: ColumnMap) -> tuple[str, str]:
    """The text and how it was read; a byte order mark is no part of it."""
    stated = mapping.get("file.encoding")
    if content.startswith(b"PK\x03\x04") or content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput([Fault(str(path), None, "a workbook, not a text", "a table in CSV or the like", "save the sheet as 'CSV UTF-8'")])
    if content.startswith(BOMS) and stated != "utf-16":
        raise BadInput([Fault(str(path), 1, "text in UTF-16", "file.encoding = 'utf-16' in the map")])
    encoding = "utf-8-sig" if stated in (None, "utf-8") else stated
    try:
        text = content.decode(encoding)
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        line = content.count(b"\n", 0, start) + 1
        raise BadInput([Fault(str(path), line, f"byte 0x{content[start]:02x}, which is no {stated or 'UTF-8'}",
                              "file.encoding in the map, such as 'cp1252'")]) from None
    if "\0" in text:
        raise BadInput([Fault(str(path), text.count("\n", 0, text.index("\0")) + 1, "a character of code zero", "text")])
    return text, "utf-8" if encoding == "utf-8-sig" else encoding


def _delimiter(path: Path, line: str, at: int, mapping: ColumnMap) -> str:
    """What separates cells: as stated, or what alone of all marks separates the first line."""
    stated = mapping.get("file.delimiter")
    if stated is not None:
        return DELIMITERS[stated]
    able = [name for name, mark in DELIMITERS.items() if len(next(csv.reader([line[:LONGEST]], delimiter=mark), [])) > 1]
    if len(able) != 1:
        what = "cells that can be separated by " + " or by ".join(f"'{a}'" for a in able) if able else "a line of one cell"
        raise BadInput([Fault(str(path), at + 1, what, "file.delimiter in the map: " + ", ".join(f"'{d}'" for d in DELIMITERS),
                              "" if able else TITLE)])
    return DELIMITERS[able[0]]


def _rows(path: Path, lines: list[str], skip: int, comment: str, delimiter: str) -> Iterator[Row]:
    """Rows with a cell that is not empty; a quoted cell may go on over several lines."""
    reader = csv.reader(io.StringIO("\n".join(lines[skip:])), delimiter=delimiter, strict=True)
    begins, count = skip + 1, 0
    try:
        for cells in reader:
            line, begins = begins, skip + reader.line_num + 1
            cells = _strip(cells)
            if not any(cells) or comment and lines[line - 1].startswith(comment):
                continue
            count += 1
            if count > MOST_ROWS:
                raise BadInput([Fault(str(path), line, f"more than {MOST_ROWS:,} rows", f"at most {MOST_ROWS:,}")])
            yield Row(line, cells)
    except csv.Error as error:
        raise BadInput([Fault(str(path), skip + reader.line_num, f"quotation marks that do not match ({error})",
                              "each quoted cell closed, its own quotation marks doubled")]) from None


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of a line by itself; none where it is no row."""
    try:
        return _strip(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return []


def _strip(cells: Sequence[str]) -> list[str]:
    """Cells without white space around them; other white space is one space."""
    return [" ".join(cell.split()) for cell in cells]


def _refuse_surplus(path: Path, names: Sequence[str], rows: Sequence[Row]) -> Iterator[Fault]:
    """A fault for each row with more cells than there are columns, as a number with a mark of thousands makes one; empty ones that end
    every row are none, and where no row names the columns there are as many as most rows have cells."""
    counts = Counter(len(row.cells) for row in rows)
    columns = len(names) or min(counts, key=lambda count: (-counts[count], count))
    padded = min(counts) > columns
    for row in rows:
        cells = len(row.cells)
        if padded:
            cells = max(i for i, cell in enumerate(row.cells, 1) if cell)
        if cells > columns:
            yield Fault(str(path), row.line, f"{cells} cells under {columns} columns", "one cell for each column",
                        "put a number with the delimiter in it in quotation marks; a line below the table is left out by file.footer")


def name_delimiter(mark: str) -> str:
    """A delimiter in words.

    >>> name_delimiter(";")
    'semicolons'
    """
    return {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}[mark]


