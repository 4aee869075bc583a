"""Escalation: attacks on personnel, organised violent responses, and the fear of them.

(a) By people crossing: Poisson(share of interceptions), most of the recorded attacks. (b) Organised and armed:
Poisson(base armed e^(force_effect O) min(1 + n, 20)^experience (1 - restraint)), n the remembered attacks; only these
escalate. force_effect has both signs in its prior (LaFree, Dugan & Korte 2009: 1 deterrence, 2 null, 3 backlash of six). A response
is organised when two groups not at feud, under one owner or in a truce, attack within seven days during or after an
operation. Personnel harm raises each state's restraint, which lowers operations and force.
Not modelled: learning curves for each organisation; the experience of all is one.
"""
from __future__ import annotations

from ...jit.compile import kernel
from ...quantities import INDEX
from ..params import Param
from ..rng import stream, subindex, uniform
from ..samplers import binomial, poisson
from ..special import exp, power
from ..world import take

PARAMS = (
    Param("escalation_crossing_attacks", 0.00106, "1", "gamma(0.00106, 0.07)", "assumption",
          "attacks on {personnel} per interception", "F"),
    Param("escalation_injury", 0.155, "1", "beta(41, 224)", "assumption", "{personnel} injured per attack", "F"),
    Param("escalation_armed_base", 2.0, "1/year", "gamma(2, 0.7)", "assumption", "organised armed attacks at reference", "S"),
    Param("escalation_force_effect", 0.2, "log",
          "mixture(0.17: normal(-0.5, 0.25), 0.33: normal(0, 0.1), 0.5: normal(0.4, 0.25))", "lafree2009",
          "effect of a full operation on armed attacks", "S"),
    Param("escalation_experience", 0.25, "1", "0.25", "assumption", "power of experience, which fades"),
    Param("escalation_experience_fade", 0.02, "1/day", "0.02", "assumption", "fading of experience"),
    Param("escalation_command_effect", 0.7, "log", "normal(0.7, 0.4)", "assumption", "log rise of armed attacks with full command", "S"),
    Param("escalation_readiness_norm", 0.2, "1", "0.2", "assumption", "armed part of the first members at which the base rate holds"),
    Param("escalation_experience_most", 20.0, "attacks", "20", "assumption", "experience beyond which nothing is learned"),
    Param("escalation_operation_side", 0.4, "1", "0.4", "assumption", "part of attacks that a full operation turns to the transit state"),
    Param("escalation_death_weight", 3.0, "1", "3", "assumption", "weight of a death over an injury in restraint"),
    Param("escalation_crowd_weight", 0.1, "1", "0.1", "assumption", "weight in restraint of an injury by people crossing"),
    Param("escalation_together_days", 7.0, "days", "7", "definition", "days within which two attacks count as one organised response"),
    Param("escalation_after_days", 30.0, "days", "30", "definition", "days after an operation that still count as an answer to it"),
    Param("escalation_feud", 0.01, "1/day", "0.01", "assumption", "retaliation pressure above which two groups are at feud"),
    Param("escalation_armed_injury", 0.25, "1", "0.25", "assumption", "{personnel} injured per armed attack"),
    Param("escalation_armed_death", 0.02, "1", "lognormal(0.02, x2)", "assumption", "{personnel} killed per armed attack", "S"),
    Param("escalation_restraint_gain", 0.1, "1", "0.1", "assumption",
          "rise of restraint per person shot"),
    Param("escalation_restraint_fade", 180.0, "days", "180", "assumption", "time for restraint to fade"),
)
CROWD, CROWD_HURT, ARMED, WHICH, HURT, SIDE = (
    stream("escalation.crowd"), stream("escalation.crowd_hurt"), stream("escalation.armed"), stream("escalation.which"),
    stream("escalation.hurt"), stream("escalation.side"))
STOPPED, ATTACKS, ARMED_ATTACKS, INJURED, KILLED, RESPONSE = (
    INDEX["stopped"], INDEX["attacks"], INDEX["armed_attacks"], INDEX["personnel_injured"], INDEX["personnel_killed"],
    INDEX["organised_response"])
DAYS_A_YEAR = 365.0
MOST_SHOTS = 8  # armed attacks on one day; at the highest rates that priors allow more have a chance below one in a million
WOUNDED, KILLED_BY = range(2)  # draws of one attack, each with an index for every attack of the day
_SHOTS = 64  # at least MOST_SHOTS


