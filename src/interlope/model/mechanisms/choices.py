"""Choices: how many try to cross today, and with whom (a logit over the choice set).

Each waiting person considers crossing with hazard a0 tempo e^(-suspension O) weather; those who do choose among every
group and sector (the alternatives of the choice set), going alone, and staying, by logit:
    U = -price_weight price + risk_weight log(believed success) - danger memory/(1 + memory)
        + symbol_weight familiarity belief symbol_g.
A symbol draws clients as far as they know it (familiarity) and believe it. All clients choose alike, whatever their class: their number
is drawn as one, which is the law of one person at a time. Groups guide at most `choices_guide_capacity` people per member and day; the
surplus waits, and raises the shadow price of guides (E3). A forcing that is known (crossing days at sea, a season of its own; 1 where a
case states none) multiplies the chance of trying, which is at most 1, so that those who want to try are proportional to it in expectation.
Not modelled: a nested logit; the number of alternatives is divided out of the choice instead, so that more sellers alone draw nobody;
clients who know a name beside others who do not.
"""
from __future__ import annotations

import numpy as np

from ...jit.compile import kernel
from ..params import Param
from ..people import TRIED
from ..rng import fill, stream, threshold
from ..samplers import binomial, normal
from ..special import exp, exp_each, log, logistic
from ..workspace import GUIDE, MOST_WORDS
from ..world import take

PARAMS = (
    Param("choices_attempt_rate", 0.15, "1/day", "lognormal(0.15, x1.25)", "assumption",
          "hazard of trying, before the change of tempo", "I"),
    Param("choices_tempo", 2.1, "1", "lognormal(2.1, x1.2)", "assumption", "later tempo of attempts over the early one", "I"),
    Param("choices_tempo_day", 365.0, "day", "365", "assumption", "middle of the change of tempo, days from the start"),
    Param("choices_tempo_span", 180.0, "days", "180", "assumption", "length of the change of tempo"),
    Param("choices_suspension", 2.2, "log", "normal+(2.2, 1.0)", "assumption", "fall of trying and guiding under a full operation", "I"),
    Param("choices_weather_sd", 0.18, "1", "0.18", "assumption", "sd of the daily log factor on trying: weather and weekday"),
    Param("choices_guided_share", 0.85, "1", "beta(17, 3)", "assumption", "guided part of attempts at reference", "S"),
    Param("choices_stay_share", 0.3, "1", "0.3", "assumption",
          "part of those considering who stay, at reference: an elastic outside option"),
    Param("choices_price_reference", 850.0, "EUR/person", "850", "assumption", "price at which the reference shares hold"),
    Param("choices_success_norm", 0.35, "1", "0.35", "assumption", "believed chance of success at which the reference shares hold"),
    Param("choices_risk_weight", 0.7, "1", "0.7", "assumption", "utility per log believed chance of success"),
    Param("choices_danger_weight", 0.2, "1", "0.2", "assumption", "utility lost where clashes are remembered"),
    Param("choices_symbol_weight", 0.0, "1", "0", "assumption", "utility of a name that all know and fully believe"),
    Param("choices_familiarity", 0.2, "1", "0.2", "assumption", "how well clients know a shown name: 0 nobody, 1 all of them"),
    Param("choices_guide_capacity", 2.5, "persons/member/day", "lognormal(2.5, x1.3)", "assumption",
          "people one member can guide a day", "S"),
    Param("choices_memory_days", 15.0, "days", "15", "assumption", "memory of clashes"),
)
WEATHER, TRY, PICK = stream("choices.weather"), stream("choices.try"), stream("choices.pick")
_ROOM = 1e12
_TOP, _QUARTER = np.uint64(30), GUIDE // 4
_SHIFT, _ONE = np.uint64(23), np.uint64(1)  # an unsigned index is not checked for its sign


@kernel
def appraise(p, w, alternatives):
    """Worth of every alternative before price and symbol, attractiveness [i]; outside [2]: weights of staying and of going alone."""
    occupied = take(w, "occupied")
    reputation = take(w, "reputation")
    clash_memory = take(w, "clash_memory")
    trust = take(w, "trust")
    calm = take(w, "calm")
    attractiveness = take(w, "attractiveness")
    outside = take(w, "outside")
    base = exp(p.prices_weight * p.choices_price_reference) / max(alternatives, 1)
    for s in range(calm.shape[0]):
        calm[s] = -p.choices_danger_weight * clash_memory[s] / (1.0 + clash_memory[s])
    exp_each(calm, calm.shape[0])
    for g in range(trust.shape[0]):
        trust[g] = p.choices_risk_weight * log(reputation[g] * (1.0 / p.choices_success_norm))
    exp_each(trust, trust.shape[0])
    for i in range(alternatives):
        attractiveness[i] = base * trust[occupied[i, 0]] * calm[occupied[i, 1]]
    guided = max(p.choices_guided_share, 1e-3)
    outside[0] = p.choices_stay_share / max(1.0 - p.choices_stay_share, 1e-3) / guided
    outside[1] = (1.0 - p.choices_guided_share) / guided


