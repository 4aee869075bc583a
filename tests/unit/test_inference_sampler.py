"""Weights, surrogate, Laplace approximation, chains and proposal, each by itself."""
from __future__ import annotations

import numpy as np
import pytest
from arviz_stats.base import array_stats

from interlope.errors import RunFailed
from interlope.inference.sampling import chains, importance, laplace, proposal, sampler, surrogate
from interlope.inference.sampling.laplace import Gaussian
from interlope.inference.sampling.problem import Effort, Problem
from interlope.inference.sampling.surrogate import Training


def test_errors_of_log_evidence_cover_as_stated():
    rng = np.random.default_rng(1)
    for spread, n, least in ((1.0, 300, 0.86), (1.3, 300, 0.86), (1.6, 700, 0.84), (2.0, 700, 0.8)):
        inside = []
        for _ in range(400):
            log_w = spread * rng.standard_normal(n) - spread**2 / 2
            found = importance.evidence(log_w)
            inside.append(abs(found.log_z) < 1.645 * found.error)
        assert np.mean(inside) > least


def test_pareto_k_finds_the_tail():
    rng = np.random.default_rng(2)
    for k, low, high in ((0.3, 0.1, 0.5), (0.8, 0.55, 1.1)):
        u = rng.random((10, 3000))
        found = np.mean([importance.pareto_k(np.log((x**-k - 1) / k + 1e-12)) for x in u])
        assert low < found < high
    assert importance.pareto_k(np.zeros(100)) == -np.inf
    assert importance.pareto_k(np.full(100, -np.inf)) == np.inf


@pytest.mark.parametrize("n", [40, 224, 226, 1000, 5000])
@pytest.mark.parametrize("k", [0.1, 0.5, 0.7, 1.4])
def test_pareto_k_is_the_one_of_arviz(k, n):
    """Fit of Zhang & Stephens (2009) with the prior of PSIS, to a Pareto tail and to log-normal weights, beside that of arviz-stats."""
    rng = np.random.default_rng(13)
    for log_w in (np.log((rng.random(n) ** -k - 1.0) / k), 2.0 * k * rng.standard_normal(n)):
        theirs = array_stats.pareto_khat(np.exp(log_w - log_w.max())[None], r_eff=1.0, tail="right")
        assert importance.pareto_k(log_w) == pytest.approx(float(theirs), abs=1e-9)


def test_effective_number_of_equal_and_of_single_weights():
    assert importance.effective(np.full(40, -300.0)) == pytest.approx(40)
    assert importance.effective(np.array([0.0, -np.inf, -np.inf])) == pytest.approx(1)
    assert importance.effective(np.full(3, -np.inf)) == 0
    assert importance.evidence(np.full(3, -np.inf)).error == np.inf


def test_what_descends_from_one_point_counts_once():
    log_w = np.log(np.array([1.0, 1.0, 2.0, 4.0]))
    shared = importance.descend([np.array([7, 7, 3, 3])], 10, [1], [0.0])
    found = importance.evidence(log_w, shared)
    assert found.effective == pytest.approx(8.0**2 / (2.0**2 + 6.0**2))
    assert importance.evidence(log_w).effective == pytest.approx(8.0**2 / (1 + 1 + 4 + 16))
    assert found.log_z == pytest.approx(np.log(2.0))
    assert found.error > importance.evidence(log_w).error


def test_errors_of_population_means_add_up_by_their_part_of_the_evidence():
    rng = np.random.default_rng(4)
    log_w = rng.standard_normal((2, 400))
    one = importance.variance(log_w[0], importance.descend([np.arange(400)], 4000, [0], [0.0]))
    both = importance.descend([np.arange(400)] * 2, 4000, [0, 0], [0.0, 0.0])
    assert importance.variance(np.concatenate([log_w[0], log_w[0]]), both) == pytest.approx(one / 2.0)
    far = importance.variance(np.concatenate([log_w[0], log_w[1] - 50.0]), both)
    assert far == pytest.approx(one)


def test_a_change_of_the_weights_has_the_error_of_the_difference():
    rng = np.random.default_rng(5)
    inside = []
    for _ in range(300):
        x, y = rng.standard_normal((2, 600))
        log_w, log_v = 0.9 * x - 0.405, 0.9 * x + 0.4 * y - 0.485
        value, error = importance.change(log_w, log_v, importance.independent(600))
        inside.append(abs(value) < 1.645 * error)
    assert 0.85 < np.mean(inside) < 0.95


