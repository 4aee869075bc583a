"""Crossings: what becomes of each attempt, at the fence and inside (equation E4).

Hazards h_x = eta_x guard_s (1 + A0/S)/(1 + A_s/S) / skill_g; prevented with 1 - e^-h_fence, of the others detained with
1 - e^-h_inside: many attempts at once swamp the guards, captures stay bounded. Those caught wait and try again, or are
held in protection. attempts = prevented + detained + deaths + successes, exactly. Harm to people rises with going alone,
with force and with clashes nearby. A class's part in each outcome is hypergeometric: luck has no nationality.
Not modelled: routes learned by people who try again.
"""
from __future__ import annotations

import numpy as np

from ...compile import inlined, kernel
from ...quantities import INDEX
from ..params import Param
from ..rng import family, fill, stream, threshold
from ..samplers import binomial, hypergeometric, scatter
from ..scratch import MOST_WORDS
from ..special import exp, exp_each, log
from ..world import take

READS = ("waiting", "sheltered", "reputation", "readiness", "skill", "risk", "guard", "caught", "clash_memory")
WRITES = ("waiting", "sheltered", "reputation", "risk", "caught")
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
    Param("crossings_clash_harm", 0.2, "1", "0.2", "assumption", "rise of harm where clashes are remembered"),
    Param("crossings_violence", 0.0004, "incidents/attempt", "lognormal(0.0004, x2)", "assumption",
          "violence by groups per guided attempt at full readiness", "S"),
    Param("crossings_belief_days", 40.0, "days", "40", "assumption", "time for beliefs of risk and success to follow"),
)
SHELTER, INJURY, VIOLENCE = stream("crossings.shelter"), stream("crossings.injury"), stream("crossings.violence")
FATE, SPLIT = family("crossings.fate"), stream("crossings.split")
ATTEMPTS, PREVENTED, DETAINED, STOPPED, RETURNED, SUCCESSES = (
    INDEX["attempts"], INDEX["prevented"], INDEX["detained"], INDEX["stopped"], INDEX["returned"], INDEX["successes"])
DEATHS, INJURIES, CLIENT_VIOLENCE = INDEX["client_deaths"], INDEX["client_injuries"], INDEX["client_violence"]
TRIED, THROUGH, HELD, DIED = range(4)


