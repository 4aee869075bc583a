"""Simulate: begin, advance and clone many replicates of a simulated world.

One replicate is one call without Python's lock; threads work on different replicates, so the result is the same for any
number of threads, bit for bit.
"""
from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from queue import SimpleQueue

import numpy as np

from ..jit.compile import digest, interpreted, unswept
from ..quantities import SERIES
from .arguments import Calendar, Inputs, Recorder, Replicates, Workspace
from .occupancy import MOST_SECTORS
from .opening import open_many
from .params import CONTROL_INDEX, CONTROLS, as_records
from .rng import MOST_CLASSES
from .setting import Setting
from .state import LONG_AGO, offsets, view
from .step import OK, PARAMS, STATUS, advance_one
from .tally import Table, lay_out
from .world import places, rooms

__all__ = ["DEVICES", "PARAMS", "STATUS", "Recorded", "States", "advance", "begin", "clone", "digest", "neutral_controls", "record_type"]

DEVICES = ("cpu", "cuda")
# The first morning, before burn-in settles the market: neither state is much afraid; police presence is that of a sector with some members.
START_RESTRAINT, START_PATROL = 0.05, 0.4
WAITING_DAYS = 12.0  # days of arrivals that wait at the border on the first morning: about what tries and leavers take away again
START_MARKUP = 1.05  # over the least markup that the logit market gives: that of sellers with a share of one twentieth


@dataclass(frozen=True, eq=False)
class States:
    """Replicates between two nights.

    params : record array [r]; innovations : given demand innovations [r, month], NaN where drawn; keys : uint64 [r, 3];
    buffer : all state, float64 [r, cells]; status : int64 [r]; day : next day to run.
    table : what is read off the histories while they run; tally : how far that is, float64 [r, cells], see tally.py.
    """

    setting: Setting
    params: np.ndarray
    innovations: np.ndarray
    seed: int
    lanes: np.ndarray
    keys: np.ndarray
    buffer: np.ndarray
    status: np.ndarray
    day: int
    table: Table
    tally: np.ndarray

    @property
    def statistics(self) -> np.ndarray:
        """Results of the readings so far, float64 [r, readings]; NaN before a window's end and where a replicate failed."""
        found = self.tally[:, : len(self.table.rows)].copy()
        found[self.status != OK] = np.nan
        return found

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


def record_type() -> np.dtype:
    """The structured type that carries parameters into kernels: one float64 field each."""
    return np.dtype((np.record, [(p.name, np.float64) for p in PARAMS]))


def neutral_controls(days: int) -> np.ndarray:
    """Controls that change nothing, [day, control]."""
    return np.tile(np.array([c.neutral for c in CONTROLS]), (days, 1))


def begin(setting: Setting, values: Mapping[str, np.ndarray | float], innovations: np.ndarray | None, seed: int,
          lanes: np.ndarray, table: Table | None = None) -> States:
    """Worlds on the morning of day 0.

    Parameters
    ----------
    values : parameter name -> [r] or number; parameters not named keep their default.
    innovations : standard-normal monthly demand innovations [r, month]; NaN, or None for all, lets the kernel draw them.
    seed : 64-bit seed; lanes : whole numbers 0..2^32-1 naming the luck of each replicate [r].
    table : what is to be read off the histories while they run, of a world of this many days; None: nothing.

    Raises
    ------
    KeyError
        For a parameter the model does not have.
    ValueError
        For too many classes, or a table made for another number of days.
    """
    asked = lay_out((), setting.days) if table is None else table
    if len(asked.begins) != setting.days + 1:
        raise ValueError(f"a table of readings for {len(asked.begins) - 1} days; expected one for {setting.days}")
    if len(setting.classes) > MOST_CLASSES:
        raise ValueError(f"{len(setting.classes)} client classes; expected at most {MOST_CLASSES}")
    if setting.sectors > MOST_SECTORS:
        raise ValueError(f"{setting.sectors} sectors; expected at most {MOST_SECTORS}")
    if len(lanes) and not 0 <= int(np.min(lanes)) <= int(np.max(lanes)) < 1 << 32:
        raise ValueError(f"lanes from {np.min(lanes)} to {np.max(lanes)}; expected whole numbers from 0 to {(1 << 32) - 1}")
    lanes = np.ascontiguousarray(lanes, dtype=np.int64)
    r = len(lanes)
    params = np.zeros(r, dtype=record_type())
    for p in PARAMS:
        params[p.name] = p.value
    for name, value in values.items():
        if name not in (params.dtype.names or ()):
            raise KeyError(name)
        params[name] = value
    given = np.full((r, setting.months), np.nan)
    if innovations is not None:
        width = min(setting.months, innovations.shape[1])
        given[:, :width] = innovations[:, :width]
    seed %= 1 << 64
    keys = np.empty((r, 3), dtype=np.uint64)
    keys[:, 0], keys[:, 1], keys[:, 2] = seed & 0xFFFFFFFF, seed >> 32, lanes.astype(np.uint64)
    buffer = np.zeros((r, int(offsets(setting)[-1, 1])))
    states = States(setting, params, given, seed, lanes, keys, buffer, np.zeros(r, dtype=np.int64), 0,
                    asked, np.full((r, asked.cells), np.nan))
    _settle(states)
    return states


