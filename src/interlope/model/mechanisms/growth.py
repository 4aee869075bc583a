"""Growth: groups recruit on profit, lose members, crowd, begin and end, and move to better ground.

The four terms of Prieto-Curiel, Campedelli & Hope (Science 2023), dC_g = C_g (rho - eta / sum C - theta sum_h K_gh C_h - omega
C_g): recruits ~ Poisson(recruit_rate m (1 - e + e clip(profit per member / norm, 0, 2))), exits ~ Binomial(m, 1 - e^-(loss +
crowd m + removal / all members)); their theta is `clashes`. Removal (eta) is for a market without a border: elsewhere arrests are
drawn by `raids`.
Members reconsider their sector at a slow rate, by believed value against believed contest (`ground`); new ground is rarely
considered: territory. Groups that lose more of their clients to interception than is usual look for new ground, groups
that lose fewer draw back to their main ground: the expand or consolidate rule of NarcoLogic (Magliocca et al. 2019).
Not modelled: the source's single players who hold a site whole, and its closed law of occupancy; an optimal choice of where to
expand.
"""
from __future__ import annotations

import numpy as np

from ...jit.compile import kernel
from ...quantities import INDEX
from ..ground import attraction
from ..occupancy import change_members
from ..params import Param
from ..rng import fill_named, stream, subindex, uniform, unit32, words
from ..samplers import count_binomial, count_poisson, poisson
from ..slots import NO_ORIGIN, start_group, unsettle
from ..special import exp, exp_each
from ..world import take

PARAMS = (
    Param("growth_recruit_rate", 0.004, "1/day", "0.004", "prietocuriel2023", "recruits per member and day at the normal profit"),
    Param("growth_profit_effect", 1.0, "1", "1", "assumption", "part of recruitment that follows profit; 0 is the Prieto-Curiel limit"),
    Param("growth_loss_rate", 0.002, "1/day", "0.002", "assumption", "members who leave"),
    Param("growth_crowd_rate", 0.00004, "1/member/day", "0.00004", "assumption", "further losses per member: saturation"),
    Param("growth_removal", 0.0, "persons/day", "0", "prietocuriel2023", "members removed in all, whatever their number (eta)"),
    Param("growth_broke_rate", 0.02, "1/day", "0.02", "assumption", "further losses of a group that cannot pay"),
    Param("growth_profit_norm", 180.0, "EUR/member/day", "180", "assumption", "profit per member at which recruitment is normal"),
    Param("growth_members_total", 600.0, "persons", "lognormal(600, x1.5)", "assumption", "members of all groups at the start", "S"),
    Param("growth_entry_rate", 0.0006, "1/day/slot", "0.0006", "assumption", "new groups per free slot at the normal profit"),
    Param("growth_entry_size", 12.0, "persons", "12", "assumption", "mean members of a new group"),
    Param("growth_start_cash", 3000.0, "EUR", "3000", "assumption", "money of a new group"),
    Param("growth_start_reputation", 0.33, "1", "0.33", "assumption", "chance of success believed of a new group"),
    Param("growth_start_readiness", 0.1, "1", "0.1", "assumption", "readiness of a new group"),
    Param("growth_end_size", 4.0, "persons", "4", "assumption", "size under which a group may end"),
    Param("growth_end_rate", 0.05, "1/day", "0.05", "assumption", "rate at which so small a group ends"),
    Param("growth_move_rate", 0.02, "1/day", "0.02", "assumption", "members who reconsider their sector"),
    Param("growth_new_ground", 0.03, "1", "0.03", "assumption", "chance that ground a group does not hold is considered"),
    Param("growth_expand", 1.5, "1", "lognormal(1.5, x1.5)", "assumption", "log rise of that chance with losses over the usual", "S"),
    Param("growth_consolidate", 0.5, "1", "0.5", "assumption", "chance of drawing back to the main ground with no losses at all"),
    Param("growth_loss_norm", 0.67, "1", "0.67", "assumption", "usual part of clients lost to interception"),
    Param("growth_ground_choice", 1.0, "1", "1", "assumption", "sharpness of the choice of ground"),
    Param("growth_clash_cost", 0.3, "1", "0.3", "assumption", "value given up per unit of the odds of contest"),
    Param("growth_ground_days", 30.0, "days", "30", "assumption", "time for beliefs about ground to follow"),
    Param("slots_fragment_size", 20.0, "persons", "20", "assumption", "size from which a group can split"),
    Param("slots_fragment_parts", 2.0, "groups", "2", "assumption", "parts a group splits into; more than its members is each for himself"),
    Param("slots_fragment_share", 0.4, "1", "0.4", "assumption", "members who go with the lesser of two parts"),
)
CHANGE, BEGIN, END, WHERE, SHAKE = (
    stream("growth.change"), stream("growth.begin"), stream("growth.end"), stream("growth.where"), stream("growth.shake"))
