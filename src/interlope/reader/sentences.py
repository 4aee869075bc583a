"""Sentences: where a text's sentences, words and quotations stand, in characters of the text as it is.

A sentence ends at a full stop, a question or an exclamation mark before a blank and a capital, a quotation mark or a digit, and at the end
of a line that ends a paragraph. One that is longer than 1,000 characters is cut at a blank, so that the work grows with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 1_000  # characters of one sentence
OPENING, CLOSING = '“„«"', '”“»"'
WORD = re.compile(r"\d+(?:[.,]\d+)*(?:(?:k|m|bn)\b)?|[^\W\d_]+(?:['’\-][^\W\d_]+)*|[^\s\w]|_")
PARAGRAPH = re.compile(r"[^\r\n\f]+(?:\r?\n(?![ \t]*+\r?[\n\f])[^\r\n\f]+)*")
STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"”’»'\)\]]*+(?=\s++[\"“„«‘'(\[]*+[^\W_a-z])")  # each run of marks is tried once
SHORT = re.compile(r"(?:\b(?:mr|mrs|ms|dr|prof|gen|col|st|no|nos|approx|ca|vs|e\.g|i\.e|u\.s|u\.n|[A-Z])\.)$", re.IGNORECASE)


class Token(NamedTuple):
    """A word, a number or a mark; `plain` is it in lower case with straight apostrophes."""

    start: int
    end: int
    text: str
    plain: str


class Sentence(NamedTuple):
    """A sentence by the characters that it runs over, and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


def split(text: str) -> list[Sentence]:
    """Cut a text into sentences.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Sentence
        In order; blanks around a sentence belong to none.

    Examples
    --------
    >>> text = "Two boats came. “Nobody was hurt,” the service said."
    >>> [text[s.start : s.end] for s in split(text)]
    ['Two boats came.', '“Nobody was hurt,” the service said.']
    """
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(PARAGRAPH.finditer(text)):
        start = paragraph.start()
        for end in [*_ends(text, paragraph.start(), paragraph.end()), paragraph.end()]:
            sentences.extend(Sentence(a, b, number) for a, b in _cut(text, start, end))
            start = end
    return sentences


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """Where sentences of a paragraph end; not behind a short form, and not inside a quotation that goes on in small letters."""
    for stop in STOP.finditer(text, start, end):
        if not (text[stop.start()] == "." and SHORT.search(text[max(start, stop.start() - 8) : stop.start() + 1])):
            yield stop.end()


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence without the blanks around it, in pieces that are short enough."""
    while start < end:
        while start < end and text[start].isspace():
            start += 1
        stop = end
        if end - start > LONGEST:
            blank = max(text.rfind(" ", start + 1, start + LONGEST), text.rfind("\n", start + 1, start + LONGEST))
            stop = blank if blank > start else start + LONGEST
        last = stop
        while last > start and text[last - 1].isspace():
            last -= 1
        if last > start:
            yield start, last
        start = stop


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Words, numbers and marks of a stretch of text.

    Parameters
    ----------
    text : str
        The text.
    start, end : int
        The stretch, in characters; all of it without them.

    Returns
    -------
    list of Token

    Examples
    --------
    >>> [t.plain for t in tokenise("Up to €1,200 a head")]
    ['up', 'to', '€', '1,200', 'a', 'head']
    """
    end = len(text) if end is None else end
    return [Token(m.start(), m.end(), m[0], m[0].lower().replace("’", "'")) for m in WORD.finditer(text, start, end)]


def quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches between quotation marks of one sentence, marks included; one that is not closed runs to the end."""
    spans, opened = [], None
    for at in range(start, end):
        mark = text[at]
        if opened is None and mark in OPENING:
            opened = at
        elif opened is not None and mark in CLOSING:
            spans.append((opened, at + 1))
            opened = None
    return spans if opened is None else [*spans, (opened, end)]
