"""Bounds: a number or a range among words, with the hedge that says which side of it is meant.

Years, dates, ages, lengths of time and a bare `one` are no quantities.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from interlope.reader.lexicon import phrases, read, words
from interlope.reader.numerals import Numeral, read_numeral
from interlope.reader.quantity import Quantity
from interlope.reader.sentences import Token

YEARS = (1900, 2200)


def read_bounds(tokens: Sequence[Token], i: int, numeral: Numeral) -> Quantity | None:
    """A number or a range with its hedge; None for years, dates, lengths of time and a bare `one`."""
    end, value = numeral.end, numeral.value * _scale_of_range(tokens, i, numeral)
    second = _second(tokens, i, end)
    if second is not None and (second.share or not numeral.share):
        low, high = value, second.value
        if second.share and not numeral.share:
            low /= 100
        elif numeral.scale == 1.0 and low * second.scale <= high:  # 1.5 to 3 thousand
            low *= second.scale
        if _is_length(tokens, second.end) or low > high:
            return None
        other = None if numeral.other is None and second.other is None else (numeral.other or low, second.other or high)
        ends = low / 1000 if numeral.comma else low, high / 1000 if second.comma else high
        decimals = ends if (numeral.comma or second.comma) and ends[0] <= ends[1] else None
        return Quantity(_behind_hedge(tokens, i)[1], second.end, low, high, "range", share=second.share, other=other, decimals=decimals)
    if _is_length(tokens, end) or _is_glued(tokens, end) or _is_date(tokens, i, numeral) or _is_bare_one(tokens, i, numeral):
        return None
    entry, start = _behind_hedge(tokens, i)
    hedge = "" if entry is None else str(entry["name"])
    low, high = float(value), float(value)
    if _ends_open(tokens, end):
        hedge = "lower"
    if hedge in ("about", "almost") and entry is not None:
        low, high = value * (1 - entry["widen"]), value * (1 + entry["widen"] * (hedge == "about"))
    if numeral.share:
        high = max(value, 1.0) if hedge == "lower" else min(high, max(value, 1.0))
    low_end, high_end = None if hedge == "upper" else low, None if hedge == "lower" and not numeral.share else high
    times = None if numeral.other is None or not value else numeral.other / value
    other = None if times is None else _scale_bounds(low_end, high_end, times)
    decimals = _scale_bounds(low_end, high_end, 0.001) if numeral.comma else None
    return Quantity(start, end, low_end, high_end, hedge, share=numeral.share, other=other, decimals=decimals)


def _scale_bounds(low: float | None, high: float | None, times: float) -> tuple[float | None, float | None]:
    """Both bounds as many times as large; a side that the text leaves open stays so."""
    return None if low is None else low * times, None if high is None else high * times


def _scale_of_range(tokens: Sequence[Token], i: int, numeral: Numeral) -> float:
    """What the upper end of `from 1.5 to 3 thousand` multiplies its lower end by, which is a number by itself; 1 elsewhere."""
    end = numeral.end
    is_lower = i and tokens[i - 1].plain == "from" and end + 1 < len(tokens) and tokens[end].plain == "to"
    if not is_lower or numeral.scale != 1.0 or numeral.share:
        return 1.0
    second = read_numeral(tokens, end + 1 + (tokens[end + 1].plain in _signs() and end + 2 < len(tokens)))
    return 1.0 if second is None or second.share or numeral.value * second.scale > second.value else second.scale


def _second(tokens: Sequence[Token], i: int, end: int) -> Numeral | None:
    """The upper end of a range: 5-7, 5 to 7, between 5 and 7."""
    if end + 1 >= len(tokens) or i and tokens[i - 1].plain == "from":
        return None
    before = {t.plain for t in tokens[max(0, i - 3) : i]}
    is_joined = tokens[end].plain in ("-", "–", "—", "to", "or") or tokens[end].plain == "and" and "between" in before
    at = end + 1
    if is_joined and tokens[at].plain in _signs():
        at += 1
    return read_numeral(tokens, at) if is_joined and at < len(tokens) else None


def _behind_hedge(tokens: Sequence[Token], i: int) -> tuple[dict[str, Any] | None, int]:
    """The hedge before a number, and where the whole begins."""
    at = i
    while at and (tokens[at - 1].plain in _signs() or tokens[at - 1].plain in ("the", "a", "between")):
        at -= 1
    hedges = phrases("numbers", "hedge")
    for start in range(max(0, at - 4), at):
        match = hedges.at(tokens, start)
        if match is not None and match.end == at:
            return match.entry, start
    return None, at if at < i and tokens[at].plain != "a" else i


def _ends_open(tokens: Sequence[Token], end: int) -> bool:
    """`20 or more`."""
    return [t.plain for t in tokens[end : end + 2]] in (["or", "more"], ["and", "more"])


def _is_length(tokens: Sequence[Token], end: int) -> bool:
    """Whether a length of time, an age or an order is meant."""
    if end + 1 < len(tokens) and tokens[end].plain == "-" and not tokens[end + 1].plain[0].isdigit():
        return True
    lengths = read("numbers")["not_counted"]["words"]
    return any(t.plain in lengths for t in tokens[end : end + 1]) or [t.plain for t in tokens[end : end + 2]] in (
        ["more", "days"],
        ["more", "years"],
    )


def _is_glued(tokens: Sequence[Token], end: int) -> bool:
    """Whether letters follow without a blank: in his 20s, the 3rd."""
    return (
        end < len(tokens)
        and tokens[end - 1].end == tokens[end].start
        and tokens[end].text[0].isalpha()
        and tokens[end].plain not in read("numbers")["currencies"]
    )


def _is_date(tokens: Sequence[Token], i: int, numeral: Numeral) -> bool:
    """A year, or the day of a month."""
    months = read("numbers")["not_counted"]["words"]
    if i and tokens[i - 1].plain in months and tokens[i - 1].text[0].isupper():
        return True
    digits = tokens[i].text.isdigit() and len(tokens[i].text) == 4 and numeral.end == i + 1
    behind = tokens[numeral.end].plain if numeral.end < len(tokens) else "."
    return digits and YEARS[0] <= numeral.value < YEARS[1] and (not behind[0].isalnum() or behind in words("stops"))


def _is_bare_one(tokens: Sequence[Token], i: int, numeral: Numeral) -> bool:
    """`one` that is a pronoun or an article rather than a count."""
    if not (numeral.worded and numeral.value == 1 and not numeral.share and numeral.end == i + 1):
        return False
    people = phrases("counted", "counted")
    match = people.at(tokens, i + 1) if i + 1 < len(tokens) else None
    return match is None or match.entry["name"] not in ("persons", "deaths", "arrests")


def _signs() -> frozenset[str]:
    return frozenset(read("numbers")["signs"])
