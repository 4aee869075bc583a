"""Recruitment prevention: fewer join groups.

First version: omits the months a programme needs before it works (use `ramp`).
"""
from __future__ import annotations

import numpy as np

from interlope.levers.harm import CLIENTS, HarmChannel, HarmSide
from interlope.levers.lever import Lever


def effects(setting: np.ndarray) -> dict[str, np.ndarray]:
    """Control values for settings [d]."""
    return {"recruit_factor": 1.0 - setting}


LEVER = Lever(
    name="recruitment_prevention",
    unit="1",
    low=0.0,
    high=1.0,
    meaning="part of recruitment prevented",
    side_effects=(
        "fewer guides while demand stays: prices rise, more people go without a guide",
    ),
    effects=effects,
    harm_side=HarmSide(
        channels=(
            HarmChannel(("group_deaths",), False, "recruit_factor", "fewer members, fewer clashes", "prietocuriel2023"),
            HarmChannel(CLIENTS, True, "recruit_factor", "with fewer guides more people go alone", size="crossings_alone_harm"),
        ),
        not_modelled="what becomes of those who are not recruited",
    ),
)
