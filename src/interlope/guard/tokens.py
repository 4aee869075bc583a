"""Tokens: the words of a text, which of them lists cover, and which belong to a citation or a link."""

from __future__ import annotations

import re
from typing import NamedTuple

from interlope.guard import vocabulary
from interlope.guard.spelling import LETTER, WORD, strip
from interlope.guard.vocabulary import Phrases

INITIALS = r"(?:,? [A-Z]\.(?:[ -]?[A-Z]\.){0,3})?"
AUTHOR = rf"(?:(?:[Dd]e|[Dd]el|[Vv]an|[Vv]on|[Dd]i|[Ll]a|[Ll]e) ){{0,2}}(?=[^\W\d_a-z]){LETTER}{{2,30}}(?:-{LETTER}{{2,30}})?'?{INITIALS}"
YEAR = r",? \(?(?:[A-Z]\w+ )?(?:19|20)\d\d[a-z]?\b"
AUTHORS = re.compile(
    rf"(?<!\w){AUTHOR}(?:,? (?:(?:&|and) )?{AUTHOR}){{0,6}},? (?:&|and) (?:{AUTHOR}|others|colleagues){YEAR}|(?<!\w){AUTHOR},? et al\b"
)
ONE_AUTHOR = re.compile(rf"(?:(?<=\()|(?<=; )){AUTHOR},? (?:19|20)\d\d[a-z]?(?=[);])|(?<!\w){AUTHOR} \((?:19|20)\d\d[a-z]?\)")
METHOD = (
    "test|tests|filter|statistics?|distributions?|estimators?|algorithm|theorem|criterion|copula|divergence|transform|"
    "transformation|equations?|inequality|matrix|sampler|sampling|priors?|posterior|approximation|correction|index|indices|"
    "coefficient|kernel|entropy|regression|model|models|graphs?|dynamics|flights?|tournament|interpolation|decomposition|"
    "factorisation|factorization|bounds?|lemma|paradox|optimi[sz]ation|simulation"
)
OWN = "alpha|kappa|rho|tau|lambda|beta|delta|d|h|laws?|rule|principle|razor|hypothesis|conjecture|score|method|formula|procedure"
NAMED = rf"(?=[^\W\d_a-z]){LETTER}{{2,30}}"
EPONYM = re.compile(rf"(?<!\w){NAMED}(?:(?:-| and ){NAMED}){{0,2}} (?:{METHOD})\b|(?<!\w){NAMED}'s? (?:{METHOD}|{OWN})\b")
LINK = re.compile(r"https?://\S+|\bdoi:\S+|\bwww\.\S+")


class Token(NamedTuple):
    """A word, where it stands, and how the lists spell it."""

    text: str
    start: int
    end: int
    plain: str

    @property
    def is_capitalised(self) -> bool:
        """True where a name may begin, also after an apostrophe as in d'Esempio."""
        return self.text[0].isupper() or "'" in self.text and self.text.rpartition("'")[2][:1].isupper()

    @property
    def is_caseless(self) -> bool:
        """True for a script without capital letters."""
        first = self.text[0]
        return not first.isascii() and (first.lower() == first.upper() or "\u10a0" <= first <= "\u10ff")


def tokenise(text: str) -> list[Token]:
    """The words of a text in one spelling, without genitives.

    Parameters
    ----------
    text : str
        In one spelling.
    """
    return [Token(word, m.start(), m.start() + len(word), strip(word)) for m in WORD.finditer(text) for word in vocabulary.split(m[0])]


def cover(tokens: list[Token], phrases: Phrases) -> list[bool]:
    """Which words belong to a phrase of a list.

    Parameters
    ----------
    tokens : list of Token
        Of the text.
    phrases : Phrases
        The list.
    """
    covered = [False] * len(tokens)
    for i, token in enumerate(tokens):
        for phrase in phrases.get(token.plain) or phrases.get(token.plain.removesuffix("s"), ()):
            if len(phrase) == 1 or tuple(t.plain for t in tokens[i : i + len(phrase)]) == phrase:
                covered[i : i + len(phrase)] = [True] * len(phrase)
                break
    return covered


def excuse_citations(text: str, tokens: list[Token], excused: list[bool]) -> None:
    """Excuse authors cited with a year, unless a single name is a town, and other words of methods and links.

    What a method is called after and what a link is made of is excused unless the lists know it as a name or a town.

    Parameters
    ----------
    text : str
        In one spelling.
    tokens : list of Token
        Of the text.
    excused : list of bool
        Changed in place.
    """
    cited = bytearray(len(text))
    for pattern, mark in ((ONE_AUTHOR, b"\2"), (EPONYM, b"\3"), (AUTHORS, b"\1"), (LINK, b"\3")):
        for start, end in (m.span() for m in pattern.finditer(text)):
            cited[start:end] = mark * (end - start)
    for i, token in enumerate(tokens):
        town = (token.plain,) in vocabulary.towns().get(token.plain, ())
        mark = cited[token.start]
        excused[i] |= mark == 1 or mark == 2 and not town or mark == 3 and not town and token.plain not in vocabulary.names()


def adjoin(text: str, one: Token, two: Token) -> bool:
    """True where nothing but a space, a line end or a mark of punctuation stands between two words.

    Parameters
    ----------
    text : str
        In one spelling.
    one, two : Token
        In their order.
    """
    return text[one.end : two.start].strip(" \n-,._") == "" and two.start - one.end < 12
