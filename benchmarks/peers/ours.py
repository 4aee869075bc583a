"""Ours: the shipped kernel, with every other mechanism at rate zero. One replicate on one thread.

The kernel still goes through all its mechanisms every day, so its time holds what the peers leave out.
"""
from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from world import SERIES, World

from interlope.model.setting import Setting
from interlope.model.simulate import advance, begin, digest
from interlope.quantities import INDEX

NAME, KIND = "Interlope", "persons by class, group and sector, compiled (Numba)"
NEVER = 1e15
OFF: dict[str, float] = {
    "demand_innovation_sd": 0.0, "demand_frailty_sd": 0.0, "demand_leave_price": 0.0, "demand_upstream_deterrence": 0.0,
    "demand_diverted_death": 0.0, "prices_cost_trend": 0.0, "prices_adjust_days": NEVER, "prices_risk_passthrough": 0.0,
    "prices_shadow_rate": 0.0, "choices_tempo": 1.0, "choices_danger_weight": 0.0, "choices_guide_capacity": 1e6,
    "crossings_skill_sd": 0.0, "crossings_shelter_chance": 0.0, "crossings_injury": 0.0, "crossings_death": 0.0,
    "crossings_violence": 0.0, "earnings_wage": 0.0, "growth_recruit_rate": 0.0, "growth_loss_rate": 0.0,
    "growth_crowd_rate": 0.0, "growth_broke_rate": 0.0, "growth_removal": 0.0, "growth_entry_rate": 0.0, "growth_move_rate": 0.0,
    "growth_new_ground": 0.0, "growth_end_size": 0.0, "growth_end_rate": 0.0, "truces_rate": 0.0, "clashes_base": 0.0,
    "clashes_branching": 0.0, "clashes_cede_chance": 0.0, "raids_found_rate": 0.0, "raids_everyday": 0.0, "raids_start_rate": 0.0,
    "raids_answer": 0.0, "guards_learning": 0.0, "symbols_adopt_rate": 0.0, "extortion_rate": 0.0, "takeover_absorption_rate": 0.0,
    "takeover_arrival_day": NEVER, "takeover_kin_share": 0.0, "copycats_innovation": 0.0, "copycats_imitation": 0.0,
    "escalation_crossing_attacks": 0.0, "escalation_armed_base": 0.0,
}
START = date(2001, 1, 1)


def version() -> str:
    """Digest of the kernel, since its version number does not move with every edit."""
    return f"model {digest()}"


def setting(world: World) -> Setting:
    """The kernel's setting for this part of the model."""
    last = START + timedelta(days=world.days - 1)
    months = (last.year - START.year) * 12 + last.month - START.month + 1
    share = np.full(world.classes, 1.0 / world.classes)
    return Setting(START, world.days, world.sectors, world.groups, world.groups, tuple(f"c{i}" for i in range(world.classes)),
                   np.zeros(world.classes), share, np.tile(world.mix, (months, 1)), np.ones(12), np.zeros(months),
                   np.zeros(world.days), world.days, world.members)


def values(world: World) -> dict[str, float]:
    """Parameters that leave nothing but demand, choice and crossing."""
    return OFF | {
        "demand_level": world.level, "demand_north_rate": world.north_rate, "demand_leave_rate": world.leave_rate,
        "choices_attempt_rate": world.attempt_rate, "choices_weather_sd": world.weather_sd,
        "choices_guided_share": world.guided_share, "choices_stay_share": world.stay_share,
        "choices_success_norm": world.success_norm, "choices_risk_weight": world.risk_weight,
        "choices_price_reference": world.reference_price, "prices_weight": world.prices_weight, "prices_unit_cost": world.unit_cost,
        "crossings_prevented": world.prevented, "crossings_detained": world.detained, "crossings_swamping": world.swamping,
        "crossings_reference": world.reference, "crossings_alone_skill": world.alone_skill,
        "crossings_belief_days": world.belief_days, "growth_start_reputation": world.start_reputation,
    }


def run(world: World, seed: int) -> np.ndarray:
    """One replicate; daily series [day, series]."""
    return run_many(world, seed, 1)[0]


def run_many(world: World, seed: int, replicates: int) -> np.ndarray:
    """Replicates on one thread, [r, day, series].

    Raises
    ------
    RuntimeError
        When something that should be off has moved: a group changed size, a price moved, somebody clashed or was held.
    """
    states = begin(setting(world), values(world), None, seed, np.arange(replicates))
    states, recorded = advance(states, world.days, threads=1)
    still = np.array_equal(states.array("members"), np.broadcast_to(world.members, states.array("members").shape))
    price = states.array("price")[:, world.members > 0]
    quiet = [n for n in ("clashes", "encounters", "sheltered", "groups_new", "armed_attacks", "organisations", "client_deaths")
             if recorded.series[:, :, INDEX[n]].any()]
    if states.status.any() or not still or quiet or np.ptp(price) > 1e-6:
        raise RuntimeError(f"the subset is not closed: status {states.status.max()}, members still {still}, price range "
                           f"{np.ptp(price):g}, recorded {quiet}; look at OFF in benchmarks/peers/ours.py")
    return recorded.series[:, :, [INDEX[n] for n in SERIES]].astype(np.float64)
