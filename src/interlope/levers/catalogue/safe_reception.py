"""Safe reception: people who wait near the border are offered protected places.

First version: omits a limit on places and people drawn by the offer.
"""
from __future__ import annotations

import numpy as np

from interlope.levers.harm import CLIENTS, HarmChannel, HarmSide
from interlope.levers.lever import Lever


def effects(setting: np.ndarray) -> dict[str, np.ndarray]:
    """Control values for settings [d]."""
    return {"shelter_rate": setting}


LEVER = Lever(
    name="safe_reception",
    unit="1/day",
    low=0.0,
    high=0.2,
    meaning="rate at which a waiting person takes up a protected place",
    side_effects=(
        "stock in {sites} rises and must be cared for",
        "fewer clients wait, so {groups} may fight over what is left",
    ),
    effects=effects,
    harm_side=HarmSide(
        channels=(
            HarmChannel((*CLIENTS, "client_violence"), False, "shelter_rate", "who is in protection does not try",
                        size="demand_return_rate"),
            HarmChannel(("group_deaths",), True, "shelter_rate", "{groups} may fight over what is left of the market"),
        ),
        not_modelled="harm in crowded places of reception",
    ),
)
