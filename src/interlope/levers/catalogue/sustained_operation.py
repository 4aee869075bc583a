"""Sustained operation: a police operation on the transit side that does not end.

First version: omits fatigue of the police and the wearing off of suspension.
"""
from __future__ import annotations

import numpy as np

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
        "people are pushed to other routes, where the harm is counted too",
        "pressure on armed groups can draw an organised response",
    ),
    effects=effects,
)
