"""Occupancy: which groups are present where, as lists and counts, so that no loop goes through empty ground.

A cell is a group in a sector. The lists are written without branches: whether a cell is empty cannot be foretold. Places are counted
without sign: an index without sign is not checked for it.
"""
from __future__ import annotations

import numpy as np

from ..jit.compile import kernel
from .world import take

MOST_SECTORS = 62  # presence of a group is kept as bits of one whole number


@kernel
def count_groups(w):
    """Fill size [g], the members of each group in all sectors; from then on `change_members` keeps it current for the day."""
    members = take(w, "members")
    size = take(w, "size")
    groups, sectors = members.shape
    for g in range(groups):
        m = 0
        for s in range(sectors):
            m += members[g, s]
        size[g] = m


@kernel
def change_members(w, g, s, n):
    """Group g has n members more in sector s (less where n is negative)."""
    members = take(w, "members")
    size = take(w, "size")
    members[g, s] += n
    size[g] += n


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
    n = np.uint64(0)
    for g in range(groups):
        for s in range(sectors):
            occupied[n, 0] = g
            occupied[n, 1] = s
            n += np.uint64(members[g, s] > 0)
    alternatives = np.int64(n)
    for i in range(alternatives):
        g, s = occupied[i, 0], occupied[i, 1]
        cell[i] = g * sectors + s
        manned[i] = members[g, s]
    for s in range(sectors):
        occupied[alternatives + s, 0] = groups
        occupied[alternatives + s, 1] = s
    return alternatives


@kernel
def list_sectors(w):
    """List the groups of each sector, present[begins[s] : begins[s + 1]]; bit s of where[g] says that group g is present in sector s."""
    members = take(w, "members")
    present = take(w, "present")
    begins = take(w, "begins")
    where = take(w, "where")
    groups, sectors = members.shape
    for g in range(groups):
        bits = 0
        for s in range(sectors):
            bits |= (1 if members[g, s] > 0 else 0) << s
        where[g] = bits
    n = np.uint64(0)
    for s in range(sectors):
        begins[s] = n
        for g in range(groups):
            present[n] = g
            n += np.uint64(members[g, s] > 0)
    begins[sectors] = n
