"""Levels: how much of each harm there is a year without any option, beside what was recorded for the same thing."""

from __future__ import annotations

from collections.abc import Sequence

from interlope.reporting.answer.direction import POOLED
from interlope.reporting.blocks import Grid, Heading, Points
from interlope.reporting.numerals import day, interval, number
from interlope.reporting.tables import Column, Table, table
from interlope.reporting.words import label, listing
from interlope.results.comparison import CompareResult, OutcomeAbout
from interlope.results.harm import RecordedHarm
from interlope.results.record import Number, Record

STATUS_QUO = "status-quo"
LEAD = ("Differences say more than levels: how many are harmed rests on the numbers that turn events into harm. Recorded is what official "
        "tables give for the same thing; what they count, and how much of it becomes known, is said under the table.")


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
            Points(tuple(tell_recorded(compare.outcomes, compare.recorded)))]


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
        Column("recorded", "recorded, last year known"),
    )
    rows = [(o.name, o.unit, *(levels.get((o.name, n)) for n in (POOLED, *(names if len(names) > 1 else ()))), _recorded(compare, o.name))
            for o in harms]
    caption = f"Harm a year without any option, over {compare.days} days: mean and 90% interval over parameters, chance and explanations"
    return table("harm-levels", caption, columns, rows, layout="matrix harm")


def tell_recorded(outcomes: Sequence[OutcomeAbout], recorded: Sequence[RecordedHarm] | None) -> list[str]:
    """Say what each table counts and how much of it becomes known, and for which harms the case has none."""
    if recorded is None:
        return ["These results do not say what was recorded; run the study again."]
    sentences = [f"{label(r.outcome).capitalize()}, recorded ({r.series}): {number(r.value)} a year from {day(r.start)} to {day(r.end)}, "
                 f"{number(r.mean)} a year since {day(r.since)}: {r.definition}{_reach(r)}." for r in recorded]
    counted = {r.outcome for r in recorded}
    harms = [o.name for o in sorted(outcomes, key=lambda o: o.order) if o.harm]
    without = [label(name) for name in harms if name not in counted]
    if len(without) == len(harms):
        return ["The case has no official table of any of these harms: their levels cannot be held against a count."]
    return [*sentences, *([f"The case has no official table of {listing(without)}: those levels cannot be held against a count."]
                          if without else [])]


def _reach(row: RecordedHarm) -> str:
    """What a table takes to be known of what happens, and what it counts beside it."""
    parts = [*([f"{row.share} of them become known"] if row.share else []),
             *([f"{row.rest} a period are counted beside them"] if row.rest else [])]
    return f"; the case takes it that {' and '.join(parts)}" if parts else ""


def _recorded(compare: CompareResult, outcome: str) -> str:
    rows: Sequence[RecordedHarm] = [r for r in compare.recorded or () if r.outcome == outcome]
    return "; ".join(f"{number(r.value)} ({r.series})" for r in rows) or ("not looked up" if compare.recorded is None else "no table")


def _level(row: YearLevel | None) -> str:
    return "not known" if row is None or row.mean is None else f"{number(row.mean, 2)}\n{interval(row.q05, row.q95, _two)}"


def _two(value: float | None) -> str:
    return number(value, 2)
