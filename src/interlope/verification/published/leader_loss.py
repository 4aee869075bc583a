"""Leader loss: taking a leader raises violence: by 36.5 % in six months; by 80 % over twelve months at home, by 30 % elsewhere.

(Calderon et al. 2015; Lindo & Padilla-Romo 2018: the place of the arrest, and other places where the group is.) A border at the
kernel's defaults, ten groups in six sectors. On one day police arrest a few members; in one of two worlds with the same luck the one
arrested is a leader. Home is the sector that holds most of the group on that day. The size and length of the disorder were chosen with
the twelve months in sight; the six months and the other places are what follows.
"""
from __future__ import annotations

from functools import cache

import numpy as np

from ...model.params import CONTROL_INDEX
from ...model.simulate import advance, begin, clone, neutral_controls
from ...quantities import INDEX
from .. import error
from ..frame import neutral
from ..row import Luck, Measured, Row

_BEFORE, _AFTER, _CHUNK = 200, 365, 40


@cache
def _clashes(luck: Luck) -> tuple[np.ndarray, ...]:
    """Daily clashes [r, day] with and without the loss, at home and elsewhere, in pairs where exactly one leader was lost."""
    days, replicates = _BEFORE + 1 + _AFTER, luck.pick(250, 2000)
    frame = neutral(days, operation_from=_BEFORE, operation_days=1)
    frame.operation[_BEFORE] = 0.12
    values = {"raids_leader_chance": 1.0, "raids_start_rate": 0.0, "raids_answer": 0.0}
    controls = neutral_controls(days)
    controls[:, CONTROL_INDEX["leader_factor"]] = 0.0
    taking = controls.copy()
    taking[_BEFORE, CONTROL_INDEX["leader_factor"]] = 1.0
    without, _ = advance(begin(frame, values, None, luck.seed, np.arange(replicates)), _BEFORE, controls=controls)
    taken, recorded = advance(clone(without), _BEFORE + 1, controls=taking)
    lost = recorded.series[:, 0, INDEX["leaders_lost"]] == 1.0
    without, _ = advance(without, _BEFORE + 1, controls=controls)
    without, taken = clone(without, np.flatnonzero(lost)), clone(taken, np.flatnonzero(lost))
    group = taken.array("leader_shock").argmax(axis=1)
    held = without.array("members")[np.arange(len(group)), group].astype(float)
    home = np.zeros_like(held)
    home[np.arange(len(group)), held.argmax(axis=1)] = 1.0
    elsewhere = (held > 0.0) - home
    found = []
    for states in (taken, without):
        parts = []
        while states.day < days:
            states, recorded = advance(states, min(days, states.day + _CHUNK), controls=controls, detail="s")
            assert recorded.detail is not None
            parts.append(recorded.detail[:, :, INDEX["clashes"]].astype(float))
        daily = np.concatenate(parts, axis=1)
        found += [np.einsum("rds,rs->rd", daily, where) for where in (home, elsewhere)]
    return tuple(found)


def _rise(luck: Luck, days: int, elsewhere: bool = False) -> Measured:
    place = 1 if elsewhere else 0
    with_loss, without = _clashes(luck)[place], _clashes(luck)[2 + place]
    found = error.ratio(with_loss[:, :days].sum(axis=1), without[:, :days].sum(axis=1), f"{len(without)} pairs")
    return found._replace(value=100.0 * (found.value - 1.0), error=100.0 * found.error)


ROWS = (
    Row("leader-six-months", "rise of clashes at home in 180 days after a leader is lost", "+36.5 % (six months)", 36.5, 80.0,
        "%", "calderon2015", "between the two studies", lambda luck: _rise(luck, 180), 15.0),
    Row("leader-twelve-months", "the same over 365 days", "+80 % (place of capture, twelve months)", 36.5, 80.0, "%", "lindo2018",
        "between the two studies", lambda luck: _rise(luck, 365), 15.0, given="clashes_leader_effect and radicalisation_leader_days"),
    Row("leader-elsewhere", "the same in other sectors that the group holds", "+30 % (other places where the group is)", 15.0, 60.0, "%",
        "lindo2018", "a factor of two either way", lambda luck: _rise(luck, 365, True), 15.0),
)
