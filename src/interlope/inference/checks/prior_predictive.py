"""Prior predictive: would an explanation, before it was fitted, have given evidence as likely as this (Box 1980).

Replicates are drawn from the explanation as the case states it, under its priors. From half of them a data set each is drawn, all claims
and figures, with the likelihood's own noise. The chance is that a drawn set is no likelier than the real evidence, where how likely a set
is means its density averaged over all replicates but the one that it was drawn from. A small chance says that the evidence is odd for this
explanation, whatever its rivals do; unlike the posterior predictive chance it has not seen the evidence.

Averaged over so few replicates the density is poor as a number: those nearest to a set decide it. Real and drawn sets are measured by the
same replicates, so that the chance is uniform where the explanation is true whatever the measure (a Monte Carlo test: Besag & Clifford
1989), but for the one replicate that each drawn set is measured without; what few replicates cost is that evidence which is a little odd is
not found to be. The error has two parts, the number of data sets and, by the bootstrap, the replicates that they are measured by.

References: Box (1980), Journal of the Royal Statistical Society A 143: 383-430; Besag & Clifford (1989), Biometrika 76: 633-642.
"""
from __future__ import annotations

from dataclasses import replace
from weakref import WeakKeyDictionary

import numpy as np

from interlope.dossier.density import log_sum
from interlope.dossier.kinds import REGISTRY
from interlope.ensemble import design, keys, run, streams
from interlope.inference import generative, likelihood, official
from interlope.inference.fitting.posterior import Fits, Posterior
from interlope.inference.likelihood import LikelihoodPlan
from interlope.inference.sampling.importance import LEAST_EFFECTIVE
from interlope.results.adequacy import PriorPredictive
from interlope.scenario.case import Case

DRAWS, DATA_SETS = 120, 60
RESAMPLES = 200
NODES = official.COARSE  # any density does that is the same function for real and drawn sets
_STATISTICS: WeakKeyDictionary[Case, dict[tuple[str, int], np.ndarray]] = WeakKeyDictionary()


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
        Without a chance where fewer than 50 of the replicates complete.
    """
    statistics = draw_prior(fits, posterior.hypothesis)
    count = len(statistics)
    if count < LEAST_EFFECTIVE:
        return PriorPredictive(chance=None, error=None, data_sets=0, effective=count, drawn=DRAWS)
    generator = keys.stream(fits.seed, "prior predictive", posterior.hypothesis)
    parents = generator.permutation(count)[:DATA_SETS]
    reports = generative.draw_reports(fits.plan, statistics[parents], generator)
    figures = generative.draw_figures(fits.plan, statistics[parents], generator)
    plans = [_change(fits.plan, {c: x[j] for c, x in reports.items()}, {s: x[j] for s, x in figures.items()}) for j in range(len(parents))]
    drawn, real = np.array([_score(plan, statistics) for plan in plans]), _score(fits.plan, statistics)
    chance = float(_compare(drawn, real, parents, np.ones(count)))
    again = [_compare(drawn, real, parents, w) for w in generator.multinomial(count, np.full(count, 1.0 / count), RESAMPLES)]
    sets, below = len(parents), round(chance * len(parents))
    error = float(np.sqrt((below + 1) * (sets - below + 1) / (sets + 2) ** 2 / (sets + 3) + np.var(again)))
    return PriorPredictive(chance=chance, error=error, data_sets=sets, effective=count, drawn=DRAWS)


def draw_prior(fits: Fits, hypothesis: str) -> np.ndarray:
    """Statistics [n, width] of up to 120 replicates under the priors of an explanation, to the last day of the evidence.

    Parameters
    ----------
    fits : Fits
        The fit of a case, for its statistics and its seed.
    hypothesis : str
        Name of the explanation.

    Returns
    -------
    ndarray
        Those that complete; simulated once for a case and a seed.
    """
    known, case = _STATISTICS.setdefault(fits.case, {}), fits.case
    if (hypothesis, fits.seed) not in known:
        seed = keys.integer(fits.seed, "prior predictive", hypothesis, "replicates")
        drawn = design.draw(case, hypothesis, DRAWS, seed)
        statistics, status = run.summarise(case.setting(end=case.as_of), drawn.values, drawn.innovations, fits.binding,
                                           streams.single(seed, np.arange(DRAWS)))
        known[hypothesis, fits.seed] = statistics[status == 0]
    return known[hypothesis, fits.seed]


def _compare(drawn: np.ndarray, real: np.ndarray, parents: np.ndarray, weight: np.ndarray) -> np.floating:
    """Part of the drawn sets that are no likelier than the real one, from log densities [set, n] and [n] and weights [n] of replicates."""
    with np.errstate(divide="ignore"):
        log_weight = np.log(weight)
    score = drawn + log_weight
    score[np.arange(len(parents)), parents] = -np.inf  # the replicate that a set was drawn from would make it likelier than it is
    rest = np.log(weight.sum() - weight[parents])
    return np.mean(log_sum(score, 1) - rest <= log_sum(real + log_weight, 0) - np.log(weight.sum()))


def _score(plan: LikelihoodPlan, statistics: np.ndarray) -> np.ndarray:
    return likelihood.total(plan, likelihood.terms(plan, statistics, NODES))


def _change(plan: LikelihoodPlan, reports: dict[str, float], figures: dict[str, np.ndarray]) -> LikelihoodPlan:
    """The plan with a drawn data set in the place of the real one."""
    claims = tuple(REGISTRY[c.kind].restate(c, reports[c.id]) for c in plan.claims)
    groups = [official.Group(tuple(replace(t, figures=figures[t.id]) for t in group.series)) for group in plan.groups]
    return replace(plan, claims=claims, groups=groups)
