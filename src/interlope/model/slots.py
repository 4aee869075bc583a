"""Slots: groups begin in, split into and leave a fixed number of places.

A split follows a lost fight or a lost leader; it needs enough members and a free slot, else nothing happens.
"""
from __future__ import annotations

from ..jit.compile import kernel
from .occupancy import change_members
from .rng import subindex, uniform
from .samplers import binomial
from .state import LONG_AGO
from .world import take

NO_ORIGIN = -1  # of a group that begins, until the day's end


@kernel
def start_group(p, w, g, origin_of):
    """Make slot g a new, independent group with nothing but a first float of money."""
    cash = take(w, "cash")
    arms = take(w, "arms")
    fear = take(w, "fear")
    shadow = take(w, "shadow")
    reputation = take(w, "reputation")
    readiness = take(w, "readiness")
    leader_shock = take(w, "leader_shock")
    heat = take(w, "heat")
    symbol = take(w, "symbol")
    tie = take(w, "tie")
    owner = take(w, "owner")
    origin = take(w, "origin")
    last_attack = take(w, "last_attack")
    revenue = take(w, "revenue")
    books = take(w, "books")
    books[0] += p.growth_start_cash - cash[g] - arms[g]
    cash[g] = p.growth_start_cash
    arms[g] = 0.0
    fear[g] = p.extortion_belief
    shadow[g] = 0.0
    reputation[g] = p.growth_start_reputation
    readiness[g] = p.growth_start_readiness
    leader_shock[g] = 0.0
    symbol[g] = 0
    tie[g] = 0
    owner[g] = 0
    origin[g] = origin_of
    last_attack[g] = LONG_AGO
    revenue[g] = 0.0
    if p.clashes_branching > 0.0:
        for h in range(heat.shape[0]):
            heat[g, h] = 0.0
            heat[h, g] = 0.0


@kernel
def unsettle(p, key, day, w, name, index, g):
    """A shock to group g may end the truces it is part of."""
    members = take(w, "members")
    truce = take(w, "truce")
    grudge = take(w, "grudge")
    for s in range(members.shape[1]):
        if members[g, s] > 0 and truce[s] == 1 and uniform(key, day, name, index + s) < p.truces_shock:
            truce[s] = 0
            grudge[s] += 1.0


@kernel
def fragment(p, key, day, w, name, index, g):
    """Split a group that is large enough: parts of it take free slots. Returns how many new groups there are.

    Arms, money and the day's takings go with the members.
    """
    members = take(w, "members")
    size = take(w, "size")
    cash = take(w, "cash")
    arms = take(w, "arms")
    price = take(w, "price")
    reputation = take(w, "reputation")
    readiness = take(w, "readiness")
    symbol = take(w, "symbol")
    origin = take(w, "origin")
    revenue = take(w, "revenue")
    groups, sectors = members.shape
    m = size[g]
    if m < p.slots_fragment_size:
        return 0
    parts = int(min(p.slots_fragment_parts, float(groups)))
    added = 0
    for h in range(groups):
        if added + 1 >= parts or m < 2:
            break
        if size[h] > 0:
            continue
        start_group(p, w, h, origin[g])
        readiness[h] = readiness[g]
        reputation[h] = reputation[g]
        symbol[h] = symbol[g]
        share = p.slots_fragment_share if parts == 2 else 1.0 / (parts - added)
        moved = 0
        for s in range(sectors):
            k = binomial(key, day, name, index + subindex(added, sectors, s), members[g, s], share)
            if share * m < 1.0 and moved == 0 and members[g, s] > 0:
                k = 1  # parts of less than one member: members go off alone
            change_members(w, g, s, -k)
            change_members(w, h, s, k)
            price[h, s] = price[g, s]
            moved += k
        arms[h] = arms[g] * (moved / m)
        arms[g] -= arms[h]
        revenue[h] = revenue[g] * (moved / m)
        revenue[g] -= revenue[h]
        taken = max(0.0, cash[g]) * (moved / m)
        cash[h] += taken
        cash[g] -= taken
        m -= moved
        added += 1 if moved > 0 else 0
    if added > 0:
        unsettle(p, key, day, w, name, index + subindex(parts, sectors, 0), g)
    return added
