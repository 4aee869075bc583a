"""Clashes: groups that share a sector fight over it, and answer blow with blow.

Per sector and pair: rate = base stake_s (K_gh + K_hg)/2 (m_g m_h / M^2)^contact (truce lowers it) + retaliation, which is
additive so that its branching ratio is below one. M is all members, or a fixed reference: with contact 1, no retaliation and
decisiveness 0 this is the limit of Prieto-Curiel, Campedelli & Hope (2023). The winner is drawn by the contest function over
the force at hand, part of commanded allies' force included; deaths given a lethal clash are heavy-tailed (exponent 2.5;
Clauset & Gleditsch) whatever the size of the groups; the loser may withdraw, be absorbed or split (Bohorquez et al. 2009).
The rate rises with readiness and between a command and independents, and falls where a name that is believed deters. A lost
leader raises it for every pair in the sectors where that group is present (Lindo & Padilla-Romo 2018 find the rise in the
place, not in the group). Groups under one owner do not fight.
Not modelled: which way of losing ground follows from how the fight went: withdrawal, absorption and splitting have fixed
chances.
"""
from __future__ import annotations

import numpy as np

from ...jit.compile import kernel
from ...quantities import INDEX
from ..contest import win_chance
from ..excitation import added, keep_share
from ..occupancy import change_members
from ..opponents import (
    approach,
    pair_by_pair,
    pair_sum,
    prepare,
    race,
    sum_retaliation,
    weigh_all,
    weigh_opponents,
    weigh_places,
    weigh_retaliation,
)
from ..params import Param
from ..rng import stream, subindex, uniform
from ..samplers import count_binomial, count_poisson
from ..slots import fragment
from ..special import exp
from ..violence import harden, lethal_chance, record_clash
from ..workspace import MOST_FIGHTS
from ..world import take

PARAMS = (
    Param("clashes_base", 0.10, "1/day", "lognormal(0.10, x1.8)", "assumption",
          "clashes of a fully contested border, before retaliation", "I"),
    Param("clashes_contact", 0.5, "1", "0.5", "assumption", "exponent of contact; 1 is the Prieto-Curiel limit"),
    Param("clashes_reference", 0.0, "persons", "0", "assumption", "members M that contact is measured against; 0: all of the day"),
    Param("clashes_branching", 0.385, "1", "beta(5, 8)", "assumption", "clashes provoked by one clash", "I"),
    Param("clashes_retaliation_days", 12.0, "days", "12", "assumption", "decay of the pressure to retaliate"),
    Param("clashes_truce_factor", 0.03, "1", "0.03", "assumption", "rate of clashes under a truce"),
    Param("clashes_decisive", 1.0, "1", "1", "skaperdas1996", "decisiveness of force"),
    Param("clashes_lethal", 0.075, "1", "beta(3, 37)", "assumption", "chance that a clash kills, at readiness one half", "I"),
    Param("clashes_size_exponent", 2.5, "1", "2.5", "clausetgleditsch2012", "exponent of deaths in a lethal clash"),
    Param("clashes_size_most", 10.0, "persons", "10", "assumption", "most deaths in one clash"),
    Param("clashes_cede_chance", 0.15, "1", "0.15", "assumption", "chance that a clash settles ground"),
    Param("clashes_withdraw", 0.55, "1", "0.55", "assumption", "losers of ground who withdraw"),
    Param("clashes_absorb", 0.37, "1", "0.37", "assumption", "losers of ground who are absorbed; the rest split"),
    Param("clashes_absorb_everywhere", 0.3, "1", "0.3", "assumption", "absorbed groups that are absorbed in every sector"),
    Param("clashes_join", 0.5, "1", "0.5", "assumption", "absorbed members who join the winner; the others leave the trade"),
    Param("clashes_leader_effect", 0.7, "log", "0.7", "lindo2018", "log rise of clashes where a group has just lost its leader"),
    Param("clashes_command_hostility", 0.5, "log", "normal(0.5, 0.3)", "assumption",
          "log rise of clashes between a command and independents", "S"),
    Param("clashes_name_deterrence", 0.5, "log", "normal+(0.5, 0.3)", "assumption",
          "log fall of clashes with a group showing a believed name", "S"),
    Param("clashes_readiness_effect", 1.0, "1", "1", "assumption", "rise of clashes, and of their lethality, with readiness over one half"),
    Param("takeover_reinforcement", 0.5, "1", "0.5", "assumption", "part of allied members in a sector who join a commanded group's fight"),
)
HOW_MANY, FIGHT, RACE, SPLIT = (
    stream("clashes.count"), stream("clashes.fight"), stream("clashes.race"), stream("clashes.split"))