GROUPS_NEW, RECRUITS, LEFT = INDEX["groups_new"], INDEX["recruits"], INDEX["members_left"]
BEGINS, SECTOR, SIZE = range(3)  # draws of a new group, each with an index for every group
_GROUPS = 1 << 16  # more than there are groups
MOST_EARNED = 2.0  # profit, in norms, beyond which recruitment and entry rise no further
LEAST_LOSS = 0.05  # usual part of clients lost, at least: what a group is believed to lose never falls below it
LEAST_SIZE_SHARE = 0.5  # part of the mean size that a new group has at least: nobody begins alone


@kernel
def growth(p, key, day, w, controls, alternatives):
    """Recruits and losses, new and ended groups, moves between sectors."""
    revenue = take(w, "revenue")
    sector_value = take(w, "sector_value")
    clash_memory = take(w, "clash_memory")
    members = take(w, "members")
    value_belief = take(w, "value_belief")
    contest_belief = take(w, "contest_belief")
    occupied = take(w, "occupied")
    cell = take(w, "cell")
    felt = take(w, "felt")
    manned = take(w, "manned")
    size = take(w, "size")
    recruit_rate = take(w, "recruit_rate")
    survival = take(w, "survival")
    move_rate = take(w, "move_rate")
    draws = take(w, "words")
    changing = take(w, "changing")
    bound = take(w, "bound")
    going = take(w, "going")
    out = take(w, "today")
    groups, sectors = members.shape
    taken = 0.0
    force = 0
    value = 0.0
    usual = 0.0
    for g in range(groups):
        taken += revenue[g]
        force += size[g]
    for s in range(sectors):
        value += sector_value[s]
        felt[s] = clash_memory[s] / (1.0 + clash_memory[s])
        usual += felt[s] / sectors
    follow = 1.0 - exp(-1.0 / p.growth_ground_days)
    for s in range(sectors):
        value_belief[s] += follow * ((sector_value[s] * sectors / value if value > 0.0 else 1.0) - value_belief[s])
    drift(w, follow, usual)
    fill_named(key, day, CHANGE, cell, alternatives, draws)
    enter = p.growth_entry_rate * min(MOST_EARNED, taken / max(1, force) / (p.growth_profit_norm + p.earnings_wage))
    for g in range(groups):
        recruit_rate[g], survival[g], move_rate[g] = 0.0, 0.0, 0.0
        if size[g] == 0:
            if uniform(key, day, BEGIN, subindex(BEGINS, _GROUPS, g)) < enter:
                begin(p, key, day, w, g)
                out[GROUPS_NEW] += 1.0
        elif size[g] < p.growth_end_size and uniform(key, day, END, g) < p.growth_end_rate:
            end(w, g)
        else:
            set_rates(p, w, g, force, controls)
    exp_each(survival, groups)
    n = np.uint64(0)
    for i in range(alternatives):
        g, s, k = occupied[i, 0], occupied[i, 1], manned[i]
        contest_belief[g, s] += follow * (felt[s] - usual) if size[g] > 0 else 0.0
        u, v, x = unit32(draws[4 * i]), unit32(draws[4 * i + 1]), unit32(draws[4 * i + 2])
        changing[n] = i
        n += np.uint64((u > 1.0 - k * recruit_rate[g]) | (v > 1.0 - k * (1.0 - survival[g])) | (x > 1.0 - k * move_rate[g]))
    for i in changing[: np.int64(n)]:  # elsewhere nothing happens, whatever the probabilities: e^-x is never less than 1 - x
        change(p, key, day, w, i)
    for i in changing[: np.int64(n)]:  # who goes arrives when all have gone: nobody finds ground held that was empty in the morning
        change_members(w, np.int64(occupied[i, 0]), bound[i], going[i])


@kernel
def set_rates(p, w, g, force, controls):
    """Rates at which members of group g are recruited, leave (as log survival) and move, per day; force: members of all groups."""
    profit = take(w, "profit")
    cash = take(w, "cash")
    size = take(w, "size")
    recruit_rate = take(w, "recruit_rate")
    survival = take(w, "survival")
    move_rate = take(w, "move_rate")
    earned = min(MOST_EARNED, max(0.0, profit[g] / size[g] / p.growth_profit_norm))
    recruit_rate[g] = p.growth_recruit_rate * (1.0 - p.growth_profit_effect + p.growth_profit_effect * earned)
    recruit_rate[g] *= controls.recruit_factor
    survival[g] = -(p.growth_loss_rate + p.growth_crowd_rate * size[g] + p.growth_removal / force)
    survival[g] -= p.growth_broke_rate if cash[g] < 0.0 else 0.0
    move_rate[g] = p.growth_move_rate


