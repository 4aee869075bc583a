"""Severity: the deadliness of a clash is heavy-tailed with exponent 2.5 and does not depend on the size of the groups.

(Bohorquez et al. 2009; Clauset & Gleditsch 2012.) Two groups fight, every clash kills, and days with exactly one clash are read.
"""
from __future__ import annotations

from functools import cache

import numpy as np

from .. import estimates, minimal
from ..row import Measured, Row, Trial

_DAYS, _TOP = 60, 10


@cache
def _deaths(trial: Trial, members: int, first: int = 0, last: int = _DAYS) -> np.ndarray:
    """Deaths by size 1..10, counted over days from first to before last with one lethal clash [r, 10]."""
    values = {**minimal.QUIET, "clashes_base": 0.4, "clashes_lethal": 1.0, "radicalisation_clash": 0.05}
    states = minimal.open_world(minimal.setting(_DAYS, [members, members]), values, trial, trial.size(1500, 6000))
    _, series = minimal.follow(states, _DAYS, ["lethal_clashes", "group_deaths"])
    dead = np.where(series[:, :, 0] == 1.0, series[:, :, 1], 0.0)[:, first:last]
    return np.stack([(dead == k).sum(axis=1) for k in range(1, _TOP + 1)], axis=1).astype(float)


def _measure(trial: Trial) -> Measured:
    return estimates.jackknife(lambda n: estimates.exponent(n, 1), _deaths(trial, 2000))


def _size(trial: Trial) -> Measured:
    return _compare(_deaths(trial, 200), _deaths(trial._replace(seed=trial.seed + 1), 2000))


def _experience(trial: Trial) -> Measured:
    return _compare(_deaths(trial, 2000, _DAYS - 20, _DAYS), _deaths(trial, 2000, 0, 20))


def _compare(small: np.ndarray, large: np.ndarray) -> Measured:
    """Deaths a lethal clash in the first counts over those in the second."""
    sizes = np.arange(1, _TOP + 1)
    ours, theirs = estimates.ratio(small @ sizes, small.sum(axis=1)), estimates.ratio(large @ sizes, large.sum(axis=1))
    value = ours.value / theirs.value
    return Measured(value, value * float(np.hypot(ours.error / ours.value, theirs.error / theirs.value)))


ROWS = (
    Row("severity-exponent", "exponent of deaths in a lethal clash", "2.5", 2.5, 2.5, "1", "bohorquez2009", "exact", _measure, 0.04,
        given="clashes_size_exponent"),
    Row("severity-size", "deaths a lethal clash among groups of 200 over groups of 2000", "independent of size: 1", 1.0, 1.0, "1",
        "clausetgleditsch2012", "exact", _size, 0.03),
    Row("severity-experience", "deaths a lethal clash after forty days of fighting over those in the first twenty",
        "independent of experience: 1", 1.0, 1.0, "1", "clausetgleditsch2012", "exact", _experience, 0.03),
)
