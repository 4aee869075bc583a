"""Inherited: the numbers of a border that are the default's, and how far the odds hang on each."""
from __future__ import annotations

import math

from interlope.reporting.blocks import Details, Grid, Heading, Points
from interlope.reporting.numerals import plural
from interlope.reporting.tables import Column, Table, table
from interlope.results.study import ParameterAbout, StudyRecord

FIXED = "fixed: not told"
OF_LEVERS = "of a lever: none"  # no lever is set while the evidence is made
NOTE = ("A number that the case does not state is the model's, written for another border. Where it has a prior, the replicates that are "
        "there are weighted anew with that prior made wider and narrower (power-scaling), and the odds taken again: a factor of 1 means "
        "no change. A fixed number cannot be weighted anew: give it a prior in [overrides] of case.toml and run the study again.")


def build_inherited(study: StudyRecord) -> list[object]:
    """Build the blocks on inherited numbers of a border; none where the case states them all, or the study does not know."""
    rows = [p for p in study.parameters if p.inherited]
    if not rows:
        return []
    names = list(dict.fromkeys(p.name for p in rows))
    fixed = len({p.name for p in rows if p.role == "F"})
    moves = _moves(study)
    known = sorted((max(abs(v) for v in by.values()), name) for name, by in moves.items() if name in names and by)
    points = [f"{plural(len(names), 'number')} of the border {'is' if len(names) == 1 else 'are'} the default's, not this case's; "
              f"{fixed} of them {'is' if fixed == 1 else 'are'} fixed, so that it is not known how far the odds hang on them."]
    if known:
        points.append(f"Of the others {known[-1][1]} moves the odds most: by a factor of {math.exp(known[-1][0]):.2f} up or down.")
    return [Heading("Numbers of another border", NOTE), Points(tuple(points)),
            Details(f"The {len(names)} numbers by name, and how to find them", (Grid(_table(rows, moves)),))]


def _moves(study: StudyRecord) -> dict[str, dict[float, float]]:
    """Change of the log odds by parameter and width of its prior."""
    moves: dict[str, dict[float, float]] = {}
    for row in study.weigh.sensitivity.rows if study.weigh.sensitivity else ():
        if row.kind == "prior" and row.moved is not None and row.width is not None:
            moves.setdefault(row.name, {})[row.width] = row.moved
    return moves


def _table(rows: list[ParameterAbout], moves: dict[str, dict[float, float]]) -> Table:
    columns = (Column("name", "parameter"), Column("explanation", "explanation"), Column("prior", "prior or value"), Column("unit", "unit"),
               Column("wider", "odds change by the factor, prior wider"), Column("narrower", "prior narrower"),
               Column("meaning", "what it is"), Column("find", "how to find it"))
    cells = []
    for p in rows:
        by = moves.get(p.name, {})
        still = {"F": FIXED, "L": OF_LEVERS}.get(p.role)
        factors = [still or _factor(next((v for width, v in by.items() if (width > 1.0) is wide), None))
                for wide in (True, False)]
        cells.append((p.name, p.explanation or "all", p.prior, p.unit, *factors, p.meaning, p.how_to_find))
    return table("inherited", "Numbers of a border that the case leaves at the default", columns, cells, layout="wide")


def _factor(moved: float | None) -> str:
    return "" if moved is None else f"{math.exp(moved):.2f}"
