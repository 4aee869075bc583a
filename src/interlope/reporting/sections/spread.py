"""Spread: how much of what is left open of each harm follows the assumed numbers that decide it, and how much the explanation."""

from __future__ import annotations

from collections.abc import Sequence

from interlope.reporting.blocks import Grid, Heading, Prose
from interlope.reporting.numerals import number, percent
from interlope.reporting.tables import Column, Table, table
from interlope.reporting.words import label
from interlope.results.harm import HarmSpread

TITLE = "How much of that follows the numbers that turn events into harm"
LEAD = ("What is left open of each harm without any option, as parts of the spread of its ranks over draws: what follows assumed "
        "numbers of how often an event becomes this harm, and what follows which explanation is true. The two may overlap. The rest are "
        "other numbers, most of them assumed too, and chance. Width: 1 where the evidence leaves an assumed number as wide as its prior, "
        "less where data narrowed it. A number that is assumed and fixed is the same in every draw: it may decide the harm, and "
        "no part of the spread shows it.")
ABSENT = "These results do not say it; run the study again."
NONE = "none: all have a source, are fixed, or differ between variants"


def list_spread(rows: Sequence[HarmSpread] | None) -> list[object]:
    """List the blocks; a sentence where it was not computed."""
    if rows is None:
        return [Heading(TITLE), Prose(ABSENT)]
    return [Heading(TITLE, LEAD), Grid(tabulate_spread(rows))] if rows else []


def tabulate_spread(rows: Sequence[HarmSpread]) -> Table:
    """Tabulate the parts by harm, with the assumed numbers and how wide the evidence leaves them."""
    columns = (
        Column("outcome", "harm", label),
        Column("by_assumed", "follows these numbers", percent, True),
        Column("error", "error", percent, True),
        Column("by_explanation", "follows the explanation", percent, True),
        Column("assumed", "assumed numbers and their width", lambda each: "; ".join(each) or NONE),
        Column("fixed", "assumed and fixed", lambda each: ", ".join(each)),
        Column("thin", "rough", lambda value: "rough" if value else ""),
    )
    cells = [(r.outcome, r.by_assumed, r.error, r.by_explanation, [f"{a.name} {number(a.width, 2)}" for a in r.assumed], r.fixed, r.thin)
             for r in rows]
    return table("harm-spread", "Parts of the spread of each harm a year without any option", columns, cells)
