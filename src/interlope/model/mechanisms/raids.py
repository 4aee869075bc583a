"""Raids: police meet people, move most to sites of the state, arrest few members; big operations stop trade while they last (E10, E11).

Encounters ~ Poisson(rate O (people near the border + members)); a member among them with q = mu + (1 - mu) members/all
(Kress & Szechtman 2009), arrested with a further chance less tip-offs: found, moved and arrested are three numbers. Moved
people come back: displacement, not removal. After a publicised lethal clash an operation starts within eight days with chance
answer (1 - restraint). An operation under way when the calendar ends goes on for a length drawn like any other; one whose end is not
known lasts for a length that is a parameter, and as long as is known at least. Where the record of known operations is to teach, how
often they begin and how many are long is what priors and record say together (gamma-Poisson and beta-binomial). Lost leaders
bring disorder, and may split a group or end truces. Searches follow police presence: a member in a sector is met in proportion
to it. Encounters with people who are no members may set some against the state (Kress & Szechtman); by default none.
Bribes buy the tip-offs.
Not modelled: encounters away from the border; operations that differ by sector, though searches follow police presence; an operation broken
off before its end: restraint keeps new ones from starting.
"""
from __future__ import annotations

from ...jit.compile import kernel
from ...quantities import INDEX
from ..occupancy import change_members
from ..params import Param
from ..people import MOVED
from ..rng import stream, subindex, uniform
from ..samplers import binomial, normal, poisson
from ..slots import fragment, unsettle
from ..special import exp, log
from ..world import take

PARAMS = (
    Param("raids_found_rate", 0.05, "1/day", "lognormal(0.05, x1.5)", "assumption",
          "encounters per person and day in a full operation", "S"),
    Param("raids_everyday", 0.01, "1", "0.01", "assumption", "intensity of policing outside operations"),
    Param("raids_hit_floor", 0.03, "1", "0.03", "kressszechtman2009", "hit rate without intelligence"),
    Param("raids_arrest_chance", 0.18, "1", "beta(3, 14)", "assumption", "chance that a member met is arrested, tip-offs included", "S"),
    Param("raids_moved_share", 0.7, "1", "0.7", "assumption", "part of people met who are moved to {sites}"),
    Param("raids_leader_chance", 0.02, "1", "0.02", "assumption", "arrests that take a leader"),
    Param("raids_weapon_chance", 0.3, "1", "0.3", "assumption", "{weapons} found per arrest"),
    Param("raids_answer", 0.62, "1", "beta(5, 3)", "assumption", "chance that a publicised lethal clash is answered by an operation", "S"),
    Param("raids_start_rate", 0.003, "1/day", "0.003", "assumption", "operations without a known cause"),
    Param("raids_long_chance", 0.5, "1", "0.5", "assumption", "operations that are long and full"),
    Param("raids_record_weight", 0.0, "1", "0", "definition",
          "1 where the known operations teach how often they begin and how many are long, 0 where they do not"),
    Param("raids_prior_operations", 2.0, "operations", "2", "assumption", "operations that the priors of both are worth"),
    Param("raids_short_days", 4.0, "days", "4", "assumption", "median length of a short operation"),
    Param("raids_long_days", 120.0, "days", "120", "assumption", "median length of a long operation"),
    Param("raids_unended_days", 120.0, "days", "120", "assumption", "length of an announced operation whose end is not known"),
    Param("raids_wind_down_days", 0.0, "days", "0", "assumption", "time in which it is wound down after its length; 0 at once"),
    Param("raids_short_intensity", 0.12, "1", "0.12", "assumption",
          "intensity of a short operation"),
    Param("raids_patrol_avoidance", 30.0, "persons", "30", "assumption", "members in a sector that halve everyday police presence"),
    Param("raids_length_spread", 0.7, "log", "0.7", "assumption", "log sd of an operation's length"),
    Param("raids_delay_days", 8.0, "days", "8", "assumption", "within how many days a publicised lethal clash is answered"),
    Param("raids_resentment", 0.0, "persons/encounter", "0", "kressszechtman2009", "new members per person met who is no member"),
    Param("raids_leader_split", 0.3, "1", "0.3", "assumption", "chance that a lost leader splits a group"),
    Param("raids_patrol_follow", 0.1, "1/day", "0.1", "assumption", "speed at which police presence follows what is wanted"),
    Param("raids_patrol_rise", 3.0, "1", "3", "assumption", "rise of police presence in a full operation"),
    Param("raids_patrol_fear", 0.5, "1", "0.5", "assumption", "part of police presence withheld at full restraint"),
    Param("raids_tip_chance", 0.35, "1", "0.35", "assumption", "arrests foiled by tip-offs; part of the arrest chance at reference"),
    Param("raids_bribe_norm", 0.05, "1", "0.05", "assumption", "part of revenue paid in bribes at which that many tips are given"),
)
MET, MEMBERS_MET, ARREST, MOVE, WHO, LEADER, WEAPON, START, LENGTH, SPLIT = (
    stream("raids.met"), stream("raids.members"), stream("raids.arrest"), stream("raids.moved"), stream("raids.who"),
    stream("raids.leader"), stream("raids.weapon"), stream("raids.start"), stream("raids.length"), stream("raids.split"))
