"""Dates: days in digits, and numbers that a stroke joins, which count nothing: 5/6/2030, 2030-06-05, 24/7."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interlope.reader.sentences import Token

LONGEST = 5  # tokens of a day with strokes or hyphens
DAY = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{4}|\d{4}([/.-])\d{1,2}\2\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{2}|\d+/\d+")


def is_in_date(tokens: Sequence[Token], i: int) -> bool:
    """Whether a number is a part of a day in digits, or joined to another by a stroke.

    Parameters
    ----------
    tokens : Sequence[Token]
        Words of a sentence.
    i : int
        The number.

    Returns
    -------
    bool

    Examples
    --------
    >>> from interlope.reader.sentences import tokenise
    >>> [is_in_date(tokenise(text), 0) for text in ("5/6/2030", "5.6.2030", "2030-06-05", "30-40 boats")]
    [True, True, True, False]
    """
    first, last = i, i + 1
    while first and i - first < LONGEST and _touches(tokens, first - 1):
        first -= 1
    while last < len(tokens) and last - i < LONGEST and _touches(tokens, last - 1):
        last += 1
    text = "".join(t.text for t in tokens[first:last])
    place = sum(len(t.text) for t in tokens[first:i])
    return any(match.start() <= place < match.end() for match in DAY.finditer(text))


def _touches(tokens: Sequence[Token], i: int) -> bool:
    """Whether a token and the next are digits and marks of days without a blank between them."""
    return tokens[i].end == tokens[i + 1].start and all(t.text[0].isdigit() or t.text in "/.-" for t in tokens[i : i + 2])
