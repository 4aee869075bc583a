"""Choices: who tries tonight, and with whom.

Each waiting person considers crossing with hazard a0 tempo e^(-suspension O) weather; those who do choose among every
group and sector on offer, going alone, and staying, by logit:
    U = quality_s - price_weight price + risk_weight log(believed success) - danger memory/(1 + memory)
        + symbol_weight familiar_c belief_c symbol_g.
The symbol counts only for classes that know it. Groups guide at most `choices_guide_capacity` people per member and
night; the surplus waits, and raises the shadow price of guides (E3).
"""
from __future__ import annotations


from ...compile import kernel
from ..params import Param
from ..rng import stream, uniform, unit32, words
from ..samplers import binomial, normal
from ..special import exp, log, logistic

PARAMS = (
    Param("choices_attempt_rate", 0.12, "1/day", "lognormal(0.12, x1.25)", "assumption", "hazard of trying, before the change of tempo", "I"),
    Param("choices_tempo", 2.1, "1", "lognormal(2.1, x1.2)", "assumption", "later tempo of attempts over the early one", "I"),
    Param("choices_tempo_day", 365.0, "day", "365", "assumption", "middle of the change of tempo, days from the start"),
    Param("choices_tempo_span", 180.0, "days", "180", "assumption", "length of the change of tempo"),
    Param("choices_suspension", 2.2, "log", "normal+(2.2, 1.0)", "assumption", "fall of trying and guiding under a full operation", "I"),
    Param("choices_weather_sd", 0.18, "1", "0.18", "assumption", "sd of the nightly log factor on trying: weather and weekday"),
    Param("choices_guided_share", 0.85, "1", "beta(17, 3)", "assumption", "guided part of attempts at reference", "S"),
    Param("choices_stay_share", 0.3, "1", "0.3", "assumption", "part of those considering who stay, at reference: an elastic outside option"),
    Param("choices_price_reference", 700.0, "EUR/person", "700", "assumption", "price at which the reference shares hold"),
    Param("choices_risk_weight", 0.7, "1", "0.7", "assumption", "utility per log believed chance of success"),
    Param("choices_danger_weight", 0.2, "1", "0.2", "assumption", "utility lost where clashes are remembered"),
    Param("choices_symbol_weight", 0.0, "1", "0", "assumption", "utility of a fully believed name to a class that knows it"),
    Param("choices_guide_capacity", 2.5, "persons/member/night", "lognormal(2.5, x1.3)", "assumption", "people one member can guide a night", "S"),
    Param("choices_memory_days", 15.0, "days", "15", "assumption", "memory of clashes"),
)
WEATHER, TRY, PICK, SURPLUS = stream("choices.weather"), stream("choices.try"), stream("choices.pick"), stream("choices.surplus")
_TABLE = 256


@kernel
def appraise(p, members, reputation, clash_memory, quality, outside):
    """Utility of every offer before price and symbol, quality [g, s]; outside [2]: weights of staying and of going alone."""
    groups, sectors = members.shape
    offers = 0
    for g in range(groups):
        for s in range(sectors):
            if members[g, s] > 0:
                offers += 1
    spread = log(float(max(offers, 1)))
    for g in range(groups):
        trust = p.choices_risk_weight * log(reputation[g] / 0.35)
        for s in range(sectors):
            danger = clash_memory[s] / (1.0 + clash_memory[s])
            quality[g, s] = p.prices_weight * p.choices_price_reference + trust - p.choices_danger_weight * danger - spread
    outside[0] = p.choices_stay_share / (1.0 - p.choices_stay_share) / p.choices_guided_share
    outside[1] = (1.0 - p.choices_guided_share) / p.choices_guided_share


