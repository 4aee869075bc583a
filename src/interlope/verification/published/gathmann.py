"""Gathmann: tripled enforcement at a border raised smugglers' prices by 17 to 30 %: an elasticity of 0.14 to 0.24 (Gathmann 2008).

The flagship case itself, drawn from its priors under the explanation without an organisation: from one day on, the hazard at the barrier
and inside is tripled; prices of two months are compared half a year later with the same world without it.
"""
from __future__ import annotations

from functools import cache

import numpy as np

from ...ensemble.design import draw
from ...model.params import CONTROL_INDEX
from ...model.simulate import advance, begin, neutral_controls
from ...quantities import INDEX
from ...scenario.case import load
from .. import estimates
from ..row import Measured, Row, Trial

_FROM, _UNTIL, _LAST, _TIMES = 365, 608, 61, 3.0


@cache
def _prices(trial: Trial) -> tuple[np.ndarray, np.ndarray]:
    """Mean price of the last two months [r], enforced threefold and as it was."""
    case = load("serbia-hungary")
    setting = case.setting()
    replicates = trial.size(24, 200)
    design = draw(case, "rivalry", replicates, trial.seed)
    prices = []
    for factor in (_TIMES, 1.0):
        controls = neutral_controls(setting.days)
        for name in ("fence_factor", "inside_factor"):
            controls[_FROM:, CONTROL_INDEX[name]] = factor
        states = begin(setting, design.values, design.innovations, trial.seed, np.arange(replicates))
        _, recorded = advance(states, _UNTIL, controls=controls)
        prices.append(recorded.series[:, -_LAST:, INDEX["price_mean"]].astype(float).mean(axis=1))
    return prices[0], prices[1]


def _elasticity(trial: Trial) -> Measured:
    enforced, base = _prices(trial)
    return estimates.mean(np.log(enforced / base) / np.log(_TIMES), f"price {base.mean():.0f} to {enforced.mean():.0f} EUR")


ROWS = (
    Row("gathmann-elasticity", "elasticity of the flagship's price to the hazard of being caught, tripled", "0.14 to 0.24", 0.14, 0.24,
        "1", "gathmann2008", "the published band", _elasticity, 0.03),
)
