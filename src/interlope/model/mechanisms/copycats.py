"""Copycats: other organisations follow where the first one does well.

Room = floor(sqrt(yearly rent under command / entry cost)), the free-entry number of symmetric contestants; entry hazard
(innovation + imitation commanded share)(room - present) a year (Bass 1969). Each organisation adds to the rate of approaches, and
those that came later bring guides and vehicles: groups under them can guide more (in `choices`);
groups under different organisations fight like any others. A newcomer brings doubt: what groups have learned of the name
they fear is worth nothing against it (see `extortion`).
Not modelled: organisations of unequal strength, and a purse for each: they share one.
"""
from __future__ import annotations

import math

from ...jit.compile import kernel
from ..params import Param
from ..rng import stream, uniform
from ..state import ORGANISATIONS
from ..world import take

PARAMS = (
    Param("copycats_innovation", 0.02, "1/year", "0.02", "bass1969", "entry without example"),
    Param("copycats_imitation", 0.4, "1/year", "0.4", "bass1969", "entry by example"),
    Param("copycats_entry_cost", 2000000.0, "EUR/year", "lognormal(2000000, x2)", "assumption",
          "cost of holding a place in the market", "S"),
    Param("copycats_capacity", 0.25, "1", "lognormal(0.25, x2)", "assumption",
          "rise of the number of people a member can guide under an organisation that came later", "S"),
)
ENTER = stream("copycats.enter")
_MOST = ORGANISATIONS
DAYS_A_YEAR = 365.0


@kernel
def copycats(p, key, day, w):
    """Another organisation may enter."""
    revenue = take(w, "revenue")
    profit = take(w, "profit")
    tie = take(w, "tie")
    fear = take(w, "fear")
    organisations = take(w, "organisations")
    if organisations[0] < 1 or organisations[0] >= _MOST:
        return
    everything = 0.0
    commanded = 0.0
    rent = 0.0
    for g in range(revenue.shape[0]):
        everything += revenue[g]
        if tie[g] == 2:
            commanded += revenue[g]
            rent += max(0.0, profit[g])
    capacity = int(min(float(_MOST), math.sqrt(DAYS_A_YEAR * rent / p.copycats_entry_cost)))
    if capacity <= organisations[0] or everything <= 0.0:
        return
    rate = (p.copycats_innovation + p.copycats_imitation * commanded / everything) * (capacity - organisations[0]) / DAYS_A_YEAR
    if uniform(key, day, ENTER, 0) < rate:
        organisations[0] += 1
        for g in range(fear.shape[0]):
            fear[g] = p.extortion_belief
