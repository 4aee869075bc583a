"""Dynamics: what the article describes, arising from the mechanisms rather than put in by hand.

Six patterns, each measured on simulated worlds of no particular case, each with the numbers that it demands to be above zero. A
pattern holds when all of them are, by three standard errors. Parameters are the model's own, but for what each pattern states; the
fortnight of `escalation` was chosen after three months had shown no rise, and both are stated.
"""
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..model.params import CONTROL_INDEX
from ..model.simulate import States, advance, begin, clone, neutral_controls
from ..quantities import INDEX
from .defaults import neutral

SEED = 20231108
_ANSWER = 14  # days in which force is answered before arrests have thinned the groups much
COMMAND = {"takeover_absorption_rate": 0.012, "takeover_arrival_day": 200.0, "choices_symbol_weight": 0.6}


@dataclass(frozen=True)
class Line:
    """One line or row of points: label, places, heights and, where known, standard errors."""

    label: str
    x: np.ndarray
    y: np.ndarray
    error: np.ndarray | None = None


class Demand(NamedTuple):
    """A number, with its standard error, that a pattern demands to be above zero."""

    measured: str
    number: float
    error: float

    @property
    def holds(self) -> bool:
        """Whether the number lies above zero by three standard errors."""
        return self.number > 3.0 * self.error


@dataclass(frozen=True)
class Pattern:
    """A pattern, its figure and what it demands."""

    name: str
    words: str
    horizontal: str
    vertical: str
    curves: tuple[Line, ...]
    demands: tuple[Demand, ...]
    aside: str = ""

    @property
    def holds(self) -> bool:
        """Whether everything demanded is shown."""
        return all(demand.holds for demand in self.demands)


def demand(measured: str, values: np.ndarray) -> tuple[Demand, ...]:
    """The mean of values [r] with its standard error, as the one thing demanded."""
    return (Demand(measured, float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values)))),)


def simulate(days: int, values: Mapping[str, float], replicates: int, *,
             operation_from: int | None = None) -> Callable[[str], np.ndarray]:
    """Simulate a neutral world; returns a function from a series' name to its values, float64 [r, day]."""
    setting = neutral(days, operation_from=operation_from)
    _, recorded = advance(begin(setting, values, None, SEED, np.arange(replicates)), days)
    return lambda name: recorded.series[:, :, INDEX[name]].astype(np.float64)


