"""Odds: from weighted replicates to probabilities of explanations, with the Monte Carlo error carried through."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from interlope.dossier.claim import Claim
from interlope.ensemble import keys
from interlope.inference import likelihood
from interlope.inference.evidence.yardstick import DEFAULT, YARDSTICKS
from interlope.inference.fitting.posterior import Fits, Posterior
from interlope.inference.sampling import importance
from interlope.inference.sampling.importance import LIMIT_PARETO, EvidenceEstimate

THIN = 25.0  # effective points below which re-weighting is called too thin
HEAVY_TAIL = LIMIT_PARETO + 0.3  # Pareto k above which it is, too


@dataclass(frozen=True)
class BayesFactor:
    """A log Bayes factor and its standard error."""

    value: float
    error: float


@dataclass(frozen=True)
class ModelProbabilities:
    """Posterior probabilities of the explanations as competing models, under one interpretation of the evidence.

    log_z, error, effective, pareto_k, probability, low, high: by explanation; low and high are the 5 and 95 % points
    that the Monte Carlo error leaves. A single explanation is compared with nothing: its probability is NaN.
    pairs: log Bayes factors by "second/first".
    """

    log_z: dict[str, float]
    error: dict[str, float]
    effective: dict[str, float]
    pareto_k: dict[str, float]
    probability: dict[str, float]
    low: dict[str, float]
    high: dict[str, float]
    pairs: dict[str, BayesFactor]

    @property
    def thin(self) -> tuple[str, ...]:
        """Explanations of which so few points carry the weight that other weights on the same replicates tell little."""
        return tuple(n for n, e in self.effective.items() if e < THIN or self.pareto_k[n] > HEAVY_TAIL)

    @property
    def leader(self) -> str:
        """The most probable explanation."""
        return max(self.probability, key=lambda n: self.probability[n])


def word(probability: float) -> str:
    """Words of ICD 203 for a probability.

    >>> word(0.7)
    'likely'
    """
    return YARDSTICKS[DEFAULT].word(probability)


def names_of_pairs(names: list[str]) -> list[tuple[str, str]]:
    """Pairs (a, b), a listed later than b."""
    return [(a, b) for b, a in combinations(names, 2)]


def model_probabilities(fits: Fits, log_weights: Mapping[str, np.ndarray] | None = None,
                        prior_odds: Mapping[str, float] | None = None) -> ModelProbabilities:
    """Compute evidence, Bayes factors and posterior probabilities of the explanations.

    Parameters
    ----------
    fits : a fit. log_weights : other weights of its replicates [n] by explanation, for changed evidence; the fit's own when None.
    prior_odds : other prior odds by explanation; the case's own where an explanation has none.

    Populations of different explanations are independent, so squared errors of log evidences add up in a pair. The interval of each
    probability comes from 4,000 draws of the log evidences with their errors.
    """
    names = list(fits.posteriors)
    evidences = {n: p.evidence(None if log_weights is None else log_weights[n]) for n, p in fits.posteriors.items()}
    pairs = {f"{a}/{b}": _pair(evidences[a], evidences[b]) for a, b in names_of_pairs(names)}
    middle, low, high = (dict(zip(names, map(float, v))) for v in _probabilities(fits, evidences, prior_odds or {}))
    return ModelProbabilities(
        {n: e.log_z for n, e in evidences.items()}, {n: e.error for n, e in evidences.items()},
        {n: e.effective for n, e in evidences.items()}, {n: e.pareto_k for n, e in evidences.items()},
        middle, low, high, pairs,
    )


def _probabilities(fits: Fits, evidences: Mapping[str, EvidenceEstimate],
                   prior_odds: Mapping[str, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Probabilities [h] of the explanations with their 5 and 95 % points; NaN for a single one, which nothing is compared with."""
    names = list(evidences)
    if len(names) == 1:
        return np.full(1, np.nan), np.full(1, np.nan), np.full(1, np.nan)
    log_odds = np.array([np.log(prior_odds.get(n, fits.posteriors[n].prior_odds)) + evidences[n].log_z for n in names])
    middle, low, high = importance.softmax(log_odds[None])[0], np.zeros(len(names)), np.ones(len(names))
    if np.isfinite(log_odds).all():
        noise = keys.stream(fits.seed, "standing").standard_normal((4000, len(names)))
        errors = np.array([evidences[n].error for n in names])
        low, high = np.quantile(importance.softmax(log_odds + noise * errors), (0.05, 0.95), axis=0)
    return middle, low, high


def _pair(a: EvidenceEstimate, b: EvidenceEstimate) -> BayesFactor:
    """The log Bayes factor of a against b."""
    value = a.log_z - b.log_z
    return BayesFactor(value, float(np.hypot(a.error, b.error)) if np.isfinite(value) else np.inf)


def contribution(fits: Fits, a: str, b: str, left: Mapping[str, np.ndarray]) -> BayesFactor:
    """What leaving something out takes from the log Bayes factor of a against b; `left`: log weights without it."""
    (first, e), (second, f) = (importance.change(fits.posteriors[n].log_weight, left[n], fits.posteriors[n].ancestry) for n in (a, b))
    value = first - second
    return BayesFactor(value, float(np.hypot(e, f)) if np.isfinite(value) else np.inf)


def without(fits: Fits, *roots: str) -> dict[str, np.ndarray]:
    """Log weights with roots left out; nothing is simulated, like for all changes below."""

    def score(p: Posterior) -> np.ndarray:
        plan, parts = fits.plan, p.terms
        for root in roots:
            plan, parts = likelihood.without(plan, parts, p.statistics, root)
        return likelihood.total(plan, parts)

    return _reweigh(fits, score)


def without_claim(fits: Fits, claim: str) -> dict[str, np.ndarray]:
    """Log weights with one claim left out; what else hangs on its root stays."""
    return _reweigh(fits, lambda p: likelihood.total(*likelihood.without_claim(fits.plan, p.terms, claim)))


def regraded(fits: Fits, source: str, letter: str) -> dict[str, np.ndarray]:
    """Log weights with another letter for one source."""

    def score(p: Posterior) -> np.ndarray:
        return likelihood.total(*likelihood.regraded(fits.plan, p.terms, p.statistics, source, letter))

    return _reweigh(fits, score)


def judged(fits: Fits, letters: Mapping[str, str], codings: Mapping[str, Claim | None]) -> dict[str, np.ndarray]:
    """Log weights with other letters by source, and claims coded otherwise or, where None, left out."""

    def score(p: Posterior) -> np.ndarray:
        plan, parts = fits.plan, p.terms
        for source, letter in letters.items():
            plan, parts = likelihood.regraded(plan, parts, p.statistics, source, letter)
        for name, claim in codings.items():
            if claim is None:
                plan, parts = likelihood.without_claim(plan, parts, name)
            else:
                plan, parts = likelihood.recoded(plan, parts, p.statistics, claim)
        return likelihood.total(plan, parts)

    return _reweigh(fits, score)


def by_outlet(fits: Fits) -> dict[str, np.ndarray]:
    """Log weights if every outlet were an independent observation: the naive count, for comparison only."""
    return _reweigh(fits, lambda p: likelihood.total(fits.plan, p.terms, outlets=True))


def _reweigh(fits: Fits, score: Callable[[Posterior], np.ndarray]) -> dict[str, np.ndarray]:
    log_weights = {}
    for name, p in fits.posteriors.items():
        complete = np.isfinite(p.log_likelihood)
        log_weights[name] = p.log_prior + np.where(complete, np.nan_to_num(score(p), nan=-np.inf), -np.inf)
    return log_weights
