"""Recruitment prevention: fewer join groups.

First version: omits the months a programme needs before it works (use `ramp`).
"""
from __future__ import annotations

import numpy as np

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
)
