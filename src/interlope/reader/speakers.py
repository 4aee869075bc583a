"""Speakers: who says something, citing whom: the chain from the outlet that is read to the source that speaks.

Roles only, by the lexicon: a person is the role that stands beside the name, and without one `unnamed`. Where a sentence names nobody, it
goes on with the speaker before it in the paragraph, its lineage stated where a pronoun speaks and else assumed; without one before it the
speaker is the document itself, and the lineage unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from interlope.reader.lexicon import Match, phrases
from interlope.reader.sentences import Token

NEAR = 14  # tokens before or behind a verb of saying among which its speaker is looked for
WIDEST = 6  # tokens behind `according to` or `told`
WIDEST_PARENTHESIS = 40  # tokens between the commas of a parenthesis
BREAKS = frozenset("; : . ? !".split())
ENDS = frozenset(", that and but while \x00".split(" "))
QUOTES = frozenset('“”"')
PRONOUNS = frozenset("he she it they".split())


class Speaker(NamedTuple):
    """A speaker of a chain: relay, document or source; its role by the lexicon; how it speaks: states, claims, doubts, believes, cites."""

    part: str
    role: str
    manner: str


class Speech(NamedTuple):
    """Where a sentence says who speaks: tokens of speaker and verb, those of the verb, the chain from outside to inside."""

    start: int
    end: int
    verb: tuple[int, int]
    chain: tuple[Speaker, ...]


def read_speakers(tokens: Sequence[Token]) -> list[Speech]:
    """Who speaks in a sentence.

    Parameters
    ----------
    tokens : Sequence[Token]
        Its words.

    Returns
    -------
    list of Speech
        In order of the verbs of saying.

    Examples
    --------
    >>> from interlope.reader.sentences import tokenise
    >>> tokens = tokenise("Prices rose, a researcher told the newspaper, citing a police report.")
    >>> [(s.part, s.role) for s in read_speakers(tokens)[0].chain]
    [('relay', 'outlet'), ('source', 'researcher'), ('source', 'police'), ('document', 'report')]
    """
    masked = _outside_quotations(tokens)
    speeches = []
    for verb in phrases("speakers", "verb").find(masked):
        speech = _speech(masked, verb)
        if speech is not None:
            speeches.append(speech)
    return speeches


def _speech(tokens: Sequence[Token], verb: Match) -> Speech | None:
    """The chain of one verb of saying; None where nobody is found beside it."""
    manner = verb.entry["name"]
    behind_only = verb.phrase in ("according to", "in the words of", "as reported by")
    start, end = verb.start, verb.end
    roles: list[Speaker] = []
    pronoun = False
    if not behind_only:
        first = _begin(tokens, verb.start)
        before = _roles(tokens, first, verb.start, manner)
        pronoun = not before and verb.start > first and tokens[verb.start - 1].plain in PRONOUNS
        strong = phrases("speakers", "speaking").at(tokens, verb.start) is not None
        if not before and not pronoun and strong and verb.start > first and tokens[verb.start - 1].text[0].isalnum():
            before = [Speaker("source", "unnamed", manner)]
        if before:
            roles, start = before, first
    relay, relay_end = _relay(tokens, verb)
    if not roles and not pronoun and not relay:
        last = _finish(tokens, verb.end)
        roles = _roles(tokens, verb.end, last, manner)
        end = last if roles else end
        if not roles and _is_name(tokens, verb.start - 1):
            roles = [Speaker("source", "unnamed", manner)]
    cited, cited_end = _cited(tokens, verb.end)
    chain = (*relay, *roles, *cited)
    if not chain and not pronoun:
        return None
    return Speech(start, max(end, relay_end, cited_end), (verb.start, verb.end), tuple(dict.fromkeys(chain)))


def _roles(tokens: Sequence[Token], start: int, end: int, manner: str) -> list[Speaker]:
    """Speakers named in a stretch: a source before the document that it wrote."""
    matches = phrases("speakers", "role").find(tokens, start, end)
    sources = [m for m in matches if m.entry["part"] == "source"]
    documents = [m for m in matches if m.entry["part"] == "document"]
    relays = [m for m in matches if m.entry["part"] == "relay"]
    chosen = [*(relays[-1:] if not sources and not documents else []), *sources[:1], *documents[-1:]]
    return [Speaker(m.entry["part"], m.entry["name"], manner) for m in chosen]


def _relay(tokens: Sequence[Token], verb: Match) -> tuple[list[Speaker], int]:
    """Whom a source spoke to."""
    for match in phrases("speakers", "told").find(tokens, verb.start, min(verb.end + WIDEST, len(tokens))):
        last = min(match.end + WIDEST, _finish(tokens, match.end))
        outlets = [m for m in phrases("speakers", "role").find(tokens, match.end, last) if m.entry["part"] == "relay"]
        if outlets:
            return [Speaker("relay", "outlet", "relays")], outlets[-1].end
    return [], verb.end


def _cited(tokens: Sequence[Token], start: int) -> tuple[list[Speaker], int]:
    """Whom the speaker cites in its turn."""
    for match in phrases("speakers", "citing").find(tokens, start):
        last = _finish(tokens, match.end)
        return _roles(tokens, match.end, last, "cited") or [Speaker("document", "unnamed", "cited")], last
    return [], start


def _begin(tokens: Sequence[Token], at: int) -> int:
    """First token of the subject before a verb; a parenthesis between commas stands between them where the verb follows a comma."""
    first = at
    if first and tokens[first - 1].text == ",":
        comma = next((i for i in range(first - 2, max(first - 2 - WIDEST_PARENTHESIS, 0), -1) if tokens[i].text == ","), None)
        first = first if comma is None else comma
    last = first
    while first and last - first < NEAR and tokens[first - 1].text not in BREAKS and tokens[first - 1].plain not in ENDS:
        first -= 1
    return first


def _finish(tokens: Sequence[Token], at: int) -> int:
    """One past the last token of a phrase behind a verb."""
    last = at
    while (
        last < len(tokens)
        and last - at < NEAR
        and tokens[last].text not in BREAKS
        and tokens[last].text != ","
        and tokens[last].plain not in ("that", "and", "but", "while", "who", "which")
    ):
        last += 1
    return last


def _is_name(tokens: Sequence[Token], i: int) -> bool:
    """Whether a capitalised word stands there that begins no sentence: somebody whose role no list knows."""
    return i > 0 and tokens[i].text[0].isupper()


def _outside_quotations(tokens: Sequence[Token]) -> list[Token]:
    """The words with those inside quotations blanked: what is said is not who says it."""
    inside, masked = False, []
    for token in tokens:
        if token.text in QUOTES:
            inside = token.text == "“" or token.text == '"' and not inside
            masked.append(token._replace(text="\x00", plain="\x00"))
        else:
            masked.append(token._replace(text="\x00", plain="\x00") if inside else token)
    return masked
