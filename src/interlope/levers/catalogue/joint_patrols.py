"""Joint patrols: both states put extra patrols in the border belt.

First version: omits information shared between the two forces.
"""
from __future__ import annotations

import numpy as np

from interlope.levers.harm import CLIENTS, HarmChannel, HarmSide
from interlope.levers.lever import Lever
from interlope.model.params import Param

INSIDE = Param("joint_patrols_inside", 0.5, "1", "lognormal(0.5, x1.8)", "assumption",
               "rise of the hazard of being caught inside when presence doubles", "S")


def effects(setting: np.ndarray) -> dict[str, np.ndarray]:
    """Control values for settings [d]."""
    return {"patrol_extra": setting, "inside_factor": 1.0 + INSIDE.value * setting}


LEVER = Lever(
    name="joint_patrols",
    unit="1",
    low=0.0,
    high=2.0,
    meaning="extra patrol presence in every sector, relative to the base mean",
    side_effects=(
        "more people are caught inside and sent back, so more tries are made",
        "extra force at the border hurts more {people}",
        "{groups} lose control of sectors, which can reopen fights over them",
    ),
    effects=effects,
    numbers=(INSIDE,),
    harm_side=HarmSide(
        channels=(
            HarmChannel(CLIENTS, True, "patrol_extra", "force is used against people who cross", size="crossings_force_harm"),
            HarmChannel(CLIENTS, True, "inside_factor", "who is caught and sent back tries again, and is exposed again"),
            HarmChannel(("personnel_injured",), True, "inside_factor", "attacks on personnel follow interceptions",
                        size="escalation_crossing_attacks"),
        ),
        not_modelled="harm in push-backs and detention; longer ways round patrols",
    ),
)
