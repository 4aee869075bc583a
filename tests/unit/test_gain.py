"""Expected information gain: closed forms, evidence that teaches nothing, and what its error is worth.

Each test of chance has a fixed seed and a stated bound; bounds of 4 standard errors give a false alarm in about 1 of 16,000 tries.
"""
from __future__ import annotations

import numpy as np
import pytest
from scipy.special import betaln, gammaln
from scipy.stats import norm

from interlope.information import gain

BLOCK = np.tile(np.arange(gain.BLOCKS), 40)  # of 800 replicates, 400 of each of two explanations
MODEL = np.repeat([0, 1], 400)
EVEN = np.ones(800)


def nats(prior, chance):
    """Mutual information of an explanation and an outcome, from exact chances [m, k]."""
    mean = prior @ chance
    return float(np.sum(np.where(chance > 0, prior[:, None] * chance * np.log(np.where(chance > 0, chance, 1.0) / mean), 0.0)))


def gaussian(distance, prior):
    """Exact gain of one Gaussian number of variance 1 whose means lie so far apart."""
    grid = np.linspace(-12.0, 12.0 + distance, 8001)
    density = norm.pdf(grid, np.array([[0.0], [distance]]))
    return nats(prior, density * (grid[1] - grid[0]))


@pytest.mark.parametrize("distance", [0.5, 1.0, 2.0, 4.0])
@pytest.mark.parametrize("first", [0.5, 0.9])
def test_two_gaussians_on_a_grid(distance, first):
    prior, generator = np.array([first, 1 - first]), np.random.default_rng(5)
    centre = generator.normal(0.0, 0.6, 800) + distance * MODEL  # a parameter of each explanation, and noise of variance 1 - 0.36
    grid = np.linspace(-6.0, 6.0 + distance, 200)
    p = gain.enumerated(prior, MODEL, BLOCK, EVEN, norm.pdf(grid, centre[:, None], 0.8))
    assert abs(gain.expected_gain(p) - gaussian(distance, prior)) < 4 * gain.standard_error(p) + 1e-3


@pytest.mark.parametrize("distance", [1.0, 2.0])
def test_two_gaussians_from_drawn_outcomes(distance):
    prior, generator = np.array([0.5, 0.5]), np.random.default_rng(6)
    centre = generator.normal(0.0, 0.6, 800) + distance * MODEL
    drawn = generator.normal(centre, 0.8)
    p = gain.sampled(prior, MODEL, BLOCK, EVEN, norm.logpdf(drawn, centre[:, None], 0.8))
    assert p.joint.sum() == pytest.approx(1.0)
    assert abs(gain.expected_gain(p) - gaussian(distance, prior)) < 4 * gain.standard_error(p) + 1e-3


def test_beta_binomial():
    """Ten trials with a chance from beta(2, 4) against beta(4, 2): outcomes are listed, the exact chances are beta-binomial."""
    k, prior, generator = np.arange(11), np.array([0.3, 0.7]), np.random.default_rng(7)
    choose = gammaln(11) - gammaln(k + 1) - gammaln(11 - k)
    exact = np.exp([choose + betaln(k + a, 10 - k + b) - betaln(a, b) for a, b in ((2, 4), (4, 2))])
    chance = np.concatenate([generator.beta(2, 4, 400), generator.beta(4, 2, 400)])[:, None]
    each = np.exp(choose) * chance**k * (1 - chance) ** (10 - k)
    p = gain.enumerated(prior, MODEL, BLOCK, EVEN, each)
    assert abs(gain.expected_gain(p) - nats(prior, exact)) < 4 * gain.standard_error(p) + 1e-3
    assert p.outcomes == pytest.approx(prior @ exact, abs=0.02)


def test_weights_count_as_copies():
    generator = np.random.default_rng(8)
    chance = generator.dirichlet(np.ones(4), 800)
    weight = generator.integers(1, 4, 800)
    one = gain.enumerated(np.array([0.5, 0.5]), MODEL, BLOCK, weight.astype(float), chance)
    at = np.repeat(np.arange(800), weight)
    two = gain.enumerated(np.array([0.5, 0.5]), MODEL[at], BLOCK[at], np.ones(len(at)), chance[at])
    assert gain.expected_gain(one) == pytest.approx(gain.expected_gain(two), rel=1e-9)


