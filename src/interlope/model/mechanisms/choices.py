"""Choices: who tries tonight, and with whom.

Each waiting person considers crossing with hazard a0 tempo e^(-suspension O) weather; those who do choose among every
group and sector on offer, going alone, and staying, by logit:
    U = quality_s - price_weight price + risk_weight log(believed success) - danger memory/(1 + memory)
        + symbol_weight familiar_c belief_c symbol_g.
The symbol counts only for classes that know it. Groups guide at most `choices_guide_capacity` people per member and
night; the surplus waits, and raises the shadow price of guides (E3).
"""
from __future__ import annotations

import numpy as np

from ...compile import kernel
from ..params import Param
from ..rng import family, fill, stream, threshold, uniform
from ..samplers import binomial, normal
from ..special import exp, log, logistic

PARAMS = (
    Param("choices_attempt_rate", 0.15, "1/day", "lognormal(0.15, x1.25)", "assumption",
          "hazard of trying, before the change of tempo", "I"),
    Param("choices_tempo", 2.1, "1", "lognormal(2.1, x1.2)", "assumption", "later tempo of attempts over the early one", "I"),
    Param("choices_tempo_day", 365.0, "day", "365", "assumption", "middle of the change of tempo, days from the start"),
    Param("choices_tempo_span", 180.0, "days", "180", "assumption", "length of the change of tempo"),
    Param("choices_suspension", 2.2, "log", "normal+(2.2, 1.0)", "assumption", "fall of trying and guiding under a full operation", "I"),
    Param("choices_weather_sd", 0.18, "1", "0.18", "assumption", "sd of the nightly log factor on trying: weather and weekday"),
    Param("choices_guided_share", 0.85, "1", "beta(17, 3)", "assumption", "guided part of attempts at reference", "S"),
    Param("choices_stay_share", 0.3, "1", "0.3", "assumption",
          "part of those considering who stay, at reference: an elastic outside option"),
    Param("choices_price_reference", 850.0, "EUR/person", "850", "assumption", "price at which the reference shares hold"),
    Param("choices_success_norm", 0.35, "1", "0.35", "assumption", "believed chance of success at which the reference shares hold"),
    Param("choices_risk_weight", 0.7, "1", "0.7", "assumption", "utility per log believed chance of success"),
    Param("choices_danger_weight", 0.2, "1", "0.2", "assumption", "utility lost where clashes are remembered"),
    Param("choices_symbol_weight", 0.0, "1", "0", "assumption", "utility of a fully believed name to a class that knows it"),
    Param("choices_guide_capacity", 2.5, "persons/member/night", "lognormal(2.5, x1.3)", "assumption",
          "people one member can guide a night", "S"),
    Param("choices_memory_days", 15.0, "days", "15", "assumption", "memory of clashes"),
)
WEATHER, TRY, SURPLUS = stream("choices.weather"), stream("choices.try"), stream("choices.surplus")
PICK = family("choices.pick")
_TABLE, _SHIFT, _FEW = 256, np.uint32(24), 8000


@kernel
def survey(members, occupied):
    """List the occupied cells (group, sector) in order, then those who go alone by sector; returns how many are occupied."""
    groups, sectors = members.shape
    n = 0
    for g in range(groups):
        for s in range(sectors):
            if members[g, s] > 0:
                occupied[n, 0] = g
                occupied[n, 1] = s
                n += 1
    for s in range(sectors):
        occupied[n + s, 0] = groups
        occupied[n + s, 1] = s
    return n


@kernel
def appraise(p, occupied, offers, reputation, clash_memory, quality, outside):
    """Utility of every offer before price and symbol, quality [g, s]; outside [2]: weights of staying and of going alone."""
    base = p.prices_weight * p.choices_price_reference - log(float(max(offers, 1)))
    last = -1
    trust = 0.0
    for i in range(offers):
        g, s = occupied[i, 0], occupied[i, 1]
        if g != last:
            trust = p.choices_risk_weight * log(reputation[g] / p.choices_success_norm)
            last = g
        quality[g, s] = base + trust - p.choices_danger_weight * clash_memory[s] / (1.0 + clash_memory[s])
    outside[0] = p.choices_stay_share / (1.0 - p.choices_stay_share) / p.choices_guided_share
    outside[1] = (1.0 - p.choices_guided_share) / p.choices_guided_share


