"""Options: bundles of levers over time, read from TOML, turned into the model's daily controls."""
from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from interlope.errors import Fault, nearest
from interlope.levers.catalogue import levers
from interlope.levers.harm import list_harms
from interlope.levers.lever import Lever
from interlope.model.params import COMBINE, CONTROL_INDEX, CONTROLS, neutral_controls
from interlope.results.reference import LeverHarm
from interlope.toml.names import check_name
from interlope.toml.table import REQUIRED, Table, read
from interlope.wording import Words

STATUS_QUO = "status-quo"
MOST_COST = 1e9  # EUR a day; more than any state spends on a border
ALWAYS = 10**6  # days; the end of a lever whose file gives none


@dataclass(frozen=True)
class ScheduledLever:
    """One lever within an option.

    Attributes
    ----------
    lever : str
        Name of the lever.
    setting : float
        In the lever's unit.
    start, end : int
        First day with the setting, and the day after the last; days count from the day of decision.
    ramp : int
        Days of linear rise to the setting.
    source : str
        Where the setting comes from.
    """

    lever: str
    setting: float
    start: int
    end: int
    ramp: int = 0
    source: str = "assumption"


@dataclass(frozen=True)
class Option:
    """A bundle of levers over time; days count from the day of decision.

    Attributes
    ----------
    name, gloss : str
        Name of the option, and what it is in a few words.
    levers : tuple[ScheduledLever, ...]
        Empty for the status quo.
    cost_per_day : float or None
        In `cost_unit`, on days with a lever above zero; None where the file gives none.
    cost_unit, cost_source : str
        Unit of the cost, and where it comes from.
    """

    name: str
    gloss: str
    levers: tuple[ScheduledLever, ...] = ()
    cost_per_day: float | None = None
    cost_unit: str = "EUR/day"
    cost_source: str = ""

    @property
    def side_effects(self) -> tuple[str, ...]:
        """What its levers also do, without repetition."""
        effects = [text for lever in self.used for text in lever.side_effects]
        return tuple(dict.fromkeys(effects))

    @property
    def used(self) -> tuple[Lever, ...]:
        """Its levers, each once."""
        return tuple(levers()[name] for name in dict.fromkeys(scheduled.lever for scheduled in self.levers))

    def list_harms(self, words: Words | None = None) -> list[LeverHarm]:
        """List the ways in which its levers move harm, in the words of a case."""
        return [harm for lever in self.used for harm in list_harms(lever.name, lever.harm_side, words)]

    @property
    def not_modelled(self) -> tuple[str, ...]:
        """Harm that its levers may do, or spare, and for which the model has no channel."""
        return tuple(dict.fromkeys(x.harm_side.not_modelled for x in self.used if x.harm_side and x.harm_side.not_modelled))

    @property
    def undeclared(self) -> tuple[str, ...]:
        """Those of its levers that declare no harm side."""
        return tuple(lever.name for lever in self.used if lever.harm_side is None)

    def acts(self, days: int) -> bool:
        """Whether it changes anything at all within the first `days` days."""
        return not np.array_equal(self.controls(days), neutral_controls(days))

    def active(self, days: int) -> np.ndarray:
        """True on days with any lever above zero, [days]."""
        result = np.zeros(days, dtype=bool)
        for scheduled in self.levers:
            if scheduled.setting > 0:
                result[scheduled.start : scheduled.end] = True
        return result

    def cost(self, days: int) -> float | None:
        """Cost over the first `days` days in the unit of `cost_unit` times days; None where no unit cost is given."""
        return None if self.cost_per_day is None else self.cost_per_day * float(self.active(days).sum())

    def controls(self, days: int) -> np.ndarray:
        """Daily controls, one row a day and one column for each of CONTROLS.

        Where several levers move one control, they combine as that control declares (`Control.combine`). An option without
        levers, or with all settings zero, equals the neutral controls bit for bit.

        Returns
        -------
        float64 [days, len(CONTROLS)]
        """
        result = neutral_controls(days)
        for scheduled in self.levers:
            start, end = min(scheduled.start, days), min(scheduled.end, days)
            path = levers()[scheduled.lever].path(scheduled.setting, end - start, scheduled.ramp)
            for name, values in path.items():
                control = CONTROLS[CONTROL_INDEX[name]]
                column = result[start:end, CONTROL_INDEX[name]]
                column[:] = COMBINE[control.combine](column, values)
        return result


