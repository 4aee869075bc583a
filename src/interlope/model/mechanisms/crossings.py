"""Crossings: what becomes of each attempt, at the fence and inside (equation E4).

Hazards h_x = eta_x guard_s (1 + A0/S)/(1 + A_s/S) / skill_g; prevented with 1 - e^-h_fence, of the others detained with
1 - e^-h_inside: many attempts at once swamp the guards, captures stay bounded. Those caught wait and try again, or are
held in protection. attempts = prevented + detained + deaths + successes, exactly. Harm to people rises with going alone,
with force and with clashes nearby.
"""
from __future__ import annotations

from ...compile import kernel
from ...quantities import INDEX
from ..params import Param
from ..rng import stream, unit32, words
from ..samplers import binomial, poisson
from ..special import exp, log

PARAMS = (
    Param("crossings_prevented", 0.29, "1", "beta(29, 71)", "assumption", "chance of being stopped at the fence, at reference", "I"),
    Param("crossings_detained", 0.53, "1", "beta(26, 23)", "assumption", "chance of being caught inside if not stopped, at reference", "I"),
    Param("crossings_swamping", 600.0, "attempts/sector/day", "lognormal(600, x2.2)", "assumption", "attempts that halve the hazard", "S"),
    Param("crossings_reference", 165.0, "attempts/sector/day", "165", "assumption", "attempts at which the reference chances hold"),
    Param("crossings_skill_sd", 0.15, "1", "0.15", "assumption", "sd of log skill between groups"),
    Param("crossings_alone_skill", 0.75, "1", "0.75", "assumption", "skill of those who go alone"),
    Param("crossings_shelter_chance", 0.05, "1", "0.05", "assumption", "detained people held in protection instead of sent back to wait"),
    Param("crossings_injury", 0.0015, "1", "lognormal(0.0015, x2)", "assumption", "chance of injury per attempt", "S"),
    Param("crossings_death", 0.00002, "1", "lognormal(0.00002, x2)", "assumption", "chance of death per attempt", "S"),
    Param("crossings_alone_harm", 3.0, "1", "3", "assumption", "harm to those who go alone over guided"),
    Param("crossings_force_harm", 0.5, "1", "0.5", "assumption", "rise of harm per unit of extra force used"),
    Param("crossings_violence", 0.0004, "incidents/attempt", "lognormal(0.0004, x2)", "assumption", "violence by groups per guided attempt at full readiness", "S"),
    Param("crossings_belief_days", 40.0, "days", "40", "assumption", "time for beliefs of risk and success to follow"),
)
FATE, SHELTER, INJURY, VIOLENCE = (
    stream("crossings.fate"), stream("crossings.shelter"), stream("crossings.injury"), stream("crossings.violence"))
ATTEMPTS, PREVENTED, DETAINED, STOPPED, RETURNED, SUCCESSES = (
    INDEX["attempts"], INDEX["prevented"], INDEX["detained"], INDEX["stopped"], INDEX["returned"], INDEX["successes"])
DEATHS, INJURIES, CLIENT_VIOLENCE = INDEX["client_deaths"], INDEX["client_injuries"], INDEX["client_violence"]
_FEW = 4000


@kernel
def crossings(p, key, day, fence_factor, inside_factor, harm_factor, force, operation, attempts, guided, guard, skill,
              readiness, clash_memory, waiting, sheltered, reputation, risk, caught, succeeded, detained, by_sector, by_class):
    """Fates of all attempts [c, g + 1, s]; fills succeeded [g + 1, s]; detained [c] is scratch."""
    classes, rows, sectors = attempts.shape
    fence = -log(1.0 - p.crossings_prevented) * fence_factor
    inside = -log(1.0 - p.crossings_detained) * inside_factor
    learn = 1.0 - exp(-1.0 / p.crossings_belief_days)
    for c in range(classes):
        detained[c] = 0
    for s in range(sectors):
        tried = 0
        for g in range(rows):
            tried += guided[g, s]
        reach = guard[s] * (1.0 + p.crossings_reference / p.crossings_swamping) / (1.0 + tried / p.crossings_swamping)
        risk[s] += learn * ((fence + inside) * reach + operation - risk[s])
        danger = 1.0 + 0.2 * clash_memory[s] / (1.0 + clash_memory[s])
        exposed = 0.0
        threatened = 0.0
        for g in range(rows):
            succeeded[g, s] = 0
            if guided[g, s] == 0:
                continue
            able = skill[g] if g < rows - 1 else p.crossings_alone_skill
            harm = harm_factor * danger * (1.0 + p.crossings_force_harm * force)
            if g == rows - 1:
                harm *= p.crossings_alone_harm
            else:
                threatened += guided[g, s] * readiness[g]
            exposed += harm * guided[g, s]
            stop = 1.0 - exp(-fence * reach / able)
            hold = stop + (1.0 - stop) * (1.0 - exp(-inside * reach / able))
            die = hold + (1.0 - hold) * min(1.0, p.crossings_death * harm / max(1.0 - hold, 0.05))
            for c in range(classes):
                n = attempts[c, g, s]
                if n == 0:
                    continue
                index = ((g * sectors + s) * classes + c) << 12
                stopped = 0
                held = 0
                dead = 0
                if n <= _FEW:
                    for k in range((n + 3) // 4):
                        quad = words(key, day, FATE, index | k)
                        for j in range(min(4, n - 4 * k)):
                            word = quad[0] if j == 0 else (quad[1] if j == 1 else (quad[2] if j == 2 else quad[3]))
                            u = unit32(word)
                            if u < stop:
                                stopped += 1
                            elif u < hold:
                                held += 1
                            elif u < die:
                                dead += 1
                else:
                    stopped = binomial(key, day, FATE, index, n, stop)
                    held = binomial(key, day, FATE, index | 1, n - stopped, (hold - stop) / (1.0 - stop))
                    dead = binomial(key, day, FATE, index | 2, n - stopped - held, (die - hold) / (1.0 - hold))
                through = n - stopped - held - dead
                waiting[c] -= through + dead + held
                detained[c] += held
                succeeded[g, s] += through
                caught[s] += stopped + held
                by_sector[ATTEMPTS, s] += n
                by_sector[PREVENTED, s] += stopped
                by_sector[DETAINED, s] += held
                by_sector[STOPPED, s] += stopped + held
                by_sector[SUCCESSES, s] += through
                by_sector[DEATHS, s] += dead
                by_class[ATTEMPTS, c] += n
                by_class[SUCCESSES, c] += through
        by_sector[INJURIES, s] += poisson(key, day, INJURY, s, p.crossings_injury * exposed)
        by_sector[CLIENT_VIOLENCE, s] += poisson(key, day, VIOLENCE, s, p.crossings_violence * threatened)
    for c in range(classes):
        kept = binomial(key, day, SHELTER, c, detained[c], p.crossings_shelter_chance)
        waiting[c] += detained[c] - kept
        sheltered[c] += kept
    for s in range(sectors):
        by_sector[RETURNED, s] += by_sector[DETAINED, s]
    for g in range(rows - 1):
        tried = 0
        through = 0
        for s in range(sectors):
            tried += guided[g, s]
            through += succeeded[g, s]
        if tried > 0:
            reputation[g] = min(0.95, max(0.05, reputation[g] + learn * (through / tried - reputation[g])))