@kernel
def end(w, g):
    """A group ends: its members go home, its arms are lost."""
    members = take(w, "members")
    arms = take(w, "arms")
    books = take(w, "books")
    by_sector = take(w, "by_sector")
    for s in range(members.shape[1]):
        by_sector[LEFT, s] += members[g, s]
        change_members(w, g, s, -members[g, s])
    books[0] -= arms[g]
    arms[g] = 0.0


@kernel
def change(p, key, day, w, i):
    """Recruits, losses and moves among the members of the i-th cell."""
    occupied = take(w, "occupied")
    manned = take(w, "manned")
    draws = take(w, "words")
    members = take(w, "members")
    recruit_rate = take(w, "recruit_rate")
    survival = take(w, "survival")
    move_rate = take(w, "move_rate")
    bound = take(w, "bound")
    going = take(w, "going")
    by_sector = take(w, "by_sector")
    sectors = members.shape[1]
    g, s, k = np.int64(occupied[i, 0]), np.int64(occupied[i, 1]), manned[i]
    came = count_poisson(k * recruit_rate[g], unit32(draws[4 * i]))
    left = count_binomial(k, 1.0 - survival[g], unit32(draws[4 * i + 1]))
    by_sector[RECRUITS, s] += came
    by_sector[LEFT, s] += left
    change_members(w, g, s, came - left)
    going[i] = count_binomial(k + came - left, move_rate[g], unit32(draws[4 * i + 2]))
    bound[i] = s
    if going[i] > 0:
        bound[i] = choose_ground(p, key, day, w, i, min(sectors - 1, int(unit32(draws[4 * i + 3]) * sectors)))
    if bound[i] == s:
        going[i] = 0
    change_members(w, g, s, -going[i])


@kernel
def drift(w, follow, usual):
    """What is believed of ground goes back to what is usual."""
    contest_belief = take(w, "contest_belief")
    groups, sectors = contest_belief.shape
    flat = contest_belief.reshape(groups * sectors)
    for i in range(groups * sectors):
        flat[i] += follow * (usual - flat[i])


@kernel
def begin(p, key, day, w, g):
    """A new group takes a free slot and a sector, and may shake the truce there."""
    price_level = take(w, "price_level")
    members = take(w, "members")
    price = take(w, "price")
    by_sector = take(w, "by_sector")
    sectors = members.shape[1]
    start_group(p, w, g, NO_ORIGIN)
    s = min(sectors - 1, int(uniform(key, day, BEGIN, subindex(SECTOR, _GROUPS, g)) * sectors))
    least = int(LEAST_SIZE_SHARE * p.growth_entry_size)
    size = max(1, least + poisson(key, day, BEGIN, subindex(SIZE, _GROUPS, g), p.growth_entry_size - least))
    change_members(w, g, s, size)
    by_sector[RECRUITS, s] += size
    price[g, s] = price_level[0]
    unsettle(p, key, day, w, SHAKE, subindex(g, sectors, 0), g)


@kernel
def choose_ground(p, key, day, w, i, t):
    """Where those of the i-th cell go who look at sector t together, or at their main one: there, or back where they are."""
    members = take(w, "members")
    price = take(w, "price")
    reputation = take(w, "reputation")
    value_belief = take(w, "value_belief")
    contest_belief = take(w, "contest_belief")
    occupied = take(w, "occupied")
    g, s = np.int64(occupied[i, 0]), np.int64(occupied[i, 1])
    draw_back, look, weigh, _ = words(key, day, WHERE, subindex(g, members.shape[1], s))
    lean = (1.0 - reputation[g]) / max(p.growth_loss_norm, LEAST_LOSS) - 1.0
    if unit32(draw_back) < p.growth_consolidate * max(0.0, -lean):
        t = main_ground(w, i)
    consider = p.growth_new_ground * exp(p.growth_expand * max(0.0, lean))
    if t == s or (members[g, t] == 0 and unit32(look) > consider):
        return s
    stay = attraction(value_belief[s], contest_belief[g, s], p.growth_ground_choice, p.growth_clash_cost)
    go = attraction(value_belief[t], contest_belief[g, t], p.growth_ground_choice, p.growth_clash_cost)
    if unit32(weigh) * (stay + go) >= go:
        return s
    if members[g, t] == 0:
        price[g, t] = price[g, s]
    return t


@kernel
def main_ground(w, i):
    """The sector in which the group of the i-th cell had most members in the morning."""
    occupied = take(w, "occupied")
    manned = take(w, "manned")
    first = np.int64(i)
    while first > 0 and occupied[first - 1, 0] == occupied[i, 0]:
        first -= 1
    main = first
    while occupied[first, 0] == occupied[i, 0]:
        main = first if manned[first] > manned[main] else main
        first += 1
    return np.int64(occupied[main, 1])
