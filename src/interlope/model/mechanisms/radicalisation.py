"""Radicalisation: readiness to use lethal force rises with clashes, profit and contact with militants (equation E14).

r += (profit_gain (profit per member above the norm) + contact_gain [tied])(1 - r) - r / fade; clashes add clash_gain (1 - r)
when they happen. Force per member is 1 + 2 r, times a factor for kin ties or command.
First version: omits spending on arms.
"""
from __future__ import annotations

from ...compile import kernel
from ..params import Param
from ..special import exp

PARAMS = (
    Param("radicalisation_clash", 0.05, "1", "0.05", "assumption", "rise of readiness per clash"),
    Param("radicalisation_profit", 0.0005, "1/day", "lognormal(0.0005, x2)", "assumption", "rise with profit above the norm", "S"),
    Param("radicalisation_contact", 0.002, "1/day", "lognormal(0.002, x2)", "assumption", "rise with ties to militants; kept wide", "S"),
    Param("radicalisation_fade", 180.0, "days", "180", "assumption", "time for readiness to fade"),
    Param("radicalisation_leader_days", 180.0, "days", "180", "calderon2015", "time for the disorder after a lost leader to fade"),
    Param("takeover_kin_strength", 1.3, "x", "1.3", "assumption", "force per member of groups with kin ties"),
    Param("takeover_command_strength", 1.8, "x", "1.8", "assumption", "force per member of commanded groups"),
)


@kernel
def radicalisation(p, profit, members, tie, readiness, leader_shock, strength):
    """Readiness of the day; fills strength [g], force per member."""
    groups, sectors = members.shape
    fade = 1.0 - exp(-1.0 / p.radicalisation_fade)
    settle = exp(-1.0 / p.radicalisation_leader_days)
    for g in range(groups):
        m = 0
        for s in range(sectors):
            m += members[g, s]
        gain = 0.0
        if m > 0:
            gain = p.radicalisation_profit * min(3.0, max(0.0, profit[g] / m / p.growth_profit_norm - 1.0))
        if tie[g] > 0:
            gain += p.radicalisation_contact
        readiness[g] = min(1.0, max(0.0, readiness[g] + gain * (1.0 - readiness[g]) - fade * readiness[g]))
        leader_shock[g] *= settle
        strength[g] = force(p, readiness[g], tie[g])


@kernel
def force(p, readiness, tie):
    """Force per member."""
    factor = p.takeover_command_strength if tie == 2 else (p.takeover_kin_strength if tie == 1 else 1.0)
    return (1.0 + 2.0 * readiness) * factor
