"""Supply chain: deliveries of boats, engines, vehicles or equipment on which all groups draw are stopped.

First version: omits other sellers who take over, and what is bought elsewhere; what the chain has in store is not touched.
"""
from __future__ import annotations

import numpy as np

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
        "people wait longer, go alone, or are pushed to other routes, where the harm is counted too",
    ),
    effects=effects,
)
