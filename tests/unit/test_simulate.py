"""The simulated world: ledgers that close, threads and clones that change nothing, errors that say what to do."""
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from interlope.model.params import CONTROLS
from interlope.model.simulate import advance, begin, clone, neutral_controls
from interlope.quantities import INDEX, SERIES
from interlope.verification.defaults import neutral

DAYS = 150
LANES = np.arange(6)
BUSY = {"takeover_absorption_rate": 0.02, "takeover_arrival_day": 20.0, "choices_symbol_weight": 0.6, "symbols_adopt_rate": 2.0}


def run(values=None, *, lanes=LANES, to=DAYS, **how):
    states = begin(neutral(DAYS, operation_from=100), values or BUSY, None, 7, lanes)
    states, recorded = advance(states, to, **how)
    return states, recorded


def series(recorded, name):
    return recorded.series[:, :, INDEX[name]].astype(np.float64)


def test_one_thread_or_several_give_the_same_bits():
    one, several = run(threads=1)[1].series, run(threads=3)[1].series
    assert np.array_equal(one, several)


def test_stopping_every_day_changes_nothing():
    busy = {**BUSY, "takeover_absorption_rate": 0.05, "takeover_defect_rate": 0.05, "clashes_base": 2.0, "raids_leader_chance": 0.5}
    whole_states, whole = run(busy)
    states = begin(neutral(DAYS, operation_from=100), busy, None, 7, LANES)
    parts = []
    for day in range(1, DAYS + 1):
        states, recorded = advance(states, day)
        parts.append(recorded.series)
    assert np.array_equal(np.concatenate(parts, axis=1), whole.series)
    assert np.array_equal(states.buffer.view(np.int64), whole_states.buffer.view(np.int64))


def test_a_clone_goes_its_own_way_without_touching_the_first():
    states = begin(neutral(DAYS), BUSY, None, 7, LANES)
    states, _ = advance(states, 60)
    before = states.buffer.view(np.int64).copy()
    copy = clone(states, np.array([2, 2, 0]))
    _, again = advance(copy, DAYS)
    assert np.array_equal(states.buffer.view(np.int64), before)
    assert np.array_equal(again.series[0], again.series[1]) and not np.array_equal(again.series[0], again.series[2])


def test_a_copy_with_luck_of_its_own_spends_none_that_its_lane_has_spent():
    values = {"raids_start_rate": 0.02, "raids_answer": 1.0}
    frame = replace(neutral(240), hazard_from=0)
    lanes = np.arange(40)
    states = begin(frame, values, None, 7, lanes)
    early = clone(states, np.zeros(40, np.int64))
    states, recorded = advance(states, 120)
    copies, _ = advance(early, 1)
    copies = clone(replace(copies, day=120), None, lanes)
    copies, again = advance(copies, 240)

    def first_length(series):
        running = series[:, :, INDEX["operation_days"]] > 0.0
        begun = running.any(axis=1)
        start = running.argmax(axis=1)
        return begun, np.array([np.append(~r[s:], True).argmax() for r, s in zip(running, start)])

    (begun, length), (begun_again, length_again) = first_length(recorded.series), first_length(again.series)
    both = begun & begun_again
    assert both.sum() > 20
    assert (length[both] == length_again[both]).mean() < 0.5


def test_lanes_are_whole_numbers_of_32_bits():
    for lanes in ([-1], [1 << 32]):
        with pytest.raises(ValueError, match="stream ids"):
            begin(neutral(10), {}, None, 7, np.array(lanes))


def test_nothing_is_recorded_of_a_replicate_that_stopped():
    states, recorded = run({"demand_level": np.array([380.0, 5e6]), "choices_attempt_rate": 0.0, "demand_leave_rate": 0.0},
                           lanes=np.arange(2), to=20, detail="s")
    assert states.status.tolist() == [0, 1]
    assert np.isfinite(recorded.series[0]).all() and np.isnan(recorded.series[1]).all() and np.isnan(recorded.detail[1]).all()


def test_recording_detail_changes_no_figure():
    plain, by_sector, by_class = run()[1], run(detail="s")[1], run(detail="c")[1]
    assert np.array_equal(plain.series, by_sector.series) and np.array_equal(plain.series, by_class.series)
    attempts = INDEX["attempts"]
    assert np.allclose(by_sector.detail[:, :, attempts].sum(-1), plain.series[:, :, attempts])
    assert np.allclose(by_class.detail[:, :, attempts].sum(-1), plain.series[:, :, attempts])