@kernel
def escalation(p, key, day, w, today, controls):
    """Attacks of the day and the fear they leave. today: intensity of operations."""
    restraint = take(w, "restraint")
    experience = take(w, "experience")
    last_attack = take(w, "last_attack")
    last_side = take(w, "last_side")
    last_operation = take(w, "last_operation")
    shots_total = take(w, "shots_total")
    out = take(w, "today")
    by_sector = take(w, "by_sector")
    sectors = by_sector.shape[1]
    stopped = 0.0
    for s in range(sectors):
        stopped += by_sector[STOPPED, s]
    crowd = poisson(key, day, CROWD, 0, p.escalation_crossing_attacks * stopped)
    crowd_hurt = binomial(key, day, CROWD_HURT, 0, crowd, p.escalation_injury)
    force, armed, commanded = count_force(w)
    restraint_floor = controls.restraint_floor
    mean_restraint = max(0.5 * (restraint[0] + restraint[1]), restraint_floor)
    rate = 0.0
    if force > 0.0:
        rate = p.escalation_armed_base / DAYS_A_YEAR * armed / max(1.0, p.escalation_readiness_norm * p.growth_members_total)
        rate *= exp(p.escalation_force_effect * today + p.escalation_command_effect * commanded / force)
        rate *= power(min(1.0 + experience[0], p.escalation_experience_most), p.escalation_experience) * (1.0 - mean_restraint)
    shots = min(MOST_SHOTS, poisson(key, day, ARMED, 0, rate))
    experience[0] = experience[0] * exp(-p.escalation_experience_fade) + shots
    hurt = crowd_hurt
    killed = 0
    serious_transit = 0.0
    serious_destination = p.escalation_crowd_weight * crowd_hurt
    for i in range(shots):
        g = attacker(w, uniform(key, day, WHICH, i) * armed)
        if g < 0:
            continue
        wounded = 1 if uniform(key, day, HURT, subindex(WOUNDED, _SHOTS, i)) < p.escalation_armed_injury else 0
        dead = 1 if uniform(key, day, HURT, subindex(KILLED_BY, _SHOTS, i)) < p.escalation_armed_death else 0
        hurt += wounded
        killed += dead
        side = 0 if uniform(key, day, SIDE, i) < 0.5 + p.escalation_operation_side * today else 1
        if side == 0:
            serious_transit += wounded + p.escalation_death_weight * dead
        else:
            serious_destination += wounded + p.escalation_death_weight * dead
        if day - last_operation[0] <= p.escalation_after_days and is_organised(p, day, w, g, side):
            out[RESPONSE] += 1.0
        last_attack[g] = day
        last_side[g] = side
        shots_total[0] += 1
    learn_restraint(p, w, restraint_floor, serious_transit, serious_destination)
    out[ATTACKS] += crowd + shots
    out[ARMED_ATTACKS] += shots
    out[INJURED] += hurt
    out[KILLED] += killed


@kernel
def attacker(w, u):
    """The group whose armed members, counted up over groups and sectors, reach u; -1 where none does."""
    members = take(w, "members")
    readiness = take(w, "readiness")
    groups, sectors = members.shape
    g = -1
    for h in range(groups):
        for s in range(sectors):
            if g < 0:
                u -= members[h, s] * readiness[h]
                if u <= 0.0 and members[h, s] > 0:
                    g = h
    return g


@kernel
def is_organised(p, day, w, g, side):
    """Whether a group that group g does not fight, and is tied to by owner or truce, attacked the same side within days."""
    members = take(w, "members")
    owner = take(w, "owner")
    truce = take(w, "truce")
    heat = take(w, "heat")
    last_attack = take(w, "last_attack")
    last_side = take(w, "last_side")
    groups, sectors = members.shape
    for h in range(groups):
        if h != g and last_side[h] == side and day - last_attack[h] <= p.escalation_together_days and (
                heat[g, h] + heat[h, g] < p.escalation_feud):
            if owner[g] > 0 and owner[g] == owner[h]:
                return True
            for s in range(sectors):
                if truce[s] == 1 and members[g, s] > 0 and members[h, s] > 0:
                    return True
    return False


@kernel
def learn_restraint(p, w, floor, serious_transit, serious_destination):
    """Restraint of both states fades, and rises with how serious the day's attacks on their personnel were."""
    restraint = take(w, "restraint")
    fade = exp(-1.0 / p.escalation_restraint_fade)
    gain = p.escalation_restraint_gain
    restraint[0] = max(floor, min(1.0, fade * restraint[0] + gain * serious_transit * (1.0 - restraint[0])))
    restraint[1] = max(floor, min(1.0, fade * restraint[1] + gain * serious_destination * (1.0 - restraint[1])))


@kernel
def count_force(w):
    """Members of all groups, those ready to use lethal force, and those under command."""
    size = take(w, "size")
    readiness = take(w, "readiness")
    tie = take(w, "tie")
    force = 0.0
    armed = 0.0
    commanded = 0.0
    for g in range(size.shape[0]):
        m = size[g]
        force += m
        armed += m * readiness[g]
        commanded += m if tie[g] == 2 else 0
    return force, armed, commanded
