"""Numerals: numbers in digits and in words, among the words of a sentence."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from interlope.reader.dates import is_in_date
from interlope.reader.lexicon import read
from interlope.reader.sentences import Token

POINTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+,\d{1,2}")  # points between thousands and a comma before the decimals
UNSURE = re.compile(r"[1-9]\d{0,2}\.\d{3}")  # thousands with a dot between, or three decimals
COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")  # thousands as English writes them, or three decimals as much of Europe does
DECIMAL_COMMA = re.compile(r"(?<![\d.,])(?:0,\d+|\d{1,3}(?:\.\d{3})*,\d{1,2}|\d{1,3}(?:\.\d{3}){2,})(?![\d.,]*\d)")
LEAST_SCALE = 100  # a word of scale that multiplies what stands before it: hundred, thousand


class Numeral(NamedTuple):
    """A number among tokens.

    Attributes
    ----------
    end : int
        One past its last token.
    value : float
        Its value.
    share, worded : bool
        Whether it is a share of 1, and whether it is written in words.
    other : float or None
        What else its digits can mean: 1.200 is 1.2 or 1,200.
    scale : float
        By what a word or a letter of scale behind it multiplied it.
    comma : bool
        Whether its one comma was read as a mark of thousands: 1,200 may be 1.2 where commas mark decimals.
    """

    end: int
    value: float
    share: bool
    worded: bool
    other: float | None = None
    scale: float = 1.0
    comma: bool = False


def read_numeral(tokens: Sequence[Token], i: int) -> Numeral | None:
    """The number that begins with token `i`, or None.

    Parameters
    ----------
    tokens : Sequence[Token]
        Words of a sentence.
    i : int
        Where to look.

    Returns
    -------
    Numeral or None

    Examples
    --------
    >>> from interlope.reader.sentences import tokenise
    >>> [read_numeral(tokenise(t), 0).value for t in ("3.5 million", "three and a half thousand", "two in five", "a quarter of")]
    [3500000.0, 3500.0, 0.4, 0.25]
    """
    part = _part(tokens, i)
    if part is not None:
        return part
    number = _digits(tokens, i) or _words(tokens, i)
    if number is None:
        return None
    end, value, worded = number
    other = 1000 * value if end == i + 1 and UNSURE.fullmatch(tokens[i].text) else None
    comma = not worded and COMMA.fullmatch(tokens[i].plain.rstrip(string.ascii_lowercase)) is not None
    if end < len(tokens) and tokens[end].plain in ("%", "percent"):
        return Numeral(end + 1, value / 100, True, worded, comma=comma)
    if end + 1 < len(tokens) and tokens[end].plain == "per" and tokens[end + 1].plain == "cent":
        return Numeral(end + 2, value / 100, True, worded, comma=comma)
    whole = _ratio(tokens, end, value)
    return whole if whole is not None else Numeral(end, value, False, worded, other, _scale(tokens, i, end), comma)


def has_decimal_comma(text: str) -> bool:
    """Whether a text writes some number as most of Europe does, with a comma before the decimals or points between thousands.

    >>> [has_decimal_comma(t) for t in ("12,5 km", "1.200,50 EUR", "1.234.567 people", "1,200 boats", "12.5 km", "1,234,567.5")]
    [True, True, True, False, False, False]
    """
    return DECIMAL_COMMA.search(text) is not None


def _scale(tokens: Sequence[Token], i: int, end: int) -> float:
    """The size of the word of scale that a number ends with, or of the letters behind its digits; 1 without one."""
    last = tokens[end - 1].plain
    if last in _table("scales"):
        return _table("scales")[last]
    suffix = last.lstrip("0123456789.,")
    return _table("suffixes").get(suffix, 1.0) if end == i + 1 and suffix != last else 1.0


def _ratio(tokens: Sequence[Token], end: int, value: float) -> Numeral | None:
    """`two in five`, `one out of ten`."""
    step = 1 if _is(tokens, end, "in") else 2 if _is(tokens, end, "out") and _is(tokens, end + 1, "of") else 0
    if not step or value < 1 or value > 99:
        return None
    whole = _words(tokens, end + step) or _digits(tokens, end + step)
    if whole is None or not value < whole[1] <= 1000:
        return None
    return Numeral(whole[0], value / whole[1], True, True)


def _part(tokens: Sequence[Token], i: int) -> Numeral | None:
    """`half of`, `a third of`, `two thirds`; not the halves of a year."""
    parts, numbers = _table("parts"), _table("words")
    word = tokens[i].plain
    if word == "half" and not (i and tokens[i - 1].plain in ("first", "second", "latter", "last", "other", "and")):
        if _is(tokens, i + 1, "of") or _is(tokens, i + 1, "the"):
            return Numeral(i + 1, 0.5, True, True)
        if _is(tokens, i + 1, "a") and i + 2 < len(tokens) and tokens[i + 2].plain in _table("scales"):
            return Numeral(i + 3, 0.5 * _table("scales")[tokens[i + 2].plain], False, True)
    joined = word.split("-")
    if len(joined) == 2 and joined[0] in numbers and joined[1].rstrip("s") in parts:
        return Numeral(i + 1, numbers[joined[0]] * parts[joined[1].rstrip("s")], True, True)
    if i + 1 < len(tokens) and tokens[i + 1].plain.rstrip("s") in parts:
        top = 1.0 if word in ("a", "one") else numbers.get(word, 0.0) if tokens[i + 1].plain.endswith("s") else 0.0
        if top and (top > 1 or _is(tokens, i + 2, "of") or tokens[i + 1].plain != "quarter" and i and tokens[i - 1].plain == "by"):
            return Numeral(i + 2, top * parts[tokens[i + 1].plain.rstrip("s")], True, True)
    return None


def _digits(tokens: Sequence[Token], i: int) -> tuple[int, float, bool] | None:
    """Digits with marks of thousands or a decimal point, a suffix, and a word of scale behind them."""
    if i >= len(tokens) or not (tokens[i].text[0].isascii() and tokens[i].text[0].isdigit()) or is_in_date(tokens, i):
        return None
    text, factor = tokens[i].plain, 1.0
    for suffix, size in read("numbers")["suffixes"].items():
        if text.endswith(suffix):
            text, factor = text.removesuffix(suffix), float(size)
            break
    groups = text.split(",")
    if len(groups) > 1 and all(len(g.split(".")[0]) == 3 for g in groups[1:]) and len(groups[0]) <= 3 and groups[0][:1] != "0":
        text = "".join(groups)
    elif POINTS.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    elif len(groups) == 1 and text.count(".") > 1 and all(len(g) == 3 for g in text.split(".")[1:]):
        text = text.replace(".", "")
    end = i + 1
    if re.fullmatch(r"\d{1,3}", text):  # 98 600
        while end < len(tokens) and re.fullmatch(r"\d{3}", tokens[end].text) and tokens[end].start - tokens[end - 1].end == 1:
            text, end = text + tokens[end].text, end + 1
    while re.fullmatch(r"[1-9]\d{0,2}(?:\d{3})*", text) and _is_apostrophe_group(tokens, end):  # 98'600
        text, end = text + tokens[end + 1].text, end + 2
    try:
        value = float(text) * factor
    except ValueError:
        return None
    if end < len(tokens) and tokens[end].plain in _table("scales"):
        return end + 1, value * _table("scales")[tokens[end].plain], False
    return end, value, False


def _is_apostrophe_group(tokens: Sequence[Token], end: int) -> bool:
    """Whether an apostrophe and three digits follow without a blank, as Swiss texts mark thousands."""
    if end + 1 >= len(tokens) or tokens[end].text not in ("'", "\u2019"):
        return False
    glued = tokens[end - 1].end == tokens[end].start and tokens[end].end == tokens[end + 1].start
    return glued and re.fullmatch(r"\d{3}", tokens[end + 1].text) is not None


def _words(tokens: Sequence[Token], i: int) -> tuple[int, float, bool] | None:
    """A number in words, up to billions."""
    numbers, scales = _table("words"), _table("scales")
    total = current = 0.0
    at, start = i, i
    if i + 1 < len(tokens) and tokens[i].plain in ("a", "an") and tokens[i + 1].plain in scales:
        current, at = 1.0, i + 1
    while at < len(tokens):
        parts = tokens[at].plain.split("-")
        if all(part in numbers for part in parts) and (current % 100 == 0 or at == start or current % 10 == 0 and numbers[parts[0]] < 10):
            current += sum(numbers[part] for part in parts)
        elif tokens[at].plain in scales and (at > start or current):
            scale = scales[tokens[at].plain]
            total, current = (total, current * scale) if scale <= LEAST_SCALE else (total + max(current, 1.0) * scale, 0.0)
        elif at > start and tokens[at].plain == "and" and _is(tokens, at + 1, "a") and _is(tokens, at + 2, "half"):
            current += 0.5
            at += 2
        elif not (
            at > start
            and tokens[at].plain == "and"
            and (current >= LEAST_SCALE or total)
            and at + 1 < len(tokens)
            and all(part in numbers for part in tokens[at + 1].plain.split("-"))
        ):
            break
        at += 1
    return None if at == start or total + current == 0 else (at, total + current, True)


def _is(tokens: Sequence[Token], i: int, word: str) -> bool:
    return i < len(tokens) and tokens[i].plain == word


def _table(name: str) -> Mapping[str, float]:
    return read("numbers")[name]
