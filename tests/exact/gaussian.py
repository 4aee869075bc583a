"""A problem whose evidence is known in closed form: Gaussian coordinates, linear statistics, Gaussian luck, noise."""
from __future__ import annotations

import numpy as np

from interlope.inference.sampler import Problem


def problem(d: int, m: int, *, size: float, luck: float, seed: int, offset: float = 0.15, own: int = 2,
            noise: float = 0.5, explanations: int = 4) -> tuple[Problem, np.ndarray]:
    """A problem with d common coordinates and m statistics, and the exact log evidence of each explanation.

    size: how sharply statistics follow coordinates; luck: sd that a history adds; offset: how far explanations differ.
    """
    rng = np.random.default_rng(seed)
    a = rng.standard_normal((m, d)) * np.exp(-2.0 * np.arange(d) / d) / np.sqrt(d) * size
    b = [offset * 2.0 * rng.standard_normal((m, own)) for _ in range(explanations)]
    c = [offset * rng.standard_normal(m) for _ in range(explanations)]
    truth = rng.standard_normal(d)
    y = a @ truth + rng.standard_normal(m) * np.hypot(noise, luck)

    def simulate(h: int, common: np.ndarray, mine: np.ndarray, key: int, lanes: np.ndarray) -> np.ndarray:
        chance = np.random.Generator(np.random.Philox(key=key)).standard_normal((int(lanes.max()) + 1, m))
        return common @ a.T + mine @ b[h].T + c[h] + luck * chance[lanes]

    def score(h: int, statistics: np.ndarray) -> np.ndarray:
        return -0.5 * (((y - statistics) / noise) ** 2).sum(axis=1) - m * np.log(noise) - 0.5 * m * np.log(2 * np.pi)

    exact = []
    for h in range(explanations):
        covariance = a @ a.T + b[h] @ b[h].T + (luck**2 + noise**2) * np.eye(m)
        factor = np.linalg.cholesky(covariance)
        left = np.linalg.solve(factor, y - c[h])
        exact.append(-0.5 * left @ left - np.log(np.diag(factor)).sum() - 0.5 * m * np.log(2 * np.pi))
    names = tuple("abcd"[:explanations])
    return Problem(names, d, (own,) * explanations, simulate, score, np.arange(m)), np.array(exact)
