"""Lexicon: the lists of `lexicons/` and how phrases of them are looked up among the words of a sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from interlope.reader.sentences import Token

PREFIX = 3  # letters by which words with an open ending are looked up


class Match(NamedTuple):
    """A phrase of a lexicon among tokens: first token, one past the last, the phrase as the lexicon spells it, and its entry."""

    start: int
    end: int
    phrase: str
    entry: Any


class Lexicon:
    """Phrases with an entry each; a word that ends in * stands for every word that begins so.

    Parameters
    ----------
    pairs : Iterable[tuple[str, Any]]
        Phrases in lower case, and what each stands for. Of equal phrases the first counts.

    Examples
    --------
    >>> from interlope.reader.sentences import tokenise
    >>> lexicon = Lexicon([("per cent", "share"), ("smuggl*", "topic")])
    >>> [(m.phrase, m.entry) for m in lexicon.find(tokenise("Forty per cent of smugglers"))]
    [('per cent', 'share'), ('smuggl*', 'topic')]
    """

    def __init__(self, pairs: Iterable[tuple[str, Any]]):
        self.by_word: dict[str, list[tuple[tuple[str, ...], str, Any]]] = {}
        for phrase, entry in pairs:
            words = tuple(phrase.split())
            key = words[0][:PREFIX] + "*" if words[0].endswith("*") else words[0]
            self.by_word.setdefault(key, []).append((words, phrase, entry))
        for same in self.by_word.values():
            same.sort(key=lambda one: -len(one[0]))

    def at(self, tokens: Sequence[Token], i: int) -> Match | None:
        """The longest phrase that begins with token `i`, or None."""
        plain, best = tokens[i].plain, None
        for key in (plain, plain[:PREFIX] + "*"):
            for words, phrase, entry in self.by_word.get(key, ()):
                if (best is None or i + len(words) > best.end) and _fits(words, tokens, i):
                    best = Match(i, i + len(words), phrase, entry)
        return best

    def find(self, tokens: Sequence[Token], start: int = 0, end: int | None = None) -> list[Match]:
        """Phrases within tokens `start` to `end`, longest first where they begin together, none inside another."""
        matches, i, end = [], start, len(tokens) if end is None else end
        while i < end:
            match = self.at(tokens, i)
            if match is None or match.end > end:
                i += 1
            else:
                matches.append(match)
                i = match.end
        return matches


def _fits(words: Sequence[str], tokens: Sequence[Token], i: int) -> bool:
    if i + len(words) > len(tokens):
        return False
    return all(
        t.plain.startswith(w[:-1]) if w.endswith("*") else t.plain == w for w, t in zip(words, tokens[i : i + len(words)], strict=True)
    )


@lru_cache(maxsize=8)
def read(name: str) -> dict[str, Any]:
    """The tables of one file of `lexicons/`."""
    return tomllib.loads((resources.files("interlope.reader") / "lexicons" / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def phrases(name: str, table: str) -> Lexicon:
    """The phrases of a table of a file: one with `words`, or several, each the entry of its phrases."""
    tables = read(name)[table]
    return Lexicon((word, entry) for entry in (tables if isinstance(tables, list) else [tables]) for word in entry["words"])


@lru_cache(maxsize=16)
def words(table: str) -> frozenset[str]:
    """The words of a table of `lexicons/grammar.toml`."""
    return frozenset(read("grammar")[table]["words"])
