"""Running: replicates between two days, and how many of them are run for some days more.

One replicate is one call without Python's lock; threads work on different replicates, so the result is the same for any
number of threads, bit for bit.
"""
from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from queue import SimpleQueue

import numpy as np

from ..jit.compile import interpreted, unswept
from ..quantities import SERIES
from .arguments import Calendar, Inputs, Recorder, Replicates, Workspace
from .online_statistics import StatisticsTable
from .params import COMBINE, CONTROL_INDEX, CONTROLS, as_records, neutral_controls
from .setting import Setting
from .state import view
from .step import OK, advance_one
from .world import allocate, memory_layout

DEVICES = ("cpu", "cuda")


@dataclass(frozen=True, eq=False)
class States:
    """Replicates between two days.

    Attributes
    ----------
    setting : Setting
        What the case decides.
    params : ndarray
        Records [r], one field for each parameter.
    innovations : ndarray
        float64 [r, month]: given demand innovations, NaN where drawn.
    seed : int
        64 bits, the same for all.
    stream_ids : ndarray
        int64 [r]: which random stream each replicate draws from; the same ids give common random numbers.
    keys : ndarray
        uint64 [r, 3]: seed and stream id as kernels read them.
    buffer : ndarray
        float64 [r, cells]: all state (see `state`).
    status : ndarray
        int64 [r]: a key of `STATUS`.
    day : int
        The next day to run.
    table : StatisticsTable
        Which summary statistics are accumulated while days are run.
    accumulators : ndarray
        float64 [r, cells]: how far they are (see `online_statistics`).
    """

    setting: Setting
    params: np.ndarray
    innovations: np.ndarray
    seed: int
    stream_ids: np.ndarray
    keys: np.ndarray
    buffer: np.ndarray
    status: np.ndarray
    day: int
    table: StatisticsTable
    accumulators: np.ndarray

    @property
    def statistics(self) -> np.ndarray:
        """Summary statistics so far, float64 [r, statistics]; NaN before a window's end and where a replicate failed."""
        results = self.accumulators[:, : len(self.table.rows)].copy()
        results[self.status != OK] = np.nan
        return results

    def array(self, name: str) -> np.ndarray:
        """A view of one array of the state, [r, ...]."""
        return view(self.buffer, self.setting, name)


@dataclass(frozen=True, eq=False)
class Recorded:
    """Recorded series float32 [r, day, series] in the order of quantities.SERIES; detail [r, day, series, s or c] or None.

    Where nothing was to be recorded there is no day: [r, 0, series].
    """

    first_day: int
    series: np.ndarray
    detail: np.ndarray | None


