"""Hawkes: violence answered with violence has mean mu/(1 - k) and, over long windows, Fano factor 1/(1 - k)^2.

Two equal groups in one sector fight at a fixed rate; nobody dies, no ground changes hands, so only retaliation (E6) is left.
"""
from __future__ import annotations

from functools import cache

import numpy as np

from .. import estimates, minimal
from ..row import Measured, Row, Trial

_RATE, _DECAY, _WINDOW, _BURN = 0.25, 1.0, 300, 60


@cache
def _counts(trial: Trial, branching: float) -> np.ndarray:
    """Clashes by window [r, window]."""
    replicates, windows = trial.size(128, 256), trial.size(25, 60)
    days = _BURN + windows * _WINDOW
    values = {**minimal.QUIET, "clashes_base": 2.0 * _RATE, "clashes_branching": branching, "clashes_retaliation_days": _DECAY}
    states = minimal.open_world(minimal.setting(days, [100, 100]), values, trial, replicates)
    _, series = minimal.follow(states, days, ["clashes"])
    return series[:, _BURN:, 0].reshape(replicates, windows, _WINDOW).sum(axis=2)


def _mean(trial: Trial, branching: float) -> Measured:
    return estimates.mean(_counts(trial, branching).mean(axis=1) / (_WINDOW * _RATE))


def _fano(trial: Trial, branching: float) -> Measured:
    return estimates.jackknife(lambda n: float(n.var(ddof=1) / n.mean()), _counts(trial, branching))


def _rows(branching: float, long: bool = False) -> tuple[Row, Row]:
    mean, fano = 1.0 / (1.0 - branching), 1.0 / (1.0 - branching) ** 2
    name = f"{100 * branching:.0f}"
    return (
        Row(f"hawkes-mean-{name}", f"clashes over clashes without retaliation, branching {branching:g}", f"1/(1-k) = {mean:.4g}", mean,
            mean, "1", "hawkes1971", "exact", lambda trial: _mean(trial, branching), 0.01 * mean, long),
        Row(f"hawkes-fano-{name}", f"variance over mean of clashes in {_WINDOW} days, branching {branching:g}",
            f"1/(1-k)^2 = {fano:.4g}", 0.98 * fano, 1.02 * fano, "1", "hawkes1971", "2 %: windows are long, not endless",
            lambda trial: _fano(trial, branching), 0.05 * fano, long),
    )


ROWS = (*_rows(0.6), *_rows(0.3, long=True))
