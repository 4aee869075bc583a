"""Governance: in a sector that pays and is not fought over, the strongest unit of groups takes the place of the state, by degrees.

Authority g_s in [0, 1] moves at `governance_rate` towards share x worth x calm. The share is a contest success function (Skaperdas 1996)
among all who can enforce an order, the state being one of them (Skaperdas & Syropoulos 1995, gangs as primitive states):
X_top / (X + k P_s), with X the force of all groups in the sector, X_top that of its strongest unit of control, P_s police presence and k
`governance_police`. Worth is v (1 + c P_s) / (v (1 + c P_s) + cost), with v the takings of the sector: groups govern what earns, and the
more so where police threaten it (c; Blattman et al. 2025 find state and gang rule to be complements, so that police presence has two
effects of opposite sign). Calm is e^(-contest x remembered clashes).
Of the parts of criminal governance (Lessing 2021) three have an effect, each in proportion to g_s: it taxes (other groups pay a part of
their takings to the strongest group of that unit), it settles disputes (contact brings fewer clashes), and it is protected by silence
(police learn less, and arrest fewer of the members met).
Not modelled: what residents get and how they are ruled; tax on anyone but groups; officials who take part in it.
"""
from __future__ import annotations

from ...jit.compile import kernel
from ...quantities import INDEX
from ..params import Param
from ..special import exp
from ..world import take

PARAMS = (
    Param("governance_rate", 0.0, "1/day", "0", "assumption",
          "speed at which authority follows who can enforce it; 0 switches governance by groups off"),
    Param("governance_police", 100.0, "members", "100", "assumption", "force of groups that police presence of the base mean equals"),
    Param("governance_cost", 10000.0, "EUR/day", "10000", "assumption",
          "takings of a sector at which half of the authority in it is worth having"),
    Param("governance_complement", 0.5, "1", "0.5", "assumption",
          "rise of what governing is worth with police presence (Blattman et al. 2025 give the sign)"),
    Param("governance_contest", 0.3, "1/clash", "0.3", "assumption", "log fall of authority with each remembered clash"),
    Param("governance_tax_share", 0.05, "1", "0.05", "assumption", "part of takings that others pay in a sector wholly governed"),
    Param("governance_settle", 0.5, "1", "0.5", "assumption", "part of clashes over ground that a sector wholly governed does not see"),
    Param("governance_silence", 0.3, "1", "0.3", "assumption", "part of arrests missed where all members are in sectors wholly governed"),
    Param("governance_edge", 0.5, "1", "0.5", "definition", "authority from which a sector is out of the state's control"),
)
GOVERNED, UNCONTROLLED, TAX = INDEX["sectors_governed"], INDEX["sectors_uncontrolled"], INDEX["governance_tax"]
_ALIKE = 1e-9  # relative difference of sums of the same forces, added up in another order


@kernel
def collect(p, w):
    """Tax of the day, EUR: groups pay the one that governs where they are. ruler  # [s] 1 + its slot, 0 none."""
    members = take(w, "members")
    size = take(w, "size")
    owner = take(w, "owner")
    cash = take(w, "cash")
    governance = take(w, "governance")
    ruler = take(w, "ruler")
    revenue = take(w, "revenue")
    profit = take(w, "profit")
    out = take(w, "today")
    groups, sectors = members.shape
    if p.governance_rate <= 0.0:
        return
    for s in range(sectors):
        first = ruler[s] - 1
        if first < 0 or members[first, s] == 0:
            continue
        part = p.governance_tax_share * governance[s]
        for g in range(groups):
            if g == first or members[g, s] == 0 or (owner[g] > 0 and owner[g] == owner[first]):
                continue
            due = part * revenue[g] * members[g, s] / size[g]
            cash[g] -= due
            cash[first] += due
            profit[g] -= due
            profit[first] += due
            out[TAX] += due


@kernel
def govern(p, w):
    """Authority of the day's end in each sector. governance  # [s] part of authority that groups have."""
    patrol = take(w, "patrol")
    clash_memory = take(w, "clash_memory")
    governance = take(w, "governance")
    ruler = take(w, "ruler")
    sector_value = take(w, "sector_value")
    out = take(w, "today")
    by_sector = take(w, "by_sector")
    if p.governance_rate <= 0.0:
        return
    follow = 1.0 - exp(-p.governance_rate)
    for s in range(patrol.shape[0]):
        total, top, first = muster(w, s)
        share = top / (total + p.governance_police * patrol[s]) if total > 0.0 else 0.0
        worth = sector_value[s] * (1.0 + p.governance_complement * patrol[s])
        pays = worth / (worth + p.governance_cost) if worth > 0.0 else 0.0
        governance[s] += follow * (share * pays * exp(-p.governance_contest * clash_memory[s]) - governance[s])
        ruler[s] = first + 1
        by_sector[GOVERNED, s] = governance[s]
        out[UNCONTROLLED] += 1.0 if governance[s] >= p.governance_edge else 0.0


@kernel
def muster(w, s):
    """Force of all groups in sector s, that of its strongest unit of control, and the slot of the strongest group of that unit, -1 none."""
    members = take(w, "members")
    strength = take(w, "strength")
    owner = take(w, "owner")
    groups = members.shape[0]
    total = 0.0
    top = 0.0
    most = 0.0
    first = -1
    for g in range(groups):
        if members[g, s] == 0:
            continue
        own = strength[g] * members[g, s]
        unit = own
        if owner[g] > 0:
            for h in range(groups):
                if h != g and owner[h] == owner[g]:
                    unit += strength[h] * members[h, s]
        total += own
        if unit > top * (1.0 + _ALIKE) or (unit > top * (1.0 - _ALIKE) and own > most):
            top, most, first = max(top, unit), own, g
    return total, top, first