@cache
def calendar(start: date, days: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each day: months since the start, month of the year from 0, whether a month (or the world) begins."""
    dates = [start + timedelta(days=d) for d in range(days)]
    months = np.array([(d.year - start.year) * 12 + d.month - start.month for d in dates], dtype=np.int64)
    return months, np.array([d.month - 1 for d in dates], dtype=np.int64), np.array([d.day == 1 or d == start for d in dates])


def advance(states: States, to_day: int, *, controls: np.ndarray | None = None, detail: str = "",
            record: bool = True, threads: int | None = None, device: str = "cpu") -> tuple[States, Recorded]:
    """Run all replicates up to, not including, `to_day`; their buffers are advanced in place.

    Parameters
    ----------
    states : States
        Replicates between two days.
    to_day : int
        The day before which to stop.
    controls : ndarray, optional
        Daily settings of policy levers, float64 [day, control] or [r, day, control], from day 0; None changes nothing. They combine with
        those that the setting imposes.
    detail : str
        "" totals only, "s" by sector, "c" by client class.
    record : bool
        Whether to record the daily series; without, only the states and their accumulators are left.
    threads : int, optional
        How many replicates are run at once; None for all processors. Any number gives the same bits.
    device : str
        "cpu", or "cuda" for a graphics card, which needs the extra of that name.

    Returns
    -------
    tuple[States, Recorded]
        The states with their new day, and what was recorded.

    Raises
    ------
    ValueError
        For an unknown device, a day out of range or controls of another shape.
    """
    if device not in DEVICES:
        raise ValueError(f"device '{device}' unknown; expected {' or '.join(DEVICES)}")
    setting = states.setting
    r, days = len(states.stream_ids), to_day - states.day
    if not 0 <= states.day <= to_day <= setting.days:
        raise ValueError(f"day {to_day} unknown; expected {states.day} to {setting.days}")
    size = {"s": setting.sectors, "c": len(setting.classes)}
    k = len(SERIES)
    series = np.empty((r, days if record else 0, k), dtype=np.float32)
    sector = np.empty((r, days if detail == "s" else 0, k, size["s"]), dtype=np.float32)
    classes = np.empty((r, days if detail == "c" else 0, k, size["c"]), dtype=np.float32)
    path = _control_records(_combine(setting, controls), r, to_day, setting.days)
    replicates = Replicates(states.params, states.keys, states.buffer, states.innovations, path)
    run_days = Calendar(states.day, to_day, *calendar(setting.start, setting.days))
    recorder = Recorder(states.table, states.accumulators, series, sector, classes)
    with unswept():
        if device == "cuda":
            from .cuda import advance_many  # only who asks for a graphics card waits for its compiler

            layout = memory_layout(setting)
            advance_many((replicates, Workspace(allocate(layout, 0), layout), run_days, _inputs(setting), recorder), states.status)
        else:
            _run_threads(states.status, replicates, run_days, setting, recorder, max(1, min(threads or os.cpu_count() or 1, r)))
    for recorded in (series, sector, classes):
        recorded[states.status != OK] = np.nan
    return replace(states, day=to_day), Recorded(to_day - days, series, sector if detail == "s" else classes if detail == "c" else None)


def _combine(setting: Setting, controls: np.ndarray | None) -> np.ndarray | None:
    """Controls of policy levers and of what the setting imposes, each combined as it declares; as they are where one of them is None."""
    if setting.controls is None or controls is None:
        return controls if setting.controls is None else setting.controls
    given = np.array(controls, dtype=np.float64)
    imposed = setting.controls[: given.shape[-2]]
    for i, control in enumerate(CONTROLS):
        given[..., : len(imposed), i] = COMBINE[control.combine](imposed[:, i], given[..., : len(imposed), i])
    return given


def _control_records(controls: np.ndarray | None, replicates: int, to_day: int, days: int) -> np.ndarray:
    """Controls as records [1 or r, day]."""
    path = neutral_controls(days) if controls is None else np.asarray(controls, dtype=np.float64)
    path = np.ascontiguousarray(path[None] if path.ndim == 2 else path)
    if path.shape[0] not in (1, replicates) or path.shape[1] < to_day or path.shape[2] != len(CONTROLS):
        raise ValueError(f"controls of shape {path.shape}; expected (1 or {replicates}, at least {to_day}, {len(CONTROLS)})")
    return as_records(path, tuple(CONTROL_INDEX))


def _inputs(setting: Setting) -> Inputs:
    """What a setting gives, as arrays."""
    hostility = np.ones((setting.group_slots, setting.group_slots)) if setting.hostility is None else setting.hostility
    worth = np.zeros(setting.sectors) if setting.worth is None else setting.worth
    forcing = np.ones(setting.days) if setting.forcing is None else setting.forcing
    unended, run = (np.zeros(setting.days) if a is None else a for a in (setting.unended, setting.run))
    season, growth, mix, familiar, origin_share, imposed, unended, run, operations, hostility, worth, forcing = (
        np.ascontiguousarray(a, dtype=np.float64) for a in (
            setting.season, setting.growth, setting.mix, setting.familiar, setting.origin_share, setting.operation, unended, run,
            setting.operations, hostility, worth, forcing))
    return Inputs(season, growth, mix, familiar, origin_share, imposed, unended, run, operations, hostility, worth, setting.hazard_from,
                  forcing)


def _run_threads(status: np.ndarray, replicates: Replicates, run_days: Calendar, setting: Setting, recorder: Recorder,
                 threads: int) -> None:
    """Run all replicates whose status is OK, each by one of so many threads."""
    layout = memory_layout(setting)
    workspace, inputs = Workspace(allocate(layout, threads), layout), _inputs(setting)
    free = SimpleQueue[int]()
    for thread in range(threads):
        free.put(thread)

    def work(low: int, high: int) -> None:
        thread = free.get()
        try:
            for i in range(low, high):
                if status[i] == OK:
                    status[i] = advance_one(i, thread, replicates, workspace, run_days, inputs, recorder)
        finally:
            free.put(thread)

    if threads == 1 or interpreted():
        with np.errstate(over="ignore"):
            work(0, len(status))
        return
    cuts = np.linspace(0, len(status), min(len(status), 4 * threads) + 1).astype(int)
    with ThreadPoolExecutor(threads) as pool:
        try:
            list(pool.map(work, cuts[:-1], cuts[1:]))
        except BaseException:  # Ctrl-C: what is under way ends, the rest is not begun
            pool.shutdown(cancel_futures=True)
            raise
