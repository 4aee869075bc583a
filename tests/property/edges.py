"""Edges of what a case may set, frames of every size and levers, to draw worlds from; what a case may set is asked of its reader."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from interlope.levers.catalogue import levers as all_levers
from interlope.model.params import CONTROL_INDEX
from interlope.model.simulate import PARAMS, neutral_controls
from interlope.scenario.parameters import read_parameters
from interlope.toml.table import read
from interlope.verification.defaults import neutral

LEVERS = all_levers()
KNOWN = {p.name: p for p in PARAMS}
BUSY = {"takeover_absorption_rate": 0.03, "takeover_arrival_day": 10.0, "takeover_kin_share": 0.4, "symbols_adopt_rate": 4.0,
        "choices_symbol_weight": 1.0, "clashes_base": 1.0, "escalation_armed_base": 100.0, "raids_leader_chance": 0.3,
        "raids_resentment": 0.1, "growth_removal": 0.1,
        "supply_capacity": 300.0, "supply_price": 20.0, "supply_control": 0.5, "tribute_reach": 0.5, "tribute_passage_price": 20.0,
        "tribute_tied_share": 0.1, "franchise_rate": 4.0}


def accepted(folder, values):
    """Those of these values, name -> number, that a case may set."""
    path = folder / "values.toml"
    path.write_text("[overrides]\n" + "".join(
        f'{name} = {{ value = {float(value)!r}, unit = "{KNOWN[name].unit}", source = "assumption" }}\n' for name, value in values.items()))
    faults = []
    table = read(path, "values.toml", faults)
    given_values = read_parameters(table.part("overrides"), KNOWN, ())
    return {name: given_values[name].prior.median for name in given_values}


def near_edges(folder):
    """Name -> values near the default that a case may set: none, a tenth, ten times; of a signed number its negative."""
    found = {name: [] for name in KNOWN}
    for factor in (0.0, 0.1, 10.0, -1.0):
        for name, value in accepted(folder, {p.name: factor * (p.value or 0.1) for p in PARAMS}).items():
            found[name].append(value)
    assert all(found.values())
    return found


def edge_frame(days, sectors, group_slots, initial, classes, operation):
    """A neutral setting of other sizes in which operations also start by themselves."""
    frame = neutral(days, sectors=sectors, group_slots=group_slots, initial_groups=min(initial, group_slots), operation_from=operation)
    parts = np.full(classes, 1.0 / classes)
    return replace(frame, classes=tuple(f"class{i}" for i in range(classes)), familiar=np.linspace(1.0, 0.0, classes), origin_share=parts,
                   mix=np.tile(parts, (frame.months, 1)), hazard_from=days // 2)


def set_levers(days, chosen, strength):
    """Daily controls with these levers at this part of their range."""
    table = neutral_controls(days)
    for name in chosen:
        lever = LEVERS[name]
        for control, path in lever.path(lever.low + strength * (lever.high - lever.low), days).items():
            table[:, CONTROL_INDEX[control]] = path
    return table


def draw_edges(near, generator, worlds):
    """Parameters of some worlds [r]: each sets up to eight numbers to an edge."""
    values = {name: np.full(worlds, BUSY.get(name, KNOWN[name].value)) for name in KNOWN}
    for r in range(worlds):
        for name in generator.choice(list(near), generator.integers(1, 9), replace=False):
            values[name][r] = generator.choice(near[name])
    return values