RESENT, LONG = stream("raids.resent"), stream("raids.long")
RECRUITS = INDEX["recruits"]
_ARRESTS = 1 << 12  # draws that what follows one arrest may take
MOST_DAYS = 1e6  # of an operation: longer than any simulated time, and exact as a whole number
MOST_TRIES = 64  # of a length; a longer one than what an operation has lasted is found in nearly all of them
LEAST_LEFT = 0.02  # part of an operation below which it is over
DAYS_LEFT_ELSE = 30  # days that an operation goes on for if none was found: a month, as police plan by months
HEADSTART = 2  # days of the delay that pass anyway: one until police read of the clash, one from the order to the first day
ENCOUNTERS, MOVED_TO, ARRESTED, EXPECTED, LEADERS, WEAPONS, OPERATION = (
    INDEX["encounters"], INDEX["moved"], INDEX["members_arrested"], INDEX["arrests_expected"], INDEX["leaders_lost"],
    INDEX["weapons_found"], INDEX["operation_days"])


@kernel
def impose(p, known, unended, run):
    """Intensity imposed today: the calendar's, or that of an operation of which no end is known; after its length it is wound down.

    known: by the calendar; unended: of an operation that began `run` days ago and whose end is not known, else 0.
    """
    over = run - p.raids_unended_days
    if over < 0.0 or unended == 0.0:
        return max(known, unended)
    left = exp(-over / p.raids_wind_down_days) if p.raids_wind_down_days > 0.0 else 0.0
    return max(known, unended * left if left > LEAST_LEFT else 0.0)


@kernel
def intensity(day, w, imposed, hazard_from, controls):
    """Intensity of police operations today, 0..1: imposed by the calendar, self-started, or held by a policy."""
    operation = take(w, "operation")
    operation_left = take(w, "operation_left")
    own = operation[0] if operation_left[0] > 0 and day >= hazard_from else 0.0
    return min(1.0, max(imposed, max(own, controls.operation_floor)))


@kernel
def move_patrols(p, w, today, controls):
    """Police presence follows what is wanted, and avoids sectors with many members; fills armed [s], members in each sector."""
    members = take(w, "members")
    restraint = take(w, "restraint")
    patrol = take(w, "patrol")
    armed = take(w, "armed")
    groups, sectors = members.shape
    for s in range(sectors):
        armed[s] = 0
    for g in range(groups):
        for s in range(sectors):
            armed[s] += members[g, s]
    follow = 1.0 - exp(-p.raids_patrol_follow)
    for s in range(sectors):
        want = (1.0 + p.raids_patrol_rise * today + controls.patrol_extra) * (1.0 - p.raids_patrol_fear * restraint[0])
        patrol[s] += follow * (want / (1.0 + armed[s] / p.raids_patrol_avoidance) - patrol[s])