def battles() -> Pattern:
    """Fights come in waves: truces form, break and form again."""
    days, replicates = 1500, 64
    series = simulate(days, {}, replicates)
    clashes = series("clashes")[:, 300:]
    months = clashes.reshape(replicates, -1, 30).sum(2)
    fano = months.var(axis=1, ddof=1) / months.mean(axis=1)
    one = int(np.argsort(fano)[len(fano) // 2])
    truces = series("truces")[:, 300:]
    few = truces < np.median(truces, axis=1, keepdims=True)
    both = few.any(axis=1) & ~few.all(axis=1)
    between = np.array([c[f].mean() - c[~f].mean() for c, f in zip(clashes[both], few[both])])
    smooth = np.convolve(series("clashes")[one], np.ones(30), "valid")
    truced = np.convolve(series("truces")[one], np.ones(30) / 30, "valid")
    x = np.arange(len(smooth)) + 15.0
    return Pattern("redistribution battles", "violence comes in waves: truces form, break and form again", "day",
                   "clashes in 30 days; sectors under a truce",
                   (Line("clashes in 30 days", x, smooth), Line("sectors under a truce", x, truced)),
                   (*demand("Fano factor of monthly clashes, less one", fano - 1.0),
                    *demand("clashes a day on days with few sectors under a truce less those on days with many", between)))


def phases() -> Pattern:
    """Control in progress raises violence, completed control lowers it."""
    replicates = 200
    series = simulate(1500, {**COMMAND, "takeover_absorption_rate": 0.03, "copycats_imitation": 0.0}, replicates)
    share, clashes = series("share_command")[:, 250:], series("clashes")[:, 250:]
    free = simulate(1500, {"choices_symbol_weight": 0.6}, replicates)("clashes")[:, 250:]
    edges = np.array([0.0, 0.2, 0.4, 0.6, 0.8, 0.95, 1.01])
    means, errors, centres = [], [], []
    for low, high in zip(edges[:-1], edges[1:]):
        values = _within(clashes - free, share, low, high)
        means.append(values.mean() if len(values) else np.nan)
        errors.append(values.std(ddof=1) / np.sqrt(len(values)) if len(values) > 1 else np.nan)
        centres.append(0.5 * (low + min(high, 1.0)))
    return Pattern("two phases of a takeover", "violence is higher while control is being taken, lower when it is complete",
                   "part of guided attempts under command", "clashes a day, less those of the same world without command",
                   (Line("clashes a day", np.array(centres), np.array(means), np.array(errors)),),
                   (*demand("clashes a day with a part of .05 to .4 under command, less those of the same world without",
                            _within(clashes - free, share, 0.05, 0.4)),
                    *demand("clashes a day of the same world without command, less those with a part above .8 under it",
                            -_within(clashes - free, share, 0.8, 1.01))))


def _within(values: np.ndarray, share: np.ndarray, low: float, high: float) -> np.ndarray:
    """Mean of values [r, day] over the days on which the share lies within, of replicates with more than 30 such days."""
    inside = (share >= low) & (share < high)
    days = inside.sum(axis=1)
    return (values * inside).sum(axis=1)[days > 30] / days[days > 30]


def concentration() -> Pattern:
    """Price rises with concentration: groups under one command price as one. No tribute is taken here, which would be passed on."""
    replicates = 200
    rise = {}
    commanded = simulate(1300, {**COMMAND, "prices_cost_trend": 0.0, "takeover_tribute_share": 0.0}, replicates)
    free = simulate(1300, {"prices_cost_trend": 0.0, "choices_symbol_weight": 0.6}, replicates)
    for name in ("hhi", "price_mean"):
        rise[name] = commanded(name)[:, 900:].mean(1) - free(name)[:, 900:].mean(1)
    edges = np.quantile(rise["hhi"], np.linspace(0.0, 1.0, 6))
    cell = np.clip(np.searchsorted(edges, rise["hhi"], side="right") - 1, 0, 4)
    parts = [rise["price_mean"][cell == i] for i in range(5)]
    centres = np.array([rise["hhi"][cell == i].mean() for i in range(5)])
    means, errors = np.array([v.mean() for v in parts]), np.array([v.std(ddof=1) / np.sqrt(len(v)) for v in parts])
    paired = rise["price_mean"]
    return Pattern("price and concentration", "prices rise with concentration", "rise of concentration (HHI) under command",
                   "rise of the mean price, EUR, over the same world without command",
                   (Line("rise of the price", centres, means, errors),),
                   demand("EUR, same random streams, with command less without", paired))


def displacement() -> Pattern:
    """Raids displace rather than remove: attempts fall while they last and come back."""
    replicates, start, days = 200, 300, 540
    with_it, without = simulate(days, {}, replicates, operation_from=start), simulate(days, {}, replicates)
    ratio = with_it("attempts").mean(0) / without("attempts").mean(0)
    members = with_it("members").mean(0) / without("members").mean(0)
    x = np.arange(days, dtype=float)
    after = slice(start + 150, start + 240)
    before = slice(start + 10, start + 60)
    rebound = with_it("attempts")[:, after].mean(1) - with_it("attempts")[:, before].mean(1)
    moved = with_it("moved")[:, start : start + 60].sum(1) - without("moved")[:, start : start + 60].sum(1)
    missing = sum(without(name)[:, after].mean(1) - with_it(name)[:, after].mean(1) for name in ("waiting", "transit", "sheltered"))
    keep = slice(start - 60, days)
    return Pattern("raids displace", "attempts come back after a raid of 60 days", "day (operation from 300 to 360)",
                   "relative to the same world without it",
                   (Line("attempts", x[keep], ratio[keep]), Line("members", x[keep], members[keep])),
                   (*demand("attempts a day three months after less those during", rebound),
                    *demand("people moved away less people missing three months after", moved - missing),
                    *demand("people moved away less those moved in the same world without it", moved)))


def imitation() -> Pattern:
    """Names are borrowed where clients know them."""
    replicates = 100
    levels = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
    values = {"symbols_adopt_rate": 4.0, "choices_symbol_weight": 0.8}
    groups = [simulate(700, {**values, "choices_familiarity": level}, replicates)("symbol_groups")[:, 200:].mean(1) for level in levels]
    paired = groups[-1] - groups[0]
    return Pattern("imitation", "a feared name is borrowed where clients know it", "how well clients know the name",
                   "groups showing it without any tie",
                   (Line("groups", levels, np.array([s.mean() for s in groups]),
                          np.array([s.std(ddof=1) / np.sqrt(replicates) for s in groups])),),
                   demand("groups at full knowledge less those at none", paired))


def joint_attacks(states: States, days: int, controls: np.ndarray) -> np.ndarray:
    """Armed attacks that two groups make together, summed from day to day [r, day], whether or not police act.

    This is the organised response without its cause.

    An attack by a group counts when another one, under the same owner or in a truce with it in a sector that both hold, and not at
    feud with it, has attacked the same state's personnel in the seven days before. Read off the state every morning.
    """
    p = states.params
    attacks = np.zeros((len(states.stream_ids), days))
    same = np.eye(states.setting.group_slots, dtype=bool)
    for i in range(days):
        day = states.day
        states, _ = advance(states, day + 1, controls=controls)
        last, side, owner, heat = (states.array(name) for name in ("last_attack", "last_side", "owner", "heat"))
        present = states.array("members") > 0
        quiet = present & (states.array("truce")[:, None, :] == 1)
        truce = np.einsum("rgs,rhs->rgh", quiet.astype(int), present.astype(int)) > 0
        command = (owner[:, :, None] > 0) & (owner[:, :, None] == owner[:, None, :])
        feud = heat + heat.transpose(0, 2, 1) >= p["escalation_feud"][:, None, None]
        near = (last[:, None, :] >= day - p["escalation_together_days"][:, None, None]) & (side[:, :, None] == side[:, None, :])
        together = near & (truce | command) & ~feud & ~same
        attacks[:, i] = ((last == day) & together.any(axis=2)).sum(axis=1)
    return attacks.cumsum(axis=1)


def escalation() -> Pattern:
    """Force is answered, and answered together where the market is coordinated, until arrests have thinned the groups.

    Armed attacks are six times as frequent as by default, so that pairs of them can be counted.
    """
    replicates, start, length, days = 600, 700, 60, 90
    setting = neutral(start + days)
    quiet = neutral_controls(setting.days)
    force = quiet.copy()
    force[start : start + length, CONTROL_INDEX["operation_floor"]] = 1.0
    attacks: dict[tuple[str, str], np.ndarray] = {}
    often = {"escalation_armed_base": 12.0}
    kinds = (("independent groups", often), ("one command", {**often, **COMMAND, "takeover_absorption_rate": 0.03}))
    for label, values in kinds:
        states, _ = advance(begin(setting, values, None, SEED, np.arange(replicates)), start, controls=quiet)
        for when, controls in (("none", quiet), ("operation", force)):
            attacks[label, when] = joint_attacks(clone(states), days, controls)
    answer = {label: attacks[label, "operation"] - attacks[label, "none"] for label, _ in kinds}
    every = np.arange(4, days, 5)
    curves = [Line(label, every + 1.0, v[:, every].mean(axis=0), v[:, every].std(axis=0, ddof=1) / np.sqrt(replicates))
              for label, v in answer.items()]
    early = _ANSWER - 1
    commanded, alone = answer["one command"], answer["independent groups"]
    coordinated = attacks["one command", "operation"] - attacks["independent groups", "operation"]
    late = demand("", commanded[:, -1])[0]
    left = [float(attacks["one command", when][:, -1].mean()) for when in ("none", "operation")]
    return Pattern("escalation", "force is answered together where the market is coordinated", "day of an operation of 60 days",
                   "armed attacks made together: with the operation less without, summed", tuple(curves),
                   (*demand(f"attacks made together in {_ANSWER} days under one command: an operation less none", commanded[:, early]),
                    *demand(f"attacks made together in {_ANSWER} days of an operation: one command less independent groups",
                            coordinated[:, early]),
                    *demand(f"the answer to force in {_ANSWER} days: one command less independent groups",
                            commanded[:, early] - alone[:, early])),
                   f"The answer does not last: in {days} days under one command there are {late.number:+.2f} +- {late.error:.2f} attacks "
                   f"made together with the operation over those without ({left[1]:.2f} against {left[0]:.2f}), because arrests leave "
                   "fewer to attack. The fortnight was chosen after three months had shown no rise.")


PATTERNS: tuple[Callable[[], Pattern], ...] = (battles, phases, concentration, displacement, imitation, escalation)


def measure() -> Iterator[Pattern]:
    """Measure every pattern, one by one."""
    for pattern in PATTERNS:
        yield pattern()
