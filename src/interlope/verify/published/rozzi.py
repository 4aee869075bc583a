"""Rozzi, Giovannetti, Pin & Campana: the richest ground is fought over most, ground of middling worth is held longest.

Ten players and ten sites of worth 173 to 26; a night is a period. A player weighs V = U - c/Q with c = 5 and exploration 10, in units of
the sites' mean worth; nobody is driven out, those who met choose anew. The kernel learns Q by its own rule within a night and
considers one other site at a time, so with c = 5 only signs are compared. For the levels, the weight of risk is first set so that the
richest site is fought over in 60 % of nights, as published; the fifth site then follows.
"""
from __future__ import annotations

from functools import cache

import numpy as np

from ...model.simulate import advance
from ...quantities import INDEX
from .. import arena, error
from ..row import Luck, Measured, Row

_WORTH = np.array([173, 125, 100, 76, 63, 51, 42, 35, 29, 26], dtype=float)
_SITES, _BURN, _COST, _EXPLORATION = 10, 60, 5.0, 10.0
_SET = 0.4  # weight of risk, in mean worths, at which the richest site is fought over in 60 % of nights
_KEY = "rozzi"


@cache
def _profile(luck: Luck, cost: float) -> tuple[np.ndarray, np.ndarray]:
    """Part of nights with a fight [r, site] and mean nights running that one player alone holds a site [r, site]."""
    nights, replicates = luck.pick(240, 800), luck.pick(24, 64)
    values = {
        **arena.QUIET, "growth_move_rate": 1.0, "growth_new_ground": 1.0, "growth_expand": 0.0, "growth_consolidate": 0.0,
        "growth_ground_choice": _WORTH.mean() / _EXPLORATION, "growth_clash_cost": cost, "growth_ground_days": 0.3,
        "choices_memory_days": 0.5, "clashes_base": 100.0,
    }
    frame = arena.setting(_BURN + nights, np.eye(_SITES), worth=_WORTH)
    states = arena.open_world(frame, values, luck, replicates)
    states, _ = advance(states, _BURN)
    fights = np.zeros((replicates, _SITES))
    held = np.zeros((nights, replicates, _SITES), dtype=int)
    for night in range(nights):
        states, recorded = advance(states, _BURN + night + 1, detail="s")
        assert recorded.detail is not None
        fights += recorded.detail[:, 0, INDEX["clashes"]] > 0
        present = states.array("members") > 0
        held[night] = np.where(present.sum(axis=1) == 1, present.argmax(axis=1), -1)
    kept = held >= 0
    begun = kept & np.concatenate([np.ones((1, replicates, _SITES), dtype=bool), held[1:] != held[:-1]])
    return fights / nights, kept.sum(axis=0) / np.maximum(begun.sum(axis=0), 1)


def _text(values: np.ndarray) -> str:
    return " ".join(f"{x:.2f}" for x in values.mean(axis=0))


def _fights(luck: Luck) -> Measured:
    fights, _ = _profile(luck, _COST / _WORTH.mean())
    return error.ratio(fights[:, 0], fights[:, 4], "fights by site: " + _text(fights))


def _streak(luck: Luck, other: int) -> Measured:
    _, streaks = _profile(luck, _COST / _WORTH.mean())
    return error.ratio(streaks[:, 5], streaks[:, other], "nights held by site: " + _text(streaks))


def _level(luck: Luck, site: int) -> Measured:
    fights, _ = _profile(luck, _SET)
    return error.mean(fights[:, site], "fights by site: " + _text(fights))


ROWS = (
    Row("turf-richest", "nights with a fight at the richest site over the fifth", "richest most fought over: .60/.29", 1.0, np.inf, "1",
        _KEY, "sign", _fights),
    Row("turf-middle-over-first", "nights held running at the sixth site over the richest", "longest in the middle: 10/2.5", 1.0, np.inf,
        "1", _KEY, "sign", lambda luck: _streak(luck, 0), 0.2),
    Row("turf-middle-over-last", "nights held running at the sixth site over the poorest", "longest in the middle", 1.0, np.inf, "1", _KEY,
        "sign", lambda luck: _streak(luck, 9), 0.2),
    Row("turf-level-first", "nights with a fight at the richest site, weight of risk set for it", "about .60", 0.55, 0.65, "1", _KEY,
        "set, not tested", lambda luck: _level(luck, 0), 0.02),
    Row("turf-level-fifth", "nights with a fight at the fifth site in that world", ".29", 0.23, 0.35, "1", _KEY, "a fifth: rough profile",
        lambda luck: _level(luck, 4), 0.02),
)
