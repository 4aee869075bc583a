"""Limits: numbers that no case may set, because a day could not be simulated with them, whatever the horizon.

Most numbers need no limit here: signs, chances and shares are kept by their own rules, and a world that grows out of bounds stops and
says so. Left is a part that is taken off once a week, which cannot exceed the whole; numbers of draws or persons that would be
counted one by one; and what stands under a fraction.
"""
from __future__ import annotations

from typing import NamedTuple


class Limit(NamedTuple):
    """Least and greatest value a parameter may take, and what is expected in words."""

    least: float
    most: float
    words: str


_PART = Limit(0.0, 1.0, "a part of the whole, at most 1")
_FEW = Limit(0.0, 1000.0, "at most 1,000")
_PERSONS = Limit(0.0, 1e6, "at most a million persons")
_POSITIVE = Limit(1e-6, float("inf"), "a value above zero")

LIMITS: dict[str, Limit] = {
    "guards_learning": _PART,
    "demand_level": Limit(0.0, 1e6, "at most a million persons a day"),
    "raids_found_rate": Limit(0.0, 100.0, "at most 100 encounters per person and day"),
    "raids_everyday": Limit(0.0, 1.0, "an intensity of at most 1, a full operation"),
    "growth_recruit_rate": Limit(0.0, 1.0, "at most one recruit per member and day"),
    "raids_resentment": Limit(0.0, 10.0, "at most 10 new members per person met"),
    "clashes_size_most": _FEW,
    "growth_members_total": _PERSONS,
    "takeover_force": _PERSONS,
    "takeover_absorption_rate": Limit(0.0, 1000.0, "at most 1,000 approaches per group and day"),
    "growth_entry_size": Limit(0.0, 10000.0, "at most 10,000 persons"),
    "raids_patrol_avoidance": _POSITIVE,
    "raids_prior_operations": _POSITIVE,
    "copycats_entry_cost": _POSITIVE,
    "clashes_readiness_effect": Limit(0.0, 1.0, "a part of the rate, at most 1: above it rates would be negative"),
    "raids_bribe_norm": _POSITIVE,
    "choices_familiarity": _PART,
    "choices_success_norm": Limit(1e-6, 1.0, "a chance above 0"),
    "symbols_belief": Limit(1e-6, 1.0 - 1e-6, "a chance above 0 and below 1"),
    "tribute_reach": _PART,
    "tribute_protection": _PART,
    "supply_capacity": _PERSONS,
    "supply_store_days": Limit(1.0, 1000.0, "at least one day, in which what comes is used, and at most 1,000"),
    "supply_recovery_days": _POSITIVE,
    "supply_crowding": Limit(0.0, 100.0, "at most 100 times the chance"),
    "extortion_belief": Limit(0.0, 1.0, "a chance within 0 to 1"),
}
