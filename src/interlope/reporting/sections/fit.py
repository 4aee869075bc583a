"""Does the model fit: where it fails is said first, then every official series and claim, the months kept back, and earlier days."""

from __future__ import annotations

from collections.abc import Sequence

from interlope.reporting.answer.overview import tell_failures, tell_unproduced
from interlope.reporting.answer.predictions import tell_missed
from interlope.reporting.answer.together import tell_together
from interlope.reporting.attribution import attribute
from interlope.reporting.blocks import Callout, Details, Drawing, Grid, Heading, Points, Prose, Section
from interlope.reporting.claimed import find_range
from interlope.reporting.figures.fit import (
    ReportedValue,
    figure_agreement,
    figure_claims,
    figure_series,
    list_claim_columns,
)
from interlope.reporting.figures.held_out import figure_scores
from interlope.reporting.numerals import interval, number, percent, plural
from interlope.reporting.sections.backtest import show_backtest
from interlope.reporting.sections.effects import show_effects
from interlope.reporting.tables import Column, Table, fill, table
from interlope.reporting.words import listing
from interlope.results.fitted import FitRow
from interlope.results.forecast import HeldOutRow
from interlope.results.study import StudyRecord

PLAIN = ("count", "total", "interval")  # claims whose number can be read beside the model's
FAR = 2.0  # times a number claimed from which the model's middle is called far
SPREAD = "it agrees only by the spread that the claim is given, an assumption"


def build(study: StudyRecord) -> Section:
    """Build the section from weigh's rows of reported values and the model's 5, 50 and 95 per cent points."""
    names = study.names
    rows = [_complete(row, study) for row in study.weigh.fit]
    claims = [r for r in rows if r.kind == "claim"]
    blocks: list[object] = [Callout("Where the model fails", tuple(_failures(study, rows)), "warn")]
    partly = _partly(study)
    if partly:
        blocks.append(Details("Claims that only some explanations can produce", (Points(tuple(partly)),)))
    blocks.append(Heading("Official series that were fitted"))
    blocks += _draw_series([r for r in rows if r.kind == "series"], names)
    drawings = [figure for figure in (figure_agreement(claims, names), figure_claims(claims, names)) if figure]
    if drawings:
        blocks += [Heading("Claims"), *(Drawing(figure) for figure in drawings)]
    blocks += show_effects(study)
    blocks += _unseen([r for r in rows if r.kind not in ("series", "claim")], names)
    blocks += [*_scored(study), *show_backtest(study)]
    return Section("fit", "Does the model fit", tuple(blocks), "Fit")


def _draw_series(rows: Sequence[ReportedValue], names: Sequence[str], prefix: str = "") -> list[object]:
    """Draw every series of the rows once; `prefix` keeps the names of figures of one series apart."""
    drawings: list[object] = []
    for series in dict.fromkeys(r.series for r in rows):
        here = [r for r in rows if r.series == series]
        drawings.append(Drawing(figure_series(f"{prefix}{series}", here[0].title, here[0].unit, here, names)))
    return drawings


def _unseen(rows: Sequence[ReportedValue], names: Sequence[str]) -> list[object]:
    """Show values that were never fitted: series by series, and claims in one table."""
    if not rows:
        return []
    blocks: list[object] = [Heading("Values kept back", "These were never fitted: published later, or set aside for this test.")]
    blocks += _draw_series([r for r in rows if r.dated], names, "held-")
    claims = sorted((r for r in rows if not r.dated), key=lambda r: r.id)
    if claims:
        columns = list_claim_columns(claims)
        grid = table("held-claims", "Claims kept back", columns, fill(columns, claims))
        words = f"{sum(r.met for r in claims)} of {len(claims)} pairs of claim and explanation agree in at least 5% of replicates."
        blocks += [Prose(words), Details("Claims kept back", (Grid(grid),))]
    return blocks


def _complete(row: FitRow, study: StudyRecord) -> ReportedValue:
    """Complete a row: series and period from its id, title and unit from the dossier where it knows them."""
    name, mark, period = row.id.partition(":")
    series = next((s for s in study.dossier.series if s.id == name), None)
    claim = next((c for c in study.dossier.claims if c.id == row.id), None)
    title = series.definition if series else name
    unit = (series.unit if series else "") or (claim.unit if claim else "") or "as reported"
    return ReportedValue(
        **dict(row),
        series=name,
        period=period,
        dated=bool(mark),
        unit=unit,
        title=title[0].upper() + title[1:],
        claim_kind=claim.kind if claim else "total",
        label=f"{row.id} {claim.paraphrase}" if claim else row.id,
        claimed=find_range(row, claim),
    )


