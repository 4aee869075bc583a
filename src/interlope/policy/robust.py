"""Robustness: how an option does when it is not known which explanation is true.

Only outcomes with a direction that is worse enter; harm and the others stay apart, and no score adds them up.
"""
from __future__ import annotations

import numpy as np

from interlope.policy.comparison import POOLED, Comparison
from interlope.policy.outcome import OUTCOMES
from interlope.policy.weighted import chance, tail_mean
from interlope.results.comparison import Regret, Safety

TAIL = 0.1


def means(comparison: Comparison) -> np.ndarray:
    """Mean level by option, explanation and outcome; NaN where no draw has a value."""
    count = (len(comparison.options), len(comparison.explanations), len(OUTCOMES))
    result = np.full(count, np.nan)
    for j, explanation in enumerate(comparison.explanations):
        weights = comparison.weights_of(explanation)[:, None]
        for i in range(count[0]):
            level = comparison.levels[i]
            known = np.isfinite(level)
            total = (weights * known).sum(axis=0)
            sums = (weights * np.where(known, level, 0.0)).sum(axis=0)
            result[i, j] = np.where(total > 0, sums / np.where(total > 0, total, 1.0), np.nan)
    return result


def regrets(comparison: Comparison) -> list[Regret]:
    """Expected and greatest regret of every option on every outcome that can be worse."""
    level = means(comparison)
    best = np.where(np.isfinite(level).any(axis=0), np.nanmin(np.where(np.isnan(level), np.inf, level), axis=0), np.nan)
    loss = level - best
    probability = np.array([comparison.weights[comparison.names == e].sum() for e in comparison.explanations])
    result = []
    for k, outcome in enumerate(OUTCOMES):
        if not outcome.worse:
            continue
        for i, option in enumerate(comparison.options):
            row = loss[i, :, k]
            known = np.isfinite(row)
            if not known.any() or not probability[known].sum() > 0:
                result.append(Regret(option=option.name, outcome=outcome.name, expected=None, maximum=None, worst_explanation=None))
                continue
            expected = float(row[known] @ probability[known] / probability[known].sum())
            worst = int(np.nanargmax(row))
            result.append(Regret(option=option.name, outcome=outcome.name, expected=expected, maximum=float(row[worst]),
                                 worst_explanation=comparison.explanations[worst]))
    return result


def undominated(comparison: Comparison) -> list[str]:
    """Options that no other option beats everywhere.

    One option dominates another when its mean is nowhere worse, on any harm outcome under any explanation, and
    somewhere better.
    """
    harm = [k for k, outcome in enumerate(OUTCOMES) if outcome.harm]
    level = np.nan_to_num(means(comparison)[:, :, harm]).reshape(len(comparison.options), -1)
    names = []
    for i, option in enumerate(comparison.options):
        others = np.delete(level, i, axis=0)
        beaten = ((others <= level[i]).all(axis=1) & (others < level[i]).any(axis=1)).any()
        if not beaten:
            names.append(option.name)
    return names


def safety(comparison: Comparison) -> list[Safety]:
    """For every option: chance of no more harm of any sort than under the status quo, and the worst tenth of draws."""
    weights = comparison.weights_of(POOLED)
    harm = [k for k, outcome in enumerate(OUTCOMES) if outcome.harm]
    result = []
    for i, option in enumerate(comparison.options):
        no_more = np.asarray((comparison.difference(i, "status_quo")[:, harm] <= 0).all(axis=1), dtype=np.float64)
        tail = {OUTCOMES[k].name: tail_mean(comparison.levels[i, :, k], weights, TAIL) for k in harm}
        result.append(Safety(option=option.name, no_more_harm=chance(no_more, weights), tail=tail))
    return result
