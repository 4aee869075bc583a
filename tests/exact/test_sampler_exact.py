"""The sampler against evidences in closed form: right on average, and no surer of itself than it may be."""
from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

from interlope.inference.sampling import importance, population, sampler
from interlope.inference.sampling.problem import Effort

_spec = importlib.util.spec_from_file_location("gaussian", Path(__file__).with_name("gaussian.py"))
assert _spec is not None and _spec.loader is not None
gaussian = importlib.util.module_from_spec(_spec)
sys.modules["gaussian"] = gaussian  # its dataclasses look themselves up
_spec.loader.exec_module(gaussian)

SMALL = Effort(waves=(200, 200, 300), particles=250, populations=2, limit=2, candidates=3000, residuals=8)


def measure(runs: int, effort: Effort = SMALL, **shape: float) -> tuple[np.ndarray, np.ndarray]:
    """Errors of log Z and their stated errors over some runs, [runs, h] each."""
    errors, stated = [], []
    for seed in range(runs):
        problem, exact = gaussian.problem(seed=seed, **shape)
        sampled = sampler.sample(problem, seed, effort)
        evidences = [population.assess(p, sampled.candidates) for p in sampled.populations]
        errors.append([e.log_z - x for e, x in zip(evidences, exact)])
        stated.append([e.error for e in evidences])
    return np.array(errors), np.array(stated)


# Each bound is three standard errors of what is tested, or wider: a false alarm in about 400 for each of the six of them.
@pytest.mark.parametrize(("shape", "runs"), [
    ({"d": 12, "m": 20, "size": 3.0, "chance": 0.08}, 10),
    ({"d": 45, "m": 60, "size": 1.3, "chance": 0.08, "offset": 0.05}, 6),
    ({"d": 12, "m": 24, "size": 2.0, "chance": 0.2}, 12),
])
def test_evidence_is_right_and_its_error_true(shape, runs):
    errors, stated = measure(runs, **shape)
    z = errors / stated
    assert abs(errors.mean()) < 3.0 * np.sqrt(np.mean(stated**2) / errors.size) + 0.03
    assert 0.55 < np.sqrt(np.mean(z**2)) < 1.5  # how often intervals hold needs more runs: the last test


def test_heavy_chance_is_averaged_out():
    """Chance moves the log likelihood by 1.8: single paths would need thousands, populations do not."""
    problem, _ = gaussian.problem(12, 24, size=2.0, chance=0.2, seed=0)
    assert 1.3 < gaussian.spread_of_score(problem) < 2.3
    _, stated = measure(4, d=12, m=24, size=2.0, chance=0.2)
    assert np.median(stated) < 0.2


def test_posterior_moments_follow_the_conjugate_ones():
    problem, _ = gaussian.problem(12, 20, size=3.0, chance=0.08, seed=3, own=1, explanations=1)
    sampled = sampler.sample(problem, 3, Effort(waves=(200, 200, 300), particles=1000, populations=3, limit=3, candidates=6000))
    z = np.vstack([np.hstack([p.common, p.own]) for p in sampled.populations[0]])
    w = importance.normalise(np.concatenate([p.log_weight for p in sampled.populations[0]]))
    mean, spread = gaussian.posterior(problem)
    assert np.mean(np.abs(w @ z - mean) / spread) < 0.12
    assert 0.9 < np.mean(np.sqrt(w @ (z - w @ z) ** 2) / spread) < 1.08


def test_same_seed_same_bits_for_any_number_of_threads_and_another_seed_others():
    problem, _ = gaussian.problem(6, 8, size=2.0, chance=0.1, seed=1)
    effort = Effort(waves=(80, 80), particles=60, populations=2, limit=3, candidates=300)
    one, two, other = (sampler.sample(problem, s, effort, threads=t) for s, t in ((4, 1), (4, 3), (5, 2)))
    for p, q in zip(sum(one.populations, ()), sum(two.populations, ())):
        assert all(x.tobytes() == y.tobytes() for x, y in zip(p.arrays().values(), q.arrays().values()))
    assert one.populations[0][0].outcome.tobytes() != other.populations[0][0].outcome.tobytes()


def test_populations_begin_with_candidates_and_streams_of_their_own():
    problem, _ = gaussian.problem(6, 8, size=2.0, chance=0.1, seed=1)
    sampled = sampler.sample(problem, 2, Effort(waves=(80, 80), particles=60, populations=3, limit=3, candidates=300))
    points = [{p.common[i].tobytes() for i in range(60)} for p in sum(sampled.populations, ())]
    streams = [set(p.streams.ravel()) for p in sum(sampled.populations, ())]
    for sets in (points, streams):
        assert len(set.union(*sets)) == sum(map(len, sets))


def test_what_is_reported_counts_every_point_once():
    """Particles that descend from one candidate are one point: effective number, error and Pareto k are taken over points."""
    problem, _ = gaussian.problem(12, 24, size=2.0, chance=0.2, seed=2)
    sampled = sampler.sample(problem, 2, Effort(waves=(200, 200, 300), particles=400, populations=2, limit=2, candidates=300))
    for populations in sampled.populations:
        points = np.concatenate([[f"{i} {z.tobytes().hex()}" for z in p.common] for i, p in enumerate(populations)])
        weight = importance.normalise(np.concatenate([p.log_weight for p in populations]))
        by_point = np.bincount(np.unique(points, return_inverse=True)[1], weight)
        evidence = population.assess(populations, sampled.candidates)
        assert evidence.effective == pytest.approx(1.0 / np.sum(by_point**2))
        assert evidence.effective < 0.5 / np.sum(weight**2)


def test_an_explanation_that_misses_its_aim_gets_more_up_to_the_limit():
    problem, _ = gaussian.problem(12, 24, size=2.0, chance=0.2, seed=2)
    effort = Effort(waves=(200, 200, 300), particles=150, populations=2, limit=5, candidates=800, error=0.01)
    reports: list[tuple[int, int]] = []
    sampled = sampler.sample(problem, 2, effort, progress=lambda done, total: reports.append((done, total)))
    assert [len(p) for p in sampled.populations] == [5, 5]
    assert reports[-1] == (700 + 10 * 150, 700 + 10 * 150)
    assert [done for done, _ in reports] == sorted(done for done, _ in reports)
    easy = sampler.sample(problem, 2, Effort(waves=(200, 200, 300), particles=500, populations=3, limit=9, candidates=3000, error=0.3))
    assert [len(p) for p in easy.populations] == [3, 3]


def test_hopeless_chance_is_told_by_the_gates():
    problem, _ = gaussian.problem(12, 40, size=3.0, chance=1.5, seed=2)
    sampled = sampler.sample(problem, 2, Effort(waves=(200, 200), particles=100, populations=2, limit=3, candidates=800))
    evidences = [population.assess(p, sampled.candidates) for p in sampled.populations]
    assert all(len(p) == 3 for p in sampled.populations)
    assert not any(importance.resolved(e) for e in evidences)


@pytest.mark.slow
def test_coverage_over_many_runs():
    errors, stated = measure(24, d=12, m=20, size=3.0, chance=0.08)
    assert 0.78 < np.mean(np.abs(errors / stated) < 1.645) <= 1.0
