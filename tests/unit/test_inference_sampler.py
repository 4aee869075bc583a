"""Weights, surrogate, summit and proposal, each by itself."""
from __future__ import annotations

import numpy as np
import pytest

from interlope.errors import RunFailed
from interlope.inference import importance, proposal, sampler, summit, surrogate
from interlope.inference.surrogate import Training


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


def test_effective_number_of_equal_and_of_single_weights():
    assert importance.effective(np.full(40, -300.0)) == pytest.approx(40)
    assert importance.effective(np.array([0.0, -np.inf, -np.inf])) == pytest.approx(1)
    assert importance.effective(np.full(3, -np.inf)) == 0
    assert importance.evidence(np.full(3, -np.inf)).error == np.inf


def test_paired_errors_are_smaller_than_separate_ones():
    rng = np.random.default_rng(3)
    shared = rng.standard_normal(500)
    a, b = shared + 0.1 * rng.standard_normal(500), shared + 0.1 * rng.standard_normal(500)
    _, error = importance.log_ratio(a, b)
    assert error < 0.3 * importance.evidence(a).error


def test_ridge_finds_a_plane_and_ignores_what_does_not_matter():
    rng = np.random.default_rng(4)
    x = rng.standard_normal((300, 30))
    y = np.stack([2.0 + x[:, 0] - 0.5 * x[:, 1], np.full(300, 3.0)], axis=1) + 0.05 * rng.standard_normal((300, 2))
    line = surrogate.ridge(np.hstack([np.ones((300, 1)), x]), y, np.ones(300))
    coefficients, residual = line.coefficients, line.left
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
    drawn = made.sample(0, fresh[:1].repeat(3000, axis=0), mine[:1, :1].repeat(3000, axis=0), rng)
    assert 0.03 < np.log(drawn[:, 0]).std() < 0.12


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
    slope, sharp = summit.curvature(lambda x: -0.5 * np.einsum("ni,ij,nj->n", x, a, x) + x[:, 0],
                                    np.array([0.1, 0.2, 0.3]), np.full(3, 0.05))
    assert np.allclose(slope, np.array([1.0, 0, 0]) - a @ [0.1, 0.2, 0.3], atol=1e-6)
    assert np.allclose(sharp, a, atol=1e-4)
    _, flat = summit.curvature(lambda x: 0.5 * (x**2).sum(axis=1), np.zeros(2), np.full(2, 0.1))
    assert np.allclose(flat, 0.0)


def test_own_coordinates_have_a_normalised_law():
    rng = np.random.default_rng(7)
    root = rng.standard_normal((4, 4)) / 3
    law = proposal.law_of(summit.Summit(rng.standard_normal(4), root @ root.T + 0.2 * np.eye(4)), 3)
    common = np.tile(rng.standard_normal(3), (200_000, 1))
    own = law.draw_own(common, rng)
    # the mean of prior over proposal under the proposal is one
    assert np.mean(np.exp(law.own_ratio(common, own))) == pytest.approx(1.0, abs=0.02)


def test_candidates_carry_the_ratio_of_prior_to_mixture():
    rng = np.random.default_rng(8)
    summits = tuple(summit.Summit(m, 0.8 * np.eye(2)) for m in (np.zeros(2), np.array([1.0, 0.5])))
    z, ratio = proposal.candidates(summits, 2, 200_000, rng)
    assert np.mean(np.exp(ratio)) == pytest.approx(1.0, abs=0.02)
    assert np.mean(np.exp(ratio) * z[:, 0] ** 2) == pytest.approx(1.0, abs=0.05)


def test_a_tempered_summit_is_the_posterior_of_a_weaker_likelihood():
    rng = np.random.default_rng(9)
    root = rng.standard_normal((3, 3))
    sharp, pull = root @ root.T, rng.standard_normal(3)

    def posterior(power: float) -> summit.Summit:
        covariance = np.linalg.inv(np.eye(3) + power * sharp)
        return summit.Summit(covariance @ (power * pull), covariance)

    found, exact = proposal.tempered(posterior(1.0), 0.3), posterior(0.3)
    assert np.allclose(found.mean, exact.mean) and np.allclose(found.covariance, exact.covariance)


def test_a_wave_with_hardly_any_complete_history_is_an_error_that_says_what_to_do():
    def simulate(h, common, own, key, lanes):
        return np.full((len(lanes), 2), np.nan)

    problem = sampler.Problem(("one",), 2, (0,), simulate, lambda h, s: np.zeros(len(s)), np.arange(2))
    with pytest.raises(RunFailed, match="0 of 60 histories of 'one' completed; expected at least 12"):
        sampler.run(problem, 1, sampler.Counts(waves=(60,), final=20))


def test_counts_add_up():
    assert sampler.Counts(waves=(10, 20), final=5).total(4) == 50
