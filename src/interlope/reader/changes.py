"""Changes: what a percentage says of a level before. By 40 % is a factor of 1.4 or 0.6; to 40 % is one of 0.4, or a share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from interlope.reader.lexicon import Match, phrases
from interlope.reader.quantity import Quantity
from interlope.reader.sentences import Token


class Change(NamedTuple):
    """A number as a multiple of an earlier level, and its interpretations where it may be something else."""

    low: float | None
    high: float | None
    interpretations: tuple[str, ...] = ()


def read_change(tokens: Sequence[Token], quantity: Quantity, start: int, end: int) -> Change | None:
    """The multiple of an earlier level that a share of a clause is; None where it is none.

    Parameters
    ----------
    tokens : Sequence[Token]
        Words of a sentence.
    quantity : Quantity
        A number of the clause.
    start, end : int
        First token of the clause and one past the last.

    Returns
    -------
    Change or None

    Examples
    --------
    >>> from interlope.reader.quantities import read_quantities
    >>> from interlope.reader.sentences import tokenise
    >>> for text in ("Crossings rose by 40 %", "Crossings were cut by 40 %", "Crossings were cut to 40 %"):
    ...     tokens = tokenise(text)
    ...     change = read_change(tokens, read_quantities(tokens, [(0, len(tokens))])[0], 0, len(tokens))
    ...     print(change.low, change.high, len(change.interpretations))
    1.4 1.4 0
    0.6 0.6 0
    0.4 0.4 2
    """
    if not quantity.share or not quantity.start > start:
        return None
    word, verbs = tokens[quantity.start - 1].plain, phrases("numbers", "moved").find(tokens, start, quantity.start)
    if not verbs or word not in ("by", "to") and verbs[-1].end != quantity.start:
        return None
    if word == "to":
        share = tell_share(quantity.low, quantity.high)
        return Change(quantity.low, quantity.high, (f"{share} of the level before (kind change)", f"a share of {share} (kind interval)"))
    return _by(quantity, verbs[-1])


def _by(quantity: Quantity, verb: Match) -> Change | None:
    """One and the share more, or less; an end that the text leaves open stays so."""
    low, high = quantity.low, None if quantity.hedge == "lower" else quantity.high
    if verb.entry["name"] == "up":
        return Change(None if low is None else _round(1 + low), None if high is None else _round(1 + high))
    if (high or 0.0) >= 1 or (low or 0.0) >= 1:
        return None
    return Change(None if high is None else _round(1 - high), None if low is None else _round(1 - low))


def tell_share(low: float | None, high: float | None) -> str:
    """A share in percent, with its bounds."""
    ends = list(dict.fromkeys(f"{100 * end:.10g}" for end in (low, high) if end is not None))
    return f"{' to '.join(ends)} %"


def _round(value: float) -> float:
    return round(value, 10)