def test_ridge_finds_a_plane_and_ignores_what_does_not_matter():
    rng = np.random.default_rng(4)
    x = rng.standard_normal((300, 30))
    y = np.stack([2.0 + x[:, 0] - 0.5 * x[:, 1], np.full(300, 3.0)], axis=1) + 0.05 * rng.standard_normal((300, 2))
    line = surrogate.ridge(np.hstack([np.ones((300, 1)), x]), y, np.ones(300))
    coefficients, residual = line.coefficients, line.residual
    assert np.allclose(coefficients[:3, 0], [2.0, 1.0, -0.5], atol=0.02)
    assert np.all(np.abs(coefficients[1:, 1]) < 0.01)
    assert residual.std(axis=0) == pytest.approx([0.05, 0.05], rel=0.15)


def bent(x: np.ndarray) -> np.ndarray:
    return x + 0.6 * x**2


def learnt(rng: np.random.Generator, n: int = 600) -> tuple[surrogate.Surrogate, Training]:
    common, own, which = rng.standard_normal((n, 5)), rng.standard_normal((n, 2)), np.arange(n) % 2
    own[which == 0, 1] = 0.0
    level = 6.0 + 0.4 * common[:, 0] + 0.2 * bent(common[:, 1]) + np.where(which == 1, 0.3 * own[:, 1], 0.0)
    share = 0.5 + 0.1 * common[:, 2] + 0.01 * rng.standard_normal(n)
    statistics = np.stack([np.exp(level + 0.05 * rng.standard_normal(n)), share], axis=1)
    training = Training(common, own, which, statistics, np.ones(n))
    return surrogate.fit(training, 2, (1, 2)), training


def test_surrogate_forecasts_amounts_and_shares():
    rng = np.random.default_rng(5)
    made, _ = learnt(rng)
    fresh, mine = rng.standard_normal((200, 5)), rng.standard_normal((200, 2))
    found = made.scale.back(made.forecast(1, fresh, mine))
    truth = np.exp(6.0 + 0.4 * fresh[:, 0] + 0.2 * bent(fresh[:, 1]) + 0.3 * mine[:, 1])
    assert np.std(np.log(found[:, 0] / truth)) < 0.08
    assert np.std(found[:, 1] - 0.5 - 0.1 * fresh[:, 2]) < 0.02
    rows = made.draw_residuals(0, 40, rng)
    assert len(set(rows)) == 40 and 0.03 < made.residual[0][rows][:, 0].std() < 0.12


def test_the_first_columns_of_a_forecast_are_the_same_by_themselves():
    rng = np.random.default_rng(11)
    made, _ = learnt(rng)
    fresh, mine = rng.standard_normal((9, 5)), rng.standard_normal((9, 2))
    assert np.allclose(made.first(1).forecast(1, fresh, mine), made.forecast(1, fresh, mine)[:, :1], atol=1e-12)


def test_surrogate_learns_products_of_own_and_common_coordinates():
    rng = np.random.default_rng(12)
    common, own = rng.standard_normal((900, 5)), rng.standard_normal((900, 2))
    statistics = np.exp(6.0 + 0.3 * common[:, :1] + 0.25 * own[:, :1] * common[:, 1:2] + 0.15 * own[:, :1] * own[:, 1:])
    made = surrogate.fit(Training(common, own, np.zeros(900, dtype=int), statistics, np.ones(900)), 1, (2,))
    fresh, mine = rng.standard_normal((300, 5)), rng.standard_normal((300, 2))
    truth = 6.0 + 0.3 * fresh[:, 0] + 0.25 * mine[:, 0] * fresh[:, 1] + 0.15 * mine[:, 0] * mine[:, 1]
    assert np.std(made.forecast(0, fresh, mine)[:, 0] - truth) < 0.04


def test_surrogate_slope_is_the_derivative_of_its_forecast():
    made, _ = learnt(np.random.default_rng(6))
    at, mine, h = np.full(5, 0.3), np.array([0.2, -0.4]), 1e-5
    slope = made.slope(1, at, mine)
    for i in range(7):
        up, down = np.concatenate([at, mine]), np.concatenate([at, mine])
        up[i] += h
        down[i] -= h
        ahead = made.forecast(1, up[None, :5], up[None, 5:]) - made.forecast(1, down[None, :5], down[None, 5:])
        assert np.allclose(slope[i], ahead[0] / (2 * h), atol=1e-5)


def test_curvature_of_a_quadratic_is_found_and_bumps_are_left_out():
    a = np.array([[2.0, 0.5, 0.0], [0.5, 1.0, 0.0], [0.0, 0.0, 0.0]])
    slope, sharp = laplace.curvature(lambda x: -0.5 * np.einsum("ni,ij,nj->n", x, a, x) + x[:, 0],
                                    np.array([0.1, 0.2, 0.3]), np.full(3, 0.05))
    assert np.allclose(slope, np.array([1.0, 0, 0]) - a @ [0.1, 0.2, 0.3], atol=1e-6)
    assert np.allclose(sharp, a, atol=1e-4)
    _, flat = laplace.curvature(lambda x: 0.5 * (x**2).sum(axis=1), np.zeros(2), np.full(2, 0.1))
    assert np.allclose(flat, 0.0)


