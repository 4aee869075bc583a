"""Opponents: which two groups fight today, and where.

A pair's rate in a sector is stake touch_g touch_h (ready_g + ready_h) (K_gh + K_hg)/2, and its pressure to retaliate besides. Where all
are alike hostile and nobody is commanded, the sum over pairs has a closed form. Who fights is found by races: of all that is possible
that happens whose exponential waiting time, drawn under its own name, is the least. So a policy that changes rates a little seldom
changes who fights.
"""
from __future__ import annotations

import math

import numpy as np

from ..jit.compile import inlined, kernel
from .rng import uniform
from .special import exp, log, logistic, power
from .world import take

_LEAST = 1e-12
_ONE = np.uint64(1)  # an unsigned index is not checked for its sign


@kernel
def race(key, day, name, index, weights):
    """Which of several possible events comes first: i with chance weights[i] over their sum, from draws index + i."""
    first = 0
    least = np.inf
    for i in range(weights.shape[0]):
        if weights[i] > 0.0:
            wait = -log(uniform(key, day, name, index + i)) / weights[i]
            if wait < least:
                least = wait
                first = i
    return first


@kernel
def all_alike(hostility):
    """Whether hostility is 1 between all."""
    for g in range(hostility.shape[0]):
        for h in range(hostility.shape[1]):
            if hostility[g, h] != 1.0:
                return False
    return True


@kernel
def prepare(p, w):
    """Fill ready [g], half the factor of readiness, and stake [s], the rate of a pair of unit contact; whether any is commanded."""
    members = take(w, "members")
    readiness = take(w, "readiness")
    tie = take(w, "tie")
    sector_value = take(w, "sector_value")
    truce = take(w, "truce")
    governance = take(w, "governance")
    ready = take(w, "ready")
    passage = take(w, "passage")
    stake = take(w, "stake")
    groups, sectors = members.shape
    tied = False
    total = 0
    for g in range(groups):
        ready[g] = 0.5 + 0.5 * p.clashes_readiness_effect * (readiness[g] - 0.5)
        tied = tied or tie[g] == 2
        for s in range(sectors):
            total += members[g, s]
    value = 0.0
    for s in range(sectors):
        value += sector_value[s]
    scale = p.clashes_reference if p.clashes_reference > 0.0 else float(max(total, 1))
    base = p.clashes_base * power(scale, -2.0 * p.clashes_contact)
    for s in range(sectors):
        stake[s] = base * (sector_value[s] * sectors / value if value > 0.0 else 1.0)
        stake[s] *= p.clashes_truce_factor if truce[s] == 1 else 1.0
        stake[s] *= 1.0 - p.governance_settle * governance[s]
        stake[s] *= 1.0 - p.tribute_protection if passage[s] == 1 else 1.0
    return tied


@kernel
def approach(p, w):
    """Fill touch [i], the part in contact of each group in each sector; it is higher for all where one has lost its leader."""
    members = take(w, "members")
    symbol = take(w, "symbol")
    belief = take(w, "belief")
    leader_shock = take(w, "leader_shock")
    present = take(w, "present")
    begins = take(w, "begins")
    touch = take(w, "touch")
    sectors = begins.shape[0] - 1
    any_shown = False
    shock = 0.0
    for g in range(symbol.shape[0]):
        any_shown = any_shown or symbol[g] == 1
        shock = max(shock, leader_shock[g])
    for s in range(sectors):
        for i in range(begins[s], begins[s + 1]):
            touch[i] = members[present[i], s]
    if p.clashes_contact == 0.5:
        for i in range(begins[sectors]):
            touch[i] = math.sqrt(touch[i])
    else:
        for i in range(begins[sectors]):
            touch[i] = power(touch[i], p.clashes_contact)
    if any_shown:
        deterred = exp(-p.clashes_name_deterrence * logistic(belief[0]))
        for i in range(begins[sectors]):
            touch[i] *= deterred if symbol[present[i]] == 1 else 1.0
    if shock > 0.0:
        for s in range(sectors):
            shock = 0.0
            for i in range(begins[s], begins[s + 1]):
                shock = max(shock, leader_shock[present[i]])
            lift = exp(0.5 * p.clashes_leader_effect * shock)
            for i in range(begins[s], begins[s + 1]):
                touch[i] *= lift


@kernel
def pair_sum(first, after, present, touch, ready):
    """Sum over pairs of touch touch (ready + ready), without going through the pairs."""
    contact, moved, own = 0.0, 0.0, 0.0
    for i in range(first, after):
        t = touch[i]
        r = t * ready[present[i]]
        contact += t
        moved += r
        own += t * r
    return max(0.0, contact * moved - own)


