"""Step: the order of the night, written once.

`advance` runs days over one flat buffer and writes the recorded series; it is the whole of the simulated world's time.
"""
from __future__ import annotations

import numpy as np

from ..compile import entry, kernel, written_out
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
from .roster import list_cells, list_sectors
from .scratch import SCRATCH_NAMES
from .special import exp, log
from .state import NAMES

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
(_WAITING, _TRANSIT, _SHELTERED, _MEMBERS, _ORIGIN, _SYMBOL, _TIE, _OWNER, _TRUCE, _UNWATCHED, _LAST_ATTACK, _LAST_SIDE,
 _ORGANISATIONS, _OPERATION_LEFT, _OPERATION_RUN, _OPERATION_WAIT, _LAST_OPERATION, _OPERATIONS, _SHOTS_TOTAL, _PUBLICITY, _CASH,
 _ARMS, _FEAR, _PRICE, _SHADOW, _MARGIN,
 _REPUTATION, _READINESS, _SKILL, _LEADER_SHOCK, _HEAT, _RISK, _GUARD, _PATROL, _CAUGHT, _CLASH_MEMORY,
 _GRUDGE, _VALUE_BELIEF, _CONTEST_BELIEF, _BELIEF, _RESTRAINT, _DEMAND_X, _UPSTREAM, _OPERATION, _EXPERIENCE, _CLASH_RATE,
 _PRICE_LEVEL, _CASH_ORGANISATION, _BOOKS, _INNOVATION) = np.arange(len(NAMES))
(_OCCUPIED, _CELL, _GOOD, _TRUST, _CALM, _OUTSIDE, _WORTH, _OFFERED, _COST, _PULL, _LIFT, _OFFER, _CUMULATIVE, _EDGES, _GUIDE, _FACTOR,
 _KIND, _TRIES, _FATES, _REACH, _HARM, _HURT, _WRONGED, _FREE, _INNER, _WORDS, _FATE_WORDS, _FIRST, _ATTEMPTS, _GUIDED, _SUCCEEDED,
 _REVENUE, _PROFIT, _STRENGTH, _SECTOR_VALUE, _FELT, _CAME_OVER, _STANDING, _BEGINS, _WHERE, _TOUCH, _READY, _STAKE, _RATES, _CHANCES,
 _RIVALS, _PAIRS, _ARMED, _TOP, _HERE, _PAID, _PART, _ASKED, _WEIGHTS, _TODAY, _BY_SECTOR, _BY_CLASS) = np.arange(len(SCRATCH_NAMES))
(_ARRIVALS, _FENCE, _INSIDE, _FLOOR, _RAID, _LEADER, _TIP, _SEIZURE, _TRIBUTE, _SHELTER, _RECRUIT, _EXPOSURE, _RESTRAINT_FLOOR,
 _PATROL_EXTRA, _HARM_FACTOR) = range(len(CONTROL_INDEX))


@written_out
def line(buffer, places, i, per_cell=1):
    """The i-th array of a flat buffer that holds `per_cell` numbers in each of its cells of 64 bits."""
    return buffer[per_cell * places[i, 0] : per_cell * places[i, 1]]


@kernel
def mean_belief(belief, familiar):
    """Mean belief that a shown name is genuine, over classes that know it."""
    known = 0.0
    believed = 0.0
    for c in range(belief.shape[0]):
        known += familiar[c]
        believed += familiar[c] / (1.0 + exp(-belief[c]))
    return believed / known if known > 0.0 else 0.0


