"""Control: a sector slips from the state when one unit of control dominates it and police are scarce.

Out of control: the top unit's part of members above `control_dominance` and patrol below `control_patrol` times the base mean
for `control_days` days running.
Not modelled: what groups provide in the place of the state.
"""
from __future__ import annotations

from ...jit.compile import kernel
from ...quantities import INDEX
from ..params import Param
from ..world import take

PARAMS = (
    Param("control_dominance", 0.7, "1", "0.7", "definition", "part of members held by one unit of control"),
    Param("control_patrol", 0.25, "1", "0.25", "definition", "patrol under which a dominated sector counts as unwatched, base mean 1"),
    Param("control_least", 10.0, "persons", "10", "assumption", "members under which nobody controls a sector"),
    Param("control_days", 30.0, "days", "30", "definition", "days running"),
)
UNCONTROLLED = INDEX["sectors_uncontrolled"]


@kernel
def control(p, w):
    """Count sectors out of the state's control."""
    members = take(w, "members")
    owner = take(w, "owner")
    patrol = take(w, "patrol")
    unwatched = take(w, "unwatched")
    total = take(w, "armed")
    top = take(w, "top")
    out = take(w, "today")
    groups, sectors = members.shape
    for s in range(sectors):
        total[s], top[s] = 0, 0
    for g in range(groups):
        for s in range(sectors):
            total[s] += members[g, s]
            top[s] = max(top[s], members[g, s])
    for g in range(groups):
        if owner[g] > 0:
            for s in range(sectors):
                unit = 0
                for h in range(groups):
                    unit += members[h, s] if owner[h] == owner[g] else 0
                top[s] = max(top[s], unit)
    for s in range(sectors):
        if total[s] >= p.control_least and top[s] > p.control_dominance * total[s] and patrol[s] < p.control_patrol:
            unwatched[s] += 1
        else:
            unwatched[s] = 0
        if unwatched[s] >= p.control_days:
            out[UNCONTROLLED] += 1.0
