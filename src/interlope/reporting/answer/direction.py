"""Direction: whether an option brings more or less of an outcome, and how surely."""

from __future__ import annotations

from collections.abc import Sequence

from interlope.results.comparison import Difference

CLEAR = 0.8  # a direction is stated when its probability reaches "likely" and no explanation would turn it round
BASIS = "by shares of futures"  # beside break-even odds, which go by means
LIKELY = 0.55  # a harm that may rise is never left out beside harms that fall
POOLED = "pooled"


def direction(row: Difference) -> str:
    """Say whether there is `more` or `fewer` in one row, by the chances in it; nothing where that is not clear."""
    more, less = row.chance_more, row.chance_less
    if more is None or less is None:
        return ""
    return "more" if more >= CLEAR else "fewer" if less >= CLEAR else ""


def clear_direction(rows: Sequence[Difference]) -> str:
    """Say whether there is `more` or `fewer` of one outcome, clearly and under every explanation; else nothing.

    `rows` are the differences of one option in one outcome over one comparator, by explanation and pooled.
    """
    directions = {direction(r) for r in rows}
    return directions.pop() if len(directions) == 1 else ""


def chance_of(row: Difference, way: str) -> float:
    """Return the chance that there is `more` or `fewer` in one row; 0 where it is not known."""
    return (row.chance_more if way == "more" else row.chance_less) or 0.0
