"""Takeover: an organisation arrives and absorbs weak or rich groups, by offer or by force.

The arrival day is conditional on having happened. Each day an untied group is approached with rate absorption
(organisations) (its revenue over the mean + weakness) / 2 and with the organisation's money, whatever the group's
origin. An offer is taken, a fight won, with the contest chance of the organisation's force; an absorbed group is
commanded with `takeover_command_chance`, else tied. Kin ties, where the explanation has them, are found on arrival, and any group may
have them, whatever its origin.
Command means one owner: no clashes inside, one price, tribute, allies who join each other's fights. Control in progress raises
violence (the edge between command and independents is hostile), completed control lowers it (no rivals are left).
Not modelled: a choice of targets by strategy beyond wealth and weakness; what a state behind an organisation gives beyond
money; organisations that give up and leave.
"""
from __future__ import annotations

from ...jit.compile import kernel
from ..contest import win_chance
from ..params import Param
from ..rng import stream, subindex, uniform
from ..special import exp
from ..violence import harden, record_clash
from ..world import take

PARAMS = (
    Param("takeover_arrival_day", 700.0, "day", "uniform(365, 1029)", "assumption", "day on which an organisation arrives", "F"),
    Param("takeover_absorption_rate", 0.0, "1/group/day", "0", "assumption", "approaches to an untied group; 0 switches takeover off"),
    Param("takeover_command_chance", 1.0, "1", "1", "definition", "absorbed groups that are commanded rather than tied"),
    Param("takeover_kin_share", 0.0, "1", "0", "assumption", "part of {groups} with {ties} on arrival; 0 switches them off"),
    Param("symbols_kin_chance", 0.7, "1", "0.7", "assumption", "kin-tied groups that show the name"),
    Param("takeover_offer_share", 0.6, "1", "0.6", "assumption", "approaches made by offer rather than force"),
    Param("takeover_force", 45.0, "members", "45", "assumption", "members that {an_organisation} brings"),
    Param("takeover_defect_rate", 0.001, "1/day", "0.001", "assumption", "commands that end; kin ties last"),
    Param("takeover_cash_norm", 200000.0, "EUR", "200000", "assumption",
          "money that brings an organisation to its full rate of approaches"),
    Param("takeover_subsidy", 0.0, "EUR/day", "0", "assumption",
          "money from a state behind the organisation; above 0 means state-directed"),
)
KIN, NAME, APPROACH, OUTCOME, DEFECT = (stream("takeover.kin"), stream("takeover.name"), stream("takeover.approach"),
                                        stream("takeover.outcome"), stream("takeover.defect"))
BY_OFFER, IS_LETHAL, DEATHS, IS_WON, IS_COMMAND, WHICH_OWNER = range(6)  # draws of one approach, each with an index for every group
_GROUPS = 1 << 16  # more than there are groups
MOST_RICH = 3.0  # mean takings beyond which a group draws no more approaches: rates have to be bounded
WEAK_WEIGHT = 2.0  # weakness, at most 1, over takings, 1 on average: a group like any other is approached at its full rate when it is weak


@kernel
def takeover(p, key, day, w):
    """Arrival, approaches, absorption and defection."""
    revenue = take(w, "revenue")
    strength = take(w, "strength")
    members = take(w, "members")
    size = take(w, "size")
    tie = take(w, "tie")
    owner = take(w, "owner")
    symbol = take(w, "symbol")
    organisations = take(w, "organisations")
    cash_organisation = take(w, "cash_organisation")
    books = take(w, "books")
    groups, sectors = members.shape
    if not comes(p) or day < p.takeover_arrival_day:
        return
    if organisations[0] == 0:
        organisations[0] = 1
        find_kin(p, key, day, w)
    change = p.takeover_subsidy - (1.0 - exp(-p.earnings_draw_rate)) * cash_organisation[0]
    cash_organisation[0] += change
    books[0] += change
    funded = 0.5 + cash_organisation[0] / (cash_organisation[0] + p.takeover_cash_norm)
    mean = 0.0
    live = 0
    for g in range(groups):
        if size[g] > 0:
            mean += revenue[g]
            live += 1
    mean = mean / max(1, live)
    for g in range(groups):
        m = size[g]
        best = 0
        for s in range(sectors):
            if members[g, s] > members[g, best]:
                best = s
        if m == 0:
            continue
        if tie[g] > 0:
            if owner[g] > 0 and uniform(key, day, DEFECT, g) < p.takeover_defect_rate:
                tie[g] = 0
                owner[g] = 0
            continue
        rich = revenue[g] / mean if mean > 0.0 else 1.0
        weak = p.takeover_force / (p.takeover_force + m)
        rate = p.takeover_absorption_rate * organisations[0] * funded * 0.5 * (min(rich, MOST_RICH) + WEAK_WEIGHT * weak)
        if uniform(key, day, APPROACH, g) >= rate:
            continue
        chance = win_chance(p.takeover_force * p.takeover_command_strength, m * strength[g], p.clashes_decisive, 1.0, 1.0)
        if uniform(key, day, OUTCOME, subindex(BY_OFFER, _GROUPS, g)) >= p.takeover_offer_share:
            harden(p, w, g)
            record_clash(p, key, day, w, best, g, p.clashes_lethal, OUTCOME, subindex(IS_LETHAL, _GROUPS, g), subindex(DEATHS, _GROUPS, g))
        if uniform(key, day, OUTCOME, subindex(IS_WON, _GROUPS, g)) < chance:
            if uniform(key, day, OUTCOME, subindex(IS_COMMAND, _GROUPS, g)) < p.takeover_command_chance:
                tie[g] = 2
                owner[g] = 1 + int(uniform(key, day, OUTCOME, subindex(WHICH_OWNER, _GROUPS, g)) * organisations[0])
            else:
                tie[g] = 1
            symbol[g] = 1


@kernel
def comes(p):
    """Whether the explanation has an organisation at all: one that absorbs, has kin, or lives on what others pay it."""
    paid = p.supply_control > 0.0 or p.tribute_reach > 0.0 or p.franchise_rate > 0.0
    return paid or p.takeover_absorption_rate > 0.0 or p.takeover_kin_share > 0.0


@kernel
def find_kin(p, key, day, w):
    """On an organisation's arrival some groups turn out to have kin ties, and some of those show the name."""
    size = take(w, "size")
    tie = take(w, "tie")
    symbol = take(w, "symbol")
    for g in range(size.shape[0]):
        if size[g] > 0 and uniform(key, day, KIN, g) < p.takeover_kin_share:
            tie[g] = 1
            if uniform(key, day, NAME, g) < p.symbols_kin_chance:
                symbol[g] = 1
