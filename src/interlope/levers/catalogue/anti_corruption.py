"""Anti-corruption: fewer groups are warned before police come.

First version: omits displacement of bribery to other offices.
"""
from __future__ import annotations

import numpy as np

from interlope.levers.harm import CLIENTS, HarmChannel, HarmSide
from interlope.levers.lever import Lever


def effects(setting: np.ndarray) -> dict[str, np.ndarray]:
    """Control values for settings [d]."""
    return {"tip_factor": 1.0 - setting}


LEVER = Lever(
    name="anti_corruption",
    unit="1",
    low=0.0,
    high=1.0,
    meaning="part of tip-offs prevented",
    side_effects=(
        "more arrests, and so more losses of leaders and more violence after them",
    ),
    effects=effects,
    harm_side=HarmSide(
        channels=(
            HarmChannel(("group_deaths", *CLIENTS), True, "tip_factor",
                        "more arrests take more leaders, and violence follows", "calderon2015", "clashes_leader_effect"),
        ),
        not_modelled="harm that corrupt personnel did to people on the move; reprisals against those who report it",
    ),
)