def tell_idle(option: Option, days: int) -> list[str]:
    """Say which levers of an option change nothing within the first `days` days, and why.

    >>> tell_idle(Option("later", "x", (ScheduledLever("joint_patrols", 1.0, 15, ALWAYS),)), 10)
    ['joint_patrols begins on day 15, after the last of the 10 days']
    """
    if not option.levers:
        return ["it has no lever"]
    return [f"{s.lever} {_why_idle(s, days)}" for s in option.levers if not replace(option, levers=(s,)).acts(days)]


def _why_idle(scheduled: ScheduledLever, days: int) -> str:
    if scheduled.setting == 0.0:
        return "is set to 0"
    if scheduled.start >= scheduled.end:
        return f"ends on the day it begins (from = {scheduled.start}, to = {scheduled.end})"
    if scheduled.start >= days:
        return f"begins on day {scheduled.start}, after the last of the {days} days"
    return "moves no control"


def load(path: Path, display: str, days: int, faults: list[Fault], others: Collection[str] = ()) -> Option | None:
    """Read an option's file; faults are added to the list and None is returned when there is none to use.

    Parameters
    ----------
    path : Path
        The TOML file.
    display : str
        How messages name it.
    days : int
        Length of the decision's horizon.
    faults : list[Fault]
        Collected faults.
    others : Collection[str], optional
        Names of options that were read before.
    """
    table = read(path, display, faults)
    if table is None:
        return None
    before = len(faults)
    table.integer("format", low=1, high=1)
    name = table.name("name")
    if name and name != path.stem:
        table.fault(f"name '{name}'", f"the file's name, '{path.stem}'", "name")
    check_name(table, name, "option", others, STATUS_QUO)
    gloss = table.text("gloss")
    parts = table.parts("lever")
    scheduled = [_schedule(part, days) for part in parts]
    _check_sums(parts, scheduled, days)
    if not parts and name not in ("", STATUS_QUO):
        table.fault(f"no [[lever]] in option '{name}'", f"at least one: only {STATUS_QUO} does nothing", "name")
    cost = table.part("cost", None)
    per_day, unit, source = None, "EUR/day", ""
    if cost is not None:
        per_day = cost.number("per_day", low=0.0, high=MOST_COST)
        unit, source = cost.text("unit", REQUIRED, ("EUR/day",)), cost.text("source")
        cost.close()
    table.close()
    if len(faults) > before:
        return None
    return Option(name, gloss, tuple(scheduled), per_day, unit, source)


def _check_sums(parts: Sequence[Table], scheduled: Sequence[ScheduledLever], days: int) -> None:
    """Refuse a lever that stands in several entries whose settings add up, on some day, to more than its range allows."""
    totals: dict[str, np.ndarray] = {}
    for part, one in zip(parts, scheduled):
        known = levers().get(one.lever)
        if known is None:
            continue
        total = totals.setdefault(one.lever, np.zeros(days + 1))
        total[one.start : one.end] += one.setting
        over = np.flatnonzero(total > known.high)
        if one.setting <= known.high and len(over):
            part.fault(f"{one.lever} stands in several entries that add up to {total[over[0]]:g} on day {over[0]}",
                       f"at most {known.most} on any day", "setting")


def _schedule(part: Table, days: int) -> ScheduledLever:
    """Read one [[lever]] and check its name, range and days."""
    names = levers()
    name = part.text("name")
    if name and name not in names:
        part.fault(f"lever '{name}' unknown", "one of " + ", ".join(names), "name", nearest(name, names))
    known = names.get(name)
    low, high = (known.low, known.high) if known else (0.0, np.inf)
    setting = part.number("setting", low=low, high=high)
    start = part.integer("from", 0, high=days - 1)
    end = part.integer("to", low=1, high=days) if part.has("to") else ALWAYS
    if start >= end:
        part.fault(f"from = {start}, to = {end}: never acts", "'from' before 'to', the day after the last", "from")
    part.known.add("to")
    if setting == 0.0:
        part.fault("setting = 0: never acts", "a setting above 0, or no [[lever]]", "setting")
    ramp = part.integer("ramp", 0, high=days)
    source = part.text("source", "assumption")
    part.close()
    return ScheduledLever(name, setting, start, end, ramp, source)
