"""The particle filter against Kalman's, on a linear Gaussian world whose likelihood is known."""
from __future__ import annotations

import numpy as np
import pytest

from interlope.inference.sampling import importance, smc

MEMORY, SWING, NOISE = 0.9, 0.5, 0.7
FIGURES = np.array([0.3, 1.1, 0.4, -0.6, -1.4, -0.2, 0.9, 1.8, 2.3, 1.2, 0.7, -0.3, 0.1, -1.0, -1.9, -1.2, 0.4, 0.2, 1.5, 1.9])
PASSES, PARTICLES = 500, 64


def kalman(bias: float) -> float:
    """Log likelihood of the figures: x moves by itself, a bias of sd `bias` is in all of them, the state being (x, bias)."""
    turn, shake, look = np.diag([MEMORY, 1.0]), np.diag([SWING**2, 0.0]), np.ones(2)
    mean, spread, total = np.zeros(2), np.diag([1.0, bias**2]), 0.0
    for y in FIGURES:
        mean, spread = turn @ mean, turn @ spread @ turn.T + shake
        variance, missed = look @ spread @ look + NOISE**2, y - look @ mean
        total += -0.5 * (np.log(2.0 * np.pi * variance) + missed**2 / variance)
        gain = spread @ look / variance
        mean, spread = mean + gain * missed, spread - np.outer(gain, look @ spread)
    return float(total)


def one_pass(seed: int, bias: float, **how: float) -> smc.Filtered:
    """Particles are rows (x, sum of residuals, sum of their squares); the bias is integrated out of the score, not sampled."""
    rng = np.random.default_rng(seed)
    start = np.column_stack([rng.standard_normal(PARTICLES), np.zeros((PARTICLES, 2))])

    def move(p: np.ndarray, step: int) -> np.ndarray:
        x = MEMORY * p[:, 0] + SWING * rng.standard_normal(PARTICLES)
        missed = FIGURES[step] - x
        return np.column_stack([x, p[:, 1] + missed, p[:, 2] + missed**2])

    def score(p: np.ndarray, step: int) -> np.ndarray:
        t, r, s = step + 1, NOISE**2, bias**2
        determinant = (t - 1) * np.log(r) + np.log(r + t * s)
        return -0.5 * (t * np.log(2.0 * np.pi) + determinant + p[:, 2] / r - s * p[:, 1] ** 2 / (r * (r + t * s)))

    return smc.run_filter(start, len(FIGURES), move, score, lambda p, index, step: p[index], seed, initial=np.zeros(PARTICLES), **how)


@pytest.mark.parametrize("bias", [0.0, 0.6])
def test_the_filter_is_unbiased_for_what_kalman_gives(bias):
    ratio = np.exp(np.array([one_pass(seed, bias).log_evidence for seed in range(PASSES)]) - kalman(bias))
    error = ratio.std(ddof=1) / np.sqrt(PASSES)
    assert error < 0.05
    assert abs(ratio.mean() - 1.0) < 3.0 * error


def test_resampling_beats_averaging_whole_paths():
    drawn, averaged = (np.std([one_pass(seed, 0.0, threshold=threshold).log_evidence for seed in range(60)]) for threshold in (0.5, 0.0))
    assert drawn < averaged / 2.0


def test_without_resampling_it_is_the_plain_average():
    final = one_pass(3, 0.6, threshold=0.0)
    assert final.log_evidence == pytest.approx(importance.log_mean(final.log_weight), abs=1e-12)
    assert final.effective[-1] == pytest.approx(importance.effective(final.log_weight) / PARTICLES)


def test_evidence_that_nothing_can_meet_has_no_likelihood():
    seen = []

    def score(p: np.ndarray, step: int) -> np.ndarray:
        seen.append(step)
        return np.full(4, -np.inf if step == 2 else 0.0)

    final = smc.run_filter(np.arange(4), 5, lambda p, step: p, score, lambda p, index, step: p[index], 1, initial=np.zeros(4))
    assert final.log_evidence == -np.inf and seen == [0, 1, 2]


def test_a_particle_that_became_impossible_stays_so():
    def score(p: np.ndarray, step: int) -> np.ndarray:
        return np.where((p == 0) & (step == 1), -np.inf, 0.0)

    final = smc.run_filter(np.arange(4), 4, lambda p, step: p, score, lambda p, index, step: p[index], 1, initial=np.zeros(4))
    assert final.log_evidence == pytest.approx(np.log(0.75))
    assert final.log_weight[0] == -np.inf


def test_any_potential_on_the_way_leaves_the_estimate_unbiased():
    """Only the last potential has to be the likelihood; the others may look ahead, even badly."""
    logs = []
    for seed in range(400):
        rng = np.random.default_rng(seed)

        def move(p: np.ndarray, step: int) -> np.ndarray:
            return p + rng.standard_normal(60)  # noqa: B023

        def potential(p: np.ndarray, step: int) -> np.ndarray:
            return -0.5 * (p - 2.0) ** 2 if step == 3 else 0.4 * p + 0.3 * np.sin(5.0 * p)

        final = smc.run_filter(np.zeros(60), 4, move, potential, lambda p, i, step: p[i], seed, initial=np.zeros(60), threshold=0.9)
        logs.append(final.log_evidence)
    exact = np.exp(-0.5 * 4.0 / 5.0) / np.sqrt(5.0)
    ratio = np.exp(np.array(logs)) / exact
    assert abs(ratio.mean() - 1.0) < 3.0 * ratio.std(ddof=1) / np.sqrt(400)


def test_every_particle_knows_its_ancestor():
    def potential(p: np.ndarray, step: int) -> np.ndarray:
        return np.where(p % 7 == 0, 0.0, -30.0) if step == 1 else np.zeros(len(p))

    final = smc.run_filter(np.arange(70), 3, lambda p, step: p, potential, lambda p, i, step: p[i], 5, initial=np.zeros(70))
    assert np.array_equal(smc.ancestors(final), final.particles)
    assert list(final.resampled) == [False, True, False] and (final.particles % 7 == 0).all()
