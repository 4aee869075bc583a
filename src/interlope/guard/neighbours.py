"""Neighbours: what the words beside a word make of it: a title, an initial or a given name a person, a site the name of a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interlope.guard.tokens import Token, adjoin
from interlope.guard.vocabulary import words

ENUMERATES = re.compile(
    r"(?:^|[.;:(\n]\s*|(?i:group|model|sector|table|figure|appendix|option|source|scenario|annex|grade|part|section|class|case|type)s?\s+)$"
)


def is_titled(text: str, token: Token, before: Token, tokens: list[Token], i: int, harmless: list[bool]) -> bool:
    """True after a title or an initial, and for a surname after a given name where both are ordinary words."""
    if before.plain in words("titles") and (before.is_capitalised or before.plain in words("plain titles")) and before.plain != "general":
        return (
            token.plain not in ("general", "in", "of", "for")
            and (token.is_capitalised or before.plain in words("plain titles"))
            and len(token.plain) > 1
        )
    if _is_surname_first(text, token, before, harmless[i - 1]):
        return True
    if not token.is_capitalised or len(token.plain) < 3:
        return False
    between = text[before.end : token.start]
    if len(before.text) == 1 and before.is_capitalised and between.startswith(".") and not harmless[i]:
        second = i > 1 and len(tokens[i - 2].text) == 1 and text[tokens[i - 2].end : before.start].strip() == "."
        return (
            second
            and tokens[i - 2].plain + before.plain not in ("us", "uk", "un", "eu")
            or not second
            and not (ENUMERATES.search(text[max(0, before.start - 14) : before.start]) and before.plain in "abcdefgh")
        )
    return before.is_capitalised and before.plain in words("given") and token.plain in words("surnames") and not between.strip(" \n\"'")


def _is_surname_first(text: str, token: Token, before: Token, harmless: bool) -> bool:
    """True for an initial after a surname and a comma."""
    between = text[before.end : token.start]
    return (
        between == ", "
        and len(token.text) == 1
        and token.is_capitalised
        and text[token.end : token.end + 1] == "."
        and not harmless
        and before.is_capitalised
        and len(before.plain) > 2
        and not text[token.end + 1 : token.end + 3].strip()[:1].isalpha()
    )


def find_sites(text: str, tokens: list[Token], harmless: list[bool], excused: list[bool]) -> Iterator[int]:
    """Ordinary words that name a site: the Blue guesthouse, Sample River, Mount Sample."""
    for i, token in enumerate(tokens[1:], 1):
        before = tokens[i - 1]
        if not adjoin(text, before, token) or text[before.end : token.start].strip(" \n"):
            continue
        if token.is_capitalised and len(token.plain) > 2 and before.plain in words("before sites") and not harmless[i] and not excused[i]:
            yield i
        is_name = (
            before.is_capitalised and len(before.plain) > 2 and not before.text.isupper() and not harmless[i - 1] and not excused[i - 1]
        )
        is_site = token.plain in words("sites") and before.plain not in words("qualifiers")
        if is_name and is_site and (token.is_capitalised or _is_inside(text, before)):
            yield i - 1


def _is_inside(text: str, token: Token) -> bool:
    """True where no sentence begins, so that a capital means a name."""
    return bool(re.search(r"[a-z,] $", text[max(0, token.start - 2) : token.start]))
