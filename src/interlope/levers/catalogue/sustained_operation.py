"""Sustained operation: a police operation on the transit side that does not end.

First version: omits fatigue of the police and the wearing off of suspension.
"""
from __future__ import annotations

import numpy as np

from interlope.levers.harm import CLIENTS, PERSONNEL, HarmChannel, HarmSide
from interlope.levers.lever import Lever


def effects(setting: np.ndarray) -> dict[str, np.ndarray]:
    """Control values for settings [d]."""
    return {"operation_floor": setting}


LEVER = Lever(
    name="sustained_operation",
    unit="1",
    low=0.0,
    high=1.0,
    meaning="least intensity of the operation on every day, 1 as in the imposed operation",
    side_effects=(
        "attempts are suspended, so demand waits, diverts or gives up",
        "people are pushed to other routes, where deaths are counted, injuries and violence are not",
        "pressure on armed {groups} can draw an organised response",
    ),
    effects=effects,
    harm_side=HarmSide(
        channels=(
            HarmChannel(CLIENTS, False, "operation_floor", "attempts are suspended while police are present", size="choices_suspension"),
            HarmChannel(("diverted_deaths",), True, "operation_floor", "more people leave for another route", size="demand_diverted_death"),
            HarmChannel(PERSONNEL, True, "operation_floor", "operations change how often {groups} attack, in either direction",
                        "lafree2009", "escalation_force_effect"),
            HarmChannel(("group_deaths", *CLIENTS), True, "operation_floor", "a lost leader is followed by violence", "calderon2015",
                        "clashes_leader_effect"),
        ),
        not_modelled="harm done to people on the move by the operation itself, in arrest, transport and detention",
    ),
)
