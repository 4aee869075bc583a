"""Streaming moments: exact moments and bounded quantiles, the same bits in any order and for any number of parts."""
from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlope.ensemble import moments
from interlope.ensemble.moments import EDGES, StreamingMoments


def draw(seed: int, r: int) -> np.ndarray:
    """Replicates of cells of every kind: skewed, discrete, constant, mostly zero, negative, heavy-tailed, tiny."""
    chance = np.random.default_rng(seed)
    z = chance.standard_normal((r, 7))
    columns = [np.exp(2 * z[:, 0]), np.floor(np.abs(3 * z[:, 1])), np.full(r, 0.1), np.where(z[:, 3] > 1.5, 50.0, 0.0), 1e6 * z[:, 4],
               1.0 / np.maximum(np.abs(z[:, 5]), 1e-4), 0.5 + 1e-5 * z[:, 6]]
    return np.stack(columns, axis=1).astype(np.float32)


def same(one: StreamingMoments, two: StreamingMoments) -> bool:
    return all(getattr(one, f.name).tobytes() == getattr(two, f.name).tobytes() for f in fields(StreamingMoments))


def accumulate(values: np.ndarray, pilot: int = 100) -> StreamingMoments:
    streaming = moments.from_pilot(values[:pilot])
    streaming.add(values)
    return streaming


def test_moments_are_those_of_all_values():
    values = draw(1, 3000)
    mean, sd = accumulate(values).mean_and_sd()
    exact = values.astype(np.float64)
    assert mean == pytest.approx(exact.mean(axis=0), rel=1e-9)
    assert sd == pytest.approx(exact.std(axis=0, ddof=1), rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("p", [0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0])
def test_quantiles_are_as_near_as_they_say(p):
    values = draw(2, 3000)
    value, error = accumulate(values).quantile(p)
    exact = np.quantile(values.astype(np.float64), p, axis=0, method="inverted_cdf")
    assert np.all(np.abs(value - exact) <= error * (1 + 1e-12))
    assert np.all(error[[1, 2, 3]] == 0.0)  # values that recur are counted where they are
    assert error[4] < 4e5  # of a spread of 1e6


def test_few_values_give_exact_quantiles():
    values = draw(3, EDGES)
    for p in (0.05, 0.5, 0.95):
        value, error = accumulate(values).quantile(p)
        assert np.array_equal(value, np.quantile(values.astype(np.float64), p, axis=0, method="inverted_cdf"))
        assert not error.any()


@given(st.integers(0, 2**31), st.permutations(range(6)))
def test_parts_in_any_order_give_the_same_bits(seed, order):
    values = draw(seed, 120)
    whole = accumulate(values, 30)
    streaming = moments.empty_like(whole)
    for k in order:
        part = moments.empty_like(whole)
        part.add(values[20 * k : 20 * (k + 1)], threads=k % 3 + 1)
        streaming.merge(part)
    assert same(streaming, whole)


def test_absent_values_are_passed_over():
    values = draw(4, 50)
    holes = values.copy()
    holes[::5] = np.nan
    streaming = moments.from_pilot(holes)
    streaming.add(holes)
    complete = np.delete(values, np.s_[::5], axis=0).astype(np.float64)
    assert np.all(streaming.number == 40)
    assert streaming.mean_and_sd()[0] == pytest.approx(complete.mean(axis=0))
    nothing = accumulate(np.full((10, 2), np.nan, np.float32))
    assert np.isnan(nothing.mean_and_sd()[0]).all() and np.isnan(nothing.quantile(0.5)[0]).all()


def test_a_value_too_far_out_leaves_no_mean_but_counts_for_quantiles():
    values = draw(5, 200)
    streaming = accumulate(values)
    streaming.add(np.full((1, 7), 3e38, np.float32))
    assert np.isnan(streaming.mean_and_sd()[0]).all()
    assert np.all(streaming.quantile(1.0)[0] == np.float64(np.float32(3e38)))
    assert np.all(streaming.beyond == 1)


def test_moments_with_other_edges_are_not_added():
    with pytest.raises(ValueError, match="different edges"):
        accumulate(draw(6, 100)).merge(accumulate(draw(7, 100)))
