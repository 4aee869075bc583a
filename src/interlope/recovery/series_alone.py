"""Series alone: the odds that the official series alone would give, from the replicates of a fit to series and claims together.

The claims' part of the likelihood is taken out of each replicate's weight, so that one fit shows both.
"""
from __future__ import annotations

import numpy as np

from interlope.inference.evidence.odds import THIN, model_probabilities
from interlope.inference.fitting.posterior import Fits
from interlope.inference.sampling.importance import LIMIT_PARETO
from interlope.results.recovery import ReweighedOdds


def weigh(fits: Fits) -> ReweighedOdds | None:
    """Odds without the claims, by other weights on the replicates that are there.

    Parameters
    ----------
    fits : Fits
        Weighted replicates of every explanation, fitted to claims and series.

    Returns
    -------
    ReweighedOdds or None
        None where claims or series are missing, there is one explanation alone, or one that no replicate fits.
    """
    if not (fits.plan.claims and fits.plan.groups) or len(fits.posteriors) == 1:
        return None
    if not all(p.weight.any() for p in fits.posteriors.values()):
        return None
    models = model_probabilities(fits, {
        name: p.log_weight - np.where(np.isfinite(p.log_likelihood), p.log_likelihood - p.terms.official.sum(axis=1), 0.0)
        for name, p in fits.posteriors.items()})
    return ReweighedOdds(
        probability=models.probability, effective=dict(models.effective), pareto_k=dict(models.pareto_k),
        thin=any(models.pareto_k[n] > LIMIT_PARETO or models.effective[n] < THIN for n in models.probability),
    )
