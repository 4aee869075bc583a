"""Crossings: what becomes of each attempt, at the barrier and inside.

Hazards h_x = eta_x guard_s (1 + A0/S)/(1 + A_s/S) / skill_g; prevented with 1 - e^-h_barrier, of the others detained with
1 - e^-h_inside: many attempts at once swamp the guards, captures stay bounded. Those caught wait and try again, or are
held in protection. attempts = prevented + detained + deaths + successes, exactly. Harm to people rises with going alone,
with force, with clashes nearby, where ways are closed (`closures`) and where scarce boats or vehicles carry more people (`supply`).
Who is stopped at the line bears `crossings_line_risk` of the chance of death of those who pass it: all of it where the way to the line is
the danger, none where the danger lies beyond, as at sea. Injuries are counted over all tries.
Not modelled: routes learned by people who try again.
"""
from __future__ import annotations

import numpy as np

from ...jit.compile import inlined, kernel
from ...quantities import INDEX
from ..detours import stretch
from ..params import Param
from ..people import ADMITTED, DIED, THROUGH
from ..rng import fill, stream, threshold
from ..samplers import binomial, scatter
from ..special import exp, exp_each, log
from ..workspace import CHAIN_HARM, MOST_WORDS
from ..world import take

PARAMS = (
    Param("crossings_prevented", 0.29, "1", "beta(29, 71)", "assumption", "chance of being stopped {at_barrier}, at reference", "I"),
    Param("crossings_detained", 0.53, "1", "beta(26, 23)", "assumption", "chance of being caught inside if not stopped, at reference", "I"),
    Param("crossings_swamping", 600.0, "attempts/sector/day", "lognormal(600, x2.2)", "assumption", "attempts that halve the hazard", "S"),
    Param("crossings_reference", 165.0, "attempts/sector/day", "165", "assumption", "attempts at which the reference chances hold"),
    Param("crossings_skill_sd", 0.15, "1", "0.15", "assumption", "sd of log skill between groups"),
    Param("crossings_alone_skill", 0.75, "1", "0.75", "assumption", "skill of those who go alone"),
    Param("crossings_shelter_chance", 0.05, "1", "0.05", "assumption", "detained people held in protection instead of sent back to wait"),
    Param("crossings_injury", 0.0015, "1", "lognormal(0.0015, x2)", "assumption", "chance of injury per attempt", "S"),
    Param("crossings_death", 0.00002, "1", "lognormal(0.00002, x2)", "assumption", "chance of death per attempt", "S"),
    Param("crossings_line_risk", 1.0, "1", "1", "definition",
          "chance of death of those stopped at the line over that of those who pass it: 1 danger before the line, 0 danger beyond it only"),
    Param("crossings_alone_harm", 3.0, "1", "3", "assumption", "harm to those who go alone over guided"),
    Param("crossings_force_harm", 0.5, "1", "0.5", "assumption", "rise of harm per unit of extra force used"),
    Param("crossings_clash_harm", 0.2, "1", "0.2", "assumption", "rise of harm where clashes are remembered"),
    Param("crossings_violence", 0.0004, "incidents/attempt", "lognormal(0.0004, x2)", "assumption",
          "violence by {groups} per guided attempt at full readiness", "S"),
    Param("crossings_belief_days", 40.0, "days", "40", "assumption", "time for beliefs of risk and success to follow"),
)
SHELTER, INJURY, VIOLENCE, FATE = (
    stream("crossings.shelter"), stream("crossings.injury"), stream("crossings.violence"), stream("crossings.fate"))
ATTEMPTS, PREVENTED, DETAINED, STOPPED, RETURNED, SUCCESSES = (
    INDEX["attempts"], INDEX["prevented"], INDEX["detained"], INDEX["stopped"], INDEX["returned"], INDEX["successes"])
DEATHS, INJURIES, CLIENT_VIOLENCE = INDEX["client_deaths"], INDEX["client_injuries"], INDEX["client_violence"]
_ONE = np.uint64(1)
_LOT = 1 << 20  # more than there are words
LEAST_BELIEVED, MOST_BELIEVED = 0.05, 0.95  # chance of success: a few days without success, or with nothing else, convince nobody for good


