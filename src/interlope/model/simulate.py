"""Simulate: begin and copy replicates of a simulated world; `running` advances them.

Random streams are named by stream ids: replicates with one seed and one id have common random numbers.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ..jit.compile import digest
from .occupancy import MOST_SECTORS
from .online_statistics import StatisticsTable, lay_out
from .opening import open_many
from .params import neutral_controls
from .people import MOST_CLASSES, apportion
from .running import DEVICES, Recorded, States, advance
from .setting import Setting
from .slots import NO_ORIGIN
from .state import LONG_AGO, offsets
from .step import PARAMS, STATUS

__all__ = ["DEVICES", "PARAMS", "STATUS", "Recorded", "States", "advance", "begin", "clone", "digest", "neutral_controls", "record_type",
           "set_people"]

# The first morning, before burn-in settles the market: neither state is much afraid; police presence is that of a sector with some members.
START_RESTRAINT, START_PATROL = 0.05, 0.4
WAITING_DAYS = 12.0  # days of arrivals that wait at the border on the first morning: about what tries and leavers take away again
START_MARKUP = 1.05  # over the least markup that the logit market gives: that of sellers with a share of one twentieth


def record_type() -> np.dtype:
    """The structured type that carries parameters into kernels: one float64 field each."""
    return np.dtype((np.record, [(p.name, np.float64) for p in PARAMS]))


def begin(setting: Setting, values: Mapping[str, np.ndarray | float], innovations: np.ndarray | None, seed: int,
          stream_ids: np.ndarray, table: StatisticsTable | None = None) -> States:
    """Replicates on the morning of day 0.

    Parameters
    ----------
    setting : Setting
        What the case decides.
    values : Mapping[str, ndarray or float]
        Parameter name -> float64 [r] or a number for all; parameters that are not named keep their default.
    innovations : ndarray, optional
        float64 [r, month]: standard-normal demand innovations; NaN, or None for all, lets the kernel draw them.
    seed : int
        64 bits.
    stream_ids : ndarray
        Whole numbers 0..2^32-1 [r]: the random stream of each replicate. Replicates with one seed and one id have common random numbers.
    table : StatisticsTable, optional
        Which summary statistics to accumulate, laid out for this many days; None for none.

    Returns
    -------
    States

    Raises
    ------
    KeyError
        For a parameter the model does not have.
    ValueError
        For too many classes or sectors, stream ids out of range, or a table for another number of days.

    Examples
    --------
    >>> import numpy as np
    >>> from interlope.verification.defaults import neutral
    >>> states = begin(neutral(30), {"demand_level": 400.0}, None, 7, np.arange(2))
    >>> states.day, states.array("waiting").shape
    (0, (2, 1))
    """
    asked = lay_out((), setting.days) if table is None else table
    if len(asked.begins) != setting.days + 1:
        raise ValueError(f"a table of statistics for {len(asked.begins) - 1} days; expected one for {setting.days}")
    if len(setting.classes) > MOST_CLASSES:
        raise ValueError(f"{len(setting.classes)} client classes; expected at most {MOST_CLASSES}")
    if setting.sectors > MOST_SECTORS:
        raise ValueError(f"{setting.sectors} sectors; expected at most {MOST_SECTORS}")
    if len(stream_ids) and not 0 <= int(np.min(stream_ids)) <= int(np.max(stream_ids)) < 1 << 32:
        raise ValueError(f"stream ids from {np.min(stream_ids)} to {np.max(stream_ids)}; expected whole numbers from 0 to {(1 << 32) - 1}")
    stream_ids = np.ascontiguousarray(stream_ids, dtype=np.int64)
    r = len(stream_ids)
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
    keys[:, 0], keys[:, 1], keys[:, 2] = seed & 0xFFFFFFFF, seed >> 32, stream_ids.astype(np.uint64)
    buffer = np.zeros((r, int(offsets(setting)[-1, 1])))
    states = States(setting, params, given, seed, stream_ids, keys, buffer, np.zeros(r, dtype=np.int64), 0,
                    asked, np.full((r, asked.cells), np.nan))
    _settle(states)
    return states


def _settle(states: States) -> None:
    """Fill the first morning: people, groups, beliefs."""
    setting = states.setting
    p = states.params
    for name, value in (("restraint", START_RESTRAINT), ("guard", 1.0), ("patrol", START_PATROL), ("value_belief", 1.0),
                        ("supply_level", 1.0)):
        states.array(name)[...] = value
    for name, start in (("cash", "growth_start_cash"), ("reputation", "growth_start_reputation"),
                        ("readiness", "growth_start_readiness"), ("fear", "extortion_belief")):
        states.array(name)[...] = p[start][:, None]
    states.array("supply_store")[...] = (p["supply_capacity"] * p["supply_store_days"])[:, None]
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
    set_people(states, "transit", level / np.maximum(p["demand_north_rate"], 1e-3))
    set_people(states, "waiting", WAITING_DAYS * level)
    with np.errstate(over="ignore"):
        members, skill = (np.ascontiguousarray(states.array(n)) for n in ("members", "skill"))
        open_many(np.maximum(p["growth_members_total"], 1.0), p["crossings_skill_sd"] * 1.0, states.keys, setting.initial_groups,
                  members, skill)
    if setting.opening is not None:
        members[:] = setting.opening
    for name, value in (("members", members), ("origin", np.asarray(NO_ORIGIN)), ("skill", skill)):
        states.array(name)[...] = value


def set_people(states: States, place: str, people: np.ndarray | float) -> None:
    """Put so many people in a place, in the class shares of the first month's arrivals.

    Parameters
    ----------
    states : States
        Replicates before their first day.
    place : str
        `waiting`, `transit` or `sheltered`.
    people : ndarray or float
        How many [r], or a number for all.

    Examples
    --------
    >>> import numpy as np
    >>> from interlope.verification.defaults import neutral
    >>> states = begin(neutral(30), {}, None, 7, np.arange(1))
    >>> set_people(states, "waiting", 200)
    >>> states.array("waiting").tolist(), states.array("class_waiting").tolist()
    ([[200]], [[50, 20, 80, 20, 30]])
    """
    count = np.broadcast_to(np.rint(people).astype(np.int64), len(states.stream_ids))
    states.array(place)[...] = count[:, None]
    states.array(f"class_{place}")[...] = apportion(count, states.setting.mix[0])


def clone(states: States, index: np.ndarray | None = None, stream_ids: np.ndarray | None = None) -> States:
    """Copy replicates: one copy of the buffer and of the accumulators.

    Parameters
    ----------
    states : States
        Replicates between two days.
    index : ndarray, optional
        Which to copy [copies], also more than once; None for all.
    stream_ids : ndarray, optional
        The random stream of each copy from its next day on [copies]; None for that of its original (common random numbers).

    Returns
    -------
    States
    """
    i = np.arange(len(states.stream_ids)) if index is None else np.asarray(index)
    ids, keys = states.stream_ids[i].copy(), states.keys[i].copy()
    if stream_ids is not None:
        ids[:] = stream_ids
        keys[:, 2] = ids.astype(np.uint64)
    copies = replace(states, params=states.params[i].copy(), innovations=states.innovations[i].copy(), stream_ids=ids, keys=keys,
                     buffer=states.buffer[i].copy(), status=states.status[i].copy(), accumulators=states.accumulators[i].copy())
    if stream_ids is not None:
        copies.array("operations")[...] = states.day << 8  # numbers by which no draw of these streams has been named
    return copies
