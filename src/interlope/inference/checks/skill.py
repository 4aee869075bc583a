"""Skill: a model's scores set against those of naive forecasts, on shared figures, with intervals from resampling origins."""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import numpy as np

from interlope.ensemble import keys
from interlope.results.backtest import BacktestRow, Coverage, RelativeSkill, Skill

MODEL = "model"
NAIVE = ("last value", "seasonal naive", "random walk", "step model")
RESAMPLES = 2000
Scores = Mapping[str, float]


def leads(rows: Iterable[BacktestRow]) -> list[int | None]:
    """Every lead that occurs, and None for all of them pooled, which comes first."""
    return [None, *sorted({r.lead for r in rows})]


def measure(rows: Sequence[BacktestRow], seed: int) -> list[Skill]:
    """The model against each naive forecast, by lead and pooled.

    Parameters
    ----------
    rows : sequence of BacktestRow
        Forecast figures.
    seed : int
        Of the resampling.

    Returns
    -------
    list of Skill
        None for naive forecasts that could never be made.
    """
    measured = []
    for against in NAIVE:
        for lead in leads(rows):
            shared = [r for r in rows if against in r.baselines and lead in (None, r.lead)]
            if shared:
                measured.append(_skill(shared, against, lead, keys.stream(seed, "skill", against, lead or 0)))
    return measured


def _skill(rows: Sequence[BacktestRow], against: str, lead: int | None, generator: np.random.Generator) -> Skill:
    """Ratio of mean scores, with its interval over origins."""
    ordered = sorted(rows, key=lambda r: r.origin)
    sums = np.array([[sum(r.crps for r in group), sum(r.baselines[against] for r in group)]
                     for group in (list(g) for _, g in groupby(ordered, key=lambda r: r.origin))])
    picked = generator.integers(0, len(sums), (RESAMPLES, len(sums)))
    drawn = sums[picked].sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = drawn[:, 0] / drawn[:, 1]
    known = len(sums) > 1 and bool(np.isfinite(ratios).all())
    low, high = map(float, np.quantile(ratios, (0.05, 0.95))) if known else (None, None)
    return Skill(against=against, lead=lead, ratio=ratio(*sums.sum(axis=0)), low=low, high=high, figures=len(rows), origins=len(sums))


def ratio(score: float, other: float) -> float | None:
    """A score over another; None where the other is not above zero."""
    return float(score / other) if other > 0.0 else None


def compare(rows: Sequence[BacktestRow]) -> list[RelativeSkill]:
    """All forecasters against each other, by lead and pooled: geometric means of the ratios on shared figures.

    References
    ----------
    Cramer et al. (2022), Evaluation of individual and ensemble probabilistic forecasts of COVID-19 mortality, PNAS 119: e2113561119.
    """
    compared = []
    for lead in leads(rows):
        scored: list[Scores] = [{MODEL: r.crps, **r.baselines} for r in rows if lead in (None, r.lead)]
        names = [n for n in (MODEL, *NAIVE) if any(n in s for s in scored)]
        compared += [RelativeSkill(forecaster=n, lead=lead, skill=_relative(n, names, scored)) for n in names]
    return compared


def _relative(name: str, names: Sequence[str], scored: Sequence[Scores]) -> float | None:
    """Geometric mean of one forecaster's ratios against all, its own (1) among them, as pairwise tournaments do."""
    logs = []
    for other in names:
        shared = [s for s in scored if name in s and other in s]
        against = ratio(sum(s[name] for s in shared), sum(s[other] for s in shared)) if shared else None
        if against is None or against <= 0.0:
            return None
        logs.append(np.log(against))
    return float(np.exp(np.mean(logs)))


def cover(rows: Sequence[BacktestRow]) -> list[Coverage]:
    """Part of the figures inside the model's intervals, by lead and pooled."""
    covered = []
    for lead in leads(rows):
        here = [r for r in rows if lead in (None, r.lead)]
        if here:
            covered.append(Coverage(lead=lead, figures=len(here),
                                    inside_50=float(np.mean([r.q25 <= r.observed <= r.q75 for r in here])),
                                    inside_90=float(np.mean([r.q05 <= r.observed <= r.q95 for r in here]))))
    return covered