@kernel
def tabulate(occupied, offers, offer, symbol, factor, alone, sectors, groups, cumulative, guide, edges):
    """Cumulative weights of the offers and of going alone by sector, scaled to 32-bit words; returns their sum."""
    total = 0.0
    for i in range(offers):
        g = occupied[i, 0]
        total += offer[i] * factor if symbol[g] == 1 else offer[i]
        cumulative[i] = total
    for s in range(sectors):
        total += alone / sectors
        cumulative[offers + s] = total
    cells = offers + sectors
    for i in range(cells):
        edges[i] = threshold(cumulative[i] / total)
    edges[cells - 1] = np.uint32(4294967295)
    i = 0
    for j in range(_TABLE):
        start = np.uint32(j * (4294967296 // _TABLE))
        while i < cells - 1 and edges[i] <= start:
            i += 1
        guide[j] = i
    return total


@kernel
def choose(p, key, day, operation, members, price, symbol, belief, familiar, quality, outside, occupied, offers, waiting,
           offer, cumulative, guide, edges, picked, words, attempts):
    """Fill attempts [c, g + 1, s]; row g = groups holds those who go alone. Scratch: offer to words."""
    groups, sectors = members.shape
    classes = waiting.shape[0]
    ramp = (day - p.choices_tempo_day) / p.choices_tempo_span + 0.5
    tempo = 1.0 + (p.choices_tempo - 1.0) * min(max(ramp, 0.0), 1.0)
    weather = exp(p.choices_weather_sd * normal(key, day, WEATHER, 0) - 0.5 * p.choices_weather_sd * p.choices_weather_sd)
    considered = p.choices_attempt_rate * tempo * weather * exp(-p.choices_suspension * operation) / (1.0 - p.choices_stay_share)
    consider = 1.0 - exp(-considered)
    for i in range(offers):
        g, s = occupied[i, 0], occupied[i, 1]
        offer[i] = exp(quality[g, s] - p.prices_weight * price[g, s])
    shown = False
    for g in range(groups):
        shown = shown or symbol[g] == 1
    attempts[:] = 0
    cells = offers + sectors
    table = -1.0
    total = 0.0
    for c in range(classes):
        lift = p.choices_symbol_weight * familiar[c] if shown else 0.0
        factor = exp(lift * logistic(belief[c])) if lift != 0.0 else 1.0
        if factor != table:
            total = tabulate(occupied, offers, offer, symbol, factor, outside[1], sectors, groups, cumulative, guide, edges)
            table = factor
        n = binomial(key, day, TRY, c, waiting[c], consider * total / (total + outside[0]))
        for i in range(cells):
            picked[i] = 0
        if n <= _FEW:
            fill(key, day, PICK + c, (n + 3) // 4, words)
            for k in range(n):
                word = words[k]
                i = guide[word >> _SHIFT]
                while edges[i] <= word and i < cells - 1:
                    i += 1
                picked[i] += 1
        else:
            left = n
            before = 0.0
            for i in range(cells):
                part = (cumulative[i] - before) / (total - before) if i < cells - 1 else 1.0
                picked[i] = binomial(key, day, PICK + c, i, left, min(1.0, part))
                before = cumulative[i]
                left -= picked[i]
        for i in range(cells):
            attempts[c, occupied[i, 0], occupied[i, 1]] = picked[i]


@kernel
def ration(p, key, day, operation, members, shadow, occupied, offers, attempts, guided):
    """Send the surplus over guides' capacity back to wait, without regard to class; fill guided [g + 1, s]."""
    classes, rows, sectors = attempts.shape
    slack = exp(-p.choices_suspension * operation)
    guided[:] = 0
    first = 0
    for g in range(rows - 1):
        wanted = 0
        capacity = 0
        while first < offers and occupied[first, 0] == g:
            s = occupied[first, 1]
            first += 1
            n = 0
            for c in range(classes):
                n += attempts[c, g, s]
            room = int(p.choices_guide_capacity * members[g, s] * slack) + 1
            wanted += n
            capacity += room
            surplus = 0
            while n > room:
                u = uniform(key, day, SURPLUS, ((g * sectors + s) << 16) | surplus) * n
                for c in range(classes):
                    u -= attempts[c, g, s]
                    if u <= 0.0 and attempts[c, g, s] > 0:
                        attempts[c, g, s] -= 1
                        n -= 1
                        break
                surplus += 1
            guided[g, s] = n
        if capacity > 0:
            pressure = p.prices_shadow_rate * p.choices_price_reference * (wanted - capacity) / capacity
            shadow[g] = min(max(0.0, shadow[g] + pressure), p.prices_shadow_most * p.choices_price_reference)
        else:
            shadow[g] = 0.0
    for s in range(sectors):
        for c in range(classes):
            guided[rows - 1, s] += attempts[c, rows - 1, s]


@kernel
def forget(p, clash_memory):
    """Memory of clashes fades."""
    keep = exp(-1.0 / p.choices_memory_days)
    for s in range(clash_memory.shape[0]):
        clash_memory[s] *= keep