@kernel
def crossings(p, key, day, w, fence_factor, inside_factor, harm_factor, force, operation, kinds, offers):
    """Fates of all attempts [k, i]; fills succeeded [g + 1, s] and fates [k, 4]: tried, through, held, died.

    Scratch: reach, harm, hurt, wronged [s], free, inner [i], first [k], words [k, n].
    """
    attempts = take(w, "attempts")
    guided = take(w, "guided")
    guard = take(w, "guard")
    skill = take(w, "skill")
    readiness = take(w, "readiness")
    clash_memory = take(w, "clash_memory")
    occupied = take(w, "occupied")
    reputation = take(w, "reputation")
    risk = take(w, "risk")
    caught = take(w, "caught")
    succeeded = take(w, "succeeded")
    reach = take(w, "reach")
    harm = take(w, "harm")
    hurt = take(w, "hurt")
    wronged = take(w, "wronged")
    free = take(w, "free")
    inner = take(w, "inner")
    fates = take(w, "fates")
    first = take(w, "first")
    words = take(w, "fate_words")
    by_sector = take(w, "by_sector")
    rows, sectors = guided.shape
    fence = -log(max(1.0 - p.crossings_prevented, 1e-9)) * fence_factor
    inside = -log(max(1.0 - p.crossings_detained, 1e-9)) * inside_factor
    learn = 1.0 - exp(-1.0 / p.crossings_belief_days)
    base_harm = harm_factor * (1.0 + p.crossings_force_harm * force)
    cells = offers + sectors
    succeeded[:] = 0
    reach[:] = 0.0
    harm[:] = 0.0
    for i in range(cells):
        g, s = occupied[i, 0], occupied[i, 1]
        reach[s] += guided[g, s]
        harm[s] += guided[g, s] * readiness[g] if g < rows - 1 else 0.0
    for s in range(sectors):
        tried = reach[s]
        threatened = harm[s]
        reach[s] = guard[s] * (1.0 + p.crossings_reference / p.crossings_swamping) / (1.0 + tried / p.crossings_swamping)
        risk[s] += learn * ((fence + inside) * reach[s] + operation - risk[s])
        harm[s] = base_harm * (1.0 + p.crossings_clash_harm * clash_memory[s] / (1.0 + clash_memory[s]))
        alone = guided[rows - 1, s]
        exposed = harm[s] * (tried - alone + p.crossings_alone_harm * alone)
        by_sector[ATTEMPTS, s] += tried
        hurt[s] = p.crossings_injury * exposed
        wronged[s] = p.crossings_violence * threatened
    scatter(key, day, INJURY, hurt, by_sector, INJURIES)
    scatter(key, day, VIOLENCE, wronged, by_sector, CLIENT_VIOLENCE)
    for k in range(kinds):
        n = 0
        for i in range(cells):
            n += attempts[k, i]
        fates[k, TRIED], fates[k, THROUGH], fates[k, HELD], fates[k, DIED] = n, 0, 0, 0
        first[k] = 0 if n <= MOST_WORDS else -1
        if n <= MOST_WORDS:
            fill(key, day, FATE + k, (n + 3) // 4, words[k])
    for i in range(cells):
        g, s = occupied[i, 0], occupied[i, 1]
        risen = reach[s] / (skill[g] if g < rows - 1 else p.crossings_alone_skill)
        free[i] = -fence * risen
        inner[i] = -(fence + inside) * risen
    exp_each(free, cells)
    exp_each(inner, cells)
    for i in range(cells):
        g, s = occupied[i, 0], occupied[i, 1]
        dying = min(inner[i], p.crossings_death * harm[s] * (p.crossings_alone_harm if g == rows - 1 else 1.0))
        edge_stop, edge_hold, edge_die = threshold(1.0 - free[i]), threshold(1.0 - inner[i]), threshold(1.0 - dying)
        all_stopped = 0
        all_held = 0
        all_dead = 0
        tried = 0
        for k in range(kinds):
            m = attempts[k, i]
            if m == 0:
                continue
            if first[k] >= 0:
                stopped, held, dead = below(w, k, first[k], m, edge_stop, edge_hold, edge_die)
                held -= stopped
                first[k] += m
            else:
                stopped = binomial(key, day, FATE + k, 4 * i, m, 1.0 - free[i])
                held = binomial(key, day, FATE + k, 4 * i + 1, m - stopped, (free[i] - inner[i]) / max(free[i], 1e-300))
                dead = binomial(key, day, FATE + k, 4 * i + 2, m - stopped - held, dying / max(inner[i], 1e-300))
            fates[k, THROUGH] += m - stopped - held - dead
            fates[k, HELD] += held
            fates[k, DIED] += dead
            tried += m
            all_stopped += stopped
            all_held += held
            all_dead += dead
        succeeded[g, s] = tried - all_stopped - all_held - all_dead
        caught[s] += all_stopped + all_held
        by_sector[PREVENTED, s] += all_stopped
        by_sector[DETAINED, s] += all_held
        by_sector[SUCCESSES, s] += succeeded[g, s]
        by_sector[DEATHS, s] += all_dead
    for s in range(sectors):
        by_sector[RETURNED, s] = by_sector[DETAINED, s]
        by_sector[STOPPED, s] = by_sector[PREVENTED, s] + by_sector[DETAINED, s]
    i = 0
    while i < offers:
        g = occupied[i, 0]
        tried = 0
        through = 0
        while occupied[i, 0] == g:
            tried += guided[g, occupied[i, 1]]
            through += succeeded[g, occupied[i, 1]]
            i += 1
        if tried > 0:
            reputation[g] = min(0.95, max(0.05, reputation[g] + learn * (through / tried - reputation[g])))


@inlined
def below(w, k, first, m, stop, hold, die):
    """How many of m words of kind k from `first` on lie under two edges, and how many above a third: luck of death stands apart."""
    words = take(w, "fate_words")
    stopped, held, dead = 0, 0, 0
    for j in range(np.uint64(first), np.uint64(first + m)):
        stopped += words[k, j] < stop
        held += words[k, j] < hold
        dead += words[k, j] > die
    return stopped, held, dead


@kernel
def settle(p, key, day, w, kinds):
    """Say how many of each class got through, died or are held in protection: a random part of their kind. fates is used up."""
    kind = take(w, "kind")
    tries = take(w, "tries")
    fates = take(w, "fates")
    waiting = take(w, "waiting")
    sheltered = take(w, "sheltered")
    by_class = take(w, "by_class")
    for k in range(kinds):
        protected = binomial(key, day, SHELTER, k, fates[k, HELD], p.crossings_shelter_chance)
        pool = 0
        for c in range(kind.shape[0]):
            pool += tries[c] if kind[c] == k else 0
        for c in range(kind.shape[0]):
            if kind[c] != k:
                continue
            pool -= tries[c]
            tried = hypergeometric(key, day, SPLIT, 4 * c, tries[c], pool, fates[k, TRIED])
            fates[k, TRIED] -= tried
            through = hypergeometric(key, day, SPLIT, 4 * c + 1, tried, fates[k, TRIED], fates[k, THROUGH])
            fates[k, THROUGH] -= through
            back = fates[k, TRIED] - fates[k, THROUGH]
            died = hypergeometric(key, day, SPLIT, 4 * c + 2, tried - through, back, fates[k, DIED])
            fates[k, DIED] -= died
            kept = hypergeometric(key, day, SPLIT, 4 * c + 3, tried - through - died, back - fates[k, DIED], protected)
            protected -= kept
            waiting[c] -= through + died + kept
            sheltered[c] += kept
            by_class[ATTEMPTS, c] = tried
            by_class[SUCCESSES, c] += through
