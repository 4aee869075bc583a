"""Prior predictive: would an explanation, before it was fitted, have given evidence as likely as this (Box 1980).

Data sets are drawn from the explanation as the case states it: a replicate under its priors, all claims and figures from the likelihood.
The chance is that the density of a drawn set, averaged over the prior, is no greater than that of the real one. A small chance says that
the evidence is odd for this explanation, whatever its rivals do; unlike the posterior predictive chance it has not seen the evidence.

The stored replicates were drawn to lie near the evidence. Weighted back to the prior they carry such a chance only where enough of them
still count; where they do not, none is given.

Reference: Box (1980), Journal of the Royal Statistical Society A 143: 383-430.
"""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from interlope.dossier.density import log_sum
from interlope.dossier.kinds import REGISTRY
from interlope.ensemble import keys
from interlope.inference import generative, likelihood, official
from interlope.inference.fitting.posterior import Fits, Posterior
from interlope.inference.likelihood import LikelihoodPlan
from interlope.inference.sampling.importance import LEAST_EFFECTIVE
from interlope.results.adequacy import PriorPredictive

DATA_SETS = 60
NODES = official.COARSE  # any density does that is the same function for real and drawn sets


def judge(fits: Fits, posterior: Posterior) -> PriorPredictive:
    """Prior predictive chance of the whole evidence under one explanation, with its Monte Carlo error.

    Parameters
    ----------
    fits : Fits
        The fit of a case.
    posterior : Posterior
        One explanation's part of it.

    Returns
    -------
    PriorPredictive
        Without a chance where fewer than 50 effective replicates are left under the prior.
    """
    usable = np.flatnonzero(np.isfinite(posterior.log_likelihood) & np.isfinite(posterior.log_prior))
    log_weight = posterior.log_prior[usable]
    log_weight = log_weight - log_sum(log_weight, 0) if len(usable) else log_weight
    weight = np.exp(log_weight)
    effective = float(1.0 / np.sum(weight**2)) if len(usable) else 0.0
    if effective < LEAST_EFFECTIVE:
        return PriorPredictive(chance=None, error=None, data_sets=0, effective=effective)
    generator = keys.stream(fits.seed, "prior predictive", posterior.hypothesis)
    statistics = posterior.statistics[usable]
    drawn = generator.choice(len(usable), DATA_SETS, p=weight / weight.sum())
    reports = generative.draw_reports(fits.plan, statistics[drawn], generator)
    figures = generative.draw_figures(fits.plan, statistics[drawn], generator)
    real = float(log_sum(log_weight + _score(fits.plan, statistics), 0))
    no_likelier = 0
    for j, own in enumerate(drawn):
        plan = _change(fits.plan, {c: x[j] for c, x in reports.items()}, {s: x[j] for s, x in figures.items()})
        score = log_weight + _score(plan, statistics)
        score[own] = -np.inf  # the replicate that a set was drawn from would make it likelier than it is
        no_likelier += int(float(log_sum(score, 0)) - float(np.log1p(-weight[own])) <= real)
    chance = no_likelier / DATA_SETS
    error = float(np.sqrt((no_likelier + 1) * (DATA_SETS - no_likelier + 1) / (DATA_SETS + 2) ** 2 / (DATA_SETS + 3)))
    return PriorPredictive(chance=chance, error=error, data_sets=DATA_SETS, effective=effective)


def _score(plan: LikelihoodPlan, statistics: np.ndarray) -> np.ndarray:
    return likelihood.total(plan, likelihood.terms(plan, statistics, NODES))


def _change(plan: LikelihoodPlan, reports: dict[str, float], figures: dict[str, np.ndarray]) -> LikelihoodPlan:
    """The plan with a drawn data set in the place of the real one."""
    claims = tuple(REGISTRY[c.kind].restate(c, reports[c.id]) for c in plan.claims)
    groups = [official.Group(tuple(replace(t, figures=figures[t.id]) for t in group.series)) for group in plan.groups]
    return replace(plan, claims=claims, groups=groups)
