"""Contrast: what each explanation predicts for every recorded series before any evidence, and which series tell two apart.

For two explanations a and b the standardised difference is (mean_a - mean_b) / sqrt((var_a + var_b) / 2) of a series' mean
over the window, across histories drawn from their priors. Explanations share the draws of every prior they share, and the
luck, so a difference is theirs. A series separates a pair when its size is at least one. Only means are compared: shapes in
time and detail by sector are not.
"""
from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np

from interlope.dossier.kinds import REGISTRY
from interlope.ensemble import design, keys
from interlope.ensemble.run import CHUNK, Progress, nothing
from interlope.errors import RunFailed
from interlope.model.simulate import advance, begin
from interlope.quantities import QUANTITIES, SERIES, terms
from interlope.scenario.case import Case
from interlope.scenario.window import last_year

DRAWS = 120
SEPARATED = 1.0  # pooled prior standard deviations
POINTS = (0.05, 0.5, 0.95)
OFFICIAL, CLAIMS, NOWHERE = "official figures", "claims", "nothing"

Row = dict[str, Any]


def run(case: Case, seed: int, *, draws: int = DRAWS, threads: int | None = None, progress: Progress = nothing) -> Row:
    """Compare the explanations of a case on every recorded series, as plain data.

    Parameters
    ----------
    case : a case. seed : of the draws and of the luck.

    Other arguments
    ---------------
    draws : histories of each explanation. threads : all cores when None. progress : called with (histories done, in all).

    Returns
    -------
    dict with `series` (one row each: what every explanation predicts, the differences, and where the evidence speaks of it),
    `pairs` (which series separate them), `undivided` (pairs that no series separates) and `unofficial` (pairs that no series
    with official figures separates).

    Raises
    ------
    RunFailed
        When fewer than half of an explanation's histories complete.
    """
    found = {}
    for i, name in enumerate(case.hypotheses):
        begun, total = i * draws, len(case.hypotheses) * draws
        found[name] = means(case, name, draws, seed, threads=threads,
                            progress=lambda done, _, begun=begun, total=total: progress(begun + done, total))
    return summarise(case, found)


def means(case: Case, hypothesis: str, draws: int, seed: int, *, threads: int | None = None,
          progress: Progress = nothing) -> np.ndarray:
    """Mean of every recorded series over the window, float64 [draws, series]; a row of NaN where a history failed."""
    made = design.draw(case, hypothesis, draws, seed)
    setting = case.setting(end=case.as_of)
    first = case.day(last_year(case)[0])
    luck = keys.integer(seed, "contrast")
    result = []
    for low in range(0, draws, CHUNK):
        rows = slice(low, min(low + CHUNK, draws))
        values = {n: v[rows] for n, v in made.values.items()}
        states = begin(setting, values, made.innovations[rows], luck, np.arange(draws)[rows])
        states, _ = advance(states, first, record=False, threads=threads)
        states, recorded = advance(states, setting.days, threads=threads)
        held = recorded.series.astype(np.float64).mean(axis=1)
        held[states.status != 0] = np.nan
        result.append(held)
        progress(rows.stop, draws)
    return np.concatenate(result)


def summarise(case: Case, found: dict[str, np.ndarray]) -> Row:
    """Predictions and differences as plain data from window means by explanation, each [draws, series]."""
    for name, values in found.items():
        complete = np.isfinite(values).all(axis=1).mean()
        if complete < 0.5:
            raise RunFailed(f"only {complete:.0%} of the histories of '{name}' complete; look at its priors with 'interlope params'")
    spoken = spoken_of(case)
    whole = np.logical_and.reduce([np.isfinite(v).all(axis=1) for v in found.values()])
    kept = {name: values[whole] for name, values in found.items()}
    pairs = list(combinations(kept, 2))
    rows = []
    for k, series in enumerate(SERIES):
        predicted = {name: _points(values[:, k]) for name, values in kept.items()}
        differences = {f"{a}/{b}": difference(kept[a][:, k], kept[b][:, k]) for a, b in pairs}
        rows.append({"name": series, "unit": QUANTITIES[series].unit, "definition": QUANTITIES[series].definition,
                     "seen_in": spoken.get(series, NOWHERE), "predicted": predicted, "differences": differences})
    told = [_pair(f"{a}/{b}", rows) for a, b in pairs]
    start, end = last_year(case)
    return {"draws": int(whole.sum()), "window": [start.isoformat(), end.isoformat()], "separated": SEPARATED,
            "explanations": list(kept), "series": rows, "pairs": told,
            "undivided": [p["pair"] for p in told if not p["separated_by"]],
            "unofficial": [p["pair"] for p in told if not p["official"]]}


def difference(a: np.ndarray, b: np.ndarray) -> Row:
    """Standardised difference of paired values [n], its standard error, and the chance that a value of a is above one of b.

    The difference is None where neither varies and yet they differ: then one glance tells them apart.

    >>> difference(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0]))
    {'value': 0.0, 'error': 0.0, 'above': 0.5}
    """
    spread = float(np.sqrt(0.5 * (a.var() + b.var())))
    order = np.sort(b)
    below, upto = np.searchsorted(order, a, side="left"), np.searchsorted(order, a, side="right")
    above = float((0.5 * (below + upto) / len(b)).mean())
    gap = float(a.mean() - b.mean())
    if spread <= 1e-12 * (1.0 + abs(gap)):
        return {"value": None if abs(gap) > 1e-12 else 0.0, "error": 0.0, "above": above}
    return {"value": gap / spread, "error": float((a - b).std() / spread / np.sqrt(len(a))), "above": above}


def spoken_of(case: Case) -> dict[str, str]:
    """Where a recorded series is seen: in official figures that are weighed, else in claims that are; others are left out."""
    found: dict[str, str] = {}
    for claim in case.book.claims.values():
        if claim.likelihood:
            found |= {name: CLAIMS for r in REGISTRY[claim.kind].reductions(claim) for _, name in terms(r.series)}
    for series in case.series.values():
        if series.density != "none" and series.series != "none":
            found |= {name: OFFICIAL for _, name in terms(series.series)}
    return found


def _points(values: np.ndarray) -> Row:
    q05, q50, q95 = map(float, np.quantile(values, POINTS))
    return {"mean": float(values.mean()), "q05": q05, "q50": q50, "q95": q95}


def _pair(pair: str, rows: list[Row]) -> Row:
    """Which series separate a pair, the widest apart first."""
    size = {r["name"]: _size(r["differences"][pair]) for r in rows}
    ranked = sorted(size, key=lambda n: -size[n])
    apart = [n for n in ranked if size[n] >= SEPARATED]
    seen = {r["name"]: r["seen_in"] for r in rows}
    value = {r["name"]: r["differences"][pair]["value"] for r in rows}
    return {"pair": pair, "separated_by": apart, "official": [n for n in apart if seen[n] == OFFICIAL],
            "claims": [n for n in apart if seen[n] == CLAIMS],
            "widest": {"series": ranked[0], "value": value[ranked[0]]}}


def _size(found: Row) -> float:
    return float("inf") if found["value"] is None else abs(found["value"])