def tell_far(rows: Sequence[ReportedValue]) -> list[str]:
    """Say which claims agree although the number claimed lies far outside what every explanation gives."""
    sentences = []
    for name in dict.fromkeys(r.id for r in rows if r.claim_kind in PLAIN and r.claimed and not r.dated):
        here = [r for r in rows if r.id == name and r.met]
        above, below = [_times(r, True) for r in here], [_times(r, False) for r in here]
        far = [x for x in (above if all(above) else below) if x]
        if not here or len(far) < len(here) or min(far) < FAR:
            continue
        times = interval(min(far), max(far), _two)
        spread = interval(min(r.q05 or 0.0 for r in here), max(r.q95 or 0.0 for r in here), _two)
        claimed = here[0].claimed
        words = f"{here[0].label}: {interval(claimed.low, claimed.high) if claimed else ''} claimed, {spread} simulated"
        if all(above):
            why = "that most go unreported is an assumption" if here[0].claim_kind == "count" else SPREAD
            sentences.append(f"{words}: the model has {times} times the number claimed; {why}.")
        else:
            sentences.append(f"{words}: the number claimed is {times} times that of the model; {SPREAD}.")
    return sentences


def _times(row: ReportedValue, above: bool) -> float | None:
    """How many times the number claimed the model's middle is, or the other way round; None where the claim lies inside the band."""
    low, high = (row.claimed.low, row.claimed.high) if row.claimed else (None, None)
    if not low or not high or not row.q05 or not row.q50 or row.q95 is None:
        return None
    if above:
        return row.q50 / high if row.q05 > high else None
    return low / row.q50 if row.q95 < low else None


def _failures(study: StudyRecord, rows: Sequence[ReportedValue]) -> list[str]:
    sentences = tell_failures(study) + tell_unproduced(study)
    dated = [r for r in rows if r.dated]
    for series in dict.fromkeys(r.series for r in dated):
        here = [r for r in dated if r.series == series]
        share = sum(not r.met for r in here) / len(here)
        if share > 0.10:
            sentences.append(
                f"{here[0].title}: {percent(share)} of the reported values lie outside the model's 90% band "
                "(10% would be expected)."
            )
    sentences += tell_far([r for r in rows if r.kind == "claim"])
    sentences += tell_together(study.weigh.together)
    scores = study.weigh.heldout.crps if study.weigh.heldout else {}
    better = [n for n in scores if n != "model" and scores[n] < scores.get("model", float("inf"))]
    if better:
        sentences.append(
            "On the values kept back the model forecasts worse than: "
            f"{', '.join(sorted(better, key=lambda n: scores[n]))}. "
            "It adds nothing to that forecast."
        )
    missed = tell_missed(study)
    if sentences:
        return [*sentences, *missed]
    lead = "No other failure was found" if missed else "No failure was found"
    return [*missed, f"{lead} by the checks below; they are few."]


def _partly(study: StudyRecord) -> list[str]:
    """Say which claims some explanations produce and others do not: these tell the explanations apart."""
    words = attribute(study.dossier)
    everyone = set(study.names)
    return [
        f"{u.claim} ({words.get(u.claim, '')}): seldom or never produced by {listing(u.explanations)}."
        for u in study.weigh.cannot_meet
        if set(u.explanations) < everyone
    ]


def _scored(study: StudyRecord) -> list[object]:
    """Show the forecast of the months kept back: coverage, bands, scores beside naive baselines."""
    forecast = study.weigh.heldout
    if forecast is None:
        return []
    rows = forecast.rows
    inside = round(forecast.coverage * len(rows))
    blocks: list[object] = [
        Heading("Forecast of the months kept back", forecast.note),
        Prose(
            f"The model's 90% interval holds {inside} of {plural(len(rows), 'value')} ({percent(forecast.coverage)}); "
            "90% would be right."
        ),
        *_draw_series([_complete(_band(row), study) for row in rows], ["model"], "held-out-"),
    ]
    if forecast.crps:
        blocks.append(Drawing(figure_scores(forecast.crps, rows)))
    if rows:
        blocks.append(Details("Every value kept back, with its scores", (Grid(_scores(rows)),)))
    return blocks


def _band(row: HeldOutRow) -> FitRow:
    """A forecast value as a row of the fit, under the one explanation `model`."""
    met = row.q05 is not None and row.q95 is not None and row.q05 <= row.observed <= row.q95
    return FitRow(kind="forecast", id=f"{row.series}:{row.period}", explanation="model", observed=row.observed,
                  q05=row.q05, q50=row.q50, q95=row.q95, met=met)


def _scores(rows: Sequence[HeldOutRow]) -> Table:
    names = list(rows[0].baselines)
    columns = (
        Column("series", "series"),
        Column("period", "period"),
        Column("observed", "reported", numeric=True),
        Column("q05", "model 5%", numeric=True),
        Column("q50", "model 50%", numeric=True),
        Column("q95", "model 95%", numeric=True),
        Column("crps", "model's score", numeric=True),
    )
    baselines = [Column(n, f"{n}'s score", numeric=True) for n in names]
    cells = [[*row, *(r.baselines.get(n) for n in names)] for row, r in zip(fill(columns, rows), rows, strict=True)]
    return table("held-out", "CRPS of log(1 + y) by value kept back; lower is better", [*columns, *baselines], cells, layout="wide")


def _two(value: float) -> str:
    return number(value, 2)
