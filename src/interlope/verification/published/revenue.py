"""Revenue: where demand is inelastic, interdiction makes smugglers richer: R ~ (1 - s)^(1 - 1/elasticity), sign flip at 1.

A fifth of the guides is taken from a market in which guides are scarce; the price rises until the crowd matches the guides that are
left (E3). The crowd is fixed, so that its demand curve stays in place, and the opening is chosen so that the elasticity over that
stretch of the logit curve is the stated one.
"""
from __future__ import annotations

from math import log

from .. import estimates, minimal
from ..row import Measured, Row, Trial

_ALPHA, _CUT, _GROUPS, _ROOM, _DAYS = 0.0017, 0.2, 4, 3000, 900


def _change(trial: Trial, elasticity: float, served: float) -> Measured:
    """Revenue with a fifth of guides gone over revenue before. served: part of those considering who are guided before."""
    before, after = served / (1.0 - served), served * (1.0 - _CUT) / (1.0 - served * (1.0 - _CUT))
    price = log(before / after) / _ALPHA / ((1.0 - _CUT) ** (-1.0 / elasticity) - 1.0)
    considering = 0.5
    people = round(_GROUPS * _ROOM / considering / served)
    values = {
        **minimal.CLOSED, "prices_weight": _ALPHA, "prices_unit_cost": 50.0, "choices_price_reference": price,
        "choices_stay_share": 1.0 - served, "choices_guided_share": 1.0 - 1e-9, "choices_attempt_rate": served * -log(1.0 - considering),
        "prices_shadow_rate": 0.06 * 850.0 / price, "prices_adjust_days": 5.0,
    }
    takings = []
    for part in (1.0, 1.0 - _CUT):
        members = round(_ROOM * part)
        states = minimal.open_world(minimal.setting(_DAYS, [members] * _GROUPS), {**values, "choices_guide_capacity": 1.0}, trial,
                                  trial.size(16, 64), people)
        _, series = minimal.follow(states, _DAYS, ["revenue", "price_mean"])
        takings.append(series[:, -300:].mean(axis=1))
    whole, cut = takings
    return estimates.ratio(cut[:, 0], whole[:, 0], f"price {whole[:, 1].mean():.0f} to {cut[:, 1].mean():.0f} EUR")


def _row(elasticity: float, served: float) -> Row:
    exact = (1.0 - _CUT) ** (1.0 - 1.0 / elasticity)
    return Row(f"revenue-{elasticity:g}", f"revenue with a fifth of guides gone, elasticity {elasticity:g}",
               f"(1-s)^(1-1/e) = {exact:.4g}", exact - 0.01, exact + 0.01, "1", "becker2006",
               "one hundredth: some places stay empty on some nights", lambda trial: _change(trial, elasticity, served), 0.003)


ROWS = (_row(0.5, 0.9), _row(1.0, 0.6), _row(2.0, 0.5))
