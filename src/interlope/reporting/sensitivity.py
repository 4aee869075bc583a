"""Sensitivity: its results as sentences, tables, figures and one page of Markdown, in a folder."""

from __future__ import annotations

import shlex
from pathlib import Path

from interlope.odd.markdown import grid, heading, paragraph, points
from interlope.policy.sensitivity.factors import RANDOM_NUMBERS, label
from interlope.reporting import analysis
from interlope.reporting.figures.sensitivity import draw_effects, draw_shares
from interlope.reporting.numerals import number, percent, plural
from interlope.reporting.tables import Column, Table, fill, plain, table
from interlope.reporting.words import listing
from interlope.results.run import RunAbout
from interlope.results.sensitivity import SensitivityMeasures, VarianceShare

PAGE = "sensitivity.md"
FIRST = 5  # drivers of an outcome that are named
LEAST = 0.05  # smallest share that is named


def tell(result: SensitivityMeasures) -> list[str]:
    """Say for every outcome what drives it, harm first: by share of the variance where one can be told, else by screening."""
    sentences = []
    for outcome in result.outcomes:
        name = outcome.name
        shared, screened = _by_share(result, name), _by_screening(result, name)
        if shared:
            parts = [f"{f} {'in' if i else 'takes part in'} {percent(min(s, 1.0))}" for i, (f, s) in enumerate(shared)]
            sentences.append(f"{name}: {listing(parts)} of its variance.")
        elif screened:
            sentences.append(f"{name}: by screening {listing(screened)}; their shares cannot be told at this size of run.")
        else:
            sentences.append(f"{name}: nothing stands out from noise at this size of run.")
    return sentences


def _by_share(result: SensitivityMeasures, outcome: str) -> list[tuple[str, float]]:
    """Factors whose total share of the variance is above zero and above that of random numbers, the largest first."""
    rows = [(r.factor, r.total, r.total_error or 0.0) for r in result.shares if r.outcome == outcome and r.total is not None]
    noise = next((total for factor, total, _ in rows if factor == RANDOM_NUMBERS), 0.0)
    clear = [(factor, total) for factor, total, error in rows if factor != RANDOM_NUMBERS and total > max(error, noise, LEAST)]
    return sorted(clear, key=lambda row: -row[1])[:FIRST]


def _by_screening(result: SensitivityMeasures, outcome: str) -> list[str]:
    rows = [r for r in result.screening if r.outcome == outcome and r.above_noise]
    return [r.factor for r in sorted(rows, key=lambda r: -r.size)[:FIRST]]


def tabulate(result: SensitivityMeasures) -> list[Table]:
    """Return every table: outcomes, screening, shares, factors."""
    return [
        tabulate_outcomes(result),
        table("screening", "Effects by screening (Morris)", SCREENING, fill(SCREENING, result.screening)),
        table("shares", "Shares of the variance (Sobol')", SHARES, fill(SHARES, result.shares)),
        table("factors", "What was varied", FACTORS, fill(FACTORS, result.factors)),
    ]


def tabulate_outcomes(result: SensitivityMeasures) -> Table:
    """Return the table of outcomes, their spread, and the part of it that is noise."""
    caption = "Outcomes, their spread over all factors, and how much of it is noise"
    return table("outcomes", caption, OUTCOMES, fill(OUTCOMES, result.outcomes))


OUTCOMES = (
    Column("name", "outcome"),
    Column("unit", "unit"),
    Column("meaning", "meaning"),
    Column("mean", "mean", numeric=True),
    Column("sd", "sd", numeric=True),
    Column("noise_screening", "part that is noise, screening", percent, True),
    Column("noise_shares", "part that is noise, shares", percent, True),
)
SCREENING = (
    Column("factor", "factor"),
    Column("outcome", "outcome"),
    Column("size", "effect", numeric=True),
    Column("error", "half its 95% interval", numeric=True),
    Column("mean", "signed effect", numeric=True),
    Column("spread", "sd between trajectories", numeric=True),
    Column("relative", "of the largest", percent, True),
    Column("above_noise", "above noise"),
)
SHARES = (
    Column("factor", "factor"),
    Column("outcome", "outcome"),
    Column("first", "first order", numeric=True),
    Column("first_error", "half its 95% interval", numeric=True),
    Column("total", "total", numeric=True),
    Column("total_error", "half its 95% interval", numeric=True),
)
FACTORS = (
    Column("name", "factor"),
    Column("role", "role"),
    Column("unit", "unit"),
    Column("prior", "prior"),
    Column("chosen", "share computed"),
    Column("meaning", "meaning"),
)


