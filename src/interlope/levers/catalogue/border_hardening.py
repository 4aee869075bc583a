"""Border hardening: a stronger barrier, more sensors and more guards on it.

First version: omits cost of building and the months it takes (use `from` and `ramp`).
"""
from __future__ import annotations

import numpy as np

from interlope.levers.harm import CLIENTS, HarmChannel, HarmSide
from interlope.levers.lever import Lever
from interlope.model.params import Param

HARM = Param("border_hardening_harm", 0.3, "1", "lognormal(0.3, x2)", "assumption",
             "rise of the chance of injury and death when the hazard {at_barrier} doubles", "S")


def effects(setting: np.ndarray) -> dict[str, np.ndarray]:
    """Control values for settings [d]."""
    return {"fence_factor": 1.0 + setting, "harm_factor": 1.0 + HARM.value * setting}


LEVER = Lever(
    name="border_hardening",
    unit="1",
    low=0.0,
    high=2.0,
    meaning="rise of the hazard of being stopped {at_barrier}: 1 doubles it",
    side_effects=(
        "crossings become more dangerous",
        "prices rise, and with inelastic demand so do takings of {groups}",
        "people are pushed to other routes, where deaths are counted, injuries and violence are not",
    ),
    effects=effects,
    numbers=(HARM,),
    harm_side=HarmSide(
        channels=(
            HarmChannel(CLIENTS, True, "harm_factor", "the ways that are left are more dangerous", "cornelius2001", HARM.name),
            HarmChannel(CLIENTS, True, "fence_factor", "who is stopped tries again, and is exposed again"),
            HarmChannel(("personnel_injured",), True, "fence_factor", "attacks on personnel follow interceptions",
                        size="escalation_crossing_attacks"),
        ),
        not_modelled="people who stay away because of the {barrier}, and what becomes of them",
    ),
)
