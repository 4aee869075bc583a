"""Step: the order of a day, written once.

`advance_one` runs days over one flat buffer and writes the recorded series; it is the whole of the simulated world's time.
"""
from __future__ import annotations

import numpy as np

from ..jit.compile import entry, kernel
from ..quantities import INDEX, QUANTITIES, SERIES
from . import online_statistics
from .mechanisms import (
    choices,
    clashes,
    classes,
    copycats,
    crossings,
    demand,
    earnings,
    escalation,
    extortion,
    franchise,
    governance,
    growth,
    guards,
    prices,
    radicalisation,
    raids,
    reports,
    supply,
    symbols,
    takeover,
    tribute,
    truces,
)
from .occupancy import count_groups, list_cells, list_sectors
from .opponents import all_alike
from .params import Param
from .special import log
from .world import take

MECHANISMS = (demand, prices, choices, supply, crossings, earnings, tribute, growth, truces, clashes, radicalisation, raids, guards,
              symbols, extortion, takeover, franchise, copycats, escalation, governance, reports, classes)
PARAMS: tuple[Param, ...] = tuple(p for mechanism in MECHANISMS for p in getattr(mechanism, "PARAMS", ()))

OK, TOO_MANY, NOT_FINITE = 0, 1, 2
STATUS: dict[int, tuple[str, str]] = {
    OK: ("ok", "the replicate ran to its end"),
    TOO_MANY: ("too-many-people", "more than a million people wait: lower demand_level or raise the leaving rate"),
    NOT_FINITE: ("not-finite", "money or prices left the range of numbers: look at prices_weight, prices_unit_cost and the "
                               "controls"),
}

_SUMMED = np.array([INDEX[q.name] for q in QUANTITIES.values()
                    if "s" in q.axes and q.name not in ("self_guided_share", "price_mean")])
_K = len(SERIES)
DAYS_A_YEAR = 365.25
MOST_WAITING = 1000000  # no border has seen as many, and they would take all time and memory
MOST_MONEY, MOST_PRICE = 1e15, 1e9  # EUR; beyond, sums of numbers are no longer exact to the cent


@entry
def advance_one(r, thread, replicates, workspace, calendar, inputs, recorder):
    """Run replicate r over the days of the calendar, with the workspace of this thread; returns its status.

    replicates, workspace, calendar, inputs, recorder  # see `arguments`.
    """
    p = replicates.parameters[r]
    key = replicates.keys[r]
    given = replicates.innovations[r]
    control_path = replicates.controls[r if replicates.controls.shape[0] > 1 else 0]
    w = (replicates.state[r], workspace.cells[thread], workspace.layout)
    sectors = take(w, "by_sector").shape[1]
    hazard_from = inputs.hazard_from
    alike = all_alike(inputs.hostility)
    risk_reference = -log(max(1.0 - p.crossings_prevented, 1e-9)) - log(max(1.0 - p.crossings_detained, 1e-9))

    for day in range(calendar.begin, calendar.end):
        controls = control_path[day]
        imposed = raids.impose(p, inputs.imposed[day], inputs.unended[day], inputs.run[day])
        years = (day - p.prices_cost_day) / DAYS_A_YEAR
        begin_day(w)
        radicalisation.rank(p, w)
        now = raids.intensity(day, w, imposed, hazard_from, controls)
        demand.demand(p, key, day, w, calendar.month[day], calendar.month_of_year[day], calendar.begins_month[day], inputs.season,
                      inputs.growth, given, now, controls)
        choices.forget(p, w)
        alternatives = list_cells(w)
        choices.appraise(p, w, alternatives)
        supply.quote(p, w)
        tribute.assess(p, key, day, w)
        prices.prices(p, w, years, risk_reference, controls, alternatives)
        choices.choose(p, key, day, w, now, inputs.forcing[day], alternatives, sectors)
        choices.ration(p, w, now, alternatives, sectors)
        supply.deliver(p, day, w, controls, alternatives)
        crossings.crossings(p, key, day, w, controls, now, alternatives)
        earnings.earnings(p, w, years, controls, inputs.ground_worth)
        governance.collect(p, w)
        supply.collect(p, w, controls, alternatives)
        tribute.collect(p, w, controls, alternatives)
        franchise.collect(p, w, controls, alternatives)
        growth.growth(p, key, day, w, controls, alternatives)
        list_sectors(w)
        truces.truces(p, key, day, w, alternatives)
        clashes.clashes(p, key, day, w, alike, inputs.hostility)
        radicalisation.radicalisation(p, w)
        raids.move_patrols(p, w, now, controls)
        raids.meet(p, key, day, w, now, controls)
        raids.plan_operations(p, key, day, w, hazard_from, now, imposed, inputs.unended[day], inputs.operations, controls)
        guards.guards(p, day, w)
        symbols.symbols(p, key, day, w, controls)
        extortion.extortion(p, key, day, w)
        takeover.takeover(p, key, day, w)
        franchise.franchise(p, key, day, w)
        copycats.copycats(p, key, day, w)
        escalation.escalation(p, key, day, w, now, controls)
        governance.govern(p, w)
        reports.press(p, key, day, w)
        reports.summary(p, key, day, w, alternatives)
        classes.classes(key, day, w, inputs.mix[calendar.month[day]], inputs.familiar, inputs.origin_share)
        record(w, r, day - calendar.begin, recorder.series, recorder.by_sector, recorder.by_class)
        online_statistics.accumulate(recorder.table, recorder.statistics[r], day, take(w, "today"))
        status = check(w, alternatives)
        if status != OK:
            return status
    return OK


