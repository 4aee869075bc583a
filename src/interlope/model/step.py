"""Step: the order of the night, written once.

`advance` runs days over one flat buffer and writes the recorded series; it is the whole of the simulated world's time.
"""
from __future__ import annotations

import numpy as np

from ..jit.compile import entry, kernel
from ..quantities import INDEX, QUANTITIES, SERIES
from . import tally
from .mechanisms import (
    choices,
    clashes,
    control,
    copycats,
    crossings,
    demand,
    earnings,
    escalation,
    extortion,
    growth,
    guards,
    prices,
    radicalisation,
    raids,
    reports,
    symbols,
    takeover,
    truces,
)
from .params import CONTROL_INDEX, Param
from .rivals import all_alike
from .roster import list_cells, list_sectors
from .special import exp, log
from .world import take

MECHANISMS = (demand, prices, choices, crossings, earnings, growth, truces, clashes, radicalisation, raids, guards, symbols,
              extortion, takeover, copycats, escalation, control, reports)
PARAMS: tuple[Param, ...] = tuple(p for mechanism in MECHANISMS for p in getattr(mechanism, "PARAMS", ()))

OK, TOO_MANY, NOT_FINITE = 0, 1, 2
STATUS: dict[int, tuple[str, str]] = {
    OK: ("ok", "the replicate ran to its end"),
    TOO_MANY: ("too-many-people", "more than a million people wait in one class: lower demand_level or raise the leaving rate"),
    NOT_FINITE: ("not-finite", "money or prices left the range of numbers: look at prices_weight, prices_unit_cost and the "
                               "controls"),
}

_SUMMED = np.array([INDEX[q.name] for q in QUANTITIES.values()
                    if "s" in q.axes and q.name not in ("self_guided_share", "price_mean")])
_K = len(SERIES)
(_ARRIVALS, _FENCE, _INSIDE, _FLOOR, _RAID, _LEADER, _TIP, _SEIZURE, _TRIBUTE, _SHELTER, _RECRUIT, _EXPOSURE, _RESTRAINT_FLOOR,
 _PATROL_EXTRA, _HARM_FACTOR) = range(len(CONTROL_INDEX))


@kernel
def mean_belief(w, familiar):
    """Mean belief that a shown name is genuine, over classes that know it."""
    belief = take(w, "belief")
    known = 0.0
    believed = 0.0
    for c in range(belief.shape[0]):
        if familiar[c] > 0.0:
            known += familiar[c]
            believed += familiar[c] / (1.0 + exp(-belief[c]))
    return believed / known if known > 0.0 else 0.0


@entry
def advance_one(r, place, records, keys, buffers, scratch, places, from_day, to_day, months, calendars,
                first_of_month, season, growth_path, mix, familiar, origin_share, imposed, hostility, ground_worth, hazard_from,
                innovations, control_paths, table, tallies, recorded, recorded_sector, recorded_class):
    """Run replicate r from from_day to before to_day, with the scratch room of this place; returns its status.

    buffers  # float64 [r, cells]; scratch  # float64 [place, cells]; control_paths  # [1 or r, day, control];
    recorded  # float32 [r, day, series], or no day; table, tallies  # what is read off the history, and how far that is,
    float64 [r, cells]: see tally.py.
    """
    p = records[r]
    key = keys[r]
    given = innovations[r]
    control_path = control_paths[r if control_paths.shape[0] > 1 else 0]
    out = recorded[r]
    out_sector = recorded_sector[r]
    out_class = recorded_class[r]
    w = (buffers[r], scratch[place], places)
    waiting = take(w, "waiting")
    members = take(w, "members")
    price = take(w, "price")
    restraint = take(w, "restraint")
    cash = take(w, "cash")
    arms = take(w, "arms")
    readiness = take(w, "readiness")
    occupied = take(w, "occupied")
    today = take(w, "today")
    by_sector = take(w, "by_sector")
    by_class = take(w, "by_class")
    groups, sectors = members.shape
    classes = waiting.shape[0]
    alike = all_alike(hostility)
    risk_reference = -log(max(1.0 - p.crossings_prevented, 1e-9)) - log(max(1.0 - p.crossings_detained, 1e-9))

    for day in range(from_day, to_day):
        u = control_path[day]
        years = (day - p.prices_cost_day) / 365.25
        today[:] = 0.0
        by_sector[:] = 0.0
        by_class[:] = 0.0
        radicalisation.rank(p, w)
        now = raids.intensity(day, w, imposed[day], hazard_from, u[_FLOOR])
        demand.demand(p, key, day, w, months[day], calendars[day], first_of_month[day], season, growth_path, mix, given, now, u[_ARRIVALS],
                      u[_SHELTER])
        choices.forget(p, w)
        offers = list_cells(w)
        choices.appraise(p, w, offers)
        prices.prices(p, w, years, risk_reference, u[_SEIZURE], offers)
        kinds = choices.choose(p, key, day, w, now, familiar, offers, sectors)
        choices.ration(p, key, day, w, now, kinds, offers)
        force = u[_PATROL_EXTRA] * (1.0 - restraint[1])
        crossings.crossings(p, key, day, w, u[_FENCE], u[_INSIDE], u[_HARM_FACTOR], force, now, kinds, offers)
        crossings.settle(p, key, day, w, kinds)
        earnings.earnings(p, w, years, u[_SEIZURE], u[_TRIBUTE], ground_worth)
        growth.growth(p, key, day, w, u[_RECRUIT], origin_share, offers)
        list_sectors(w)
        truces.truces(p, key, day, w, offers)
        clashes.clashes(p, key, day, w, mean_belief(w, familiar), alike, hostility)
        radicalisation.radicalisation(p, w)
        raids.raids(p, key, day, w, hazard_from, now, imposed[day], u[_RAID], u[_LEADER], u[_TIP], u[_PATROL_EXTRA])
        guards.guards(p, day, w)
        symbols.symbols(p, key, day, w, u[_EXPOSURE], familiar)
        extortion.extortion(p, key, day, w)
        takeover.takeover(p, key, day, w, familiar)
        copycats.copycats(p, key, day, w)
        escalation.escalation(p, key, day, w, now, u[_RESTRAINT_FLOOR])
        control.control(p, w)
        reports.press(p, key, day, w)
        reports.summary(p, key, day, w, familiar, offers)
        for k in _SUMMED:
            total = 0.0
            for s in range(sectors):
                total += by_sector[k, s]
            today[k] = total
        if out.shape[0] > 0:
            for k in range(_K):
                out[day - from_day, k] = today[k]
        tally.fold(table, tallies[r], day, today)
        if out_sector.shape[0] > 0:
            for k in range(_K):
                for s in range(sectors):
                    out_sector[day - from_day, k, s] = by_sector[k, s]
        if out_class.shape[0] > 0:
            for k in range(_K):
                for c in range(classes):
                    out_class[day - from_day, k, c] = by_class[k, c]
        for c in range(classes):
            if waiting[c] > 1000000:
                return TOO_MANY
        for k in range(_K):
            if not abs(today[k]) < 1e15:
                return NOT_FINITE
        fine = True
        for g in range(groups):
            fine = fine and abs(cash[g]) < 1e15 and arms[g] < 1e15 and readiness[g] <= 1.0
        for i in range(offers):
            fine = fine and 0.0 <= price[occupied[i, 0], occupied[i, 1]] < 1e9
        if not fine:
            return NOT_FINITE
    return OK
