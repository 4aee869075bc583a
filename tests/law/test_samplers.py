"""Samplers against exact laws: chi-square over small and large arguments.

False-alarm budget: 1e-4 for the whole file, shared equally (Bonferroni); seeds are fixed, so a pass stays a pass.
"""
from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from interlope.compile import entry
from interlope.model import samplers

DRAWS, CASES, BUDGET = 40000, 19, 1e-4
KEY = np.array([20231027, 0, 1], np.uint64)


@entry
def draw_poisson(key, mean, out):
    for i in range(len(out)):
        out[i] = samplers.poisson(key, 0, 900, i, mean)


@entry
def draw_binomial(key, n, chance, out):
    for i in range(len(out)):
        out[i] = samplers.binomial(key, 0, 901, i, n, chance)


@entry
def draw_gamma(key, shape, out):
    for i in range(len(out)):
        out[i] = samplers.gamma(key, 0, 902, i, shape)


@entry
def draw_normal(key, out):
    for i in range(len(out)):
        out[i] = samplers.normal(key, 0, 903, i)


@entry
def draw_heavy(key, exponent, top, out):
    for i in range(len(out)):
        out[i] = samplers.heavy_count(samplers.uniform(key, 0, 904, i), exponent, top)


def chi_square(counts, law):
    """p-value of counts against a discrete law on 0..n, cells of expectation under 8 joined."""
    top = int(counts.max()) + 1
    cells = np.arange(top + 1)
    expected = law.pmf(cells) * len(counts)
    expected[-1] += law.sf(top) * len(counts)
    observed = np.bincount(counts.astype(int), minlength=top + 1)[: top + 1].astype(float)
    groups = np.minimum(np.cumsum(expected) // 8, (expected.sum() - 1e-9) // 8 - 1).astype(int)
    e, o = np.bincount(groups, expected), np.bincount(groups, observed)
    keep = e > 0
    return stats.chi2.sf(((o[keep] - e[keep]) ** 2 / e[keep]).sum(), max(keep.sum() - 1, 1))


@pytest.mark.parametrize("mean", [0.01, 0.7, 5.0, 19.9, 20.1, 380.0, 12000.0])
def test_poisson(mean):
    out = np.zeros(DRAWS)
    draw_poisson(KEY, mean, out)
    assert chi_square(out, stats.poisson(mean)) > BUDGET / CASES


@pytest.mark.parametrize(("n", "chance"), [(1, 0.3), (12, 0.02), (60, 0.5), (500, 0.9), (900, 0.3), (40000, 0.013), (200000, 0.4)])
def test_binomial(n, chance):
    out = np.zeros(DRAWS)
    draw_binomial(KEY, n, chance, out)
    assert out.min() >= 0 and out.max() <= n
    assert chi_square(out, stats.binom(n, chance)) > BUDGET / CASES


@pytest.mark.parametrize("shape", [1.0, 6.0, 25.0])
def test_gamma_with_mean_one(shape):
    out = np.zeros(DRAWS)
    draw_gamma(KEY, shape, out)
    assert stats.kstest(out, stats.gamma(shape, scale=1 / shape).cdf).pvalue > BUDGET / CASES


def test_normal():
    out = np.zeros(DRAWS)
    draw_normal(KEY, out)
    assert stats.kstest(out, stats.norm.cdf).pvalue > BUDGET / CASES


def test_deaths_in_a_lethal_clash_are_heavy_tailed():
    out = np.zeros(DRAWS)
    draw_heavy(KEY, 2.5, 10, out)
    weights = np.arange(1, 11) ** -2.5
    observed = np.bincount(out.astype(int), minlength=11)[1:]
    assert stats.chisquare(observed, weights / weights.sum() * DRAWS).pvalue > BUDGET / CASES
