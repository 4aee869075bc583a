"""Filtering a case: the steps it is cut into, and what must hold of any pass."""
from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from interlope.ensemble import keys
from interlope.inference import filter as particles
from interlope.inference import importance, likelihood
from interlope.model.simulate import advance, begin
from interlope.scenario.binding import Binding
from interlope.scenario.case import load


@pytest.fixture(scope="module")
def toy():
    return load("toy")


@pytest.fixture(scope="module")
def values(toy):
    return {name: known.prior.median for name, known in toy.parameters("takeover").items()}


def scored(case, states, recorded):
    """Log likelihood of whole histories from their recorded series, as a fit scores them."""
    binding = Binding(case)
    plan = likelihood.plan(case, binding, case.as_of)
    assert (states.status == 0).all()
    return likelihood.total(plan, likelihood.terms(plan, binding.fold(recorded.series)))


def test_the_flagship_is_cut_at_the_burn_in_at_month_ends_and_at_the_cut():
    case = load("serbia-hungary").at("before-operation")
    what = particles.split(case)
    assert what.ends[0] == case.day(case.burn_in) and what.ends[-1] == case.day(date(2023, 10, 25)) + 1 == what.setting.days
    assert len(what.ends) == 1 + 22
    used = [set(plan.used) for plan in what.plans]
    assert all(before <= after for before, after in zip(used, used[1:])) and used[-1] == set(
        likelihood.plan(case, Binding(case), case.as_of).used)
    assert all(plan.claims == () for plan in particles.split(case, claims=False).plans)


def test_one_slot_is_one_history(toy, values):
    what = particles.split(toy)
    for seed in range(3):
        found = particles.estimate(what, values, 1, seed)
        states, recorded = advance(begin(what.setting, values, None, keys.integer(seed, "filter.luck"), np.arange(1)), what.setting.days)
        assert found.log_likelihood == pytest.approx(scored(toy, states, recorded)[0], abs=1e-9)


def test_never_drawing_anew_is_the_average_over_whole_histories(toy, values):
    what = particles.split(toy)
    states, recorded = advance(begin(what.setting, values, None, keys.integer(4, "filter.luck"), np.arange(32)), what.setting.days)
    expected = importance.log_mean(scored(toy, states, recorded))
    for steps in (what, what.at_once()):
        assert particles.estimate(steps, values, 32, 4, least=0.0).log_likelihood == pytest.approx(expected, abs=1e-9)


def test_a_pass_repeats_itself_for_any_number_of_threads(toy, values):
    what = particles.split(toy)
    one, two = (particles.estimate(what, values, 16, 9, least=1.0, threads=n) for n in (1, 3))
    assert one.log_likelihood == two.log_likelihood
    assert np.array_equal(one.slots.buffer.view(np.int64), two.slots.buffer.view(np.int64))
    assert particles.estimate(what, values, 16, 10, least=1.0).log_likelihood != one.log_likelihood


def test_the_filter_agrees_with_whole_histories_on_the_toy(toy, values):
    what = particles.split(toy)
    drawn = np.array([particles.estimate(what, values, 64, seed, least=1.0).log_likelihood for seed in range(40)])
    plain = particles.estimate(what.at_once(), values, 4000, 99, least=0.0)
    whole = importance.evidence(plain.log_weight)
    ratio = np.exp(drawn - whole.log_z)
    error = np.hypot(ratio.std(ddof=1) / np.sqrt(len(ratio)), whole.error)
    assert error < 0.15
    assert abs(ratio.mean() - 1.0) < 3.0 * error