LEFT = INDEX["members_left"]
# Draws of one fight, in a block of its own; those of JOINED have an index for every sector.
BY_CONTACT, IS_WON, IS_LETHAL, DEATHS, CEDES, HOW_CEDED, WHERE_TO, EVERYWHERE, JOINED = range(9)
_FIGHT_DRAWS = 128  # at least JOINED + sectors
_SPLIT_DRAWS = 4096  # draws that a split may take
# Races of one fight, each with an index for every group or sector that runs.
WHERE_CONTACT, WHO_CONTACT, WHOM_CONTACT, WHO_FEUD, WHOM_FEUD, WHERE_FEUD = range(6)
_FIGHT_RACES = 8
_RUNNERS = 1 << 10  # in a race, or as many as there are groups
_FORGOTTEN = 1e-12  # clashes a day: pressure to retaliate under which it is over


@kernel
def clashes(p, key, day, w, alike, hostility):
    """Fights of the day. alike: hostility is 1 between all."""
    members = take(w, "members")
    heat = take(w, "heat")
    present = take(w, "present")
    begins = take(w, "begins")
    touch = take(w, "touch")
    ready = take(w, "ready")
    stake = take(w, "stake")
    rates = take(w, "rates")
    chances = take(w, "chances")
    weights = take(w, "opponent_weights")
    pairs = take(w, "pairs")
    groups, sectors = members.shape
    tied = prepare(p, w)
    hostile = exp(p.clashes_command_hostility) if tied else 1.0
    approach(p, w)
    alike = alike and not tied
    runners = max(_RUNNERS, groups)
    contact = 0.0
    for s in range(sectors):
        if alike:
            rates[s] = stake[s] * pair_sum(begins[s], begins[s + 1], present, touch, ready)
        else:
            rates[s] = pair_by_pair(w, s, hostile, hostility)
        contact += rates[s]
    rate = contact + (sum_retaliation(w) if p.clashes_branching > 0.0 else 0.0)
    fights = min(MOST_FIGHTS, count_poisson(rate, uniform(key, day, HOW_MANY, 0)))
    for k in range(fights):
        first = k * _FIGHT_RACES
        if uniform(key, day, FIGHT, subindex(k, _FIGHT_DRAWS, BY_CONTACT)) * rate < contact:
            s = race(key, day, RACE, subindex(first + WHERE_CONTACT, runners, 0), rates)
            weigh_all(w, s, alike, hostile, hostility)
            g = race(key, day, RACE, subindex(first + WHO_CONTACT, runners, 0), weights)
            weigh_opponents(w, g, s, hostile, hostility)
            h = race(key, day, RACE, subindex(first + WHOM_CONTACT, runners, 0), weights)
        else:
            weigh_retaliation(w, -1)
            g = race(key, day, RACE, subindex(first + WHO_FEUD, runners, 0), weights)
            weigh_retaliation(w, g)
            h = race(key, day, RACE, subindex(first + WHOM_FEUD, runners, 0), weights)
            weigh_places(w, g, h)
            s = race(key, day, RACE, subindex(first + WHERE_FEUD, runners, 0), chances)
        pairs[k, 0], pairs[k, 1], pairs[k, 2] = s, g, h
    keep = keep_share(p.clashes_retaliation_days)
    if p.clashes_branching > 0.0:
        flat = heat.reshape(groups * groups)
        for i in range(groups * groups):
            flat[i] = keep * flat[i] if flat[i] > _FORGOTTEN else 0.0
    for k in range(fights):
        s, g, h = np.int64(pairs[k, 0]), np.int64(pairs[k, 1]), np.int64(pairs[k, 2])  # as elsewhere: no kernel is compiled twice
        if g != h and members[g, s] > 0 and members[h, s] > 0:
            won, lost, settled = fight(p, key, day, w, k, s, g, h, added(p.clashes_branching, keep), hostility)
            if settled:
                cede(p, key, day, w, k, s, won, lost)


