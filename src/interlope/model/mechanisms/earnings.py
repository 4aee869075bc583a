"""Earnings: takings on attempts and successes, less guiding, wages, bribes, seizures and tribute.

A deposit share is paid on the attempt, the rest on success. Profit above wages is partly held as cash; commanded groups
pay tribute, part of which may be intercepted (others: `tribute`). A part of profit buys arms, more of it where fights
are remembered; arms wear out. Ground may yield money by itself, shared among those present by their number. Every euro
that enters or leaves the market goes through the books.
Not modelled: owners' consumption beyond a fixed daily draw on cash.
"""
from __future__ import annotations

import numpy as np

from ...jit.compile import kernel
from ...quantities import INDEX
from ..params import Param
from ..special import exp
from ..world import take

PARAMS = (
    Param("earnings_deposit_share", 0.2, "1", "0.2", "assumption", "part of the price paid on the attempt"),
    Param("earnings_wage", 80.0, "EUR/member/day", "80", "assumption", "wage of a member"),
    Param("earnings_bribe_share", 0.05, "1", "0.05", "assumption", "part of revenue paid in bribes"),
    Param("earnings_draw_rate", 0.05, "1/day", "0.05", "assumption", "part of cash taken out by owners a day"),
    Param("earnings_guide_cost", 0.3, "1", "0.3", "assumption", "part of the unit cost spent whether the crossing succeeds or not"),
    Param("earnings_arms_share", 0.05, "1", "0.05", "assumption", "part of profit spent on arms in peace, and as much again at war"),
    Param("earnings_arms_wear", 0.004, "1/day", "0.004", "assumption", "arms worn out or lost"),
    Param("takeover_tribute_share", 0.2, "1", "beta(3, 12)", "assumption", "part of revenue a commanded group pays", "F"),
)
_ONE = np.uint64(1)
REVENUE, PROFIT, TRIBUTE = INDEX["revenue"], INDEX["profit"], INDEX["tribute"]


@kernel
def earnings(p, w, years, controls, worth):
    """Money of the day; fills revenue [g], profit [g], sector_value [s] in EUR. occupied: cells in order, those who go alone last."""
    occupied = take(w, "occupied")
    clash_memory = take(w, "clash_memory")
    members = take(w, "members")
    asked = take(w, "asked")
    manned = take(w, "manned")
    guided = take(w, "guided")
    succeeded = take(w, "succeeded")
    sector_value = take(w, "sector_value")
    feuding = take(w, "lift")
    groups, sectors = members.shape
    cost = p.prices_unit_cost * exp(p.prices_cost_trend * years)
    wear = 1.0 - exp(-p.earnings_arms_wear)
    draw = 1.0 - exp(-p.earnings_draw_rate)
    for s in range(sectors):
        sector_value[s] = worth[s]
        feuding[s] = clash_memory[s] / (1.0 + clash_memory[s])
    i = np.uint64(0)  # an unsigned index is not checked for its sign
    for g in range(groups):
        taken = 0.0
        spent = 0.0
        force = 0
        feud = 0.0
        while occupied[i, 0] == g:
            s = occupied[i, 1]
            y = asked[i] * (p.earnings_deposit_share * guided[i] + (1.0 - p.earnings_deposit_share) * succeeded[i])
            taken += y
            spent += p.earnings_guide_cost * cost * guided[i]
            sector_value[s] += y
            force += manned[i]
            feud += manned[i] * feuding[s]
            if worth[s] > 0.0:
                present = 0
                for h in range(groups):
                    present += members[h, s]
                taken += worth[s] * manned[i] / present
            i += _ONE
        spend(p, w, g, taken, spent, force, feud, wear, draw, controls)


@kernel
def spend(p, w, g, taken, spent, force, feud, wear, draw, controls):
    """What becomes of the takings of group g: tribute, wages, arms, cash and what owners draw. Money in EUR; feud: members in feuds."""
    tie = take(w, "tie")
    cash = take(w, "cash")
    arms = take(w, "arms")
    cash_organisation = take(w, "cash_organisation")
    books = take(w, "books")
    revenue = take(w, "revenue")
    profit = take(w, "profit")
    out = take(w, "today")
    net = taken * (1.0 - controls.seizure_share) * (1.0 - p.earnings_bribe_share)
    tribute = p.takeover_tribute_share * net if tie[g] == 2 else 0.0
    revenue[g] = taken
    profit[g] = net - spent - tribute - p.earnings_wage * force
    bought = p.earnings_arms_share * max(profit[g], 0.0) * (1.0 + feud / force) if force > 0 else 0.0
    worn = wear * arms[g]
    arms[g] += bought - worn
    cash[g] += profit[g] - bought
    books[0] += profit[g] - worn + tribute * (1.0 - controls.tribute_block)
    if cash[g] > 0.0:
        drawn = draw * cash[g]
        cash[g] -= drawn
        books[0] -= drawn
    cash_organisation[0] += tribute * (1.0 - controls.tribute_block)
    out[REVENUE] += taken
    out[PROFIT] += profit[g]
    out[TRIBUTE] += tribute * (1.0 - controls.tribute_block)
