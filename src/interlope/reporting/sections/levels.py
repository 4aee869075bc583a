"""Levels: how much of each harm there is a year without any option, beside what was recorded for the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from interlope.reporting.answer.direction import POOLED
from interlope.reporting.blocks import Grid, Heading, Points
from interlope.reporting.numerals import day, interval, number, percent
from interlope.reporting.sections.spread import list_spread
from interlope.reporting.tables import Column, Table, table
from interlope.reporting.words import label, listing
from interlope.results.comparison import CompareResult, Level, OutcomeAbout
from interlope.results.harm import RecordedHarm, RecordedPeriod
from interlope.results.record import Number, Record
from interlope.scenario.prior import parse

STATUS_QUO = "status-quo"
LEAD = ("Differences say more than levels: how many are harmed rests on the numbers that turn events into harm. Recorded is what official "
        "tables give for the same thing, as a rate over the days that their last periods cover; those periods, what they count, and how "
        "much of it becomes known, are said under the table.")
YEAR = 365.0  # days of a rate
FEW = 4  # periods that are told one by one
STEPS = 2_000  # points over which the mean of a prior is taken


class YearLevel(Record):
    """A harm a year under doing nothing: mean and 90 % interval of draws."""

    mean: Number
    q05: Number
    q95: Number


def list_levels(compare: CompareResult) -> list[object]:
    """List the blocks on levels of harm; none where the comparison has no levels without an option."""
    if not any(level.option == STATUS_QUO for level in compare.levels):
        return []
    return [Heading("How much harm there is without any option", LEAD), Grid(tabulate_levels(compare)),
            Points(tuple(tell_recorded(compare.outcomes, compare.recorded, compare.levels))), *list_spread(compare.harm_spread)]


def tabulate_levels(compare: CompareResult) -> Table:
    """Tabulate the level of each harm a year under doing nothing, over all explanations and under each, and what was recorded."""
    harms = [o for o in sorted(compare.outcomes, key=lambda o: o.order) if o.harm]
    names = [e.name for e in compare.explanations]
    levels = {(x.outcome, x.explanation): YearLevel(mean=x.mean, q05=x.q05, q95=x.q95) for x in compare.levels if x.option == STATUS_QUO}
    columns = (
        Column("outcome", "harm", label),
        Column("unit", "unit"),
        Column("pooled", "all explanations", _level, True),
        *(Column(name, name, _level, True) for name in (names if len(names) > 1 else ())),
        Column("recorded", "recorded, a year"),
    )
    rows = [(o.name, o.unit, *(levels.get((o.name, n)) for n in (POOLED, *(names if len(names) > 1 else ()))), _recorded(compare, o.name))
            for o in harms]
    caption = f"Harm a year without any option, over {compare.days} days: mean and 90% interval over parameters, chance and explanations"
    return table("harm-levels", caption, columns, rows, layout="matrix harm")


def tell_recorded(outcomes: Sequence[OutcomeAbout], recorded: Sequence[RecordedHarm] | None, levels: Sequence[Level] = ()) -> list[str]:
    """Say what each table gave, counts and takes to be known, where the model's level lies beside it, and which harms have no table."""
    if recorded is None:
        return ["These results do not say what was recorded; run the study again."]
    sentences = [text for r in recorded for text in (
        f"{label(r.outcome).capitalize()}, recorded ({r.series}): "
        f"{_tell_published(r) if r.periods else _tell_whole(r)}{_tell_rate(r)}. "
        f"Counted are {r.definition}{_reach(r)}.", *_tell_apart(r, levels))]
    counted = {r.outcome for r in recorded}
    harms = [o.name for o in sorted(outcomes, key=lambda o: o.order) if o.harm]
    without = [label(name) for name in harms if name not in counted]
    if len(without) == len(harms):
        return ["The case has no official table of any of these harms: their levels cannot be held against a count."]
    return [*sentences, *([f"The case has no official table of {listing(without)}: those levels cannot be held against a count."]
                          if without else [])]


def _tell_rate(row: RecordedHarm) -> str:
    """The rate a year of a table, or why it gives none."""
    if row.value is None:
        return f"; no number a year: {row.reason or 'it is not known'}"
    whole = f"{number(row.mean)} a year since {day(row.since)}" if row.mean is not None else "earlier ones are published as ranges"
    reach = f" over the {row.days} days to {day(row.end)}" if row.days else ""
    return f", a rate of {number(row.value)} a year{reach}; {whole}"


