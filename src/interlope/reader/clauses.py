"""Clauses: the stretches of a sentence that each say one thing.

A sentence is cut at marks, at quotation marks and before words that join or subordinate; a stretch that says nothing by itself then joins
the one before it, or the one behind it. No grammar is parsed: cuts that a parser would place elsewhere are seen in the spans.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from interlope.reader.lexicon import words
from interlope.reader.numerals import read_numeral
from interlope.reader.sentences import CLOSING, OPENING, Token

HARD = frozenset(". ; : ( ) — – ? ! … [ ]".split())
MARKS = frozenset((*OPENING, *CLOSING))
PARTICIPLES = ("ed", "ing")


def split(
    tokens: Sequence[Token], is_anchor: Callable[[int, int], bool], is_speech: Callable[[int, int], bool], cuts: Sequence[int] = ()
) -> list[tuple[int, int]]:
    """Cut a sentence into clauses.

    Parameters
    ----------
    tokens : Sequence[Token]
        Words of the sentence.
    is_anchor, is_speech : Callable[[int, int], bool]
        Whether the tokens of a stretch say something by themselves; whether they only say who speaks.
    cuts : Sequence[int]
        Further tokens before which it is cut.

    Returns
    -------
    list of (int, int)
        First token and one past the last, in order of the first. A subject whose verb stands behind a parenthesis runs over it.
    """
    pieces = _pieces(tokens, cuts)
    merged: list[tuple[int, int]] = []
    closed: list[bool] = []  # whether nothing may join
    i = 0
    while i < len(pieces):
        start, end = pieces[i]
        speech = is_speech(start, end)
        anchored = speech or is_anchor(start, end)
        if not anchored and i + 2 < len(pieces) and _is_parenthesis(tokens, pieces[i + 1]) and _starts_finite(tokens, pieces[i + 2]):
            merged.append((start, pieces[i + 2][1]))
            closed.append(False)
            if is_anchor(*pieces[i + 1]):
                merged.append(pieces[i + 1])
                closed.append(True)
            i += 3
            continue
        if speech and merged and closed[-1] and is_speech(*merged[-1]) and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        elif anchored or not merged:
            if merged and not closed[-1] and not is_anchor(*merged[-1]) and not is_speech(*merged[-1]) and not speech:
                merged[-1] = (merged[-1][0], end)
            else:
                merged.append((start, end))
                closed.append(speech)
        elif not closed[-1] and tokens[start - 1].text not in HARD and tokens[start - 1].text not in CLOSING:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
            closed.append(False)
        i += 1
    return [trim(tokens, *piece) for piece in merged if any(_is_word(t) for t in tokens[piece[0] : piece[1]])]


def trim(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """A stretch without marks and joining words at its ends; a quotation mark whose partner stands inside stays."""
    while start < end - 1 and (
        not _is_word(tokens[start]) and not _opens(tokens, start, end) or tokens[start].plain in ("and", "but", "that", "while", "or", "so")
    ):
        start += 1
    while end - 1 > start and (
        not _is_word(tokens[end - 1])
        and not _closes(tokens, start, end)
        and tokens[end - 1].plain != "%"
        or tokens[end - 1].plain in ("and", "but", "or", "that", "as")
    ):
        end -= 1
    return start, end


def _opens(tokens: Sequence[Token], start: int, end: int) -> bool:
    return tokens[start].text in OPENING and any(t.text in CLOSING for t in tokens[start + 1 : end])


def _closes(tokens: Sequence[Token], start: int, end: int) -> bool:
    return tokens[end - 1].text in CLOSING and any(t.text in OPENING for t in tokens[start : end - 1])


def _pieces(tokens: Sequence[Token], further: Sequence[int]) -> list[tuple[int, int]]:
    """Stretches between all places where a sentence may be cut."""
    cuts = [0, *(i for i in range(1, len(tokens)) if i in further or _is_cut(tokens, i))]
    return list(zip(cuts, [*cuts[1:], len(tokens)], strict=True))


def _is_cut(tokens: Sequence[Token], i: int) -> bool:
    """Whether a sentence may be cut before token `i`."""
    here, before = tokens[i], tokens[i - 1]
    if before.text in HARD or before.text == "," or here.text in OPENING and before.text not in MARKS:
        return True
    if before.text in CLOSING and i > 1 and tokens[i - 2].text in (",", ".", "?", "!"):
        return True
    if here.plain == "and" and _counts(tokens, i):
        return False
    if here.plain == "than" or here.plain == "rather" and not (i + 1 < len(tokens) and tokens[i + 1].plain == "than"):
        return False
    if here.plain in ("after", "before", "since", "until") and i + 1 < len(tokens) and tokens[i + 1].text[0].isdigit():
        return False
    if here.plain == "as" and before.plain == "well":
        return False
    if here.plain.endswith("ing") and here.plain not in words("not_participles") and _is_plural(before):  # refugees fleeing war
        return True
    return here.plain in words("joins") or i + 1 < len(tokens) and f"{here.plain} {tokens[i + 1].plain}" in words("joins_of_two")


def _counts(tokens: Sequence[Token], i: int) -> bool:
    """Whether `and` joins two numbers: between 5 and 7, two hundred and six, three and a half."""
    if i + 1 >= len(tokens):
        return False
    return (
        tokens[i + 1].plain in ("a", "half")
        or read_numeral(tokens, i + 1) is not None
        and any(t.plain == "between" for t in tokens[max(0, i - 8) : i])
    )


def _is_parenthesis(tokens: Sequence[Token], piece: tuple[int, int]) -> bool:
    """Whether a stretch is a participle or a relative clause between commas, or names what stands before it."""
    first, last = tokens[piece[0]], tokens[piece[1] - 1]
    opens = (
        first.plain.endswith(PARTICIPLES)
        and first.plain not in words("not_participles")
        or first.plain in ("who", "which", "a", "an", "the")
    )
    return opens and last.text == "," and tokens[piece[0] - 1].text == ","


def _starts_finite(tokens: Sequence[Token], piece: tuple[int, int]) -> bool:
    """Whether a stretch begins with a verb, an adverb before it or not."""
    return any(t.plain in words("finite") for t in tokens[piece[0] : min(piece[0] + 2, piece[1])]) and tokens[piece[0]].plain not in words(
        "common"
    )


def _is_plural(token: Token) -> bool:
    """Whether a word looks like a plural noun."""
    return (
        len(token.plain) > 3
        and token.plain.endswith("s")
        and not token.plain.endswith(("ss", "us", "'s"))
        and token.plain not in words("not_plurals")
    )


def _is_word(token: Token) -> bool:
    return token.text[0].isalnum()
