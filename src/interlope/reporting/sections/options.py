"""What each option would do: harm first, against both comparators, with regret; and escalation on its own page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from interlope.levers.catalogue import levers
from interlope.reporting.answer.direction import CLEAR, LIKELY, POOLED, clear_direction, is_still
from interlope.reporting.answer.harms import tell_idle, tell_parts, tell_standing, tell_today
from interlope.reporting.answer.operations import tell_operations
from interlope.reporting.answer.overview import tell_reasons
from interlope.reporting.answer.uncounted import ELSEWHERE
from interlope.reporting.blocks import Callout, Details, Drawing, Grid, Heading, Points, Prose, Section
from interlope.reporting.figures.figure import Figure
from interlope.reporting.figures.options import figure_escalation, figure_outcome
from interlope.reporting.numerals import day, interval, number, signed
from interlope.reporting.sections.harm_side import list_harm_side, list_warnings, tell_option
from interlope.reporting.sections.levels import list_levels
from interlope.reporting.sections.robustness import list_robustness
from interlope.reporting.tables import Column, Table, table
from interlope.reporting.words import label, likelihood, readable, sentence, worded
from interlope.results.comparison import CompareResult, OutcomeAbout, ResponseChance
from interlope.results.record import Number, Record
from interlope.results.study import StudyRecord

DEATH_PARTS = ["client_deaths", ELSEWHERE]
UNCOUNTED = ("On other routes only deaths are counted; injuries and violence there, and harm done by an operation itself, are in no "
             "table.")


class PooledChange(Record):
    """The change of one harm by one option over all explanations; `clear` where every explanation goes the same way.

    `acts` is false where the option changes nothing in the days compared.
    """

    mean: Number
    q05: Number
    q95: Number
    chance_more: Number
    chance_less: Number
    clear: str
    acts: bool = True


def build(study: StudyRecord) -> Section:
    """Build the section; where no comparison was made it says why and what to do."""
    compare = study.compare
    title = "What each option would do"
    if compare is None:
        lines = tuple(tell_reasons(study.compare_reasons))
        return Section("options", title, (Callout("The options were not compared", lines, "warn"),), "Options")
    outcomes = sorted(compare.outcomes, key=lambda o: o.order)
    names = [o.name for o in compare.options]
    still = _list_still(compare)
    lead = (
        f"From {day(compare.start)} for {compare.days} days, {compare.pairs} pairs of futures that share "
        "every draw of parameters and every random number (common random numbers), so a difference is the option's doing. Two "
        "comparisons are given because both are true and readers confuse them: "
        f"against the same future without the option, and against today. {tell_today(compare.today, compare.seasonal, compare.days)} "
        "What is said of options holds for these settings: another strength may change their order."
    )
    blocks: list[object] = [
        Prose(lead),
        *(Prose(statement.text) for statement in tell_operations(study)),
        *(
            [Callout("Read with caution", tuple(tell_reasons(study.compare_reasons)), "warn")]
            if study.compare_reasons
            else []
        ),
        Grid(_options(compare)),
        *list_warnings(compare),
        *([Callout("Does not act in the days compared", tuple(tell_idle(compare)), "warn")] if tell_idle(compare) else []),
        Heading(
            "Harm to people",
            " ".join(["Every outcome that is harm is listed by itself; no score weighs one against another.",
                      *tell_parts(compare.outcomes), *tell_elsewhere(compare.outcomes)]),
        ),
        Grid(tabulate_harm(compare)),
        Grid(tabulate_harm(compare, over="today")),
        *list_levels(compare),
        *(Drawing(_figure(o, compare, names, study.names)) for o in outcomes if o.harm),
        *list_harm_side(study, compare),
        Heading("Everything else"),
        *(
            Details(label(o.name).capitalize(), (Drawing(_figure(o, compare, names, study.names)),))
            for o in outcomes
            if not o.harm and o.name not in still
        ),
        *([Prose(f"No change under any option, in any future: {', '.join(map(label, still))}.")] if still else []),
        *list_robustness(compare),
    ]
    blocks.append(Points(tuple(tell_standing(study))))
    if compare.notes:
        blocks.append(Points(tuple(sentence(n) for n in compare.notes)))
    return Section("options", title, tuple(blocks), "Options")


def tell_elsewhere(outcomes: Sequence[OutcomeAbout]) -> list[str]:
    """Say what no table of harm counts, where deaths on other routes are counted; nothing where they are not."""
    return [UNCOUNTED] if any(o.name == ELSEWHERE for o in outcomes) else []


def _list_still(compare: CompareResult) -> list[str]:
    """Outcomes, harm apart, that no option moves in any future compared."""
    moved = {d.outcome for d in compare.differences if not d.mean == d.q05 == d.q95 == 0.0}
    return [o.name for o in compare.outcomes if not o.harm and o.name not in moved]


def build_escalation(study: StudyRecord) -> Section | None:
    """Build the page on escalation, or nothing when the comparison holds none."""
    if study.compare is None:
        return None
    compare, escalation = study.compare, study.compare.escalation
    blocks = (
        Prose(
            "Force may bring an organised, violent response. Counted is the first "
            "police operation after the day of decision, and what follows within some days of its beginning."
        ),
        Callout("What these numbers rest on", tuple(sentence(a) for a in escalation.assumptions)),
        *(
            _escalation(response, [r for r in escalation.chances if r.response == response], compare, study.names)
            for response in escalation.responses
        ),
    )
    return Section("escalation", "Could force bring an organised response", blocks, "Escalation")


def _escalation(response: str, rows: Sequence[ResponseChance], compare: CompareResult, names: Sequence[str]) -> object:
    """Draw the chances of one response; where no operation's window fits into the days compared, say so instead."""
    if any(r.chance is not None for r in rows):
        return Drawing(figure_escalation(response, rows, [o.name for o in compare.options], names))
    least = min((r.days for r in rows), default=0)
    return Prose(
        f"{readable(response).capitalize()}: nothing could be counted. The shortest window is {least} days, and no "
        f"operation began early enough in the {compare.days} days compared."
    )


