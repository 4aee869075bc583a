"""Options: what each does against the same future without it and against today, and how it may be regretted."""

from __future__ import annotations

from collections.abc import Sequence

from interlope.reporting.answer.direction import POOLED
from interlope.reporting.figures.figure import Figure, assign_colours, legend
from interlope.reporting.figures.forest import Mark, Panel, draw_forest
from interlope.reporting.numerals import estimate, interval, part, signed
from interlope.reporting.tables import Column, fill, table
from interlope.reporting.words import readable, with_unit, worded
from interlope.results.comparison import Difference, OutcomeAbout, ResponseChance

OVER = {"status_quo": "against the same future without it", "today": "against today"}


def figure_outcome(
    outcome: OutcomeAbout,
    rows: Sequence[Difference],
    options: Sequence[str],
    names: Sequence[str],
    title: str,
) -> Figure:
    """Draw one outcome's differences for every option, over both comparators; ink is all explanations together."""
    slot = assign_colours(names)
    unit = outcome.unit

    def marks(option: str, over: str) -> tuple[Mark, ...]:
        here = [r for r in rows if r.option == option and r.over == over]
        here.sort(key=lambda r: -1 if r.explanation == POOLED else slot.get(r.explanation, 9))
        return tuple(
            Mark(
                r.mean,
                r.q05,
                r.q95,
                None if r.explanation == POOLED else slot.get(r.explanation),
                f"{option}, {r.explanation}: {signed(r.mean)} ({interval(r.q05, r.q95)}){'' if unit == '1' else f' {unit}'}",
            )
            for r in here
        )

    drawn = [o for o in options if any(r.option == o for r in rows)]
    panels = [Panel(words, tuple(marks(o, over) for o in drawn)) for over, words in OVER.items()]
    svg = draw_forest(
        [readable(o) for o in drawn],
        panels,
        with_unit("change", unit),
        reference=0.0,
        sides=("less", "more"),
        write=signed,
        label=f"{title}: change by option, over both comparators",
    )
    columns = (
        Column("option", "option", readable),
        Column("explanation", "explanation"),
        Column("over", "compared with", _over),
        Column("mean", with_unit("change", unit), signed, True),
        Column("q05", "5%", signed, True),
        Column("q95", "95%", signed, True),
        Column("chance_more", "chance of more", estimate, True),
        Column("chance_less", "chance of less", estimate, True),
        Column("mc_error", "Monte Carlo error", numeric=True),
    )
    behind = table(
        f"difference-{outcome.name}",
        f"{title}: differences",
        columns,
        fill(columns, rows),
    )
    return Figure(
        f"difference-{outcome.name}", title, "", svg, behind, (("ink disc", "all explanations"), *legend(names))
    )


def _over(value: str) -> str:
    return OVER.get(value, value)


RESPONSES = {
    "organised_response": (
        "Two {groups} acting together",
        "Counted when, within seven days, at least two {groups} act together against {personnel} of one state.",
    ),
    "armed_attacks": ("Any organised armed attack on {personnel}", "Counted when at least one is recorded."),
}


def figure_escalation(
    response: str, rows: Sequence[ResponseChance], options: Sequence[str], names: Sequence[str]
) -> Figure:
    """Draw the chance of an organised violent response within so many days of the decision, by option."""
    slot = assign_colours(names)
    title, note = map(worded, RESPONSES.get(response, (readable(response).capitalize(), "")))
    horizons = sorted({r.days for r in rows})

    def marks(option: str, days: int) -> tuple[Mark, ...]:
        here = [r for r in rows if r.option == option and r.days == days]
        here.sort(key=lambda r: -1 if r.explanation == POOLED else slot.get(r.explanation, 9))
        return tuple(
            Mark(
                r.chance,
                r.low,
                r.high,
                None if r.explanation == POOLED else slot.get(r.explanation),
                f"{option}, {r.explanation}: {estimate(r.chance)} within {days} days",
            )
            for r in here
        )

    panels = [Panel(f"within {d} days", tuple(marks(o, d) for o in options)) for d in horizons]
    top = max([r.high or r.chance or 0.0 for r in rows], default=0.1)
    svg = draw_forest(
        [readable(o) for o in options],
        panels,
        "probability",
        ends=(0.0, min(max(top * 1.1, 0.02), 1.0)),
        write=part,
        label=f"{title}: chance by option",
    )
    columns = (
        Column("option", "option", readable),
        Column("explanation", "explanation"),
        Column("days", "within days", numeric=True),
        Column("chance", "chance", estimate, True),
        Column("low", "from", estimate, True),
        Column("high", "to", estimate, True),
        Column("operations", "operations counted", numeric=True),
    )
    behind = table(
        f"escalation-{response.replace('_', '-')}", title, columns, fill(columns, rows)
    )
    key = (("ink disc", "all explanations"), *legend(names))
    return Figure(f"escalation-{response.replace('_', '-')}", title, note, svg, behind, key)