@kernel
def choose(p, key, day, operation, members, price, symbol, belief, familiar, quality, outside, waiting, cumulative, guide,
           attempts):
    """Fill attempts [c, g + 1, s]; row g = groups holds those who go alone."""
    groups, sectors = members.shape
    classes = waiting.shape[0]
    cells = (groups + 1) * sectors
    ramp = (day - p.choices_tempo_day) / p.choices_tempo_span + 0.5
    tempo = 1.0 + (p.choices_tempo - 1.0) * min(max(ramp, 0.0), 1.0)
    weather = exp(p.choices_weather_sd * normal(key, day, WEATHER, 0) - 0.5 * p.choices_weather_sd * p.choices_weather_sd)
    stay = outside[0]
    considered = p.choices_attempt_rate * tempo * weather * exp(-p.choices_suspension * operation) / (1.0 - p.choices_stay_share)
    plain_ready = False
    plain_total = 0.0
    for c in range(classes):
        lift = p.choices_symbol_weight * familiar[c]
        if lift != 0.0 or not plain_ready:
            factor = exp(lift * logistic(belief[c]))
            total = 0.0
            for g in range(groups):
                for s in range(sectors):
                    if members[g, s] > 0:
                        w = exp(quality[g, s] - p.prices_weight * price[g, s])
                        total += w * factor if symbol[g] == 1 else w
                    cumulative[g * sectors + s] = total
            for s in range(sectors):
                total += outside[1] / sectors
                cumulative[groups * sectors + s] = total
            i = 0
            for j in range(_TABLE):
                while i < cells - 1 and cumulative[i] <= total * j / _TABLE:
                    i += 1
                guide[j] = i
            plain_total = total
            plain_ready = lift == 0.0
        for i in range(cells):
            attempts[c, i // sectors, i % sectors] = 0
        total = plain_total
        chance = (1.0 - exp(-considered)) * total / (total + stay)
        n = binomial(key, day, TRY, c, waiting[c], chance)
        for k in range((n + 3) // 4):
            quad = words(key, day, PICK, (c << 24) | k)
            for j in range(min(4, n - 4 * k)):
                word = quad[0] if j == 0 else (quad[1] if j == 1 else (quad[2] if j == 2 else quad[3]))
                u = unit32(word)
                i = guide[int(u * _TABLE)]
                u *= total
                while i < cells - 1 and cumulative[i] <= u:
                    i += 1
                attempts[c, i // sectors, i % sectors] += 1


@kernel
def ration(p, key, day, operation, members, shadow, attempts, guided):
    """Send the surplus over guides' capacity back to wait, without regard to class; fill guided [g + 1, s]."""
    classes, rows, sectors = attempts.shape
    slack = exp(-p.choices_suspension * operation)
    for g in range(rows - 1):
        wanted = 0
        capacity = 0
        for s in range(sectors):
            n = 0
            for c in range(classes):
                n += attempts[c, g, s]
            room = int(p.choices_guide_capacity * members[g, s] * slack) + (1 if members[g, s] > 0 else 0)
            wanted += n
            capacity += room
            surplus = 0
            while n > room:
                u = uniform(key, day, SURPLUS, ((g * sectors + s) << 16) | surplus) * n
                for c in range(classes):
                    u -= attempts[c, g, s]
                    if u <= 0.0 and attempts[c, g, s] > 0:
                        attempts[c, g, s] -= 1
                        break
                n = 0
                for c in range(classes):
                    n += attempts[c, g, s]
                surplus += 1
            guided[g, s] = n
        if capacity > 0:
            pressure = p.prices_shadow_rate * p.choices_price_reference * (wanted - capacity) / capacity
            shadow[g] = min(max(0.0, shadow[g] + pressure), 3.0 * p.choices_price_reference)
        else:
            shadow[g] = 0.0
    for s in range(sectors):
        n = 0
        for c in range(classes):
            n += attempts[c, rows - 1, s]
        guided[rows - 1, s] = n


@kernel
def forget(p, clash_memory):
    """Memory of clashes fades."""
    keep = exp(-1.0 / p.choices_memory_days)
    for s in range(clash_memory.shape[0]):
        clash_memory[s] *= keep
