"""Vocabulary: the shipped lists of words, read when they are first needed; each file says where it comes from."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

from interlope.guard.spelling import WORD, strip, unify

Phrases = dict[str, list[tuple[str, ...]]]  # first word -> phrases, longest first
ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("er", ""),
    ("er", "e"),
    ("ers", ""),
    ("ers", "e"),
    ("or", "e"),
    ("ors", "e"),
    ("ly", ""),
    ("ily", "y"),
    ("ness", ""),
    ("nesses", ""),
    ("est", ""),
    ("est", "e"),
    ("ier", "y"),
    ("iest", "y"),
    ("iness", "y"),
    ("ation", "e"),
    ("able", ""),
    ("able", "e"),
    ("ability", "able"),
    ("isation", "ise"),
    ("ization", "ize"),
    ("isation", ""),
    ("ization", ""),
    ("less", ""),
    ("ful", ""),
    ("ised", "ize"),
    ("ise", "ize"),
    ("ally", "al"),
    ("ity", ""),
    ("ity", "e"),
    ("ism", ""),
    ("ist", ""),
    ("ists", ""),
    ("ship", ""),
)
BEGINNINGS = (
    "un",
    "re",
    "over",
    "under",
    "sub",
    "non",
    "mis",
    "pre",
    "post",
    "co",
    "de",
    "inter",
    "intra",
    "micro",
    "macro",
    "meta",
    "multi",
    "bi",
    "auto",
    "anti",
    "hyper",
    "geo",
    "hetero",
    "homo",
    "out",
    "pseudo",
    "quasi",
    "semi",
    "super",
    "trans",
    "ultra",
    "up",
    "down",
    "counter",
    "cross",
    "bio",
    "socio",
    "narco",
    "eco",
    "tele",
    "cyber",
    "self",
    "dis",
    "in",
    "im",
    "fore",
    "mid",
    "back",
)


@lru_cache(maxsize=1)
def english() -> frozenset[str]:
    """English words in lower case, without common endings."""
    return frozenset(_lines("english"))


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """Given names and surnames that are no English word."""
    return frozenset(_lines("names"))


@lru_cache(maxsize=1)
def towns() -> Phrases:
    """Towns that are no English word, by their first word; the list spells them as they are looked up."""
    by_first: Phrases = {}
    for town in _lines("towns"):
        words = tuple(town.split())
        by_first.setdefault(words[0], []).append(words)
    return by_first


@lru_cache(maxsize=1)
def harmless() -> Phrases:
    """States, regions, capitals, rivers, months, agencies, agreements and technical terms, by their first word.

    Towns that public statistics are named after are harmless with a word of statistics behind them only.
    """
    counted = [f"{town} {word}" for town in words("towns of statistics") for word in words("statistics")]
    return index([*_lines("terms"), *_lines("territories"), *_lines("foreign"), *_lines("public"), *counted])


@lru_cache(maxsize=1)
def stems() -> frozenset[str]:
    """What is left of harmless words of inflected languages in other alphabets without their endings."""
    words = {word for phrases in harmless().values() for phrase in phrases for word in phrase if not word.isascii() and len(word) > 4}
    return frozenset(word[: len(word) - cut] for word in words for cut in (0, 1, 2) if len(word) - cut > 3)


def index(phrases: list[str]) -> Phrases:
    """Phrases by their first word, longest first, as they are looked up.

    >>> index(["Middle East", "Middle"])
    {'middle': [('middle', 'east'), ('middle',)]}
    """
    by_first: Phrases = {}
    for phrase in phrases:
        words = tuple(strip(part) for word in WORD.findall(unify(phrase)) for part in split(word))
        if words:
            by_first.setdefault(words[0], []).append(words)
    for same in by_first.values():
        same.sort(key=len, reverse=True)
    return by_first


def split(word: str) -> list[str]:
    """A word without the genitive.

    >>> split("Serbia's"), split("d'Ivoire")
    (['Serbia'], ["d'Ivoire"])
    """
    return [re.sub(r"'[sS]?$", "", word)]


def is_english(word: str) -> bool:
    """True for an English word, inflected or put together, in lower case.

    >>> is_english("overdispersion"), is_english("przyklad")
    (True, False)
    """
    if word in english() or any(base in english() or any(b in english() for b in bases(base)) for base in bases(word)):
        return True
    return any(word.startswith(begin) and len(word) - len(begin) > 3 and _is_inflected(word[len(begin) :]) for begin in BEGINNINGS)


def bases(word: str) -> list[str]:
    """What a word may be an inflected form of.

    >>> bases("stopped")
    ['stopp', 'stoppe', 'stop']
    """
    forms = [
        word[: len(word) - len(ending)] + instead for ending, instead in ENDINGS if word.endswith(ending) and len(word) - len(ending) > 2
    ]
    return forms + [form[:-1] for form in forms if len(form) > 3 and form[-1] == form[-2]]


def _is_inflected(word: str) -> bool:
    return word in english() or any(base in english() for base in bases(word))


@lru_cache(maxsize=1)
def _roles() -> dict[str, frozenset[str]]:
    sections = re.split(r"\[([a-z ]+)\]", "\n".join(_lines("roles")))[1:]
    return {head: frozenset(words.split()) for head, words in zip(sections[::2], sections[1::2], strict=True)}


def words(role: str) -> frozenset[str]:
    """Words that say something of their neighbours.

    Parameters
    ----------
    role : str
        A head of `lists/roles.txt`, such as "titles".
    """
    return _roles()[role]


def _lines(name: str) -> list[str]:
    text = resources.files("interlope.guard").joinpath("lists", f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
