"""Growth: groups recruit on profit, lose members, crowd, begin and end (equation E9), and move to better ground.

Recruits ~ Poisson(recruit_rate m clip(profit per member / norm, 0, 2)); exits ~ Binomial(m, 1 - e^-(loss + crowd m)).
With clashes and arrests these are the four terms of Prieto-Curiel, Campedelli & Hope (Science 2023). Members reconsider
their sector at a slow rate, by believed value against believed contest; new ground is rarely considered: territory.
First version: omits their constant total removal, which belongs to the case `cartels`.
"""
from __future__ import annotations

from ...compile import kernel
from ...quantities import INDEX
from ..ground import attraction
from ..params import Param
from ..rng import stream, uniform, unit32, words
from ..samplers import count_binomial, count_poisson, poisson
from ..slots import found, pick_origin
from ..special import exp

PARAMS = (
    Param("growth_recruit_rate", 0.004, "1/day", "0.004", "prietocuriel2023", "recruits per member and day at the normal profit"),
    Param("growth_loss_rate", 0.002, "1/day", "0.002", "assumption", "members who leave"),
    Param("growth_crowd_rate", 0.00004, "1/member/day", "0.00004", "assumption", "further losses per member: saturation"),
    Param("growth_profit_norm", 180.0, "EUR/member/day", "180", "assumption", "profit per member at which recruitment is normal"),
    Param("growth_members_total", 600.0, "persons", "lognormal(600, x1.5)", "assumption", "members of all groups at the start", "S"),
    Param("growth_entry_rate", 0.0006, "1/day/slot", "0.0006", "assumption", "new groups per free slot at the normal profit"),
    Param("growth_end_size", 4.0, "persons", "4", "assumption", "size under which a group may end"),
    Param("growth_move_rate", 0.02, "1/day", "0.02", "assumption", "members who reconsider their sector"),
    Param("growth_new_ground", 0.03, "1", "0.03", "assumption", "chance that ground a group does not hold is considered"),
    Param("growth_ground_choice", 1.0, "1", "1", "assumption", "sharpness of the choice of ground"),
    Param("growth_clash_cost", 0.5, "1", "0.5", "assumption", "value given up per unit of believed contest"),
    Param("growth_ground_days", 30.0, "days", "30", "assumption", "time for beliefs about ground to follow"),
)
CHANGE, BEGIN, END, WHERE = stream("growth.change"), stream("growth.begin"), stream("growth.end"), stream("growth.where")
GROUPS_NEW = INDEX["groups_new"]


@kernel
def growth(p, key, day, recruit_factor, origin_share, price_level, revenue, profit, sector_value, clash_memory, members, cash,
           price, shadow, reputation, readiness, leader_shock, heat, symbol, tie, owner, origin, last_attack, truce, value_belief,
           contest_belief, out):
    """Recruits and losses, new and ended groups, moves between sectors."""
    groups, sectors = members.shape
    taken = 0.0
    force = 0
    value = 0.0
    for g in range(groups):
        taken += revenue[g]
        for s in range(sectors):
            force += members[g, s]
    for s in range(sectors):
        value += sector_value[s]
    follow = 1.0 - exp(-1.0 / p.growth_ground_days)
    for g in range(groups):
        m = 0
        for s in range(sectors):
            m += members[g, s]
        if m == 0:
            pull = min(2.0, taken / max(1, force) / (p.growth_profit_norm + p.earnings_wage))
            if uniform(key, day, BEGIN, g) < p.growth_entry_rate * pull:
                found(g, pick_origin(uniform(key, day, BEGIN, 256 + g), origin_share), members, cash, shadow, reputation,
                      readiness, leader_shock, heat, symbol, tie, owner, origin, last_attack)
                s = min(sectors - 1, int(uniform(key, day, BEGIN, 512 + g) * sectors))
                members[g, s] = 6 + poisson(key, day, BEGIN, 768 + g, 6.0)
                price[g, s] = 0.9 * price_level[0]
                if uniform(key, day, BEGIN, 1024 + g) < 0.5:
                    truce[s] = 0
                out[GROUPS_NEW] += 1.0
            continue
        if m < p.growth_end_size and uniform(key, day, END, g) < 0.05:
            for s in range(sectors):
                members[g, s] = 0
            continue
        pull = min(2.0, max(0.0, profit[g] / m / p.growth_profit_norm)) * recruit_factor
        hazard = p.growth_loss_rate + p.growth_crowd_rate * m + (0.02 if cash[g] < 0.0 else 0.0)
        lose = 1.0 - exp(-hazard)
        for s in range(sectors):
            seen = sector_value[s] * sectors / value if value > 0.0 else 1.0
            value_belief[g, s] += follow * (seen - value_belief[g, s])
            contest = clash_memory[s] / (1.0 + clash_memory[s])
            contest_belief[g, s] += follow * (contest - contest_belief[g, s])
        for s in range(sectors):
            k = members[g, s]
            if k == 0:
                continue
            cell = g * sectors + s
            a, b, c, _ = words(key, day, CHANGE, cell)
            members[g, s] = (k + count_poisson(p.growth_recruit_rate * k * pull, unit32(a)) - count_binomial(k, lose, unit32(b)))
            k = count_binomial(members[g, s], p.growth_move_rate, unit32(c))
            if k == 0:
                continue
            t = min(sectors - 1, int(uniform(key, day, WHERE, cell) * sectors))
            if t == s or (members[g, t] == 0 and uniform(key, day, WHERE, 4096 + cell) > p.growth_new_ground):
                continue
            stay = attraction(value_belief[g, s], contest_belief[g, s], p.growth_ground_choice, p.growth_clash_cost)
            go = attraction(value_belief[g, t], contest_belief[g, t], p.growth_ground_choice, p.growth_clash_cost)
            if uniform(key, day, WHERE, 8192 + cell) * (stay + go) < go:
                if members[g, t] == 0:
                    price[g, t] = price[g, s]
                members[g, s] -= k
                members[g, t] += k
