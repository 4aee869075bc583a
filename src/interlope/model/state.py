"""State: everything a simulated world remembers from one day to the next.

One flat buffer of 64-bit cells holds it all, so that a clone is one copy. Counts are whole numbers, kept exactly; money
and beliefs are floating point. Axes: g group slot, s sector, c client class, n one cell, m month.
"""
from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .setting import Setting

ORGANISATIONS = 4
LONG_AGO = -1000  # a day so long before the first that nothing that happened then is remembered: no memory is longer than a year


class Cell(NamedTuple):
    """One array of the state. `kind` is "i" for counts and marks, "f" for real numbers."""

    name: str
    kind: str
    axes: str
    unit: str
    meaning: str


STATE: tuple[Cell, ...] = (
    Cell("waiting", "i", "n", "persons", "within reach of the border, {sites} near it included"),
    Cell("transit", "i", "n", "persons", "on the transit side away from the border"),
    Cell("sheltered", "i", "n", "persons", "in state protection, not trying"),
    Cell("awaiting_return", "i", "n", "persons", "got through and are to be returned under an agreement"),
    Cell("class_waiting", "i", "c", "persons", "of those waiting, by class; only `classes` looks at it"),
    Cell("class_transit", "i", "c", "persons", "of those away from the border, by class; only `classes` looks at it"),
    Cell("class_sheltered", "i", "c", "persons", "of those in protection, by class; only `classes` looks at it"),
    Cell("class_awaiting_return", "i", "c", "persons", "of those to be returned, by class; only `classes` looks at it"),
    Cell("members", "i", "gs", "persons", "armed or organised members present"),
    Cell("origin", "i", "g", "class", "origin of a group, -1 until the end of its first day; only `classes` asks for it"),
    Cell("symbol", "i", "g", "1", "0 own name, 1 shows {shown_name} or its symbols"),
    Cell("tie", "i", "g", "1", "0 none, 1 {ties}, 2 commanded, 3 pays for the use of a name"),
    Cell("owner", "i", "g", "organisation", "commanding organisation, 0 none"),
    Cell("truce", "i", "s", "1", "1 while a truce holds in a sector"),
    Cell("passage", "i", "s", "1", "1 where an organisation takes payment for passage, -1 where it does not, 0 before it has come"),
    Cell("ruler", "i", "s", "group", "group that governs a sector most: 1 + its slot, 0 none"),
    Cell("last_attack", "i", "g", "day", "last armed attack on {personnel} by a {group}"),
    Cell("last_side", "i", "g", "1", "whose {personnel} it was on: 0 {transit}, 1 {destination}"),
    Cell("organisations", "i", "n", "organisations", "{organisations} active"),
    Cell("operation_left", "i", "n", "days", "days left of an operation that started by itself"),
    Cell("operation_run", "i", "n", "days", "days running that a full or short operation has lasted"),
    Cell("operation_wait", "i", "n", "days", "days until an operation already decided begins; -1 none"),
    Cell("last_operation", "i", "n", "day", "last day on which an operation ran"),
    Cell("operations", "i", "n", "1", "number of the last operation that started by itself: it names the random number of its length"),
    Cell("shots_total", "i", "n", "count", "serial number of armed attacks so far"),
    Cell("publicity", "i", "n", "clashes", "lethal clashes that reached the press yesterday"),
    Cell("cash", "f", "g", "EUR", "money held"),
    Cell("arms", "f", "g", "EUR", "worth of arms held"),
    Cell("fear", "f", "g", "1", "believed chance that a demand made under a name is genuine"),
    Cell("price", "f", "gs", "EUR/person", "asked per crossing"),
    Cell("shadow", "f", "g", "EUR/person", "shadow price of guides"),
    Cell("margin", "f", "g", "EUR/person", "markup over cost that a group last aimed at"),
    Cell("reputation", "f", "g", "1", "believed chance of success with a group"),
    Cell("readiness", "f", "g", "1", "readiness to use lethal force"),
    Cell("skill", "f", "g", "1", "skill at passing guards; divides the hazards"),
    Cell("leader_shock", "f", "g", "1", "what is left of the disorder after losing a leader"),
    Cell("heat", "f", "gg", "1/day", "pressure of the first group to retaliate against the second"),
    Cell("risk", "f", "s", "1", "perceived hazard of interception"),
    Cell("guard", "f", "s", "1", "border-guard presence, mean 1"),
    Cell("patrol", "f", "s", "1", "police presence on the transit side, base mean 1"),
    Cell("caught", "f", "s", "persons", "interceptions since guards last moved"),
    Cell("clash_memory", "f", "s", "clashes", "remembered clashes"),
    Cell("governance", "f", "s", "1", "part of authority that groups have in a sector, 0 to 1"),
    Cell("grudge", "f", "s", "truces", "remembered truces that were broken"),
    Cell("value_belief", "f", "s", "1", "value that all believe a sector to have, border mean 1"),
    Cell("contest_belief", "f", "gs", "1", "believed chance that a sector is contested"),
    Cell("belief", "f", "n", "log-odds", "clients' belief that a shown name is genuine"),
    Cell("restraint", "f", "two", "1", "each state's fear of escalation: transit state, destination state"),
    Cell("demand_x", "f", "n", "log", "slow factor on arrivals"),
    Cell("upstream", "f", "n", "1", "belief upstream that the way is shut"),
    Cell("operation", "f", "n", "1", "intensity of a self-started operation"),
    Cell("operations_expected", "f", "n", "operations", "that would have begun by themselves up to the last known day"),
    Cell("experience", "f", "n", "attacks", "remembered armed attacks on {personnel}"),
    Cell("clash_rate", "f", "n", "1/day", "smoothed rate of clashes"),
    Cell("price_level", "f", "n", "EUR/person", "mean price of the last day with crossings"),
    Cell("supply_level", "f", "n", "1", "what the shared chain of {means} delivers, over what it does uncut"),
    Cell("supply_store", "f", "n", "persons", "people for whom there is room in what the chain has in store"),
    Cell("supply_scarcity", "f", "n", "EUR/attempt", "what the chain's seller asks above the ordinary price"),
    Cell("cash_organisation", "f", "n", "EUR", "money held by {organisations}"),
    Cell("books", "f", "n", "EUR", "money that came into the market less money that left it"),
    Cell("innovation", "f", "m", "1", "monthly demand innovations, standard normal"),
)
NAMES: tuple[str, ...] = tuple(cell.name for cell in STATE)


def shapes(setting: Setting) -> dict[str, tuple[int, ...]]:
    """Shape of every array for a setting."""
    size = {"g": setting.group_slots, "s": setting.sectors, "c": len(setting.classes), "m": setting.months, "n": 1}
    return {cell.name: (2,) if cell.axes == "two" else tuple(size[a] for a in cell.axes) for cell in STATE}


def offsets(setting: Setting) -> np.ndarray:
    """Where each array of STATE begins and ends in the flat buffer. int64 [arrays, 2]."""
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes(setting).values()])
    return np.stack([np.concatenate([[0], ends[:-1]]), ends], axis=1).astype(np.int64)


def view(buffer: np.ndarray, setting: Setting, name: str) -> np.ndarray:
    """One array of the state out of buffers float64 [r, cells]: a view [r, ...] in its own kind."""
    i = NAMES.index(name)
    first, last = offsets(setting)[i]
    cells = buffer[:, first:last]
    if STATE[i].kind == "i":
        cells = cells.view(np.int64)
    return cells.reshape(len(buffer), *shapes(setting)[name])
