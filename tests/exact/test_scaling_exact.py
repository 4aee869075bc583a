"""Power-scaled priors and likelihoods against closed forms: a normal prior with a normal observation, and a choice between two values.

False-alarm budget: every estimate lies within four of its own standard errors, 41 comparisons, about 2.6 in 1,000 in all; seeds are fixed.
"""
from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from interlope.ensemble.design import Design
from interlope.ensemble.streams import single
from interlope.inference.evidence import scaling
from interlope.inference.fitting.posterior import Posterior
from interlope.inference.likelihood import Terms
from interlope.inference.sampling import importance
from interlope.scenario.prior import parse

N, SEEDS = 8000, range(5)
OBSERVED, NOISE, SPREAD = 2.2, 0.7, 1.6  # an observation of z, its error, and the proposal's standard deviation


def posterior(z: np.ndarray, log_prior: np.ndarray, log_likelihood: np.ndarray) -> Posterior:
    """Weighted independent draws [n, d] of some coordinates."""
    n = len(z)
    design = Design("one", tuple(f"z{j}" for j in range(z.shape[1])), z, {}, np.zeros((n, 0)))
    return Posterior("one", "", 1.0, design, np.zeros((n, 0)), Terms(np.zeros((n, 0, 3)), np.zeros((n, 0))), log_prior, log_likelihood,
                     single(0, np.arange(n)), importance.independent(n), -np.inf, np.zeros(1), np.zeros(1), 0.0)


def gaussian(seed: int, dimensions: int = 1) -> Posterior:
    """Draws from a wide proposal, weighted for z ~ N(0, I), of which the first coordinate is observed with noise."""
    z = SPREAD * np.random.default_rng(seed).standard_normal((N, dimensions))
    log_prior = (norm.logpdf(z) - norm.logpdf(z, scale=SPREAD)).sum(axis=1)
    return posterior(z, log_prior, norm.logpdf(OBSERVED, z[:, 0], NOISE))


def log_evidence(power: float) -> float:
    """Log evidence of the observation under N(0, 1/power)."""
    return float(norm.logpdf(OBSERVED, 0.0, np.hypot(power**-0.5, NOISE)))


@pytest.mark.parametrize("power", [0.25, 0.5, 2.0, 4.0])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_scaled_normal_prior_has_the_evidence_of_its_closed_form(seed, power):
    p = gaussian(seed)
    change = scaling.change(p, scaling.log_ratio(parse("normal(0, 1)"), p.design.unit[:, 0], np.zeros(N), power))
    exact = log_evidence(power) - log_evidence(1.0)
    assert 0.0 < change.error < 0.1
    assert abs(change.value - exact) < 4.0 * change.error
    assert abs(exact) > 0.05  # a change that is there to be found


@pytest.mark.parametrize("power", [0.5, 2.0])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_scaled_likelihood_has_its_closed_form(seed, power):
    p = gaussian(seed)
    change = scaling.change(p, (power - 1.0) * p.log_likelihood)
    constant = 0.5 * np.log(2.0 * np.pi * NOISE**2 / power) - 0.5 * power * np.log(2.0 * np.pi * NOISE**2)
    exact = constant + norm.logpdf(OBSERVED, 0.0, np.sqrt(1.0 + NOISE**2 / power)) - log_evidence(1.0)
    assert abs(change.value - exact) < 4.0 * change.error


@pytest.mark.parametrize("power", [0.5, 2.0])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_scaled_choice_is_normalised(seed, power):
    prior, values = parse("choice(0: 0.8, 1: 0.2)"), (np.random.default_rng(seed).random(N) < 0.2).astype(float)
    p = posterior(np.zeros((N, 1)), np.zeros(N), np.log(np.where(values > 0, 0.9, 0.1)))
    change = scaling.change(p, scaling.log_ratio(prior, np.zeros(N), values, power))
    chances = np.array([0.8, 0.2]) ** power / np.sum(np.array([0.8, 0.2]) ** power)
    exact = np.log(chances @ [0.1, 0.9]) - np.log(0.8 * 0.1 + 0.2 * 0.9)
    assert abs(change.value - exact) < 4.0 * change.error


@pytest.mark.parametrize("power", [0.25, 0.5, 2.0, 4.0])
def test_the_normal_check_is_exact_for_a_normal_posterior(power):
    p = gaussian(7, dimensions=3)
    assert scaling.if_normal(p, [0], power) == pytest.approx(log_evidence(power) - log_evidence(1.0), abs=0.03)
    assert scaling.if_normal(p, [0, 1, 2], power) == pytest.approx(log_evidence(power) - log_evidence(1.0), abs=0.12)


def test_a_prior_that_the_evidence_does_not_touch_moves_nothing():
    p = gaussian(7, dimensions=2)
    for power in (0.5, 2.0):
        change = scaling.change(p, scaling.log_ratio(parse("lognormal(3, x2)"), p.design.unit[:, 1], np.zeros(N), power))
        assert abs(change.value) < 4.0 * change.error
        assert change.error < 0.05


def test_a_prior_made_so_wide_that_no_draw_lies_there_is_thin():
    p = gaussian(7, dimensions=8)
    log_r = sum(scaling.log_ratio(parse("normal(0, 1)"), p.design.unit[:, j], np.zeros(N), 0.1) for j in range(8))
    change = scaling.change(p, log_r)
    assert change.pareto_k > importance.LIMIT_PARETO
