"""Prieto-Curiel, Campedelli & Hope 2023: cartels recruit, fight, are arrested and crowd; only less recruitment lowers violence.

Three groups with a network of hostility against their deterministic limit; the aggregate model against its closed form and their
twenty stochastic runs; many groups for the signs of policies. Their network file is theirs: the groups here have one hostility
between all, one third (no rivals, two allies each), and so only signs are compared; `--network` runs a network of your own.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np

from ...model.params import CONTROL_INDEX
from ...model.simulate import clone, neutral_controls
from .. import cartels, estimates, minimal
from ..row import Measured, Row, Trial

_THREE = np.array([[0.0, 2.0, 1.0], [2.0 / 3.0, 0.0, 1.0 / 3.0], [0.5, 0.5, 0.0]])
_START = np.array([60000, 35000, 20000])
_LIMIT = (38176.57, 33225.85, 24187.93)
_WEEKS, _SOON = 520, 26
_FIRST = date(1965, 1, 1)
_KEY = "prietocuriel2023"


@cache
def _three(trial: Trial) -> tuple[np.ndarray, np.ndarray]:
    """Members in week 520 [r, g], and deaths a week over the half years before and after it [r]."""
    setting = cartels.setting(_WEEKS + _SOON, _START, _THREE)
    states = minimal.open_world(setting, cartels.values(5e-9), trial, trial.size(64, 256))
    states, before = minimal.follow(states, _WEEKS * cartels.WEEK, ["group_deaths"])
    members = states.array("members")[:, :, 0].astype(float).copy()
    _, after = minimal.follow(states, setting.days, ["group_deaths"])
    near = np.concatenate([before[:, -_SOON * cartels.WEEK :, 0], after[:, :, 0]], axis=1)
    return members, near.mean(axis=1) * cartels.WEEK


@cache
def _aggregate(trial: Trial) -> dict[int, np.ndarray]:
    """Members on the first of January by year [r]: one group of 23,000 on the first of January 1965."""
    arrests, deaths, rho = 5700.0 / 52.0 / 175000.0, 6500.0 / 52.0 / 175000.0, 370.0 / 175000.0
    days = (date(2027, 1, 1) - _FIRST).days
    values = cartels.values(0.0, rho=rho, eta=0.0, omega=(rho - arrests - deaths) / 600000.0)
    values |= {"growth_loss_rate": deaths / cartels.WEEK, "raids_found_rate": arrests / cartels.WEEK, "raids_everyday": 1.0,
               "raids_arrest_chance": 1.0, "raids_tip_chance": 0.0, "raids_leader_chance": 0.0}
    states = minimal.open_world(minimal.setting(days, [23000]), values, trial, trial.size(32, 128))
    members = {}
    for year in (2012, 2022, 2027):
        states, _ = minimal.follow(states, (date(year, 1, 1) - _FIRST).days, ["members"])
        members[year] = states.array("members")[:, 0, 0].astype(float).copy()
    return members


def change(trial: Trial, members: np.ndarray, hostility: np.ndarray, weeks: int = _WEEKS, then: int = 260) -> dict[str, np.ndarray]:
    """Change in per cent from week 520 to five years later of deaths and size [r, 2], as it is and under two policies."""
    setting = cartels.setting(weeks + then + _SOON, members, hostility)
    states = minimal.open_world(setting, cartels.values(), trial, trial.size(4, 16))
    day = weeks * cartels.WEEK
    states, series = minimal.follow(states, day, ["group_deaths", "members"])
    near = _SOON * cartels.WEEK
    changes = {"start": np.stack([series[:, -near:, 0].mean(axis=1) * cartels.WEEK, series[:, -1, 1]], axis=1)}
    for name in ("same", "recruitment", "incapacitation"):
        controls = neutral_controls(setting.days)
        params = states.params.copy()
        if name == "recruitment":
            controls[:, CONTROL_INDEX["recruit_factor"]] = 0.5
        if name == "incapacitation":
            params["growth_removal"] *= 2.0
        branch = replace(clone(states), params=params)
        _, after = minimal.follow(branch, setting.days, ["group_deaths", "members"], controls)
        last = np.stack([after[:, -2 * near :, 0].mean(axis=1) * cartels.WEEK, after[:, -near, 1]], axis=1)
        centre = np.stack([(series[:, -near:, 0].sum(axis=1) + after[:, :near, 0].sum(axis=1)) / (2 * near) * cartels.WEEK,
                           series[:, -1, 1]], axis=1)
        changes[name] = 100.0 * (last / (centre if name == "same" else changes["base"]) - 1.0)
        changes.setdefault("base", centre)
    return changes


@cache
def _policies(trial: Trial, groups: int) -> dict[str, np.ndarray]:
    members = 115000.0 / np.arange(1, groups + 1) / (1.0 / np.arange(1, groups + 1)).sum()
    return change(trial, members, (np.ones((groups, groups)) - np.eye(groups)) / 3.0)


def _group(i: int) -> Row:
    return Row(f"cartels-three-{i + 1}", f"members of group {i + 1} of three in week 520", f"{_LIMIT[i]:.2f}", 0.99 * _LIMIT[i],
               1.01 * _LIMIT[i], "persons", _KEY, "1 %: mean of the stochastic kernel against the deterministic limit",
               lambda trial: estimates.mean(_three(trial)[0][:, i]), 0.005 * _LIMIT[i])


def _year(year: int, exact: float, theirs: float, spread: float) -> tuple[Row, Row]:
    return (
        Row(f"cartels-aggregate-{year}", f"members in {year}, aggregate model", f"closed form {exact:,.0f}", 0.99 * exact, 1.01 * exact,
            "persons", _KEY, "1 %", lambda trial: estimates.mean(_aggregate(trial)[year]), 0.005 * exact),
        Row(f"cartels-runs-{year}", f"the same, against their twenty stochastic runs in {year}", f"{theirs:,.0f} +- {spread:,.0f}",
            theirs - 2.0 * spread, theirs + 2.0 * spread, "persons", _KEY, "two of their standard deviations",
            lambda trial: estimates.mean(_aggregate(trial)[year]), 0.5 * spread),
    )


def _spread(trial: Trial) -> Measured:
    return estimates.jackknife(lambda x: float(x.std(ddof=1)), _aggregate(trial)[2012])


def compare(changes: dict[str, np.ndarray], name: str, what: int) -> Measured:
    """Change of deaths (0) or size (1) under a policy, with the change without it as a remark."""
    return estimates.mean(changes[name][:, what], f"{changes['same'][:, what].mean():+.1f} % without it")


def less(changes: dict[str, np.ndarray]) -> Measured:
    """What doubled incapacitation takes off deaths five years on, over what halved recruitment takes off."""
    return estimates.ratio(changes["same"][:, 0] - changes["incapacitation"][:, 0], changes["same"][:, 0] - changes["recruitment"][:, 0])


def signs(name: str, changes: Callable[[Trial], dict[str, np.ndarray]], groups: str, tolerance: str) -> tuple[Row, ...]:
    """Rows on the signs of policies in the worlds of which `changes` gives the changes by policy."""
    inf = np.inf
    return (
        Row(f"{name}-recruitment-deaths", f"change of deaths in five years, recruitment halved, {groups}", "about -25 %", -inf, 0.0, "%",
            _KEY, tolerance, lambda trial: compare(changes(trial), "recruitment", 0), 4.0),
        Row(f"{name}-recruitment-size", f"change of size in five years, recruitment halved, {groups}", "about -11 %", -inf, 0.0, "%",
            _KEY, tolerance, lambda trial: compare(changes(trial), "recruitment", 1), 4.0),
        Row(f"{name}-incapacitation", f"change of deaths in five years, incapacitation doubled, {groups}", "still rise", 0.0, inf, "%",
            _KEY, tolerance, lambda trial: compare(changes(trial), "incapacitation", 0), 4.0),
        Row(f"{name}-far-less", f"deaths avoided by doubled incapacitation over those by halved recruitment, {groups}", "far less", -inf,
            1.0, "1", _KEY, tolerance, lambda trial: less(changes(trial)), 0.1),
    )


def _signs(groups: int) -> tuple[Row, ...]:
    return signs(f"cartels-{groups}", lambda trial: _policies(trial, groups), f"{groups} groups", "sign: network not theirs")


ROWS = (
    *(_group(i) for i in range(3)),
    Row("cartels-three-deaths", "deaths a week around week 520, three groups", "27.187", 0.99 * 27.187, 1.01 * 27.187, "persons/week", _KEY,
        "1 %", lambda trial: estimates.mean(_three(trial)[1]), 0.3),
    *_year(2012, 125951.0, 125230.0, 954.0), *_year(2022, 170781.0, 169667.0, 1176.0), *_year(2027, 196378.0, 194941.0, 1279.0),
    Row("cartels-runs-spread", "standard deviation between runs in 2012", "954, of twenty runs", 613.0, 1879.0, "persons", _KEY,
        "99.9 % range of the true value behind twenty runs", _spread, 250.0),
    *_signs(150),
)