@kernel
def muster(p, w, g, s):
    """Force that group g brings to a fight in sector s."""
    members = take(w, "members")
    strength = take(w, "strength")
    owner = take(w, "owner")
    force = strength[g] * members[g, s]
    if owner[g] > 0:
        for h in range(members.shape[0]):
            if h != g and owner[h] == owner[g]:
                force += p.takeover_reinforcement * strength[h] * members[h, s]
    return force


@kernel
def fight(p, key, day, w, k, s, g, h, feud, hostility):
    """The k-th fight, of g and h in sector s: winner, deaths, pressure to retaliate; returns winner, loser, whether ground is ceded."""
    members = take(w, "members")
    heat = take(w, "heat")
    chance = win_chance(muster(p, w, g, s), muster(p, w, h, s), p.clashes_decisive, hostility[h, g], hostility[g, h])
    won, lost = (g, h) if uniform(key, day, FIGHT, subindex(k, _FIGHT_DRAWS, IS_WON)) < chance else (h, g)
    heat[lost, won] += feud
    harden(p, w, g)
    harden(p, w, h)
    record_clash(p, key, day, w, s, lost, lethal_chance(p, w, g, h), FIGHT, subindex(k, _FIGHT_DRAWS, IS_LETHAL),
                 subindex(k, _FIGHT_DRAWS, DEATHS))
    return won, lost, uniform(key, day, FIGHT, subindex(k, _FIGHT_DRAWS, CEDES)) < p.clashes_cede_chance and members[lost, s] > 0


@kernel
def cede(p, key, day, w, k, s, won, lost):
    """The loser of the k-th fight gives up sector s: it withdraws elsewhere, is absorbed, or splits."""
    members = take(w, "members")
    size = take(w, "size")
    price = take(w, "price")
    cash = take(w, "cash")
    arms = take(w, "arms")
    revenue = take(w, "revenue")
    by_sector = take(w, "by_sector")
    sectors = members.shape[1]
    u = uniform(key, day, FIGHT, subindex(k, _FIGHT_DRAWS, HOW_CEDED))
    if u < p.clashes_withdraw:
        t = min(sectors - 1, int(uniform(key, day, FIGHT, subindex(k, _FIGHT_DRAWS, WHERE_TO)) * sectors))
        if t != s:
            if members[lost, t] == 0:
                price[lost, t] = price[lost, s]
            members[lost, t] += members[lost, s]
            members[lost, s] = 0
    elif u < p.clashes_withdraw + p.clashes_absorb:
        everywhere = uniform(key, day, FIGHT, subindex(k, _FIGHT_DRAWS, EVERYWHERE)) < p.clashes_absorb_everywhere
        before = size[lost]
        gone = 0
        for t in range(sectors):
            m = members[lost, t]
            if (t == s or everywhere) and m > 0:
                joined = count_binomial(m, p.clashes_join, uniform(key, day, FIGHT, subindex(k, _FIGHT_DRAWS, JOINED + t)))
                if members[won, t] == 0:
                    price[won, t] = price[won, s]
                gone += m
                by_sector[LEFT, t] += m - joined
                change_members(w, won, t, joined)
                change_members(w, lost, t, -m)
        for purse in (arms, cash, revenue):
            taken = max(0.0, purse[lost]) * (gone / before)
            purse[won] += taken
            purse[lost] -= taken
    else:
        fragment(p, key, day, w, SPLIT, subindex(k, _SPLIT_DRAWS, 0), lost)
