"""A problem whose evidence is known in closed form: Gaussian coordinates, linear statistics that grow step by step with Gaussian chance."""
from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from interlope.inference.sampling.problem import Problem


def normals(seed: int, streams: np.ndarray, step: int, m: int) -> np.ndarray:
    """Standard normal numbers [n, m] named by seed, stream, step and column (SplitMix64)."""
    with np.errstate(over="ignore"):
        x = np.asarray(streams, dtype=np.uint64)[:, None] * np.uint64(0x9E3779B97F4A7C15) + np.arange(m, dtype=np.uint64)
        x ^= np.uint64(seed % (1 << 63)) + np.uint64(step + 1) * np.uint64(0xD1B54A32D192ED03)
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            x = (x ^ (x >> np.uint64(shift))) * np.uint64(factor)
        x ^= x >> np.uint64(31)
    return ndtri((np.float64(x >> np.uint64(11)) + 0.5) / 2.0**53)


@dataclass(frozen=True, eq=False)
class Walkers:
    """Particles: means of the complete statistics [n, m], what has been run of them [n, m], seed, streams [n], steps done."""

    mean: np.ndarray
    run: np.ndarray
    seed: int
    streams: np.ndarray


@dataclass(frozen=True, eq=False)
class World:
    """Statistic j is complete after step `until[j]`; by then it is its mean plus chance of sd `chance`, added up in equal parts."""

    a: np.ndarray
    b: tuple[np.ndarray, ...]
    c: tuple[np.ndarray, ...]
    until: np.ndarray
    steps: int
    chance: float

    @property
    def complete(self):
        return tuple(self.until <= step for step in range(self.steps))

    @property
    def sizes(self):
        return tuple(int((self.until > step).sum()) for step in range(self.steps))

    def begin(self, h, common, own, seed, streams):
        mean = common @ self.a.T + own @ self.b[h].T + self.c[h]
        return Walkers(mean, np.zeros_like(mean), seed, streams)

    def advance(self, particles, step):
        part = (self.until >= step) / (self.until + 1.0)
        noise = normals(particles.seed, particles.streams, step, len(self.until))
        return replace(particles, run=particles.run + part * particles.mean + self.chance * np.sqrt(part) * noise * (part > 0))

    def branch(self, particles, index, streams):
        return Walkers(particles.mean[index], particles.run[index], particles.seed, streams)

    def read(self, particles, step):
        done = self.until <= step
        return np.where(done, particles.run, np.nan), particles.run[:, ~done]

    def outcome(self, particles):
        return particles.run


def problem(d: int, m: int, *, size: float, chance: float, seed: int, offset: float = 0.15, own: int = 2, noise: float = 0.5,
            explanations: int = 2, steps: int = 6) -> tuple[Problem, np.ndarray]:
    """A problem with d common coordinates and m statistics, and the exact log evidence of each explanation.

    size: how sharply statistics follow coordinates; chance: sd that a path adds; offset: how far explanations differ.
    """
    rng = np.random.default_rng(seed)
    a = rng.standard_normal((m, d)) * np.exp(-2.0 * np.arange(d) / d) / np.sqrt(d) * size
    b = tuple(offset * 2.0 * rng.standard_normal((m, own)) for _ in range(explanations))
    c = tuple(offset * rng.standard_normal(m) for _ in range(explanations))
    y = a @ rng.standard_normal(d) + rng.standard_normal(m) * np.hypot(noise, chance)
    world = World(a, b, c, np.arange(m) * steps // m, steps, chance)

    def score(h: int, statistics: np.ndarray) -> np.ndarray:
        return -0.5 * (((y - statistics) / noise) ** 2).sum(axis=1) - m * np.log(noise) - 0.5 * m * np.log(2 * np.pi)

    exact = []
    for h in range(explanations):
        covariance = a @ a.T + b[h] @ b[h].T + (chance**2 + noise**2) * np.eye(m)
        factor = np.linalg.cholesky(covariance)
        left = np.linalg.solve(factor, y - c[h])
        exact.append(-0.5 * left @ left - np.log(np.diag(factor)).sum() - 0.5 * m * np.log(2 * np.pi))
    return Problem(tuple("abcd"[:explanations]), d, (own,) * explanations, world, score, score), np.array(exact)


def posterior(posed: Problem) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviations of the first explanation's coordinates, common ones first, given the data."""
    world: World = posed.world
    design = np.hstack([world.a, world.b[0]])
    m = len(world.until)
    nothing = posed.score(0, np.zeros((1, m)))[0]
    # the likelihood is quadratic: its noise and its data are read off it
    up, down = posed.score(0, np.eye(m)), posed.score(0, -np.eye(m))
    precision = 2.0 * nothing - up - down
    data = 0.5 * (up - down) / precision
    total = 1.0 / precision + world.chance**2
    covariance = np.linalg.inv(np.eye(design.shape[1]) + design.T @ (design / total[:, None]))
    return covariance @ design.T @ ((data - world.c[0]) / total), np.sqrt(np.diag(covariance))


def spread_of_score(posed: Problem, n: int = 4000) -> float:
    """Standard deviation of the log likelihood over chance, at the posterior mean of the first explanation."""
    world: World = posed.world
    mean, _ = posterior(posed)
    d = world.a.shape[1]
    particles = world.begin(0, np.tile(mean[:d], (n, 1)), np.tile(mean[d:], (n, 1)), 5, np.arange(n))
    for step in range(world.steps):
        particles = world.advance(particles, step)
    return float(posed.score(0, world.outcome(particles)).std())
