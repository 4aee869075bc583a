"""Odds: from weighted histories to probabilities of explanations, with the Monte Carlo error carried through."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from interlope.ensemble import keys
from interlope.inference import importance, likelihood
from interlope.inference.posterior import Fits, Posterior

# Upper ends of the steps of Intelligence Community Directive 203, and their words.
WORDS = (
    (0.05, "almost no chance"), (0.20, "very unlikely"), (0.45, "unlikely"), (0.55, "roughly even chance"),
    (0.80, "likely"), (0.95, "very likely"), (1.00, "almost certain"),
)


@dataclass(frozen=True)
class Factor:
    """A log Bayes factor and its standard error."""

    value: float
    error: float


@dataclass(frozen=True)
class Standing:
    """How the explanations stand under one reading of the evidence.

    log_z, error, effective, pareto_k, probability, low, high: by explanation; low and high are the 5 and 95 % points
    that the Monte Carlo error leaves. pairs: log Bayes factors by "second/first".
    """

    log_z: dict[str, float]
    error: dict[str, float]
    effective: dict[str, float]
    pareto_k: dict[str, float]
    probability: dict[str, float]
    low: dict[str, float]
    high: dict[str, float]
    pairs: dict[str, Factor]

    @property
    def leader(self) -> str:
        """The most probable explanation."""
        return max(self.probability, key=lambda n: self.probability[n])


def word(probability: float) -> str:
    """Words of ICD 203 for a probability.

    >>> word(0.7)
    'likely'
    """
    return next(words for end, words in WORDS if probability <= end + 1e-12)


def names_of_pairs(names: list[str]) -> list[tuple[str, str]]:
    """Pairs (a, b), a listed later than b."""
    return [(a, b) for b, a in combinations(names, 2)]


def stand(fits: Fits, log_weights: Mapping[str, np.ndarray]) -> Standing:
    """Compare explanations from log weights [n] by explanation, histories paired one by one.

    Errors include what the choice of candidate points adds. The interval of each probability comes from 4,000 draws of
    the log evidences with their joint error.
    """
    names = list(log_weights)
    found = {n: importance.evidence(w, fits.extra(n)) for n, w in log_weights.items()}
    pairs = {}
    for a, b in names_of_pairs(names):
        pairs[f"{a}/{b}"] = Factor(*importance.log_ratio(log_weights[a], log_weights[b], fits.extra(a, b)))
    log_odds = np.array([np.log(fits.posteriors[n].prior_odds) + found[n].log_z for n in names])
    middle = _softmax(log_odds[None])[0]
    low, high = np.zeros(len(names)), np.ones(len(names))
    if np.isfinite(log_odds).all():
        noise = keys.stream(fits.seed, "standing").standard_normal((4000, len(names)))
        low, high = np.quantile(_softmax(log_odds + noise @ _joint(fits, log_weights, found).T), (0.05, 0.95), axis=0)
    by = {key: dict(zip(names, map(float, v))) for key, v in (("p", middle), ("low", low), ("high", high))}
    return Standing(
        {n: e.log_z for n, e in found.items()}, {n: e.error for n, e in found.items()},
        {n: e.effective for n, e in found.items()}, {n: e.pareto_k for n, e in found.items()},
        by["p"], by["low"], by["high"], pairs,
    )


def _softmax(log_odds: np.ndarray) -> np.ndarray:
    top = log_odds.max(axis=1, keepdims=True)
    odds = np.exp(log_odds - np.where(np.isfinite(top), top, 0.0))
    total = odds.sum(axis=1, keepdims=True)
    return np.where(total > 0, odds / np.where(total > 0, total, 1.0), 1.0 / log_odds.shape[1])


def _joint(
    fits: Fits, log_weights: Mapping[str, np.ndarray], found: Mapping[str, importance.Evidence]
) -> np.ndarray:
    """Square root [h, h] of the joint covariance of the log evidences, scaled to their stated errors."""
    pulls = np.stack([importance.influence(w) for w in log_weights.values()])
    names = list(fits.posteriors)
    covariance = np.atleast_2d(np.cov(pulls)) / pulls.shape[1] + _added(fits, [names.index(n) for n in log_weights])
    scale = np.array([e.error for e in found.values()]) / np.sqrt(np.maximum(np.diag(covariance), 1e-300))
    values, vectors = np.linalg.eigh(covariance * np.outer(scale, scale))
    return vectors * np.sqrt(np.maximum(values, 0.0))


def _added(fits: Fits, order: list[int]) -> np.ndarray:
    """Covariance [h, h] that the choice of candidates adds, from two independent estimates of their pulls."""
    one, two = (half[order] - half[order].mean(axis=1, keepdims=True) for half in fits.spread)
    cross = one @ two.T / one.shape[1] ** 2
    return 0.5 * (cross + cross.T)


def contribution(full: tuple[np.ndarray, np.ndarray], left: tuple[np.ndarray, np.ndarray]) -> Factor:
    """What leaving something out changes in a log Bayes factor, from log weights (a, b) with and without it."""
    (a, b), (c, d) = full, left
    value = importance.log_mean(a) - importance.log_mean(b) - importance.log_mean(c) + importance.log_mean(d)
    if not np.isfinite(value):
        return Factor(value, np.inf)
    pull = importance.influence(a) - importance.influence(b) - importance.influence(c) + importance.influence(d)
    return Factor(value, importance.error_of(pull))


def as_fitted(fits: Fits) -> dict[str, np.ndarray]:
    """Log weights [n] by explanation, all evidence as it stands."""
    return {name: p.log_weight for name, p in fits.posteriors.items()}


def without(fits: Fits, *roots: str) -> dict[str, np.ndarray]:
    """Log weights with roots left out; no history is simulated, like for all changes below."""

    def score(p: Posterior) -> np.ndarray:
        plan, parts = fits.plan, p.terms
        for root in roots:
            plan, parts = likelihood.without(plan, parts, p.statistics, root)
        return likelihood.total(plan, parts)

    return _reweigh(fits, score)


def regraded(fits: Fits, source: str, letter: str) -> dict[str, np.ndarray]:
    """Log weights with another letter for one source."""

    def score(p: Posterior) -> np.ndarray:
        return likelihood.total(*likelihood.regraded(fits.plan, p.terms, p.statistics, source, letter))

    return _reweigh(fits, score)


def by_outlet(fits: Fits) -> dict[str, np.ndarray]:
    """Log weights if every outlet were an independent observation: the naive count, for comparison only."""
    return _reweigh(fits, lambda p: likelihood.total(fits.plan, p.terms, outlets=True))


def _reweigh(fits: Fits, score: Callable[[Posterior], np.ndarray]) -> dict[str, np.ndarray]:
    made = {}
    for name, p in fits.posteriors.items():
        complete = np.isfinite(p.log_likelihood)
        made[name] = p.log_prior + np.where(complete, np.nan_to_num(score(p), nan=-np.inf), -np.inf)
    return made
