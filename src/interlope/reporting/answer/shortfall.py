"""Shortfall: which published figures no explanation comes near, so that the odds say only which of them is ruled out least."""

from __future__ import annotations

from interlope.reporting.numerals import interval, number, plural
from interlope.reporting.words import listing
from interlope.results.envelope import Reason
from interlope.results.study import StudyRecord
from interlope.results.weighing import WeighResult

SHOWN = 3  # figures that are named before the rest is counted
REMEDY = "look at the figure, its unit, share and rest in the table, and at what the explanations give for it (interlope fit)"


def tell_shortfalls(weighed: WeighResult) -> list[str]:
    """Say which figures no explanation comes near, what was published and what the nearest of them gives."""
    figures = weighed.shortfalls
    if not figures:
        return []
    rows = {(row.id, row.explanation): row for row in weighed.fit if row.kind == "series"}
    parts = []
    for figure in figures[:SHOWN]:
        nearest = min(figure.nats, key=lambda name: figure.nats[name])
        row = rows.get((figure.id, nearest))
        gives = f"; {nearest} gives {interval(row.q05, row.q95)}" if row and row.q05 is not None and row.q95 is not None else ""
        published = f"{number(row.observed)} published{gives}; " if row and row.observed is not None else ""
        parts.append(f"{figure.id} ({published}{number(figure.nats[nearest])} in log likelihood (nats) short of a perfect fit, its table "
                     f"{number(figure.whole[nearest])})")
    more = f" and {plural(len(figures) - SHOWN, 'more figure')}" if len(figures) > SHOWN else ""
    return [f"No explanation comes near {listing(parts)}{more}: the odds say only which of them is ruled out least. Look at figure, unit, "
            "share and rest of the table, and at the model."]


def list_shortfalls(study: StudyRecord) -> list[Reason]:
    """The same as a reason of the envelope."""
    return [Reason(code="no-explanation-fits", text=text, remedy=REMEDY) for text in tell_shortfalls(study.weigh)]
