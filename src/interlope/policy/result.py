"""Results of a comparison as plain data: the `compare.result` of the command's JSON."""
from __future__ import annotations

from typing import Any

import numpy as np

from interlope.policy import robust
from interlope.policy.compare import POOLED, Comparison
from interlope.policy.escalation import ASSUMPTIONS, RESPONSES, WINDOWS
from interlope.policy.outcome import OUTCOMES
from interlope.policy.weighted import chance, summarise
from interlope.scenario.case import STATUS_QUO

COMPARATORS = ("status_quo", "today")
NOTES = (
    "differences are paired: the same explanation, parameters, demand and luck with and without the option",
    "operations known only after the day of decision are not imposed; operations start by their own hazard",
    "conditional scenarios, not forecasts of persons or places",
)


def to_json(comparison: Comparison) -> dict[str, Any]:
    """Plain data: numbers, texts, lists and null, never NaN.

    Every option has a difference over `status_quo` (except the status quo itself) and over `today`, by explanation and
    pooled, for every outcome. `chance_worse` counts draws without a difference as half and is null for outcomes
    where no direction is worse; `chance_more` and `chance_less` leave those draws out.
    """
    explanations = [*comparison.explanations, POOLED]
    weights = {name: comparison.weights_of(name) for name in explanations}
    return {
        "start": comparison.start,
        "days": comparison.days,
        "today": comparison.today,
        "pairs": comparison.pairs,
        "dropped": comparison.dropped,
        "weak": [{"explanation": name, "reason": reason} for name, reason in comparison.weak.items()],
        "explanations": [{"name": name, "pairs": int((comparison.names == name).sum()),
                          "points": _points(comparison.origins[comparison.names == name]),
                          "probability": float(comparison.weights[comparison.names == name].sum())}
                         for name in comparison.explanations],
        "options": [{"name": o.name, "gloss": o.gloss, "side_effects": list(o.side_effects),
                     "levers": [{"name": p.lever, "setting": p.setting, "source": p.source} for p in o.levers],
                     "cost": cost, "cost_source": o.cost_source or None}
                    for o, cost in zip(comparison.options, comparison.cost, strict=True)],
        "outcomes": [{"name": o.name, "unit": o.unit, "order": i, "harm": o.harm, "meaning": o.meaning,
                      "worse": o.worse or None} for i, o in enumerate(OUTCOMES)],
        "levels": [level for i in range(len(comparison.options)) for level in _levels(comparison, i, weights)],
        "before": [{"explanation": name, "outcome": outcome.name,
                    **_plain(summarise(comparison.before[:, k], weights[name], comparison.origins)._asdict())}
                   for name in explanations for k, outcome in enumerate(OUTCOMES)],
        "differences": [row for i in range(len(comparison.options)) for over in COMPARATORS
                        for row in _differences(comparison, i, over, weights)],
        "regret": [r._asdict() for r in robust.regrets(comparison)],
        "undominated": robust.undominated(comparison),
        "safety": [s._asdict() for s in robust.safety(comparison)],
        "escalation": {
            "responses": list(RESPONSES), "windows": list(WINDOWS), "assumptions": list(ASSUMPTIONS),
            "chances": [row for i in range(len(comparison.options)) for row in _escalation(comparison, i, weights)],
        },
        "notes": list(NOTES),
    }


def _points(origins: np.ndarray) -> float:
    """Effective number of independent points among draws, given which one each descends from [n]."""
    counts = np.unique(origins, return_counts=True)[1]
    return float(counts.sum() ** 2 / np.sum(counts**2))


def _levels(comparison: Comparison, i: int, weights: dict[str, np.ndarray]) -> list[dict[str, Any]]:
    return [{"option": comparison.options[i].name, "explanation": name, "outcome": outcome.name,
             **_plain(summarise(comparison.levels[i, :, k], w, comparison.origins)._asdict())}
            for name, w in weights.items() for k, outcome in enumerate(OUTCOMES)]


def _differences(comparison: Comparison, i: int, over: str, weights: dict[str, np.ndarray]) -> list[dict[str, Any]]:
    if over == "status_quo" and comparison.options[i].name == STATUS_QUO:
        return []
    difference = comparison.difference(i, over)
    rows = []
    for name, w in weights.items():
        for k, outcome in enumerate(OUTCOMES):
            x = difference[:, k]
            more, less = (chance(np.where(np.isfinite(x), side, np.nan), w) for side in (x > 0, x < 0))
            worse = None if more is None or less is None or not outcome.worse else 0.5 * (1.0 + more - less)
            rows.append({"option": comparison.options[i].name, "explanation": name, "outcome": outcome.name,
                         "over": over, **_plain(summarise(x, w, comparison.origins)._asdict()),
                         "chance_worse": worse, "chance_more": more, "chance_less": less})
    return rows


def _escalation(comparison: Comparison, i: int, weights: dict[str, np.ndarray]) -> list[dict[str, Any]]:
    return [{"option": comparison.options[i].name, "explanation": name, "response": response, "days": window,
             **comparison.escalation[i].chance(w, comparison.origins, r, j)._asdict()}
            for name, w in weights.items() for r, response in enumerate(RESPONSES) for j, window in enumerate(WINDOWS)]


def _plain(numbers: dict[str, float | None]) -> dict[str, float | None]:
    return {key: None if value is None or not np.isfinite(value) else value for key, value in numbers.items()}
