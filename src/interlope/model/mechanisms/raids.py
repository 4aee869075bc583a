"""Raids: police meet people, move most to centres, arrest few members; big operations stop trade while they last (E10, E11).

Encounters ~ Poisson(rate O (people near the border + members)); a member among them with q = mu + (1 - mu) members/all
(Kress & Szechtman 2009), arrested with a further chance less tip-offs: found, moved and arrested are three numbers. Moved
people come back: displacement, not removal. After a publicised lethal clash an operation starts within eight days with chance
answer (1 - restraint). An operation under way when the calendar ends goes on for a length drawn like any other. Lost leaders
bring disorder, and may split a group or end truces.
First version: omits searches by sector.
"""
from __future__ import annotations

from ...compile import kernel
from ...quantities import INDEX
from ..params import Param
from ..rng import stream, uniform
from ..samplers import binomial, normal, poisson
from ..slots import fragment
from ..special import exp, log

PARAMS = (
    Param("raids_found_rate", 0.05, "1/day", "lognormal(0.05, x1.5)", "assumption",
          "encounters per person and day in a full operation", "S"),
    Param("raids_everyday", 0.01, "1", "0.01", "assumption", "intensity of policing outside operations"),
    Param("raids_hit_floor", 0.03, "1", "0.03", "kressszechtman2009", "hit rate without intelligence"),
    Param("raids_arrest_chance", 0.18, "1", "beta(3, 14)", "assumption", "chance that a member met is arrested, tip-offs included", "S"),
    Param("raids_moved_share", 0.7, "1", "0.7", "assumption", "part of people met who are moved to centres"),
    Param("raids_leader_chance", 0.02, "1", "0.02", "assumption", "arrests that take a leader"),
    Param("raids_weapon_chance", 0.3, "1", "0.3", "assumption", "automatic weapons found per arrest"),
    Param("raids_answer", 0.62, "1", "beta(5, 3)", "assumption", "chance that a publicised lethal clash is answered by an operation", "S"),
    Param("raids_start_rate", 0.003, "1/day", "0.003", "assumption", "operations without a known cause"),
    Param("raids_long_chance", 0.5, "1", "0.5", "assumption", "operations that are long and full"),
    Param("raids_short_days", 4.0, "days", "4", "assumption", "median length of a short operation"),
    Param("raids_long_days", 120.0, "days", "120", "assumption", "median length of a long operation"),
    Param("raids_short_intensity", 0.12, "1", "0.12", "assumption",
          "intensity of a short operation; detections went on rising in those of 2022-23"),
    Param("raids_patrol_avoidance", 30.0, "persons", "30", "assumption", "members in a sector that halve everyday police presence"),
    Param("raids_tip_chance", 0.35, "1", "0.35", "assumption", "arrests foiled by tip-offs; part of the arrest chance at reference"),
)
MET, MEMBERS_MET, ARREST, MOVED, WHO, LEADER, WEAPON, START, LENGTH, SPLIT = (
    stream("raids.met"), stream("raids.members"), stream("raids.arrest"), stream("raids.moved"), stream("raids.who"),
    stream("raids.leader"), stream("raids.weapon"), stream("raids.start"), stream("raids.length"), stream("raids.split"))
FOUND, MOVED_TO, ARRESTED, EXPECTED, LEADERS, WEAPONS, OPERATION = (
    INDEX["found"], INDEX["moved"], INDEX["members_arrested"], INDEX["arrests_expected"], INDEX["leaders_lost"], INDEX["weapons_found"],
    INDEX["operation_days"])


@kernel
def intensity(day, imposed, hazard_from, operation_floor, operation, operation_left):
    """Intensity of police operations today, 0..1: imposed by the calendar, self-started, or held by a policy."""
    own = operation[0] if operation_left[0] > 0 and day >= hazard_from else 0.0
    return min(1.0, max(imposed, max(own, operation_floor)))


@kernel
def last(p, key, day, run):
    """Days that an operation which has run for `run` days goes on: its length is drawn again until it is longer (E11)."""
    for k in range(64):
        long = uniform(key, day, LENGTH, 8 + 2 * k) < p.raids_long_chance
        median = p.raids_long_days if long else p.raids_short_days
        length = exp(log(median) + 0.7 * normal(key, day, LENGTH, 9 + 2 * k))
        if length > run:
            return max(1, int(length) - run)
    return 30


