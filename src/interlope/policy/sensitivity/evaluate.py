"""Evaluate: replicates at every point of a design, in blocks that are kept, so that a stopped run goes on where it was.

Every point runs the same random streams (common random numbers), unless these are themselves the factor that differs; its
outcomes are means over those streams, and their spread between streams is the noise.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from interlope.ensemble import keys
from interlope.ensemble.run import Progress, nothing
from interlope.errors import RunFailed
from interlope.model.setting import Setting
from interlope.model.simulate import advance, begin
from interlope.policy.outcome import Outcome
from interlope.policy.sensitivity.factors import Factors
from interlope.policy.sensitivity.measured import measure
from interlope.storage.partial import Partial

BLOCK = 32  # design points that are run, and kept, together
FAILED = 0.05  # part of the points that may fail


@dataclass(frozen=True, eq=False)
class World:
    """What every point shares: the setting, the first day that counts, replicates of a point, seed and threads."""

    setting: Setting
    first: int
    replicates: int
    seed: int
    threads: int | None = None


@dataclass(frozen=True, eq=False)
class Evaluated:
    """Outcomes at design points.

    Attributes
    ----------
    mean : over replicates [n, outcomes]; points that failed have the mean of the others. noise : part of the variance of
    `mean` that is simulation noise within points [outcomes]. failed : number of points without one complete replicate.
    """

    mean: np.ndarray
    noise: np.ndarray
    failed: int


def evaluate(factors: Factors, names: tuple[str, ...], points: np.ndarray, outcomes: Sequence[Outcome], world: World, keep: Partial,
             mark: str,
             progress: Progress = nothing) -> Evaluated:
    """Run a design.

    Parameters
    ----------
    factors : of the case. names : columns of `points`. points : numbers in [0, 1], [n, len(names)]. outcomes : what to measure.
    world : what every point shares. keep : where finished blocks are kept, as
    `mark`-0000.npz and so on.
    progress : called with (replicates done, replicates in all).

    Raises
    ------
    RunFailed
        When more than one point in twenty has no complete replicate.
    """
    total, parts = len(points) * world.replicates, []
    for low in range(0, len(points), BLOCK):
        name = f"{mark}-{low // BLOCK:04d}.npz"
        rows = points[low : low + BLOCK]
        block = (keep.read_arrays(name) or {}).get("block")
        if block is None or block.shape != (len(rows), world.replicates, len(outcomes)):
            block = _block(factors, names, rows, outcomes, world)
            keep.write_arrays({"block": block}, name)
        parts.append(block)
        progress(min(low + BLOCK, len(points)) * world.replicates, total)
    return _summarise(np.concatenate(parts))


def _block(factors: Factors, names: tuple[str, ...], points: np.ndarray, outcomes: Sequence[Outcome], world: World) -> np.ndarray:
    """Outcomes float64 [n, replicates, outcomes] of a few points; NaN where a replicate failed."""
    values, _, stream_set = factors.values(points, names)
    stream_ids = (stream_set[:, None] * world.replicates + np.arange(world.replicates)).ravel()
    repeated = {name: np.repeat(value, world.replicates) for name, value in values.items()}
    states = begin(world.setting, repeated, None, keys.integer(world.seed, "sensitivity"), stream_ids)
    states, _ = advance(states, world.first, record=False, threads=world.threads)
    states, recorded = advance(states, world.setting.days, threads=world.threads)
    measurements = measure(recorded.series, outcomes)
    measurements[states.status != 0] = np.nan
    return measurements.reshape(len(points), world.replicates, len(outcomes))


def _summarise(measurements: np.ndarray) -> Evaluated:
    """Means over replicates, what is left of simulation noise in them, and the number of points that failed."""
    known = np.isfinite(measurements)
    count = known.sum(axis=1)
    filled = np.where(known, measurements, 0.0)
    mean = np.where(count > 0, filled.sum(axis=1) / np.maximum(count, 1), np.nan)
    failed = int((count == 0).any(axis=1).sum())
    if failed > FAILED * len(measurements):
        raise RunFailed(f"{failed} of {len(measurements)} design points have no complete replicate; "
                        "look at the priors with 'interlope params'")
    mean = np.where(np.isfinite(mean), mean, np.nanmean(mean, axis=0))
    spread = np.where(known, measurements - mean[:, None, :], 0.0)
    within = (spread**2).sum(axis=1) / np.maximum(count - 1, 1) / np.maximum(count, 1)
    between = mean.var(axis=0)
    noise = np.where(between > 0, np.minimum(within.mean(axis=0) / np.where(between > 0, between, 1.0), 1.0), np.nan)
    return Evaluated(mean, noise if measurements.shape[1] > 1 else np.full(measurements.shape[2], np.nan), failed)
