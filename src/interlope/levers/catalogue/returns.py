"""Returns: an agreement under which a part of those who get through are returned.

First version: omits who is covered; all are alike, whatever their class, as nationality drives nothing that is simulated.
"""
from __future__ import annotations

import numpy as np

from interlope.levers.harm import CLIENTS, HarmChannel, HarmSide
from interlope.levers.lever import Lever


def effects(setting: np.ndarray) -> dict[str, np.ndarray]:
    """Control values for settings [d]."""
    return {"return_share": setting}


LEVER = Lever(
    name="returns",
    unit="1",
    low=0.0,
    high=0.9,
    meaning="part of those who get through who are returned",
    side_effects=(
        "a part of those returned try again, and pay and are exposed again",
        "{groups} sell more than one passage to the same person",
    ),
    effects=effects,
    harm_side=HarmSide(
        channels=(
            HarmChannel((*CLIENTS, "client_violence"), True, "return_share", "who is returned tries again, and is exposed again",
                        size="returns_again"),
            HarmChannel((*CLIENTS, "client_violence"), False, "return_share", "who expects to be returned does not come",
                        size="returns_anticipation"),
        ),
        not_modelled="harm to people on the way back and where they are returned to; they are counted (readmitted), their fate is not",
    ),
    uses=("returns_delay_days", "returns_again", "returns_anticipation"),
)
