"""Legal pathways: some people who would pay for a crossing can travel lawfully instead.

First version: omits people who come because the way is open.
"""
from __future__ import annotations

import numpy as np

from interlope.levers.harm import CLIENTS, HarmChannel, HarmSide
from interlope.levers.lever import Lever


def effects(setting: np.ndarray) -> dict[str, np.ndarray]:
    """Control values for settings [d]."""
    return {"arrivals_factor": 1.0 - setting}


LEVER = Lever(
    name="legal_pathways",
    unit="1",
    low=0.0,
    high=0.9,
    meaning="part of arrivals near the border who take a lawful way instead",
    side_effects=(
        "takings of {groups} fall, so {groups} may fight over what is left",
    ),
    effects=effects,
    harm_side=HarmSide(
        channels=(
            HarmChannel((*CLIENTS, "client_violence", "diverted_deaths"), False, "arrivals_factor", "fewer people depend on a crossing"),
            HarmChannel(("group_deaths",), True, "arrivals_factor", "{groups} may fight over what is left of the market"),
        ),
        not_modelled="people who set out because a lawful way is open and are turned down",
    ),
)
