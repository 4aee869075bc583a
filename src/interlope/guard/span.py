"""Spans: matches of patterns as findings, with the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from interlope.guard.finding import Finding

AROUND = 30


def make(rule: str, text: str, start: int, end: int) -> Finding:
    """The finding at a place of a text.

    Parameters
    ----------
    rule : str
        A key of `RULES`.
    text : str
        In one spelling.
    start, end : int
        Where it lies.
    """
    around = text[max(0, start - AROUND) : end + AROUND]
    return Finding(rule, " ".join(text[start:end].split()), " ".join(around.split()), text.count("\n", 0, start))


def find_all(rule: str, patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[Finding]:
    """Yield the matches of some patterns that overlap none of the patterns before.

    Parameters
    ----------
    rule : str
        A key of `RULES`.
    patterns : iterable of re.Pattern[str]
        Each linear in the length of the text.
    text : str
        In one spelling.
    """
    taken = bytearray(len(text))
    for pattern in patterns:
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                yield make(rule, text, start, end)
