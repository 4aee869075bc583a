"""Measures: what states are known to have done, as levers with days, and every replicate has: patrols, a law, lawful ways.

A measure stands as it was set from its first day to its last, or on where no last day is stated; an operation of the police is an
[[event]] instead. A claim of kind `effect` may name it.
"""
from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from interlope.errors import nearest
from interlope.levers.catalogue import levers
from interlope.levers.option import ALWAYS, Option, ScheduledLever
from interlope.toml.table import Table


class SetLever(NamedTuple):
    """A lever as a measure sets it: its name, its setting in its unit, and the days until it acts in full."""

    name: str
    setting: float
    ramp: int


class Measure(NamedTuple):
    """A measure that was taken.

    Attributes
    ----------
    id : str
        By which it is called.
    start, end : date
        First and last day; `end` is None where it goes on.
    levers : tuple of SetLever
        What it sets.
    source : str
        Where it is reported.
    published : date
        Day on which it became known.
    """

    id: str
    start: date
    end: date | None
    levers: tuple[SetLever, ...]
    source: str
    published: date


def control(measures: Sequence[Measure], start: date, days: int, known: date) -> np.ndarray | None:
    """Daily controls [day, control] of the measures that were known on a day; None where there are none.

    Parameters
    ----------
    measures : sequence of Measure
        Those that the case states.
    start : date
        First simulated day.
    days : int
        Number of simulated days.
    known : date
        Day of knowledge.

    Returns
    -------
    ndarray or None
        Levers that move one control combine as it declares.
    """
    taken = [m for m in measures if m.published <= known]
    if not taken:
        return None
    scheduled = []
    for m in taken:
        first, after = (m.start - start).days, ALWAYS if m.end is None else (m.end - start).days + 1
        scheduled += [ScheduledLever(one.name, one.setting, first, after, one.ramp) for one in m.levers if first < days]
    return Option("measures", "what was in force", tuple(scheduled)).controls(days)


def read_measures(table: Table, first: date, last: date, taken: Collection[str]) -> tuple[tuple[Measure, ...], list[tuple[Table, str]]]:
    """Read every [[measure]] of a case file.

    Parameters
    ----------
    table : Table
        The case file; its faults list receives every fault.
    first, last : date
        The days of the case.
    taken : collection of str
        Names of events and forcings, which claims of an effect may name as well.

    Returns
    -------
    tuple of (tuple of Measure, list of (Table, str))
        The measures, and the sources that they name.
    """
    measures: list[Measure] = []
    pending: list[tuple[Table, str]] = []
    for part in table.parts("measure", each="id"):
        name, start, source = part.name("id"), part.day("start"), part.text("source")
        end, published = part.day("end", None), part.day("published", start)
        set_levers = tuple(_lever(one, (last - first).days + 1) for one in part.parts("lever", at_least=1, each="name"))
        if name and name in taken:
            part.fault(f"id '{name}' of a measure given twice", "each id once, and none of an [[event]] or name of a [[forcing]]", "id")
        if start is not None and not first <= start <= last:
            part.fault(f"a measure from {start}", f"a day from {first} to {last}, those of the case", "start")
        if start is not None and end is not None and end < start:
            part.fault(f"end = {end}, before the measure begins ({start})", "a day from then on, or no such line where it goes on", "end")
        pending.append((part, source))
        part.text("note", "")
        part.close()
        if start is not None and published is not None:
            measures.append(Measure(name, start, end, set_levers, source, published))
    _refuse_sums(table, measures)
    return tuple(measures), pending


def refuse_late(table: Table, measures: Sequence[Measure], decided: date) -> None:
    """Refuse what was in force before the day of decision and became known on it or later: options would be compared on another past.

    Parameters
    ----------
    table : Table
        The case file.
    measures : sequence of Measure
        Its measures.
    decided : date
        First day on which options act.
    """
    for m in measures:
        if m.start < decided <= m.published:
            table.fault(f"measure '{m.id}', in force from {m.start}, was published on {m.published}: options are decided on {decided}",
                        "published before the first day of [decision], or a decision after it", "measure")


def _refuse_sums(table: Table, measures: Sequence[Measure]) -> None:
    """Refuse measures that set one lever beyond its range on any day, all together."""
    known = levers()
    for name in {one.name for m in measures for one in m.levers} & set(known):
        for first in {m.start for m in measures}:
            total = sum(one.setting for m in measures for one in m.levers
                        if one.name == name and m.start <= first and (m.end is None or m.end >= first))
            if total > known[name].high + 1e-9:
                table.fault(f"{name} stands in several measures that add up to {total:g} on {first}",
                            f"at most {known[name].most} on any day", "measure")
                break


def _lever(part: Table, days: int) -> SetLever:
    """Read one lever of a measure; its setting is reached within the days of the case."""
    names = levers()
    name = part.text("name")
    if name and name not in names:
        part.fault(f"lever '{name}' unknown", "one of " + ", ".join(names), "name", nearest(name, names))
    known = names.get(name)
    if known is not None and known.uses:
        part.fault(f"lever '{name}' in a measure", "a lever whose numbers the evidence is weighed with", "name",
                   f"{', '.join(known.uses)} are drawn where options are compared, and no fit learns them")
    setting = part.number("setting", low=0.0, high=known.high if known else np.inf)
    if setting == 0.0:
        part.fault("setting = 0: never acts", "a setting above 0, or no [[measure.lever]]", "setting")
    ramp = part.integer("ramp", 0, high=days)
    part.close()
    return SetLever(name, setting, ramp)
