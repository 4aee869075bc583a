"""Guards: they move to where last week's interceptions were (NarcoLogic's interdiction learning; floor kept).

Each week guard_s moves by `guards_learning` towards total (floor / S + (1 - floor) share of interceptions).
Not modelled: works on the barrier by sector; the total of guards and the barrier are levers.
"""
from __future__ import annotations

from ...jit.compile import kernel
from ..params import Param
from ..world import take

PARAMS = (
    Param("guards_learning", 0.55, "1/week", "0.55", "magliocca2019", "speed at which guards move to last week's interceptions"),
    Param("guards_floor", 0.4, "1", "0.4", "assumption", "part of guards that stays spread evenly"),
)
DAYS_A_WEEK = 7


@kernel
def guards(p, day, w):
    """Move guards once a week."""
    caught = take(w, "caught")
    guard = take(w, "guard")
    if day % DAYS_A_WEEK != DAYS_A_WEEK - 1:
        return
    sectors = guard.shape[0]
    total = 0.0
    for s in range(sectors):
        total += caught[s]
    for s in range(sectors):
        part = caught[s] / total if total > 0.0 else 1.0 / sectors
        want = sectors * (p.guards_floor / sectors + (1.0 - p.guards_floor) * part)
        guard[s] += p.guards_learning * (want - guard[s])
        caught[s] = 0.0
