"""Indices: designs and estimators of SALib (Herman & Usher 2017), behind two functions for screening and two for shares.

Screening: mean of the absolute elementary effects over random trajectories (Morris 1991). Shares: first-order and total index
on a scrambled Sobol' sequence (Sobol' 2001; Saltelli et al. 2010), with bootstrap intervals.
"""
from __future__ import annotations

import warnings
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np

from interlope.ensemble import keys
from interlope.errors import RunFailed

LEVELS = 4  # of the screening grid
LOW, HIGH = 0.025, 0.975  # quantiles between which screening moves a factor
RESAMPLES = 400
CONFIDENCE = 0.95


class Effect(NamedTuple):
    """Morris effect of one factor on one outcome: `size` mean of |change| over the central 95 % of the prior, `error` half its
    95 % interval, `mean` the signed mean, `spread` the standard deviation between trajectories."""

    size: float
    error: float
    mean: float
    spread: float


class Share(NamedTuple):
    """Sobol' indices of one factor for one outcome, each with half its 95 % bootstrap interval."""

    first: float
    first_error: float
    total: float
    total_error: float


def require() -> None:
    """Check that SALib is there.

    Raises
    ------
    RunFailed
        When it is not, with the command that installs it.
    """
    if find_spec("SALib") is None:
        raise RunFailed("sensitivity needs SALib, which is not installed; install it with: python -m pip install '.[sensitivity]'")


def _problem(names: tuple[str, ...]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names), "groups": None}


def _seed(seed: int, *labels: str) -> int:
    return 1 + keys.integer(seed, "sensitivity", *labels) % (2**31 - 2)


def screen_design(names: tuple[str, ...], trajectories: int, seed: int) -> np.ndarray:
    """Points of `trajectories` random trajectories on a grid of four levels, float64 [trajectories (d + 1), d], in [0, 1]."""
    from SALib.sample import morris

    return np.asarray(morris.sample(_problem(names), trajectories, num_levels=LEVELS, seed=_seed(seed, "screen")))


def quantiles(grid: np.ndarray) -> np.ndarray:
    """Prior quantiles of grid points: the grid's ends are the ends of the central 95 %."""
    return LOW + (HIGH - LOW) * grid


def screen(names: tuple[str, ...], grid: np.ndarray, outcome: np.ndarray, seed: int) -> list[Effect]:
    """Elementary effects of every factor on one outcome [n]."""
    from SALib.analyze import morris

    estimates = morris.analyze(_problem(names), grid, outcome, num_resamples=RESAMPLES, conf_level=CONFIDENCE, num_levels=LEVELS,
                           seed=_seed(seed, "screen", "resample"))
    rows = zip(estimates["mu_star"], estimates["mu_star_conf"], estimates["mu"], estimates["sigma"], strict=True)
    return [Effect(*(float(v) for v in row)) for row in rows]


def share_design(names: tuple[str, ...], base: int, seed: int) -> np.ndarray:
    """Saltelli's design on a scrambled Sobol' sequence, float64 [base (d + 2), d], in [0, 1]; `base` is a power of two."""
    from SALib.sample import sobol

    return np.asarray(sobol.sample(_problem(names), base, calc_second_order=False, seed=_seed(seed, "share")))


def share(names: tuple[str, ...], outcome: np.ndarray, seed: int) -> list[Share | None]:
    """First-order and total index of every factor for one outcome [base (d + 2)]; None for all where it never varies."""
    from SALib.analyze import sobol

    if np.ptp(outcome) <= 1e-12 * (1.0 + np.abs(outcome).max()):
        return [None] * len(names)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        estimates = sobol.analyze(_problem(names), outcome, calc_second_order=False, num_resamples=RESAMPLES, conf_level=CONFIDENCE,
                              seed=_seed(seed, "share", "resample"))
    rows = zip(estimates["S1"], estimates["S1_conf"], estimates["ST"], estimates["ST_conf"], strict=True)
    return [Share(*(float(v) for v in row)) for row in rows]
