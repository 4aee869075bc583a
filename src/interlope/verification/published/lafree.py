"""LaFree, Dugan & Korte 2009: of six ways of using force, one deterred, two did nothing and three brought backlash.

The kernel's prior of the effect of a full operation on organised armed attacks is drawn, each draw runs once with an operation and once
without, and the change of attacks is called deterrence, nothing or backlash at 15 %. Restraint and experience are fixed. The prior
was chosen from these six ways, so the three parts of them are set; what is tested is that attacks follow the effect that is drawn, in
logs and one for one, as the hazard in the source's model does.
"""
from __future__ import annotations

from functools import cache

import numpy as np

from ...model.simulate import PARAMS
from ...scenario.prior import parse
from .. import estimates, minimal
from ..row import Measured, Row, Trial

_DAYS, _EDGE = 400, 0.15


@cache
def _changes(trial: Trial) -> tuple[np.ndarray, np.ndarray]:
    """Effects drawn from the prior [r], and the log ratio of armed attacks with and without an operation [r]."""
    draws = trial.size(400, 2000)
    prior = parse(next(p.prior for p in PARAMS if p.name == "escalation_force_effect"))
    effects = prior.quantile((np.arange(draws) + 0.5) / draws)
    values = {**minimal.QUIET, "escalation_armed_base": 500.0, "escalation_experience": 0.0, "escalation_restraint_gain": 0.0,
              "escalation_armed_injury": 0.0, "escalation_armed_death": 0.0,
              "escalation_force_effect": effects}
    counts = []
    for intensity in (1.0, 0.0):
        setting = minimal.setting(_DAYS, [150] * 4, operation=dict.fromkeys(range(_DAYS), intensity))
        _, series = minimal.follow(minimal.open_world(setting, values, trial, draws), _DAYS, ["armed_attacks"])
        counts.append(series[:, :, 0].sum(axis=1))
    return effects, np.log(counts[0] / counts[1])


def _slope(trial: Trial) -> Measured:
    """Change of attacks in logs per unit of the effect drawn (least squares)."""
    pairs = np.stack(_changes(trial), axis=1)
    return estimates.jackknife(lambda x: float(np.polyfit(x[:, 0], x[:, 1], 1)[0]), pairs)


def _share(trial: Trial, low: float, high: float) -> Measured:
    _, changes = _changes(trial)
    return estimates.mean(((changes >= low) & (changes < high)).astype(float))


def _row(name: str, what: str, of_six: int, low: float, high: float) -> Row:
    return Row(f"force-{name}", f"draws in which a full operation {what} armed attacks", f"{of_six} of six", of_six / 6 - 0.1,
               of_six / 6 + 0.1, "1", "lafree2009", "a tenth: six cases say no more", lambda trial: _share(trial, low, high), 0.03,
               given="the prior of escalation_force_effect")


ROWS = (
    _row("deterrence", "lowers", 1, -np.inf, -_EDGE),
    _row("nothing", "hardly changes", 2, -_EDGE, _EDGE),
    _row("backlash", "raises", 3, _EDGE, np.inf),
    Row("force-one-for-one", "change of armed attacks under a full operation, in logs, per unit of the effect drawn",
        "the hazard is multiplied by e^effect: 1", 1.0, 1.0, "1", "lafree2009", "exact", _slope, 0.02),
)
