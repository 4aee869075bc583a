"""Extortion: those who show a feared name demand payment, and groups pay or refuse by what they believe.

Smith & Varese (2001): a demand of m under a name whose bearer punishes refusal with damage D if genuine. A group believes with
chance i that the name is genuine. With discount delta it refuses first iff i < m / ((1 - delta) D + delta m) and pays at once
otherwise (delta 0 gives their m / D, one half their 2 m / (m + D)). Punished, it knows (i = 1) and pays; refused and
unpunished, it knows too (i = 0). Violence therefore follows only shocks that bring doubt back: time, a new organisation. Money
goes to the organisation from a collector under command, else the collector keeps it; damage is lost.
A punishment is a clash, and may kill.
Not modelled: who would seek whom out: demands are made on groups that share a sector, at one rate.
"""
from __future__ import annotations

from ...jit.compile import kernel
from ...quantities import INDEX
from ..params import Param
from ..rng import stream, subindex, uniform
from ..violence import harden, record_clash
from ..world import take

PARAMS = (
    Param("extortion_rate", 0.01, "1/day", "lognormal(0.01, x2)", "assumption",
          "demands on a group that shares a sector with a shown name", "S"),
    Param("extortion_payment", 0.1, "1", "0.1", "assumption", "payment asked, as a part of a month's takings"),
    Param("extortion_ratio", 0.3, "1", "0.3", "assumption", "payment over the damage of a punishment, m / D"),
    Param("extortion_discount", 0.5, "1", "0.5", "smithvarese2001", "weight of the next demand"),
    Param("extortion_belief", 0.4, "1", "beta(4, 6)", "assumption", "belief that a name is genuine, before anything is learned", "S"),
    Param("extortion_doubt_rate", 0.004, "1/day", "0.004", "assumption", "rate at which a group comes to doubt what it has learned"),
)
DEMAND, DOUBT, PUNISH = stream("extortion.demand"), stream("extortion.doubt"), stream("extortion.punish")
EXTORTED, REFUSALS, PUNISHMENTS = INDEX["extorted"], INDEX["refusals"], INDEX["punishments"]
IS_LETHAL, DEATHS = range(2)  # draws of one punishment, each with an index for every pair of groups
_PAIRS = 1 << 20  # more than there are pairs of groups
DAYS_A_MONTH = 30.0  # a demand is a part of a month's takings


@kernel
def boundary(ratio, discount):
    """Belief under which refusing first pays. ratio: m / D."""
    return ratio / (1.0 - discount + discount * ratio)


@kernel
def extortion(p, key, day, w):
    """Demands of the day, answers, punishments and what they teach. fear  # [g] belief that a name is genuine."""
    revenue = take(w, "revenue")
    members = take(w, "members")
    symbol = take(w, "symbol")
    tie = take(w, "tie")
    cash = take(w, "cash")
    cash_organisation = take(w, "cash_organisation")
    fear = take(w, "fear")
    books = take(w, "books")
    out = take(w, "today")
    groups, sectors = members.shape
    edge = boundary(p.extortion_ratio, p.extortion_discount)
    for g in range(groups):
        if fear[g] != p.extortion_belief and uniform(key, day, DOUBT, g) < p.extortion_doubt_rate:
            fear[g] = p.extortion_belief
    for g in range(groups):
        if symbol[g] == 0:
            continue
        for h in range(groups):
            if symbol[h] == 1 or tie[h] > 0:
                continue
            place = -1
            for s in range(sectors):
                if members[g, s] > 0 and members[h, s] > 0 and (place < 0 or members[h, s] > members[h, place]):
                    place = s
            pair = subindex(g, groups, h)
            if place < 0 or uniform(key, day, DEMAND, pair) >= p.extortion_rate:
                continue
            asked = DAYS_A_MONTH * p.extortion_payment * revenue[h]
            if fear[h] < edge:
                out[REFUSALS] += 1.0
                if tie[g] == 0:
                    fear[h] = 0.0
                    continue
                fear[h] = 1.0
                cash[h] -= asked / p.extortion_ratio
                books[0] -= asked / p.extortion_ratio
                out[PUNISHMENTS] += 1.0
                harden(p, w, h)
                record_clash(p, key, day, w, place, h, p.clashes_lethal, PUNISH, subindex(IS_LETHAL, _PAIRS, pair),
                             subindex(DEATHS, _PAIRS, pair))
            cash[h] -= asked
            out[EXTORTED] += asked
            if tie[g] == 2:
                cash_organisation[0] += asked
            else:
                cash[g] += asked
