"""Raids: police act on the transit side more often, with operations of ordinary length.

First version: omits targeting of single sectors, which would need detection chances that never leave the tool.
"""
from __future__ import annotations

import numpy as np

from interlope.levers.harm import CLIENTS, PERSONNEL, HarmChannel, HarmSide
from interlope.levers.lever import Lever


def effects(setting: np.ndarray) -> dict[str, np.ndarray]:
    """Control values for settings [d]."""
    return {"raid_factor": 1.0 + setting}


LEVER = Lever(
    name="raids",
    unit="1 (rise relative to the base rate)",
    low=0.0,
    high=4.0,
    meaning="extra operations: 1 means twice as many as without the option",
    side_effects=(
        "{people} are found and moved, not removed",
        "attempts stop while police are present and resume after",
        "people are pushed to other routes, where deaths are counted, injuries and violence are not",
        "loss of leaders can raise violence",
    ),
    effects=effects,
    harm_side=HarmSide(
        channels=(
            HarmChannel(CLIENTS, False, "raid_factor", "attempts are suspended while police are present", size="choices_suspension"),
            HarmChannel(("diverted_deaths",), True, "raid_factor", "more people leave for another route", size="demand_diverted_death"),
            HarmChannel(PERSONNEL, True, "raid_factor", "operations change how often {groups} attack, in either direction",
                        "lafree2009", "escalation_force_effect"),
            HarmChannel(("group_deaths", *CLIENTS), True, "raid_factor", "a lost leader is followed by violence", "calderon2015",
                        "clashes_leader_effect"),
        ),
        not_modelled="harm done to people on the move by the operation itself, in arrest, transport and detention",
    ),
)