def test_permuted_evidence_teaches_nothing():
    """Evidence that tells apart well, with replicates and explanations permuted: at most .005 nats in each of 20 permutations."""
    generator = np.random.default_rng(9)
    centre = generator.normal(0.0, 0.6, 800) + 2.0 * MODEL
    chance = norm.pdf(np.linspace(-6, 8, 200), centre[:, None], 0.8)
    for _ in range(20):
        order = generator.permutation(800)
        listed = gain.enumerated(np.array([0.4, 0.6]), MODEL, BLOCK, EVEN, chance[order])
        assert gain.expected_gain(listed) <= 0.005
        shuffled = centre[order]
        drawn = generator.normal(shuffled, 0.8)
        p = gain.sampled(np.array([0.4, 0.6]), MODEL, BLOCK, EVEN, norm.logpdf(drawn, shuffled[:, None], 0.8))
        assert gain.expected_gain(p) <= 0.005


def test_the_estimate_is_low_where_one_that_scores_itself_is_high():
    """Few replicates and sharp noise: over 60 runs of 80 replicates the mean lies below the exact gain, that of a plug-in far above."""
    generator, prior, spread = np.random.default_rng(10), np.array([0.5, 0.5]), 0.2
    estimates, plugged = [], []
    for _ in range(60):
        model = np.repeat([0, 1], 40)
        centre = generator.normal(0.0, np.sqrt(1 - spread**2), 80) + model
        chance = norm.pdf(np.linspace(-5, 6, 240), centre[:, None], spread)
        estimates.append(gain.expected_gain(gain.enumerated(prior, model, np.tile(np.arange(20), 4), np.ones(80), chance)))
        each = np.stack([chance[model == m].mean(axis=0) for m in (0, 1)])
        plugged.append(nats(prior, each / each.sum(axis=1, keepdims=True)))
    assert np.mean(estimates) < gaussian(1.0, prior) < np.mean(plugged) - 0.03


def test_many_numbers_at_once_that_tell_nothing_are_not_taken_for_something():
    """Eight numbers with sharp noise, alike under both explanations: forecasts are tempered until nobody else is thought to lead."""
    generator, prior = np.random.default_rng(14), np.array([0.45, 0.55])
    centre = generator.normal(0.0, 1.0, (800, 8))
    drawn = generator.normal(centre, 0.3)
    log_chance = norm.logpdf(drawn[None], centre[:, None], 0.3).sum(axis=2)
    p = gain.sampled(prior, MODEL, BLOCK, EVEN, log_chance)
    assert max(p.rules[rule][1] for rule in p.choice) <= 0.1 and gain.expected_gain(p) <= 0.005
    assert p.forecast[:, 1].min() > 0.3


def test_the_error_is_that_of_repeated_runs():
    """Jackknife error against the spread of 60 runs: their ratio lies within a third of 1 (spread of 60 runs: 9 % of itself)."""
    generator, values, errors = np.random.default_rng(11), [], []
    for _ in range(60):
        centre = generator.normal(0.0, 0.6, 800) + MODEL
        p = gain.enumerated(np.array([0.5, 0.5]), MODEL, BLOCK, EVEN, norm.pdf(np.linspace(-5, 6, 100), centre[:, None], 0.8))
        values.append(gain.expected_gain(p))
        errors.append(gain.standard_error(p))
    assert 0.67 < np.mean(errors) / np.std(values) < 1.5


MEAN, SLOPE = np.ones(6) / np.sqrt(6), np.arange(-2.5, 3.0) / np.sqrt(17.5)


