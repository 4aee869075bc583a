"""Contest: the stronger wins by the contest function, and organisations enter while a place pays (Tullock; Skaperdas 1996).

Effort: ground that yields R a day is shared by those present by their number, and each costs a wage, so that a group's members are its
effort and the contest has m = 1. All others are fixed at the published effort; one group's members are swept from world to world, and
what its day earned in money is read off its purse. The effort is stated, not chosen: the kernel's groups grow by what they earn.
"""
from __future__ import annotations

from functools import cache

import numpy as np

from .. import estimates, minimal
from ..row import Measured, Row, Trial

_LARGE, _SMALL = 30, 10


def _wins(trial: Trial, decisive: float) -> Measured:
    """Part of clashes that the larger group wins, read off the pressure to retaliate that losers are left with."""
    replicates = trial.size(4000, 40000)
    values = {**minimal.QUIET, "clashes_base": 20.0, "clashes_branching": 0.5, "clashes_decisive": decisive}
    states = minimal.open_world(minimal.setting(1, [_LARGE, _SMALL]), values, trial, replicates)
    states, _ = minimal.follow(states, 1, ["clashes"])
    heat = states.array("heat")
    return estimates.ratio(heat[:, 1, 0], heat[:, 1, 0] + heat[:, 0, 1])


def _entrants(trial: Trial, capacity: int) -> Measured:
    """Organisations in the end, where the yearly rent is (capacity + 1/2)^2 times the cost of a place."""
    replicates, days, groups, people = trial.size(64, 512), 500, 4, 4000
    market = {**minimal.CLOSED, "takeover_absorption_rate": 1.0, "takeover_arrival_day": 0.0, "takeover_force": 1e9,
              "takeover_tribute_share": 0.0, "takeover_offer_share": 1.0, "takeover_defect_rate": 0.0, "copycats_entry_cost": 1e15}
    setting = minimal.setting(days, [50] * groups)
    states = minimal.open_world(setting, market, trial, replicates, people)
    _, series = minimal.follow(states, days, ["profit"])
    rent = 365.0 * series[:, -200:, 0].mean()
    entry = {**market, "copycats_imitation": 1000.0, "copycats_entry_cost": rent / (capacity + 0.5) ** 2}
    states = minimal.open_world(setting, entry, trial, replicates, people)
    _, series = minimal.follow(states, days, ["organisations", "share_command"])
    return estimates.mean(series[:, -1, 0], f"all under command: {series[:, -1, 1].min():.3f} of guided attempts")


@cache
def _one_day(groups: int, prize: float) -> tuple[np.ndarray, np.ndarray]:
    """Efforts of one group [r] from nothing to thrice the published one, and what the day brought each group, EUR [r, g].

    One client class without people, no draw on cash, no arms: a group's purse is worth what the ground brought less wages.
    """
    usual = round(prize * (groups - 1) / groups**2)
    efforts = np.arange(1, 3 * usual)
    values = {**minimal.CLOSED, "earnings_wage": 1.0, "earnings_draw_rate": 0.0, "earnings_arms_share": 0.0}
    setting = minimal.setting(1, [usual] * groups, worth=np.array([prize]))
    states = minimal.open_world(setting, values, Trial(0, False), len(efforts))
    states.array("members")[:, 0, 0] = efforts
    before = states.array("cash").copy()
    states, _ = minimal.follow(states, 1, ["profit"])
    return efforts, states.array("cash") - before


def _best_effort(groups: int, prize: float) -> Measured:
    efforts, brought = _one_day(groups, prize)
    best = int(brought[:, 0].argmax())
    return Measured(float(efforts[best]), 0.0, f"it brings {brought[best, 0]:.1f} EUR, one less or more {brought[best - 1, 0]:.4f}, "
                                               f"{brought[best + 1, 0]:.4f}")


def _dissipated(groups: int, prize: float) -> Measured:
    """Part of the prize that efforts eat up where none can do better."""
    _, brought = _one_day(groups, prize)
    return Measured(float(1.0 - brought[brought[:, 0].argmax()].sum() / prize), 0.0)


def _chance(decisive: float) -> float:
    return _LARGE**decisive / (_LARGE**decisive + _SMALL**decisive)


def _win_row(decisive: float) -> Row:
    chance = _chance(decisive)
    return Row(f"contest-wins-{decisive:g}", f"clashes won by {_LARGE} against {_SMALL}, decisiveness {decisive:g}",
               f"x^m/(x^m + y^m) = {chance:g}", chance, chance, "1", "skaperdas1996", "exact", lambda trial: _wins(trial, decisive), 0.01)


def _entry_row(capacity: int) -> Row:
    return Row(f"contest-entry-{capacity}", f"organisations that enter at rent {(capacity + 0.5) ** 2:g} times the cost of a place",
               f"floor(sqrt(R/F)) = {capacity}", capacity, capacity, "organisations", "tullock1980", "exact",
               lambda trial: _entrants(trial, capacity), 0.05)


def _effort_rows(groups: int, prize: float) -> tuple[Row, Row]:
    effort, lost = prize * (groups - 1) / groups**2, (groups - 1) / groups
    return (
        Row(f"contest-effort-{groups}", f"effort that none of {groups} groups can better, prize {prize:g}, m = 1",
            f"m(n-1)R/n^2 = {effort:g}", effort, effort, "members", "tullock1980", "exact", lambda trial: _best_effort(groups, prize)),
        Row(f"contest-dissipation-{groups}", f"part of the prize that {groups} groups spend on winning it", f"m(n-1)/n = {lost:g}", lost,
            lost, "1", "tullock1980", "exact", lambda trial: _dissipated(groups, prize), 1e-9),
    )


ROWS = (_win_row(1.0), _win_row(2.0), _entry_row(2), _entry_row(3), *_effort_rows(2, 400.0), *_effort_rows(5, 1000.0))
