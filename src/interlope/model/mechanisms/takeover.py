"""Takeover: a militant organisation arrives and absorbs weak or rich groups, by offer or by force.

The arrival day is conditional on having happened. Each day an untied group is approached with rate absorption
(organisations) (its revenue over the mean + weakness) / 2 and with the organisation's money, whatever the group's
origin. An offer is taken, a fight won, with the contest chance of the organisation's force; an absorbed group is
commanded with `takeover_command_chance`, else tied. Kin ties, where the explanation has them, are found on arrival.
Command means one owner: no clashes inside, one price, tribute, allies who join each other's fights. Control in progress raises
violence (the edge between command and independents is hostile), completed control lowers it (no rivals are left).
Not modelled: a choice of targets by strategy beyond wealth and weakness; what a state behind an organisation gives beyond
money; organisations that give up and leave.
"""
from __future__ import annotations

from ...jit.compile import kernel
from ...quantities import INDEX
from ..contest import win_chance
from ..params import Param
from ..rng import stream, uniform
from ..samplers import heavy_count
from ..special import exp
from ..world import take

READS = ("members", "origin", "tie", "owner", "organisations", "readiness", "clash_memory", "cash_organisation", "books")
WRITES = ("members", "symbol", "tie", "owner", "organisations", "readiness", "clash_memory", "cash_organisation", "books")
PARAMS = (
    Param("takeover_arrival_day", 700.0, "day", "uniform(365, 1029)", "assumption", "day on which an organisation arrives", "F"),
    Param("takeover_absorption_rate", 0.0, "1/group/day", "0", "assumption", "approaches to an untied group; 0 switches takeover off"),
    Param("takeover_command_chance", 1.0, "1", "1", "definition", "absorbed groups that are commanded rather than tied"),
    Param("takeover_kin_share", 0.0, "1", "0", "assumption", "groups of familiar origin with kin ties on arrival; 0 switches kinship off"),
    Param("symbols_kin_chance", 0.7, "1", "0.7", "assumption", "kin-tied groups that show the name"),
    Param("takeover_offer_share", 0.6, "1", "0.6", "assumption", "approaches made by offer rather than force"),
    Param("takeover_force", 45.0, "members", "45", "assumption", "fighters an organisation brings"),
    Param("takeover_defect_rate", 0.001, "1/day", "0.001", "assumption", "commands that end; kin ties last"),
    Param("takeover_cash_norm", 200000.0, "EUR", "200000", "assumption",
          "money that brings an organisation to its full rate of approaches"),
    Param("takeover_subsidy", 0.0, "EUR/day", "0", "assumption",
          "money from a state behind the organisation; above 0 means state-directed"),
)
KIN, NAME, APPROACH, OUTCOME, DEFECT = (stream("takeover.kin"), stream("takeover.name"), stream("takeover.approach"),
                                        stream("takeover.outcome"), stream("takeover.defect"))
CLASHES, LETHAL, DEATHS, EXPECTED = (
    INDEX["clashes"], INDEX["lethal_clashes"], INDEX["group_deaths"], INDEX["lethal_expected"])
_PAGE = 1 << 16


@kernel
def takeover(p, key, day, w, familiar):
    """Arrival, approaches, absorption and defection."""
    revenue = take(w, "revenue")
    strength = take(w, "strength")
    members = take(w, "members")
    origin = take(w, "origin")
    tie = take(w, "tie")
    owner = take(w, "owner")
    symbol = take(w, "symbol")
    readiness = take(w, "readiness")
    clash_memory = take(w, "clash_memory")
    organisations = take(w, "organisations")
    cash_organisation = take(w, "cash_organisation")
    books = take(w, "books")
    by_sector = take(w, "by_sector")
    groups, sectors = members.shape
    active = p.takeover_absorption_rate > 0.0 or p.takeover_kin_share > 0.0
    if not active or day < p.takeover_arrival_day:
        return
    if organisations[0] == 0:
        organisations[0] = 1
        for g in range(groups):
            m = 0
            for s in range(sectors):
                m += members[g, s]
            if m > 0 and familiar[origin[g]] > 0.0 and uniform(key, day, KIN, g) < p.takeover_kin_share:
                tie[g] = 1
                if uniform(key, day, NAME, g) < p.symbols_kin_chance:
                    symbol[g] = 1
    change = p.takeover_subsidy - (1.0 - exp(-p.earnings_draw_rate)) * cash_organisation[0]
    cash_organisation[0] += change
    books[0] += change
    funded = 0.5 + cash_organisation[0] / (cash_organisation[0] + p.takeover_cash_norm)
    mean = 0.0
    live = 0
    for g in range(groups):
        m = 0
        for s in range(sectors):
            m += members[g, s]
        if m > 0:
            mean += revenue[g]
            live += 1
    mean = mean / max(1, live)
    for g in range(groups):
        m = 0
        best = 0
        for s in range(sectors):
            m += members[g, s]
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
        rate = p.takeover_absorption_rate * organisations[0] * funded * 0.5 * (min(rich, 3.0) + 2.0 * weak)
        if uniform(key, day, APPROACH, g) >= rate:
            continue
        chance = win_chance(p.takeover_force * p.takeover_command_strength, m * strength[g], p.clashes_decisive)
        if uniform(key, day, OUTCOME, g) >= p.takeover_offer_share:
            by_sector[CLASHES, best] += 1.0
            by_sector[EXPECTED, best] += p.clashes_lethal
            clash_memory[best] += 1.0
            readiness[g] += min(1.0, p.radicalisation_clash) * (1.0 - readiness[g])
            if uniform(key, day, OUTCOME, _PAGE + g) < p.clashes_lethal:
                size = heavy_count(uniform(key, day, OUTCOME, 2 * _PAGE + g), p.clashes_size_exponent, int(p.clashes_size_most))
                dead = min(members[g, best], size)
                members[g, best] -= dead
                by_sector[LETHAL, best] += 1.0
                by_sector[DEATHS, best] += dead
        if uniform(key, day, OUTCOME, 3 * _PAGE + g) < chance:
            if uniform(key, day, OUTCOME, 4 * _PAGE + g) < p.takeover_command_chance:
                tie[g] = 2
                owner[g] = 1 + int(uniform(key, day, OUTCOME, 5 * _PAGE + g) * organisations[0])
            else:
                tie[g] = 1
            symbol[g] = 1
