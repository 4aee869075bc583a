"""Separation: what each explanation predicts for every recorded series before any evidence, and which series tell two apart.

For two explanations a and b the standardised difference is (mean_a - mean_b) / sqrt((var_a + var_b) / 2) of a series' mean
over the window, across replicates drawn from their priors. Explanations share the draws of every prior they share, and the
random streams, so a difference is theirs. A series separates a pair when its size is at least one. Only means are compared: shapes in
time and detail by sector are not.
"""
from __future__ import annotations

from itertools import combinations

import numpy as np

from interlope.dossier.kinds import REGISTRY
from interlope.ensemble import design, keys
from interlope.ensemble.run import CHUNK, Progress, nothing
from interlope.ensemble.weighted import METHOD
from interlope.errors import RunFailed
from interlope.model.simulate import advance, begin
from interlope.quantities import QUANTITIES, SERIES, terms
from interlope.results.separation import (
    PairSeparation,
    PriorPrediction,
    PriorSeparation,
    SeriesSeparation,
    StandardisedDifference,
    WidestDifference,
)
from interlope.scenario.case import Case
from interlope.scenario.window import last_year
from interlope.wording import fill

DRAWS = 120
SEPARATED = 1.0  # pooled prior standard deviations
POINTS = (0.05, 0.5, 0.95)
OFFICIAL, CLAIMS, NOWHERE = "official figures", "claims", "nothing"


def run(case: Case, seed: int, *, draws: int = DRAWS, threads: int | None = None, progress: Progress = nothing) -> PriorSeparation:
    """Compare the explanations of a case on every recorded series.

    Parameters
    ----------
    case : Case
        A case.
    seed : int
        Of the prior draws and of the random streams.
    draws : int
        Replicates of each explanation.
    threads : int, optional
        All cores when None.
    progress : callable
        Called with (replicates done, replicates in all).

    Returns
    -------
    PriorSeparation
        What every explanation predicts, the differences, and which series separate which pair.

    Raises
    ------
    RunFailed
        When fewer than half of an explanation's replicates complete.
    """
    window_means = {}
    for i, name in enumerate(case.hypotheses):
        begun, total = i * draws, len(case.hypotheses) * draws
        window_means[name] = means(case, name, draws, seed, threads=threads,
                                   progress=lambda done, _, begun=begun, total=total: progress(begun + done, total))
    return summarise(case, window_means)


def means(case: Case, hypothesis: str, draws: int, seed: int, *, threads: int | None = None,
          progress: Progress = nothing) -> np.ndarray:
    """Mean of every recorded series over the window, float64 [draws, series]; a row of NaN where a replicate failed."""
    drawn = design.draw(case, hypothesis, draws, seed)
    setting = case.setting(end=case.as_of)
    first = case.day(last_year(case)[0])
    stream_seed = keys.integer(seed, "contrast")
    result = []
    for low in range(0, draws, CHUNK):
        rows = slice(low, min(low + CHUNK, draws))
        values = {n: v[rows] for n, v in drawn.values.items()}
        states = begin(setting, values, drawn.innovations[rows], stream_seed, np.arange(draws)[rows])
        states, _ = advance(states, first, record=False, threads=threads)
        states, recorded = advance(states, setting.days, threads=threads)
        mean = recorded.series.astype(np.float64).mean(axis=1)
        mean[states.status != 0] = np.nan
        result.append(mean)
        progress(rows.stop, draws)
    return np.concatenate(result)


def summarise(case: Case, window_means: dict[str, np.ndarray]) -> PriorSeparation:
    """Predictions and differences from window means by explanation, each [draws, series]."""
    for name, values in window_means.items():
        complete = np.isfinite(values).all(axis=1).mean()
        if complete < 0.5:
            raise RunFailed(f"only {complete:.0%} of the replicates of '{name}' complete; look at its priors with 'interlope params'")
    seen = seen_in(case)
    whole = np.logical_and.reduce([np.isfinite(v).all(axis=1) for v in window_means.values()])
    complete = {name: values[whole] for name, values in window_means.items()}
    pairs = list(combinations(complete, 2))
    rows = []
    for k, series in enumerate(SERIES):
        rows.append(SeriesSeparation(
            name=series, unit=QUANTITIES[series].unit, definition=fill(QUANTITIES[series].definition, case.words),
            seen_in=seen.get(series, NOWHERE),
            predicted={name: _points(values[:, k]) for name, values in complete.items()},
            differences={f"{a}/{b}": difference(complete[a][:, k], complete[b][:, k]) for a, b in pairs},
        ))
    separated = [_pair(f"{a}/{b}", rows) for a, b in pairs]
    start, end = last_year(case)
    return PriorSeparation(
        draws=int(whole.sum()), window=[start.isoformat(), end.isoformat()], separated=SEPARATED,
        explanations=list(complete), series=rows, pairs=separated,
        undivided=[p.pair for p in separated if not p.separated_by],
        unofficial=[p.pair for p in separated if not p.official],
    )


def difference(a: np.ndarray, b: np.ndarray) -> StandardisedDifference:
    """Standardised difference of paired values [n], its standard error, and the probability that a value of a is above one of b.

    The difference is None where neither varies and yet they differ: then one glance tells them apart.

    >>> difference(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0]))
    StandardisedDifference(value=0.0, error=0.0, above=0.5)
    """
    spread = float(np.sqrt(0.5 * (a.var() + b.var())))
    order = np.sort(b)
    below, upto = np.searchsorted(order, a, side="left"), np.searchsorted(order, a, side="right")
    above = float((0.5 * (below + upto) / len(b)).mean())
    gap = float(a.mean() - b.mean())
    if spread <= 1e-12 * (1.0 + abs(gap)):
        return StandardisedDifference(value=None if abs(gap) > 1e-12 else 0.0, error=0.0, above=above)
    return StandardisedDifference(value=gap / spread, error=float((a - b).std() / spread / np.sqrt(len(a))), above=above)


def seen_in(case: Case) -> dict[str, str]:
    """Where a recorded series is seen: in official figures that are weighed, else in claims that are; others are left out."""
    seen: dict[str, str] = {}
    for claim in case.book.claims.values():
        if claim.likelihood:
            seen |= {name: CLAIMS for r in REGISTRY[claim.kind].reductions(claim) for _, name in terms(r.series)}
    for series in case.series.values():
        if series.density != "none" and series.series != "none":
            seen |= {name: OFFICIAL for _, name in terms(series.series)}
    return seen


def _points(values: np.ndarray) -> PriorPrediction:
    q05, q50, q95 = map(float, np.quantile(values, POINTS, method=METHOD))
    return PriorPrediction(mean=float(values.mean()), q05=q05, q50=q50, q95=q95)


def _pair(pair: str, rows: list[SeriesSeparation]) -> PairSeparation:
    """Which series separate a pair, the widest apart first; one that is not defined under one of them does not."""
    size = {r.name: _size(r.differences[pair]) for r in rows if r.tells(pair)}
    ranked = sorted(size, key=lambda n: -size[n])
    apart = [n for n in ranked if size[n] >= SEPARATED]
    seen = {r.name: r.seen_in for r in rows}
    value = {r.name: r.differences[pair].value for r in rows}
    return PairSeparation(pair=pair, separated_by=apart, official=[n for n in apart if seen[n] == OFFICIAL],
                          claims=[n for n in apart if seen[n] == CLAIMS],
                          widest=WidestDifference(series=ranked[0], value=value[ranked[0]]))


def _size(gap: StandardisedDifference) -> float:
    return float("inf") if gap.value is None else abs(gap.value)