def _settle(states: States) -> None:
    """Fill the first morning: people, groups, beliefs."""
    setting = states.setting
    p = states.params
    mix = setting.mix[0]
    for name, value in (("restraint", START_RESTRAINT), ("guard", 1.0), ("patrol", START_PATROL), ("value_belief", 1.0)):
        states.array(name)[...] = value
    for name, start in (("cash", "growth_start_cash"), ("reputation", "growth_start_reputation"),
                        ("readiness", "growth_start_readiness"), ("fear", "extortion_belief")):
        states.array(name)[...] = p[start][:, None]
    states.array("last_attack")[...] = LONG_AGO
    states.array("operation_wait")[...] = -1
    states.array("last_operation")[...] = LONG_AGO
    belief = np.log(p["symbols_belief"] / (1.0 - p["symbols_belief"]))
    states.array("belief")[...] = belief[:, None]
    risk = -np.log1p(-np.minimum(p["crossings_prevented"], 1.0 - 1e-9)) - np.log1p(-np.minimum(p["crossings_detained"], 1.0 - 1e-9))
    states.array("risk")[...] = risk[:, None]
    start = p["prices_unit_cost"] * np.exp(-p["prices_cost_trend"] * p["prices_cost_day"] / 365.25) + START_MARKUP / p["prices_weight"]
    states.array("price_level")[...] = start[:, None]
    states.array("price")[...] = start[:, None, None]
    level = p["demand_level"] * setting.season[setting.start.month - 1] * np.exp(setting.growth[0])
    states.array("transit")[...] = np.rint(level[:, None] * mix / np.maximum(p["demand_north_rate"], 1e-3)[:, None])
    states.array("waiting")[...] = np.rint(WAITING_DAYS * level[:, None] * mix)
    with np.errstate(over="ignore"):
        members, origin, skill = (np.ascontiguousarray(states.array(n)) for n in ("members", "origin", "skill"))
        open_many(np.maximum(p["growth_members_total"], 1.0), p["crossings_skill_sd"] * 1.0, states.keys, setting.initial_groups,
                  np.ascontiguousarray(setting.origin_share, dtype=np.float64), members, origin, skill)
    if setting.opening is not None:
        members[:] = setting.opening
    for name, value in (("members", members), ("origin", origin), ("skill", skill)):
        states.array(name)[...] = value


def clone(states: States, index: np.ndarray | None = None, lanes: np.ndarray | None = None) -> States:
    """Copy replicates, all or those of an index (which may repeat): one copy of the buffer and of the tally.

    `lanes`: whose luck each copy has from its next day on, [copies]; None: that of its original.
    """
    i = np.arange(len(states.lanes)) if index is None else np.asarray(index)
    lucky, keys = states.lanes[i].copy(), states.keys[i].copy()
    if lanes is not None:
        lucky[:] = lanes
        keys[:, 2] = lucky.astype(np.uint64)
    copies = replace(states, params=states.params[i].copy(), innovations=states.innovations[i].copy(), lanes=lucky, keys=keys,
                     buffer=states.buffer[i].copy(), status=states.status[i].copy(), tally=states.tally[i].copy())
    if lanes is not None:
        copies.array("operations")[...] = states.day << 8  # numbers by which no luck in these lanes has been named
    return copies


