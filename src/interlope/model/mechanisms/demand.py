"""Demand: people arrive on the transit side, move to the border, and some leave for another route or give up.

arrivals ~ Poisson(level season e^wave growth e^(x - var/2) e^(-upstream_deterrence * upstream) frailty), x an AR(1) in
months whose innovations are drawn by name (or given by an inference), frailty gamma with mean 1. Detections never enter.
upstream follows the operation with one speed as it is learned that the way is shut, with another as that is unlearned: guides and people
who found another way do not come back as fast as they left (hysteresis). Of those who did not come for it a part took another route. Who
expects to be returned under an agreement comes less, by an elasticity (`returns`), and is counted among them.
to the border ~ Binomial(transit, 1 - e^-north_rate). Leavers ~ Binomial(waiting, 1 - e^-h), h = leave_rate (price/reference)^e
e^(d O): the balloon effect. Diverted people and the harm on the other route are recorded.
Not modelled: how people choose among other routes, which are one "elsewhere"; children and families apart from others.
"""
from __future__ import annotations

import math

import numpy as np

from ...jit.compile import kernel
from ...quantities import INDEX
from ..params import Param
from ..people import BACK, CAME, ELSEWHERE, LEFT, NORTH, PROTECTED
from ..rng import stream
from ..samplers import binomial, gamma, normal, poisson
from ..special import exp, power
from ..world import take

PARAMS = (
    Param("demand_level", 380.0, "persons/day", "lognormal(380, x1.35)", "assumption",
          "true arrivals a day near the border, reference year", "I"),
    Param("demand_wave_cosine", 0.0, "log", "normal(0, 0.3)", "assumption",
          "yearly wave in log arrivals beside the stated season: its height in January, and its depth in July"),
    Param("demand_wave_sine", 0.0, "log", "normal(0, 0.3)", "assumption", "the same in April and in October"),
    Param("demand_memory", 0.6, "1", "0.6", "assumption", "part of the slow log factor kept from month to month"),
    Param("demand_innovation_sd", 0.3, "1", "0.3", "assumption", "sd of monthly innovations of the slow log factor"),
    Param("demand_frailty_sd", 0.2, "1", "0.2", "assumption", "sd of the daily gamma factor"),
    Param("demand_north_rate", 0.3, "1/day", "0.3", "assumption", "rate of moving to the border after arrival"),
    Param("demand_return_rate", 0.1, "1/day", "0.1", "assumption", "rate of leaving protection for the border"),
    Param("demand_leave_rate", 0.013, "1/day", "lognormal(0.013, x1.5)", "assumption", "rate of leaving at reference price", "I"),
    Param("demand_leave_price", 0.5, "1", "0.5", "assumption", "elasticity of leaving to the price"),
    Param("demand_price_reference", 700.0, "EUR/person", "700", "assumption", "price at which the leaving rate holds"),
    Param("demand_leave_operation", 0.5, "log", "gamma(0.5, 1)", "assumption", "rise of leaving under an operation", "S"),
    Param("demand_divert_share", 0.85, "1", "0.85", "assumption", "part of leavers that take another route"),
    Param("demand_upstream_deterrence", 1.5, "log", "gamma(1.5, 0.6)", "assumption", "fall of arrivals when the way is believed shut", "S"),
    Param("demand_upstream_days", 30.0, "days", "30", "assumption", "time in which it is learned upstream that the way is shut"),
    Param("demand_upstream_return_days", 30.0, "days", "30", "assumption", "time in which it is unlearned once the way is open"),
    Param("demand_upstream_divert", 0.0, "1", "0", "assumption", "part of those deterred upstream that take another route"),
    Param("demand_diverted_death", 0.0006, "1", "lognormal(0.0006, x2.5)", "assumption", "deaths per person pushed to another route", "S"),
)
MONTH, FRAILTY, ARRIVE, GO_NORTH, RETURN, PROTECT, LEAVE, DIVERT, DIE, DETER = (
    stream("demand.month"), stream("demand.frailty"), stream("demand.arrive"), stream("demand.north"), stream("demand.back"),
    stream("demand.protect"), stream("demand.leave"), stream("demand.divert"), stream("demand.die"),
    stream("demand.deter"))