@kernel
def tabulate(w, alternatives, factor, alone, sectors):
    """Cumulative weights of the alternatives and of going alone by sector, scaled to 32-bit words; returns their sum."""
    occupied = take(w, "occupied")
    choice_weight = take(w, "choice_weight")
    symbol = take(w, "symbol")
    cumulative = take(w, "cumulative")
    guide = take(w, "guide")
    edges = take(w, "edges")
    total = 0.0
    for i in range(alternatives):
        total += choice_weight[i] * factor if symbol[occupied[i, 0]] == 1 else choice_weight[i]
        cumulative[i] = total
    for s in range(sectors):
        total += alone / sectors
        cumulative[alternatives + s] = total
    last = alternatives + sectors - 1
    guide[:] = 0
    for i in range(last):
        edges[i] = threshold(cumulative[i] * (1.0 / total))
        guide[(edges[i] >> _SHIFT) + _ONE] = i + 1  # words from the next place of the guide on are past this edge
    edges[last] = np.uint64(4294967296)
    fill_up(guide, edges, last)
    return total


@kernel
def fill_up(guide, edges, last):
    """Every place of the guide that no edge has written takes what stands before it: four quarters side by side."""
    a, b, c, d = guide[0], np.uint32(0), np.uint32(0), np.uint32(0)
    for i in range(last):
        quarter = edges[i] >> _TOP
        b += np.uint32(quarter < 1)
        c += np.uint32(quarter < 2)
        d += np.uint32(quarter < 3)
    for j in range(_QUARTER):
        a = max(a, guide[j])
        b = max(b, guide[j + _QUARTER])
        c = max(c, guide[j + 2 * _QUARTER])
        d = max(d, guide[j + 3 * _QUARTER])
        guide[j], guide[j + _QUARTER], guide[j + 2 * _QUARTER], guide[j + 3 * _QUARTER] = a, b, c, d


@kernel
def choose(p, key, day, w, operation, forcing, alternatives, sectors):
    """Fill guided [i]: how many of those who wait take alternative i, or go alone in a sector. forcing  # known factor on trying today."""
    symbol = take(w, "symbol")
    outside = take(w, "outside")
    waiting = take(w, "waiting")
    belief = take(w, "belief")
    ramp = (day - p.choices_tempo_day) / p.choices_tempo_span + 0.5
    tempo = 1.0 + (p.choices_tempo - 1.0) * min(max(ramp, 0.0), 1.0)
    weather = exp(p.choices_weather_sd * normal(key, day, WEATHER, 0) - 0.5 * p.choices_weather_sd * p.choices_weather_sd)
    considered = p.choices_attempt_rate * tempo * weather * exp(-p.choices_suspension * operation)
    considered /= max(1.0 - p.choices_stay_share, 1e-3)
    consider = 1.0 - exp(-considered)
    any_shown = False
    for g in range(symbol.shape[0]):
        any_shown = any_shown or symbol[g] == 1
    factor = exp(p.choices_symbol_weight * p.choices_familiarity * logistic(belief[0])) if any_shown else 1.0
    total = tabulate(w, alternatives, factor, outside[1], sectors)
    chance = consider * total / (total + outside[0])
    n = binomial(key, day, TRY, 0, waiting[0], min(1.0, chance * forcing))
    pick(key, day, w, n, alternatives + sectors, total)


@kernel
def pick(key, day, w, n, cells, total):
    """Spread n choosers over the cells by their weights: one word each, or conditional binomials when they are many."""
    guided = take(w, "guided")
    cumulative = take(w, "cumulative")
    guide = take(w, "guide")
    edges = take(w, "edges")
    words = take(w, "words")
    for i in range(cells):
        guided[i] = 0
    if n <= MOST_WORDS:
        fill(key, day, PICK, (n + 3) // 4, words)
        for word in words[:n]:
            place = np.uint64(guide[np.uint64(word) >> _SHIFT])
            place += np.uint64(edges[place] <= word)  # most words are past no edge or one: that cannot be foretold, so nothing is guessed
            while edges[place] <= word:
                place += _ONE
            guided[place] += 1
        return
    left = n
    before = 0.0
    for i in range(cells):
        part = (cumulative[i] - before) / (total - before) if i < cells - 1 else 1.0
        guided[i] = binomial(key, day, PICK, i, left, min(1.0, part))
        before = cumulative[i]
        left -= guided[i]


@kernel
def ration(p, w, operation, alternatives, sectors):
    """Send the surplus over guides' capacity back to wait; fill guided [i], those who really try, and sales [g, s]."""
    owner = take(w, "owner")
    shadow = take(w, "shadow")
    occupied = take(w, "occupied")
    manned = take(w, "manned")
    guided = take(w, "guided")
    sales = take(w, "sales")
    wanted = take(w, "wanted")
    capacity = take(w, "capacity")
    flows = take(w, "flows")
    slack = p.choices_guide_capacity * exp(-p.choices_suspension * operation)
    more = slack * (1.0 + p.copycats_capacity)
    wanted[:] = 0.0
    capacity[:] = 0.0
    sales[:] = 0
    for i in range(alternatives):
        g = occupied[i, 0]
        most = int(min(_ROOM, (more if owner[g] > 1 else slack) * manned[i]))
        wanted[g] += guided[i]
        capacity[g] += most
        guided[i] = min(guided[i], most)
        sales[g, occupied[i, 1]] = guided[i]
    flows[TRIED] = 0
    for i in range(alternatives + sectors):
        flows[TRIED] += guided[i]
    step = p.prices_shadow_rate * p.choices_price_reference
    top = p.prices_shadow_most * p.choices_price_reference
    for g in range(owner.shape[0]):
        shadow[g] = min(max(0.0, shadow[g] + step * (wanted[g] - capacity[g]) / max(capacity[g], 1.0)), top)


@kernel
def forget(p, w):
    """Memory of clashes fades."""
    clash_memory = take(w, "clash_memory")
    keep = exp(-1.0 / p.choices_memory_days)
    for s in range(clash_memory.shape[0]):
        clash_memory[s] *= keep
