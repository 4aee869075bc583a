"""Gain: how much an observation is expected to teach about the explanation, in nats, from weighted replicates of every explanation.

The expected information gain is H(M) + E[log p(M | x)], M being the explanation and x the outcome (Lindley 1956). p(x | m) is the mean,
over the replicates of m, of the chance that the likelihood gives x in each (Rao-Blackwellised nested Monte Carlo). Outcomes that can be
listed are summed over exactly; others are drawn, and weighted by where they were drawn from.

The replicates that score an outcome are never those that produced it: both are taken from different blocks of independent points
(cross-validation). Then log p(M | x) is that of a wrong but honest forecaster, whose expected score is a lower bound of the true one
(Barber & Agakov 2003): noise makes a gain smaller, never larger, and evidence that has nothing to do with M has none. Outcomes that are
drawn are many numbers at once, and few replicates lie near each: forecasts from them are too sure, and are tempered, the ratio of chances
raised to the power from 0 to 1 that scores best (a calibrated forecast; power 0 is the prior). This replaces
binning with a Miller-Madow correction, which estimates the same quantity from drawn outcomes alone.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BLOCKS = 20  # of independent points: for cross-validation, and for the jackknife error
CAUTION = 1e-3  # part of the prior mixed into every forecast, so that an outcome none of the other blocks knows has a finite score
POWERS = tuple(i / 10 for i in range(11))  # tried on drawn outcomes
SHUFFLES = 20  # of the explanations' names, for the gain that chance alone gives


@dataclass(frozen=True, eq=False)
class Predictive:
    """Chances of outcomes under every explanation, in b blocks of independent points.

    Attributes
    ----------
    prior : ndarray
        Probability of each explanation [m].
    chance : ndarray
        Sum over a block's replicates of weight times chance of each outcome [b, m, k]; any factor common to one outcome cancels.
    weight : ndarray
        Sum of the weights behind it [b, m].
    joint : ndarray
        Probability that an explanation holds, a block's replicate is the true one, and an outcome is seen [b, m, k]; sums to 1.
    power : float
        Power that chances are raised to in a forecast; 1 where outcomes are listed.
    """

    prior: np.ndarray
    chance: np.ndarray
    weight: np.ndarray
    joint: np.ndarray
    power: float = 1.0

    @property
    def forecast(self) -> np.ndarray:
        """Probability of each explanation after each outcome, given by the replicates of all other blocks [b, m, k]."""
        return _forecast(self.prior, self.chance.sum(axis=0) - self.chance, self.weight.sum(axis=0) - self.weight, self.power)

    @property
    def outcomes(self) -> np.ndarray:
        """Probability of each outcome [k]."""
        return self.joint.sum(axis=(0, 1))

    @property
    def after(self) -> np.ndarray:
        """Probability of each explanation after each outcome [m, k]: the forecasts, averaged over where the outcome came from."""
        origin = self.joint.sum(axis=1)  # [b, k]
        share = origin / np.maximum(origin.sum(axis=0), 1e-300)
        return np.einsum("bk,bmk->mk", share, self.forecast)


def enumerated(prior: np.ndarray, model: np.ndarray, block: np.ndarray, weight: np.ndarray, chance: np.ndarray) -> Predictive:
    """Put together outcomes that are all listed.

    Parameters
    ----------
    prior : ndarray
        Probability of each explanation [m].
    model, block : ndarray
        Explanation and block of each replicate [n], int.
    weight : ndarray
        Weight of each replicate [n].
    chance : ndarray
        Chance of each outcome in each replicate [n, k]; rows are made to sum to 1.

    Returns
    -------
    Predictive
    """
    chance = chance / chance.sum(axis=1, keepdims=True)
    sums, weights = _sums(len(prior), model, block, weight, chance)
    each = sums / np.maximum(weights.sum(axis=0), 1e-300)[:, None]
    return Predictive(prior, sums, weights, prior[:, None] * each)


def sampled(prior: np.ndarray, model: np.ndarray, block: np.ndarray, weight: np.ndarray, log_chance: np.ndarray,
            source: np.ndarray) -> Predictive:
    """Put together outcomes that were drawn, each from one replicate.

    Parameters
    ----------
    prior : ndarray
        Probability of each explanation [m].
    model, block : ndarray
        Explanation and block of each replicate [n], int.
    weight : ndarray
        Weight of each replicate [n].
    log_chance : ndarray
        Log density of each outcome in each replicate [n, k].
    source : ndarray
        Replicate from which each outcome was drawn [k], int; every explanation is the source of some.

    Returns
    -------
    Predictive
    """
    top = log_chance.max(axis=0)
    sums, weights = _sums(len(prior), model, block, weight, np.exp(log_chance - np.where(np.isfinite(top), top, 0.0)))
    joint = np.zeros(sums.shape)
    drawn = np.bincount(model[source], weight[source], len(prior))
    joint[block[source], model[source], np.arange(len(source))] = (prior * weight[source][:, None] / drawn)[
        np.arange(len(source)), model[source]]
    power = max(POWERS, key=lambda each: _gain(prior, sums, weights, joint, each))
    return Predictive(prior, sums, weights, joint, power)


def entropy(prior: np.ndarray) -> float:
    """Entropy of the explanations' probabilities, in nats.

    >>> round(entropy(np.array([0.5, 0.5])), 4)
    0.6931
    """
    return float(-np.sum(prior * np.log(np.maximum(prior, 1e-300))))


def expected_gain(predictive: Predictive) -> float:
    """Expected information gain about the explanation, in nats.

    >>> model = np.repeat([0, 1], 40)
    >>> sure = enumerated(np.array([0.5, 0.5]), model, np.tile(np.arange(20), 4), np.ones(80), np.eye(2)[model])
    >>> bool(abs(expected_gain(sure) - np.log(2)) < 2 * CAUTION)
    True
    """
    p = predictive
    return _gain(p.prior, p.chance, p.weight, p.joint, p.power)


def standard_error(predictive: Predictive) -> float:
    """Monte Carlo standard error of the expected information gain, by leaving out each block of independent points in turn."""
    p, count = predictive, len(predictive.weight)
    values = []
    for b in range(count):
        rest = np.arange(count) != b
        joint = p.joint[rest]
        mass = joint.sum(axis=(0, 2))
        if not (mass > 0).all():
            return float("nan")
        values.append(_gain(p.prior, p.chance[rest], p.weight[rest], joint * (p.prior / mass)[:, None], p.power))
    return float(np.sqrt((count - 1) / count * np.sum((np.array(values) - np.mean(values)) ** 2)))


def shuffled_gain(predictive: Predictive, generator: np.random.Generator) -> float:
    """Largest gain but one in twenty when the explanations' names are shuffled among blocks: what chance alone gives, at least 0.

    A block of one explanation changes places with a block of another, with all its replicates and the outcomes that they produced.
    """
    p = predictive
    blocks, models = p.weight.shape
    flat_chance, flat_weight = p.chance.reshape(blocks * models, -1), p.weight.reshape(-1)
    each = (p.joint / np.maximum(p.joint.sum(axis=2, keepdims=True), 1e-300)).reshape(blocks * models, -1)
    values = []
    for _ in range(SHUFFLES):
        order = generator.permutation(blocks * models)
        chance, weight = flat_chance[order].reshape(p.chance.shape), flat_weight[order].reshape(blocks, models)
        joint = each[order].reshape(p.joint.shape) * weight[:, :, None]
        mass = joint.sum(axis=(0, 2))
        if (mass > 0).all():
            values.append(_gain(p.prior, chance, weight, joint * (p.prior / mass)[:, None], p.power))
    return max(0.0, float(np.sort(values)[-2])) if len(values) > 1 else float("nan")


def _sums(models: int, model: np.ndarray, block: np.ndarray, weight: np.ndarray, chance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sums by block and explanation of weighted chances [b, m, k] and of weights [b, m]."""
    at = block * models + model
    weights = np.bincount(at, weight, BLOCKS * models)
    chances = np.where(at == np.arange(BLOCKS * models)[:, None], weight, 0.0) @ chance
    return chances.reshape(BLOCKS, models, -1), weights.reshape(BLOCKS, models)


def _forecast(prior: np.ndarray, chance: np.ndarray, weight: np.ndarray, power: float) -> np.ndarray:
    """Probability of each explanation after each outcome [..., m, k], from summed chances [..., m, k] and weights [..., m]."""
    mean = chance / np.maximum(weight, 1e-300)[..., None]
    likely = prior[:, None] * mean**power
    total = likely.sum(axis=-2, keepdims=True)
    after = np.where(total > 0, likely / np.where(total > 0, total, 1.0), prior[:, None])
    return (1.0 - CAUTION) * after + CAUTION * prior[:, None]


def _gain(prior: np.ndarray, chance: np.ndarray, weight: np.ndarray, joint: np.ndarray, power: float) -> float:
    after = _forecast(prior, chance.sum(axis=0) - chance, weight.sum(axis=0) - weight, power)
    return entropy(prior) + float(np.sum(np.where(joint > 0, joint * np.log(np.maximum(after, 1e-300)), 0.0)))
