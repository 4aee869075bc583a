"""Does the model fit: where it fails is said first, then every official series and claim, then the months kept back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from interlope.reporting.answer import tell_failures
from interlope.reporting.blocks import Callout, Fold, Grid, Heading, Points, Prose, Section, Shown
from interlope.reporting.figures.fit import CLAIM_COLUMNS, figure_agreement, figure_claims, figure_scores, figure_series
from interlope.reporting.material import Material
from interlope.reporting.numerals import percent, plural
from interlope.reporting.tables import Column, table
from interlope.reporting.words import listing

Row = Mapping[str, Any]


def build(material: Material) -> Section:
    """Build the section from weigh's rows of reported values and the model's 5, 50 and 95 per cent points."""
    weigh, names = material.weigh, material.names
    rows = [_named(r, material) for r in weigh["fit"]]
    fitted = [r for r in rows if r["kind"] == "series"]
    claims = [r for r in rows if r["kind"] == "claim"]
    held = [r for r in rows if r["kind"] not in ("series", "claim")]
    blocks: list[object] = [Callout("Where the model fails", tuple(_failures(material, rows)), "warn")]
    partly = _partly(material)
    if partly:
        blocks.append(Fold("Claims that only some explanations can produce", (Points(tuple(partly)),)))
    blocks.append(Heading("Official series that were fitted"))
    for series in dict.fromkeys(r["series"] for r in fitted):
        here = [r for r in fitted if r["series"] == series]
        blocks.append(Shown(figure_series(series, here[0]["title"], here[0]["unit"], here, names)))
    drawn = [figure for figure in (figure_agreement(claims, names), figure_claims(claims, names)) if figure]
    if drawn:
        blocks += [Heading("Claims"), *(Shown(figure) for figure in drawn)]
    if held:
        blocks.append(
            Heading("Values kept back", "These were never fitted: published later, or set aside for this test.")
        )
        for series in dict.fromkeys(r["series"] for r in held):
            here = [r for r in held if r["series"] == series]
            if here[0]["dated"]:
                blocks.append(Shown(figure_series(f"held-{series}", here[0]["title"], here[0]["unit"], here, names)))
        flat = [r for r in held if not r["dated"]]
        if flat:
            flat.sort(key=lambda r: r["id"])
            cells = [[r.get(c.key) for c in CLAIM_COLUMNS] for r in flat]
            shown = table("held-claims", "Claims kept back", CLAIM_COLUMNS, cells)
            agree = sum(bool(r["met"]) for r in flat)
            words = f"{agree} of {len(flat)} pairs of claim and explanation agree in at least 5% of histories."
            blocks += [Prose(words), Fold("Claims kept back", (Grid(shown),))]
    blocks += _scored(weigh.get("heldout"), material)
    return Section("fit", "Does the model fit", tuple(blocks), "Fit")


def _named(row: Row, material: Material) -> dict[str, Any]:
    """Complete a row: series and period from its id, title and unit from the dossier where it knows them."""
    found = dict(row)
    series, mark, when = row["id"].partition(":")
    found.setdefault("series", series)
    found.setdefault("period", when)
    found["dated"] = bool(mark)
    about = next((s for s in material.dossier.get("series") or [] if s["id"] == found["series"]), {})
    claim = next((c for c in material.dossier["claims"] if c["id"] == row["id"]), None)
    found.setdefault("unit", about.get("unit") or (claim or {}).get("unit") or "as reported")
    title = about.get("definition") or found["series"]
    found["title"] = title[0].upper() + title[1:]
    found["claim_kind"] = (claim or {}).get("kind", "total")
    found["label"] = f"{row['id']} {claim['paraphrase']}" if claim else row["id"]
    return found


def _failures(material: Material, rows: list[dict[str, Any]]) -> list[str]:
    said = tell_failures(material)
    dated = [r for r in rows if r["dated"]]
    for series in dict.fromkeys(r["series"] for r in dated):
        here = [r for r in dated if r["series"] == series]
        out = sum(r.get("met") is False for r in here)
        share = out / max(len(here), 1)
        if share > 0.10:
            said.append(
                f"{here[0]['title']}: {percent(share)} of the reported values lie outside the model's 90% band "
                "(10% would be expected)."
            )
    held = material.weigh.get("heldout") or {}
    scores = held.get("crps") or {}
    better = [n for n in scores if n != "model" and scores[n] < scores.get("model", float("inf"))]
    if better:
        said.append(
            "On the values kept back the model forecasts worse than: "
            f"{', '.join(sorted(better, key=lambda n: scores[n]))}. "
            "It adds nothing to that forecast."
        )
    return said or ["No failure was found by the checks below; they are few."]


def _partly(material: Material) -> list[str]:
    """Say which claims some explanations produce and others do not: these tell the explanations apart."""
    words = {c["id"]: c["paraphrase"] for c in material.dossier["claims"]}
    everyone = set(material.names)
    return [
        f"{u['claim']} ({words.get(u['claim'], '')}): seldom or never produced by {listing(u['explanations'])}."
        for u in material.weigh.get("cannot_meet") or []
        if set(u["explanations"]) < everyone
    ]


def _scored(held: Row | None, material: Material) -> list[object]:
    if not held:
        return []
    rows = held.get("rows") or []
    blocks: list[object] = [Heading("Forecast of the months kept back", held.get("note") or "")]
    if held.get("coverage") is not None:
        blocks.append(
            Prose(
                f"The model's 90% interval holds {round(held['coverage'] * len(rows))} of "
                f"{plural(len(rows), 'value')} ({percent(held['coverage'])}); 90% would be right."
            )
        )
    drawn = [
        _named(
            {
                **r,
                "id": f"{r['series']}:{r['period']}",
                "explanation": "model",
                "met": r["q05"] <= r["observed"] <= r["q95"],
            },
            material,
        )
        for r in rows
    ]
    for series in dict.fromkeys(r["series"] for r in drawn):
        here = [r for r in drawn if r["series"] == series]
        blocks.append(Shown(figure_series(f"kept-back-{series}", here[0]["title"], here[0]["unit"], here, ["model"])))
    if held.get("crps"):
        blocks.append(Shown(figure_scores(held["crps"])))
    if rows:
        names = list(rows[0].get("baselines") or {})
        columns = (
            Column("series", "series"),
            Column("period", "period"),
            Column("observed", "reported", numeric=True),
            Column("q05", "model 5%", numeric=True),
            Column("q50", "model 50%", numeric=True),
            Column("q95", "model 95%", numeric=True),
            Column("crps", "model's score", numeric=True),
            *(Column(n, f"{n}'s score", numeric=True) for n in names),
        )
        cells = [
            [*(r.get(c.key) for c in columns[:7]), *((r.get("baselines") or {}).get(n) for n in names)] for r in rows
        ]
        shown = table(
            "held-out", "CRPS of log(1 + y) by value kept back; lower is better", columns, cells, layout="wide"
        )
        blocks.append(Fold("Every value kept back, with its scores", (Grid(shown),)))
    return blocks
