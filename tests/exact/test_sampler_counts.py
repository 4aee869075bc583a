"""The sampler on a monthly count model with a slow hidden level, against brute force over the prior."""
from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from interlope.inference import importance, sampler
from interlope.inference.sampler import Counts, Problem

MONTHS = 14
FIGURES = np.array([140, 150, 170, 155, 190, 230, 210, 260, 240, 300, 310, 280, 350, 330], dtype=np.float64)
SIZE = 20.0  # negative-binomial size of the reporting noise


def levels(h: int, common: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Log level by month: a base, a slow AR(1) factor, and for the second explanation a trend."""
    x = np.zeros(len(common))
    made = []
    for month in range(MONTHS):
        x = 0.6 * x + 0.2 * common[:, 2 + month]
        trend = 0.05 * own[:, 0] * (month - MONTHS / 2) if h == 1 else 0.0
        made.append(5.3 + 0.4 * common[:, 0] + x + trend)
    return np.stack(made, axis=1)


def simulate(h: int, common: np.ndarray, own: np.ndarray, key: int, lanes: np.ndarray) -> np.ndarray:
    """Monthly totals with Poisson luck; the second common coordinate does nothing."""
    made = np.empty((len(lanes), MONTHS))
    for i, (mean, lane) in enumerate(zip(np.exp(levels(h, common, own)), lanes)):
        made[i] = np.random.Generator(np.random.Philox(key=[key, int(lane)])).poisson(mean)
    return made


def score(h: int, statistics: np.ndarray) -> np.ndarray:
    mean = np.maximum(statistics, 0.5)
    constant = gammaln(FIGURES + SIZE) - gammaln(SIZE) - gammaln(FIGURES + 1)
    return (constant + SIZE * np.log(SIZE / (SIZE + mean)) + FIGURES * np.log(mean / (SIZE + mean))).sum(axis=1)


def brute(h: int, n: int = 400_000) -> importance.Evidence:
    rng = np.random.default_rng(100 + h)
    parts = []
    for _ in range(n // 50_000):
        common, own = rng.standard_normal((50_000, 2 + MONTHS)), rng.standard_normal((50_000, 1))
        parts.append(score(h, rng.poisson(np.exp(np.minimum(levels(h, common, own), 12.0))).astype(np.float64)))
    return importance.evidence(np.concatenate(parts))


def test_evidence_and_bayes_factor_agree_with_brute_force():
    exact = [brute(h) for h in (0, 1)]
    assert max(e.error for e in exact) < 0.1
    problem = Problem(("level", "trend"), 2 + MONTHS, (0, 1), simulate, score, np.arange(MONTHS))
    z, ratios = [], []
    for seed in range(3):
        made = sampler.run(problem, seed, Counts(waves=(240, 200, 200), final=600, candidates=3000))
        log_w = [made.log_weight[h] + score(h, made.statistics[h]) for h in (0, 1)]
        for h in (0, 1):
            found = importance.evidence(log_w[h], made.picked.extra(h))
            assert found.effective > 50 and found.pareto_k < 0.7
            z.append((found.log_z - exact[h].log_z) / np.hypot(found.error, exact[h].error))
        value, error = importance.log_ratio(log_w[1], log_w[0], made.picked.extra(1, 0))
        ratios.append((value - exact[1].log_z + exact[0].log_z) / np.hypot(error, exact[0].error))
    assert np.max(np.abs(z)) < 3.5 and np.sqrt(np.mean(np.square(z))) < 2.0
    assert np.max(np.abs(ratios)) < 3.5
