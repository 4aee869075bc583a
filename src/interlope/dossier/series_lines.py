"""Lines of a table: a file of official figures as text, line by line, whichever program saved it.

Spreadsheets begin a file with a byte order mark, end lines as they like and fill lines up with commas; all of this is read as what it is.
What would make a line mean something else is a fault.
"""
from __future__ import annotations

import csv
import re
from pathlib import Path

from interlope.errors import Fault

LONGEST = 2_000  # characters of a line
_POINTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_ENDS = re.compile(r"\r\n|\n|\r")


def read_lines(path: Path, faults: list[Fault]) -> list[str] | None:
    """The lines of a file; None, with a fault, where it is no text in UTF-8.

    Parameters
    ----------
    path : Path
        The file.
    faults : list[Fault]
        List that faults are added to.

    Returns
    -------
    list of str or None
    """
    expected, remedy = "a table in UTF-8", "save it as 'CSV UTF-8'"
    try:
        content = path.read_bytes()
    except OSError as error:
        faults.append(Fault(str(path), None, f"cannot be read ({type(error).__name__})", "a file that can be read"))
        return None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        faults.append(Fault(str(path), 1, "text in UTF-16", expected, remedy))
        return None
    try:
        lines = _ENDS.split(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = len(_ENDS.split(content[:error.start].decode("utf-8-sig")))
        faults.append(Fault(str(path), line, f"byte 0x{content[error.start]:02x}, which is no UTF-8", expected, remedy))
        return None
    before = len(faults)
    for i, line in enumerate(lines):
        if len(line) > LONGEST:
            faults.append(Fault(str(path), i + 1, f"a line of {len(line):,} characters", f"at most {LONGEST:,}"))
        elif "\0" in line:
            faults.append(Fault(str(path), i + 1, "a character of code zero", "text"))
    return lines if len(faults) == before else None


def has_mark_of_thousands(text: str) -> bool:
    """Whether a number's digits stand in groups of three behind points, as much of Europe writes thousands.

    >>> [has_mark_of_thousands(text) for text in ("1.200", "12.000.000", "0.125", "1200.0")]
    [True, True, False, False]
    """
    return _POINTS.fullmatch(text.strip()) is not None


def split_cells(line: str) -> list[str]:
    """The cells of a line without the empty ones at its end.

    Parameters
    ----------
    line : str
        A line, its cells separated by commas.

    Returns
    -------
    list of str
        Each without space around it; other white space is one space.

    Raises
    ------
    ValueError
        When a quotation mark is not closed in the line; the message says what was expected.

    Examples
    --------
    >>> split_cells('2030-01,"1,250",,')
    ['2030-01', '1,250']
    """
    try:
        cells = next(csv.reader([line], strict=True), [])
    except csv.Error as error:
        raise ValueError(f"quotation marks that do not match ({error}); expected each cell within one line, its own quotation marks doubled"
                         ) from error
    cells = [" ".join(cell.split()) for cell in cells]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def strip_header(line: str) -> str:
    """A line of a header without what a spreadsheet puts around it: quotation marks where it has a comma, and commas behind it.

    Parameters
    ----------
    line : str
        Any line of a table.

    Returns
    -------
    str
        Without blanks at its ends; a line whose quotation marks do not match stays quoted.

    Examples
    --------
    >>> strip_header('"# definition: people stopped, inland",,')
    '# definition: people stopped, inland'
    """
    line = line.strip()
    if line.startswith('"') and line.lstrip('" ').startswith("#"):
        try:
            line = ",".join(split_cells(line)).strip()
        except ValueError:
            pass
    return line.rstrip(", ")