@kernel
def meet(p, key, day, w, today, controls):
    """Police meet people: members among them may be arrested, others are moved to sites of the state or set against the state."""
    waiting = take(w, "waiting")
    transit = take(w, "transit")
    armed = take(w, "armed")
    governance = take(w, "governance")
    flows = take(w, "flows")
    out = take(w, "today")
    level = max(today, p.raids_everyday)
    people = waiting[0]
    force = 0
    governed = 0.0
    for s in range(armed.shape[0]):
        force += armed[s]
        governed += governance[s] * armed[s]
    met = poisson(key, day, MET, 0, p.raids_found_rate * level * (people + force))
    hit = p.raids_hit_floor + (1.0 - p.raids_hit_floor) * force / max(1, people + force)
    suspects = binomial(key, day, MEMBERS_MET, 0, met, hit) if force > 0 else 0
    tipped = p.raids_tip_chance * controls.tip_factor * p.earnings_bribe_share / p.raids_bribe_norm
    safe = max(0.0, 1.0 - tipped) / max(1.0 - p.raids_tip_chance, 1e-3)
    silence = p.governance_silence * governed / max(1, force)
    chance = min(1.0, p.raids_arrest_chance * safe * (1.0 - silence))
    arrests = min(force, binomial(key, day, ARREST, 0, suspects, chance))
    out[ENCOUNTERS] += met
    if force > 0:
        out[EXPECTED] += min(float(force), p.raids_found_rate * level * (people + force) * hit * chance)
    arrest_members(p, key, day, w, arrests, controls)
    if p.raids_resentment > 0.0:
        resent(p, key, day, w, met - suspects)
    flows[MOVED] = min(people, binomial(key, day, MOVE, 0, met - suspects, p.raids_moved_share))
    waiting[0] -= flows[MOVED]
    transit[0] += flows[MOVED]
    out[MOVED_TO] += flows[MOVED]


@kernel
def arrest_members(p, key, day, w, arrests, controls):
    """Arrest so many members, each in proportion to police presence where he is; arms are seized, leaders may be among them."""
    members = take(w, "members")
    size = take(w, "size")
    arms = take(w, "arms")
    leader_shock = take(w, "leader_shock")
    patrol = take(w, "patrol")
    books = take(w, "books")
    out = take(w, "today")
    groups, sectors = members.shape
    watched = 0.0
    arrested = 0
    if arrests > 0:
        for g in range(groups):
            for s in range(sectors):
                watched += members[g, s] * patrol[s]
    for i in range(arrests):
        u = uniform(key, day, WHO, i) * watched
        taken = -1
        place = -1
        for g in range(groups):
            for s in range(sectors):
                if u > 0.0 and members[g, s] > 0:
                    u -= members[g, s] * patrol[s]
                    taken = g
                    place = s
        if taken >= 0:
            seized = arms[taken] * (1.0 / size[taken])
            books[0] -= seized
            arms[taken] -= seized
            change_members(w, taken, place, -1)
            watched -= patrol[place]
            arrested += 1
            if uniform(key, day, LEADER, i) < p.raids_leader_chance * controls.leader_factor:
                out[LEADERS] += 1.0
                leader_shock[taken] = 1.0
                unsettle(p, key, day, w, LEADER, subindex(1 + i, _ARRESTS, 0), taken)
                if uniform(key, day, SPLIT, i) < p.raids_leader_split:
                    fragment(p, key, day, w, SPLIT, subindex(1 + i, _ARRESTS, 0), taken)
    out[ARRESTED] += arrested
    out[WEAPONS] += binomial(key, day, WEAPON, 0, arrested, p.raids_weapon_chance)


