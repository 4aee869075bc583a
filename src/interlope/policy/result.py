"""The record of a comparison: the `result` of the verb `compare`."""
from __future__ import annotations

import numpy as np

from interlope.levers.option import STATUS_QUO, tell_idle
from interlope.policy import reversals, robust
from interlope.policy.comparison import POOLED, Comparison
from interlope.policy.escalation import ASSUMPTIONS, RESPONSES, WINDOWS
from interlope.policy.outcome import OUTCOMES
from interlope.policy.weighted import chance, count_points, summarise
from interlope.results.comparison import (
    ComparedExplanation,
    CompareResult,
    Difference,
    Escalation,
    Level,
    LeverSetting,
    OptionAbout,
    OutcomeAbout,
    ResponseChance,
    TodayLevel,
    WeakExplanation,
)
from interlope.wording import Words, fill

COMPARATORS = ("status_quo", "today")
NOTES = (
    "differences are paired: the same explanation, parameters, demand and random numbers with and without the option",
    "operations known only after the day of decision are not imposed; operations start by their own hazard",
    "conditional scenarios, not forecasts of persons or places",
)

Weights = dict[str, np.ndarray]


def to_record(comparison: Comparison) -> CompareResult:
    """Summarise a comparison.

    Every option has a difference over `status_quo` (except the status quo itself) and over `today`, by explanation and pooled, for
    every outcome.

    Parameters
    ----------
    comparison : Comparison
        Options run on common draws.

    Returns
    -------
    CompareResult
    """
    weights = {name: comparison.weights_of(name) for name in (*comparison.explanations, POOLED)}
    count = range(len(comparison.options))
    return CompareResult(
        start=comparison.start,
        days=comparison.days,
        today=comparison.today,
        pairs=comparison.pairs,
        dropped=comparison.dropped,
        weak=[WeakExplanation(explanation=name, reason=reason) for name, reason in comparison.weak.items()],
        explanations=[_explanation(comparison, name) for name in comparison.explanations],
        options=_options(comparison),
        outcomes=list_outcomes(comparison.words),
        levels=[level for i in count for level in _levels(comparison, i, weights)],
        before=[TodayLevel(explanation=name, outcome=outcome.name,
                           **summarise(comparison.before[:, k], w, comparison.origins)._asdict())
                for name, w in weights.items() for k, outcome in enumerate(OUTCOMES)],
        differences=[row for i in count for over in COMPARATORS for row in _differences(comparison, i, over, weights)],
        regret=robust.regrets(comparison),
        undominated=robust.undominated(comparison),
        safety=robust.safety(comparison),
        satisficing=robust.satisficing(comparison),
        reversals=reversals.find(comparison),
        escalation=Escalation(responses=list(RESPONSES), windows=list(WINDOWS),
                              assumptions=[fill(text, comparison.words) for text in ASSUMPTIONS],
                              chances=[row for i in count for row in _escalation(comparison, i, weights)]),
        seasonal=comparison.seasonal,
        recorded=None if comparison.recorded is None else list(comparison.recorded),
        notes=list(NOTES),
    )


def list_outcomes(words: Words) -> list[OutcomeAbout]:
    """List what options are compared on, in the words of a case."""
    return [OutcomeAbout(name=o.name, unit=o.unit, order=i, harm=o.harm, meaning=fill(o.meaning, words), worse=o.worse or None,
                         parts=list(o.parts)) for i, o in enumerate(OUTCOMES)]


def _explanation(comparison: Comparison, name: str) -> ComparedExplanation:
    """Draws, independent points and probability of one explanation."""
    inside = comparison.names == name
    return ComparedExplanation(name=name, pairs=int(inside.sum()), points=count_points(comparison.origins[inside]),
                               probability=float(comparison.weights[inside].sum()))


def _options(comparison: Comparison) -> list[OptionAbout]:
    """Every option with its levers, their harm sides, its cost, and whether it changes anything in the days compared."""
    return [OptionAbout(name=o.name, gloss=o.gloss, side_effects=[fill(text, comparison.words) for text in o.side_effects],
                        levers=[LeverSetting(name=p.lever, setting=p.setting, source=p.source) for p in o.levers],
                        harms=o.list_harms(comparison.words), undeclared=list(o.undeclared),
                        switched_off=list(comparison.switched_off.get(o.name, ())),
                        not_modelled=[fill(text, comparison.words) for text in o.not_modelled],
                        cost=cost, cost_source=o.cost_source or None, acts=o.name == STATUS_QUO or o.acts(comparison.days),
                        idle=[] if o.name == STATUS_QUO else tell_idle(o, comparison.days))
            for o, cost in zip(comparison.options, comparison.cost, strict=True)]


def _levels(comparison: Comparison, i: int, weights: Weights) -> list[Level]:
    return [Level(option=comparison.options[i].name, explanation=name, outcome=outcome.name,
                  **summarise(comparison.levels[i, :, k], w, comparison.origins)._asdict())
            for name, w in weights.items() for k, outcome in enumerate(OUTCOMES)]


def _differences(comparison: Comparison, i: int, over: str, weights: Weights) -> list[Difference]:
    if over == "status_quo" and comparison.options[i].name == STATUS_QUO:
        return []
    difference = comparison.difference(i, over)
    rows = []
    for name, w in weights.items():
        for k, outcome in enumerate(OUTCOMES):
            x = difference[:, k]
            more, less = (chance(np.where(np.isfinite(x), side, np.nan), w) for side in (x > 0, x < 0))
            worse = None if more is None or less is None or not outcome.worse else 0.5 * (1.0 + more - less)
            rows.append(Difference(option=comparison.options[i].name, explanation=name, outcome=outcome.name, over=over,
                                   **summarise(x, w, comparison.origins)._asdict(),
                                   chance_worse=worse, chance_more=more, chance_less=less))
    return rows


def _escalation(comparison: Comparison, i: int, weights: Weights) -> list[ResponseChance]:
    return [ResponseChance(option=comparison.options[i].name, explanation=name, response=response, days=window,
                           **comparison.escalation[i].chance(w, comparison.origins, r, j)._asdict())
            for name, w in weights.items() for r, response in enumerate(RESPONSES) for j, window in enumerate(WINDOWS)]
