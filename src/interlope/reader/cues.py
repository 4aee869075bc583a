"""Cues: the words of a clause that say what kind of statement it makes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from interlope.reader.lexicon import Lexicon, Match, phrases, read
from interlope.reader.sentences import Token

ORDER = (
    "forecast",
    "attribution",
    "trend",
    "share",
    "frequency",
    "meta",
    "normative",
    "occurrence",
)  # the first that stands in a clause names it


class Cued(NamedTuple):
    """What the words of a clause say: kind and cue, what is stated, the bounds of a word for a share, and the kinds of other cues."""

    kind: str
    cue: str
    stated: str
    low: float | None
    high: float | None
    also: tuple[str, ...]


def read_cues(tokens: Sequence[Token], start: int, end: int) -> Cued | None:
    """The cue of a clause, by the precedence of kinds; None where none fires.

    Parameters
    ----------
    tokens : Sequence[Token]
        Words of the sentence.
    start, end : int
        The clause.

    Returns
    -------
    Cued or None

    Examples
    --------
    >>> from interlope.reader.sentences import tokenise
    >>> tokens = tokenise("prices have not gone up")
    >>> cued = read_cues(tokens, 0, len(tokens))
    >>> cued.kind, cued.stated, is_negated(tokens, 0, len(tokens))
    ('trend', 'up', True)
    """
    matches = find_cues(tokens, start, end)
    if not matches:
        return None
    best = min(matches, key=lambda match: (ORDER.index(match.entry["kind"]), match.start))
    entry = best.entry
    bounded = next((m.entry for m in (best, *matches) if "low" in m.entry), {})
    also = dict.fromkeys(m.entry["kind"] for m in matches if m.entry["kind"] != entry["kind"])
    return Cued(entry["kind"], entry["name"], entry.get("said", ""), bounded.get("low"), bounded.get("high"), tuple(also))


def find_cues(tokens: Sequence[Token], start: int, end: int) -> list[Match]:
    """Every cue of a stretch, without what only looks like one."""
    return [match for match in _cues().find(tokens, start, end) if match.entry]


def find_link(tokens: Sequence[Token], start: int, end: int) -> int:
    """One past the words of cause with which a clause begins, as in "because of"; 0 where it begins otherwise."""
    for at in range(start, min(start + 2, end)):
        match = _cues().at(tokens, at)
        if match is not None and match.entry and match.entry["name"] == "cause" and match.end < end:
            return match.end
    return 0


def is_negated(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a clause holds a word that turns it round; two of them are not counted out."""
    return any(match.entry for match in _negation().find(tokens, start, end))


def list_loaded(tokens: Sequence[Token], start: int, end: int) -> tuple[str, ...]:
    """Words of a clause that take a side, as the lexicon spells them."""
    return tuple(dict.fromkeys(match.phrase.rstrip("*") for match in phrases("cues", "loaded").find(tokens, start, end)))


def find_loaded(tokens: Sequence[Token]) -> list[Match]:
    """Labels that take a side, where they stand."""
    return phrases("cues", "loaded").find(tokens)


def is_about_the_market(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a stretch speaks of the market, its actors or the state's answer to it."""
    return bool(phrases("counted", "topic").find(tokens, start, end))


def is_on_topic(tokens: Sequence[Token]) -> bool:
    """Whether a sentence speaks of the market or of something that is counted in one."""
    return is_about_the_market(tokens, 0, len(tokens)) or bool(phrases("counted", "counted").find(tokens))


@lru_cache(maxsize=1)
def _cues() -> Lexicon:
    """Cues, and phrases that hold the words of one and are none, without an entry."""
    table = read("cues")
    return Lexicon(
        [*((word, None) for word in table["no_cue"]["words"]), *((word, entry) for entry in table["cue"] for word in entry["words"])]
    )


@lru_cache(maxsize=1)
def _negation() -> Lexicon:
    """Words of negation, True; and what only looks like one, False."""
    table = read("cues")["negation"]
    return Lexicon([*((word, True) for word in table["words"]), *((phrase, False) for phrase in table["except"])])