@kernel
def crossings(p, key, day, w, controls, operation, alternatives):
    """Fates of all attempts; fills succeeded [i]."""
    guided = take(w, "guided")
    occupied = take(w, "occupied")
    caught = take(w, "caught")
    restraint = take(w, "restraint")
    chain = take(w, "chain")
    succeeded = take(w, "succeeded")
    prevented = take(w, "prevented")
    detained = take(w, "detained")
    died = take(w, "died")
    by_sector = take(w, "by_sector")
    sectors = caught.shape[0]
    fence = -log(max(1.0 - p.crossings_prevented, 1e-9)) * controls.fence_factor
    inside = -log(max(1.0 - p.crossings_detained, 1e-9)) * controls.inside_factor
    learn = 1.0 - exp(-1.0 / p.crossings_belief_days)
    force = controls.patrol_extra * (1.0 - restraint[1])
    harm_factor = controls.harm_factor * (1.0 + p.crossings_force_harm * force) * stretch(controls.closure, p.closures_danger)
    harm_factor *= chain[CHAIN_HARM]
    meet_guards(p, key, day, w, fence + inside, learn, harm_factor, operation, alternatives)
    set_edges(p, w, fence, inside, alternatives)
    decide(key, day, w, alternatives + sectors)
    for i in range(alternatives + sectors):
        s = occupied[i, 1]
        succeeded[i] = guided[i] - prevented[i] - detained[i] - died[i]
        by_sector[PREVENTED, s] += prevented[i]
        by_sector[DETAINED, s] += detained[i]
        if died[i] > 0:
            by_sector[DEATHS, s] += died[i]
    for s in range(sectors):
        stopped = by_sector[PREVENTED, s] + by_sector[DETAINED, s]
        by_sector[RETURNED, s] = by_sector[DETAINED, s]
        by_sector[STOPPED, s] = stopped
        by_sector[SUCCESSES, s] = by_sector[ATTEMPTS, s] - stopped - by_sector[DEATHS, s]
        caught[s] += stopped
    learn_success(w, learn, alternatives)
    settle(p, key, day, w, alternatives + sectors)


@kernel
def meet_guards(p, key, day, w, hazard, learn, base_harm, operation, alternatives):
    """Fill reach [s], what guards can do to each of so many; perceived risk; harm [s] to people, by crossing and by groups."""
    guided = take(w, "guided")
    occupied = take(w, "occupied")
    readiness = take(w, "readiness")
    guard = take(w, "guard")
    risk = take(w, "risk")
    clash_memory = take(w, "clash_memory")
    reach = take(w, "reach")
    harm = take(w, "harm")
    hurt = take(w, "hurt")
    wronged = take(w, "wronged")
    by_sector = take(w, "by_sector")
    reach[:] = 0.0
    harm[:] = 0.0
    for i in range(alternatives):
        g, s = occupied[i, 0], occupied[i, 1]
        reach[s] += guided[i]
        harm[s] += guided[i] * readiness[g]
    for s in range(reach.shape[0]):
        led = reach[s]
        alone = guided[alternatives + s]
        by_sector[ATTEMPTS, s] = led + alone
        reach[s] = guard[s] * (1.0 + p.crossings_reference / p.crossings_swamping) / (1.0 + (led + alone) / p.crossings_swamping)
        risk[s] += learn * (hazard * reach[s] + operation - risk[s])
        wronged[s] = p.crossings_violence * harm[s]
        harm[s] = base_harm * (1.0 + p.crossings_clash_harm * clash_memory[s] / (1.0 + clash_memory[s]))
        hurt[s] = min(led + alone, p.crossings_injury * harm[s] * (led + p.crossings_alone_harm * alone))
    scatter(key, day, INJURY, hurt, by_sector, INJURIES)
    scatter(key, day, VIOLENCE, wronged, by_sector, CLIENT_VIOLENCE)


