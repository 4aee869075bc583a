"""Closing a way: a part of the ways across is closed, so that people try longer ways, take another route, or wait.

First version: omits cost of the closing and the days it takes (use `from` and `ramp`), and which sectors are closed.
"""
from __future__ import annotations

import numpy as np

from interlope.levers.harm import CLIENTS, HarmChannel, HarmSide
from interlope.levers.lever import Lever


def effects(setting: np.ndarray) -> dict[str, np.ndarray]:
    """Control values for settings [d]."""
    return {"closure": setting}


LEVER = Lever(
    name="close_way",
    unit="1",
    low=0.0,
    high=0.9,
    meaning="part of the ways across that is closed",
    side_effects=(
        "the ways that are left are longer and more dangerous: deaths and injuries per try rise",
        "people are pushed to other routes, where deaths are counted, injuries and violence are not",
        "longer ways cost more, so prices rise",
    ),
    effects=effects,
    harm_side=HarmSide(
        channels=(
            HarmChannel(CLIENTS, True, "closure", "the ways that are left are more dangerous", "cornelius2001", "closures_danger"),
            HarmChannel(("diverted_deaths",), True, "closure", "some of those turned away take another route", "carling2007",
                        "closures_elsewhere"),
            HarmChannel((*CLIENTS, "client_violence"), False, "closure", "fewer people try on days on which their way is closed"),
        ),
        not_modelled="people stuck where their way ends, and rescue that does not reach longer ways",
    ),
    uses=("closures_danger", "closures_detour", "closures_elsewhere", "closures_cost"),
)
