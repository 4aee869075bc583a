"""Specification: what a case file says of time, space, groups, clients, demand and imposed events."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from interlope.dossier.entry import Imposed
from interlope.model.setting import Setting
from interlope.scenario.forcing import Forcing, multiply
from interlope.scenario.measures import Measure, control
from interlope.scenario.network import Network
from interlope.scenario.operations import Event, impose
from interlope.scenario.origins import Origin, from_clients
from interlope.scenario.wording import States
from interlope.wording import NEUTRAL

YEAR = 365


class Decision(NamedTuple):
    """When options begin, and which days are compared.

    Attributes
    ----------
    start : date
        First day of the options.
    days : int
        Days over which they are compared.
    today : int
        Days before `start` that count as today.
    """

    start: date
    days: int
    today: int


class Client(NamedTuple):
    """A class of people on the move, and the groups of its origin: they are counted by it, and nothing depends on it.

    A case with [[origins]] says there where groups come from; both numbers are then 0.

    Attributes
    ----------
    name : str
        Of the class.
    familiar : float
        How well it knows the symbol, 0 to 1: its weight in `share_command_familiar`.
    origin_share : float
        Part of the groups whose origin is this class.
    """

    name: str
    familiar: float = 0.0
    origin_share: float = 0.0


class Horizon(NamedTuple):
    """The days of a case: the first, the first after the market has settled, and the last."""

    start: date
    burn_in: date
    end: date

    @property
    def days(self) -> int:
        """Their number."""
        return (self.end - self.start).days + 1


NOBODY = (Client("nobody", 0.0, 1.0),)


class Mix(NamedTuple):
    """Class shares among the registered in one year [c]; later years without an entry keep the last one."""

    year: int
    share: tuple[float, ...]


class Growth(NamedTuple):
    """Log factor on arrivals in one year; 0 in other years.

    Attributes
    ----------
    year : int
        Calendar year.
    level : float
        At mid-year.
    slope : float
        Per year, around mid-year.
    """

    year: int
    level: float
    slope: float


@dataclass(frozen=True)
class CaseSpecification:
    """Everything of a case file that is neither evidence nor a parameter.

    Attributes
    ----------
    name, question : str
        Name of the case, and what it is to answer.
    start, burn_in, end : date
        First simulated day, first day after the market has settled, last day.
    as_of : date
        Last day whose publications may be used.
    cuts : Mapping[str, date]
        Named dates for `as_of`.
    decision : Decision
        When options begin, and which days are compared.
    sectors : int
        Abstract sectors of the border.
    regions, bodies : tuple[str, ...]
        Regions and organisations that may be named.
    states : States
        The states at the border by name.
    group_slots, initial : int
        Most groups at one time, and groups on the first morning.
    clients : tuple[Client, ...]
        Classes of people on the move [c].
    season : tuple[float, ...]
        Factor on arrivals by calendar month [12], mean 1.
    mixes : tuple[Mix, ...]
        Class shares by year.
    bound : tuple[float, ...]
        Part of each class that is bound for this border [c].
    growths : tuple[Growth, ...]
        Log factors on arrivals by year.
    events : tuple[Event, ...]
        What is imposed from outside.
    notes : tuple[tuple[str, str], ...]
        Remarks on demand, by entry.
    network : Network or None
        Groups and their hostility, where the case has a network.
    forcings : tuple[Forcing, ...]
        Known factors on tries.
    measures : tuple[Measure, ...]
        What states are known to have done.
    words : Mapping[str, str]
        Words of the case, by key of `interlope.wording.STATED`.
    stated_origins : tuple[Origin, ...]
        Where groups come from, where the case says it apart from the classes.
    """

    name: str
    question: str
    start: date
    burn_in: date
    end: date
    as_of: date
    cuts: Mapping[str, date]
    decision: Decision
    sectors: int
    regions: tuple[str, ...]
    bodies: tuple[str, ...]
    group_slots: int
    initial: int
    clients: tuple[Client, ...]
    season: tuple[float, ...]
    mixes: tuple[Mix, ...]
    bound: tuple[float, ...]
    growths: tuple[Growth, ...]
    events: tuple[Event, ...]
    notes: tuple[tuple[str, str], ...]
    network: Network | None = None
    states: States = States()
    forcings: tuple[Forcing, ...] = ()
    measures: tuple[Measure, ...] = ()
    words: Mapping[str, str] = field(default_factory=lambda: NEUTRAL)
    stated_origins: tuple[Origin, ...] = ()

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables beside the case file that it names."""
        return (*(() if self.network is None else (self.network.file,)), *(f.file for f in self.forcings))

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Where groups come from: what the case states, else its classes of people on the move."""
        return self.stated_origins or from_clients(self.clients)

    @property
    def horizon(self) -> Horizon:
        """The days of the case."""
        return Horizon(self.start, self.burn_in, self.end)

    @property
    def latest(self) -> date:
        """Latest day of knowledge: figures on the last days of a case are published after them, within a year."""
        return latest_knowledge(self.end)

    @property
    def empty(self) -> bool:
        """True where the case has groups only and nobody on the move."""
        return self.clients == NOBODY

    def setting(self, end: date, imposed_until: date) -> Setting:
        """The setting of a world simulated from `start` to `end` (counted), operations imposed and forcing known up to `imposed_until`.

        For every event that has a name it holds the world without it too.
        """
        setting = self._setting(end, imposed_until)
        return replace(setting, without={name: self._without(name, setting, imposed_until) for name in self.named_events})

    @property
    def named_events(self) -> dict[str, Imposed]:
        """What claims of an effect may name: operations that have an id, measures, and known forcings."""
        named = {e.id: Imposed(e.start, e.published) for e in self.events if e.id}
        named |= {m.id: Imposed(m.start, m.published) for m in self.measures}
        return named | {f.name: Imposed(f.first_day, date.min) for f in self.forcings}

    def _without(self, name: str, setting: Setting, imposed_until: date) -> Setting:
        """The same setting without an event; what is known of operations stays, as it is no cause."""
        imposed = impose([e for e in self.events if e.id != name], self.start, setting.days, imposed_until)
        forcing = multiply([f for f in self.forcings if f.name != name], self.start, setting.days, imposed_until)
        controls = control([m for m in self.measures if m.id != name], self.start, setting.days, imposed_until)
        return replace(setting, operation=imposed.intensity, unended=imposed.unended, run=imposed.run, forcing=forcing, controls=controls)

    def _setting(self, end: date, imposed_until: date) -> Setting:
        """The setting of the world as it was."""
        days = (end - self.start).days + 1
        months = _months(self.start, end)
        imposed = impose(self.events, self.start, days, imposed_until)
        return Setting(
            start=self.start, days=days, sectors=self.sectors, group_slots=self.group_slots,
            initial_groups=self.initial,
            classes=tuple(c.name for c in self.clients),
            familiar=np.array([o.familiar for o in self.origins]),
            origin_share=np.array([o.share for o in self.origins]),
            mix=np.array([self._mix(year) for year, _ in months]),
            season=np.array(self.season),
            growth=np.array([self._growth(year, month) for year, month in months]),
            operation=imposed.intensity,
            hazard_from=int(np.clip((imposed_until - self.start).days + 1, 0, days)),
            opening=self._opening(),
            hostility=self._hostility(),
            forcing=multiply(self.forcings, self.start, days, imposed_until),
            unended=imposed.unended,
            run=imposed.run,
            operations=imposed.record,
            controls=control(self.measures, self.start, days, imposed_until),
        )

    def _opening(self) -> np.ndarray | None:
        """Members on the first morning [g, s], where a network states them: all in the first sector."""
        if self.network is None:
            return None
        opening = np.zeros((self.group_slots, self.sectors), dtype=np.int64)
        opening[: len(self.network.members), 0] = self.network.members
        return opening

    def _hostility(self) -> np.ndarray | None:
        """K_gh of the network [g, g]; groups that begin later are as hostile as the base."""
        if self.network is None:
            return None
        size = len(self.network.members)
        hostility = np.ones((self.group_slots, self.group_slots))
        hostility[:size, :size] = self.network.hostility
        return hostility

    def _mix(self, year: int) -> np.ndarray:
        """Expected class shares of arrivals near the border: shares of the registered times the part bound for it."""
        known = [m for m in self.mixes if m.year <= year] or [self.mixes[0]]
        weight = np.array(known[-1].share) * np.array(self.bound)
        return weight / weight.sum()

    def _growth(self, year: int, month: int) -> float:
        for growth in self.growths:
            if growth.year == year:
                return growth.level + growth.slope * (month - 6.5) / 12.0
        return 0.0


def latest_knowledge(end: date) -> date:
    """Latest day of knowledge of a case that ends on a day: within a year after it.

    Parameters
    ----------
    end : date
        Last day of the case.

    Returns
    -------
    date
    """
    return end + timedelta(days=min(YEAR, (date.max - end).days))


def _months(start: date, end: date) -> list[tuple[int, int]]:
    """(year, month) of every calendar month touched from start to end."""
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    return [(start.year + (start.month - 1 + i) // 12, (start.month - 1 + i) % 12 + 1) for i in range(count)]
