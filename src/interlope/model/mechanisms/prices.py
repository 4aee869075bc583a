"""Prices: each seller asks what buyers who may stay away or go alone will bear.

Target = unit cost (with the shadow price of scarce guides, what is paid to others and a slow cost trend) plus the logit markup of E5,
raised with perceived risk at a single pass-through elasticity (Gathmann 2008); asked prices move to target at a finite
rate. Groups under one command price as one owner. Market elasticity, weight x price x the share of those who stay, is derived
and recorded, never a parameter: interdiction raises smugglers' revenue where it is below one.
Not modelled: terrain that makes one sector dearer to cross than another.
"""
from __future__ import annotations

from ...jit.compile import kernel
from ...quantities import INDEX
from ..detours import stretch
from ..logit import set_markups
from ..params import Param
from ..special import exp, exp_each, log
from ..world import take

PARAMS = (
    Param("prices_weight", 0.0017, "1/EUR", "lognormal(0.0017, x1.35)", "assumption", "fall of a client's utility per EUR", "I"),
    Param("prices_unit_cost", 300.0, "EUR/person", "lognormal(300, x1.4)", "assumption",
          "cost of guiding one person", "S"),
    Param("prices_cost_trend", 0.1, "1/year", "normal(0.1, 0.12)", "assumption",
          "slow growth of costs, zero included; this trend weighs on the case", "I"),
    Param("prices_cost_day", 365.0, "day", "365", "assumption", "day on which the unit cost holds, from the start"),
    Param("prices_adjust_days", 30.0, "days", "30", "assumption", "time for asked prices to follow"),
    Param("prices_risk_passthrough", 0.19, "1", "0.19", "gathmann2008", "elasticity of the price to the hazard of interception"),
    Param("prices_shadow_most", 3.0, "1", "3", "assumption", "highest shadow price, in reference prices"),
    Param("prices_shadow_rate", 0.1, "1/day", "0.1", "assumption",
          "rise of the shadow price per unit of excess demand, in reference prices"),
)
LEAST_RISK = 0.001  # hazard of interception for each try: below one in a thousand no price follows it, so that a way without any has prices
ELASTICITY, ALTERNATIVES = INDEX["market_elasticity"], INDEX["alternatives"]


@kernel
def unit_cost(cost, levy, seizure_share):
    """Cost per crossing, counted up for the parts of takings that go to others (levy) and that seizure carries off."""
    return cost / (max(1.0 - levy, 0.1) * max(1.0 - seizure_share, 0.1))


@kernel
def weigh_owners(w, everything):
    """Fill markup_weight [g]: what an owner's groups are worth to buyers at cost, beside all that is not that owner's."""
    owner = take(w, "owner")
    worth = take(w, "worth")
    offered = take(w, "offered")
    markup_weight = take(w, "markup_weight")
    groups = owner.shape[0]
    for g in range(groups):
        own = worth[g]
        sold = offered[g]
        if owner[g] > 0:
            for h in range(groups):
                if h != g and owner[h] == owner[g]:
                    own += worth[h]
                    sold += offered[h]
        markup_weight[g] = own / max(everything - sold, 1e-12)


@kernel
def prices(p, w, years, risk_reference, controls, alternatives):
    """Asked prices move to target; fills choice_weight [i], the weight of each alternative at its new price."""
    occupied = take(w, "occupied")
    risk = take(w, "risk")
    shadow = take(w, "shadow")
    margin = take(w, "margin")
    price = take(w, "price")
    attractiveness = take(w, "attractiveness")
    outside = take(w, "outside")
    worth = take(w, "worth")
    offered = take(w, "offered")
    cost = take(w, "cost")
    charge = take(w, "charge")
    levy = take(w, "levy")
    markup_weight = take(w, "markup_weight")
    lift = take(w, "lift")
    choice_weight = take(w, "choice_weight")
    asked = take(w, "asked")
    target = take(w, "target")
    price_level = take(w, "price_level")
    out = take(w, "today")
    groups, sectors = price.shape
    alpha = p.prices_weight
    cost_level = p.prices_unit_cost * exp(p.prices_cost_trend * years) * stretch(controls.closure, p.closures_cost)
    follow = 1.0 - exp(-1.0 / p.prices_adjust_days)
    everything = outside[0] + outside[1]
    for s in range(sectors):
        lift[s] = p.prices_risk_passthrough * log(max(risk[s], LEAST_RISK) / max(risk_reference, LEAST_RISK))
    exp_each(lift, sectors)
    for g in range(groups):
        worth[g] = 0.0
        offered[g] = 0.0
        cost[g] = unit_cost(cost_level + shadow[g] + charge[g], levy[g], controls.seizure_share)
        markup_weight[g] = -alpha * cost[g] - 1.0
    exp_each(markup_weight, groups)
    for i in range(alternatives):
        asked[i] = price[occupied[i, 0], occupied[i, 1]]
        choice_weight[i] = -alpha * asked[i]
    exp_each(choice_weight, alternatives)
    for i in range(alternatives):
        g = occupied[i, 0]
        weight = attractiveness[i] * choice_weight[i]
        worth[g] += attractiveness[i] * markup_weight[g]
        offered[g] += weight
        everything += weight
    out[ELASTICITY] = alpha * price_level[0] * outside[0] / everything if everything > 0.0 else 0.0
    out[ALTERNATIVES] = alternatives
    weigh_owners(w, everything)
    set_markups(markup_weight, alpha, margin, groups)
    for g in range(groups):
        target[g] = cost[g] + margin[g]
    for i in range(alternatives):
        g, s = occupied[i, 0], occupied[i, 1]
        asked[i] += follow * (target[g] * lift[s] - asked[i])
        price[g, s] = asked[i]
        choice_weight[i] = -alpha * asked[i]
    exp_each(choice_weight, alternatives)
    for i in range(alternatives):
        choice_weight[i] *= attractiveness[i]