@kernel
def plan_operations(p, key, day, w, hazard_from, today, imposed, unended, known, controls):
    """Operations run, end and are decided on. today: intensity; imposed, unended: see `impose`; known: see `learn`."""
    publicity = take(w, "publicity")
    restraint = take(w, "restraint")
    operation = take(w, "operation")
    operation_left = take(w, "operation_left")
    operation_run = take(w, "operation_run")
    operation_wait = take(w, "operation_wait")
    last_operation = take(w, "last_operation")
    operations = take(w, "operations")
    operations_expected = take(w, "operations_expected")
    out = take(w, "today")
    out[OPERATION] = today
    if today > 0.0:
        last_operation[0] = day
    operation_run[0] = operation_run[0] + 1 if today > 0.0 else 0
    if operation_left[0] > 0:
        operation_left[0] -= 1
    if day == hazard_from - 1 and imposed > 0.0 and unended == 0.0:
        operation[0] = imposed
        operation_left[0] = draw_rest(p, key, day, operation_run[0])
    if day < hazard_from:
        if today == 0.0:
            operations_expected[0] += (p.raids_start_rate + p.raids_answer * publicity[0]) * (1.0 - restraint[0]) * controls.raid_factor
        return
    often, long_chance = learn(p, operations_expected[0], known)
    if operation_wait[0] > 0:
        operation_wait[0] -= 1
    elif operation_wait[0] == 0 and operation_left[0] == 0:
        operations[0] += 1  # lengths are named by the operation's number: a policy that moves its first day keeps its length
        long = uniform(key, operations[0], LONG, 0) < long_chance
        operation_left[0] = max(1, int(min(draw_length(p, long, normal(key, operations[0], LONG, 1)), MOST_DAYS)))
        operation[0] = 1.0 if long else p.raids_short_intensity
        operation_wait[0] = -1
    elif operation_wait[0] < 0 and operation_left[0] == 0:
        willing = often * (1.0 - restraint[0]) * controls.raid_factor
        for i in range(publicity[0]):
            if uniform(key, day, START, 1 + subindex(i, 2, 0)) < p.raids_answer * willing:
                operation_wait[0] = max(0, int(uniform(key, day, START, 1 + subindex(i, 2, 1)) * p.raids_delay_days) - HEADSTART)
        if operation_wait[0] < 0 and uniform(key, day, START, 0) < p.raids_start_rate * willing:
            operation_wait[0] = 0


@kernel
def learn(p, expected, known):
    """How often operations begin, as a factor on the rates, and the chance that one is long: priors and record together.

    known  # [3]: operations that began by the last known day, and of those the short and the long ones. Begun ones are a Poisson count
    whose mean is a gamma factor on what the path expected, long ones a binomial count with a beta chance; both are taken at the mean of
    their posterior.
    """
    prior, weight = p.raids_prior_operations, p.raids_record_weight
    often = (prior + weight * known[0]) / (prior + weight * expected)
    return often, (prior * p.raids_long_chance + weight * known[2]) / (prior + weight * (known[1] + known[2]))


@kernel
def draw_length(p, long, z):
    """Length of an operation in days, lognormal; z: a standard normal number."""
    median = p.raids_long_days if long else p.raids_short_days
    return exp(log(median) + p.raids_length_spread * z)


@kernel
def draw_rest(p, key, day, run):
    """Days that an operation which has run for `run` days goes on: its length is drawn again until it is longer (E11)."""
    for k in range(MOST_TRIES):
        long = uniform(key, day, LENGTH, 8 + subindex(k, 2, 0)) < p.raids_long_chance
        length = draw_length(p, long, normal(key, day, LENGTH, 8 + subindex(k, 2, 1)))
        if length > run:
            return max(1, int(min(length, MOST_DAYS)) - run)
    return DAYS_LEFT_ELSE


@kernel
def resent(p, key, day, w, wronged):
    """New members among those whom a raid set against the state; they join groups by size."""
    members = take(w, "members")
    size = take(w, "size")
    by_sector = take(w, "by_sector")
    groups, sectors = members.shape
    left = poisson(key, day, RESENT, 0, p.raids_resentment * wronged)
    total = 0
    for g in range(groups):
        total += size[g]
    for g in range(groups):
        for s in range(sectors):
            if left > 0 and members[g, s] > 0:
                m = members[g, s]
                k = binomial(key, day, RESENT, 1 + subindex(g, sectors, s), left, m / total)
                total -= m
                left -= k
                change_members(w, g, s, k)
                by_sector[RECRUITS, s] += k
