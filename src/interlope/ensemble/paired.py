"""Paired: replicates of the world as it was and, beside it, of the same world without an event.

Both runs of a replicate have the same parameters, innovations and random streams (common random numbers). Until the first day on which the
two worlds differ they are one run; from then on what differs is what the event did. A case whose evidence names no event pays for no
second run. The functions are those of a simulator (`model.simulate`), so that paired replicates run wherever plain ones do.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from interlope.model import simulate as engine
from interlope.model.online_statistics import StatisticsTable
from interlope.model.running import Recorded
from interlope.model.setting import Setting
from interlope.model.simulate import States
from interlope.model.step import OK

DAILY = ("operation", "unended", "run", "forcing", "controls")  # what a setting gives by day and an event may change
NEUTRAL = {"unended": 0.0, "run": 0.0, "forcing": 1.0}  # of what a setting does not state


@dataclass(frozen=True, eq=False)
class Counterfactual:
    """The second run of all replicates, without one event.

    Attributes
    ----------
    setting : Setting
        The world without the event.
    columns : ndarray
        Statistics that are read off this run.
    first : int
        First day on which the two worlds differ; the number of days where they never do.
    states : States or None
        The second run; None up to that day, as it is the first one.
    """

    setting: Setting
    columns: np.ndarray
    first: int
    states: States | None = None

    def fork(self, states: States) -> Counterfactual:
        """The second run begins where the first one stands."""
        return replace(self, states=replace(engine.clone(states), setting=self.setting))


@dataclass(frozen=True, eq=False)
class Paired:
    """Replicates between two days, and their second runs.

    Attributes
    ----------
    states : States
        The world as it was.
    others : tuple of Counterfactual
        One for each event that the evidence names.
    """

    states: States
    others: tuple[Counterfactual, ...] = ()

    @property
    def day(self) -> int:
        """The next day to run."""
        return self.states.day

    @property
    def status(self) -> np.ndarray:
        """int64 [r]: a key of `STATUS`; a replicate fails as a whole where any of its runs does."""
        status = self.states.status
        for other in self.others:
            if other.states is not None:
                status = np.where(status == OK, other.states.status, status)
        return status

    @property
    def statistics(self) -> np.ndarray:
        """Summary statistics so far [r, statistics], each of its own run; NaN before a window's end and where a replicate failed."""
        values = self.states.statistics
        for other in self.others:
            if other.states is not None:
                values[:, other.columns] = other.states.statistics[:, other.columns]
        if self.others:
            values[self.status != OK] = np.nan
        return values


def begin(setting: Setting, values: Mapping[str, np.ndarray], innovations: np.ndarray, seed: int, stream_ids: np.ndarray,
          table: StatisticsTable, columns: Mapping[str, np.ndarray]) -> Paired:
    """Replicates on the morning of day 0.

    Parameters
    ----------
    setting : Setting
        The world as it was, with those without an event.
    values, innovations, seed, stream_ids
        As of `model.simulate.begin`.
    table : StatisticsTable
        Every statistic, of whatever run.
    columns : mapping of str to ndarray
        By event, the statistics that are read off the run without it.

    Returns
    -------
    Paired
    """
    others = tuple(Counterfactual(other, at, first_difference(setting, other)) for name, at in columns.items()
                   for other in (setting.without[name],))
    return Paired(engine.begin(setting, values, innovations, seed, stream_ids, table), others)


def advance(paired: Paired, to_day: int, *, record: bool = True, threads: int | None = None) -> tuple[Paired, Recorded]:
    """Run all replicates up to, not including, `to_day`; what is recorded by day is the world as it was."""
    states, others, spans = paired.states, list(paired.others), []
    starts = sorted({o.first for o in others if o.states is None and states.day <= o.first < to_day})
    for stop in (*starts, to_day):
        states, span = engine.advance(states, stop, record=record, threads=threads)
        spans.append(span)
        others = [o.fork(states) if o.states is None and o.first == stop < to_day else o for o in others]
    others = [o if o.states is None else replace(o, states=engine.advance(o.states, to_day, record=False, threads=threads)[0])
              for o in others]
    recorded = spans[0] if len(spans) == 1 else Recorded(paired.day, np.concatenate([s.series for s in spans], axis=1), None)
    return Paired(states, tuple(others)), recorded


def clone(paired: Paired, index: np.ndarray | None = None, stream_ids: np.ndarray | None = None) -> Paired:
    """Copy replicates, both runs of each in the same random stream from their next day on; see `model.simulate.clone`."""
    others = (o if o.states is None else replace(o, states=engine.clone(o.states, index, stream_ids)) for o in paired.others)
    return Paired(engine.clone(paired.states, index, stream_ids), tuple(others))


def first_difference(setting: Setting, other: Setting) -> int:
    """First day on which two settings of the same days differ; the number of days where they never do."""
    different = np.zeros(setting.days, dtype=bool)
    for name in DAILY:
        different |= (_daily(setting, name) != _daily(other, name)).any(axis=1)
    return int(np.argmax(different)) if different.any() else setting.days


def _daily(setting: Setting, name: str) -> np.ndarray:
    """What a setting gives by day [day, numbers], neutral where it does not state it."""
    value = getattr(setting, name)
    if value is None:
        value = engine.neutral_controls(setting.days) if name == "controls" else np.full(setting.days, NEUTRAL[name])
    return np.asarray(value).reshape(setting.days, -1)
