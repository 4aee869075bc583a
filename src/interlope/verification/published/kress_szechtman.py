"""Kress-Szechtman: without intelligence raids feed what they fight; insurgents settle at (v(1-mu) - mu)/((1-mu)(1+v)).

Police meet people and members alike; a member is hit with chance mu + (1 - mu) I/P, and every person met who is no member brings v new
members (resentment). Nothing else changes the groups; the crowd they live among is fixed.
"""
from __future__ import annotations

from .. import estimates, minimal
from ..row import Measured, Row, Trial

_CROWD, _RATE, _GROUPS, _DAYS = 3000, 0.004, 4, 2500
_RAIDS = {**minimal.CLOSED, "raids_found_rate": _RATE, "raids_everyday": 1.0, "raids_arrest_chance": 1.0, "raids_tip_chance": 0.0,
          "raids_leader_chance": 0.0, "raids_moved_share": 0.0}


def _hit_rate(trial: Trial, floor: float, members: int, people: int) -> Measured:
    """Arrests per encounter on one day."""
    states = minimal.open_world(minimal.setting(1, [members // _GROUPS] * _GROUPS),
                              {**_RAIDS, "raids_found_rate": 0.02, "raids_hit_floor": floor}, trial, trial.size(1000, 20000), people)
    _, series = minimal.follow(states, 1, ["members_arrested", "encounters"])
    return estimates.ratio(series[:, 0, 0], series[:, 0, 1])


def _share(trial: Trial, floor: float, v: float) -> Measured:
    """Members' part of all in the long run, from half of all on the first morning."""
    setting = minimal.setting(_DAYS, [_CROWD // _GROUPS] * _GROUPS)
    states = minimal.open_world(setting, {**_RAIDS, "raids_hit_floor": floor, "raids_resentment": v}, trial, trial.size(24, 200), _CROWD)
    _, series = minimal.follow(states, _DAYS, ["members", "waiting"])
    last = series[:, -500:]
    note = f"{last[:, :, 0].mean():.0f} members among {last[:, :, 1].mean():.0f}"
    return estimates.mean((last[:, :, 0] / last.sum(axis=2)).mean(axis=1), note)


def _row(name: str, floor: float, v: float) -> Row:
    exact = max(0.0, (v * (1.0 - floor) - floor) / ((1.0 - floor) * (1.0 + v)))
    end = "eradicated, mu > v/(1+v)" if exact == 0.0 else f"I*/P = {exact:.4g}"
    return Row(f"raids-{name}", f"members' part of all in the long run, mu {floor:g}, v {v:g}", end, exact - 0.005 if exact else 0.0,
               exact + 0.005, "1", "kressszechtman2009", "half a hundredth: days are finite steps", lambda trial: _share(trial, floor, v),
               0.005)


ROWS = (
    Row("raids-hit-rate", "arrests per encounter, mu 0.2, members three eighths of all", "mu + (1-mu) I/P = 0.5", 0.5, 0.5, "1",
        "kressszechtman2009", "exact", lambda trial: _hit_rate(trial, 0.2, 1500, 2500), 0.005),
    _row("equilibrium", 0.2, 1.0), _row("near-the-edge", 0.4, 1.0), _row("eradication", 0.6, 1.0),
)
