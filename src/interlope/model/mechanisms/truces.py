"""Truces: in each sector peace holds while breaking it does not pay.

With n contenders (1 / sum of squared force shares, one command counted once) and discount delta = e^(-(interest +
break rate) lag), peace needs delta - mismatch * half sum |force share - market share| >= n / (n + decisiveness). Truces form
and collapse at a finite rate around that edge; a lost leader, a split or a new group may collapse one at once. Broken truces
are remembered: they raise the rate at which a break is expected.
Not modelled: the condition on each single group: one tiny group would forbid every peace, so a mismatch of force and market
stands for it.
"""
from __future__ import annotations

from ...jit.compile import kernel
from ...quantities import INDEX
from ..params import Param
from ..rng import fill, stream, unit32
from ..special import exp, logistic
from ..world import take

PARAMS = (
    Param("truces_interest", 0.001, "1/day", "0.001", "assumption", "impatience of groups"),
    Param("truces_break_rate", 0.005, "1/day", "0.005", "assumption", "rate at which the other side is expected to break off"),
    Param("truces_lag", 30.0, "days", "30", "assumption", "days to notice and answer a break"),
    Param("truces_mismatch", 0.5, "1", "0.5", "assumption", "discount lost per unit of force without market"),
    Param("truces_rate", 0.05, "1/day", "0.05", "assumption", "rate of forming and collapsing at the edge"),
    Param("truces_shock", 0.5, "1", "0.5", "assumption", "chance that a lost leader, a split or a new group ends a truce"),
    Param("truces_grudge", 0.3, "1", "0.3", "assumption", "rise of the expected rate of breaks per remembered break"),
    Param("truces_grudge_days", 180.0, "days", "180", "assumption", "memory of broken truces"),
    Param("truces_width", 0.05, "1", "0.05", "assumption", "width of the edge"),
)
TURN = stream("truces.turn")
ATTEMPTS, TRUCES = INDEX["attempts"], INDEX["truces"]


@kernel
def truces(p, key, day, w, alternatives):
    """Form and collapse truces."""
    members = take(w, "members")
    strength = take(w, "strength")
    owner = take(w, "owner")
    guided = take(w, "guided")
    sales = take(w, "sales")
    present = take(w, "present")
    begins = take(w, "begins")
    truce = take(w, "truce")
    grudge = take(w, "grudge")
    draws = take(w, "words")
    out = take(w, "today")
    by_sector = take(w, "by_sector")
    groups, sectors = members.shape
    keep = exp(-1.0 / p.truces_grudge_days)
    fill(key, day, TURN, sectors, draws)
    for s in range(sectors):
        grudge[s] *= keep
        u = unit32(draws[4 * s])
        force = 0.0
        for i in range(begins[s], begins[s + 1]):
            force += strength[present[i]] * members[present[i], s]
        if begins[s + 1] - begins[s] < 2 or force <= 0.0:
            truce[s] = 0
            continue
        if u >= p.truces_rate:  # nothing forms or collapses today, whatever pays
            out[TRUCES] += truce[s]
            continue
        market = by_sector[ATTEMPTS, s] - guided[alternatives + s]
        per_force, per_sale = 1.0 / force, 1.0 / market if market > 0.0 else 0.0
        mismatch = 0.0
        squares = 0.0
        for i in range(begins[s], begins[s + 1]):
            g = present[i]
            own = strength[g] * members[g, s] * per_force
            mismatch += 0.5 * abs(own - sales[g, s] * per_sale)
            together = own
            if owner[g] > 0:
                for j in range(begins[s], begins[s + 1]):
                    h = present[j]
                    if h != g and owner[h] == owner[g]:
                        together += strength[h] * members[h, s] * per_force
            squares += own * together
        contenders = 1.0 / squares
        delta = exp(-(p.truces_interest + p.truces_break_rate * (1.0 + p.truces_grudge * grudge[s])) * p.truces_lag)
        margin = delta - p.truces_mismatch * (mismatch if market > 0.0 else 0.0) - contenders / (contenders + p.clashes_decisive)
        lean = logistic(margin / p.truces_width)
        if truce[s] == 0 and u < p.truces_rate * lean:
            truce[s] = 1
        elif truce[s] == 1 and u < p.truces_rate * (1.0 - lean):
            truce[s] = 0
            grudge[s] += 1.0
        out[TRUCES] += truce[s]