def _tell_published(row: RecordedHarm) -> str:
    """The table's last periods as they are published, in its own unit; many of one year as their sum, where they have one."""
    inside, later = [p for p in row.periods if p.end <= row.end], [p for p in row.periods if p.end > row.end]
    unit = rate = f" {row.unit}" if "/" in row.unit else ""  # a count says in its definition what it counts
    if len(inside) > FEW and row.value_published is not None:
        unit = ""
        inside = [RecordedPeriod(start=row.start, end=row.end, value=row.value_published, low=row.low, high=row.high)]
    return listing([f"{_tell_value(p)}{unit if p in inside else rate}" + (f" on {day(p.start)}" if p.start == p.end else
                    f" from {day(p.start)} to {day(p.end)}") for p in [*inside[-FEW:], *later[-FEW:]]])


def _tell_value(period: RecordedPeriod) -> str:
    if period.value is None:
        return f"{number(period.low)} to {number(period.high)}"
    bounded = period.low is not None and period.high is not None and period.low < period.high
    return f"{number(period.value)}{f' ({number(period.low)} to {number(period.high)})' if bounded else ''}"


def _tell_whole(row: RecordedHarm) -> str:
    """What a table gave over all of its last periods together, where results of an earlier version do not hold them one by one."""
    days = (date.fromisoformat(row.end) - date.fromisoformat(row.start)).days + 1
    return f"{number((row.value or 0.0) * days / YEAR)} from {day(row.start)} to {day(row.end)}"


def _tell_apart(row: RecordedHarm, levels: Sequence[Level]) -> list[str]:
    """That the recorded rate lies outside the interval of the model's level, and what follows; nothing where it does not."""
    level = next((x for x in levels if (x.option, x.explanation, x.outcome) == (STATUS_QUO, POOLED, row.outcome)), None)
    if row.value is None or level is None or level.q05 is None or level.q95 is None or level.q05 <= row.value <= level.q95:
        return []
    side = "below" if row.value > level.q95 else "above"
    return [f"{label(row.outcome).capitalize()}: the model's level ({_level(YearLevel(**_ends(level)), ', ')}) is {side} what was recorded "
            f"({number(row.value)} a year): read differences, not levels."]


def _ends(level: Level) -> dict[str, Number]:
    return {"mean": level.mean, "q05": level.q05, "q95": level.q95}


def _reach(row: RecordedHarm) -> str:
    """What a table takes to be known of what happens, and what it counts beside it."""
    parts = [*([f"about {_tell_prior(row.share, True)} become known"] if row.share else []),
             *([f"about {_tell_prior(row.rest, False)} unrelated a period are counted beside them"] if row.rest else [])]
    return f"; the case takes it that {' and '.join(parts)}" if parts else ""


def _tell_prior(text: str, share: bool) -> str:
    """A prior in words: the mean of a share, the median of a number, each with its 90 % interval; as written where it is no prior.

    >>> _tell_prior("beta(18, 2)", True), _tell_prior("lognormal(5, x2)", False), _tell_prior("0.5", True)
    ('90% (90% interval 77% to 98%)', '5 (90% interval 1.6 to 15.6)', '50%')
    """
    try:
        prior = parse(text)
    except ValueError:
        return text
    write = percent if share else number
    low, middle, high = (float(x) for x in prior.quantile(np.array([0.05, 0.5, 0.95])))
    if share:
        middle = float(prior.quantile((np.arange(STEPS) + 0.5) / STEPS).mean())
    return write(middle) + ("" if prior.constant else f" (90% interval {write(low)} to {write(high)})")


def _recorded(compare: CompareResult, outcome: str) -> str:
    rows: Sequence[RecordedHarm] = [r for r in compare.recorded or () if r.outcome == outcome]
    texts = [f"{'no number a year' if r.value is None else number(r.value)} ({r.series})" for r in rows]
    return "; ".join(texts) or ("not looked up" if compare.recorded is None else "no table")


def _level(row: YearLevel | None, between: str = "\n") -> str:
    return "not known" if row is None or row.mean is None else f"{number(row.mean, 2)}{between}{interval(row.q05, row.q95, _two)}"


def _two(value: float | None) -> str:
    return number(value, 2)
