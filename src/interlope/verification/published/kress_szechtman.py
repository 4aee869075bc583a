"""Kress-Szechtman: without intelligence raids feed what they fight; insurgents settle at (v(1-mu) - mu)/((1-mu)(1+v)).

Police meet people and members alike; a member is hit with chance mu + (1 - mu) I/P, and every person met who is no member brings v new
members (resentment). Nothing else changes the groups; the crowd they live among is fixed.
"""
from __future__ import annotations

from .. import arena, error
from ..row import Luck, Measured, Row

_CROWD, _RATE, _GROUPS, _DAYS = 3000, 0.004, 4, 2500
_RAIDS = {**arena.CLOSED, "raids_found_rate": _RATE, "raids_everyday": 1.0, "raids_arrest_chance": 1.0, "raids_tip_chance": 0.0,
          "raids_leader_chance": 0.0, "raids_moved_share": 0.0}


def _hit_rate(luck: Luck, floor: float, members: int, people: int) -> Measured:
    """Arrests per encounter on one day."""
    states = arena.open_world(arena.setting(1, [members // _GROUPS] * _GROUPS),
                              {**_RAIDS, "raids_found_rate": 0.02, "raids_hit_floor": floor}, luck, luck.pick(1000, 20000), people)
    _, history = arena.follow(states, 1, ["members_arrested", "found"])
    return error.ratio(history[:, 0, 0], history[:, 0, 1])


def _share(luck: Luck, floor: float, v: float) -> Measured:
    """Members' part of all in the long run, from half of all on the first morning."""
    frame = arena.setting(_DAYS, [_CROWD // _GROUPS] * _GROUPS)
    states = arena.open_world(frame, {**_RAIDS, "raids_hit_floor": floor, "raids_resentment": v}, luck, luck.pick(24, 200), _CROWD)
    _, history = arena.follow(states, _DAYS, ["members", "waiting"])
    last = history[:, -500:]
    note = f"{last[:, :, 0].mean():.0f} members among {last[:, :, 1].mean():.0f}"
    return error.mean((last[:, :, 0] / last.sum(axis=2)).mean(axis=1), note)


def _row(name: str, floor: float, v: float) -> Row:
    exact = max(0.0, (v * (1.0 - floor) - floor) / ((1.0 - floor) * (1.0 + v)))
    end = "eradicated, mu > v/(1+v)" if exact == 0.0 else f"I*/P = {exact:.4g}"
    return Row(f"raids-{name}", f"members' part of all in the long run, mu {floor:g}, v {v:g}", end, exact - 0.005 if exact else 0.0,
               exact + 0.005, "1", "kressszechtman2009", "half a hundredth: days are finite steps", lambda luck: _share(luck, floor, v),
               0.005)


ROWS = (
    Row("raids-hit-rate", "arrests per encounter, mu 0.2, members three eighths of all", "mu + (1-mu) I/P = 0.5", 0.5, 0.5, "1",
        "kressszechtman2009", "exact", lambda luck: _hit_rate(luck, 0.2, 1500, 2500), 0.005),
    _row("equilibrium", 0.2, 1.0), _row("near-the-edge", 0.4, 1.0), _row("eradication", 0.6, 1.0),
)
