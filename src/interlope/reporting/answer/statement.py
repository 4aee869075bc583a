"""Statement: one sentence of the answer, how soon it is due, and which of them fit into little room."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
WIDTH = 100  # characters of a line where room is counted in lines


class Statement(NamedTuple):
    """A sentence of the answer.

    Where there is little room, those of a high `rank` come later: 0 is an answer itself, 1 what it depends on. `short` is the
    same sentence without the numbers that the tables give. `roots` are the ids of the roots that it rests on, none where it speaks of the
    calculation or the method. `parts` are what the text consists of, where it is long: the page shows each on a line of its own.
    """

    text: str
    rank: int = 0
    short: str = ""
    roots: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


def fit(statements: Sequence[Statement], lines_left: int, width: int = WIDTH) -> tuple[list[str], list[str]]:
    """Choose what is printed before the tables: as much as `lines_left` lines of `width` hold, the answers themselves before the rest.

    Where the answers and what they depend on would not fit, the answers take their short form.

    Parameters
    ----------
    statements : sequence of Statement
        The answer, in its order.
    lines_left : int
        Lines that there are.
    width : int
        Characters of a line.

    Returns
    -------
    first, later : list of str
        Sentences before and after the tables, each in their order.

    Examples
    --------

    >>> fit([Statement("one"), Statement("two", 2), Statement("three", 1)], lines_left=2)
    (['one', 'three'], ['two'])
    """
    if sum(_lines(s.text, width) for s in statements if s.rank <= 1) > lines_left:
        statements = [s._replace(text=s.short or s.text) for s in statements]
    chosen: set[int] = set()
    for i in sorted(range(len(statements)), key=lambda i: statements[i].rank):
        lines = _lines(statements[i].text, width)
        if lines <= lines_left or not chosen:
            chosen.add(i)
            lines_left -= lines
    return [s.text for i, s in enumerate(statements) if i in chosen], [s.text for i, s in enumerate(statements) if i not in chosen]


def write_count(count: int) -> str:
    """A count as a word up to ten, as a number above.

    >>> write_count(2), write_count(12)
    ('two', '12')
    """
    return COUNTS[count] if count < len(COUNTS) else str(count)


def _lines(text: str, width: int) -> int:
    return len(textwrap.wrap(text, width))
