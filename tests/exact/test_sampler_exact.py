"""The sampler against evidences in closed form: right on average, and no surer of itself than it may be."""
from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from interlope.inference import importance, sampler
from interlope.inference.sampler import Counts, Problem

_spec = importlib.util.spec_from_file_location("gaussian", Path(__file__).with_name("gaussian.py"))
assert _spec is not None and _spec.loader is not None
gaussian = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(gaussian)


def weights(problem: Problem, made: sampler.Pass) -> np.ndarray:
    return np.stack([made.log_weight[h] + problem.score(h, s[:, problem.used]) for h, s in enumerate(made.statistics)])


def measure(runs: int, **shape: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Errors and stated errors of log Z [runs, h] and of log ratios to the first [runs, h - 1]; effective numbers."""
    logs, pairs, sizes = [], [], []
    for seed in range(runs):
        problem, exact = gaussian.problem(seed=seed, **shape)
        made = sampler.run(problem, seed, Counts())
        log_w = weights(problem, made)
        found = [importance.evidence(w, made.picked.extra(h)) for h, w in enumerate(log_w)]
        logs.append([(e.log_z - x, e.error) for e, x in zip(found, exact)])
        ratios = [importance.log_ratio(log_w[h], log_w[0], made.picked.extra(h, 0)) for h in range(1, len(log_w))]
        pairs.append([(v - exact[h] + exact[0], e) for h, (v, e) in enumerate(ratios, 1)])
        sizes.append([e.effective for e in found])
    return np.array(logs), np.array(pairs), np.array(sizes)


def test_evidence_with_twelve_coordinates_is_right_and_its_error_honest():
    logs, pairs, sizes = measure(8, d=12, m=20, size=3.0, luck=0.08)
    assert abs(logs[..., 0].mean()) < 0.1
    assert logs[..., 0].std() < 0.2
    for found in (logs, pairs):
        z = found[..., 0] / found[..., 1]
        assert np.mean(np.abs(z) < 1.645) > 0.8
        assert np.sqrt(np.mean(z**2)) < 1.4
    assert np.median(sizes) > 50


def test_evidence_with_forty_five_coordinates_is_right_and_its_error_honest():
    logs, pairs, sizes = measure(5, d=45, m=60, size=1.3, luck=0.08, offset=0.05)
    assert abs(logs[..., 0].mean()) < 0.15
    for found in (logs, pairs):
        z = found[..., 0] / found[..., 1]
        assert np.mean(np.abs(z) < 1.645) > 0.75
    assert np.median(sizes) > 50


def test_posterior_moments_follow_the_conjugate_ones():
    d, m, noise, luck = 12, 20, 0.5, 0.08
    problem, _ = gaussian.problem(d, m, size=3.0, luck=luck, seed=3, own=1, explanations=1)
    made = sampler.run(problem, 3, Counts(final=3000))
    w = importance.normalise(weights(problem, made)[0])
    # the linear map, the offset and the data, read off the problem itself (luck of lane 0 taken out)
    common = np.vstack([np.eye(d), np.zeros((2, d))])
    own = np.zeros((d + 2, 1))
    own[d] = 1.0
    luckless = np.random.Generator(np.random.Philox(key=0)).standard_normal((1, m))[0] * luck
    seen = problem.simulate(0, common, own, 0, np.zeros(d + 2, dtype=np.int64)) - luckless
    offset, design = seen[-1], (seen[:-1] - seen[-1]).T
    nothing = problem.score(0, np.zeros((1, m)))[0]
    data = noise**2 * (problem.score(0, np.eye(m)) - nothing) + 0.5
    precision = np.eye(d + 1) + design.T @ design / (noise**2 + luck**2)
    covariance = np.linalg.inv(precision)
    mean = (covariance @ design.T @ (data - offset) / (noise**2 + luck**2))[:d]
    spread = np.sqrt(np.diag(covariance))[:d]
    found = w @ made.picked.common
    ratio = np.sqrt(w @ (made.picked.common - found) ** 2) / spread
    assert np.mean(np.abs(found - mean) / spread) < 0.12
    assert 0.93 < np.mean(ratio) < 1.07


def test_same_seed_same_bits_and_another_seed_another_pass():
    problem, _ = gaussian.problem(6, 8, size=2.0, luck=0.1, seed=1)
    counts = Counts(waves=(120, 120), final=60, candidates=600, repeats=2)
    one, two, other = (sampler.run(problem, s, counts) for s in (4, 4, 5))
    assert one.statistics.tobytes() == two.statistics.tobytes()
    assert one.log_weight.tobytes() == two.log_weight.tobytes()
    assert one.statistics.tobytes() != other.statistics.tobytes()


def test_a_pass_that_keeps_to_the_gates_is_not_repeated():
    problem, _ = gaussian.problem(12, 20, size=3.0, luck=0.08, seed=0)
    assert len(sampler.run(problem, 0, Counts(final=1500)).lanes) == 1500


def test_explanations_share_points_and_luck():
    problem, _ = gaussian.problem(6, 8, size=2.0, luck=0.1, seed=1, offset=0.0)
    made = sampler.run(problem, 2, Counts(waves=(120, 120), final=60, candidates=600, repeats=2))
    assert np.allclose(made.statistics[0], made.statistics[1], atol=1e-12)


def test_hopeless_luck_is_told_by_the_gates():
    problem, _ = gaussian.problem(12, 40, size=3.0, luck=0.6, seed=2)
    made = sampler.run(problem, 2, Counts())
    assert len(made.lanes) == 2 * Counts().final == len(set(made.lanes))  # one more pass was tried
    found = [importance.evidence(w, made.picked.extra(h)) for h, w in enumerate(weights(problem, made))]
    assert all(e.effective < 50 or e.pareto_k > 0.7 or e.error > 0.3 for e in found)


@pytest.mark.slow
def test_coverage_over_many_runs():
    logs, pairs, _ = measure(24, d=12, m=20, size=3.0, luck=0.08)
    for found in (logs, pairs):
        z = found[..., 0] / found[..., 1]
        assert 0.80 < np.mean(np.abs(z) < 1.645) <= 1.0
