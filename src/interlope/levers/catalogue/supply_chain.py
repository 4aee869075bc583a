"""Supply chain: deliveries of boats, engines, vehicles or equipment on which all groups draw are stopped.

First version: omits other sellers who take over, and what is bought elsewhere; what the chain has in store is not touched.
"""
from __future__ import annotations

import numpy as np

from interlope.levers.harm import CLIENTS, HarmChannel, HarmSide
from interlope.levers.lever import Lever


def effects(setting: np.ndarray) -> dict[str, np.ndarray]:
    """Control values for settings [d]."""
    return {"supply_factor": 1.0 - setting}


LEVER = Lever(
    name="supply_chain",
    unit="1",
    low=0.0,
    high=1.0,
    meaning="part of the deliveries of a shared supply that is stopped; does nothing where none is limited (supply_capacity = 0)",
    side_effects=(
        "what is left carries more people at a time, and crossings become more dangerous",
        "prices rise, and what is paid for scarce supply goes to its seller",
        "people wait longer, go alone, or are pushed to other routes, where deaths are counted, injuries and violence are not",
    ),
    effects=effects,
    harm_side=HarmSide(
        channels=(
            HarmChannel(CLIENTS, True, "supply_factor", "what is left carries more people at a time", size="supply_crowding"),
            HarmChannel(("diverted_deaths",), True, "supply_factor", "some of those who wait in vain take another route"),
            HarmChannel((*CLIENTS, "client_violence"), False, "supply_factor", "fewer people try while {means} are scarce"),
        ),
        not_modelled="{means} of worse make, and harm to people who wait for scarce ones",
    ),
)
