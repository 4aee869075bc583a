"""Fit: what each explanation's replicates give for every official figure and claim, against what was reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from interlope.dossier.period import span as days_of
from interlope.reporting.claimed import ClaimedRange, tell_claimed
from interlope.reporting.figures.figure import Figure, assign_colours, legend
from interlope.reporting.figures.forest import Mark, Panel, draw_forest
from interlope.reporting.numerals import interval, number, percent
from interlope.reporting.svg import NARROW, Pen, Scale, draw_both, month_ticks, span, y_axis
from interlope.reporting.tables import Column, fill, table


@dataclass(frozen=True)
class ReportedValue:
    """A reported value beside what one explanation gives for it, with what a reader has to know of the series or the claim.

    `dated` values belong to a period of a series; `claimed` is the range that a claim states; the rest is as in `results.fitted.FitRow`.
    """

    kind: str
    id: str
    explanation: str
    observed: float | None
    q05: float | None
    q50: float | None
    q95: float | None
    met: bool
    agreed: float | None = None
    undefined: float | None = None
    series: str = ""
    period: str = ""
    dated: bool = True
    unit: str = "as reported"
    title: str = ""
    claim_kind: str = "total"
    label: str = ""
    claimed: ClaimedRange | None = None


FIT_COLUMNS = (
    Column("period", "period"),
    Column("explanation", "explanation"),
    Column("observed", "reported", numeric=True),
    Column("q05", "model 5%", numeric=True),
    Column("q50", "model 50%", numeric=True),
    Column("q95", "model 95%", numeric=True),
    Column("met", "inside the 90% band"),
)


def _panel(
    pen: Pen,
    rows: Sequence[ReportedValue],
    name: str,
    slot: int,
    box: tuple[float, float, float, float],
    dates: tuple[date, date],
    top_value: float,
) -> None:
    x0, y0, width, height = box
    first, last = dates
    days = max((last - first).days, 1)
    x = Scale(0.0, float(days), x0 + 6, x0 + width - 6)
    y = Scale(0.0, top_value, y0 + height, y0)
    y_axis(pen, y, x0, x0 + width, about=3)
    pen.text(x0, y0 - 8, name, f"t small strong c{slot} tint")
    for when, words in month_ticks(first, last, 4 if width < 380 else 6):
        place = x(float((when - first).days))
        pen.line(place, y0 + height, place, y0 + height + 4, "tick")
        pen.text(place, y0 + height + 16, words, "t small", "middle" if place < x0 + width - 20 else "end")
    for row in rows:
        a, b = days_of(row.period)
        left, right = x(float((a - first).days)), x(float((b - first).days + 1))
        right = max(right - 1, left + 3)
        middle = (left + right) / 2
        title = f"{row.period}: reported {number(row.observed)}, model {interval(row.q05, row.q95)}"
        if row.q05 is not None and row.q95 is not None:
            pen.rect(left, y(row.q95), right - left, y(row.q05) - y(row.q95), f"c{slot} wash", title)
        if row.q50 is not None:
            pen.line(left, y(row.q50), right, y(row.q50), f"c{slot} stroke line")
        if row.observed is not None:
            if row.met:
                pen.dot(middle, y(row.observed), 3.0, "ink", title)
            else:
                pen.diamond(middle, y(row.observed), 4.6, "ink hollow", title)


def figure_series(name: str, title: str, unit: str, rows: Sequence[ReportedValue], names: Sequence[str]) -> Figure:
    """Draw one official series once for every explanation: the model's 90 % band and median, and what was reported."""
    slot = assign_colours(names)
    drawn = [n for n in names if any(r.explanation == n for r in rows)]
    ends = [days_of(r.period) for r in rows]
    first, last = min(a for a, _ in ends), max(b for _, b in ends)
    top = span([v for r in rows for v in (r.observed, r.q95)], zero=True)[1]

    def draw(width: float) -> Pen:
        across = 1 if width <= NARROW else min(2, len(drawn))
        gap, left, height = 58.0, 52.0, 118.0
        panel = (width - left - gap * (across - 1) - 8) / across
        down = -(-len(drawn) // across)
        pen = Pen(width, down * (height + 58) + 6)
        for i, here in enumerate(drawn):
            box = (left + (i % across) * (panel + gap), 24 + (i // across) * (height + 58), panel, height)
            _panel(pen, [r for r in rows if r.explanation == here], here, slot[here], box, (first, last), top)
        return pen

    misses = sum(not r.met for r in rows)
    columns = tuple(
        Column(
            c.key,
            c.head if not c.numeric else f"{c.head}, {unit}" if c.key == "observed" else c.head,
            c.write,
            c.numeric,
        )
        for c in FIT_COLUMNS
    )
    behind = table(f"fit-{name}", title, columns, fill(columns, rows))
    note = f"Unit: {unit}. Shaded: where 90% of the model's replicates (simulated paths) fall; line: their middle; dot: reported. "
    note += (
        f"Hollow diamonds are reported values outside the band: {misses} of {len(rows)}."
        if misses
        else "No reported value lies outside the band."
    )
    return Figure(f"fit-{name}", title, note, draw_both(draw, f"{title}: model bands and reported values"), behind)


RATIOS = ("interval", "total", "ceiling", "change", "effect")
CLAIM_COLUMNS = (
    Column("id", "claim"),
    Column("explanation", "explanation"),
    Column("claimed", "claimed", tell_claimed, True),
    Column("q05", "model 5%", numeric=True),
    Column("q50", "model 50%", numeric=True),
    Column("q95", "model 95%", numeric=True),
    Column("agreed", "replicates that agree", percent, True),
    Column("met", "at least 5% agree"),
)
UNDEFINED = Column("undefined", "replicates without a ratio", percent, True)


def list_claim_columns(rows: Sequence[ReportedValue]) -> tuple[Column, ...]:
    """Columns of claims; where ratios are spoken of, with the part of the replicates that have none and enter no point."""
    return (*CLAIM_COLUMNS, UNDEFINED) if any(row.undefined is not None for row in rows) else CLAIM_COLUMNS


def figure_agreement(rows: Sequence[ReportedValue], names: Sequence[str]) -> Figure | None:
    """Draw, for every claim, the part of each explanation's weighted replicates that agree with it."""
    known = [r for r in rows if r.agreed is not None]
    ids = list(dict.fromkeys(r.id for r in known))
    if not ids:
        return None
    slot = assign_colours(names)

    def mark(row: ReportedValue) -> Mark:
        words = f"{row.id}, {row.explanation}: {percent(row.agreed)} of replicates agree"
        words += f", {percent(row.undefined)} have no ratio" if row.undefined else ""
        return Mark(row.agreed, slot=slot[row.explanation], title=words)

    marks = tuple(tuple(mark(r) for r in known if r.id == i) for i in ids)
    labels = [next(r.label or i for r in known if r.id == i) for i in ids]
    svg = draw_forest(
        labels,
        [Panel("", marks)],
        "part of replicates that agree with the claim",
        ends=(0.0, 1.0),
        write=percent,
        staggered=False,
        label="Part of each explanation's replicates that agree with each claim",
    )
    columns = list_claim_columns(known)
    cells = fill(columns, [r for i in ids for r in known if r.id == i])
    behind = table("fit-agreement", "Claims, what each explanation gives, and how often it agrees", columns, cells)
    return Figure(
        "fit-agreement",
        "Which claims each explanation produces",
        "At the left edge an explanation's replicates never agree with the claim; at the right edge always. "
        "How an "
        "agreement is judged follows the kind of the claim.",
        svg,
        behind,
        legend(names),
    )


def figure_claims(rows: Sequence[ReportedValue], names: Sequence[str]) -> Figure | None:
    """Draw, for every claim with a number above zero, how many times the reported value each explanation gives."""

    def positive(row: ReportedValue) -> bool:
        return (
            row.claim_kind in RATIOS
            and row.observed is not None
            and row.observed > 0
            and row.q50 is not None
        )

    ids = list(dict.fromkeys(r.id for r in rows if positive(r)))
    if not ids:
        return None
    slot = assign_colours(names)

    def mark(row: ReportedValue) -> Mark:
        share = [min(max(max(q or 0.0, 1e-9) / (row.observed or 1.0), 0.02), 50.0) for q in (row.q50, row.q05, row.q95)]
        words = f"{row.id}, {row.explanation}: model {interval(row.q05, row.q95)}"
        words += f", claimed {tell_claimed(row.claimed) if row.claimed else number(row.observed)}"
        return Mark(*share, slot=slot[row.explanation], title=words)

    marks = tuple(tuple(mark(r) for r in rows if r.id == i and positive(r)) for i in ids)
    labels = [next(r.label or i for r in rows if r.id == i) for i in ids]
    svg = draw_forest(
        labels,
        [Panel("", marks)],
        "model value ÷ reported value",
        log=True,
        reference=1.0,
        sides=("model below the claim", "above"),
        label="Model values as multiples of what each claim says",
        write=lambda v: f"{number(v)}×",
    )
    columns = tuple(c for c in CLAIM_COLUMNS if c.key != "agreed")
    behind = table(
        "fit-claims", "Claims and what each explanation gives", columns, fill(columns, rows)
    )
    return Figure(
        "fit-claims",
        "Claims of a number against the model",
        "Where a whisker does not reach the upright rule, nine in ten of its replicates give another number; whether that still "
        "agrees with the claim, which may say about or as much as, is in the figure above: agreement allows for the spread that the claim "
        "is given, and of counts for what does not become known. "
        "Values beyond 50 times either way are drawn at the edge.",
        svg,
        behind,
        legend(names),
    )