@kernel
def raids(p, key, day, hazard_from, today, raid_factor, leader_factor, tip_factor, patrol_extra, publicity, restraint,
          waiting, transit, members, cash, price, shadow, reputation, readiness, leader_shock, heat, symbol, tie, owner, origin,
          last_attack, truce, patrol, operation, operation_left, operation_run, operation_wait, last_operation, out):
    """Encounters, arrests, moved people and the decision to start an operation. today: intensity."""
    groups, sectors = members.shape
    if today > 0.0:
        last_operation[0] = day
    out[OPERATION] = today
    level = max(today, p.raids_everyday)
    people = 0
    force = 0
    for c in range(waiting.shape[0]):
        people += waiting[c]
    for g in range(groups):
        for s in range(sectors):
            force += members[g, s]
    for s in range(sectors):
        armed = 0
        for g in range(groups):
            armed += members[g, s]
        want = (1.0 + 3.0 * today + patrol_extra) * (1.0 - 0.5 * restraint[0]) / (1.0 + armed / p.raids_patrol_avoidance)
        patrol[s] += 0.1 * (want - patrol[s])
    met = poisson(key, day, MET, 0, p.raids_found_rate * level * (people + force))
    hit = p.raids_hit_floor + (1.0 - p.raids_hit_floor) * force / max(1, people + force)
    suspects = binomial(key, day, MEMBERS_MET, 0, met, hit) if force > 0 else 0
    chance = min(1.0, p.raids_arrest_chance * (1.0 - p.raids_tip_chance * tip_factor) / (1.0 - p.raids_tip_chance))
    arrests = min(force, binomial(key, day, ARREST, 0, suspects, chance))
    out[FOUND] += met
    if force > 0:
        out[EXPECTED] += min(float(force), p.raids_found_rate * level * (people + force) * hit * chance)
    for i in range(arrests):
        u = uniform(key, day, WHO, i) * force
        taken = -1
        for g in range(groups):
            for s in range(sectors):
                if taken < 0 and members[g, s] > 0:
                    u -= members[g, s]
                    if u <= 0.0:
                        taken = g
                        members[g, s] -= 1
        force -= 1
        if taken >= 0:
            out[ARRESTED] += 1.0
            if uniform(key, day, LEADER, i) < p.raids_leader_chance * leader_factor:
                out[LEADERS] += 1.0
                leader_shock[taken] = 1.0
                for s in range(sectors):
                    if members[taken, s] > 0 and uniform(key, day, LEADER, 4096 + i * sectors + s) < 0.5:
                        truce[s] = 0
                if uniform(key, day, SPLIT, i) < 0.3:
                    fragment(key, day, SPLIT, 4096 + 64 * i, taken, members, cash, price, shadow, reputation, readiness,
                             leader_shock, heat, symbol, tie, owner, origin, last_attack)
    out[WEAPONS] += binomial(key, day, WEAPON, 0, arrests, p.raids_weapon_chance)
    left = min(people, binomial(key, day, MOVED, 0, met - suspects, p.raids_moved_share))
    out[MOVED_TO] += left
    for c in range(waiting.shape[0]):
        n = left if c == waiting.shape[0] - 1 else binomial(key, day, MOVED, 1 + c, left, waiting[c] / max(1, people))
        n = min(n, waiting[c])
        people -= waiting[c]
        waiting[c] -= n
        transit[c] += n
        left -= n
    operation_run[0] = operation_run[0] + 1 if today > 0.0 else 0
    if operation_left[0] > 0:
        operation_left[0] -= 1
    if day == hazard_from - 1 and today > 0.0:
        operation[0] = today
        operation_left[0] = last(p, key, day, operation_run[0])
    if day >= hazard_from:
        if operation_wait[0] > 0:
            operation_wait[0] -= 1
        elif operation_wait[0] == 0 and operation_left[0] == 0:
            long = uniform(key, day, LENGTH, 0) < p.raids_long_chance
            median = p.raids_long_days if long else p.raids_short_days
            operation_left[0] = max(1, int(exp(log(median) + 0.7 * normal(key, day, LENGTH, 1))))
            operation[0] = 1.0 if long else p.raids_short_intensity
            operation_wait[0] = -1
        elif operation_wait[0] < 0 and operation_left[0] == 0:
            willing = (1.0 - restraint[0]) * raid_factor
            for i in range(publicity[0]):
                if uniform(key, day, START, 1 + i) < p.raids_answer * willing:
                    operation_wait[0] = max(0, int(uniform(key, day, START, 64 + i) * 8.0) - 2)
            if operation_wait[0] < 0 and uniform(key, day, START, 0) < p.raids_start_rate * willing:
                operation_wait[0] = 0