@kernel
def begin_day(w):
    """Empty the day's records and count the groups' members."""
    today = take(w, "today")
    by_sector = take(w, "by_sector")
    by_class = take(w, "by_class")
    today[:] = 0.0
    by_sector[:] = 0.0
    by_class[:] = 0.0
    count_groups(w)


@kernel
def sum_sectors(w):
    """Fill today with the sums over sectors of what is recorded by sector, shares and prices apart."""
    today = take(w, "today")
    by_sector = take(w, "by_sector")
    for k in _SUMMED:
        total = 0.0
        for s in range(by_sector.shape[1]):
            total += by_sector[k, s]
        today[k] = total


@kernel
def record(w, r, row, series, series_by_sector, series_by_class):
    """Add up sectors, and write the day's figures of replicate r into the rows of this day, where there are any."""
    today = take(w, "today")
    by_sector = take(w, "by_sector")
    by_class = take(w, "by_class")
    sum_sectors(w)
    if series.shape[1] > 0:
        for k in range(_K):
            series[r, row, k] = today[k]
    if series_by_sector.shape[1] > 0:
        for k in range(_K):
            for s in range(by_sector.shape[1]):
                series_by_sector[r, row, k, s] = by_sector[k, s]
    if series_by_class.shape[1] > 0:
        for k in range(_K):
            for c in range(by_class.shape[1]):
                series_by_class[r, row, k, c] = by_class[k, c]


@kernel
def check(w, alternatives):
    """Status of a replicate at the day's end."""
    waiting = take(w, "waiting")
    price = take(w, "price")
    cash = take(w, "cash")
    arms = take(w, "arms")
    readiness = take(w, "readiness")
    occupied = take(w, "occupied")
    today = take(w, "today")
    if waiting[0] > MOST_WAITING:
        return TOO_MANY
    for k in range(_K):
        if not abs(today[k]) < MOST_MONEY:
            return NOT_FINITE
    fine = True
    for g in range(cash.shape[0]):
        fine = fine and abs(cash[g]) < MOST_MONEY and arms[g] < MOST_MONEY and readiness[g] <= 1.0
    for i in range(alternatives):
        fine = fine and 0.0 <= price[occupied[i, 0], occupied[i, 1]] < MOST_PRICE
    return OK if fine else NOT_FINITE
