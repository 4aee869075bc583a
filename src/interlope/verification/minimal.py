"""Minimal: small worlds reduced to the mechanisms that a published result is about.

Nothing is bypassed: the same kernel runs, with other rates at zero and an opening that is stated exactly. `QUIET` holds no
police, no growth, no clashes and nobody on the move; `CLOSED` keeps a fixed crowd that tries every day and never gets across, so
that a market stands still and can be read.
"""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from ..model.setting import Setting
from ..model.simulate import States, advance, begin, set_people
from ..quantities import INDEX, SERIES
from .row import Trial

START = date(2001, 1, 1)
Values = Mapping[str, np.ndarray | float]
QUIET: dict[str, float] = {
    "demand_level": 0.0, "earnings_wage": 0.0, "growth_recruit_rate": 0.0, "growth_loss_rate": 0.0, "growth_crowd_rate": 0.0,
    "growth_entry_rate": 0.0, "growth_move_rate": 0.0, "growth_end_size": 0.0, "truces_rate": 0.0, "raids_found_rate": 0.0,
    "raids_start_rate": 0.0, "raids_answer": 0.0, "escalation_armed_base": 0.0, "clashes_base": 0.0, "clashes_lethal": 0.0,
    "clashes_branching": 0.0, "clashes_cede_chance": 0.0, "clashes_readiness_effect": 0.0, "radicalisation_clash": 0.0,
    "extortion_rate": 0.0, "crossings_skill_sd": 0.0,
}
CLOSED: dict[str, float] = {
    **QUIET, "demand_leave_rate": 0.0, "choices_weather_sd": 0.0, "choices_tempo": 1.0, "choices_risk_weight": 0.0,
    "choices_danger_weight": 0.0, "choices_guide_capacity": 1000.0, "prices_cost_trend": 0.0, "prices_risk_passthrough": 0.0,
    "prices_shadow_rate": 0.0, "crossings_prevented": 0.999999, "crossings_death": 0.0, "crossings_injury": 0.0,
    "crossings_violence": 0.0, "crossings_swamping": 1e12, "escalation_crossing_attacks": 0.0, "earnings_deposit_share": 1.0,
    "earnings_bribe_share": 0.0,
}
_CELLS = 16_000_000  # recorded numbers in memory at a time


def setting(days: int, members: np.ndarray | Sequence[float], *, groups: int | None = None, operation: Mapping[int, float] | None = None,
            hostility: np.ndarray | None = None, worth: np.ndarray | None = None) -> Setting:
    """A flat world of one client class that opens with these members [g] (one sector) or [g, s], and room for so many `groups`.

    Parameters
    ----------
    days : int
        Length [days].
    members : ndarray
        Members at the opening [g] or [g, s].
    groups : int, optional
        Groups that there is room for; those that open when None.
    operation : mapping of int to float, optional
        Intensity of imposed police operations by day.
    hostility : ndarray, optional
        K_gh, the rate at which h harms g [g, g].
    worth : ndarray, optional
        What a sector yields [EUR/day, s].

    Returns
    -------
    Setting
        The world.
    """
    given = np.asarray(members, dtype=np.int64)
    given = given[:, None] if given.ndim == 1 else given
    opening = np.zeros((groups or len(given), given.shape[1]), dtype=np.int64)
    opening[: len(given)] = given
    last = START + timedelta(days=days - 1)
    months = (last.year - START.year) * 12 + last.month - START.month + 1
    imposed = np.zeros(days)
    for day, intensity in (operation or {}).items():
        imposed[day] = intensity
    return Setting(START, days, opening.shape[1], len(opening), 0, ("anyone",), np.zeros(1), np.ones(1), np.ones((months, 1)),
                   np.ones(12), np.zeros(months), imposed, days, opening, hostility, worth)


def open_world(setting: Setting, values: Values, trial: Trial, replicates: int, people: int = 0) -> States:
    """Worlds of this setting with so many people at the border on the first morning."""
    states = begin(setting, values, None, trial.seed, np.arange(replicates))
    set_people(states, "waiting", people)
    set_people(states, "transit", 0)
    return states


def follow(states: States, to_day: int, series: Sequence[str], controls: np.ndarray | None = None) -> tuple[States, np.ndarray]:
    """Run worlds and return a few recorded series with the states: float64 [r, day, series].

    Raises
    ------
    ArithmeticError
        When a replicate did not run to its end.
    """
    wanted = [INDEX[name] for name in series]
    chunks = []
    step = max(1, _CELLS // (len(states.stream_ids) * len(SERIES)))
    while states.day < to_day:
        states, recorded = advance(states, min(to_day, states.day + step), controls=controls)
        chunks.append(recorded.series[:, :, wanted].astype(np.float64))
    if states.status.any():
        raise ArithmeticError(f"{int((states.status != 0).sum())} replicates did not run to their end")
    return states, np.concatenate(chunks, axis=1)