def tabulate_harm(compare: CompareResult, over: str = "status_quo") -> Table:
    """Tabulate harm at a glance: the pooled change of every harm by option, with how sure its direction is."""
    harms = [o for o in sorted(compare.outcomes, key=lambda o: o.order) if o.harm]
    pooled = {
        (d.option, d.outcome): d
        for d in compare.differences
        if d.over == over and d.explanation == POOLED
    }

    def pick(option: str, outcome: str) -> PooledChange | None:
        row = pooled.get((option, outcome))
        if row is None:
            return None
        here = [
            d
            for d in compare.differences
            if d.option == option and d.outcome == outcome and d.over == over
        ]
        return PooledChange(mean=row.mean, q05=row.q05, q95=row.q95, chance_more=row.chance_more, chance_less=row.chance_less,
                            clear=clear_direction(here), acts=option not in compare.never_act)

    columns = (
        Column("option", "option", readable),
        *(Column(o.name, label(o.name), _change, True) for o in harms),
    )
    rows = [(o.name, *(pick(o.name, h.name) for h in harms)) for o in compare.options]
    words = "the same future without the option" if over == "status_quo" else "today"
    caption = (
        f"Change in harm a year, over {compare.days} days, compared with {words}: "
        f"in words, the mean, and the 90% interval over parameters, chance and explanations{_sums(harms)}"
    )
    return table(f"harm-{over.replace('_', '-')}", caption, columns, rows, layout="matrix harm", tone=_tone)


def _sums(harms: Sequence[OutcomeAbout]) -> str:
    """Which columns are the sum of others, for a reader who adds the rounded cells."""
    summed = ("in all = here + on other routes" if o.parts == DEATH_PARTS else f"{label(o.name)} = {' + '.join(map(label, o.parts))}"
              for o in harms if o.parts)
    return "".join(f"; means: {text}, each rounded, and intervals do not add up" for text in summed)


def _change(row: PooledChange | None) -> str:
    if row is None:
        return "the reference"
    if not row.acts:
        return "does not act"
    if row.mean == row.q05 == row.q95 == 0.0:
        return "no change"
    words = lean(row.chance_more, row.chance_less)
    return f"{words}\n{signed(row.mean, 2)}\n{interval(row.q05, row.q95, _two)}"


def lean(more: float | None, less: float | None) -> str:
    """Say in words which way a difference goes, from the chances that there is more and that there is less.

    Where neither is likely, but one of them is very unlikely, the other or no change is what is left.

    >>> lean(0.97, 0.03), lean(0.0, 0.9), lean(0.5, 0.5), lean(0.1, 0.1), lean(0.3, 0.02)
    ('more: almost certain', 'less: very likely', 'no clear direction', 'no change: likely', 'more or no change')
    """
    if more is None or less is None:
        return "not known"
    if max(more, less) >= LIKELY:
        return f"more: {likelihood(more)}" if more > less else f"less: {likelihood(less)}"
    if is_still(more, less):
        return f"no change: {likelihood(1.0 - more - less)}"
    if min(more, less) <= 1.0 - CLEAR:
        return f"{'more' if more > less else 'less'} or no change"
    return "no clear direction"


def _tone(row: Any) -> str:
    if not isinstance(row, PooledChange) or row.chance_more is None or row.chance_less is None:
        return ""
    return "worse" if row.chance_more >= CLEAR else "better" if row.chance_less >= CLEAR else ""


def _two(value: float | None) -> str:
    return signed(value, 2)


def _figure(outcome: OutcomeAbout, compare: CompareResult, options: Sequence[str], names: Sequence[str]) -> Figure:
    rows = [d for d in compare.differences if d.outcome == outcome.name]
    return figure_outcome(outcome, rows, options, names, label(outcome.name).capitalize())


def _options(compare: CompareResult) -> Table:
    columns = (
        Column("name", "option", readable),
        Column("gloss", "what is done"),
        Column("levers", "levers and setting"),
        Column("side_effects", "declared side effects"),
        Column("harm_side", "declared harm side"),
        Column("cost", "cost, EUR", _cost),
    )
    rows = [
        (
            o.name,
            o.gloss,
            [f"{readable(x.name)} {number(x.setting)}{_tell_lever(x.name)}" for x in o.levers],
            "; ".join(o.side_effects),
            tell_option(o),
            o.cost,
        )
        for o in compare.options
    ]
    return table("options", "The options", columns, rows, layout="wide")


def _tell_lever(name: str) -> str:
    """What the setting of a lever is, in brackets; nothing of one that is not installed."""
    lever = levers().get(name)
    unit = "" if lever is None or lever.unit == "1" else f", {lever.unit}"
    return f" ({worded(lever.meaning)}{unit})" if lever else ""


def _cost(value: float | None) -> str:
    return "not given" if value is None else number(value)
