"""Reports: what the world gets to see, and the day's figures.

Clashes reach the press by ascertainment: lethal ones nearly always, others rarely; shots are heard on more days than clashes
are known. Quoted prices are the mean with noise. Shares and concentration count groups under one command as one unit.
Not modelled: a press that learns from its own reporting.
"""
from __future__ import annotations

import numpy as np

from ...jit.compile import kernel
from ...quantities import INDEX
from ..params import Param
from ..rng import stream, uniform
from ..samplers import binomial, normal
from ..special import exp, logistic
from ..world import take

PARAMS = (
    Param("reports_lethal", 0.95, "1", "beta(38, 2)", "assumption", "chance that a lethal clash reaches the press", "F"),
    Param("reports_other", 0.0625, "1", "beta(2, 30)", "assumption", "chance that another clash reaches the press", "S"),
    Param("reports_shots", 4.0, "days/clash", "lognormal(4, x2)", "assumption",
          "days with shots heard per clash, the clash's own besides", "S"),
    Param("reports_price_sd", 0.15, "1", "0.15", "assumption", "sd of the log error of a price quoted to the press"),
)
SEEN, SHOTS, QUOTE = stream("reports.seen"), stream("reports.shots"), stream("reports.quote")
WAITING, SHELTERED, TRANSIT = INDEX["waiting"], INDEX["sheltered"], INDEX["transit"]
ALONE, PRICE, PRICE95, QUOTED = INDEX["self_guided_share"], INDEX["price_mean"], INDEX["price_p95"], INDEX["price_quoted"]
MEMBERS, GROUPS, LARGEST, HHI = INDEX["members"], INDEX["groups"], INDEX["largest_share"], INDEX["hhi"]
CLASHES, LETHAL, SHOOTING, PUBLICISED, PUBLICISED_LETHAL = (
    INDEX["clashes"], INDEX["lethal_clashes"], INDEX["shooting_days"], INDEX["publicised_clashes"],
    INDEX["publicised_lethal"])
CLASH_DAYS = INDEX["clash_days"]
READINESS, RESTRAINT_0, RESTRAINT_1 = INDEX["readiness"], INDEX["restraint_transit"], INDEX["restraint_destination"]
COMMAND, KIN, SYMBOL, UNTIED, SYMBOL_GROUPS, DIRECTED = (
    INDEX["share_command"], INDEX["share_kin"], INDEX["share_symbol"], INDEX["share_symbol_untied"], INDEX["symbol_groups"],
    INDEX["share_state_directed"])
BELIEF, ORGANISATIONS = INDEX["belief_real"], INDEX["organisations"]
RATE_DAYS = 30.0  # over which the rate of clashes is smoothed: shots are heard for about a month around a clash
TOP_SHARE = 0.05  # of guided attempts at dearer prices than `price_p95`


@kernel
def press(p, key, day, w):
    """What reaches the press of the day's clashes."""
    clash_rate = take(w, "clash_rate")
    publicity = take(w, "publicity")
    out = take(w, "today")
    by_sector = take(w, "by_sector")
    fights = 0.0
    lethal = 0.0
    for s in range(by_sector.shape[1]):
        fights += by_sector[CLASHES, s]
        lethal += by_sector[LETHAL, s]
    seen = binomial(key, day, SEEN, 0, int(lethal), p.reports_lethal)
    other = binomial(key, day, SEEN, 1, int(fights - lethal), p.reports_other)
    publicity[0] = seen
    out[CLASH_DAYS] = 1.0 if fights > 0.0 else 0.0
    out[PUBLICISED_LETHAL] = seen
    out[PUBLICISED] = seen + other
    clash_rate[0] += (fights - clash_rate[0]) / RATE_DAYS
    heard = 1.0 - exp(-p.reports_shots * clash_rate[0])
    out[SHOOTING] = 1.0 if fights > 0.0 or uniform(key, day, SHOTS, 0) < heard else 0.0


@kernel
def summary(p, key, day, w, alternatives):
    """Stocks, prices, shares and concentration at day's end."""
    waiting = take(w, "waiting")
    sheltered = take(w, "sheltered")
    transit = take(w, "transit")
    belief = take(w, "belief")
    restraint = take(w, "restraint")
    organisations = take(w, "organisations")
    price_level = take(w, "price_level")
    out = take(w, "today")
    sold, spent, alone = sum_sales(w, alternatives)
    if sold > 0.0:
        price_level[0] = spent / sold
        out[ALONE] = alone / (alone + sold)
    summarise_groups(p, w, sold)
    out[PRICE] = price_level[0]
    out[PRICE95] = quantile(w, sold, alternatives, price_level[0])
    out[QUOTED] = price_level[0] * exp(p.reports_price_sd * normal(key, day, QUOTE, 0))
    out[RESTRAINT_0] = restraint[0]
    out[RESTRAINT_1] = restraint[1]
    out[ORGANISATIONS] = organisations[0]
    out[WAITING] = waiting[0]
    out[SHELTERED] = sheltered[0]
    out[TRANSIT] = transit[0]
    out[BELIEF] = logistic(belief[0])


