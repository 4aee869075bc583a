"""Quantities: numbers with their bounds, what is counted, what happened to it, and per what.

A number is proposed with what its sentence says and no more: without a noun, `counted` stays empty, or is that of the number before with a
flag; a vague word (dozens) has no bounds. Years, dates, ages and lengths of time are no quantities.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from interlope.reader.lexicon import Lexicon, phrases, read
from interlope.reader.numerals import Numeral, read_numeral
from interlope.reader.sentences import Token

FARTHEST = 6  # tokens behind a number among which its noun is looked for
STOPS = frozenset("were was is are be been being had has have having in on at by for from to and or but who that which with each per every a an the will would could may "
                  "might did do does said says when while after before since during during because as than it they he she we there not no into over out "
                  "through near between within if . , ; : ( ) — – \" “ ” ? !".split())
MONEY = frozenset("price prices fee fees cost costs costing charge charges charged pay pays paid fare fares earn earns".split())
YEARS = (1900, 2200)


@dataclass(frozen=True)
class Quantity:
    """A number that a text gives.

    Attributes
    ----------
    start, end : int
        Tokens of the sentence.
    low, high : float or None
        Bounds; None where the text leaves a side open.
    hedge : str
        What bounds it: upper, lower, about, almost, range, vague; empty where a number stands alone.
    counted : str
        What is counted, by the lexicon, or its noun where no list knows it; empty where the text does not say.
    event : str
        What happened to it: arrested, killed; empty where nothing is said.
    unit : str
        As in a dossier; empty where none fits.
    per : str
        day, week, month, year, person or trip; empty where it is no rate.
    share : bool
        Whether it is a part of 1.
    carried : bool
        Whether `counted` is that of the number before.
    """

    start: int
    end: int
    low: float | None
    high: float | None
    hedge: str = ""
    counted: str = ""
    event: str = ""
    unit: str = ""
    per: str = ""
    share: bool = False
    carried: bool = False

    @property
    def kind(self) -> str:
        """The claim kind that such a number is: share, ceiling, interval or total."""
        if self.share:
            return "share"
        if self.hedge in ("upper", "lower"):
            return "ceiling"
        return "interval" if self.per or self.counted == "price" else "total"


def read_quantities(tokens: Sequence[Token], bounds: Sequence[tuple[int, int]], before: Quantity | None = None) -> list[Quantity]:
    """Read the quantities of a sentence.

    Parameters
    ----------
    tokens : Sequence[Token]
        Its words.
    bounds : Sequence[tuple[int, int]]
        First token and one past the last of each clause, in order.
    before : Quantity or None
        The last number before this sentence that says what it counts.

    Returns
    -------
    list of Quantity

    Examples
    --------
    >>> from interlope.reader.sentences import tokenise
    >>> tokens = tokenise("Between 12 and 15 boats leave each week, and at least two people were killed.")
    >>> [(q.low, q.high, q.counted, q.unit) for q in read_quantities(tokens, [(0, len(tokens))])]
    [(12.0, 15.0, 'boats', '/week'), (2.0, None, 'persons', 'deaths')]
    """
    quantities: list[Quantity] = []
    i = 0
    while i < len(tokens):
        numeral = read_numeral(tokens, i)
        quantity = _vague(tokens, i) if numeral is None else _quantity(tokens, i, numeral)
        if quantity is None:
            i = i + 1 if numeral is None else numeral.end
            continue
        inside = next(((a, b) for a, b in bounds if a <= quantity.start < b), (0, len(tokens)))
        quantity = _describe(quantity, tokens, inside, before)
        if quantity is not None:
            quantities.append(quantity)
            before = quantity if quantity.counted else before
            i = quantity.end
        else:
            i = i + 1 if numeral is None else numeral.end
    return quantities


def _vague(tokens: Sequence[Token], i: int) -> Quantity | None:
    """Dozens, hundreds of: a number is meant and none is given."""
    match = phrases("numbers", "vague").at(tokens, i)
    return None if match is None else Quantity(match.start, match.end, None, None, "vague")


def _quantity(tokens: Sequence[Token], i: int, numeral: Numeral) -> Quantity | None:
    """A number or a range with its hedge; None for years, dates, lengths of time and a bare `one`."""
    end, value = numeral.end, numeral.value
    second = _second(tokens, i, end)
    if second is not None:
        low, high = value, second.value
        if second.share and not numeral.share:
            low /= 100
        elif low < high / 100 and second.end - end > 2:
            low *= next((s for s in (1e9, 1e6, 1e3, 100.0) if high >= s and low * s <= high), 1.0)
        if _is_length(tokens, second.end) or low > high:
            return None
        return Quantity(_behind_hedge(tokens, i)[1], second.end, low, high, "range", share=second.share)
    if _is_length(tokens, end) or _is_date(tokens, i, numeral) or _is_bare_one(tokens, i, numeral):
        return None
    entry, start = _behind_hedge(tokens, i)
    hedge = "" if entry is None else str(entry["name"])
    low, high = float(value), float(value)
    if _ends_open(tokens, end):
        hedge = "lower"
    if hedge in ("about", "almost") and entry is not None:
        low, high = value * (1 - entry["widen"]), value * (1 + entry["widen"] * (hedge == "about"))
    if numeral.share:
        high = min(high, 1.0)
    return Quantity(start, end, None if hedge == "upper" else low, None if hedge == "lower" else high, hedge, share=numeral.share)


def _second(tokens: Sequence[Token], i: int, end: int) -> Numeral | None:
    """The upper end of a range: 5-7, 5 to 7, between 5 and 7."""
    if end + 1 >= len(tokens) or i and tokens[i - 1].plain == "from":
        return None
    before = {t.plain for t in tokens[max(0, i - 3) : i]}
    joins = tokens[end].plain in ("-", "–", "—", "to", "or") or tokens[end].plain == "and" and "between" in before
    at = end + 1
    if joins and tokens[at].plain in _sign_names():
        at += 1
    return read_numeral(tokens, at) if joins and at < len(tokens) else None


def _behind_hedge(tokens: Sequence[Token], i: int) -> tuple[dict[str, Any] | None, int]:
    """The hedge before a number, and where the whole begins."""
    at = i
    while at and (tokens[at - 1].plain in _sign_names() or tokens[at - 1].plain in ("the", "a", "between")):
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
    words = read("numbers")["not_counted"]["words"]
    return any(t.plain in words for t in tokens[end : end + 1]) or [t.plain for t in tokens[end : end + 2]] in (["more", "days"], ["more", "years"])


def _is_date(tokens: Sequence[Token], i: int, numeral: Numeral) -> bool:
    """A year, or the day of a month."""
    months = read("numbers")["not_counted"]["words"]
    if i and tokens[i - 1].plain in months and tokens[i - 1].text[0].isupper():
        return True
    digits = tokens[i].text.isdigit() and len(tokens[i].text) == 4 and numeral.end == i + 1
    behind = tokens[numeral.end].plain if numeral.end < len(tokens) else "."
    return digits and YEARS[0] <= numeral.value < YEARS[1] and behind in STOPS


def _is_bare_one(tokens: Sequence[Token], i: int, numeral: Numeral) -> bool:
    """`one` that is a pronoun or an article rather than a count."""
    if not (numeral.worded and numeral.value == 1 and not numeral.share and numeral.end == i + 1):
        return False
    people = phrases("counted", "counted")
    match = people.at(tokens, i + 1) if i + 1 < len(tokens) else None
    return match is None or match.entry["name"] not in ("persons", "deaths", "arrests")


def _describe(quantity: Quantity, tokens: Sequence[Token], clause: tuple[int, int], before: Quantity | None) -> Quantity | None:
    """Add what is counted, what happened to it, and per what."""
    start, end = clause[0], max(clause[1], quantity.end)
    currency, behind = _currency(tokens, quantity)
    per = _per(tokens, start, end, bool(currency))
    entry, noun = _noun(tokens, behind)
    if quantity.hedge == "vague" and entry is None:
        return None
    event = _nearest(phrases("counted", "event"), tokens, quantity, start, end)
    counted, unit = (entry["name"], entry["unit"]) if entry is not None else (noun, "")
    if currency:
        is_price = bool(per) or any(t.plain in MONEY for t in tokens)
        counted, unit = ("price", f"{currency}/person") if is_price else ("money", currency)
        return replace(quantity, end=behind, counted=counted, unit=unit, per=per)
    name = "" if event is None else event["name"]
    carried = not counted and before is not None and not quantity.share and before.counted not in ("price", "money")
    if carried and before is not None:
        counted, name = before.counted, name or before.event
        unit = before.unit.partition("/")[0] if event is None else ""
    if event is not None and event["unit"] and counted in ("persons", ""):
        unit = event["unit"]
    if not unit and counted == "persons":
        unit = "persons"
    if quantity.share:
        unit = "1"
    elif per in ("day", "week", "month", "year"):
        unit = f"{unit}/{per}"
    last = _last(tokens, behind, entry)
    return replace(quantity, end=max(quantity.end, last), counted=counted, event=name, unit=unit, per=per, carried=carried)


def _currency(tokens: Sequence[Token], quantity: Quantity) -> tuple[str, int]:
    """The currency of a number, by its sign before or its word behind, and where the whole ends."""
    numbers = read("numbers")
    for t in tokens[max(0, quantity.start) : quantity.end]:
        if t.plain in numbers["signs"]:
            return numbers["signs"][t.plain], quantity.end
    if quantity.end < len(tokens):
        word = tokens[quantity.end].plain
        if word in numbers["signs"] or word in numbers["currencies"]:
            return numbers["signs"].get(word) or numbers["currencies"][word], quantity.end + 1
    if quantity.start and tokens[quantity.start - 1].plain in numbers["currencies"]:
        return numbers["currencies"][tokens[quantity.start - 1].plain], quantity.end
    return "", quantity.end


def _per(tokens: Sequence[Token], start: int, end: int, money: bool) -> str:
    """Per what, by the words of the clause; `each` alone means each person where money is spoken of."""
    for match in phrases("numbers", "per").find(tokens, start, end):
        unit = match.entry["unit"]
        if match.phrase != "each" and (money or unit not in ("trip", "person")) or match.phrase == "each" and money:
            return unit
    return ""


def _noun(tokens: Sequence[Token], at: int) -> tuple[dict[str, Any] | None, str]:
    """The entry of the noun behind a number, or the noun itself where no list knows it."""
    lexicon, entry, noun = phrases("counted", "counted"), None, ""
    for j in range(at, min(at + FARTHEST, len(tokens))):
        word = tokens[j].plain
        if word == "of" and j <= at + 1:
            if j + 1 < len(tokens) and tokens[j + 1].plain in ("them", "these", "those", "the", "whom", "which", "its", "their"):
                continue
            if noun:
                break
            continue
        if word in ("the", "these", "those", "their", "its") and j > at and tokens[j - 1].plain == "of":
            continue
        if word in STOPS or not word[0].isalpha():
            break
        match = lexicon.at(tokens, j)
        if match is not None:
            entry = match.entry
        elif entry is not None:
            break
        noun = word
    return entry, noun if entry is None and noun not in ("them", "whom", "times", "more", "others") and not noun.endswith("ly") else ""


def _last(tokens: Sequence[Token], at: int, entry: dict[str, Any] | None) -> int:
    """One past the noun, where there is one."""
    if entry is None:
        return at
    lexicon = phrases("counted", "counted")
    for j in range(at, min(at + FARTHEST, len(tokens))):
        match = lexicon.at(tokens, j)
        if match is not None and match.entry is entry:
            return match.end
    return at


def _nearest(lexicon: Lexicon, tokens: Sequence[Token], quantity: Quantity, start: int, end: int) -> dict[str, Any] | None:
    """What happened to those counted: the first such word behind the number, or else the last before it, in the same clause."""
    behind = [m for m in lexicon.find(tokens, quantity.end, end)]
    before = [m for m in lexicon.find(tokens, start, quantity.start)]
    match = behind[0] if behind else before[-1] if before else None
    return None if match is None else match.entry


def _sign_names() -> frozenset[str]:
    return frozenset(read("numbers")["signs"])
