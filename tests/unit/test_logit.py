"""The markup satisfies its identity, markup = 1 / (weight (1 - share)), from any guess of yesterday."""
from __future__ import annotations

import numpy as np
from scipy.special import wrightomega

from interlope.jit.compile import entry
from interlope.model.logit import set_markups


@entry
def markups(ratio, weight, margin):
    set_markups(ratio, weight, margin, len(margin))


def test_a_markup_does_not_depend_on_the_guess():
    generator = np.random.default_rng(5)
    own, other = np.exp(generator.normal(0.0, 6.0, 20000)), np.exp(generator.normal(0.0, 6.0, 20000))
    exact = (1.0 + wrightomega(np.log(own / other)).real) / 0.0017
    share = 1.0 - 1.0 / (0.0017 * exact)
    assert np.allclose(share / (1.0 - share), 0.0017 * exact - 1.0, rtol=1e-9)
    far = exact * np.exp(generator.normal(0.0, 3.0, 20000))
    for guess in (np.zeros_like(own), exact, exact * 1.02, exact * 0.9, np.full_like(own, 600.0), far):
        found = guess.copy()
        markups(own / other, 0.0017, found)
        assert np.allclose(found, exact, rtol=1e-9)


def test_nothing_to_sell_is_worth_the_least_markup():
    found = np.array([0.0, 700.0])
    markups(np.zeros(2), 0.0017, found)
    assert np.allclose(found, 1 / 0.0017)