@kernel
def sum_sales(w, alternatives):
    """Guided attempts, what they paid in EUR, and attempts without a guide; fills part [g], here [s], paid [s] and sectors' figures."""
    occupied = take(w, "occupied")
    guided = take(w, "guided")
    asked = take(w, "asked")
    price_level = take(w, "price_level")
    armed = take(w, "armed")
    here = take(w, "here")
    paid = take(w, "paid")
    part = take(w, "part")
    by_sector = take(w, "by_sector")
    sold = 0.0
    spent = 0.0
    alone = 0.0
    here[:] = 0.0
    paid[:] = 0.0
    part[:] = 0.0
    for i in range(alternatives):
        g, s = occupied[i, 0], occupied[i, 1]
        here[s] += guided[i]
        paid[s] += guided[i] * asked[i]
        part[g] += guided[i]
    for s in range(armed.shape[0]):
        by_sector[MEMBERS, s] = armed[s]
        sold += here[s]
        spent += paid[s]
        going = guided[alternatives + s]
        alone += going
        by_sector[ALONE, s] = going / (here[s] + going) if here[s] + going > 0.0 else 0.0
        by_sector[PRICE, s] = paid[s] / here[s] if here[s] > 0.0 else price_level[0]
    return sold, spent, alone


@kernel
def summarise_groups(p, w, sold):
    """Shares of guided attempts by tie and name, concentration over owners, and what groups are like."""
    size = take(w, "size")
    readiness = take(w, "readiness")
    symbol = take(w, "symbol")
    tie = take(w, "tie")
    owner = take(w, "owner")
    part = take(w, "part")
    out = take(w, "today")
    groups = size.shape[0]
    force = 0.0
    ready = 0.0
    live = 0
    command = 0.0
    kin = 0.0
    with_symbol = 0.0
    names = 0
    untied = 0
    commanded = 0
    directed = 0
    for g in range(groups):
        m = size[g]
        n = part[g]
        if m == 0:
            continue
        force += m
        ready += m * readiness[g]
        live += 1
        if symbol[g] == 1:
            names += 1
            with_symbol += n
            untied += 1 if tie[g] == 0 else 0
        if tie[g] == 2:
            command += n
            commanded += m
            directed += m if owner[g] == 1 and p.takeover_subsidy > 0.0 else 0  # imitators have no state behind them
        elif tie[g] == 1:
            kin += n
    largest, squares = concentrate(part, owner)
    if sold > 0.0:
        out[COMMAND] = command / sold
        out[KIN] = kin / sold
        out[SYMBOL] = with_symbol / sold
    out[LARGEST] = largest / sold if sold > 0.0 else 0.0
    out[HHI] = squares / (sold * sold) if sold > 0.0 else 0.0
    out[GROUPS] = live
    out[READINESS] = ready / force if force > 0.0 else 0.0
    out[SYMBOL_GROUPS] = names
    out[DIRECTED] = directed / commanded if commanded > 0 else 0.5
    out[UNTIED] = untied / names if names > 0 else 0.5


@kernel
def concentrate(part, owner):
    """The largest owner's guided attempts, and the sum over owners of their squares; groups without an owner are their own."""
    groups = part.shape[0]
    largest = 0.0
    squares = 0.0
    for g in range(groups):
        n = part[g]
        unit = n
        if owner[g] > 0:
            for h in range(groups):
                if h != g and owner[h] == owner[g]:
                    unit += part[h]
        largest = max(largest, unit)
        squares += n * unit
    return largest, squares


@kernel
def quantile(w, sold, alternatives, default):
    """Price under which 95 % of guided attempts are made."""
    tops = take(w, "tops")
    weights = take(w, "weights")
    if sold <= 0.0:
        return default
    left = TOP_SHARE * sold
    n = dear(w, alternatives, default, left)
    if n == 0:
        n = dear(w, alternatives, -np.inf, left)
    if n == 0:
        return default
    while True:
        top = 0
        for i in range(n):
            if tops[i] > tops[top]:
                top = i
        left -= weights[top]
        if left < 0.0 or n == 1:
            return tops[top]
        n -= 1
        tops[top] = tops[n]
        weights[top] = weights[n]


@kernel
def dear(w, alternatives, over, least):
    """List prices over a bound, and how many pay them; returns how many there are, none where fewer than `least` people do."""
    guided = take(w, "guided")
    asked = take(w, "asked")
    tops = take(w, "tops")
    weights = take(w, "weights")
    n = np.uint64(0)
    people = 0.0
    for i in range(alternatives):
        tops[n] = asked[i]
        weights[n] = guided[i]
        counts = (guided[i] > 0) & (asked[i] > over)
        n += np.uint64(counts)
        people += guided[i] if counts else 0
    return np.int64(n) if people > least else np.int64(0)
