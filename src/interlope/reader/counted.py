"""Counted: what a number counts, what happened to it, in which currency, and per what.

A noun that no list knows is taken over only where it is an English word and nobody's name. A number without a noun counts what the noun
before it in its sentence says, or the number before, and is marked so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from interlope.guard import inspect, vocabulary
from interlope.reader.lexicon import Lexicon, phrases, read, words
from interlope.reader.quantity import Quantity
from interlope.reader.sentences import Token

LONGEST_PARENTHESIS = 12  # tokens between a number and its noun
FARTHEST = 6  # tokens behind a number among which its noun is looked for


def describe(quantity: Quantity, tokens: Sequence[Token], clause: tuple[int, int], before: Quantity | None, near: bool) -> Quantity | None:
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
        is_price = bool(per) or any(t.plain in words("money") for t in tokens)
        counted, unit = ("price", f"{currency}/person") if is_price else ("money", currency)
        return replace(quantity, end=behind, counted=counted, unit=unit, per=per)
    name = "" if event is None else event["name"]
    if not counted and not quantity.share and not near:  # the number before stands in another sentence
        nouns = phrases("counted", "counted").find(tokens, start, quantity.start) or phrases("counted", "counted").find(
            tokens, 0, quantity.start
        )
        before = replace(quantity, counted=nouns[-1].entry["name"], unit=nouns[-1].entry["unit"]) if nouns else before
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
    elif unit and per in ("day", "week", "month", "year"):
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
    if at < len(tokens) and tokens[at].text == "(":  # 6,228 (a rise of 23%) refugees
        at = next((j + 1 for j in range(at, min(at + LONGEST_PARENTHESIS, len(tokens))) if tokens[j].text == ")"), at)
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
        if word in words("stops") or word in read("numbers")["not_counted"]["words"] or not word[0].isalpha():
            break
        match = lexicon.at(tokens, j)
        if match is not None:
            entry = match.entry
        elif entry is not None:
            break
        noun = word
    known = entry is None and noun not in ("them", "whom", "times", "more") and not noun.endswith("ly") and _may_be_stored(noun)
    return entry, noun if known else ""


def _may_be_stored(noun: str) -> bool:
    """Whether a noun that no lexicon knows may stand in a case: an English word, and nobody's name."""
    return noun.isascii() and noun.isalpha() and vocabulary.is_english(noun) and not inspect(noun)


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
