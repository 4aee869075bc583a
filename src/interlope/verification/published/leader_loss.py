"""Leader loss: taking a leader raises violence: by 36.5 % in six months; by 80 % over twelve months at home, by 30 % elsewhere.

(Calderon et al. 2015; Lindo & Padilla-Romo 2018: the place of the arrest, and other places where the group is.) A border at the kernel's
defaults, ten groups in six sectors. On one day police arrest a few members; in one of two worlds with common random numbers the one
arrested is a leader. Home is the sector that holds most of the group on that day. The size and length of the disorder were chosen with
the twelve months in sight; the six months and the other places are what follows.
"""
from __future__ import annotations

from functools import cache

import numpy as np

from ...model.params import CONTROL_INDEX
from ...model.simulate import advance, begin, clone, neutral_controls
from ...quantities import INDEX
from .. import estimates
from ..defaults import neutral
from ..row import Measured, Row, Trial

_BEFORE, _AFTER, _CHUNK = 200, 365, 40


@cache
def _clashes(trial: Trial) -> tuple[np.ndarray, ...]:
    """Daily clashes [r, day] with and without the loss, at home and elsewhere, in pairs where exactly one leader was lost."""
    days, replicates = _BEFORE + 1 + _AFTER, trial.size(250, 2000)
    setting = neutral(days, operation_from=_BEFORE, operation_days=1)
    setting.operation[_BEFORE] = 0.12
    values = {"raids_leader_chance": 1.0, "raids_start_rate": 0.0, "raids_answer": 0.0}
    controls = neutral_controls(days)
    controls[:, CONTROL_INDEX["leader_factor"]] = 0.0
    taking = controls.copy()
    taking[_BEFORE, CONTROL_INDEX["leader_factor"]] = 1.0
    without, _ = advance(begin(setting, values, None, trial.seed, np.arange(replicates)), _BEFORE, controls=controls)
    taken, recorded = advance(clone(without), _BEFORE + 1, controls=taking)
    lost = recorded.series[:, 0, INDEX["leaders_lost"]] == 1.0
    without, _ = advance(without, _BEFORE + 1, controls=controls)
    without, taken = clone(without, np.flatnonzero(lost)), clone(taken, np.flatnonzero(lost))
    group = taken.array("leader_shock").argmax(axis=1)
    presence = without.array("members")[np.arange(len(group)), group].astype(float)
    home = np.zeros_like(presence)
    home[np.arange(len(group)), presence.argmax(axis=1)] = 1.0
    elsewhere = (presence > 0.0) - home
    clashes = []
    for states in (taken, without):
        parts = []
        while states.day < days:
            states, recorded = advance(states, min(days, states.day + _CHUNK), controls=controls, detail="s")
            assert recorded.detail is not None
            parts.append(recorded.detail[:, :, INDEX["clashes"]].astype(float))
        daily = np.concatenate(parts, axis=1)
        clashes += [np.einsum("rds,rs->rd", daily, where) for where in (home, elsewhere)]
    return tuple(clashes)


def _rise(trial: Trial, days: int, elsewhere: bool = False) -> Measured:
    place = 1 if elsewhere else 0
    with_loss, without = _clashes(trial)[place], _clashes(trial)[2 + place]
    ratio = estimates.ratio(with_loss[:, :days].sum(axis=1), without[:, :days].sum(axis=1), f"{len(without)} pairs")
    return ratio._replace(value=100.0 * (ratio.value - 1.0), error=100.0 * ratio.error)


ROWS = (
    Row("leader-six-months", "rise of clashes at home in 180 days after a leader is lost", "+36.5 % (six months)", 36.5, 80.0,
        "%", "calderon2015", "between the two studies", lambda trial: _rise(trial, 180), 15.0),
    Row("leader-twelve-months", "the same over 365 days", "+80 % (place of capture, twelve months)", 36.5, 80.0, "%", "lindo2018",
        "between the two studies", lambda trial: _rise(trial, 365), 15.0, given="clashes_leader_effect and radicalisation_leader_days"),
    Row("leader-elsewhere", "the same in other sectors that the group holds", "+30 % (other places where the group is)", 15.0, 60.0, "%",
        "lindo2018", "a factor of two either way", lambda trial: _rise(trial, 365, True), 15.0),
)
