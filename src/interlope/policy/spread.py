"""Spread: how much of what the draws leave open of each harm is an assumed number, and how far the evidence narrowed that number.

Levels without any option are ranked over all draws. The squared multiple correlation of these ranks with the normal scores of the assumed
numbers that decide a harm (`grounds`) is their part of the spread, and that with the explanations is theirs, both adjusted for columns. The
rest are other numbers and chance. A number's width is the standard deviation of its normal scores under its own prior: 1 where the evidence
says nothing of it. Parts do not add up where the evidence ties numbers and explanations together.

References: Saltelli et al. (2008), Global Sensitivity Analysis, section 1.2, for regression on ranks; Olkin & Finn (1995), Psychological
Bulletin 118: 155-164, for the error of a squared multiple correlation.
"""
from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.stats import rankdata

from interlope.inference.sampling import importance
from interlope.policy.comparison import Comparison
from interlope.policy.grounds import ASSUMPTION, GROUNDS
from interlope.policy.outcome import OUTCOMES
from interlope.policy.prior_scaling import normal_scores
from interlope.policy.weighted import gather
from interlope.results.harm import AssumedWidth, HarmSpread
from interlope.scenario.case import Case

LEAST = 20.0  # effective draws for each number of the regression


def split(case: Case, values: Mapping[str, np.ndarray], comparison: Comparison) -> list[HarmSpread]:
    """Say of each harm without any option how much of its spread follows assumed numbers, and how much the explanation.

    Parameters
    ----------
    case : Case
        The case.
    values : mapping of str to ndarray
        Value of each parameter in each draw [n] of the comparison.
    comparison : Comparison
        Options compared on these draws, status quo first.

    Returns
    -------
    list of HarmSpread
        In the order of outcomes; a harm that is the same in all draws, or not known in some, is left out.
    """
    weights, rows = comparison.weights, []
    size = importance.effective(gather(weights, comparison.origins))
    for k, outcome in enumerate(OUTCOMES):
        level = comparison.levels[0, :, k]
        if not outcome.harm or not np.isfinite(level).all() or np.ptp(level) == 0.0:
            continue
        ranks = rankdata(level)
        scores = {name: z for name in GROUNDS[outcome.name].parameters if (z := _scores(case, values, comparison, name)) is not None}
        fixed = [name for name in GROUNDS[outcome.name].parameters if _is_fixed(case, comparison, name)]
        part = _explained(ranks, list(scores.values()), weights, size)
        between = _explained(ranks, [(comparison.names == h).astype(float) for h in comparison.explanations[1:]], weights, size)
        rows.append(HarmSpread(
            outcome=outcome.name, assumed=[AssumedWidth(name=name, width=_width(z, comparison)) for name, z in scores.items()],
            by_assumed=part, error=None if part is None else float(2.0 * np.sqrt(part / size) * (1.0 - part)), by_explanation=between,
            fixed=fixed, thin=bool(size < LEAST * max(len(scores), 1))))
    return rows


def _scores(case: Case, values: Mapping[str, np.ndarray], comparison: Comparison, name: str) -> np.ndarray | None:
    """Normal scores [n] of an assumed number under its own prior; 0 under explanations that fix or ground it, None where all do."""
    z, free = np.zeros(len(comparison.names)), False
    for h in comparison.explanations:
        parameter = case.parameters(h)[name]
        if parameter.source != ASSUMPTION or parameter.prior.constant or parameter.variants:
            continue
        rows = comparison.names == h
        z[rows] = normal_scores(parameter.prior, np.asarray(values[name])[rows])
        free = True
    return z if free and np.ptp(z) > 0.0 else None


def _is_fixed(case: Case, comparison: Comparison, name: str) -> bool:
    """Whether a number is assumed and the same in every draw: it may decide the harm, and no spread shows how much."""
    known = [case.parameters(h)[name] for h in comparison.explanations]
    return all(p.source == ASSUMPTION and p.prior.constant for p in known)


def _explained(y: np.ndarray, columns: list[np.ndarray], weights: np.ndarray, size: float) -> float | None:
    """Squared multiple correlation of y [n] with columns [n], weighted, adjusted for their number; None of too few independent draws."""
    if not columns:
        return 0.0
    if size <= len(columns) + 2.0:
        return None
    root, x = np.sqrt(weights / weights.sum())[:, None], np.column_stack(columns)
    centred = (y - np.average(y, weights=weights))[:, None] * root
    centred_x = (x - np.average(x, axis=0, weights=weights)) * root
    fitted = centred_x @ np.linalg.lstsq(centred_x, centred, rcond=None)[0]
    part = float((fitted**2).sum() / (centred**2).sum())
    return min(max(1.0 - (1.0 - part) * (size - 1.0) / (size - 1.0 - len(columns)), 0.0), 1.0)


def _width(z: np.ndarray, comparison: Comparison) -> float:
    """Standard deviation of the scores within explanations that leave the number free, by their weights."""
    spread, whole = 0.0, 0.0
    for h in comparison.explanations:
        rows = comparison.names == h
        if np.ptp(z[rows]) > 0.0:
            w = comparison.weights[rows]
            spread += float(w @ (z[rows] - np.average(z[rows], weights=w)) ** 2)
            whole += float(w.sum())
    return float(np.sqrt(spread / whole))
