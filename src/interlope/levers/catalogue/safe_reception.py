"""Safe reception: people who wait near the border are offered protected places.

First version: omits a limit on places and people drawn by the offer.
"""
from __future__ import annotations

import numpy as np

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
        "fewer clients wait, so groups may fight over what is left",
    ),
    effects=effects,
)
