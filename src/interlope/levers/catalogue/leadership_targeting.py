"""Leadership targeting: arrests aim at those who lead groups.

First version: omits the longer investigation that a leader's arrest takes.
"""
from __future__ import annotations

import numpy as np

from interlope.levers.harm import CLIENTS, HarmChannel, HarmSide
from interlope.levers.lever import Lever


def effects(setting: np.ndarray) -> dict[str, np.ndarray]:
    """Control values for settings [d]."""
    return {"leader_factor": 1.0 + setting}


LEVER = Lever(
    name="leadership_targeting",
    unit="1 (rise relative to the base chance)",
    low=0.0,
    high=4.0,
    meaning="rise of the chance that an arrest takes a leader: 1 doubles it",
    side_effects=(
        "violence rises for months after a leader is lost",
        "{groups} split, and the parts fight",
    ),
    effects=effects,
    harm_side=HarmSide(
        channels=(
            HarmChannel(("group_deaths", *CLIENTS), True, "leader_factor", "a lost leader is followed by violence", "calderon2015",
                        "clashes_leader_effect"),
        ),
        not_modelled="reprisals against people who are thought to have informed",
    ),
)