@inlined
def pair_rate(g, h, i, j, s, stake, hostile, hostility, tie, owner, ready, touch):
    """Rate of g and h, i-th and j-th on the list of sector s, before retaliation. hostile: between a command and independents."""
    rate = stake[s] * touch[i] * touch[j] * (ready[g] + ready[h]) * 0.5 * (hostility[g, h] + hostility[h, g])
    rate *= hostile if (tie[g] == 2) != (tie[h] == 2) else 1.0
    return 0.0 if owner[g] > 0 and owner[g] == owner[h] else rate


@kernel
def pair_by_pair(w, s, hostile, hostility):
    """Sum of the rates of all pairs in sector s."""
    stake = take(w, "stake")
    tie = take(w, "tie")
    owner = take(w, "owner")
    ready = take(w, "ready")
    present = take(w, "present")
    begins = take(w, "begins")
    touch = take(w, "touch")
    total = 0.0
    for i in range(begins[s], begins[s + 1]):
        for j in range(i + _ONE, begins[s + 1]):
            total += pair_rate(present[i], present[j], i, j, s, stake, hostile, hostility, tie, owner, ready, touch)
    return total


@kernel
def weigh_all(w, s, alike, hostile, hostility):
    """Fill weights [h]: the rate at which h fights anybody in sector s. alike: all are alike hostile and nobody is commanded."""
    stake = take(w, "stake")
    tie = take(w, "tie")
    owner = take(w, "owner")
    ready = take(w, "ready")
    present = take(w, "present")
    begins = take(w, "begins")
    touch = take(w, "touch")
    weights = take(w, "opponent_weights")
    weights[:] = 0.0
    if alike:
        contact, moved = 0.0, 0.0
        for i in range(begins[s], begins[s + 1]):
            contact += touch[i]
            moved += touch[i] * ready[present[i]]
        for i in range(begins[s], begins[s + 1]):
            g, t = present[i], touch[i]
            weights[g] = max(0.0, stake[s] * t * (ready[g] * (contact - t) + moved - t * ready[g]))
        return
    for i in range(begins[s], begins[s + 1]):
        for j in range(i + _ONE, begins[s + 1]):
            g, h = present[i], present[j]
            rate = pair_rate(g, h, i, j, s, stake, hostile, hostility, tie, owner, ready, touch)
            weights[g] += rate
            weights[h] += rate


@kernel
def weigh_opponents(w, g, s, hostile, hostility):
    """Fill weights [h]: the rate at which h fights group g in sector s."""
    stake = take(w, "stake")
    tie = take(w, "tie")
    owner = take(w, "owner")
    ready = take(w, "ready")
    present = take(w, "present")
    begins = take(w, "begins")
    touch = take(w, "touch")
    weights = take(w, "opponent_weights")
    weights[:] = 0.0
    own = begins[s]
    while own + _ONE < begins[s + 1] and present[own] != g:
        own += _ONE
    for j in range(begins[s], begins[s + 1]):
        if j != own:
            weights[present[j]] = pair_rate(g, present[j], own, j, s, stake, hostile, hostility, tie, owner, ready, touch)


@inlined
def apart(g, h, owner, where):
    """Whether two groups share no sector, or have one owner."""
    return (where[g] & where[h]) == 0 or (owner[g] > 0 and owner[g] == owner[h])


@kernel
def sum_retaliation(w):
    """Pressure to retaliate between all pairs that share a sector and no owner."""
    owner = take(w, "owner")
    where = take(w, "where")
    heat = take(w, "heat")
    pressure = 0.0
    for g in range(heat.shape[0]):
        own = 0.0  # a sum for each row: the next need not wait for it
        for h in range(g):
            own += 0.0 if apart(g, h, owner, where) else heat[g, h] + heat[h, g]
        pressure += own
    return pressure


@kernel
def weigh_retaliation(w, one):
    """Fill weights [h]: the pressure between h and `one`, or where that is -1, between h and anybody."""
    owner = take(w, "owner")
    where = take(w, "where")
    heat = take(w, "heat")
    weights = take(w, "opponent_weights")
    weights[:] = 0.0
    for g in range(heat.shape[0]):
        for h in range(g):
            both = 0.0 if apart(g, h, owner, where) else heat[g, h] + heat[h, g]
            if one < 0 or one == h:
                weights[g] += both
            if one < 0 or one == g:
                weights[h] += both


@kernel
def weigh_places(w, g, h):
    """Fill chances [s]: where g and h settle an account, by the contact they have there, alike where they have none."""
    stake = take(w, "stake")
    where = take(w, "where")
    present = take(w, "present")
    begins = take(w, "begins")
    touch = take(w, "touch")
    chances = take(w, "chances")
    for s in range(stake.shape[0]):
        chances[s] = 0.0
        if (where[g] & where[h]) >> s & 1:
            contact = stake[s]
            for i in range(begins[s], begins[s + 1]):
                if present[i] == g or present[i] == h:
                    contact *= touch[i]
            chances[s] = max(contact, _LEAST)