ARRIVALS, DIVERTED, GAVE_UP, DIVERTED_DEATHS, DETERRED = (
    INDEX["arrivals"], INDEX["diverted"], INDEX["gave_up"], INDEX["diverted_deaths"], INDEX["deterred"])
_C = 0.8660254037844386  # cos 30 degrees
_COSINE = np.array([1.0, _C, 0.5, 0.0, -0.5, -_C, -1.0, -_C, -0.5, 0.0, 0.5, _C])  # month by month, January first


@kernel
def demand(p, key, day, w, month, calendar, first_of_month, season, growth, given, operation, controls):
    """Arrivals, moves between places, leavers. given  # [m] innovations, NaN where the kernel draws its own."""
    waiting = take(w, "waiting")
    transit = take(w, "transit")
    sheltered = take(w, "sheltered")
    demand_x = take(w, "demand_x")
    upstream = take(w, "upstream")
    innovation = take(w, "innovation")
    price_level = take(w, "price_level")
    flows = take(w, "flows")
    out = take(w, "today")
    if first_of_month:
        z = given[month]
        if math.isnan(z):
            z = normal(key, month, MONTH, 0)
        innovation[month] = z
        demand_x[0] = p.demand_memory * demand_x[0] + p.demand_innovation_sd * z
    variance = p.demand_innovation_sd * p.demand_innovation_sd / (1.0 - p.demand_memory * p.demand_memory)
    wave = p.demand_wave_cosine * _COSINE[calendar] + p.demand_wave_sine * _COSINE[(calendar + 9) % 12]
    slow = growth[month] + demand_x[0] - 0.5 * variance
    would_come = p.demand_level * season[calendar] * exp(slow + wave)
    undeterred = exp(-p.demand_upstream_deterrence * upstream[0])
    if controls.return_share > 0.0:
        undeterred *= power(1.0 - controls.return_share, p.returns_anticipation)
    frailty = 1.0
    if p.demand_frailty_sd > 0.0:
        frailty = gamma(key, day, FRAILTY, 0, 1.0 / (p.demand_frailty_sd * p.demand_frailty_sd))
    rate = would_come * (undeterred * controls.arrivals_factor) * frailty
    deterred = 0
    if p.demand_upstream_divert > 0.0 and undeterred < 1.0:
        turned = would_come * ((1.0 - undeterred) * controls.arrivals_factor) * frailty
        deterred = poisson(key, day, DETER, 0, p.demand_upstream_divert * turned)
    follow = p.demand_upstream_days if operation > upstream[0] else p.demand_upstream_return_days
    upstream[0] += (operation - upstream[0]) * (1.0 - exp(-1.0 / follow))
    go_north = 1.0 - exp(-p.demand_north_rate)
    go_back = 1.0 - exp(-p.demand_return_rate)
    protect = 1.0 - exp(-controls.shelter_rate)
    hazard = p.demand_leave_rate * power(price_level[0] / p.demand_price_reference, p.demand_leave_price)
    leave = 1.0 - exp(-hazard * exp(p.demand_leave_operation * operation))
    flows[CAME] = poisson(key, day, ARRIVE, 0, rate)
    flows[NORTH] = binomial(key, day, GO_NORTH, 0, transit[0], go_north)
    flows[BACK] = binomial(key, day, RETURN, 0, sheltered[0], go_back)
    transit[0] += flows[CAME] - flows[NORTH]
    waiting[0] += flows[NORTH] + flows[BACK]
    flows[PROTECTED] = binomial(key, day, PROTECT, 0, waiting[0], protect)
    waiting[0] -= flows[PROTECTED]
    sheltered[0] += flows[PROTECTED] - flows[BACK]
    flows[LEFT] = binomial(key, day, LEAVE, 0, waiting[0], leave)
    flows[ELSEWHERE] = binomial(key, day, DIVERT, 0, flows[LEFT], p.demand_divert_share)
    waiting[0] -= flows[LEFT]
    out[ARRIVALS] = flows[CAME]
    out[DIVERTED] = flows[ELSEWHERE]
    out[GAVE_UP] = flows[LEFT] - flows[ELSEWHERE]
    out[DETERRED] = deterred
    out[DIVERTED_DEATHS] = binomial(key, day, DIE, 0, flows[ELSEWHERE] + deterred, p.demand_diverted_death)
