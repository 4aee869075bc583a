"""Nationality drives nothing: whatever classes a case has, everything but counts by class is the same, bit for bit.

Two worlds share parameters, levers, frame and random numbers and differ in all that a case says of classes: how many there are, their
shares of arrivals, how well each knows the name, and the origins of groups. Parameters are those that switch every explanation on, with
up to eight numbers each at an edge of what a case may set.
"""
from __future__ import annotations

from dataclasses import replace

import numpy as np
from edges import BUSY, LEVERS, draw_edges, edge_frame, set_levers
from hypothesis import given, settings
from hypothesis import strategies as st

from interlope.model.people import MOST_CLASSES
from interlope.model.simulate import advance, begin
from interlope.model.state import NAMES
from interlope.quantities import INDEX, SERIES

BY_ORIGIN = "share_command_familiar"  # a figure about groups whose origin knows the name: it is meant to move
OWN = {"class_waiting", "class_transit", "class_sheltered", "class_awaiting_return", "origin"}
WORLDS = 6
EXPLANATIONS = {
    "rivalry": {"takeover_absorption_rate": 0.0, "takeover_kin_share": 0.0, "symbols_adopt_rate": 0.0},
    "mimicry": {"takeover_absorption_rate": 0.0, "takeover_kin_share": 0.0, "symbols_adopt_rate": 8.0},
    "kinship": {"takeover_absorption_rate": 0.0, "takeover_kin_share": 1.0, "symbols_adopt_rate": 0.0, "radicalisation_contact": 1.0,
                "takeover_kin_strength": 50.0},
    "takeover": {"takeover_absorption_rate": 0.1, "takeover_kin_share": 0.0, "symbols_adopt_rate": 0.0},
    "all": {},
}


def populate(frame, generator):
    """The same frame with classes, mix by month, familiarity and origins at random; some shares are 0, some 1."""
    classes = int(generator.choice([1, 2, 5, MOST_CLASSES]))
    mix = generator.dirichlet(np.full(classes, 0.3), frame.months)
    return replace(frame, classes=tuple(f"class{i}" for i in range(classes)), mix=mix / mix.sum(axis=1, keepdims=True),
                   familiar=np.rint(generator.random(classes) * 4.0) / 4.0, origin_share=generator.dirichlet(np.full(classes, 0.3)))


def run(frame, values, seed, controls):
    states, recorded = advance(begin(frame, values, None, seed, np.arange(WORLDS)), frame.days, controls=controls)
    others = {name: states.array(name).copy() for name in NAMES if name not in OWN}
    return states.status, np.delete(recorded.series, INDEX[BY_ORIGIN], axis=2), others, recorded.series[:, :, INDEX[BY_ORIGIN]]


@settings(max_examples=60)
@given(seed=st.integers(0, 2**64 - 1), explanation=st.sampled_from(sorted(EXPLANATIONS)), sectors=st.sampled_from([1, 2, 6]),
       group_slots=st.sampled_from([3, 16]), days=st.sampled_from([31, 120]), operation=st.sampled_from([None, 20]),
       levers=st.lists(st.sampled_from(sorted(LEVERS)), max_size=3, unique=True), strength=st.sampled_from([0.5, 1.0]))
def test_classes_and_origins_move_nothing_else(near, seed, explanation, sectors, group_slots, days, operation, levers, strength):
    generator = np.random.default_rng(seed % 2**32)
    values = {**draw_edges(near, generator, WORLDS), **EXPLANATIONS[explanation]}
    frame = edge_frame(days, sectors, group_slots, 12, 1, operation)
    controls = set_levers(days, levers, strength)
    (status, series, states, _), (other_status, other_series, other_states, _) = (
        run(populate(frame, generator), values, seed, controls) for _ in range(2))
    assert np.array_equal(status, other_status)
    moved = [name for i, name in enumerate(n for n in SERIES if n != BY_ORIGIN)
             if not np.array_equal(series[:, :, i], other_series[:, :, i], equal_nan=True)]
    assert moved == []
    assert [name for name in states if states[name].tobytes() != other_states[name].tobytes()] == []


def test_there_is_violence_to_move_and_the_figure_by_origin_does_move():
    """Worlds of the test above are not quiet ones, and their classes do differ: what must stay equal could have moved."""
    generator = np.random.default_rng(5)
    frame = edge_frame(120, 6, 16, 12, 1, 20)
    values = {**BUSY, "radicalisation_contact": 1.0, "takeover_kin_strength": 50.0}
    (_, series, _, one), (_, _, _, other) = (run(populate(frame, generator), values, 3, None) for _ in range(2))
    names = [n for n in SERIES if n != BY_ORIGIN]
    for name in ("client_violence", "client_injuries", "lethal_clashes", "group_deaths", "armed_attacks", "personnel_injured",
                 "punishments", "share_kin", "share_symbol"):
        assert series[:, :, names.index(name)].sum() > 0, name
    assert not np.array_equal(one, other)
