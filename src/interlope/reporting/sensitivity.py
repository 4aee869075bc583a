"""Sensitivity: its results as sentences, tables, figures and one page of Markdown, in a folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from interlope.errors import BadInput, Fault
from interlope.odd.markdown import grid, heading, paragraph, points
from interlope.reporting.figures.sensitivity import draw_effects, draw_shares
from interlope.reporting.numerals import number, percent, plural
from interlope.reporting.tables import Column, Table, plain, table
from interlope.reporting.words import listing

FILE = "results.json"
PAGE = "sensitivity.md"
FIRST = 5  # drivers of an outcome that are named
LEAST = 0.05  # smallest share that is named

Row = Mapping[str, Any]


def tell(result: Row) -> list[str]:
    """Say for every outcome what drives it, harm first: by share of the variance where one can be told, else by screening."""
    said = []
    for outcome in result["outcomes"]:
        name = outcome["name"]
        shared, screened = _by_share(result, name), _by_screening(result, name)
        if shared:
            parts = [f"{f} {'in' if i else 'takes part in'} {percent(min(s, 1.0))}" for i, (f, s) in enumerate(shared)]
            said.append(f"{name}: {listing(parts)} of its variance.")
        elif screened:
            said.append(f"{name}: by screening {listing(screened)}; their shares cannot be told at this size of run.")
        else:
            said.append(f"{name}: nothing stands out from luck at this size of run.")
    return said


def _by_share(result: Row, outcome: str) -> list[tuple[str, float]]:
    """Factors whose total share of the variance is above zero and above luck's, the largest first."""
    rows = [r for r in result["shares"] if r["outcome"] == outcome and r["total"] is not None]
    luck = next((r["total"] for r in rows if r["factor"] == "luck"), 0.0)
    found = [r for r in rows if r["factor"] != "luck" and r["total"] > max(r["total_error"], luck, LEAST)]
    return [(r["factor"], r["total"]) for r in sorted(found, key=lambda r: -r["total"])[:FIRST]]


def _by_screening(result: Row, outcome: str) -> list[str]:
    rows = [r for r in result["screening"] if r["outcome"] == outcome and r["above_luck"]]
    return [r["factor"] for r in sorted(rows, key=lambda r: -r["size"])[:FIRST]]


def tabulate(result: Row) -> list[Table]:
    """Return every table: outcomes, screening, shares, factors."""
    return [
        _made("outcomes", "Outcomes, their spread over all factors, and how much of it is luck", OUTCOMES, result),
        _made("screening", "Effects by screening (Morris)", SCREENING, result),
        _made("shares", "Shares of the variance (Sobol')", SHARES, result),
        _made("factors", "What was varied", FACTORS, result),
    ]


