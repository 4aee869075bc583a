"""Contest: the stronger wins by the contest function, and organisations enter while a place pays (Tullock; Skaperdas 1996)."""
from __future__ import annotations

from .. import arena, error
from ..row import Luck, Measured, Row

_LARGE, _SMALL = 30, 10


def _wins(luck: Luck, decisive: float) -> Measured:
    """Part of clashes that the larger group wins, read off the pressure to retaliate that losers are left with."""
    replicates = luck.pick(4000, 40000)
    values = {**arena.QUIET, "clashes_base": 20.0, "clashes_branching": 0.5, "clashes_decisive": decisive}
    states = arena.open_world(arena.setting(1, [_LARGE, _SMALL]), values, luck, replicates)
    states, _ = arena.follow(states, 1, ["clashes"])
    heat = states.array("heat")
    return error.ratio(heat[:, 1, 0], heat[:, 1, 0] + heat[:, 0, 1])


def _entrants(luck: Luck, room: int) -> Measured:
    """Organisations in the end, where the yearly rent is (room + 1/2)^2 times the cost of a place."""
    replicates, days, groups, people = luck.pick(64, 512), 500, 4, 4000
    market = {**arena.CLOSED, "takeover_absorption_rate": 1.0, "takeover_arrival_day": 0.0, "takeover_force": 1e9,
              "takeover_tribute_share": 0.0, "takeover_offer_share": 1.0, "takeover_defect_rate": 0.0, "copycats_entry_cost": 1e15}
    frame = arena.setting(days, [50] * groups)
    states = arena.open_world(frame, market, luck, replicates, people)
    _, history = arena.follow(states, days, ["profit"])
    rent = 365.0 * history[:, -200:, 0].mean()
    entry = {**market, "copycats_imitation": 1000.0, "copycats_entry_cost": rent / (room + 0.5) ** 2}
    states = arena.open_world(frame, entry, luck, replicates, people)
    _, history = arena.follow(states, days, ["organisations", "share_command"])
    return error.mean(history[:, -1, 0], f"all under command: {history[:, -1, 1].min():.3f} of guided attempts")


def _chance(decisive: float) -> float:
    return _LARGE**decisive / (_LARGE**decisive + _SMALL**decisive)


def _win_row(decisive: float) -> Row:
    chance = _chance(decisive)
    return Row(f"contest-wins-{decisive:g}", f"clashes won by {_LARGE} against {_SMALL}, decisiveness {decisive:g}",
               f"x^m/(x^m + y^m) = {chance:g}", chance, chance, "1", "skaperdas1996", "exact", lambda luck: _wins(luck, decisive), 0.01)


def _entry_row(room: int) -> Row:
    return Row(f"contest-entry-{room}", f"organisations that enter at rent {(room + 0.5) ** 2:g} times the cost of a place",
               f"floor(sqrt(R/F)) = {room}", room, room, "organisations", "tullock1980", "exact", lambda luck: _entrants(luck, room), 0.05)


ROWS = (_win_row(1.0), _win_row(2.0), _entry_row(2), _entry_row(3))
