"""Quantities: numbers with their bounds, what is counted, what happened to it, and per what.

A number is proposed with what its sentence says and no more: without a noun, `counted` stays empty, or is that of the number before with a
flag; a vague word (dozens) has no bounds. Years, dates, ages and lengths of time are no quantities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from interlope.reader.bounds import read_bounds
from interlope.reader.counted import describe
from interlope.reader.lexicon import phrases
from interlope.reader.numerals import read_numeral
from interlope.reader.quantity import Quantity
from interlope.reader.sentences import Token


def read_quantities(tokens: Sequence[Token], bounds: Sequence[tuple[int, int]], before: Quantity | None = None) -> list[Quantity]:
    """Read the quantities of a sentence.

    Parameters
    ----------
    tokens : Sequence[Token]
        Its words.
    bounds : Sequence[tuple[int, int]]
        First token and one past the last of each clause, in order.
    before : Quantity or None
        The last number before this sentence that says what it counts.

    Returns
    -------
    list of Quantity

    Examples
    --------
    >>> from interlope.reader.sentences import tokenise
    >>> tokens = tokenise("Between 12 and 15 boats leave each week, and at least two people were killed.")
    >>> [(q.low, q.high, q.counted, q.unit) for q in read_quantities(tokens, [(0, 8), (8, len(tokens))])]
    [(12.0, 15.0, 'boats', ''), (2.0, None, 'persons', 'deaths')]
    """
    quantities: list[Quantity] = []
    i = 0
    while i < len(tokens):
        numeral = read_numeral(tokens, i)
        quantity = _vague(tokens, i) if numeral is None else read_bounds(tokens, i, numeral)
        if quantity is None:
            i = i + 1 if numeral is None else numeral.end
            continue
        inside = next(((a, b) for a, b in bounds if a <= quantity.start < b), (0, len(tokens)))
        quantity = describe(quantity, tokens, inside, before, near=any(q.counted for q in quantities))
        if quantity is not None:
            quantities.append(quantity)
            before = quantity if quantity.counted else before
            i = quantity.end
        else:
            i = i + 1 if numeral is None else numeral.end
    return _share_events(quantities, tokens)


def _share_events(quantities: Sequence[Quantity], tokens: Sequence[Token]) -> list[Quantity]:
    """What happened to the second of two numbers that `and` joins happened to the first too: 29 soldiers and 12 officers were injured."""
    shared = list(quantities)
    for i in range(len(shared) - 1, 0, -1):
        first, second = shared[i - 1], shared[i]
        if (
            second.event
            and not first.event
            and first.counted == second.counted
            and [t.plain for t in tokens[first.end : second.start]] == ["and"]
        ):
            unit = second.unit.partition("/")[0] if second.unit else first.unit
            shared[i - 1] = replace(first, event=second.event, unit=unit + ("/" + first.per if first.per and "/" in first.unit else ""))
    return shared


def _vague(tokens: Sequence[Token], i: int) -> Quantity | None:
    """Dozens, hundreds of: a number is meant and none is given."""
    match = phrases("numbers", "vague").at(tokens, i)
    return None if match is None else Quantity(match.start, match.end, None, None, "vague")
