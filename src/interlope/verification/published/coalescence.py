"""Coalescence: groups that merge when they meet and now and then fall apart have sizes with exponent 2.5 (Bohorquez et al. 2009).

All begin in twos. Groups meet in proportion to the product of their sizes; one of the two, by a fair coin, is absorbed whole, or
with a small chance falls apart into single members. Exponent by maximum likelihood over sizes 4 to 60, on snapshots.
"""
from __future__ import annotations

from functools import cache

import numpy as np

from .. import estimates, minimal
from ..row import Measured, Row, Trial

_LOW, _TOP = 4, 60


@cache
def _sizes(trial: Trial, people: int, breaking: float) -> np.ndarray:
    """Groups by size 4..60 [snapshot, size]. A day sees half a per cent of members meet, so that the morning's sizes still hold."""
    daily = people // 200
    burn, every, snapshots = 400, 8, trial.size(25, 100) if people < 5000 else 25
    values = {
        **minimal.QUIET, "clashes_base": 2.0 * daily, "clashes_contact": 1.0, "clashes_reference": float(people), "clashes_decisive": 0.0,
        "clashes_cede_chance": 1.0, "clashes_withdraw": 0.0, "clashes_absorb": 1.0 - breaking, "clashes_absorb_everywhere": 0.0,
        "clashes_join": 1.0, "slots_fragment_size": 2.0, "slots_fragment_parts": 1e9,
    }
    days = burn + every * snapshots
    states = minimal.open_world(minimal.setting(days, [2] * (people // 2), groups=people), values, trial, 2 if people < 5000 else 1)
    counts = []
    for day in range(burn, days, every):
        states, _ = minimal.follow(states, day, ["groups"])
        members = states.array("members")[:, :, 0]
        counts += [np.bincount(world, minlength=_TOP + 1)[_LOW : _TOP + 1] for world in members]
    return np.array(counts, dtype=float)


def _row(people: int, breaking: float, finest: float, long: bool) -> Row:
    def measure(trial: Trial) -> Measured:
        counts = _sizes(trial, people, breaking)
        note = f"{counts.sum(axis=1).mean():.0f} groups of 4 to 60 a snapshot"
        return estimates.jackknife(lambda n: estimates.exponent(n, _LOW), counts, note, parts=12)

    return Row(f"coalescence-{people}-{100 * breaking:g}", f"exponent of group sizes, {people} members, {breaking:.0%} fall apart",
               "2.5; 2.56 to 2.59 fitted over 4 to 60", 2.5, 2.59, "1", "bohorquez2009", "the limit to the largest published fit",
               measure, finest, long)


ROWS = (_row(2000, 0.05, 0.1, False), _row(10000, 0.05, 0.06, True))