def test_neutral_controls_are_no_controls_bit_for_bit():
    assert np.array_equal(run()[1].series, run(controls=neutral_controls(DAYS))[1].series)


@pytest.mark.parametrize("control", [c.name for c in CONTROLS])
def test_every_control_does_something(control):
    table = neutral_controls(DAYS)
    column = [c.name for c in CONTROLS].index(control)
    table[:, column] = 0.4 if CONTROLS[column].neutral == 0.0 else 2.5
    values = {**BUSY, "raids_leader_chance": 0.2, "raids_everyday": 0.2, "growth_profit_norm": 400.0}
    values |= {"supply_capacity": 100.0} if control == "supply_factor" else {}
    base, moved = run(values)[1].series, run(values, controls=table)[1].series
    if control in ("raid_factor", "restraint_floor"):  # these act through operations that start by themselves
        setting = neutral(DAYS)
        setting.operation[:] = 0.0
        object.__setattr__(setting, "hazard_from", 0)
        values = {**values, "raids_start_rate": 0.2, "escalation_armed_base": 60.0}
        base = advance(begin(setting, values, None, 7, LANES), DAYS)[1].series
        moved = advance(begin(setting, values, None, 7, LANES), DAYS, controls=table)[1].series
    assert not np.array_equal(base, moved)


def test_attempts_are_accounted_for_to_the_person():
    _, recorded = run()
    parts = sum(series(recorded, n) for n in ("prevented", "detained", "successes", "client_deaths"))
    assert np.array_equal(parts, series(recorded, "attempts"))
    assert np.array_equal(series(recorded, "prevented") + series(recorded, "detained"), series(recorded, "stopped"))


def test_people_are_conserved_to_the_person():
    states = begin(neutral(DAYS, operation_from=100), BUSY, None, 7, LANES)
    start = sum(states.array(n).sum(1) for n in ("waiting", "transit", "sheltered"))
    states, recorded = advance(states, DAYS)
    end = sum(states.array(n).sum(1) for n in ("waiting", "transit", "sheltered"))
    flow = {n: series(recorded, n).sum(1) for n in ("arrivals", "successes", "client_deaths", "diverted", "gave_up")}
    assert np.array_equal(end, start + flow["arrivals"] - flow["successes"] - flow["client_deaths"] - flow["diverted"]
                          - flow["gave_up"])


def test_nothing_is_negative_and_shares_are_shares():
    states, recorded = run()
    for name in SERIES:
        if name not in ("profit",):
            assert series(recorded, name).min() >= 0.0, name
    for name in ("self_guided_share", "largest_share", "hhi", "share_command", "share_kin", "share_symbol", "readiness",
                 "restraint_transit", "restraint_destination", "belief_real", "share_symbol_untied", "operation_days"):
        assert series(recorded, name).max() <= 1.0 + 1e-6, name
    for name in ("waiting", "transit", "sheltered", "members"):
        assert states.array(name).min() >= 0, name


def test_given_demand_innovations_are_used_and_the_rest_drawn():
    setting = neutral(DAYS)
    given = np.full((len(LANES), setting.months), np.nan)
    given[:, 2] = 3.0
    states, recorded = advance(begin(setting, {}, given, 7, LANES), DAYS)
    free, other = advance(begin(setting, {}, None, 7, LANES), DAYS)
    assert (states.array("innovation")[:, 2] == 3.0).all()
    assert np.array_equal(states.array("innovation")[:, :2], free.array("innovation")[:, :2])
    assert np.array_equal(recorded.series[:, :59], other.series[:, :59])
    assert series(recorded, "arrivals")[:, 60:80].mean() > 1.3 * series(other, "arrivals")[:, 60:80].mean()


def test_more_than_a_million_waiting_ends_the_replicate_with_a_reason():
    states, recorded = run({"demand_level": 5e6, "choices_attempt_rate": 0.0, "demand_leave_rate": 0.0}, lanes=np.arange(1), to=20)
    assert states.status[0] == 1


def test_unknown_parameters_and_days_are_refused():
    with pytest.raises(KeyError, match="clash_bass"):
        begin(neutral(10), {"clash_bass": 1.0}, None, 7, LANES)
    with pytest.raises(ValueError, match="expected 0 to 10"):
        advance(begin(neutral(10), {}, None, 7, LANES), 11)
