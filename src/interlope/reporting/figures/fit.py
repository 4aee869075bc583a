"""Fit: what each explanation's replicates give for every official figure and claim, against what was reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from interlope.dossier.period import span as days_of
from interlope.reporting.claimed import ClaimedRange, tell_claimed
from interlope.reporting.figures.figure import Figure, assign_colours, legend
from interlope.reporting.figures.forest import Mark, Panel, draw_forest
from interlope.reporting.numerals import interval, number, percent, plural
from interlope.reporting.svg import NARROW, Pen, Scale, draw_both, month_ticks, span, y_axis
from interlope.reporting.tables import Column, fill, table
from interlope.reporting.words import listing
from interlope.results.forecast import HeldOutRow


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


def tell_scores(scores: Mapping[str, float], rows: Sequence[HeldOutRow], model: str = "model") -> str:
    """Say which baselines the model does better than in the mean over the figures, and in how many of them it does.

    >>> row = dict(series="s", period="2023", observed=1.0, q05=0.0, q50=1.0, q95=2.0, baselines={"last value": 0.3})
    >>> tell_scores({"model": 0.2, "last value": 0.3}, [HeldOutRow(crps=x, **row) for x in (0.1, 0.2, 0.4)])
    'In the mean over 3 figures the model does better than each baseline. Figure by figure: better than last value in 2 of 3.'
    """
    rows = [r for r in rows if r.baselines]
    order = sorted((n for n in scores if n != model), key=lambda n: scores[n])
    better = [n for n in order if scores[n] < scores.get(model, 0.0)]
    mean = f"In the mean over {plural(len(rows), 'figure')} the model does "
    mean += f"worse than {', '.join(better)}." if better else "better than each baseline."
    wins = {n: sum(r.crps < r.baselines[n] for r in rows if n in r.baselines) for n in order}
    each = [f"better than {n} in {wins[n]} of {sum(n in r.baselines for r in rows)}" for n in order]
    if len(order) > 1:
        each.append(f"better than all of them in {sum(all(r.crps < x for x in r.baselines.values()) for r in rows)} of {len(rows)}")
    return f"{mean}{_tell_hanging(rows, order)} Figure by figure: {listing(each)}." if rows and each else mean


def _tell_hanging(rows: Sequence[HeldOutRow], names: Sequence[str]) -> str:
    """Name the baselines that the model betters in the mean by one figure alone, and that figure; empty where there are none.

    >>> row = dict(series="s", observed=1.0, q05=0.0, q50=1.0, q95=2.0)
    >>> each = [("2022", 0.3, 0.2), ("2023", 0.2, 0.1), ("2024", 0.2, 2.0)]
    >>> _tell_hanging([HeldOutRow(period=p, crps=x, baselines={"step model": y}, **row) for p, x, y in each], ["step model"])
    ' Without s 2024 step model does better.'
    """
    sentences = []
    for name in names:
        gains = [(r.baselines[name] - r.crps, f"{r.series} {r.period}") for r in rows if name in r.baselines]
        if len(gains) > 2 and sum(g for g, _ in gains) > 0.0 > sum(g for g, _ in gains) - max(gains)[0]:
            sentences.append(f" Without {max(gains)[1]} {name} does better.")
    return "".join(sentences)


def figure_scores(scores: Mapping[str, float], rows: Sequence[HeldOutRow] = (), model: str = "model") -> Figure:
    """Draw the mean score of the model and of the naive baselines on held-out values; shorter is better."""
    order = sorted(scores, key=lambda n: scores[n])
    high = max(scores.values()) * 1.15 or 1.0

    def draw(width: float) -> Pen:
        left = 120.0 if width < 600 else 210.0
        pen = Pen(width, 30.0 * len(order) + 14)
        scale = Scale(0.0, high, left, width - 60)
        for i, name in enumerate(order):
            y = 8 + 30.0 * i
            pen.text(left - 8, y + 15, name, "t strong" if name == model else "t", "end")
            pen.rect(left, y + 3, scale(scores[name]) - left, 17, "ink" if name == model else "muted")
            pen.text(scale(scores[name]) + 6, y + 16, number(scores[name]), "t small")
        return pen

    columns = (Column("forecast", "forecast"), Column("score", "mean CRPS of log(1 + y)", numeric=True))
    behind = table("held-out-scores", "Scores on values kept back", columns, [[n, scores[n]] for n in order])
    note = f"Mean CRPS of log(1 + y); shorter is better. {tell_scores(scores, rows, model)}"
    return Figure(
        "held-out-scores",
        "Values kept back, scored against naive baselines",
        note,
        draw_both(draw, "Scores of the model and the baselines on held-out values"),
        behind,
    )