@cache
def calendar(start: date, days: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each day: months since the start, month of the year from 0, whether a month (or the world) begins."""
    dates = [start + timedelta(days=d) for d in range(days)]
    months = np.array([(d.year - start.year) * 12 + d.month - start.month for d in dates], dtype=np.int64)
    return months, np.array([d.month - 1 for d in dates], dtype=np.int64), np.array([d.day == 1 or d == start for d in dates])


def advance(states: States, to_day: int, *, controls: np.ndarray | None = None, detail: str = "",
            record: bool = True, threads: int | None = None, device: str = "cpu") -> tuple[States, Recorded]:
    """Run all replicates up to, not including, `to_day`; the buffers are advanced in place.

    Parameters
    ----------
    controls : daily settings of policy levers [day, control] or [r, day, control], from day 0; None changes nothing.
    detail : "" totals only, "s" by sector, "c" by client class.
    record : keep the daily series; without, only the states and what their table reads off are left.
    device : "cpu", or "cuda" for a graphics card, which needs the extra of that name.

    Returns
    -------
    The states with their new day, and what was recorded.
    """
    if device not in DEVICES:
        raise ValueError(f"device '{device}' unknown; expected {' or '.join(DEVICES)}")
    setting = states.setting
    r, days = len(states.lanes), to_day - states.day
    if not 0 <= states.day <= to_day <= setting.days:
        raise ValueError(f"day {to_day} unknown; expected {states.day} to {setting.days}")
    size = {"s": setting.sectors, "c": len(setting.classes)}
    k = len(SERIES)
    series = np.empty((r, days if record else 0, k), dtype=np.float32)
    sector = np.empty((r, days if detail == "s" else 0, k, size["s"]), dtype=np.float32)
    classes = np.empty((r, days if detail == "c" else 0, k, size["c"]), dtype=np.float32)
    path = _control_records(controls, r, to_day, setting.days)
    replicates = Replicates(states.params, states.keys, states.buffer, states.innovations, path)
    run_days = Calendar(states.day, to_day, *calendar(setting.start, setting.days))
    recorder = Recorder(states.table, states.tally, series, sector, classes)
    with unswept():
        if device == "cuda":
            from .cuda import advance_many  # only who asks for a graphics card waits for its compiler

            layout = places(setting)
            advance_many((replicates, Workspace(rooms(layout, 0), layout), run_days, _inputs(setting), recorder), states.status)
        else:
            _run_threads(states.status, replicates, run_days, setting, recorder, max(1, min(threads or os.cpu_count() or 1, r)))
    for recorded in (series, sector, classes):
        recorded[states.status != OK] = np.nan
    return replace(states, day=to_day), Recorded(to_day - days, series, sector if detail == "s" else classes if detail == "c" else None)


def _control_records(controls: np.ndarray | None, replicates: int, to_day: int, days: int) -> np.ndarray:
    """Controls as records [1 or r, day]."""
    path = neutral_controls(days) if controls is None else np.asarray(controls, dtype=np.float64)
    path = np.ascontiguousarray(path[None] if path.ndim == 2 else path)
    if path.shape[0] not in (1, replicates) or path.shape[1] < to_day or path.shape[2] != len(CONTROLS):
        raise ValueError(f"controls of shape {path.shape}; expected (1 or {replicates}, at least {to_day}, {len(CONTROLS)})")
    return as_records(path, tuple(CONTROL_INDEX))


def _inputs(setting: Setting) -> Inputs:
    """What a setting gives, as arrays."""
    hostility = np.ones((setting.slots, setting.slots)) if setting.hostility is None else setting.hostility
    worth = np.zeros(setting.sectors) if setting.worth is None else setting.worth
    season, growth, mix, familiar, origin_share, imposed, hostility, worth = (
        np.ascontiguousarray(a, dtype=np.float64) for a in (
            setting.season, setting.growth, setting.mix, setting.familiar, setting.origin_share, setting.operation, hostility, worth))
    return Inputs(season, growth, mix, familiar, origin_share, imposed, hostility, worth, setting.hazard_from)


def _run_threads(status: np.ndarray, replicates: Replicates, run_days: Calendar, setting: Setting, recorder: Recorder,
                 threads: int) -> None:
    """Run all replicates whose status is OK, each by one of so many threads."""
    layout = places(setting)
    workspace, inputs = Workspace(rooms(layout, threads), layout), _inputs(setting)
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
