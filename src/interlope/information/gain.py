"""Gain: how much an observation is expected to teach about the explanation, in nats, from weighted replicates of every explanation.

The expected information gain is H(M) + E[log p(M | x)], M being the explanation and x the outcome (Lindley 1956). p(x | m) is the mean,
over the replicates of m, of the chance that the likelihood gives x in each (Rao-Blackwellised nested Monte Carlo). Outcomes that can be
listed are summed over exactly; others are drawn, and weighted by where they were drawn from.

The replicates that score an outcome are never those that produced it: both are taken from different blocks of independent points
(cross-validation). Then log p(M | x) is that of a wrong but honest forecaster, whose expected score is a lower bound of the true one
(Barber & Agakov 2003): noise makes a gain smaller, never larger, and evidence that has nothing to do with M has none.

Outcomes that are drawn are several numbers at once, and few replicates lie near each, so that forecasts from all of them together are too
sure or know nothing. Two remedies: an outcome is also read through a few summaries (such as a total and a trend), whose density is a kernel
estimate over the replicates' own outcomes; and forecasts are tempered, the ratio of chances raised to a power from 0 to 1 (a calibrated
forecast; power 0 is the prior). What is read and the power are chosen for each block by what scores best on all other blocks, and anew
wherever blocks are left out or shuffled, so that the choice cannot raise the gain either. A gain of 0 then means that none could be shown,
not that there is none. This replaces binning with a Miller-Madow correction, which estimates the same quantity from drawn outcomes alone.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtri
from scipy.stats import rankdata

BLOCKS = 20  # of independent points: for cross-validation, and for the jackknife error
CAUTION = 1e-3  # part of the prior mixed into every forecast, so that an outcome none of the other blocks knows has a finite score
POWERS = (0.0, 0.1, 0.2, 0.4, 0.7, 1.0)  # tried on drawn outcomes
SHUFFLES = 199  # of the explanations' names, for the gain that chance alone gives
ONCE_IN_TWENTY = 190  # rank among them: a value that is one of 200 alike exceeds it with a chance of 10 in 200
ALL = "all figures"  # an outcome that is read whole


@dataclass(frozen=True, eq=False)
class Predictive:
    """Chances of outcomes under every explanation, in b blocks of independent points.

    Attributes
    ----------
    prior : ndarray
        Probability of each explanation [m].
    chance : ndarray
        Sum over a block's replicates of weight times chance of each outcome, by what is read of it [r, b, m, k]; any factor common to one
        outcome cancels.
    weight : ndarray
        Sum of the weights behind it [b, m].
    joint : ndarray
        Probability that an explanation holds, a block's replicate is the true one, and an outcome is seen [b, m, k]; sums to 1.
    summaries : tuple of str
        What is read of an outcome [r]; one without a name where outcomes are listed.
    rules : tuple of (int, float)
        Forecasts to choose from: what is read, and the power that its chances are raised to.
    """

    prior: np.ndarray
    chance: np.ndarray
    weight: np.ndarray
    joint: np.ndarray
    summaries: tuple[str, ...] = ("",)
    rules: tuple[tuple[int, float], ...] = ((0, 1.0),)

    @cached_property
    def choice(self) -> np.ndarray:
        """The rule by which outcomes of each block are forecast [b]: the one that scores best on all other blocks."""
        return _choose(_scores(self, self.chance, self.weight, self.joint))

    @property
    def summary(self) -> str:
        """What is read of outcomes in most blocks; empty where the probabilities now forecast as well."""
        place, power = self.rules[int(np.bincount(self.choice).argmax())]
        return self.summaries[place] if power else ""

    @cached_property
    def forecast(self) -> np.ndarray:
        """Probability of each explanation after each outcome, given by the replicates of all other blocks [b, m, k]."""
        blocks, weight = [], self.weight.sum(axis=0) - self.weight
        for b, (place, power) in enumerate(self.rules[rule] for rule in self.choice):
            others = self.chance[place].sum(axis=0) - self.chance[place, b]
            blocks.append(_forecast(self.prior, _log_mean(others, weight[b][:, None]), power))
        return np.stack(blocks)

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
    return Predictive(prior, sums[None], weights, prior[:, None] * each)


def sampled(prior: np.ndarray, model: np.ndarray, block: np.ndarray, weight: np.ndarray, log_chance: np.ndarray,
            summaries: Mapping[str, np.ndarray] | None = None) -> Predictive:
    """Put together outcomes that were drawn, one from every replicate.

    Parameters
    ----------
    prior : ndarray
        Probability of each explanation [m].
    model, block : ndarray
        Explanation and block of each replicate [n], int; every explanation has some.
    weight : ndarray
        Weight of each replicate [n].
    log_chance : ndarray
        Log density in each replicate of the outcome drawn from each [n, n].
    summaries : mapping of str to ndarray, optional
        Numbers that may be read of each outcome instead of all of it [n] or [n, d], by what they are called.

    Returns
    -------
    Predictive
    """
    fewest = int(np.bincount(model, minlength=len(prior)).min())
    read = {ALL: log_chance, **{name: _log_kernel(values, fewest) for name, values in (summaries or {}).items()}}
    parts = []
    for logs in read.values():
        top = logs.max(axis=0)
        parts.append(_sums(len(prior), model, block, weight, np.exp(logs - np.where(np.isfinite(top), top, 0.0))))
    joint = np.zeros(parts[0][0].shape)
    joint[block, model, np.arange(len(model))] = (prior / np.bincount(model, weight, len(prior)))[model] * weight
    rules = ((0, 0.0), *((i, power) for i in range(len(parts)) for power in POWERS if power > 0))
    return Predictive(prior, np.stack([sums for sums, _ in parts]), parts[0][1], joint, tuple(read), rules)


def entropy(prior: np.ndarray) -> float:
    """Entropy of the explanations' probabilities, in nats.

    >>> round(entropy(np.array([0.5, 0.5])), 4)
    0.6931
    """
    return float(-np.sum(prior * np.log(np.maximum(prior, 1e-300))))


def expected_gain(predictive: Predictive) -> float:
    """Expected information gain about the explanation, in nats; a lower bound, which noise may take below 0.

    >>> model = np.repeat([0, 1], 40)
    >>> sure = enumerated(np.array([0.5, 0.5]), model, np.tile(np.arange(20), 4), np.ones(80), np.eye(2)[model])
    >>> bool(abs(expected_gain(sure) - np.log(2)) < 2 * CAUTION)
    True
    """
    p = predictive
    return _gain(p, p.chance, p.weight, p.joint)


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
        values.append(_gain(p, p.chance[:, rest], p.weight[rest], joint * (p.prior / mass)[:, None]))
    return float(np.sqrt((count - 1) / count * np.sum((np.array(values) - np.mean(values)) ** 2)))


def shuffled_gain(predictive: Predictive, generator: np.random.Generator) -> float:
    """Gain that is exceeded once in twenty where the evidence has nothing to do with the explanations; noise may take it below 0.

    A block of one explanation changes places with a block of another, with all its replicates and the outcomes that they produced, 199
    times. Without a difference between explanations the gain itself is one of 200 alike.
    """
    p = predictive
    blocks, models = p.weight.shape
    flat_chance, flat_weight = p.chance.reshape(len(p.chance), blocks * models, -1), p.weight.reshape(-1)
    each = (p.joint / np.maximum(p.joint.sum(axis=2, keepdims=True), 1e-300)).reshape(blocks * models, -1)
    values = []
    for _ in range(SHUFFLES):
        order = generator.permutation(blocks * models)
        chance, weight = flat_chance[:, order].reshape(p.chance.shape), flat_weight[order].reshape(blocks, models)
        joint = each[order].reshape(p.joint.shape) * weight[:, :, None]
        mass = joint.sum(axis=(0, 2))
        if not (mass > 0).all():
            return float("nan")
        values.append(_gain(p, chance, weight, joint * (p.prior / mass)[:, None]))
    return float(np.sort(values)[ONCE_IN_TWENTY - 1])


def _sums(models: int, model: np.ndarray, block: np.ndarray, weight: np.ndarray, chance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Sums by block and explanation of weighted chances [b, m, k] and of weights [b, m]."""
    at = block * models + model
    weights = np.bincount(at, weight, BLOCKS * models)
    chances = np.where(at == np.arange(BLOCKS * models)[:, None], weight, 0.0) @ chance
    return chances.reshape(BLOCKS, models, -1), weights.reshape(BLOCKS, models)


