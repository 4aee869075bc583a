"""Slots: groups begin in, split into and leave a fixed number of places.

A split follows a lost fight or a lost leader; it needs twenty members and a free slot, else nothing happens.
"""
from __future__ import annotations

from ..compile import kernel
from .samplers import binomial


@kernel
def found(g, origin_of, members, cash, shadow, reputation, readiness, leader_shock, heat, symbol, tie, owner, origin,
          last_attack):
    """Make slot g a new, independent group with nothing yet."""
    cash[g] = 3000.0
    shadow[g] = 0.0
    reputation[g] = 0.33
    readiness[g] = 0.1
    leader_shock[g] = 0.0
    symbol[g] = 0
    tie[g] = 0
    owner[g] = 0
    origin[g] = origin_of
    last_attack[g] = -1000
    for h in range(members.shape[0]):
        heat[g, h] = 0.0
        heat[h, g] = 0.0


@kernel
def pick_origin(u, origin_share):
    """Origin class that a uniform number names."""
    for c in range(origin_share.shape[0]):
        u -= origin_share[c]
        if u <= 0.0:
            return c
    return origin_share.shape[0] - 1


@kernel
def fragment(key, day, name, index, g, members, cash, price, shadow, reputation, readiness, leader_shock, heat, symbol, tie,
             owner, origin, last_attack):
    """Split a group of twenty or more: part of it takes a free slot. Returns whether it happened."""
    groups, sectors = members.shape
    m = 0
    for s in range(sectors):
        m += members[g, s]
    if m < 20:
        return False
    for h in range(groups):
        n = 0
        for s in range(sectors):
            n += members[h, s]
        if n == 0:
            found(h, origin[g], members, cash, shadow, reputation, readiness, leader_shock, heat, symbol, tie, owner, origin,
                  last_attack)
            readiness[h] = readiness[g]
            reputation[h] = reputation[g]
            symbol[h] = symbol[g]
            moved = 0
            for s in range(sectors):
                k = binomial(key, day, name, index + s, members[g, s], 0.4)
                members[g, s] -= k
                members[h, s] = k
                price[h, s] = price[g, s]
                moved += k
            return moved > 0
    return False
