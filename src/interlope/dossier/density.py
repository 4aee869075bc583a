"""Densities: the likelihood of a report, given the statistics of a replicate, under a faithful, a slanted and an uninformative source.

Every density is normalised over the reporting space: numbers on the log scale, categories by sum, yes or no by sum.
Columns of the results are (faithful, slanted, uninformative).

What `values`, `claim`, `root`, `state` and `rng` mean, and the shapes, is said once in `kinds.Kind`; `x` [r] is one statistic of each
replicate in the claim's unit, `interpretation` one meaning of the claim.
"""
from __future__ import annotations

from collections.abc import Callable

import numpy as np

from interlope.dossier.claim import Claim, Interpretation
from interlope.dossier.source import Root
from interlope.quantities import Reduction

REFERENCE_SD = 1.5  # log spread of a number from a source that knows nothing

Score = Callable[[np.ndarray, Interpretation], np.ndarray]
Draw = Callable[[np.ndarray, Interpretation, np.ndarray], np.ndarray]


def log_sum(values: np.ndarray, axis: int) -> np.ndarray:
    """Log of the sum of exponentials along an axis; -inf where all are -inf.

    Parameters
    ----------
    values : ndarray
        Logarithms.
    axis : int
        Axis that is summed over.

    Returns
    -------
    ndarray
        Of one axis less.
    """
    top = np.max(values, axis=axis, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        return np.log(np.sum(np.exp(values - top), axis=axis)) + np.squeeze(top, axis=axis)


def mix(values: np.ndarray, claim: Claim, score: Score) -> np.ndarray:
    """A claim's log densities: the mixture over what the root may have said, and over what relays made of it.

    Parameters
    ----------
    values : ndarray [r, k]
        Statistics, one column per interpretation of the claim; NaN where a replicate does not determine it, which is scored as by a
        source that knows nothing.
    score : Score
        (statistic [r] in the claim's unit, interpretation) -> log densities [r, 3].

    Returns
    -------
    ndarray [r, 3]
    """
    parts = []
    for k, interpretation in enumerate(claim.interpretations):
        x = values[:, k] * interpretation.factor
        known = np.isfinite(x)
        one = score(np.where(known, x, interpretation.reference), interpretation)
        parts.append(np.where(known[:, None], one, one[:, 2:3]) + np.log(interpretation.chance))
    stated = log_sum(np.stack(parts), 0) if len(parts) > 1 else parts[0]
    if claim.distortion <= 0:
        return stated
    return np.logaddexp(stated + np.log1p(-claim.distortion), stated[:, 2:3] + np.log(claim.distortion))


def pick(values: np.ndarray, claim: Claim, state: np.ndarray, rng: np.random.Generator, draw: Draw) -> np.ndarray:
    """Draw reports [r]: choose an interpretation, let relays distort, then draw from the source's state.

    Parameters
    ----------
    values : ndarray [r, k]
        Statistics, one column per interpretation of the claim.
    state : ndarray of int [r]
        0 faithful, 1 slanted, 2 uninformative.
    draw : Draw
        (statistic [r], interpretation, state [r]) -> reports [r].
    """
    rows = len(values)
    chosen = rng.choice(len(claim.interpretations), size=rows, p=[interpretation.chance for interpretation in claim.interpretations])
    lost = rng.random(rows) < claim.distortion
    result = np.full(rows, np.nan)
    for k, interpretation in enumerate(claim.interpretations):
        x = values[:, k] * interpretation.factor
        known = np.isfinite(x)
        states = np.where(lost | ~known, 2, state)
        result = np.where(chosen == k, draw(np.where(known, x, interpretation.reference), interpretation, states), result)
    return result


def reductions(claim: Claim) -> list[Reduction]:
    """The statistics of a replicate that a claim speaks of: the plain interpretation first, then the alternatives."""
    return [interpretation.reduction for interpretation in claim.interpretations]


def statistics(values: np.ndarray, claim: Claim) -> np.ndarray:
    """The statistics [r, k] that a claim may speak of, in its unit, one column for each of its interpretations."""
    return values * np.array([interpretation.factor for interpretation in claim.interpretations])


def first(values: np.ndarray, claim: Claim) -> np.ndarray:
    """The statistic [r] of the plain interpretation, in the claim's unit."""
    return values[:, 0] * claim.interpretations[0].factor


def silent_score(values: np.ndarray, claim: Claim, root: Root) -> np.ndarray:
    """Nothing is learned from it: zeros [r, 3]."""
    return np.zeros((len(values), 3))


def silent_sample(values: np.ndarray, claim: Claim, root: Root, state: np.ndarray,
                  rng: np.random.Generator) -> np.ndarray:
    """Nothing is reported that could be drawn: NaN [r]."""
    return np.full(len(values), np.nan)


def silent_restate(claim: Claim, report: float) -> Claim:
    """Nothing was drawn, so the claim says what it says."""
    return claim


def silent_holds(values: np.ndarray, claim: Claim) -> np.ndarray:
    """No replicate contradicts it: true [r]."""
    return np.ones(len(values), dtype=bool)
