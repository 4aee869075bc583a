"""Series alone: the odds that the official series alone would give, from the replicates of a fit to series and claims together.

The claims' part of the likelihood is taken out of each replicate's weight, so that one fit shows both; what carries the result is looked at
as for every other change of weights (`inference.evidence.scaling`).
"""
from __future__ import annotations

import numpy as np

from interlope.inference.evidence import scaling
from interlope.inference.evidence.odds import THIN
from interlope.inference.fitting.posterior import Fits
from interlope.inference.sampling import importance
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
    changes, log_odds = {}, []
    for name, p in fits.posteriors.items():
        claims = np.where(np.isfinite(p.log_likelihood), p.log_likelihood - p.terms.official.sum(axis=1), 0.0)
        changes[name] = scaling.change(p, -claims)
        log_odds.append(np.log(p.prior_odds) + importance.log_mean(p.log_weight) + changes[name].value)
    return ReweighedOdds(
        probability=dict(zip(changes, importance.softmax(np.array([log_odds]))[0].tolist())),
        effective={name: c.effective for name, c in changes.items()}, pareto_k={name: c.pareto_k for name, c in changes.items()},
        thin=any(c.pareto_k > LIMIT_PARETO or c.effective < THIN for c in changes.values()),
    )
