"""The sampler on a monthly count model with a slow hidden level, against brute force over the prior."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from interlope.inference.sampling import importance, population, sampler
from interlope.inference.sampling.problem import Effort, Problem

MONTHS = 14
FIGURES = np.array([140, 150, 170, 155, 190, 230, 210, 260, 240, 300, 310, 280, 350, 330], dtype=np.float64)
SIZE = 20.0  # negative-binomial size of the reporting noise


def levels(h: int, common: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Log level by month: a base, a slow AR(1) factor, and for the second explanation a trend."""
    x = np.zeros(len(common))
    by_month = []
    for month in range(MONTHS):
        x = 0.6 * x + 0.2 * common[:, 2 + month]
        trend = 0.05 * own[:, 0] * (month - MONTHS / 2) if h == 1 else 0.0
        by_month.append(5.3 + 0.4 * common[:, 0] + x + trend)
    return np.stack(by_month, axis=1)


def score(h: int, statistics: np.ndarray) -> np.ndarray:
    mean = np.maximum(statistics, 0.5)
    constant = gammaln(FIGURES + SIZE) - gammaln(SIZE) - gammaln(FIGURES + 1)
    return (constant + SIZE * np.log(SIZE / (SIZE + mean)) + FIGURES * np.log(mean / (SIZE + mean))).sum(axis=1)


def brute(h: int, n: int = 400_000) -> importance.EvidenceEstimate:
    rng = np.random.default_rng(100 + h)
    parts = []
    for _ in range(n // 50_000):
        common, own = rng.standard_normal((50_000, 2 + MONTHS)), rng.standard_normal((50_000, 1))
        parts.append(score(h, rng.poisson(np.exp(np.minimum(levels(h, common, own), 12.0))).astype(np.float64)))
    return importance.evidence(np.concatenate(parts))


@dataclass(frozen=True, eq=False)
class Months:
    """A world of one-month steps; particles are (log levels [n, months], counts so far [n, months], seed, streams [n])."""

    complete = tuple(np.arange(MONTHS) <= month for month in range(MONTHS))
    sizes = (0,) * MONTHS

    def begin(self, h, common, own, seed, streams):
        return levels(h, common, own), np.full((len(common), MONTHS), np.nan), seed, streams

    def advance(self, particles, step):
        level, counts, seed, streams = particles
        counts = counts.copy()
        for i, stream in enumerate(streams):
            generator = np.random.Generator(np.random.Philox(key=[seed, int(stream) * MONTHS + step]))
            counts[i, step] = generator.poisson(np.exp(level[i, step]))
        return level, counts, seed, streams

    def branch(self, particles, index, streams):
        level, counts, seed, _ = particles
        return level[index], counts[index], seed, streams

    def read(self, particles, step):
        return particles[1], np.zeros((len(particles[1]), 0))

    def outcome(self, particles):
        return particles[1]


def test_evidence_and_bayes_factor_agree_with_brute_force():
    exact = [brute(h) for h in (0, 1)]
    assert max(e.error for e in exact) < 0.1
    problem = Problem(("level", "trend"), 2 + MONTHS, (0, 1), Months(), score, score)
    z, ratios = [], []
    for seed in range(3):
        sampled = sampler.sample(problem, seed, Effort(waves=(240, 200, 200), particles=200, populations=2, limit=2, candidates=2000))
        evidences = [population.assess(p, sampled.candidates) for p in sampled.populations]
        for e, x in zip(evidences, exact):
            assert e.effective > 50 and e.pareto_k < 0.7
            z.append((e.log_z - x.log_z) / np.hypot(e.error, x.error))
        value, error = evidences[1].log_z - evidences[0].log_z, np.hypot(evidences[0].error, evidences[1].error)
        ratios.append((value - exact[1].log_z + exact[0].log_z) / np.hypot(error, exact[0].error))
    assert np.max(np.abs(z)) < 3.5 and np.sqrt(np.mean(np.square(z))) < 2.0
    assert np.max(np.abs(ratios)) < 3.5