OUTCOMES = (
    Column("name", "outcome"),
    Column("unit", "unit"),
    Column("meaning", "meaning"),
    Column("mean", "mean", numeric=True),
    Column("sd", "sd", numeric=True),
    Column("noise_screening", "part that is luck, screening", percent, True),
    Column("noise_shares", "part that is luck, shares", percent, True),
)
SCREENING = (
    Column("factor", "factor"),
    Column("outcome", "outcome"),
    Column("size", "effect", numeric=True),
    Column("error", "half its 95% interval", numeric=True),
    Column("mean", "signed effect", numeric=True),
    Column("spread", "sd between trajectories", numeric=True),
    Column("relative", "of the largest", percent, True),
    Column("above_luck", "above luck"),
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


def _made(name: str, caption: str, columns: tuple[Column, ...], result: Row) -> Table:
    return table(name, caption, columns, [[row.get(c.key) for c in columns] for row in result[name]])


def describe(result: Row, about: Row) -> str:
    """Return one page of Markdown: what was run, what drives what, the shares, and the limits."""
    made = {t.name: t for t in tabulate(result)}
    start, end = result["window"]
    size = result["settings"]
    command = f"interlope sensitivity {about['case']} --seed {size['seed']}"
    lines = [
        heading(1, f"What drives the outcomes of '{about['case']}'"),
        paragraph(
            f"`{command}`: {result['histories']:,} histories, means from {start} to {end}; {plural(len(result['factors']), 'factor')} "
            f"screened on {size['trajectories']} trajectories, {len(result['chosen'])} shared on a base of {size['base']}, "
            f"{size['replicates']} replicates at every point with the same luck. Model {about['model_digest']}, run {about['run_id']}."
        ),
        heading(2, "In words"),
        points(tell(result)),
        heading(2, "Outcomes and noise"),
        _markdown(made["outcomes"], ("meaning",)),
        heading(2, "Screening: the strongest effects"),
        paragraph(
            "Change of the outcome while the factor moves over the central 95 % of its prior, with half its 95 % interval. A factor in "
            "brackets cannot be told from luck."
        ),
        grid(("outcome", "luck", *(f"{i + 1}." for i in range(FIRST))), [_ranked(result, o["name"]) for o in result["outcomes"]]),
    ]
    if result["shares"]:
        lines += [
            heading(2, "Shares of the variance"),
            paragraph(
                "Total index with half its 95 % bootstrap interval, and the first-order index behind it. Below zero is sampling error."
            ),
            grid(("factor", *(o["name"] for o in result["outcomes"])), [_shared(result, name) for name in result["chosen"]]),
        ]
    lines += [heading(2, "How to read it"), points(result["notes"])]
    return "\n".join(lines)


def _markdown(found: Table, without: tuple[str, ...] = ()) -> str:
    kept = [i for i, c in enumerate(found.columns) if c.key not in without]
    rows = [[found.columns[i].write(row[i]) for i in kept] for row in found.rows]
    return grid([found.columns[i].head for i in kept], rows, [j for j, i in enumerate(kept) if found.columns[i].numeric])


def _ranked(result: Row, outcome: str) -> list[str]:
    rows = sorted((r for r in result["screening"] if r["outcome"] == outcome), key=lambda r: -r["size"])
    luck = next(r for r in rows if r["factor"] == "luck")
    shown = [f"{r['factor']} {number(r['size'], 2)} ±{number(r['error'], 2)}" for r in rows if r["factor"] != "luck"]
    sure = [r["above_luck"] for r in rows if r["factor"] != "luck"]
    cells = [words if told else f"({words})" for words, told in zip(shown, sure)][:FIRST]
    return [outcome, number(luck["size"], 2), *cells, *([plain(None)] * (FIRST - len(cells)))]


def _shared(result: Row, name: str) -> list[str]:
    rows = {r["outcome"]: r for r in result["shares"] if r["factor"] == name}
    found = [rows.get(o["name"]) for o in result["outcomes"]]
    return [name, *(plain(None) if r is None or r["total"] is None else _index(r) for r in found)]


def _index(row: Row) -> str:
    return f"{row['total']:.2f} ±{row['total_error']:.2f} ({row['first']:z.2f})"


def write(result: Row, about: Row, folder: Path) -> list[str]:
    """Write results.json, the page, the tables as CSV and the figures into a folder. Returns the names of the files."""
    held = json.dumps({"about": about, "result": result}, ensure_ascii=False, allow_nan=False)
    texts = {FILE: f"{held}\n", PAGE: describe(result, about)}
    texts |= {f"{t.name}.csv": t.csv() for t in tabulate(result) if t.rows}
    texts["screening.svg"] = draw_effects(result)
    if result["shares"]:
        texts["shares.svg"] = draw_shares(result)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(texts)


def load(folder: Path) -> dict[str, Any]:
    """Read the results that a run wrote.

    Raises
    ------
    BadInput
        When the folder holds none.
    """
    path = folder / FILE
    if not path.is_file():
        raise BadInput([Fault(str(folder), None, f"no {FILE}", "a folder written by 'interlope sensitivity'")])
    return json.loads(path.read_text(encoding="utf-8"))["result"]
