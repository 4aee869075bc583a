"""Whatever parameters the priors allow, in whatever frame: people, members and money are conserved, nothing is negative."""
from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from interlope.model.params import CONTROLS
from interlope.model.simulate import PARAMS, advance, begin, neutral_controls
from interlope.quantities import INDEX, SERIES
from interlope.scenario.prior import parse
from interlope.verify.frame import neutral

PRIORS = {p.name: parse(p.prior) for p in PARAMS}
SWITCHED = {"takeover_absorption_rate": 0.03, "takeover_kin_share": 0.6, "symbols_adopt_rate": 4.0, "choices_symbol_weight": 1.0}


def money(states):
    """All money in the market [r]."""
    return states.array("cash").sum(1) + states.array("arms").sum(1) + states.array("cash_organisation")[:, 0]


@settings(max_examples=25)
@given(
    seed=st.integers(0, 2**64 - 1), sectors=st.integers(1, 8), slots=st.integers(1, 20), days=st.integers(1, 120),
    operation=st.one_of(st.none(), st.integers(0, 60)), level=st.floats(0.0, 3.0),
    controls=st.dictionaries(st.sampled_from([c.name for c in CONTROLS]), st.floats(0.0, 3.0), max_size=4),
)
def test_any_world(seed, sectors, slots, days, operation, level, controls):
    generator = np.random.default_rng(seed % 2**32)
    values = {name: np.atleast_1d(prior.quantile(generator.uniform(0.001, 0.999, 3))) for name, prior in PRIORS.items()}
    values["demand_level"] = values["demand_level"] * level
    for name, value in SWITCHED.items():
        values[name] = np.full(3, value * generator.integers(0, 2))
    setting = neutral(days, sectors=sectors, slots=slots, initial_groups=min(slots, 10), operation_from=operation)
    table = neutral_controls(days)
    for name, value in controls.items():
        column = [c.name for c in CONTROLS].index(name)
        table[:, column] = min(value, 1.0) if CONTROLS[column].unit == "1" and CONTROLS[column].neutral == 0.0 else value
    states = begin(setting, values, None, seed, np.arange(3))
    start = sum(states.array(n).sum(1) for n in ("waiting", "transit", "sheltered"))
    force = states.array("members").sum((1, 2)).copy()
    money_before = money(states)
    states, recorded = advance(states, days, controls=table)
    assert (states.status == 0).all()
    history = {name: recorded.series[:, :, INDEX[name]].astype(np.float64) for name in SERIES}
    assert all(np.isfinite(h).all() for h in history.values())
    assert all(h.min() >= 0.0 for name, h in history.items() if name != "profit")
    for name in ("members", "arms", "patrol", "guard", "price", "shadow", "heat", "grudge"):
        assert states.array(name).min() >= 0, name
    joined = history["recruits"] - sum(history[n] for n in ("members_left", "group_deaths", "members_arrested"))
    assert np.array_equal(states.array("members").sum((1, 2)), force + joined.sum(1))
    held = money(states)
    assert np.allclose(held, money_before + states.array("books")[:, 0], rtol=1e-9, atol=1e-9 * (1.0 + history["revenue"].sum(1)).max())
    end = sum(states.array(n).sum(1) for n in ("waiting", "transit", "sheltered"))
    flow = history["arrivals"] - sum(history[n] for n in ("successes", "client_deaths", "diverted", "gave_up"))
    assert np.array_equal(end, start + flow.sum(1))
    accounted = sum(history[n] for n in ("prevented", "detained", "successes", "client_deaths"))
    assert np.array_equal(accounted, history["attempts"])
    for name in ("self_guided_share", "largest_share", "hhi", "share_command", "share_kin", "share_symbol", "readiness",
                 "share_command_familiar", "share_symbol_untied", "belief_real", "restraint_transit", "restraint_destination"):
        assert history[name].max() <= 1.0 + 1e-5, name
    assert states.array("members").min() >= 0 and states.array("waiting").min() >= 0


@settings(max_examples=6)
@given(seed=st.integers(0, 2**64 - 1), switched=st.sampled_from([{}, *({name: value} for name, value in SWITCHED.items())]))
def test_any_world_runs_for_two_thousand_days(seed, switched):
    generator = np.random.default_rng(seed % 2**32)
    values = {name: np.atleast_1d(prior.quantile(generator.uniform(0.001, 0.999, 4))) for name, prior in PRIORS.items()}
    states, recorded = advance(begin(neutral(2000, operation_from=900), {**values, **switched}, None, seed, np.arange(4)), 2000)
    assert (states.status == 0).all()
    assert np.isfinite(recorded.series).all()
    assert np.delete(recorded.series, INDEX["profit"], axis=2).min() >= 0.0
