"""Fingerprints: what stays of a sentence when an editor saves a text again, and how a document is known by them.

A re-saved copy has other bytes: line ends, blanks, curly quotation marks, long dashes, a mark of byte order. Its words are the same. So
every sentence is reduced to its letters and digits in lower case, and hashed; a copy that holds most of a document's sentences is the
document saved again. Eight in ten is an assumption: below that so much was changed that it is another text.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Sequence

from interlope.reader.sentences import split

SAME = 0.8  # share of a document's sentences that a copy has to hold: assumption


def fingerprint(sentence: str) -> str:
    """First 16 hex digits of the SHA-256 of a sentence's letters and digits, in compatibility form and lower case.

    Parameters
    ----------
    sentence : str
        The sentence.

    Returns
    -------
    str

    Examples
    --------
    >>> fingerprint("“Two  boats” came.") == fingerprint('"Two boats"\\ncame.')
    True
    """
    plain = "".join(c for c in unicodedata.normalize("NFKC", sentence).casefold() if c.isalnum())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fingerprints(text: str) -> list[str]:
    """Fingerprints of the sentences of a text, in order."""
    return [fingerprint(text[s.start : s.end]) for s in split(text)]


def overlap(known: Sequence[str], other: Collection[str]) -> float:
    """Share of the known sentences that another text holds; 0 where none is known."""
    present = set(other)
    return sum(mark in present for mark in known) / len(known) if known else 0.0
