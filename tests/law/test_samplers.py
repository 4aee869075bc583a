"""Samplers against exact laws, over small and large arguments and on both sides of every change of method.

Counts by chi-square, real numbers by Kolmogorov-Smirnov. False-alarm budget: 1e-4 for the whole file, shared equally by all cases of
LAWS (Bonferroni); seeds are fixed, so a pass stays a pass. A law that is a little different is noticed, in every family.
"""
from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from interlope.jit.compile import entry
from interlope.model import opponents, samplers

DRAWS, BUDGET = 40000, 1e-4
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


@entry
def draw_hypergeometric(key, marked, others, drawn, out):
    for i in range(len(out)):
        out[i] = samplers.hypergeometric(key, 0, 905, i, marked, others, drawn)


@entry
def draw_scatter(key, means, place, counts, out):
    for i in range(len(out)):
        counts[:] = 0.0
        samplers.scatter(key, i, 906, means, counts, 0)
        out[i] = counts[0, place]


def scatter(key, means, place, out):
    draw_scatter(key, np.array(means), place, np.zeros((1, len(means))), out)


@entry
def draw_race(key, weights, out):
    for i in range(len(out)):
        out[i] = opponents.race(key, i, 907, 0, weights)


def heavy(exponent, top):
    """Whole numbers 1..top with weights k^-exponent, as scipy has it."""
    return stats.zipfian(exponent, top)


# family -> how it is drawn, its exact law, its arguments
LAWS = {
    "poisson": (draw_poisson, stats.poisson, [(0.01,), (0.7,), (5.0,), (19.9,), (20.1,), (60.0,), (380.0,), (12000.0,), (400000.0,)]),
    "binomial": (draw_binomial, stats.binom, [
        (1, 0.3), (12, 0.02), (60, 0.5), (200, 0.0999), (200, 0.1001), (60, 0.8), (500, 0.9), (900, 0.3), (900, 0.5), (40000, 0.013),
        (40000, 0.0004), (200000, 0.4), (200000, 0.9999)]),
    "hypergeometric": (draw_hypergeometric, lambda marked, others, drawn: stats.hypergeom(marked + others, marked, drawn), [
        (1, 1, 1), (1, 400, 200), (5, 7, 4), (7, 3, 8), (40, 60, 50), (3, 5000, 2500), (5000, 3, 2500), (900, 30, 60), (300, 900, 400),
        (1000, 3000, 3990), (20000, 30000, 700), (50000, 80000, 20000), (400000, 600000, 300000)]),
    "heavy": (draw_heavy, heavy, [(2.5, 10), (2.5, 1), (2.5, 400), (1.0, 60), (4.0, 10)]),
    "scatter": (scatter, lambda means, place: stats.poisson(means[place]), [
        ((0.4, 0.1, 0.0, 0.7), 1), ((0.4, 0.1, 0.0, 0.7), 3), ((3.0, 5.0, 9.0), 0), ((3.0, 5.0, 9.0), 2), ((40.0, 300.0, 2.0), 1)]),
    "race": (lambda key, weights, out: draw_race(key, np.array(weights), out),
             lambda weights: stats.rv_discrete(values=(range(len(weights)), np.array(weights) / sum(weights))), [
        ((1.0, 2.0, 3.0, 4.0),), ((1e-9, 0.0, 3e-9),), ((1e6, 5e5, 20.0),)]),
    "gamma": (draw_gamma, lambda shape: stats.gamma(shape, scale=1.0 / shape), [(1.0,), (2.5,), (6.0,), (25.0,), (2500.0,)]),
    "normal": (draw_normal, stats.norm, [()]),
}
CASES = [(family, arguments) for family, (_, _, cases) in LAWS.items() for arguments in cases]
OTHERS = [("poisson", (5.0,), (5.15,)), ("poisson", (380.0,), (381.0,)), ("binomial", (60, 0.5), (60, 0.507)),
          ("binomial", (900, 0.3), (900, 0.302)), ("hypergeometric", (40, 60, 50), (41, 60, 50)),
          ("hypergeometric", (50000, 80000, 20000), (50060, 80000, 20000)), ("heavy", (2.5, 10), (2.4, 10)),
          ("scatter", ((3.0, 5.0, 9.0), 2), ((3.0, 5.0, 9.2), 2)),
          ("race", ((1.0, 2.0, 3.0),), ((1.0, 2.1, 3.0),)), ("gamma", (6.0,), (6.6,))]


def chance(family, arguments, of=None):
    """p-value of draws with some arguments against the exact law of those, or of others."""
    draw, law, _ = LAWS[family]
    out = np.zeros(DRAWS)
    draw(KEY, *arguments, out)
    exact = law(*(arguments if of is None else of))
    return stats.kstest(out, exact.cdf).pvalue if family in ("gamma", "normal") else chi_square(out, exact)


def chi_square(counts, law):
    """p-value of counts against a discrete law on 0..n, cells of expectation under 8 joined."""
    assert counts.min() >= 0 and law.pmf(counts.min()) > 0.0 and law.pmf(counts.max()) > 0.0
    top = int(counts.max()) + 1
    cells = np.arange(top + 1)
    expected = law.pmf(cells) * len(counts)
    expected[-1] += law.sf(top) * len(counts)
    observed = np.bincount(counts.astype(int), minlength=top + 1)[: top + 1].astype(float)
    groups = np.minimum(np.cumsum(expected) // 8, (expected.sum() - 1e-9) // 8 - 1).astype(int)
    e, o = np.bincount(groups, expected), np.bincount(groups, observed)
    keep = e > 0
    if keep.sum() == 1:
        return float(o[keep].sum() == len(counts))  # one outcome is possible, and it has to be the only one seen
    return stats.chi2.sf(((o[keep] - e[keep]) ** 2 / e[keep]).sum(), keep.sum() - 1)


@pytest.mark.parametrize(("family", "arguments"), CASES, ids=lambda x: x if isinstance(x, str) else "-".join(map(str, x)) or "standard")
def test_draws_follow_the_exact_law(family, arguments):
    assert chance(family, arguments) > BUDGET / len(CASES)


@pytest.mark.parametrize(("family", "arguments", "others"), OTHERS)
def test_a_slightly_different_law_is_noticed(family, arguments, others):
    assert chance(family, arguments, others) < BUDGET / len(CASES)


def test_both_ends_of_a_hypergeometric_draw_are_reached_and_not_passed():
    out = np.zeros(DRAWS)
    draw_hypergeometric(KEY, 3, 4, 5, out)
    assert set(out) == {1.0, 2.0, 3.0}
    for marked, others, drawn, exact in ((0, 9, 4, 0), (9, 0, 4, 4), (5, 6, 11, 5), (5, 6, 0, 0), (5, 6, 20, 5)):
        draw_hypergeometric(KEY, marked, others, drawn, out)
        assert set(out) == {float(exact)}
