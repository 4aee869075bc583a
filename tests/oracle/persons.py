"""Persons: a slow reference that carries everybody on the move one by one through demand, choices, closings, rationing, crossings, returns.

Written from the equations, with none of the model's code and no count of a cohort: each person is one entry of an array, has a class
and a place, and meets each chance of the night with a number of its own. Groups hold still: members, prices and names are given.
"""
from __future__ import annotations

from typing import NamedTuple

import numpy as np

SOUTH, BORDER, PROTECTED, GONE, AWAITING = range(5)


class World(NamedTuple):
    """What stays fixed: class mix [c], members and prices [g, s], names [g], operations [day], first days of months.

    And by day the part of ways that is closed and the part of those who get through who are to be returned.
    """

    mix: np.ndarray
    members: np.ndarray
    price: np.ndarray
    symbol: np.ndarray
    operation: np.ndarray
    months: np.ndarray
    closure: np.ndarray
    returned: np.ndarray


def live(p: dict[str, float], world: World, waiting: np.ndarray, transit: np.ndarray, level: float,
         rng: np.random.Generator) -> dict[str, np.ndarray]:
    """One history; waiting, transit  # [c] on the first morning. Returns counts by name: daily ones summed, places at the end."""
    classes, (groups, sectors) = len(world.mix), world.members.shape
    kind = np.concatenate([np.repeat(np.arange(classes), waiting), np.repeat(np.arange(classes), transit)])
    place = np.concatenate([np.full(waiting.sum(), BORDER), np.full(transit.sum(), SOUTH)])
    reputation, guard, caught = np.full(groups, p["growth_start_reputation"]), np.ones(sectors), np.zeros(sectors)
    slow = upstream = 0.0
    total = {name: np.zeros(size) for name, size in (
        ("attempts_c", classes), ("successes_c", classes), ("attempts_s", sectors), ("prevented_s", sectors), ("detained_s", sectors),
        ("successes_s", sectors), ("deaths_s", sectors), ("alone", 1), ("arrivals", 1), ("diverted", 1),
        ("diverted_deaths", 1), ("readmitted", 1), ("readmitted_again", 1))}
    cell_group, cell_sector = (a.ravel() for a in np.meshgrid(np.arange(groups), np.arange(sectors), indexing="ij"))
    held = world.members.ravel() > 0
    cell_group = np.concatenate([cell_group[held], np.full(sectors, groups)])
    cell_sector = np.concatenate([cell_sector[held], np.arange(sectors)])
    alternatives = int(held.sum())

    for day, operation in enumerate(world.operation):
        if world.months[day]:
            slow = p["demand_memory"] * slow + p["demand_innovation_sd"] * rng.standard_normal()
        variance = p["demand_innovation_sd"] ** 2 / (1.0 - p["demand_memory"] ** 2)
        rate = p["demand_level"] * np.exp(slow - variance / 2.0 - p["demand_upstream_deterrence"] * upstream)
        shape = p["demand_frailty_sd"] ** -2
        rate *= rng.gamma(shape, 1.0 / shape) * (1.0 - world.returned[day]) ** p["returns_anticipation"]
        upstream += (operation - upstream) * (1.0 - np.exp(-1.0 / p["demand_upstream_days"]))
        came = rng.poisson(rate * world.mix)
        luck = rng.random(len(kind))
        north = (place == SOUTH) & (luck < 1.0 - np.exp(-p["demand_north_rate"]))
        back = (place == PROTECTED) & (luck < 1.0 - np.exp(-p["demand_return_rate"]))
        place[north | back] = BORDER
        hazard = p["demand_leave_rate"] * (level / p["demand_price_reference"]) ** p["demand_leave_price"]
        leaving = (place == BORDER) & (rng.random(len(kind)) < 1.0 - np.exp(-hazard * np.exp(p["demand_leave_operation"] * operation)))
        elsewhere = int((rng.random(leaving.sum()) < p["demand_divert_share"]).sum())
        place[leaving] = GONE
        kind = np.concatenate([kind, np.repeat(np.arange(classes), came)])
        place = np.concatenate([place, np.full(came.sum(), SOUTH)])
        total["arrivals"] += came.sum()

        weather = np.exp(p["choices_weather_sd"] * rng.standard_normal() - p["choices_weather_sd"] ** 2 / 2.0)
        hazard = p["choices_attempt_rate"] * weather * np.exp(-p["choices_suspension"] * operation) / (1.0 - p["choices_stay_share"])
        stay = p["choices_stay_share"] / (1.0 - p["choices_stay_share"]) / p["choices_guided_share"]
        alone = (1.0 - p["choices_guided_share"]) / p["choices_guided_share"]
        trust = np.append(p["choices_risk_weight"] * np.log(reputation / p["choices_success_norm"]), 0.0)
        asked = np.concatenate([world.price.ravel()[held], np.zeros(sectors)])
        weight = np.exp(p["prices_weight"] * (p["choices_price_reference"] - asked) + trust[cell_group]) / alternatives
        weight[alternatives:] = alone / sectors
        named = np.append(world.symbol, 0)[cell_group]
        chosen = np.full(len(kind), -1)
        who = np.flatnonzero((place == BORDER) & (rng.random(len(kind)) < 1.0 - np.exp(-hazard)))
        seen = weight * np.exp(p["choices_symbol_weight"] * p["choices_familiarity"] * p["symbols_belief"] * named)
        edges = np.cumsum(np.append(seen, stay))
        pick = np.searchsorted(edges, rng.random(len(who)) * edges[-1], side="right")
        chosen[who] = np.where(pick < len(seen), pick, -1)
        ways = 1.0 - world.closure[day]
        blocked = (chosen >= 0) & (rng.random(len(kind)) < 1.0 - ways) & (rng.random(len(kind)) >= p["closures_detour"])
        chosen[blocked] = -1
        turned = blocked & (rng.random(len(kind)) < p["closures_elsewhere"])
        place[turned] = GONE
        elsewhere += int(turned.sum())
        total["diverted"] += elsewhere
        total["diverted_deaths"] += (rng.random(elsewhere) < p["demand_diverted_death"]).sum()
        for cell in range(alternatives):
            room = int(p["choices_guide_capacity"] * world.members.ravel()[held][cell] * np.exp(-p["choices_suspension"] * operation))
            wanting = np.flatnonzero(chosen == cell)
            if len(wanting) > room:
                chosen[rng.permutation(wanting)[room:]] = -1

        trying = np.flatnonzero(chosen >= 0)
        where, guide = cell_sector[chosen[trying]], cell_group[chosen[trying]]
        tried = np.bincount(where, minlength=sectors)
        reach = guard * (1.0 + p["crossings_reference"] / p["crossings_swamping"]) / (1.0 + tried / p["crossings_swamping"])
        reach = reach[where] / np.where(guide == groups, p["crossings_alone_skill"], 1.0)
        free = (1.0 - p["crossings_prevented"]) ** reach
        inner = free * (1.0 - p["crossings_detained"]) ** reach
        luck = rng.random(len(trying))
        stopped = luck < 1.0 - free
        detained = ~stopped & (luck < 1.0 - inner)
        exposed = p["crossings_line_risk"] + (1.0 - p["crossings_line_risk"]) * free
        deadly = p["crossings_death"] * ways ** -p["closures_danger"] * np.where(guide == groups, p["crossings_alone_harm"], 1.0) * exposed
        dead = ~stopped & ~detained & (luck < 1.0 - inner + np.minimum(inner, deadly))
        through = ~stopped & ~detained & ~dead
        place[trying[dead | through]] = GONE
        back = np.flatnonzero((place == AWAITING) & (rng.random(len(kind)) < 1.0 - np.exp(-1.0 / p["returns_delay_days"])))
        again = rng.random(len(back)) < p["returns_again"]
        place[back] = np.where(again, SOUTH, GONE)
        total["readmitted"] += len(back)
        total["readmitted_again"] += again.sum()
        arrived = trying[through]
        place[arrived[rng.random(len(arrived)) < world.returned[day]]] = AWAITING
        kept = detained & (rng.random(len(trying)) < p["crossings_shelter_chance"])
        place[trying[kept]] = PROTECTED
        for name, what in (("attempts_s", through | True), ("prevented_s", stopped), ("detained_s", detained), ("successes_s", through),
                           ("deaths_s", dead)):
            total[name] += np.bincount(where[what], minlength=sectors)
        total["attempts_c"] += np.bincount(kind[trying], minlength=classes)
        total["successes_c"] += np.bincount(kind[trying[through]], minlength=classes)
        total["alone"] += (guide == groups).sum()
        caught += np.bincount(where[stopped | detained], minlength=sectors)
        for g in range(groups):
            if (guide == g).any():
                reputation[g] += (1.0 - np.exp(-1.0 / p["crossings_belief_days"])) * (through[guide == g].mean() - reputation[g])
        reputation = reputation.clip(0.05, 0.95)
        if day % 7 == 6:
            part = caught / caught.sum() if caught.sum() else np.full(sectors, 1.0 / sectors)
            guard = guard + p["guards_learning"] * (p["guards_floor"] + (1.0 - p["guards_floor"]) * sectors * part - guard)
            caught[:] = 0.0
        paid = guide < groups
        if paid.any():
            level = world.price[guide[paid], where[paid]].mean()

    for name, spot in (("waiting_c", BORDER), ("transit_c", SOUTH), ("sheltered_c", PROTECTED), ("awaiting_return_c", AWAITING)):
        total[name] = np.bincount(kind[place == spot], minlength=classes).astype(float)
    return total
