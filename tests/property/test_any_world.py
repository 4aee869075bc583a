"""Whatever parameters the priors allow, in whatever frame: people, members and money are conserved, nothing is negative."""
from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from interlope.model.params import CONTROLS
from interlope.model.simulate import PARAMS, advance, begin, neutral_controls
from interlope.scenario.prior import parse
from interlope.verification.defaults import neutral

PRIORS = {p.name: parse(p.prior) for p in PARAMS}
SWITCHED = {"takeover_absorption_rate": 0.03, "takeover_kin_share": 0.6, "symbols_adopt_rate": 4.0, "choices_symbol_weight": 1.0,
            "governance_rate": 0.05, "supply_capacity": 200.0, "supply_price": 30.0, "supply_control": 0.5, "tribute_reach": 0.6,
            "tribute_passage_price": 40.0, "tribute_passage_share": 0.1, "tribute_tied_share": 0.2, "franchise_rate": 8.0}


@settings(max_examples=25)
@given(
    seed=st.integers(0, 2**64 - 1), sectors=st.integers(1, 8), group_slots=st.integers(1, 20), days=st.integers(1, 120),
    operation=st.one_of(st.none(), st.integers(0, 60)), level=st.floats(0.0, 3.0),
    controls=st.dictionaries(st.sampled_from([c.name for c in CONTROLS]), st.floats(0.0, 3.0), max_size=4),
)
def test_any_world(open_books, seed, sectors, group_slots, days, operation, level, controls):
    generator = np.random.default_rng(seed % 2**32)
    values = {name: np.atleast_1d(prior.quantile(generator.uniform(0.001, 0.999, 3))) for name, prior in PRIORS.items()}
    values["demand_level"] = values["demand_level"] * level
    for name, value in SWITCHED.items():
        values[name] = np.full(3, value * generator.integers(0, 2))
    setting = neutral(days, sectors=sectors, group_slots=group_slots, initial_groups=min(group_slots, 10), operation_from=operation)
    table = neutral_controls(days)
    for name, value in controls.items():
        column = [c.name for c in CONTROLS].index(name)
        table[:, column] = min(value, 1.0) if CONTROLS[column].unit == "1" and CONTROLS[column].neutral == 0.0 else value
    states = begin(setting, values, None, seed, np.arange(3))
    books = open_books(states)
    states, recorded = advance(states, days, controls=table)
    assert (states.status == 0).all()
    books.close(states, recorded)


@settings(max_examples=6)
@given(seed=st.integers(0, 2**64 - 1), switched=st.sampled_from([{}, *({name: value} for name, value in SWITCHED.items())]))
def test_any_world_runs_for_two_thousand_days(open_books, seed, switched):
    generator = np.random.default_rng(seed % 2**32)
    values = {name: np.atleast_1d(prior.quantile(generator.uniform(0.001, 0.999, 4))) for name, prior in PRIORS.items()}
    states = begin(neutral(2000, operation_from=900), {**values, **switched}, None, seed, np.arange(4))
    books = open_books(states)
    states, recorded = advance(states, 2000)
    assert (states.status == 0).all()
    books.close(states, recorded)
