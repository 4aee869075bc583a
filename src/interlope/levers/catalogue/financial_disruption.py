"""Financial disruption: takings and tribute are traced and seized.

First version: omits informal transfer networks learning to avoid seizure.
"""
from __future__ import annotations

import numpy as np

from interlope.levers.harm import HarmChannel, HarmSide
from interlope.levers.lever import Lever


def effects(setting: np.ndarray) -> dict[str, np.ndarray]:
    """Control values for settings [d]."""
    return {"seizure_share": setting, "tribute_block": setting}


LEVER = Lever(
    name="financial_disruption",
    unit="1",
    low=0.0,
    high=1.0,
    meaning="part of takings seized; tribute to organisations is cut by the same part",
    side_effects=(
        "{groups} short of money shrink, or press their clients harder",
        "prices can rise to make up for seizure",
    ),
    effects=effects,
    harm_side=HarmSide(
        channels=(
            HarmChannel(("diverted_deaths",), True, "seizure_share", "prices rise with seizure, and more people leave for another route",
                        size="demand_leave_price"),
            HarmChannel(("group_deaths",), False, "seizure_share", "{groups} with less money have fewer members and arms"),
        ),
        not_modelled="people on the move pressed for money by {groups} short of it, and debts collected by force",
    ),
)