def _log_kernel(values: np.ndarray, count: int) -> np.ndarray:
    """Log density [n, n], but for a constant, of each outcome's numbers [n] or [n, d] around those of each replicate.

    A Gaussian kernel on the numbers' normal scores, so that no scale or tail matters, as wide as Silverman's rule has it for `count`.
    """
    scores = ndtri((rankdata(values.reshape(len(values), -1), axis=0) - 0.5) / len(values))
    size = scores.shape[1]
    width = (4.0 / ((size + 2.0) * count)) ** (1.0 / (size + 4.0))
    return sum((-0.5 * ((column - column[:, None]) / width) ** 2 for column in scores.T), np.zeros((len(values), len(values))))


def _log_mean(chance: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Log of mean chances from sums of chances and of weights; a difference of sums that rounding took below 0 is 0."""
    with np.errstate(divide="ignore"):
        return np.log(np.maximum(chance, 0.0) / np.maximum(weight, 1e-300))


def _forecast(prior: np.ndarray, log_mean: np.ndarray, power: float) -> np.ndarray:
    """Probability of each explanation after outcomes with log chances [m, k], tempered by a power."""
    likely = prior[:, None] * (np.exp(power * log_mean) if power else np.ones(log_mean.shape))
    total = likely.sum(axis=0)
    after = np.where(total > 0, likely / np.where(total > 0, total, 1.0), prior[:, None])
    return (1.0 - CAUTION) * after + CAUTION * prior[:, None]


def _scores(p: Predictive, chance: np.ndarray, weight: np.ndarray, joint: np.ndarray) -> np.ndarray:
    """What each rule adds to E[log p(M | x)] by the outcomes of each block, forecast by all others [rule, b]."""
    block, outcome = np.nonzero(joint.sum(axis=1))
    seen, others = joint[block, :, outcome].T, (weight.sum(axis=0) - weight)[block].T
    at = np.nonzero(seen)
    mass, where = seen[at], block[at[1]]
    log_mean = [_log_mean(part.sum(axis=0)[:, outcome] - part[block, :, outcome].T, others) for part in chance]
    rows = []
    for place, power in p.rules:
        after = _forecast(p.prior, log_mean[place], power)[at]
        rows.append(np.bincount(where, mass * np.log(np.maximum(after, 1e-300)), len(weight)))
    return np.array(rows)


def _choose(scores: np.ndarray) -> np.ndarray:
    """The rule for each block [b] that scores best on all other blocks, the first where several do, from scores [rule, b]."""
    return (scores.sum(axis=1, keepdims=True) - scores).argmax(axis=0)


def _gain(p: Predictive, chance: np.ndarray, weight: np.ndarray, joint: np.ndarray) -> float:
    scores = _scores(p, chance, weight, joint)
    return entropy(p.prior) + float(scores[_choose(scores), np.arange(len(weight))].sum())
