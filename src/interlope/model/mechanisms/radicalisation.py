"""Radicalisation: readiness to use lethal force rises with clashes, profit and contact with militants.

r += (profit_gain (profit per member above the norm) + contact_gain [tied])(1 - r) - r / fade; clashes add clash_gain (1 - r)
when they happen. Force per member is (1 + strength_gain r)(1 + arms_effect a / (a + arms_norm)), a the worth of arms per
member, times a factor for kin ties or command.
Not modelled: kinds of weapon; arms are one worth in money.
"""
from __future__ import annotations

from ...jit.compile import kernel
from ..params import Param
from ..special import exp
from ..world import take

PARAMS = (
    Param("radicalisation_clash", 0.05, "1", "0.05", "assumption", "rise of readiness per clash"),
    Param("radicalisation_profit", 0.0005, "1/day", "lognormal(0.0005, x2)", "assumption", "rise with profit above the norm", "S"),
    Param("radicalisation_contact", 0.002, "1/day", "lognormal(0.002, x2)", "assumption", "rise with ties to militants; kept wide", "S"),
    Param("radicalisation_fade", 180.0, "days", "180", "assumption", "time for readiness to fade"),
    Param("radicalisation_strength_gain", 2.0, "1", "2", "assumption", "rise of force per member at full readiness"),
    Param("radicalisation_arms_effect", 0.5, "1", "0.5", "assumption", "rise of force per member with arms without end"),
    Param("radicalisation_arms_norm", 1000.0, "EUR/member", "1000", "assumption", "arms per member that give half of that"),
    Param("radicalisation_leader_days", 365.0, "days", "365", "lindo2018", "time for the disorder after a lost leader to fade"),
    Param("takeover_kin_strength", 1.3, "x", "1.3", "assumption", "force per member of groups with kin ties"),
    Param("takeover_command_strength", 1.8, "x", "1.8", "assumption", "force per member of commanded groups"),
)
MOST_PROFIT = 3.0  # norms of profit above the first beyond which more profit hardens no further: a rate of readiness has to be bounded


@kernel
def radicalisation(p, w):
    """Readiness of the day; fills strength [g], force per member."""
    profit = take(w, "profit")
    size = take(w, "size")
    arms = take(w, "arms")
    tie = take(w, "tie")
    readiness = take(w, "readiness")
    leader_shock = take(w, "leader_shock")
    strength = take(w, "strength")
    fade = 1.0 - exp(-1.0 / p.radicalisation_fade)
    settle = exp(-1.0 / p.radicalisation_leader_days)
    for g in range(size.shape[0]):
        m = size[g]
        gain = 0.0
        if m > 0:
            gain = p.radicalisation_profit * min(MOST_PROFIT, max(0.0, profit[g] / m / p.growth_profit_norm - 1.0))
        if tie[g] == 1 or tie[g] == 2:
            gain += p.radicalisation_contact
        readiness[g] = min(1.0, max(0.0, readiness[g] + gain * (1.0 - readiness[g]) - fade * readiness[g]))
        leader_shock[g] *= settle
        strength[g] = force(p, readiness[g], arms[g] / m if m > 0 else 0.0, tie[g])


@kernel
def force(p, readiness, arms, tie):
    """Force per member. arms: EUR per member."""
    factor = p.takeover_command_strength if tie == 2 else (p.takeover_kin_strength if tie == 1 else 1.0)
    armed = 1.0 + p.radicalisation_arms_effect * arms / (arms + p.radicalisation_arms_norm)
    return (1.0 + p.radicalisation_strength_gain * readiness) * armed * factor


@kernel
def rank(p, w):
    """Fill strength [g], force per member."""
    size = take(w, "size")
    readiness = take(w, "readiness")
    arms = take(w, "arms")
    tie = take(w, "tie")
    strength = take(w, "strength")
    for g in range(size.shape[0]):
        m = size[g]
        strength[g] = force(p, readiness[g], arms[g] / m if m > 0 else 0.0, tie[g])
