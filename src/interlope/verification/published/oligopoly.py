"""Oligopoly: sellers facing logit buyers add a markup of 1/(price weight (1 - share)) (Anderson, de Palma & Thisse 1992).

A fixed crowd tries every day and guides are plentiful, so prices settle. Shares are read off the days' own choices: the
recorded part that goes alone, whose weight is known, gives the weight of all that is guided, and of staying.
"""
from __future__ import annotations

import numpy as np

from .. import estimates, minimal
from ..row import Measured, Row, Trial

_ALPHA, _COST, _DAYS, _PEOPLE = 0.0017, 300.0, 500, 7000
_MARKET = {**minimal.CLOSED, "prices_weight": _ALPHA, "prices_unit_cost": _COST}


def _settle(trial: Trial, groups: int, values: dict[str, float], owner: tuple[int, ...] = ()) -> tuple[np.ndarray, np.ndarray]:
    """Prices in the end [r, g], and (self_guided_share, share_command, revenue, attempts) of the last 100 days [r, day, 4]."""
    states = minimal.open_world(minimal.setting(_DAYS, [50] * groups), {**_MARKET, **values}, trial, trial.size(32, 128), _PEOPLE)
    for g, who in enumerate(owner):
        states.array("owner")[:, g] = who
        states.array("tie")[:, g] = 2 if who else 0
    states, series = minimal.follow(states, _DAYS, ["self_guided_share", "share_command"])
    return states.array("price")[:, :, 0], series[:, -100:]


def _identity(trial: Trial, owner: tuple[int, ...], firm: str) -> Measured:
    """Markup times alpha (1 - share) of one firm out of four groups; share of all who consider, staying included."""
    staying, guided = 0.3, 0.85
    values = {"choices_stay_share": staying, "choices_guided_share": guided, "takeover_tribute_share": 0.0}
    prices, series = _settle(trial, 4, values, owner)
    stay, alone = staying / (1.0 - staying) / guided, (1.0 - guided) / guided
    part = series[:, :, 0].mean(axis=1)
    sold = alone * (1.0 - part) / part
    command = series[:, :, 1].mean(axis=1)
    free = owner.count(0) if owner else 4
    own = command if firm == "command" else (1.0 - command) / free
    share = own * sold / (sold + stay + alone)
    price = prices[:, 0 if firm == "command" else 3]
    return estimates.mean(_ALPHA * (price - _COST) * (1.0 - share), f"share {share.mean():.3f}, price {price.mean():.0f} EUR")


def _closed(trial: Trial, groups: int) -> Measured:
    """Price of equal sellers whose buyers neither stay away nor go alone, over unit cost, in units of 1/alpha."""
    prices, _ = _settle(trial, groups, {"choices_stay_share": 1e-9, "choices_guided_share": 1.0 - 1e-9})
    return estimates.mean(_ALPHA * (prices.mean(axis=1) - _COST))


def _closed_row(groups: int) -> Row:
    exact = groups / (groups - 1.0)
    return Row(f"oligopoly-{groups}-sellers", f"markup of {groups} equal sellers without outside option, times the price weight",
               f"n/(n-1) = {exact:.4g}", exact * 0.999, exact * 1.001, "1", "anderson1992", "0.1 %: prices settle within 500 days",
               lambda trial: _closed(trial, groups), 0.002)


def _identity_row(name: str, what: str, owner: tuple[int, ...], firm: str) -> Row:
    return Row(name, what, "markup = 1/(alpha (1 - S))", 0.995, 1.005, "1", "anderson1992", "0.5 %: shares are read off finite days",
               lambda trial: _identity(trial, owner, firm), 0.002)


ROWS = (
    _identity_row("oligopoly-markup", "markup times alpha (1 - share), four sellers with outside options", (), "free"),
    _identity_row("oligopoly-command", "the same for three sellers under one command", (1, 1, 1, 0), "command"),
    _identity_row("oligopoly-fringe", "the same for the one seller who is not", (1, 1, 1, 0), "free"),
    _closed_row(2), _closed_row(5),
)
