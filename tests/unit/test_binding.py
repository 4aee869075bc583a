"""Bindings: every statistic asked for, once, and reduced as a plain reading of recorded series would."""
from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlope.quantities import OPERATIONS, SERIES, Reduction, reduce, select
from interlope.scenario.binding import Binding, reduce_recorded
from interlope.scenario.case import load


def replicates(count: int, days: int) -> np.ndarray:
    return np.random.default_rng(4).gamma(2.0, 20.0, (count, days, len(SERIES))).astype(np.float32)


@pytest.fixture
def binding(small_case) -> Binding:
    return Binding(load(small_case))


def test_scored_claims_series_and_predictions_have_columns(binding):
    assert set(binding.claim_columns) == {"A1", "A3"}
    assert [len(columns) for columns in binding.series_columns.values()] == [2]
    assert set(binding.prediction_columns) == {("rivalry", 0), ("takeover", 0)}
    used = [*binding.prediction_columns.values(), *(c for cs in binding.claim_columns.values() for c in cs),
            *(c for cs in binding.series_columns.values() for c in cs)]
    assert sorted(set(used)) == list(range(len(binding.reductions)))
    assert len(set(binding.reductions)) == len(binding.reductions)


def test_fold_agrees_with_reading_one_by_one(binding):
    recorded = replicates(5, 60)
    reduced = binding.reduce(recorded)
    assert reduced.shape == (5, len(binding.reductions))
    for column, reduction in enumerate(binding.reductions):
        first, last = (reduction.start - binding.start).days, (reduction.end - binding.start).days
        expected = reduce(select(recorded, reduction.series)[:, first : last + 1], reduction.operation)
        assert np.allclose(reduced[:, column], expected, rtol=1e-12)


def test_windows_beyond_the_days_are_nan(binding):
    recorded = replicates(2, 60)
    short = binding.reduce(recorded[:, :30])
    full = binding.reduce(recorded)
    for column, reduction in enumerate(binding.reductions):
        if reduction.end - binding.start < timedelta(days=30):
            assert (short[:, column] == full[:, column]).all()
        else:
            assert np.isnan(short[:, column]).all()
    assert np.isnan(short).any()


def test_first_day_shifts_the_windows(binding):
    recorded = replicates(2, 60)
    late = binding.reduce(recorded[:, 9:], first_day=9)
    full = binding.reduce(recorded)
    kept = np.isfinite(late)
    assert kept.any()
    assert (late[kept] == full[kept]).all()


@given(st.sampled_from(OPERATIONS), st.integers(0, 50), st.integers(1, 60), st.integers(1, 4))
def test_any_reduction_is_read_right(operation, first, length, count):
    start, last = date(2030, 1, 1), min(first + length, 59)
    window = (start + timedelta(days=first), start + timedelta(days=last))
    reduction = Reduction("attempts + 0.5 encounters", operation, *window)
    recorded = replicates(count, 60)
    expected = reduce(select(recorded, reduction.series)[:, first : last + 1], operation)
    assert np.allclose(reduce_recorded(recorded, [reduction], start)[:, 0], expected, rtol=1e-12)


def test_hidden_evidence_asks_for_nothing(small_case):
    case = load(small_case)
    early = Binding(case.at(case.start))
    assert early.claim_columns == {}
    assert early.series_columns == {"stops": []}
    assert len(early.reductions) == 2
    assert Binding(case.at(case.end)).last_day() >= Binding(case).last_day()


def test_shown_series_has_no_column(small_case):
    path = small_case / "series" / "stops.csv"
    text = path.read_text(encoding="utf-8").replace("prevented + 1.5 detained", "none").replace(
        "# density: negative-binomial\n# dispersion: lognormal(15, x1.6)\n", "# density: none\n# why: shown only\n")
    path.write_text(text, encoding="utf-8")
    assert Binding(load(small_case)).series_columns == {"stops": [-1, -1]}