@entry
def advance_one(r, place, records, keys, buffers, offsets, scratch, places, sizes, from_day, to_day, months, calendars,
                first_of_month, season, growth_path, mix, familiar, origin_share, imposed, hostility, ground_worth, hazard_from,
                innovations, control_paths, table, tallies, recorded, recorded_sector, recorded_class):
    """Run replicate r from from_day to before to_day, with the scratch room of this place; returns its status.

    buffers  # float64 [r, cells]; scratch  # float64 [place, cells]; control_paths  # [1 or r, day, control];
    recorded  # float32 [r, day, series], or no day; table, tallies  # what is read off the history, and how far that is,
    float64 [r, cells]: see tally.py.
    """
    groups, sectors, classes = sizes
    p = records[r]
    key = keys[r]
    numbers = buffers[r]
    counts = numbers.view(np.int64)
    given = innovations[r]
    control_path = control_paths[r if control_paths.shape[0] > 1 else 0]
    out = recorded[r]
    out_sector = recorded_sector[r]
    out_class = recorded_class[r]
    waiting = line(counts, offsets, _WAITING)
    transit = line(counts, offsets, _TRANSIT)
    sheltered = line(counts, offsets, _SHELTERED)
    members = line(counts, offsets, _MEMBERS).reshape(groups, sectors)
    origin = line(counts, offsets, _ORIGIN)
    symbol = line(counts, offsets, _SYMBOL)
    tie = line(counts, offsets, _TIE)
    owner = line(counts, offsets, _OWNER)
    truce = line(counts, offsets, _TRUCE)
    unwatched = line(counts, offsets, _UNWATCHED)
    last_attack = line(counts, offsets, _LAST_ATTACK)
    last_side = line(counts, offsets, _LAST_SIDE)
    organisations = line(counts, offsets, _ORGANISATIONS)
    operation_left = line(counts, offsets, _OPERATION_LEFT)
    operation_run = line(counts, offsets, _OPERATION_RUN)
    operation_wait = line(counts, offsets, _OPERATION_WAIT)
    last_operation = line(counts, offsets, _LAST_OPERATION)
    operations = line(counts, offsets, _OPERATIONS)
    shots_total = line(counts, offsets, _SHOTS_TOTAL)
    publicity = line(counts, offsets, _PUBLICITY)
    cash = line(numbers, offsets, _CASH)
    arms = line(numbers, offsets, _ARMS)
    fear = line(numbers, offsets, _FEAR)
    price = line(numbers, offsets, _PRICE).reshape(groups, sectors)
    shadow = line(numbers, offsets, _SHADOW)
    margin = line(numbers, offsets, _MARGIN)
    reputation = line(numbers, offsets, _REPUTATION)
    readiness = line(numbers, offsets, _READINESS)
    skill = line(numbers, offsets, _SKILL)
    leader_shock = line(numbers, offsets, _LEADER_SHOCK)
    heat = line(numbers, offsets, _HEAT).reshape(groups, groups)
    risk = line(numbers, offsets, _RISK)
    guard = line(numbers, offsets, _GUARD)
    patrol = line(numbers, offsets, _PATROL)
    caught = line(numbers, offsets, _CAUGHT)
    clash_memory = line(numbers, offsets, _CLASH_MEMORY)
    grudge = line(numbers, offsets, _GRUDGE)
    value_belief = line(numbers, offsets, _VALUE_BELIEF)
    contest_belief = line(numbers, offsets, _CONTEST_BELIEF).reshape(groups, sectors)
    belief = line(numbers, offsets, _BELIEF)
    restraint = line(numbers, offsets, _RESTRAINT)
    demand_x = line(numbers, offsets, _DEMAND_X)
    upstream = line(numbers, offsets, _UPSTREAM)
    operation = line(numbers, offsets, _OPERATION)
    experience = line(numbers, offsets, _EXPERIENCE)
    clash_rate = line(numbers, offsets, _CLASH_RATE)
    price_level = line(numbers, offsets, _PRICE_LEVEL)
    cash_organisation = line(numbers, offsets, _CASH_ORGANISATION)
    books = line(numbers, offsets, _BOOKS)
    innovation = line(numbers, offsets, _INNOVATION)

    cells = groups * sectors
    spare = scratch[place]
    spare_counts = spare.view(np.int64)
    spare_marks = spare.view(np.uint64)
    spare_words = spare.view(np.uint32)
    occupied = line(spare_words, places, _OCCUPIED, 2).reshape(cells + sectors, 2)
    cell = line(spare_marks, places, _CELL)
    good = line(spare, places, _GOOD)
    trust = line(spare, places, _TRUST)
    calm = line(spare, places, _CALM)
    outside = line(spare, places, _OUTSIDE)
    worth = line(spare, places, _WORTH)
    offered = line(spare, places, _OFFERED)
    cost = line(spare, places, _COST)
    pull = line(spare, places, _PULL)
    lift = line(spare, places, _LIFT)
    offer = line(spare, places, _OFFER)
    cumulative = line(spare, places, _CUMULATIVE)
    edges = line(spare_marks, places, _EDGES)
    guide = line(spare_words, places, _GUIDE, 2)
    factor = line(spare, places, _FACTOR)
    kind = line(spare_counts, places, _KIND)
    tries = line(spare_counts, places, _TRIES)
    fates = line(spare_counts, places, _FATES).reshape(classes, 4)
    reach = line(spare, places, _REACH)
    harm = line(spare, places, _HARM)
    hurt = line(spare, places, _HURT)
    wronged = line(spare, places, _WRONGED)
    free = line(spare, places, _FREE)
    inner = line(spare, places, _INNER)
    words = line(spare_words, places, _WORDS, 2)
    fate_words = line(spare_words, places, _FATE_WORDS, 2).reshape(classes, -1)
    first = line(spare_counts, places, _FIRST)
    attempts = line(spare_counts, places, _ATTEMPTS).reshape(classes, cells + sectors)
    guided = line(spare_counts, places, _GUIDED).reshape(groups + 1, sectors)
    succeeded = line(spare_counts, places, _SUCCEEDED).reshape(groups + 1, sectors)
    revenue = line(spare, places, _REVENUE)
    profit = line(spare, places, _PROFIT)
    strength = line(spare, places, _STRENGTH)
    sector_value = line(spare, places, _SECTOR_VALUE)
    felt = line(spare, places, _FELT)
    came_over = line(spare_counts, places, _CAME_OVER)
    standing = line(spare_words, places, _STANDING, 2)
    begins = line(spare_counts, places, _BEGINS)
    where = line(spare_counts, places, _WHERE)
    touch = line(spare, places, _TOUCH)
    ready = line(spare, places, _READY)
    stake = line(spare, places, _STAKE)
    rates = line(spare, places, _RATES)
    chances = line(spare, places, _CHANCES)
    rivals = line(spare, places, _RIVALS)
    pairs = line(spare_words, places, _PAIRS, 2).reshape(-1, 3)
    armed = line(spare_counts, places, _ARMED)
    top = line(spare_counts, places, _TOP)
    here = line(spare, places, _HERE)
    paid = line(spare, places, _PAID)
    part = line(spare, places, _PART)
    asked = line(spare, places, _ASKED)
    weights = line(spare, places, _WEIGHTS)
    today = line(spare, places, _TODAY)
    by_sector = line(spare, places, _BY_SECTOR).reshape(_K, sectors)
    by_class = line(spare, places, _BY_CLASS).reshape(_K, classes)
    alike = True
    for g in range(groups):
        for h in range(groups):
            alike = alike and hostility[g, h] == 1.0
    risk_reference = -log(max(1.0 - p.crossings_prevented, 1e-9)) - log(max(1.0 - p.crossings_detained, 1e-9))

    for day in range(from_day, to_day):
        u = control_path[day]
        years = (day - p.prices_cost_day) / 365.25
        today[:] = 0.0
        by_sector[:] = 0.0
        by_class[:] = 0.0
        radicalisation.rank(p, members, readiness, arms, tie, strength)
        now = raids.intensity(day, imposed[day], hazard_from, u[_FLOOR], operation, operation_left)
        demand.demand(p, key, day, months[day], calendars[day], first_of_month[day], season, growth_path, mix, given, now,
                      u[_ARRIVALS], u[_SHELTER], waiting, transit, sheltered, demand_x, upstream, innovation, price_level, today,
                      by_class)
        choices.forget(p, clash_memory)
        offers = list_cells(members, occupied, cell)
        choices.appraise(p, occupied, offers, reputation, clash_memory, trust, calm, good, outside)
        prices.prices(p, years, risk_reference, u[_SEIZURE], occupied, offers, tie, owner, risk, shadow, margin, price, good,
                      outside, worth, offered, cost, pull, lift, offer, price_level, today)
        kinds = choices.choose(p, key, day, now, symbol, belief, familiar, outside, occupied, offers, sectors, offer, waiting,
                               cumulative, guide, edges, words, factor, kind, tries, attempts)
        choices.ration(p, key, day, now, kinds, members, owner, shadow, occupied, offers, attempts, guided)
        force = u[_PATROL_EXTRA] * (1.0 - restraint[1])
        crossings.crossings(p, key, day, u[_FENCE], u[_INSIDE], u[_HARM_FACTOR], force, now, kinds, attempts, guided, guard,
                            skill, readiness, clash_memory, occupied, offers, reputation, risk, caught, succeeded, reach, harm, hurt,
                            wronged, free, inner, fates, first, fate_words, by_sector)
        crossings.settle(p, key, day, kinds, kind, tries, fates, waiting, sheltered, by_class)
        earnings.earnings(p, years, u[_SEIZURE], u[_TRIBUTE], ground_worth, occupied, clash_memory, members, price, tie, guided, succeeded,
                          cash, arms, cash_organisation, books, revenue, profit, sector_value, lift, today)
        growth.growth(p, key, day, u[_RECRUIT], origin_share, price_level, revenue, profit, sector_value, clash_memory, members,
                      cash, arms, fear, price, shadow, reputation, readiness, leader_shock, heat, symbol, tie, owner, origin,
                      last_attack, truce, grudge, value_belief, contest_belief, books, occupied, cell, offers, felt, came_over, words,
                      today, by_sector)
        list_sectors(members, standing, begins, where)
        truces.truces(p, key, day, members, strength, owner, guided, standing, begins, truce, grudge, words, today, by_sector)
        clashes.clashes(p, key, day, mean_belief(belief, familiar), alike, hostility, members, strength, price, cash, arms, fear, shadow,
                        reputation, readiness, leader_shock, heat, symbol, tie, owner, origin, last_attack, truce, grudge,
                        sector_value, clash_memory, revenue, books, standing, begins, where, touch, ready, stake, rates,
                        chances, rivals, pairs, by_sector)
        radicalisation.radicalisation(p, profit, members, arms, tie, readiness, leader_shock, strength)
        raids.raids(p, key, day, hazard_from, now, imposed[day], u[_RAID], u[_LEADER], u[_TIP], u[_PATROL_EXTRA], publicity, restraint,
                    waiting, transit, members, cash, arms, fear, price, shadow, reputation, readiness, leader_shock, heat, symbol,
                    tie, owner, origin, last_attack, truce, grudge, patrol, operation, operation_left, operation_run,
                    operation_wait, last_operation, operations, revenue, books, armed, today, by_sector)
        guards.guards(p, day, caught, guard)
        symbols.symbols(p, key, day, u[_EXPOSURE], familiar, waiting, revenue, members, tie, owner, symbol, belief)
        extortion.extortion(p, key, day, revenue, members, symbol, tie, cash, cash_organisation, readiness, fear, clash_memory,
                            books, today, by_sector)
        takeover.takeover(p, key, day, familiar, revenue, strength, members, origin, tie, owner, symbol, readiness, clash_memory,
                          organisations, cash_organisation, books, by_sector)
        copycats.copycats(p, key, day, revenue, profit, tie, fear, organisations)
        escalation.escalation(p, key, day, now, u[_RESTRAINT_FLOOR], members, readiness, tie, owner, truce, heat, restraint,
                              experience, last_attack, last_side, last_operation, shots_total, today, by_sector)
        control.control(p, members, owner, patrol, unwatched, armed, top, today)
        reports.press(p, key, day, clash_rate, publicity, today, by_sector)
        reports.summary(p, key, day, familiar, occupied, offers, guided, price, members, readiness, origin, symbol, tie, owner,
                        belief, restraint, organisations, waiting, sheltered, transit, price_level, here, paid, part, asked, weights,
                        today, by_sector, by_class)
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
