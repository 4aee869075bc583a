"""Symbol exposure: it is made known which shown names are false.

First version: omits the chance that exposure of one name makes another credible.
"""
from __future__ import annotations

import numpy as np

from interlope.levers.harm import CLIENTS, HarmChannel, HarmSide
from interlope.levers.lever import Lever


def effects(setting: np.ndarray) -> dict[str, np.ndarray]:
    """Control values for settings [d]."""
    return {"exposure_rate": setting}


LEVER = Lever(
    name="symbol_exposure",
    unit="1/day",
    low=0.0,
    high=0.1,
    meaning="rate at which mistaken belief in a shown name is corrected",
    side_effects=(
        "a genuine tie, where there is one, becomes more believable",
    ),
    effects=effects,
    harm_side=HarmSide(
        channels=(
            HarmChannel(("group_deaths", *CLIENTS), True, "exposure_rate", "a name that nobody believes deters no rival",
                        size="clashes_name_deterrence"),
        ),
        not_modelled="reprisals against those whose names are exposed",
    ),
)
