"""At the edges of what a case may set: whatever `check` lets through runs, loses nobody and nothing, or says why it stopped.

What a case may set is asked of the reader of cases itself. Near edges, a tenth and ten times every default and none of it, in
combination and in frames of every size, have to run; far ones, up to 1e300, may stop with one of the model's reasons.
"""
from __future__ import annotations

import numpy as np
import pytest
from edges import BUSY, KNOWN, LEVERS, accepted, draw_edges, edge_frame, set_levers
from hypothesis import given, settings
from hypothesis import strategies as st

from interlope.model.people import MOST_CLASSES
from interlope.model.simulate import STATUS, advance, begin
from interlope.model.step import NOT_FINITE, TOO_MANY
from interlope.quantities import INDEX
from interlope.scenario import sections
from interlope.scenario.limits import LIMITS

FAR = (0.0, 1e-9, 1.0, 1e3, 1e6, 1e12, 1e300, -1e3)


def assert_told(states, recorded):
    """Worlds that stopped did so because people piled up, and said so."""
    stopped = np.flatnonzero(states.status)
    assert set(states.status[stopped].tolist()) <= {TOO_MANY}
    for r in stopped:
        assert states.array("waiting")[r].max() > 1e6


@settings(max_examples=60)
@given(seed=st.integers(0, 2**64 - 1), sectors=st.sampled_from([1, 2, 7, 24]), group_slots=st.sampled_from([1, 2, 16, 128]),
       initial=st.sampled_from([0, 1, 12, 128]), classes=st.sampled_from([1, 5, MOST_CLASSES]), days=st.sampled_from([1, 31, 80]),
       operation=st.sampled_from([None, 0, 20]), levers=st.lists(st.sampled_from(sorted(LEVERS)), max_size=3, unique=True),
       strength=st.sampled_from([0.0, 0.5, 1.0]))
def test_near_edges_run_and_lose_nothing(open_books, near, seed, sectors, group_slots, initial, classes, days, operation, levers, strength):
    values = draw_edges(near, np.random.default_rng(seed % 2**32), 6)
    states = begin(edge_frame(days, sectors, group_slots, initial, classes, operation), values, None, seed, np.arange(6))
    books = open_books(states)
    states, recorded = advance(states, days, controls=set_levers(days, levers, strength))
    assert_told(states, recorded)
    books.close(states, recorded)


@settings(max_examples=8)
@given(seed=st.integers(0, 2**64 - 1), sectors=st.sampled_from([1, 6]), group_slots=st.sampled_from([2, 24]))
def test_near_edges_run_for_two_thousand_days(open_books, near, seed, sectors, group_slots):
    values = draw_edges(near, np.random.default_rng(seed % 2**32), 6)
    states = begin(edge_frame(2000, sectors, group_slots, 10, 5, 900), values, None, seed, np.arange(6))
    books = open_books(states)
    states, recorded = advance(states, 2000)
    assert_told(states, recorded)
    assert (states.status == 0).any()
    books.close(states, recorded)


def test_each_number_at_far_edges_runs_or_says_why(tmp_path):
    rows = [(name, value) for far in FAR for name, value in accepted(tmp_path, dict.fromkeys(KNOWN, far)).items()]
    assert len(rows) > 500
    values = {name: np.full(len(rows), BUSY.get(name, KNOWN[name].value)) for name in KNOWN}
    for r, (name, value) in enumerate(rows):
        values[name][r] = value
    frame = edge_frame(40, 3, 8, 6, 3, 10)
    with np.errstate(all="ignore"):
        states = begin(frame, values, None, 11, np.arange(len(rows)))
    states, recorded = advance(states, 40)
    assert set(states.status.tolist()) <= set(STATUS)
    silent = []
    for r, (name, value) in enumerate(rows):
        if states.status[r] in (TOO_MANY, NOT_FINITE):
            continue
        history = recorded.series[r]
        if not np.isfinite(history).all() or np.delete(history, INDEX["profit"], axis=1).min() < 0.0:
            silent.append((name, value))
        for kept in ("members", "arms", "patrol", "guard", "experience", "cash_organisation", "waiting"):
            if not states.array(kept)[r].min() >= 0:
                silent.append((name, value, kept))
    assert silent == []


@pytest.mark.parametrize("name", LIMITS)
def test_a_value_beyond_its_limit_is_told(tmp_path, name):
    limit = LIMITS[name]
    beyond = 2.0 * limit.most if np.isfinite(limit.most) else 0.5 * limit.least
    assert accepted(tmp_path, {name: beyond}) == {}
    assert accepted(tmp_path, {name: KNOWN[name].value}) == {name: KNOWN[name].value}


def test_case_files_and_model_agree_on_the_number_of_classes():
    assert sections.MOST_CLASSES == MOST_CLASSES