@kernel
def set_edges(p, w, fence, inside, alternatives):
    """Fill stop, hold, grave [i]: whose word lies under the first is stopped, else under the second held; above the third, dead."""
    occupied = take(w, "occupied")
    skill = take(w, "skill")
    reach = take(w, "reach")
    harm = take(w, "harm")
    free = take(w, "free")
    inner = take(w, "inner")
    stop = take(w, "stop")
    hold = take(w, "hold")
    grave = take(w, "grave")
    lethal = take(w, "lethal")
    sectors = reach.shape[0]
    cells = alternatives + sectors
    for i in range(alternatives):
        inner[i] = -reach[occupied[i, 1]] / skill[occupied[i, 0]]
    for s in range(sectors):
        inner[alternatives + s] = -reach[s] / p.crossings_alone_skill
    for i in range(cells):
        free[i] = fence * inner[i]
        inner[i] *= fence + inside
    exp_each(free, cells)
    exp_each(inner, cells)
    for i in range(cells):
        stop[i] = threshold(1.0 - free[i])
        hold[i] = threshold(1.0 - inner[i])
    for i in range(cells):
        exposed = p.crossings_line_risk + (1.0 - p.crossings_line_risk) * free[i]
        deadly = p.crossings_death * harm[occupied[i, 1]] * (p.crossings_alone_harm if i >= alternatives else 1.0)
        lethal[i] = min(inner[i], deadly * exposed)
        grave[i] = threshold(1.0 - lethal[i])


@kernel
def decide(key, day, w, cells):
    """Fates of the attempts: prevented, detained, died [i]."""
    guided = take(w, "guided")
    prevented = take(w, "prevented")
    detained = take(w, "detained")
    died = take(w, "died")
    stop = take(w, "stop")
    hold = take(w, "hold")
    grave = take(w, "grave")
    lethal = take(w, "lethal")
    free = take(w, "free")
    inner = take(w, "inner")
    words = take(w, "words")
    n = 0
    for i in range(cells):
        n += guided[i]
    few = n <= MOST_WORDS
    if few:
        fill(key, day, FATE, (n + 3) // 4, words)
    first = np.uint64(0)
    for i in range(cells):
        m = guided[i]
        if few:
            after = first + np.uint64(m)
            counts = below(words, first, after, stop[i], hold[i], grave[i])
            first = after
            stopped, inside, dead = counts % _LOT, counts // _LOT % _LOT, counts // (_LOT * _LOT)
            inside -= stopped
        else:
            stopped = binomial(key, day, FATE, 4 * i, m, 1.0 - free[i])
            inside = binomial(key, day, FATE, 4 * i + 1, m - stopped, (free[i] - inner[i]) / max(free[i], 1e-300))
            dead = binomial(key, day, FATE, 4 * i + 2, m - stopped - inside, lethal[i] / max(inner[i], 1e-300))
        prevented[i], detained[i], died[i] = stopped, inside, dead


@inlined
def below(words, first, after, stop, hold, grave):
    """How many words lie under the first edge, under the second and above the third, in one number: the draw of death stands apart."""
    counts = 0
    for j in range(first, after):
        counts += (words[j] < stop) + (words[j] < hold) * _LOT + (words[j] > grave) * (_LOT * _LOT)
    return counts


@kernel
def learn_success(w, learn, alternatives):
    """Belief in a group's success follows its own."""
    guided = take(w, "guided")
    succeeded = take(w, "succeeded")
    occupied = take(w, "occupied")
    reputation = take(w, "reputation")
    i = np.uint64(0)  # an unsigned index is not checked for its sign
    for g in range(reputation.shape[0]):
        tried = 0
        through = 0
        while occupied[i, 0] == g:
            tried += guided[i]
            through += succeeded[i]
            i += _ONE
        if tried > 0:
            reputation[g] = min(MOST_BELIEVED, max(LEAST_BELIEVED, reputation[g] + learn * (through / tried - reputation[g])))


@kernel
def settle(p, key, day, w, cells):
    """Those who got through or died leave the border; of those caught inside some are held in protection."""
    waiting = take(w, "waiting")
    sheltered = take(w, "sheltered")
    succeeded = take(w, "succeeded")
    detained = take(w, "detained")
    died = take(w, "died")
    flows = take(w, "flows")
    through, caught, dead = 0, 0, 0
    for i in range(cells):
        through += succeeded[i]
        caught += detained[i]
        dead += died[i]
    flows[THROUGH], flows[DIED] = through, dead
    flows[ADMITTED] = binomial(key, day, SHELTER, 0, caught, p.crossings_shelter_chance)
    waiting[0] -= through + dead + flows[ADMITTED]
    sheltered[0] += flows[ADMITTED]
