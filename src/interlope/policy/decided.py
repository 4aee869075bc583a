"""Decided: posterior draws on the morning of the decision, from which every option gets a copy and the same random streams.

Each draw runs to that day along its own streams, with its numbers of levers, and gets fresh streams from there on.
"""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import numpy as np

from interlope.ensemble import streams
from interlope.levers.option import Option
from interlope.model.params import neutral_controls
from interlope.model.setting import Setting
from interlope.policy.comparison import Draws, Engine
from interlope.policy.lever_numbers import draw_numbers
from interlope.policy.outcome import measure
from interlope.scenario.case import Case


@dataclass(frozen=True, eq=False)
class Decided:
    """Draws on the morning of the decision.

    Attributes
    ----------
    states : States
        What the simulator goes on from.
    before : ndarray
        Outcomes of the days before the decision [r, outcome].
    complete : ndarray
        Whether each draw came that far [r].
    """

    states: Any
    before: np.ndarray
    complete: np.ndarray


def make_setting(case: Case, days: int) -> Setting:
    """The setting of a comparison of so many days: imposed is what was known before the decision."""
    start = case.decision.start
    return case.setting(start + timedelta(days=days - 1), start - timedelta(days=1))


def decide(engine: Engine, case: Case, draws: Draws, picked: np.ndarray, setting: Setting, seed: int, first: int) -> Decided:
    """Run draws to the day of decision.

    Parameters
    ----------
    engine : Engine
        The simulator.
    case : Case
        The case.
    draws : Draws
        Posterior draws.
    picked : ndarray of int
        Which of them [r].
    setting : Setting
        As `make_setting` gives it.
    seed : int
        Seed of the days after the decision.
    first : int
        Number of the first of these draws' fresh streams: the same for every option, different for copies of one draw.

    Returns
    -------
    Decided
    """
    decided = case.day(case.decision.start)
    values = {name: np.asarray(v)[picked] for name, v in draws.values.items()}
    values |= draw_numbers(case, np.asarray(draws.hypothesis)[picked], picked, seed)
    innovations, past = _innovations(case, draws, picked, setting.months), draws.streams.take(picked)
    states = engine.begin(setting, values, innovations, past.seed, past.ids[:, 0])
    states, _ = streams.advance(engine, states, past, decided - case.decision.today)
    states, recorded = streams.advance(engine, states, past, decided)
    fresh = engine.begin(setting, values, innovations, seed, np.arange(first, first + len(picked), dtype=np.int64))
    fresh.buffer[...] = states.buffer
    return Decided(replace(fresh, day=states.day, status=states.status), measure(recorded), np.asarray(states.status) == 0)


def controls_of(option: Option, decided: int, days: int) -> np.ndarray:
    """Controls [day, control] of every day of the run, neutral before the decision."""
    return np.concatenate([neutral_controls(decided), option.controls(days)])


def _innovations(case: Case, draws: Draws, picked: np.ndarray, months: int) -> np.ndarray:
    """Demand innovations [n, months]; months after that of the decision are left to the simulator (NaN)."""
    result = np.full((len(picked), months), np.nan)
    if draws.innovations is not None:
        start, decided = case.start, case.decision.start
        known = (decided.year - start.year) * 12 + decided.month - start.month + 1
        known = min(known, draws.innovations.shape[1], months)
        result[:, :known] = np.asarray(draws.innovations)[picked, :known]
    return result
