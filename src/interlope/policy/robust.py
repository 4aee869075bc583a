"""Robustness: how an option does when it is not known which explanation is true.

Only outcomes with a direction that is worse enter; harm and the others stay apart, and no score adds them up. Three measures stand side
by side, because they answer different questions: regret (how much worse than the best option, in the mean), the satisficing share (how
often good enough) and conditional value at risk (how bad where it is bad). None of the three orders options by itself.

References: Savage (1951) for regret; Lempert, Popper & Bankes (2003), RAND MR-1626, and Lempert & Collins (2007), Risk Analysis 27:
1009-1026, for satisficing; Rockafellar & Uryasev (2000), Journal of Risk 2(3): 21-41, for conditional value at risk.
"""
from __future__ import annotations

import numpy as np

from interlope.policy.comparison import POOLED, Comparison
from interlope.policy.outcome import OUTCOMES
from interlope.policy.weighted import chance, summarise, summarise_tail, tail_mean
from interlope.results.comparison import Regret, Safety
from interlope.results.robustness import Satisficing

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


def satisficing(comparison: Comparison) -> list[Satisficing]:
    """Satisficing share and conditional value at risk of every option on every harm, under every explanation and pooled.

    Parameters
    ----------
    comparison : Comparison
        Options run on common draws.

    Returns
    -------
    list of Satisficing
        A harm is good enough in a draw where it is no more than the status quo's in the same draw; draws without a value are left out.
    """
    harm = [k for k, outcome in enumerate(OUTCOMES) if outcome.harm]
    rows = []
    for i, option in enumerate(comparison.options):
        enough = {over: _no_more(comparison.difference(i, over)) for over in ("status_quo", "today")}
        for name in (*comparison.explanations, POOLED):
            weights = comparison.weights_of(name)
            for k in harm:
                share = summarise(enough["status_quo"][:, k], weights, comparison.origins)
                tail = summarise_tail(comparison.levels[i, :, k], weights, comparison.origins, TAIL)
                rows.append(Satisficing(option=option.name, explanation=name, outcome=OUTCOMES[k].name, share=share.mean,
                                        share_error=share.mc_error, share_today=chance(enough["today"][:, k], weights),
                                        tail=tail.mean, tail_error=tail.mc_error))
    return rows


def _no_more(difference: np.ndarray) -> np.ndarray:
    """1 where a paired difference [n, outcome] is no more than zero, 0 where it is, NaN where it is not known."""
    return np.where(np.isfinite(difference), difference <= 0, np.nan)
