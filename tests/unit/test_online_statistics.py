"""What is read off a running history equals the plain reading of its recorded series, bit for bit."""
from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interlope.ensemble import design, run, streams
from interlope.model import online_statistics
from interlope.model.simulate import advance, begin, clone
from interlope.quantities import OPERATIONS, SERIES, Reduction
from interlope.scenario.binding import Binding, reduce_recorded, table
from interlope.scenario.case import load
from interlope.verification.defaults import neutral

DAYS, START = 200, date(2030, 1, 1)
BUSY = {"takeover_absorption_rate": 0.02, "takeover_arrival_day": 20.0, "symbols_adopt_rate": 2.0, "clashes_base": 2.0}
SUMS = (*SERIES, "prevented + 1.0753 detained", "clashes + -1.0 lethal_expected", "waiting + transit + 0.3 sheltered")


@st.composite
def windows(draw):
    operation, series = draw(st.sampled_from(OPERATIONS)), draw(st.sampled_from(SUMS))
    first = draw(st.integers(-3, DAYS - 1))
    last = draw(st.integers(first, DAYS + 2))
    return Reduction(series, operation, START + timedelta(days=first), START + timedelta(days=last))


def same(found, expected):
    """Equal in every bit, NaN included."""
    return np.array_equal(found.view(np.int64), expected.view(np.int64))


@pytest.fixture(scope="module")
def whole():
    return advance(begin(neutral(DAYS, operation_from=100), BUSY, None, 7, np.arange(3)), DAYS)[1].series


@given(st.lists(windows(), max_size=30), st.sets(st.integers(0, DAYS), max_size=6), st.booleans())
@settings(max_examples=60)
def test_any_readings_however_often_the_history_is_stopped(whole, wanted, stops, record):
    states = begin(neutral(DAYS, operation_from=100), BUSY, None, 7, np.arange(3), table(wanted, START, DAYS))
    for day in [*sorted(stops), DAYS]:
        states, _ = advance(clone(states), day, record=record)
    assert same(states.statistics, reduce_recorded(whole, wanted, START))


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("length", [1, 2, 6, 7, 8, 29, 30, 31, 60, 75, 120, DAYS])
def test_every_operation_at_every_length_that_could_matter(whole, operation, length):
    wanted = [Reduction(series, operation, START + timedelta(days=DAYS - length), START + timedelta(days=DAYS - 1))
              for series in ("attempts", "clashes", "profit", "largest_share", SUMS[-2])]
    states, _ = advance(begin(neutral(DAYS, operation_from=100), BUSY, None, 7, np.arange(3), table(wanted, START, DAYS)), DAYS)
    expected = reduce_recorded(whole, wanted, START)
    assert np.isfinite(expected).all()
    assert same(states.statistics, expected)


@pytest.mark.parametrize("name", ["toy", "serbia-hungary"])
def test_what_a_shipped_case_asks_for(name):
    case = load(name)
    binding, setting = Binding(case), case.setting(end=case.as_of)
    for hypothesis in case.hypotheses:
        made = design.draw(case, hypothesis, 3, 5)
        start = begin(setting, made.values, made.innovations, 11, np.arange(3), binding.table(setting.days))
        states, recorded = advance(clone(start), setting.days)
        assert (states.status == 0).all()
        expected = binding.reduce(recorded.series)
        inside = [0 <= (r.start - case.start).days and (r.end - case.start).days < setting.days for r in binding.reductions]
        assert np.array_equal(np.isfinite(expected).all(axis=0), inside) and sum(inside) > 5
        assert same(states.statistics, expected)
        for day in range(17, setting.days, 31):
            start, _ = advance(start, day, record=False)
        start, nothing = advance(start, setting.days, record=False)
        assert nothing.series.shape == (3, 0, len(SERIES))
        assert same(start.statistics, expected)
        assert np.array_equal(start.buffer.view(np.int64), states.buffer.view(np.int64))
        reduced, status = run.summarise(setting, made.values, made.innovations, binding, streams.single(11, np.arange(3)))
        assert same(reduced, expected) and not status.any()


def test_results_stand_from_the_last_night_of_their_window_on():
    wanted = [Reduction("attempts", "sum", START, START + timedelta(days=9)), Reduction("attempts", "last", START, START)]
    states = begin(neutral(30), {}, None, 7, np.arange(2), table(wanted, START, 30))
    states, _ = advance(states, 9)
    assert np.isnan(states.statistics[:, 0]).all() and np.isfinite(states.statistics[:, 1]).all()
    states, _ = advance(states, 10)
    ended = states.statistics
    states, _ = advance(states, 30)
    assert np.isfinite(ended).all() and same(states.statistics, ended)


def test_a_failed_replicate_has_no_statistics():
    wanted = [Reduction("attempts", "sum", START, START)]
    values = {"demand_level": np.array([300.0, 5e7])}
    states, _ = advance(begin(neutral(30), values, None, 7, np.arange(2), table(wanted, START, 30)), 30, record=False)
    assert states.status.astype(bool).tolist() == [False, True]
    assert np.isnan(states.statistics).tolist() == [[False], [True]]


def test_a_clone_with_a_lane_of_its_own_goes_its_own_way_and_keeps_what_was_read():
    wanted = [Reduction("attempts", "sum", START, START + timedelta(days=n)) for n in (39, 79)]
    states, _ = advance(begin(neutral(80), BUSY, None, 7, np.arange(3), table(wanted, START, 80)), 40)
    before = states.accumulators.copy()
    copies, _ = advance(clone(states, np.array([2, 2]), np.array([2, 7])), 80)
    assert np.array_equal(states.accumulators, before, equal_nan=True)
    own, other = copies.statistics
    assert own[0] == other[0] == states.statistics[2, 0] and own[1] != other[1]
    onward, _ = advance(states, 80)
    assert same(onward.statistics[2], own)


def test_a_table_of_other_days_or_an_unknown_operation_is_refused():
    with pytest.raises(ValueError, match="for 20 days; expected one for 30"):
        begin(neutral(30), {}, None, 7, np.arange(1), table([], START, 20))
    with pytest.raises(ValueError, match="operation 'median' unknown"):
        online_statistics.lay_out([online_statistics.SummaryStatistic("median", 0, 1, ((1.0, "attempts"),))], 30)


def test_a_table_visits_a_reading_on_the_days_of_its_window_only():
    one = online_statistics.SummaryStatistic
    made = online_statistics.lay_out([one("sum", 2, 4, ((1.0, "encounters"),)), one("last", 1, 4, ((1.0, "encounters"), (2.0, "moved"))),
                                      one("p95", 3, 9, ((1.0, "encounters"),))], 6)
    by_day = [made.live[a:b].tolist() for a, b in zip(made.begins, made.begins[1:])]
    assert by_day == [[], [], [0], [0], [0, 1], []]
    assert made.cells == 3 + 1 and made.factors.tolist() == [1.0, 1.0, 2.0, 1.0]
