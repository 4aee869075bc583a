"""Hawkes: violence answered with violence has mean mu/(1 - k) and, over long windows, Fano factor 1/(1 - k)^2.

Two equal groups in one sector fight at a fixed rate; nobody dies, no ground changes hands, so only retaliation (E6) is left.
"""
from __future__ import annotations

from functools import cache

import numpy as np

from .. import arena, error
from ..row import Luck, Measured, Row

_RATE, _DECAY, _WINDOW, _BURN = 0.25, 1.0, 300, 60


@cache
def _counts(luck: Luck, branching: float) -> np.ndarray:
    """Clashes by window [r, window]."""
    replicates, windows = luck.pick(128, 256), luck.pick(25, 60)
    days = _BURN + windows * _WINDOW
    values = {**arena.QUIET, "clashes_base": 2.0 * _RATE, "clashes_branching": branching, "clashes_retaliation_days": _DECAY}
    states = arena.open_world(arena.setting(days, [100, 100]), values, luck, replicates)
    _, history = arena.follow(states, days, ["clashes"])
    return history[:, _BURN:, 0].reshape(replicates, windows, _WINDOW).sum(axis=2)


def _mean(luck: Luck, branching: float) -> Measured:
    return error.mean(_counts(luck, branching).mean(axis=1) / (_WINDOW * _RATE))


def _fano(luck: Luck, branching: float) -> Measured:
    return error.jackknife(lambda n: float(n.var(ddof=1) / n.mean()), _counts(luck, branching))


def _rows(branching: float, long: bool = False) -> tuple[Row, Row]:
    mean, fano = 1.0 / (1.0 - branching), 1.0 / (1.0 - branching) ** 2
    name = f"{100 * branching:.0f}"
    return (
        Row(f"hawkes-mean-{name}", f"clashes over clashes without retaliation, branching {branching:g}", f"1/(1-k) = {mean:.4g}", mean,
            mean, "1", "hawkes1971", "exact", lambda luck: _mean(luck, branching), 0.01 * mean, long),
        Row(f"hawkes-fano-{name}", f"variance over mean of clashes in {_WINDOW} days, branching {branching:g}",
            f"1/(1-k)^2 = {fano:.4g}", 0.98 * fano, 1.02 * fano, "1", "hawkes1971", "2 %: windows are long, not endless",
            lambda luck: _fano(luck, branching), 0.05 * fano, long),
    )


ROWS = (*_rows(0.6), *_rows(0.3, long=True))
