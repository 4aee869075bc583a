"""Restraint rule: both states keep force and raids down under an agreed rule.

First version: omits disagreement between the two states about the rule.
"""
from __future__ import annotations

import numpy as np

from interlope.levers.harm import CLIENTS, PERSONNEL, HarmChannel, HarmSide
from interlope.levers.lever import Lever


def effects(setting: np.ndarray) -> dict[str, np.ndarray]:
    """Control values for settings [d]."""
    return {"restraint_floor": setting}


LEVER = Lever(
    name="restraint_rule",
    unit="1",
    low=0.0,
    high=1.0,
    meaning="least restraint {of_states}, 1 the fullest",
    side_effects=(
        "fewer operations, so more people cross and {groups} keep more of their takings",
        "{groups} hold sectors with less challenge",
    ),
    effects=effects,
    harm_side=HarmSide(
        channels=(
            HarmChannel(PERSONNEL, False, "restraint_floor", "organised attacks on personnel fall with restraint"),
            HarmChannel(("diverted_deaths",), False, "restraint_floor", "fewer operations push fewer people to another route",
                        size="demand_diverted_death"),
            HarmChannel(CLIENTS, True, "restraint_floor", "fewer operations suspend fewer attempts", size="choices_suspension"),
        ),
        not_modelled="violence by {groups} in sectors that police leave alone, apart from what governance brings about",
    ),
)
