"""Direction: whether an option brings more or less of an outcome, and how surely."""

from __future__ import annotations

from collections.abc import Sequence

from interlope.reporting.numerals import NOISE
from interlope.results.comparison import Difference
from interlope.units import whole_years

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


def is_steady(rows: Sequence[Difference], way: str) -> bool:
    """Say whether one outcome goes one way under every explanation, in the mean or in the greater share of futures, clearly or not.

    `rows` are as in `clear_direction`, `way` is `more` or `fewer`.
    """
    other = "fewer" if way == "more" else "more"
    means = [(r.mean or 0.0) * (1.0 if way == "more" else -1.0) > NOISE for r in rows]
    shares = [chance_of(r, way) > chance_of(r, other) for r in rows]
    return bool(rows) and (all(means) or all(shares))


def tell_turn(row: Difference, way: str) -> str:
    """That the mean goes the other way than most futures; empty where it does not."""
    turned = row.mean is not None and (row.mean < 0 if way == "more" else row.mean > 0)
    return " in the mean, which a few futures turn" if turned else ""


def name_today(days: int, seasonal: bool | None = False) -> str:
    """Name the days that count as today: the model's own days before the decision, not what was counted then; with what they lack where
    there is a season, or may be one (None), and they are no whole years.

    >>> name_today(365), name_today(731), name_today(90)
    ('the simulated year before the decision', 'the simulated 2 years before the decision', 'the simulated 90 days before the decision')
    >>> name_today(90, seasonal=True)
    'the simulated 90 days before the decision, not adjusted for the season'
    """
    years = whole_years(days)
    span = "year" if years == 1 else f"{years} years" if years else "day" if days == 1 else f"{days} days"
    return f"the simulated {span} before the decision{'' if years or seasonal is False else ', not adjusted for the season'}"


def chance_of(row: Difference, way: str) -> float:
    """Return the chance that there is `more` or `fewer` in one row; 0 where it is not known."""
    return (row.chance_more if way == "more" else row.chance_less) or 0.0
