"""Ground: where a group wants to be (after Rozzi, Giovannetti, Pin & Campana: value, risk of being contested, exploration).

weight = e^(choice (value - cost * contest)), value and contest being the group's own slowly learned beliefs.
First version: omits their exact occupancy process; verified in signs and rough profile only.
"""
from __future__ import annotations

from ..compile import kernel
from .special import exp


@kernel
def attraction(value, contest, choice, cost):
    """Weight of a sector for a group. value, contest relative to the border's mean (1)."""
    return exp(choice * (value - cost * contest))
