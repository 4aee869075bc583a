"""Priors: quantiles, round trips, support and messages."""
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from interlope.scenario.prior import parse

WRITTEN = {
    "normal(2, 0.5)": stats.norm(2, 0.5),
    "normal+(0.6, 0.3)": stats.truncnorm((0 - 0.6) / 0.3, np.inf, 0.6, 0.3),
    "lognormal(340, x1.3)": stats.lognorm(np.log(1.3), scale=340),
    "halfnormal(0.25)": stats.halfnorm(scale=0.25),
    "beta(3, 12)": stats.beta(3, 12),
    "uniform(365, 1029)": stats.uniform(365, 1029 - 365),
    "gamma(2, 0.7)": stats.gamma(1 / 0.49, scale=2 * 0.49),
}
MIXED = ["mixture(0.17: normal(-0.5, 0.25), 0.33: normal(0, 0.1), 0.5: normal(0.4, 0.25))",
         "mixture(0.5: 0, 0.5: uniform(1, 2))", "choice(0: 0.25, 2: 0.5, 1: 0.25)"]
U = np.linspace(0.001, 0.999, 97)


@pytest.mark.parametrize("text", WRITTEN)
def test_quantiles_agree_with_the_reference(text):
    prior = parse(text)
    assert np.allclose(prior.quantile(U), WRITTEN[text].ppf(U), rtol=1e-9, atol=1e-12)
    assert np.allclose(prior.cdf(prior.quantile(U)), U, atol=1e-9)
    assert prior.text == text
    assert not prior.constant


def test_number_is_constant():
    prior = parse("0.6")
    assert prior.constant
    assert prior.median == 0.6
    assert prior.support == (0.6, 0.6)
    assert parse(3).median == 3.0
    assert (prior.quantile(U) == 0.6).all()


def test_choice_gives_its_values_in_proportion():
    drawn = parse(MIXED[2]).quantile((np.arange(4000) + 0.5) / 4000)
    assert [int((drawn == v).sum()) for v in (0, 1, 2)] == [1000, 1000, 2000]


def test_mixture_inverts_its_distribution_function():
    prior = parse(MIXED[0])
    assert np.allclose(prior.cdf(prior.quantile(U)), U, atol=1e-9)
    spike = parse(MIXED[1])
    assert np.allclose(spike.quantile(np.array([0.1, 0.49, 0.75])), [0.0, 0.0, 1.5], atol=1e-6)
    assert spike.support == (0.0, 2.0)


@given(st.sampled_from([*WRITTEN, *MIXED]), st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_quantile_is_finite_monotone_and_within_support(text, u):
    prior = parse(text)
    x = prior.quantile(np.sort(u))
    assert np.isfinite(x).all()
    assert (np.diff(x) >= -1e-9).all()
    assert x.min() >= prior.support[0] - 1e-8
    assert x.max() <= prior.support[1] + 1e-8


def test_normal_plus_never_goes_below_zero():
    assert parse("normal+(-1, 1)").quantile(np.array([0.0, 1e-9, 0.5, 1.0])).min() >= 0


@pytest.mark.parametrize("text, words", [
    ("lognromal(340, x1.3)", "nearest 'lognormal'"),
    ("lognormal(340, 1.3)", "as a factor"),
    ("lognormal(-3, x1.3)", "median above zero"),
    ("lognormal(3, x1)", "above x1"),
    ("normal(0, -1)", "numbers above zero"),
    ("uniform(2, 1)", "a below b"),
    ("beta(1)", "beta(a, b)"),
    ("beta(1, two)", "expected"),
    ("choice(1: 0.5, 2: 0.2)", "sum to 1"),
    ("choice(1, 2)", "choice(v: p, ...)"),
    ("mixture(0.5: normal(0, 1), 0.5: nrmal(0, 1))", "nearest 'normal'"),
    ("", "expected"),
    ("nan", "expected"),
    (True, "expected"),
    ([1], "expected"),
])
def test_faults_say_what_was_expected(text, words):
    with pytest.raises(ValueError, match="found") as caught:
        parse(text)
    assert words in str(caught.value)
