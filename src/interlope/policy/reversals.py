"""Reversals: which of two options brings less of a harm, where that turns with the explanation, and at which odds.

With d_k the mean paired difference under explanation k and p_k its probability, raising p_k to q while the others keep their
proportions makes the difference D(q) = q d_k + (1 - q) r_k, where r_k is the others' mean difference. Where d_k and r_k have opposite
signs the options are equal at q = r_k / (r_k - d_k): the break-even probability. Its interval holds every q at which D(q) is not told
apart from zero (Fieller 1954). Every statement needs intervals that leave out zero; they are Student's, on the effective number of
independent points, and by Bonferroni's inequality all of one harm hold together. Every harm is judged by itself, here as everywhere.

Odds of one explanation against one other, shown or not, are in `break_even.py`.

What the intervals cover is the Monte Carlo error of the comparison, not doubt about the model. Counts of rare events are skewed, so with
few points they are approximate.

References: Fieller (1954), Journal of the Royal Statistical Society B 16: 175-185; Lempert, Groves, Popper & Bankes (2006), Management
Science 52: 514-528, for the probabilities at which the choice turns.
"""
from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from interlope.policy.break_even import Mean, break_even, critical_value
from interlope.policy.comparison import Comparison
from interlope.policy.outcome import OUTCOMES
from interlope.policy.weighted import count_points, summarise
from interlope.results.robustness import BreakEven, HarmRank, OptionPair, PairedDifference, Reversals

LEVEL = 0.95  # probability that all intervals of one harm hold together


def find(comparison: Comparison, level: float = LEVEL) -> Reversals:
    """Find what turns the order of each two options on each harm.

    Parameters
    ----------
    comparison : Comparison
        Options run on common draws.
    level : float
        Probability that all intervals of one harm hold together.

    Returns
    -------
    Reversals
        A pair of options for every harm, in the order of options and outcomes; options that change nothing in the days compared are
        left out, because they equal the status quo.
    """
    acting = [i for i, option in enumerate(comparison.options) if i == 0 or option.acts(comparison.days)]
    harm = [k for k, outcome in enumerate(OUTCOMES) if outcome.harm]
    names = comparison.explanations
    each = len(names) * (1 if len(names) < 3 else 2)  # of three or more, the mean of all but one has an interval of its own
    pairs = list(combinations(acting, 2))
    count = len(pairs) * (each + 1)
    points = min((count_points(comparison.origins[comparison.names == name]) for name in names), default=0.0)
    critical = critical_value(level, count, points)
    probability = np.array([comparison.weights[comparison.names == name].sum() for name in names])
    rows = [_pair(comparison, (i, j), k, critical, probability) for k in harm for i, j in pairs]
    return Reversals(level=level, comparisons=count, by_harm=True, pairs=rows, ranks=_rank(comparison, acting, rows))


def _pair(comparison: Comparison, pair: tuple[int, int], k: int, critical: float, probability: np.ndarray) -> OptionPair:
    """One pair of options on one harm."""
    i, j = pair
    first, second = comparison.options[i].name, comparison.options[j].name
    difference = comparison.levels[i, :, k] - comparison.levels[j, :, k]
    means = [_mean(difference, comparison.weights_of(name), comparison.origins) for name in comparison.explanations]
    signs = [mean.sign(critical) for mean in means]
    verdict = "cannot be told"
    if {-1, 1} <= set(signs):
        verdict = "reverses"
    elif len(set(signs)) == 1 and signs[0]:
        verdict = "one leads"
    leader = {-1: first, 0: "", 1: second}
    pooled = _mix(means, probability)
    return OptionPair(
        option=first, other=second, outcome=OUTCOMES[k].name, verdict=verdict, leader=leader[pooled.sign(critical)],
        by_explanation=[PairedDifference(explanation=name, mean=m.value, mc_error=m.error, low=m.value - critical * m.error,
                                         high=m.value + critical * m.error, leader=leader[sign])
                        for name, m, sign in zip(comparison.explanations, means, signs, strict=True)],
        break_even=[BreakEven(explanation=name, probability=float(probability[at]), at=point[0], low=point[1], high=point[2],
                              above=leader[signs[at]])
                    for at, name in enumerate(comparison.explanations if verdict == "reverses" else ())
                    if (point := _turn(means, probability, at, critical))])


def _turn(means: Sequence[Mean], probability: np.ndarray, at: int, critical: float) -> tuple[float, float, float] | None:
    """The break-even probability of one explanation, the others in their proportions; None where there is none or it cannot be told."""
    others = np.where(np.arange(len(means)) == at, 0.0, probability)
    return break_even(means[at], _mix(means, others), critical) if others.sum() > 0 else None


def _mean(difference: np.ndarray, weights: np.ndarray, origins: np.ndarray) -> Mean:
    summary = summarise(difference, weights, origins)
    return Mean(*(np.nan if x is None else x for x in (summary.mean, summary.mc_error)))


def _mix(means: Sequence[Mean], weights: np.ndarray) -> Mean:
    """Mean over explanations, whose draws are independent; those of no weight do not enter."""
    used = [(mean, w) for mean, w in zip(means, weights / weights.sum(), strict=True) if w > 0]
    return Mean(sum(w * mean.value for mean, w in used), float(np.sqrt(sum((w * mean.error) ** 2 for mean, w in used))))


def _rank(comparison: Comparison, acting: Sequence[int], pairs: Sequence[OptionPair]) -> list[HarmRank]:
    """Ranks of options on every harm under every explanation: one more than the options that clearly have less of it."""
    better: dict[tuple[str, str, str], int] = {}
    for pair in pairs:
        for row in pair.by_explanation:
            if row.leader:
                behind = pair.other if row.leader == pair.option else pair.option
                key = (behind, row.explanation, pair.outcome)
                better[key] = better.get(key, 0) + 1
    return [HarmRank(option=(option := comparison.options[i].name), explanation=name, outcome=outcome.name,
                     rank=1 + better.get((option, name, outcome.name), 0))
            for outcome in OUTCOMES if outcome.harm for name in comparison.explanations for i in acting]
