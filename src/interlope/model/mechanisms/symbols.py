"""Symbols: groups without ties put on an organisation's name when it pays, and clients learn what a name is worth.

Gain = revenue (e^(weight familiarity belief) - 1) (new clients, as in `choices`) + deterrence of rivals, risk = police attention +
punishment by the genuine where they are present. Adoption and dropping at `symbols_adopt_rate` a year around that edge.
Belief is in log-odds: diluted by untied wearers, raised by genuine ones, pulled back to a prior, lowered by
exposure. Smith & Varese (2001) is on payment under a name, not on clients: see `extortion`.
Not modelled: names that differ from one another; one name stands for all.
"""
from __future__ import annotations

from ...jit.compile import kernel
from ..params import Param
from ..rng import stream, uniform
from ..special import exp, log, logistic
from ..world import take

PARAMS = (
    Param("symbols_adopt_rate", 0.0, "1/group/year", "0", "assumption",
          "rate at which a group reconsiders its name; 0 switches mimicry off"),
    Param("symbols_risk", 150.0, "EUR/day", "lognormal(150, x2)", "assumption", "cost of police attention to a worn name", "S"),
    Param("symbols_punish", 250.0, "EUR/day", "lognormal(250, x2)", "assumption",
          "expected cost of punishment where genuine wearers are present", "S"),
    Param("symbols_deterrence", 200.0, "EUR/day", "lognormal(200, x2)", "assumption",
          "worth of rivals deterred by a fully believed name", "S"),
    Param("symbols_belief", 0.5, "1", "0.5", "assumption", "prior belief that a shown name is genuine"),
    Param("symbols_dilution", 0.002, "log-odds/group/day", "lognormal(0.002, x2)", "assumption", "fall of belief per untied wearer", "S"),
    Param("symbols_width", 150.0, "EUR/day", "150", "assumption", "width of the edge at which a name is put on or dropped"),
    Param("symbols_recovery", 0.004, "1/day", "0.004", "assumption", "return of belief to its prior"),
)
ADOPT = stream("symbols.adopt")
DAYS_A_YEAR = 365.0
LEAST_DROP = 1.0 / DAYS_A_YEAR  # a day: names that do not pay are dropped within years even where none are put on
MOST_LOG_ODDS = 5.0  # belief stays within 0.7 % and 99.3 %: nobody is ever so sure that evidence no longer counts


@kernel
def symbols(p, key, day, w, controls):
    """Names put on and off, belief of the day. belief  # [1] log-odds."""
    revenue = take(w, "revenue")
    size = take(w, "size")
    tie = take(w, "tie")
    owner = take(w, "owner")
    symbol = take(w, "symbol")
    belief = take(w, "belief")
    groups = size.shape[0]
    for g in range(groups):
        if size[g] == 0:  # a group that has ended wears nothing and is tied to nobody
            symbol[g] = 0
            tie[g] = 0
            owner[g] = 0
    believed = logistic(belief[0])
    drawn = exp(p.choices_symbol_weight * p.choices_familiarity * believed) - 1.0
    false_names = 0
    genuine = 0
    for g in range(groups):
        if symbol[g] == 1:
            if tie[g] > 0:
                genuine += 1
            else:
                false_names += 1
    daily = p.symbols_adopt_rate / DAYS_A_YEAR
    for g in range(groups):
        if tie[g] > 0 or (symbol[g] == 0 and daily == 0.0):
            continue
        if size[g] == 0:
            continue
        gain = revenue[g] * drawn + p.symbols_deterrence * believed
        lean = (gain - p.symbols_risk - p.symbols_punish * min(1, genuine)) / p.symbols_width
        u = uniform(key, day, ADOPT, g)
        if symbol[g] == 0 and u < daily * logistic(lean):
            symbol[g] = 1
        elif symbol[g] == 1 and u < max(daily, LEAST_DROP) * logistic(-lean):
            symbol[g] = 0
    start = log(p.symbols_belief / (1.0 - p.symbols_belief))
    change = p.symbols_recovery * (start - belief[0]) + p.symbols_dilution * (genuine - false_names)
    belief[0] = min(MOST_LOG_ODDS, max(-MOST_LOG_ODDS, belief[0] + change - controls.exposure_rate * min(1, false_names)))
