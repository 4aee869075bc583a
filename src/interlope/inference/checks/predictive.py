"""Predictive: what each explanation's weighted replicates give for every figure, claim, prediction and parameter."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from interlope.dossier.claim import Claim
from interlope.dossier.comparison import COMPARING
from interlope.dossier.kinds import REGISTRY
from interlope.dossier.series import Series, Value, write_period
from interlope.ensemble import keys
from interlope.ensemble.weighted import METHOD, quantiles
from interlope.inference import publication
from interlope.inference.fitting.posterior import Fits, Posterior
from interlope.inference.sampling import importance
from interlope.results.fitted import FitRow, ParameterRow, UnmetClaim
from interlope.results.weighing import Prediction
from interlope.scenario.prediction import Prediction as Stated

POINTS = (0.05, 0.5, 0.95)
DRAWS = 400  # replicates drawn for figures with their reporting noise
SELDOM = 0.05  # a claim that fewer of the weighted replicates agree with is one that the explanation cannot meet


def resample(posterior: Posterior, n: int, generator: np.random.Generator) -> np.ndarray:
    """Indices [n] of replicates drawn by weight (systematic)."""
    return importance.systematic(posterior.weight, n, generator.random())


def series_rows(fits: Fits, posterior: Posterior) -> list[FitRow]:
    """Fitted figures with the 5, 50 and 95 % points of what would have been published, reporting noise included.

    Parameters
    ----------
    fits : Fits
        The fit of a case.
    posterior : Posterior
        One explanation's part of it.

    Returns
    -------
    list of FitRow
        One for each fitted figure, in its series' unit.
    """
    generator = keys.stream(fits.seed, "predictive", posterior.hypothesis)
    statistics = posterior.statistics[resample(posterior, DRAWS, generator)]
    rows = []
    for group in fits.plan.groups:
        drawn = publication.predict(group, statistics, generator)
        for table in group.series:
            series = fits.case.series[table.id]
            points = np.quantile(drawn[table.id], POINTS, axis=0, method=METHOD)
            for j, i in enumerate(table.rows):
                rows.append(_figure(series, series.values[i], posterior.hypothesis, points[:, j]))
    return rows


def _figure(series: Series, value: Value, explanation: str, points: np.ndarray) -> FitRow:
    q05, q50, q95 = map(float, points)
    name = f"{series.id}:{write_period(value, series.period)}"
    return FitRow(kind="series", id=name, explanation=explanation, observed=value.value, q05=q05, q50=q50, q95=q95,
                  met=q05 <= value.value <= q95)


def claim_rows(fits: Fits, posterior: Posterior) -> list[FitRow]:
    """Claims with the points of the statistic they speak of; `met`: at least 5 % of the weighted replicates agree with the claim.

    Of a claim on the ratio of two statistics the points are those of its ratio, over the replicates that have one; `undefined` is the
    weighted share of those that do not, as where one of two windows is empty. Held-out claims whose window was simulated are shown too,
    with kind `held-out`.
    """
    rows = []
    for claim in fits.case.book.claims.values():
        columns = fits.binding.claim_columns.get(claim.id)
        if columns is None or not np.isfinite(posterior.statistics[:, columns[0]]).any():
            continue
        values = posterior.statistics[:, columns]
        kind = REGISTRY[claim.kind]
        plain = kind.statistics(values, claim)[:, 0]
        q05, q50, q95 = map(float, quantiles(plain, posterior.weight, POINTS))
        agreed = float(posterior.weight @ kind.holds(np.nan_to_num(values), claim))
        undefined = float(posterior.weight @ ~np.isfinite(plain)) if claim.kind in COMPARING else None
        rows.append(FitRow(kind="held-out" if claim.holdout else "claim", id=claim.id, explanation=posterior.hypothesis,
                           observed=observed(claim), q05=q05, q50=q50, q95=q95, met=agreed >= SELDOM, agreed=agreed, undefined=undefined))
    return rows


def observed(claim: Claim) -> float | None:
    """The number a claim states: the middle of its range, of its word's range; None where it states none."""
    if claim.kind in COMPARING and claim.low is None:
        return None  # a word on a ratio; its threshold is no ratio
    bounds = [b for b in (claim.low, claim.high) if b is not None]
    if bounds:
        return float(np.exp(np.mean(np.log(bounds)))) if min(bounds) > 0 else float(np.mean(bounds))
    if claim.cuts and claim.words and str(claim.stated) in claim.words:
        edges = (0.0, *claim.cuts, 1.0)
        at = claim.words.index(str(claim.stated))
        return 0.5 * (edges[at] + edges[at + 1]) if at + 1 < len(edges) else None
    return claim.threshold


def cannot_meet(rows: list[FitRow]) -> list[UnmetClaim]:
    """Claims that some explanation cannot produce, with those explanations, claims that none can meet first."""
    unmet: dict[str, list[str]] = {}
    for row in rows:
        if row.kind == "claim" and not row.met:
            unmet.setdefault(row.id, []).append(row.explanation)
    return [UnmetClaim(claim=c, explanations=e) for c, e in sorted(unmet.items(), key=lambda i: (-len(i[1]), i[0]))]


def prediction_rows(fits: Fits, posterior: Posterior) -> list[Prediction]:
    """How often an explanation's weighted replicates show what it predicts; None where the window was not simulated."""
    name = posterior.hypothesis
    stated = fits.case.hypotheses[name].predictions
    columns = [fits.binding.prediction_columns[name, i] for i in range(len(stated))]
    return score_predictions(stated, posterior.statistics[:, columns], posterior.weight)


def score_predictions(stated: Sequence[Stated], statistics: np.ndarray, weight: np.ndarray) -> list[Prediction]:
    """How often replicates show what is predicted of them.

    Parameters
    ----------
    stated : Sequence[Stated]
        Predictions.
    statistics : ndarray
        What each speaks of, in the same order [n, predictions]; NaN where its window was not simulated.
    weight : ndarray
        Weights of the replicates [n], which sum to 1.

    Returns
    -------
    list[Prediction]
        Each with the weighted share of the replicates that show it; None where the window was not simulated.
    """
    rows = []
    for prediction, values in zip(stated, statistics.T, strict=True):
        seen = np.isfinite(values)
        chance = float(weight @ prediction.holds(np.nan_to_num(values))) if seen.any() else None
        rows.append(Prediction(says=prediction.says, probability=chance))
    return rows


def parameter_rows(fits: Fits, posterior: Posterior) -> list[ParameterRow]:
    """Sampled parameters with their points, and how far the evidence moved the mean, in prior standard deviations."""
    known = fits.case.parameters(posterior.hypothesis)
    weight, design = posterior.weight, posterior.design
    rows = []
    for j, name in enumerate(design.names):
        q05, q50, q95 = map(float, quantiles(design.values[name], weight, POINTS))
        z = design.unit[:, j]
        mean = float(weight @ z)
        spread = float(np.sqrt(max(weight @ z**2 - mean**2, 0.0)))
        rows.append(ParameterRow(explanation=posterior.hypothesis, name=name, unit=known[name].unit, source=known[name].source,
                                 prior=known[name].prior.text, q05=q05, q50=q50, q95=q95, moved=mean, narrowed=1.0 - spread))
    return rows
