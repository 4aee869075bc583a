"""Skipped: sentences that are not read, because what they hold may stand in no case: ways of crossing, contacts, places, hours."""

from __future__ import annotations

from collections.abc import Sequence

from interlope import guard
from interlope.reader.lexicon import phrases
from interlope.reader.sentences import Token

HARD = {
    "phone": "a contact",
    "handle": "a contact",
    "coordinates": "a precise place",
    "address": "a precise place",
    "road": "a road",
    "document": "a number of a document",
}  # rules of the guard that nothing excuses; an hour alone is left out of what is proposed


def skip(sentence: str, tokens: Sequence[Token]) -> str:
    """Why a sentence is not read; empty where it may be.

    Parameters
    ----------
    sentence : str
        Its text.
    tokens : Sequence[Token]
        Its words.

    Returns
    -------
    str
    """
    if phrases("skipped", "methods").find(tokens):
        return "a way of crossing or hiding"
    return next((HARD[finding.rule] for finding in guard.inspect(sentence) if finding.rule in HARD), "")
