"""Numerals: the number that a cell stands for, by marks that the map states, or where the cell can mean one thing only."""
from __future__ import annotations

import re
from typing import NamedTuple

from interlope import units
from interlope.importing.mapping import THOUSANDS, ColumnMap

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_OPEN = re.compile(r"-?[1-9][0-9]{0,2}[.][0-9]{3}")
_MARKED = re.compile(r"-?[0-9]{1,3}(?:[.,' ][0-9]{3})+(?:[.,][0-9]+)?|-?[0-9]+,[0-9]+")
SPACES = ("\u00a0", "\u202f", "\u2009")
APOSTROPHES = ("\u2019", "\u02bc")
MINUS = "\u2212"
SIGNS, PARTS = ("-", "+", "(", ")", MINUS), (".", ",", "'", "e", "E")  # that a mark never has, and never consists of


class Numerals(NamedTuple):
    """How numbers are written.

    Attributes
    ----------
    decimal, thousands : str or None
        Marks as stated; None where nothing is stated.
    missing, strip : tuple of str
        Cells without a number, and marks that are left out.
    times : float
        What numbers are multiplied by.
    """

    decimal: str | None
    thousands: str | None
    missing: tuple[str, ...]
    strip: tuple[str, ...]
    times: float

    def read(self, cell: str) -> float | None:
        """The number of a cell; None where there is none.

        Raises
        ------
        ValueError
            When it can mean several numbers, or none; the message says what the map has to state.

        >>> Numerals(",", ".", (), (), 1.0).read("1.234,5"), Numerals(None, None, ("-",), (), 1.0).read("-")
        (1234.5, None)
        """
        text = cell.replace(MINUS, "-")
        if not text or cell in self.missing:
            return None
        text = self._without_marks(text)
        number = self._stated(text) if self.decimal is not None or self.thousands is not None else self._plain(text, cell)
        return number * self.times

    def _without_marks(self, text: str) -> str:
        """A cell without the marks at its ends or behind its minus: within a number nothing is left out."""
        minus = "-" if text.startswith("-") else ""
        before, text = "", text.removeprefix("-")
        while text != before:
            before = text
            for mark in self.strip:
                text = text.removeprefix(mark).removesuffix(mark).strip()
        return minus + text

    def _plain(self, text: str, cell: str) -> float:
        """Nothing is stated: digits, with a decimal point where that cannot be a mark of thousands."""
        if _OPEN.fullmatch(text):
            raise ValueError(f"'{cell}', whose point may mark decimals or thousands; expected numbers.decimal and numbers.thousands "
                             "in the map")
        if _PLAIN.fullmatch(text):
            return units.number(text)
        if _MARKED.fullmatch(_even(text)):
            raise ValueError(f"'{cell}', with a mark of decimals or thousands; expected numbers.decimal and numbers.thousands in the map")
        raise ValueError(f"'{cell}'; expected a number; a text that stands for none is listed in numbers.missing, a mark beside it in "
                         "numbers.strip, lines below the table in file.footer")

    def _stated(self, text: str) -> float:
        """With the marks that are stated, thousands in groups of three."""
        decimal, mark = self.decimal or ".", self.thousands or ""
        whole, point, rest = _even(text).partition(decimal)
        sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
        groups = whole.split(mark) if mark else [whole]
        fine = all(g.isascii() and g.isdecimal() for g in groups) and (not point or rest.isascii() and rest.isdecimal())
        if len(groups) > 1:
            fine = fine and 1 <= len(groups[0]) <= 3 and all(len(g) == 3 for g in groups[1:])
        if not fine:
            name = next((n for n, m in THOUSANDS.items() if m == mark), "none")
            raise ValueError(f"'{text}'; expected a number with decimal mark '{decimal}' and mark of thousands: {name}, as the map states")
        return units.number(f"{sign}{''.join(groups)}{'.' + rest if point else ''}")


def read_numerals(mapping: ColumnMap) -> Numerals:
    """How the map says that numbers are written.

    Raises
    ------
    ValueError
        When decimals and thousands have the same mark, or what is left out is a part of numbers.
    """
    decimal, name = mapping.get("numbers.decimal"), mapping.get("numbers.thousands")
    thousands = None if name is None else THOUSANDS[name]
    if thousands and thousands == (decimal or "."):
        raise ValueError(f"numbers.thousands = '{name}' with the decimal mark '{decimal or '.'}'; expected two marks")
    for mark in mapping.get("numbers.strip", ()):
        if any(c.isdigit() or c in SIGNS for c in mark) or all(c in PARTS or c.isspace() for c in _even(mark)):
            raise ValueError(f"numbers.strip = '{mark}', which would change numbers; expected marks without a digit, a minus, a plus or a "
                             "bracket, and more than a point, comma, apostrophe, blank or e; numbers.decimal states the decimal mark, "
                             "numbers.thousands that of thousands")
    return Numerals(decimal, thousands, tuple(mapping.get("numbers.missing", ())), tuple(mapping.get("numbers.strip", ())),
                    float(mapping.get("numbers.times", 1.0)))


def _even(text: str) -> str:
    """Spaces and apostrophes of every kind as one each."""
    for sign in SPACES:
        text = text.replace(sign, " ")
    for sign in APOSTROPHES:
        text = text.replace(sign, "'")
    return text


def write_number(number: float) -> str:
    """A number with at most twelve digits and no exponent.

    >>> write_number(1.1 * 1000), write_number(0.125), write_number(189.0)
    ('1100', '0.125', '189')
    """
    text = f"{number:.12g}"
    return f"{float(text):.12f}".rstrip("0").rstrip(".") if "e" in text or "." in text else text
