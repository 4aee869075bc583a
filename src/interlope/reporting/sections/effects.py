"""Effects: what the claimed event did under each explanation, beside how much changed in the same days."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from interlope.reporting.blocks import Grid, Heading, Prose
from interlope.reporting.numerals import day, interval, number, percent
from interlope.reporting.tables import Column, Table, table
from interlope.reporting.words import readable
from interlope.results.dossier import Claim
from interlope.results.fitted import FitRow
from interlope.results.study import StudyRecord

NOTE = ("An effect compares each replicate with the same replicate without the event, on the same random numbers; a change compares a "
        "window with an earlier one. What of a change the event does not explain, the season, prices, other events and chance do. Parts "
        "are those of the medians, on the log scale.")
MEASURES = ("They act in every replicate of every explanation, with and without an option, and stay after the day of decision: an option "
            "is added to them, and no difference between options shows what they do.")
COLUMNS = (
    Column("effect", "effect claimed"),
    Column("event", "event"),
    Column("explanation", "explanation"),
    Column("with", "level with the event, as part of that without it"),
    Column("undefined", "replicates without a ratio", percent, True),
    Column("change", "change claimed"),
    Column("after", "level of the window, as part of the earlier one"),
    Column("explained", "part of the change that the event explains", percent, True),
)


def show_effects(study: StudyRecord) -> list[object]:
    """Show what events did, and what of changes they explain; nothing where no effect is claimed."""
    claims = [c for c in study.dossier.claims if c.kind == "effect" and c.likelihood]
    rows = [row for claim in claims for row in _rows(claim, study)]
    effects = [Heading("Effects of events", NOTE), Grid(_table(rows)), *_tell_unexplained(rows)] if rows else []
    return [*effects, *show_measures(study)]


def show_measures(study: StudyRecord) -> list[object]:
    """Show the measures in force in every replicate; nothing where the case states none."""
    measures = study.case.measures or []
    if not measures:
        return []
    columns = (Column("id", "measure"), Column("start", "from", day), Column("end", "to", lambda end: day(end) if end else "goes on"),
               Column("levers", "levers and setting"), Column("source", "source"), Column("published", "known from", day))
    rows = [(m.id, m.start, m.end, [f"{readable(one.name)} {number(one.setting)}" for one in m.levers], m.source, m.published)
            for m in measures]
    grid = Grid(table("measures", "What states are known to have done", columns, rows, layout="wide"))
    return [Heading("Measures in force", MEASURES), grid]


def _table(rows: Sequence[tuple[object, ...]]) -> Table:
    return table("fit-effects", "What events did, and what of changes they explain", COLUMNS, rows, layout="wide")


def _rows(claim: Claim, study: StudyRecord) -> list[tuple[object, ...]]:
    """A row for each explanation, with the change of the same series, days and statistic that is claimed, if one is."""
    beside = next((c for c in study.dossier.claims if c.kind == "change" and _same(c, claim)), None)
    rows: list[tuple[object, ...]] = []
    for row in study.weigh.fit:
        if row.id != claim.id:
            continue
        other = next((r for r in study.weigh.fit if beside and (r.id, r.explanation) == (beside.id, row.explanation)), None)
        rows.append((claim.id, claim.event, row.explanation, _points(row, claim), row.undefined, beside.id if beside and other else "",
                     _points(other, beside) if beside and other else "", _explained(row, claim, other, beside)))
    return rows


def _same(one: Claim, other: Claim) -> bool:
    return (one.series, one.window, one.reduce) == (other.series, other.window, other.reduce)


def _points(row: FitRow, claim: Claim) -> str:
    """Median and 90 % interval in the claim's unit."""
    unit = " %" if claim.unit == "percent" else " times"
    return f"{number(row.q50)}{unit} ({interval(row.q05, row.q95)})" if row.q50 is not None else ""


def _explained(effect: FitRow, claim: Claim, change: FitRow | None, beside: Claim | None) -> float | None:
    """Part of the change, on the log scale, that the event explains, by the medians; None where they go apart or nothing changed."""
    if change is None or beside is None or not effect.q50 or not change.q50:
        return None
    did = log(effect.q50 / (100.0 if claim.unit == "percent" else 1.0))
    changed = log(change.q50 / (100.0 if beside.unit == "percent" else 1.0))
    return did / changed if changed and 0 <= did / changed <= 1 else None


def _tell_unexplained(rows: Sequence[tuple[object, ...]]) -> list[object]:
    """Say where no part can be given although both are known."""
    apart = sorted({str(row[2]) for row in rows if row[5] and row[7] is None})
    if not apart:
        return []
    return [Prose(f"No part is given under {', '.join(apart)}: there the event and the change go opposite ways, nothing changed, or the "
                  "event did more than is seen because something else went against it.")]
