"""Roster: who stands where, as lists, so that nobody goes through empty ground.

A cell is a group in a sector. The lists are written without branches: whether a cell is empty cannot be foretold.
"""
from __future__ import annotations

from ..compile import kernel
from .world import take

MOST_SECTORS = 62  # presence of a group is kept as bits of one whole number


@kernel
def list_cells(w):
    """List the occupied cells (group, sector) in order of groups, then those who go alone by sector; returns how many are occupied.

    cell  # [i] group * sectors + sector, by which draws are named; manned  # [i] members.
    """
    members = take(w, "members")
    occupied = take(w, "occupied")
    cell = take(w, "cell")
    manned = take(w, "manned")
    groups, sectors = members.shape
    n = 0
    for g in range(groups):
        for s in range(sectors):
            occupied[n, 0] = g
            occupied[n, 1] = s
            cell[n] = g * sectors + s
            manned[n] = members[g, s]
            n += members[g, s] > 0
    for s in range(sectors):
        occupied[n + s, 0] = groups
        occupied[n + s, 1] = s
    return n


@kernel
def list_sectors(w):
    """List the groups of each sector: standing[begins[s] : begins[s + 1]]; bit s of where[g] says that group g stands in sector s."""
    members = take(w, "members")
    standing = take(w, "standing")
    begins = take(w, "begins")
    where = take(w, "where")
    groups, sectors = members.shape
    where[:] = 0
    n = 0
    for s in range(sectors):
        begins[s] = n
        for g in range(groups):
            here = 1 if members[g, s] > 0 else 0
            standing[n] = g
            where[g] |= here << s
            n += here
    begins[sectors] = n
