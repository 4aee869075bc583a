"""Raids: police act on the transit side more often, with operations of ordinary length.

First version: omits targeting of single sectors, which would need detection chances that never leave the tool.
"""
from __future__ import annotations

import numpy as np

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
        "people are pushed to other routes, where the harm is counted too",
        "loss of leaders can raise violence",
    ),
    effects=effects,
)
