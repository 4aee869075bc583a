"""The shared supply against its rule written again in plain Python, its money to the cent, and its absence bit for bit."""
from __future__ import annotations

import numpy as np
import pytest

from interlope.model.params import CONTROL_INDEX
from interlope.model.simulate import advance, begin, neutral_controls
from interlope.quantities import INDEX
from interlope.verification import minimal
from interlope.verification.defaults import neutral

DAYS = 120
CHAIN = {"supply_capacity": 100.0, "supply_store_days": 2.5, "supply_cut_day": 30.0, "supply_cut_share": 0.6, "supply_recovery_days": 20.0}


def follow(values, *, people=3000, controls=None, days=DAYS):
    """A crowd that tries every day and never gets across, served by two groups; states and daily series by name."""
    setting = minimal.setting(days, [[30, 10], [0, 25]])
    states = begin(setting, {**minimal.CLOSED, "choices_guided_share": 1.0, **values}, None, 5, np.arange(3))
    states.array("waiting")[...] = people
    states.array("class_waiting")[...] = people
    states.array("transit")[...] = 0
    states.array("class_transit")[...] = 0
    states, recorded = advance(states, days, controls=controls)
    assert not states.status.any()
    return states, lambda name: recorded.series[:, :, INDEX[name]].astype(float)


def expected(factor=(1.0,) * DAYS):
    """People carried a day where more want to than can: store and level by the rule of the description."""
    level, store, carried = 1.0, 250.0, []
    for day in range(DAYS):
        if day == 30:
            level, store = 0.4 * level, 0.4 * store
        store = min(store + 100.0 * level * factor[day], 250.0)
        carried.append(int(store))
        store -= int(store)
        level = 1.0 - (1.0 - level) * np.exp(-1.0 / 20.0)
    return np.array(carried, float)


def test_what_is_carried_follows_the_rule_day_by_day():
    _, series = follow(CHAIN)
    assert np.array_equal(series("attempts"), np.tile(expected(), (3, 1)))
    assert series("supply_binding").all()
    assert expected()[29] == 100.0 and expected()[30] == 40.0 and 95.0 < expected()[100] < 100.0


def test_a_lever_that_stops_half_of_what_comes_leaves_half():
    controls = neutral_controls(DAYS)
    controls[50:80, CONTROL_INDEX["supply_factor"]] = 0.5
    _, series = follow(CHAIN, controls=controls)
    assert np.array_equal(series("attempts"), np.tile(expected(controls[:, CONTROL_INDEX["supply_factor"]]), (3, 1)))


def test_what_is_not_used_is_stored_up_to_so_many_days():
    _, series = follow({"supply_capacity": 1000.0, "supply_store_days": 2.0, "choices_attempt_rate": 0.01})
    assert not series("supply_binding").any() and 0 < series("attempts").mean() < 100


def test_every_group_is_served_in_the_same_proportion():
    setting = minimal.setting(20, [[30, 10], [0, 25]])
    states = begin(setting, {**minimal.CLOSED, "choices_guided_share": 1.0, "supply_capacity": 400.0, "supply_store_days": 1.0}, None, 5,
                   np.arange(2))
    states.array("waiting")[...] = 30000
    states.array("class_waiting")[...] = 30000
    free = begin(setting, {**minimal.CLOSED, "choices_guided_share": 1.0}, None, 5, np.arange(2))
    free.buffer[:] = states.buffer
    _, limited = advance(states, 1, detail="s")
    _, wanted = advance(free, 1, detail="s")
    one, other = (r.detail[:, 0, INDEX["attempts"], :].astype(float) for r in (limited, wanted))
    assert np.array_equal(one.sum(1), [400.0, 400.0])
    assert np.abs(one - other * 400.0 / other.sum(1, keepdims=True)).max() < 2.0


@pytest.mark.parametrize("control", [0.0, 0.25, 1.0])
def test_the_seller_is_paid_for_each_attempt_and_no_money_is_lost(control):
    values = {**CHAIN, "supply_price": 40.0, "supply_control": control, "takeover_arrival_day": 10.0, "earnings_draw_rate": 0.0}
    states, series = follow(values)
    free, other = follow({**values, "supply_control": 0.0, "takeover_arrival_day": 1000.0})
    assert np.allclose(series("supply_cost"), 40.0 * series("attempts"), rtol=1e-6)  # CLOSED holds the premium at 0
    received = series("supply_cost")[:, 11:].sum(1) * control  # the organisation comes at the end of day 10
    assert np.allclose(states.array("cash_organisation")[:, 0], received, rtol=1e-6)
    assert np.array_equal(states.array("cash"), free.array("cash")) and np.array_equal(series("attempts"), other("attempts"))
    money = states.array("cash").sum(1) + states.array("arms").sum(1) + states.array("cash_organisation")[:, 0]
    begun = begin(states.setting, {**minimal.CLOSED}, None, 5, np.arange(3))
    assert np.allclose(money - begun.array("cash").sum(1) - begun.array("arms").sum(1), states.array("books")[:, 0], rtol=1e-9)


def test_the_premium_rises_while_room_is_scarce_and_goes_to_the_seller():
    states, series = follow({**CHAIN, "prices_shadow_rate": 0.01, "supply_price": 40.0})
    paid = series("supply_cost") / series("attempts")
    assert np.allclose(paid[:, 0], 40.0) and (np.diff(paid[:, :20], axis=1) > 0).all()
    assert (states.array("supply_scarcity") > 0).all()


def test_without_a_chain_nothing_else_of_it_matters():
    """Every other number of the chain may be what it will: with no capacity, no price and no control the bits are the same."""
    def run(values):
        return advance(begin(neutral(60), values, None, 3, np.arange(4)), 60)[1].series
    assert np.array_equal(run({}), run({"supply_store_days": 9.0, "supply_crowding": 9.0, "supply_cut_share": 1.0, "supply_cut_day": 5.0}))


def test_harm_rises_where_the_chain_is_short():
    def hurt(crowding):
        values = {"supply_capacity": 50.0, "supply_crowding": crowding, "crossings_injury": 0.1, "crossings_death": 0.0}
        _, recorded = advance(begin(neutral(200), values, None, 3, np.arange(20)), 200)
        assert recorded.series[:, :, INDEX["supply_binding"]].any()
        return recorded.series[:, 60:, INDEX["client_injuries"]].astype(float).sum()
    assert hurt(2.0) > 1.2 * hurt(0.0)