def six(seed, direction, distance):
    """Six numbers at once: two Gaussians with variance 1 all round, their means `distance` apart along a direction of length 1.

    Noise is a fifth of the spread, the rest is each replicate's own, so that hardly any lies near an outcome in all six.
    """
    noise, generator = 0.2, np.random.default_rng(seed)
    centre = generator.normal(0.0, np.sqrt(1 - noise**2), (800, 6)) + np.outer(MODEL, direction) * distance
    drawn = generator.normal(centre, noise)
    logs = sum(norm.logpdf(drawn[:, j], centre[:, None, j], noise) for j in range(6))
    total, trend = drawn @ MEAN, drawn @ SLOPE
    summaries = {"total": total, "trend": trend, "total and trend": np.column_stack([total, trend])}
    return gain.sampled(np.array([0.5, 0.5]), MODEL, BLOCK, EVEN, logs, summaries)


@pytest.mark.parametrize(("direction", "reading"), [(MEAN, "total"), (SLOPE, "trend"), ((MEAN + SLOPE) / np.sqrt(2), "total and trend")])
def test_of_six_numbers_a_summary_that_tells_is_found_and_gives_the_exact_gain(direction, reading):
    p = six(15, direction, 1.9)
    exact, error = gaussian(1.9, p.prior), gain.standard_error(p)
    assert p.summary == reading and 0.005 < error < 0.05
    assert exact - 4 * error - 0.02 < gain.expected_gain(p) < exact + 4 * error  # the kernel's width costs at most .02
    assert gain.expected_gain(p) > gain.shuffled_gain(p, np.random.default_rng(1)) + 5 * error


def test_six_numbers_read_whole_show_nothing_that_their_total_shows():
    """What summaries are for: with the joint density alone the same figures come out at next to nothing."""
    p = six(15, MEAN, 1.9)
    whole = gain.Predictive(p.prior, p.chance[:1], p.weight, p.joint, p.summaries[:1], tuple(r for r in p.rules if r[0] == 0))
    assert gain.expected_gain(whole) < 0.05 < 0.25 < gain.expected_gain(p)


def test_six_numbers_that_tell_nothing_show_nothing_whatever_is_read_of_them():
    """Over 20 runs; choosing among summaries and powers on other blocks raises no gain above .005 nats, and not their mean."""
    values = [gain.expected_gain(six(seed, MEAN, 0.0)) for seed in range(16, 36)]
    assert max(values) <= 0.005 and np.mean(values) <= 1e-3


@pytest.mark.slow
def test_evidence_that_tells_nothing_exceeds_what_chance_gives_once_in_twenty():
    """400 null runs: 20 beyond on average, standard deviation 4.36; bounds of 4 of these, and once in ten (40) lies beyond them."""
    generator, model, block, beyond = np.random.default_rng(17), np.repeat([0, 1], 40), np.tile(np.arange(20), 4), 0
    for run in range(400):
        p = gain.enumerated(np.array([0.5, 0.5]), model, block, np.ones(80), generator.dirichlet(np.ones(3), 80))
        beyond += gain.expected_gain(p) > gain.shuffled_gain(p, np.random.default_rng(run))
    assert 20 - 4 * 4.36 < beyond < 20 + 4 * 4.36


def test_shuffled_names_find_only_what_chance_gives():
    generator = np.random.default_rng(12)
    nothing = norm.pdf(np.linspace(-5, 5, 100), generator.normal(0.0, 0.6, 800)[:, None], 0.8)
    telling = norm.pdf(np.linspace(-5, 7, 100), (generator.normal(0.0, 0.6, 800) + 2 * MODEL)[:, None], 0.8)
    for chance in (nothing, telling):
        p = gain.enumerated(np.array([0.5, 0.5]), MODEL, BLOCK, EVEN, chance)
        assert -0.05 < gain.shuffled_gain(p, np.random.default_rng(1)) < 0.05
    assert gain.expected_gain(p) > 0.3


def test_forecasts_after_an_outcome_average_to_the_prior():
    generator, prior = np.random.default_rng(13), np.array([0.25, 0.75])
    p = gain.enumerated(prior, MODEL, BLOCK, EVEN, generator.dirichlet(np.ones(5), 800))
    assert p.after.sum(axis=0) == pytest.approx(np.ones(5))
    assert p.after @ p.outcomes == pytest.approx(prior, abs=0.01)
