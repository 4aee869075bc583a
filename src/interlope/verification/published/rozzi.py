"""Rozzi, Giovannetti, Pin & Campana: the richest ground is fought over most, ground of middling worth is held longest.

Ten players and ten sites of worth 173 to 26; a night is a period. A player weighs V = U - c/Q with their c = 5 and exploration 10, in
units of the sites' mean worth; the kernel learns Q by its own rule and considers one other site at a time. Two worlds, alike but for
two numbers. Where those who lose a fight are driven out, fights are read: the part of players who look elsewhere in a night is set so
that the richest site is fought over in 60 % of nights, and the fall to the fifth follows. Where nobody is driven out and fewer look
elsewhere, nights held are read: longest in the middle, but there 3 nights in place of 10, because whoever is absent believes the
same of every site; the source's player knows how often each is taken.
"""
from __future__ import annotations

from functools import cache

import numpy as np

from ...model.simulate import advance
from ...quantities import INDEX
from .. import estimates, minimal
from ..row import Measured, Row, Trial

_WORTH = np.array([173, 125, 100, 76, 63, 51, 42, 35, 29, 26], dtype=float)
_SITES, _BURN, _COST, _EXPLORATION = 10, 60, 5.0, 10.0
_DRIVEN, _LEFT = (1.0, 0.7), (0.0, 0.5)  # chance that a fight drives the loser out; players who look elsewhere in a night
_KEY = "rozzi"


@cache
def _profile(trial: Trial, driven_out: float, looking: float) -> tuple[np.ndarray, np.ndarray]:
    """Part of nights with a fight [r, site]; nights on which one player alone holds a site, and how many stays those are [r, 2, site]."""
    days, replicates = trial.size(600, 1000), trial.size(64, 160)
    values = {
        **minimal.QUIET, "growth_move_rate": looking, "growth_new_ground": 1.0, "growth_expand": 0.0, "growth_consolidate": 0.0,
        "growth_ground_choice": _WORTH.mean() / _EXPLORATION, "growth_clash_cost": _COST / _WORTH.mean(), "growth_ground_days": 1.5,
        "choices_memory_days": 0.8, "clashes_base": 200.0, "clashes_cede_chance": driven_out, "clashes_withdraw": 1.0,
    }
    setting = minimal.setting(_BURN + days, np.eye(_SITES), worth=_WORTH)
    states = minimal.open_world(setting, values, trial, replicates)
    states, _ = advance(states, _BURN)
    fights = np.zeros((replicates, _SITES))
    occupant = np.zeros((days, replicates, _SITES), dtype=int)
    for day in range(days):
        states, recorded = advance(states, _BURN + day + 1, detail="s")
        assert recorded.detail is not None
        fights += recorded.detail[:, 0, INDEX["clashes"]] > 0
        present = states.array("members") > 0
        occupant[day] = np.where(present.sum(axis=1) == 1, present.argmax(axis=1), -1)
    alone = occupant >= 0
    begun = alone & np.concatenate([np.ones((1, replicates, _SITES), dtype=bool), occupant[1:] != occupant[:-1]])
    return fights / days, np.stack([alone.sum(axis=0), begun.sum(axis=0)], axis=1).astype(float)


def _line(values: np.ndarray) -> str:
    return " ".join(f"{x:.2f}" for x in values)


def _fights(trial: Trial) -> Measured:
    fights, _ = _profile(trial, *_DRIVEN)
    return estimates.ratio(fights[:, 0], fights[:, 4], "fights by site: " + _line(fights.mean(axis=0)))


def _level(trial: Trial, site: int) -> Measured:
    fights, _ = _profile(trial, *_DRIVEN)
    return estimates.mean(fights[:, site], "fights by site: " + _line(fights.mean(axis=0)))


def _lasting(stays: np.ndarray) -> np.ndarray:
    """Mean nights running that a site is held by one player alone [site]."""
    days, number = stays.sum(axis=0)
    return days / np.maximum(number, 1.0)


def _streak(trial: Trial, other: int) -> Measured:
    _, stays = _profile(trial, *_LEFT)
    return estimates.jackknife(lambda x: float(_lasting(x)[5] / _lasting(x)[other]), stays,
                               "nights held by site: " + _line(_lasting(stays)))


def _length_of_stay(trial: Trial) -> Measured:
    _, stays = _profile(trial, *_LEFT)
    return estimates.ratio(stays[:, 0, 0], stays[:, 1, 0], "nights held by site: " + _line(_lasting(stays)))


ROWS = (
    Row("turf-level-first", "nights with a fight at the richest site, losers driven out", "about .60", 0.55, 0.65, "1", _KEY,
        "a twelfth either way", lambda trial: _level(trial, 0), 0.02, given="growth_move_rate of that world"),
    Row("turf-level-fifth", "nights with a fight at the fifth site in that world", ".29", 0.23, 0.35, "1", _KEY, "a fifth: rough profile",
        lambda trial: _level(trial, 4), 0.02),
    Row("turf-richest", "nights with a fight at the richest site over the fifth", "richest most fought over: .60/.29", 1.0, np.inf, "1",
        _KEY, "sign", _fights),
    Row("turf-held-first", "nights held running at the richest site, losers not driven out", "2.5", 2.0, 3.0, "nights", _KEY,
        "a fifth: rough profile", _length_of_stay, 0.3, given="growth_move_rate of that world"),
    Row("turf-middle-over-first", "nights held running at the sixth site over the richest", "longest in the middle: 10/2.5", 1.0, np.inf,
        "1", _KEY, "sign", lambda trial: _streak(trial, 0), 0.2),
    Row("turf-middle-over-last", "nights held running at the sixth site over the poorest", "longest in the middle", 1.0, np.inf, "1", _KEY,
        "sign", lambda trial: _streak(trial, 9), 0.2),
)
