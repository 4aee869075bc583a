"""Explanations that differ: what each predicts before any evidence, and which series would tell two of them apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from interlope.inference.checks.separation import NOWHERE
from interlope.reporting.blocks import Callout, Details, Grid, Heading, Points, Prose, Section
from interlope.reporting.numerals import MINUS, day, interval, number, plural
from interlope.reporting.tables import Column, Table, table
from interlope.reporting.words import listing, sentence
from interlope.reporting.words import series_label as label
from interlope.results.separation import PriorPrediction, PriorSeparation, SeriesSeparation, StandardisedDifference
from interlope.results.study import StudyRecord

SHOWN = 0.5  # smallest difference, in standard deviations, for which a series is shown before the fold
MOST = 18  # series shown before the fold
UNDEFINED = "not defined here"  # of a share of what is not there
FAR = 9.95  # differences beyond this are written as "over 10"


def build(study: StudyRecord) -> Section | None:
    """Build the section: pairs that nothing separates, the heat table, and what every explanation predicts."""
    separation = study.separation
    if separation is None:
        return None
    rows = sorted(separation.series, key=lambda r: -_widest(r))
    first = [r for r in rows if _widest(r) >= SHOWN][:MOST] or rows[:5]
    start, end = (day(d) for d in separation.window)
    blocks: list[object] = [
        Prose(
            "Before any evidence is looked at, what would each explanation lead one to expect? Two explanations can only be "
            "told apart by something that they predict differently and that somebody counts.",
        ),
        *([Callout("What cannot be told apart", tuple(tell_unseparated(separation)), "warn")] if tell_unseparated(separation) else []),
        Points(tuple(tell_pairs(separation))),
        Heading(
            "How far apart the predictions are",
            f"Difference of the first explanation from the second in prior standard deviations, for each series' mean from {start} to "
            f"{end}, over {plural(separation.draws, 'replicate')} of each with the same draws and the same random numbers. Blue: the "
            "first predicts more; orange: less. From one on, a series separates a pair. Means only: shapes in time and detail by "
            "sector are not compared. Not defined here: there is nothing that it is a share of under one of the two.",
        ),
        Grid(_differences("separation", "Standardised differences, widest first", first, separation)),
        Details(f"All {len(rows)} recorded series", (Grid(_differences("separation-all", "Differences, every series", rows, separation)),)),
        Details("What each explanation predicts", (Grid(_predictions(rows, separation)),)),
    ]
    return Section("separation", "Where the explanations differ", tuple(blocks), "Differences")


def tell_unseparated(separation: PriorSeparation) -> list[str]:
    """Say which pairs no series separates at all, and which no series with official figures does."""
    sentences = []
    if separation.undivided:
        sentences.append(f"No recorded series separates {listing([_pair(p, 'from') for p in separation.undivided])}.")
    rest = [p for p in separation.unofficial if p not in separation.undivided]
    if len(rest) == len(separation.pairs) > 1:
        sentences.append("No series with official figures separates any pair: those figures cannot decide between the explanations.")
    elif rest:
        sentences.append(f"No series with official figures separates {listing([_pair(p, 'from') for p in rest])}.")
    return sentences


def tell_pairs(separation: PriorSeparation) -> list[str]:
    """Say for every pair that can be told apart by what, and who speaks of it."""
    sentences = []
    for pair in separation.pairs:
        for words, names in (("official figures", pair.official), ("claims", pair.claims)):
            if names:
                sentences.append(f"{_pair(pair.pair)} are set apart by {words} on: {listing(_named(names))}.")
        if pair.separated_by and not pair.official and not pair.claims:
            sentences.append(f"{_pair(pair.pair)} would be set apart by {listing(_named(pair.separated_by))}, which nobody reports.")
    return [sentence(s) for s in sentences]


def _named(names: list[str]) -> list[str]:
    return [label(n) for n in names[:4]] + ([f"{len(names) - 4} more"] if len(names) > 4 else [])


def _pair(pair: str, joint: str = "and") -> str:
    return pair.replace("/", f" {joint} ")


def _widest(row: SeriesSeparation) -> float:
    return max((float("inf") if d.value is None else abs(d.value) for pair, d in row.differences.items() if row.tells(pair)), default=0.0)


def _differences(name: str, caption: str, rows: Sequence[SeriesSeparation], separation: PriorSeparation) -> Table:
    pairs = [p.pair for p in separation.pairs]
    columns = (
        Column("series", "series", label),
        Column("seen_in", "reported in", _seen),
        *(Column(p, _pair(p, "against"), _write, True) for p in pairs),
    )
    cells = [[r.name, r.seen_in, *(r.differences[p] if r.tells(p) else UNDEFINED for p in pairs)] for r in rows]
    return table(name, caption, columns, cells, layout="matrix", tone=_tone)


def _seen(value: str) -> str:
    return "—" if value == NOWHERE else value


def _write(value: StandardisedDifference | str | None) -> str:
    if value is None or isinstance(value, str):
        return value or "—"
    size, above = value.value, value.above
    if size is None:
        return "always " + ("more" if above > 0.5 else "less")
    if abs(size) > FAR:
        return "above +10" if size > 0 else f"below {MINUS}10"
    return format(size, "+.1f").replace("-", MINUS).replace("+0.0", "0").replace(f"{MINUS}0.0", "0")


def _tone(value: Any) -> str:
    """Colour a cell by which explanation predicts more, and how far apart they are."""
    if not isinstance(value, StandardisedDifference):
        return ""
    size = value.value
    if size is None:
        return "for3" if value.above > 0.5 else "against3"
    step = (abs(size) >= 0.5) + (abs(size) >= 1.0) + (abs(size) >= 2.0)
    return f"{'for' if size > 0 else 'against'}{step}" if step else ""


def _predictions(rows: Sequence[SeriesSeparation], separation: PriorSeparation) -> Table:
    names = separation.explanations
    columns = (
        Column("series", "series", label),
        Column("unit", "unit", lambda unit: "no unit" if unit == "1" else unit),
        *(Column(n, n, _range, True) for n in names),
        Column("definition", "definition"),
    )
    cells = [[r.name, r.unit, *(UNDEFINED if n in r.undefined else r.predicted[n] for n in names), r.definition] for r in rows]
    caption = "Predictions before any evidence: middle value, and the range that holds 90%"
    return table("separation-predictions", caption, columns, cells, layout="wide")


def _range(value: PriorPrediction | str) -> str:
    return value if isinstance(value, str) else f"{number(value.q50, 2)} ({interval(value.q05, value.q95, lambda v: number(v, 2))})"