def gaussian(d: int, seed: int) -> Gaussian:
    rng = np.random.default_rng(seed)
    root = rng.standard_normal((d, d)) / np.sqrt(3.0 * d)
    return Gaussian(0.5 * rng.standard_normal(d), root @ root.T + 0.7 * np.eye(d))


def test_a_proposal_carries_the_ratio_of_prior_to_its_density():
    made = proposal.mixture(gaussian(2, 8))
    z, ratio = made.draw(200_000, np.random.default_rng(8))
    assert np.mean(np.exp(ratio)) == pytest.approx(1.0, abs=0.02)
    assert np.mean(np.exp(ratio) * z[:, 0] ** 2) == pytest.approx(1.0, abs=0.05)


def test_picks_are_unbiased_for_any_score():
    """Means over picked candidates, weighted, are those of the prior, however odd the score that picks them is."""
    made, found = proposal.mixture(gaussian(3, 9)), []
    for seed in range(300):
        picks = proposal.select(made, lambda z: -2.0 * (z[:, 0] - 1.0) ** 2, 500, 100, np.random.default_rng(seed))
        found.append(np.mean(np.exp(picks.log_weight) * (z0 := picks.z[:, 1]) * z0))
    assert abs(np.mean(found) - 1.0) < 3.0 * np.std(found) / np.sqrt(300)


def test_chains_draw_from_the_posterior_of_a_linear_surrogate():
    rng = np.random.default_rng(10)
    n, noise = 500, 0.4
    common = rng.standard_normal((n, 3))
    statistics = -40.0 + common @ np.array([[1.0, 0.2], [0.5, -1.0], [0.0, 0.3]]) + 0.01 * rng.standard_normal((n, 2))
    made = surrogate.fit(Training(common, np.zeros((n, 0)), np.zeros(n, dtype=int), statistics, np.ones(n)), 1, (0,))
    y = np.array([-39.0, -40.5])
    target = proposal.Target(made, lambda h, s: -0.5 * (((s - y) / noise) ** 2).sum(axis=1), 3, (0,))
    slope = np.array([[1.0, 0.5, 0.0], [0.2, -1.0, 0.3]])
    covariance = np.linalg.inv(np.eye(3) + slope.T @ slope / noise**2)
    mean = covariance @ slope.T @ (y + 40.0) / noise**2
    start = laplace.approximate(made, target.score, 0, 3, 0)
    assert np.allclose(start.mean, mean, atol=0.05) and np.allclose(start.covariance, covariance, atol=0.05)
    drawn = chains.draw(target, 0, Gaussian(np.zeros(3), np.eye(3)), np.random.default_rng(3), chains.Length(400, 200, 120, 5))
    assert np.allclose(drawn.mean(axis=0), mean, atol=0.06)
    assert np.allclose(np.cov(drawn.T), covariance, atol=0.08)


def test_a_tempered_gaussian_is_the_posterior_of_a_weaker_likelihood():
    rng = np.random.default_rng(9)
    root = rng.standard_normal((3, 3))
    sharp, pull = root @ root.T, rng.standard_normal(3)

    def posterior(power: float) -> Gaussian:
        covariance = np.linalg.inv(np.eye(3) + power * sharp)
        return Gaussian(covariance @ (power * pull), covariance)

    found, exact = proposal.tempered(posterior(1.0), 0.3), posterior(0.3)
    assert np.allclose(found.mean, exact.mean) and np.allclose(found.covariance, exact.covariance)


class Failing:
    """A world in which no path completes."""

    complete, sizes = (np.array([True, True]),), (0,)

    def begin(self, h, common, own, seed, streams):
        return len(common)

    def advance(self, particles, step):
        return particles

    def read(self, particles, step):
        return np.full((particles, 2), np.nan), np.zeros((particles, 0))

    def branch(self, particles, index, streams):
        return particles

    def outcome(self, particles):
        return np.full((particles, 2), np.nan)


def test_a_wave_with_hardly_any_complete_replicate_is_an_error_that_says_what_to_do():
    def score(h, s):
        return np.zeros(len(s))

    problem = Problem(("one",), 2, (0,), Failing(), score, score)
    with pytest.raises(RunFailed, match="0 of 60 replicates of 'one' completed; expected at least 12"):
        sampler.sample(problem, 1, Effort(waves=(60,), particles=20))


def test_an_effort_adds_up():
    assert Effort(waves=(10, 20), particles=5, populations=3).total(4) == 90
