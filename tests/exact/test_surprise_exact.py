"""A figure judged by all others against the closed form."""
from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from interlope.inference import official, publication
from interlope.inference.checks import surprise
from interlope.scenario.prior import parse

SD, SPREAD = 0.3, 0.8


def two_figures(first: float, second: float) -> official.Group:
    """Two figures of one log-normal series that report the same number."""
    constant = parse("1")
    return official.Group((official.FittedSeries("s", "r", "lognormal", np.array([0, 0]), np.array([first, second]), np.ones(2), SD,
                                         constant, parse("0"), parse("1e12"), (0, 1), True),))


@pytest.mark.parametrize("second", [90.0, 130.0, 220.0])
def test_leaving_one_figure_out_is_exact(second):
    group, rng = two_figures(100.0, second), np.random.default_rng(4)
    # the number recorded is log-normal around 100; given both figures it has a normal posterior of its logarithm
    precision = 1.0 / SPREAD**2 + 2.0 / SD**2
    mean = np.log(100.0) + (np.log(second / 100.0) / SD**2) / precision
    numbers = np.exp(mean + rng.standard_normal(40_000) / np.sqrt(precision))
    density, drawn = publication.surprises(group, numbers[:, None], rng)["s"]
    judged = surprise.judge("s:2", second, density[:, 1], drawn[:, 1])
    alone = 1.0 / SPREAD**2 + 1.0 / SD**2
    exact = stats.norm(np.log(100.0), np.sqrt(1.0 / alone + SD**2))
    assert judged.below == pytest.approx(exact.cdf(np.log(second)), abs=0.015)
    assert judged.q05 == pytest.approx(np.exp(exact.ppf(0.05)), rel=0.04)
    assert judged.q95 == pytest.approx(np.exp(exact.ppf(0.95)), rel=0.04)
    assert judged.chance == pytest.approx(2.0 * min(exact.cdf(np.log(second)), exact.sf(np.log(second))), abs=0.03)