def describe(result: SensitivityMeasures, about: RunAbout) -> str:
    """Return one page of Markdown: what was run, what drives what, the shares, and the limits."""
    start, end = result.window
    size = result.settings
    command = f"interlope sensitivity {shlex.quote(about.case)} --seed {size.seed}"
    lines = [
        heading(1, f"What drives the outcomes of '{about.case}'"),
        paragraph(
            f"`{command}`: {result.replicates:,} replicates, means from {start} to {end}; {plural(len(result.factors), 'factor')} "
            f"screened on {size.trajectories} trajectories, {len(result.chosen)} shared on a base of {size.base}, "
            f"{size.replicates} replicates at every point with the same random numbers. Model {about.model_digest}, run {about.run_id}."
        ),
        heading(2, "In words"),
        points(tell(result)),
        heading(2, "Outcomes and noise"),
        analysis.to_markdown(tabulate_outcomes(result), ("meaning",)),
        heading(2, "Screening: the strongest effects"),
        paragraph(
            "Change of the outcome while the factor moves over the central 95 % of its prior, with half its 95 % interval. A factor in "
            "brackets cannot be told from noise."
        ),
        grid(("outcome", "noise", *(f"{i + 1}." for i in range(FIRST))), [_ranked(result, o.name) for o in result.outcomes]),
    ]
    if result.shares:
        lines += [
            heading(2, "Shares of the variance"),
            paragraph(
                "Total index with half its 95 % bootstrap interval, and the first-order index behind it. Below zero is sampling error."
            ),
            grid(("factor", *(o.name for o in result.outcomes)), [_shared(result, name) for name in result.chosen]),
        ]
    lines += [heading(2, "How to read it"), points(result.notes)]
    return "\n".join(lines)


def _ranked(result: SensitivityMeasures, outcome: str) -> list[str]:
    rows = sorted((r for r in result.screening if r.outcome == outcome), key=lambda r: -r.size)
    noise = next(r for r in rows if r.factor == RANDOM_NUMBERS)
    cells = []
    for row in [r for r in rows if r.factor != RANDOM_NUMBERS][:FIRST]:
        words = f"{row.factor} {number(row.size, 2)} ±{number(row.error, 2)}"
        cells.append(words if row.above_noise else f"({words})")
    return [outcome, number(noise.size, 2), *cells, *([plain(None)] * (FIRST - len(cells)))]


def _shared(result: SensitivityMeasures, name: str) -> list[str]:
    rows = {r.outcome: r for r in result.shares if r.factor == name}
    return [label(name), *(_index(rows.get(o.name)) for o in result.outcomes)]


def _index(row: VarianceShare | None) -> str:
    if row is None or row.total is None:
        return plain(None)
    return f"{row.total:.2f} ±{row.total_error:.2f} ({row.first:z.2f})"


def write(result: SensitivityMeasures, about: RunAbout, folder: Path) -> list[str]:
    """Write results.json, the page, the tables as CSV and the figures into a folder. Returns the names of the files."""
    texts = {PAGE: describe(result, about)}
    texts |= {f"{t.name}.csv": t.csv() for t in tabulate(result) if t.rows}
    texts["screening.svg"] = draw_effects(result)
    if result.shares:
        texts["shares.svg"] = draw_shares(result)
    return analysis.write(result, about, texts, folder)


def load(folder: Path) -> SensitivityMeasures:
    """Read the results that a run wrote; BadInput when there are none or a file was changed since."""
    return analysis.load(SensitivityMeasures, folder, "sensitivity")
