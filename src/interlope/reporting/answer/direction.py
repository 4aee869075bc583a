"""Direction: whether an option brings more or less of an outcome, and how surely."""

from __future__ import annotations

from collections.abc import Sequence

from interlope.reporting.numerals import NOISE
from interlope.results.comparison import CompareResult, Difference
from interlope.units import whole_years

CLEAR = 0.8  # a direction is stated when its probability reaches "likely" and no explanation would turn it round
BASIS = "by shares of futures"  # beside break-even odds, which go by means
LIKELY = 0.55  # a harm that may rise is never left out beside harms that fall
SOME = 0.2  # share of futures with more of a harm that is not called unchanged, where few have less
TIMES = 4.0  # the share of futures with more over that with less, from which those are few; and the other way round
POOLED = "pooled"


def direction(row: Difference) -> str:
    """Say whether there is `more` or `fewer` in one row, by the chances in it; nothing where that is not clear."""
    return name_direction(row.chance_more, row.chance_less)


def name_direction(more: float | None, less: float | None) -> str:
    """Say whether there is `more` or `fewer`, by the chances of each; nothing where that is not clear or they are not known.

    >>> name_direction(0.85, 0.1), name_direction(0.1, 0.85), name_direction(0.5, 0.3)
    ('more', 'fewer', '')
    """
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


def is_still(more: float, less: float) -> bool:
    """Say whether most futures show no change and the others lean to neither side, from the chances of more and of less.

    >>> is_still(0.1, 0.1), is_still(0.35, 0.02), is_still(0.02, 0.35), is_still(0.3, 0.1)
    (True, False, False, True)
    """
    return more + less < 1.0 - LIKELY and (max(more, less) < SOME or max(more, less) < TIMES * min(more, less))


def tell_turn(row: Difference, way: str) -> str:
    """That the mean goes the other way than most futures; empty where it does not."""
    turned = row.mean is not None and (row.mean < 0 if way == "more" else row.mean > 0)
    return " in the mean, which a few futures turn" if turned else ""


def lacks_season(compare: CompareResult) -> bool:
    """Say whether there is a season, or may be one, and either the days compared or those of today are no whole years."""
    return compare.seasonal is not False and not (whole_years(compare.today) and whole_years(compare.days))


def name_today(days: int, unadjusted: bool = False) -> str:
    """Name the days that count as today: the model's own days before the decision, not what was counted then; and that a comparison with
    them is not adjusted for the season.

    >>> name_today(365), name_today(731), name_today(90)
    ('the simulated year before the decision', 'the simulated 2 years before the decision', 'the simulated 90 days before the decision')
    >>> name_today(90, unadjusted=True)
    'the simulated 90 days before the decision, not adjusted for the season'
    """
    years = whole_years(days)
    span = "year" if years == 1 else f"{years} years" if years else "day" if days == 1 else f"{days} days"
    return f"the simulated {span} before the decision{', not adjusted for the season' if unadjusted else ''}"


def chance_of(row: Difference, way: str) -> float:
    """Return the chance that there is `more` or `fewer` in one row; 0 where it is not known."""
    return (row.chance_more if way == "more" else row.chance_less) or 0.0
