"""Smith & Varese 2001: under a feared name a group pays at once from belief i = m/D (one demand) or 2m/(m + D) (two), else refuses first.

Two groups show the name, one genuine and one not; many share a sector with one of them. The opening belief is swept, and the
first answer is read off the recorded refusals and payments. Once beliefs are settled nothing happens but payments: punishment, the
violence in this story, comes back only after shocks that bring doubt.
"""
from __future__ import annotations

from functools import cache

import numpy as np

from ...model.simulate import States
from .. import estimates, minimal
from ..row import Measured, Row, Trial

_GROUPS, _PEOPLE, _RATIO = 4, 4000, 0.3
_MARKET = {**minimal.CLOSED, "extortion_rate": 1.0, "extortion_ratio": _RATIO, "extortion_doubt_rate": 0.0, "extortion_payment": 0.01,
           "clashes_lethal": 0.0, "symbols_adopt_rate": 0.0, "symbols_dilution": 0.0}


def _world(trial: Trial, days: int, replicates: int, genuine: bool, values: dict[str, float | np.ndarray]) -> States:
    """A market whose first group shows the name, with or without a tie to its owners."""
    states = minimal.open_world(minimal.setting(days, [50] * _GROUPS), {**_MARKET, **values}, trial, replicates, _PEOPLE)
    states.array("symbol")[:, 0] = 1
    states.array("tie")[:, 0] = 1 if genuine else 0
    return states


@cache
def _edge(trial: Trial, discount: float) -> tuple[float, float]:
    """Largest belief at which all refuse first, and least at which all pay at once."""
    beliefs = (np.arange(trial.size(500, 5000)) + 0.5) / trial.size(500, 5000)
    states = _world(trial, 1, len(beliefs), True, {"extortion_belief": beliefs, "extortion_discount": discount})
    _, series = minimal.follow(states, 1, ["refusals"])
    refused = series[:, 0, 0]
    return float(beliefs[refused == _GROUPS - 1].max()), float(beliefs[refused == 0].min())


def _boundary(trial: Trial, discount: float) -> Measured:
    below, above = _edge(trial, discount)
    return Measured(0.5 * (below + above), 0.0, f"all refuse up to {below:.4f}, all pay from {above:.4f}")


@cache
def _violence(trial: Trial, doubt: float, genuine: bool) -> np.ndarray:
    """Punishments a day and group [r, day] when groups at first are inclined to refuse."""
    days = 300
    states = _world(trial, days, trial.size(64, 512), genuine,
                    {"extortion_belief": 0.2, "extortion_doubt_rate": doubt, "extortion_discount": 0.5})
    _, series = minimal.follow(states, days, ["punishments"])
    return series[:, :, 0] / (_GROUPS - 1)


def _boundary_row(name: str, discount: float, text: str, exact: float) -> Row:
    return Row(f"names-{name}", f"belief from which groups pay at once, m/D {_RATIO:g}, discount {discount:g}", f"{text} = {exact:.4g}",
               exact - 0.002, exact + 0.002, "1", "smithvarese2001", "the step of the sweep", lambda trial: _boundary(trial, discount))


ROWS = (
    _boundary_row("one-demand", 0.0, "m/D", _RATIO),
    _boundary_row("two-demands", 0.5, "2m/(m+D)", 2.0 * _RATIO / (_RATIO + 1.0)),
    Row("names-first-days", "punishments a group in the first days, genuine name, inclined to refuse", "each is punished once", 1.0, 1.0,
        "1", "smithvarese2001", "exact", lambda trial: estimates.mean(_violence(trial, 0.0, True)[:, :5].sum(axis=1))),
    Row("names-settled", "punishments afterwards without shocks", "none", 0.0, 0.0, "1/day", "smithvarese2001", "exact",
        lambda trial: estimates.mean(_violence(trial, 0.0, True)[:, 5:].mean(axis=1))),
    Row("names-shocked", "punishments a group and day afterwards, where doubt returns at 0.02 a day", "only after shocks, as often", 0.019,
        0.02, "1/day", "smithvarese2001", "5 %: a doubt is answered a day later",
        lambda trial: estimates.mean(_violence(trial, 0.02, True)[:, 5:].mean(axis=1)), 0.001),
    Row("names-false", "punishments by those who only show the name", "none", 0.0, 0.0, "1/day", "smithvarese2001", "exact",
        lambda trial: estimates.mean(_violence(trial, 0.02, False).mean(axis=1))),
)
