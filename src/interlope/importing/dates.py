"""Dates: the period that a cell stands for, by a form that the map states, or where the cell can mean one thing only.

A form is written with YYYY, YY (of this century), MM, DD, MON (name of a month), ww (week of ISO 8601), Qn, Hn; anything else stands for
itself, and * at the end for whatever follows: "DD/MM/YYYY", "MON YYYY", "YYYYQn", "YYYY-Www", "YYYY-MM-DD*". Days, months and weeks may
have one digit, but have two where nothing separates them from other digits.
"""
from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from interlope.dossier.period import SPANS, WEEK, around, calendar_span, span

_ONE_OR_TWO = r"([0-9]{2}|(?<![0-9])[0-9](?![0-9]))"
TOKENS = {"YYYY": ("year", r"([0-9]{4})"), "YY": ("short", r"([0-9]{2})"), "MON": ("name", r"([^\W\d_]+)\.?"),
          "MM": ("month", _ONE_OR_TWO), "DD": ("day", _ONE_OR_TWO),
          "ww": ("week", _ONE_OR_TWO), "Qn": ("quarter", r"Q([1-4])"), "Hn": ("half", r"H([12])")}
ENGLISH = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
CENTURY = 2000
LETTERS = 3  # of a month's name, that are enough
PARTS = ({"year"}, {"year", "month"}, {"year", "month", "day"}, {"year", "week"}, {"year", "quarter"}, {"year", "half"})
EXAMPLES = "such as DD/MM/YYYY, YYYY-MM-DD, MON YYYY, YYYYQn or YYYY-Www"
_MARKS = re.compile("|".join(TOKENS))
_SEPARATED = re.compile("(?:^|[^A-Za-z])(?:YYYY|YY|MM|DD|W?ww)$")  # a form at whose end digits would go on, other than YYYYMMDD
_WEEK = re.compile("W?ww")
LETTERED = set("ymdwqhn")  # a word of these alone is a token in another spelling, such as D or mm
_QUARTER = re.compile(r"([0-9]{4}) ?-?Q([1-4])")


class Form:
    """A form of dates, ready to read cells with."""

    def __init__(self, text: str, months: Sequence[str] = ()):
        """Take a form apart.

        Raises
        ------
        ValueError
            When it names no period, names a part twice, or has a token in another spelling; the message says what was expected.
        """
        self.text, self.months = text, [name.casefold() for name in months] or list(ENGLISH)
        body, self.parts, pattern, at = text.removesuffix("*"), list[str](), "", 0
        for match in _MARKS.finditer(body):
            kind, piece = TOKENS[match[0]]
            pattern += re.escape(body[at : match.start()]) + piece
            self.parts.append(kind)
            at = match.end()
        rest = "(?![0-9]).*" if _SEPARATED.search(body) else ".*"
        pattern += re.escape(body[at:]) + (rest if text.endswith("*") else "")
        self._refuse_letters(body)
        named = {"short": "year", "name": "month"}
        plain = [named.get(part, part) for part in self.parts]
        if set(plain) not in PARTS or len(set(plain)) < len(plain):
            raise ValueError(f"'{text}'; expected a form of a day, week, month, quarter, half-year or year, {EXAMPLES}")
        self.kind = {"day": "day", "week": "week", "quarter": "quarter", "half": "half-year"}.get(
            next((p for p in plain if p in ("day", "week", "quarter", "half")), ""), "month" if "month" in plain else "year")
        self.pattern = re.compile(pattern, re.IGNORECASE)

    def _refuse_letters(self, body: str) -> None:
        """Letters that look like a token stand for themselves only by mistake."""
        words = _MARKS.sub(lambda match: "MON" if match[0] == "MON" else " ", _WEEK.sub(" ", body))
        for word in re.findall("[A-Za-z]+", words):
            if word != "MON" and (word.startswith("MON") or word.casefold() == "mon" or set(word.casefold()) <= LETTERED):
                raise ValueError(f"'{self.text}' with '{word}', which stands for nothing in a form; expected YYYY, YY, MM, DD, MON, ww, "
                                 f"Qn or Hn, written so, {EXAMPLES}")

    def read(self, cell: str) -> tuple[date, date]:
        """First and last day that a cell stands for.

        Raises
        ------
        ValueError
            When the cell has another form, or there is no such day.

        >>> [d.isoformat() for d in Form("MON YYYY").read("Feb. 2024")]
        ['2024-02-01', '2024-02-29']
        """
        match = self.pattern.fullmatch(cell)
        if match is None:
            raise ValueError(f"'{cell}'; expected the form {self.text}")
        at = dict(zip(self.parts, match.groups(), strict=True))
        try:
            year = int(at["year"]) if "year" in at else CENTURY + int(at["short"])
            month = self._month(at["name"]) if "name" in at else int(at.get("month", 0))
            if self.kind == "day":
                day = date(year, month, int(at["day"]))
                return day, day
            if self.kind == "week":
                first = date.fromisocalendar(year, int(at["week"]), 1)
                return first, first + timedelta(days=WEEK - 1)
            number = {"month": month, "quarter": int(at.get("quarter", 0)), "half-year": int(at.get("half", 0)), "year": 1}[self.kind]
            return calendar_span(year, number, self.kind)
        except (ValueError, OverflowError):
            raise ValueError(f"'{cell}' in the form {self.text}; expected a day that there is") from None

    def _month(self, name: str) -> int:
        """Number of a month by its name, or by its first three letters or more where these are of one month only."""
        name = name.casefold()
        if name in self.months:
            return self.months.index(name) + 1
        numbers = [i + 1 for i, known in enumerate(self.months) if len(name) >= LETTERS and known.startswith(name)]
        if len(numbers) != 1:
            raise ValueError(name)
        return numbers[0]


def read_plain(cell: str, key: str = "period.date") -> tuple[date, date]:
    """Days of a cell that can mean one thing only: a period as tables of a case have them, or 2018Q1.

    Parameters
    ----------
    cell : str
        The cell.
    key : str, default "period.date"
        Of the map, that states the form of such cells.

    Raises
    ------
    ValueError
        When it can mean several things, or none; the message says what the map has to state.

    >>> read_plain("2018Q1") == span("2018-Q1")
    True
    """
    match = _QUARTER.fullmatch(cell)
    try:
        return span(f"{match[1]}-Q{match[2]}" if match else cell)
    except ValueError:
        pass
    order = re.fullmatch(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{2,4})", cell)
    if order:
        mark = order[2]
        raise ValueError(f"'{cell}', where day and month may stand in either order; expected {key} in the map: "
                         f"DD{mark}MM{mark}YYYY or MM{mark}DD{mark}YYYY")
    raise ValueError(f"'{cell}'; expected {SPANS}, or {key} in the map, {EXAMPLES}")


def widen(days: tuple[date, date], covers: str) -> tuple[date, date]:
    """What a date stands for: the day itself, the week that ends (`week-to`) or begins (`week-from`) with it, or what it lies in.

    >>> [d.isoformat() for d in widen((date(2018, 1, 7), date(2018, 1, 7)), "week-to")]
    ['2018-01-01', '2018-01-07']
    """
    day = days[0]
    if covers == "week-to":
        return day - timedelta(days=WEEK - 1), day
    if covers == "week-from":
        return day, day + timedelta(days=WEEK - 1)
    return around(day, covers)
