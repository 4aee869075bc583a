"""Within: the odds of an explanation's variants, from the weights of replicates in which each holds, with their Monte Carlo error.

Which variant holds is a coordinate of a replicate, so that p_v = sum of the weights where v holds, and the evidence of the explanation is
that of the mixture. The error is that of log p_v / (1 - p_v), a ratio of two means over the same points (see `importance.change`).
"""
from __future__ import annotations

import numpy as np
from scipy.special import expit

from interlope.inference.checks.predictive import score_predictions
from interlope.inference.evidence.odds import THIN
from interlope.inference.fitting.posterior import Fits, Posterior
from interlope.inference.sampling import importance
from interlope.inference.sampling.importance import Ancestry
from interlope.results.weighing import Variant
from interlope.scenario.variants import chances

REACH = 1.645  # standard errors to the 5 and 95 % points of a normal number


def odds_within(log_weight: np.ndarray, among: np.ndarray, ancestry: Ancestry) -> tuple[float, float, float, float]:
    """Probability that a variant holds, its 5 and 95 % points, and the effective number of points that carry it.

    Parameters
    ----------
    log_weight : ndarray
        Log weights of an explanation's replicates [n].
    among : ndarray of bool
        Whether the variant holds [n].
    ancestry : Ancestry
        Independent point that each replicate descends from.

    Returns
    -------
    probability, low, high, effective : float
        Not known (nan, 0, 1, 0) where no replicate has any weight.

    Examples
    --------
    >>> from interlope.inference.sampling.importance import independent
    >>> p, low, high, _ = odds_within(np.zeros(400), np.arange(400) < 100, independent(400))
    >>> round(p, 9), low < 0.25 < high
    (0.25, True)
    """
    here, there = np.where(among, log_weight, -np.inf), np.where(among, -np.inf, log_weight)
    log_odds, error = importance.change(here, there, ancestry) if among.any() and not among.all() else (np.nan, np.inf)
    effective = importance.effective(importance.grouped(here, ancestry.point))
    if not np.isfinite(log_weight.max()):
        return np.nan, 0.0, 1.0, 0.0
    if not np.isfinite(log_odds):
        return float(effective > 0.0), 0.0, 1.0, effective
    low, high = expit(log_odds - REACH * error), expit(log_odds + REACH * error)
    return float(expit(log_odds)), float(low), float(high), effective


def variant_rows(fits: Fits, posterior: Posterior) -> list[Variant]:
    """Every variant of an explanation, with its odds and what it predicts; empty where there are none.

    Parameters
    ----------
    fits : Fits
        Weighted replicates of every explanation.
    posterior : Posterior
        Those of this one.

    Returns
    -------
    list of Variant
    """
    name, which = posterior.hypothesis, posterior.design.variant
    stated, rows = fits.case.hypotheses[name].variants, []
    if which is None:
        return rows
    for i, (variant, prior) in enumerate(zip(stated, chances(stated))):
        among = which == i
        probability, low, high, effective = odds_within(posterior.log_weight, among, posterior.ancestry)
        weight = np.where(among, posterior.weight, 0.0)
        columns = [fits.binding.variant_columns[name, variant.name, j] for j in range(len(variant.predictions))]
        predicted = score_predictions(variant.predictions, posterior.statistics[:, columns], weight / weight.sum()) if weight.any() else []
        rows.append(Variant(name=variant.name, gloss=variant.gloss, prior=prior, probability=probability, low=low, high=high,
                            effective=effective, thin=effective < THIN, predictions=predicted))
    return rows
