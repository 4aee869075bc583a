"""Closures: a part of the ways is closed; who finds one closed tries a longer way, leaves for another route, or waits.

closure c, 0 to 1, is a control: part of the ways that is closed, the same in every sector. Of those who would try, c find their way
closed; of them `detour` try a longer way on the same day, of the others `elsewhere` leave for another route, counted as diverted
with the harm there, and the rest wait. Ways that are left are longer and more dangerous: injury and death per try times
(1 - c)^(-danger), the cost of a passage times (1 - c)^(-cost). With danger 1 deaths stay as they were when tries fall as the ways
do; above 1 they rise. That enforcement moves crossings to more dangerous ways is found by (Cornelius 2001) and (Carling 2007), that
a wall moves them to other ways by (Allen, Dobbin & Morten 2018), higher fees by (Gathmann 2008); the form with one elasticity, and
its size, are an assumption.
Not modelled: which sectors are closed, as sectors map to no place; guards freed by it; what is believed upstream of the closing.
"""
from __future__ import annotations

from ...jit.compile import kernel
from ...quantities import INDEX
from ..params import Param
from ..people import ELSEWHERE, LEFT
from ..rng import stream
from ..samplers import binomial
from ..world import take

PARAMS = (
    Param("closures_danger", 1.0, "1", "lognormal(1, x2)", "assumption",
          "elasticity of harm per try to the part of ways left open: at 1 harm doubles when half are closed", "L"),
    Param("closures_detour", 0.5, "1", "beta(2, 2)", "assumption", "part of those who find their way closed who try a longer one", "L"),
    Param("closures_elsewhere", 0.5, "1", "beta(2, 2)", "assumption", "part of the others who leave for another route", "L"),
    Param("closures_cost", 0.2, "1", "lognormal(0.2, x2)", "assumption",
          "elasticity of the cost of a passage to the part of ways left open", "L"),
)
TURN, LEAVE, DIE = stream("closures.turn"), stream("closures.leave"), stream("closures.die")
DIVERTED, DIVERTED_DEATHS = INDEX["diverted"], INDEX["diverted_deaths"]


@kernel
def closures(p, key, day, w, controls, cells):
    """Turn away some of those who would try; those who leave for another route are counted there."""
    if controls.closure <= 0.0:
        return
    guided = take(w, "guided")
    waiting = take(w, "waiting")
    flows = take(w, "flows")
    out = take(w, "today")
    chance = controls.closure * (1.0 - p.closures_detour)
    turned = 0
    for i in range(cells):
        away = binomial(key, day, TURN, i, guided[i], chance)
        guided[i] -= away
        turned += away
    gone = binomial(key, day, LEAVE, 0, turned, p.closures_elsewhere)
    waiting[0] -= gone
    flows[LEFT] += gone
    flows[ELSEWHERE] += gone
    out[DIVERTED] += gone
    out[DIVERTED_DEATHS] += binomial(key, day, DIE, 0, gone, p.demand_diverted_death)
