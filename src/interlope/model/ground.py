"""Ground: where a group wants to be (Rozzi, Giovannetti, Pin & Campana: value, risk of being contested, exploration).

A group believes that a sector is worth `value` and is contested with chance `contest`. It weighs
    e^(choice (value - cost contest / (1 - contest))),
their V = U - c / Q with Q = 1 - contest the chance of being left alone (a constant apart). Where it is present it learns from
what happens; where it is not, its belief drifts back to what is usual: that is what makes it explore.
The source follows single players on sites that are held or lost whole; here members of one group may hold several.
"""
from __future__ import annotations

from ..jit.compile import kernel
from .special import exp

MOST_CONTESTED = 0.95


@kernel
def attraction(value, contest, choice, cost):
    """Weight of a sector for a group. value relative to the border's mean (1); contest a chance."""
    feared = min(contest, MOST_CONTESTED)
    return exp(choice * (value - cost * feared / (1.0 - feared)))
