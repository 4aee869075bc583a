"""Events: the [[event]] tables of a case: what is known to have happened and every replicate has.

An event that has an `id` can be named by claims of kind `effect`.
"""
from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from interlope.scenario.operations import Event
from interlope.toml.table import Table

EVENTS = ("operation",)
MOST_COMPARED = 3660  # days after a decision, ten years: what the model was never looked at beyond


def read_events(table: Table, first: date, last: date, taken: Collection[str]) -> tuple[tuple[Event, ...], list[tuple[Table, str]]]:
    """Read every [[event]] of a case file.

    Parameters
    ----------
    table : Table
        The case file; its faults list receives every fault.
    first, last : date
        The days of the case.
    taken : collection of str
        Names of forcings, which claims of an effect may name as well.

    Returns
    -------
    tuple of (tuple of Event, list of (Table, str))
        The events, and the sources that they name.
    """
    events: list[Event] = []
    pending: list[tuple[Table, str]] = []
    for part in table.parts("event", each="start"):
        event = _event(part, first, last, pending)
        if event is None:
            continue
        if event.id and event.id in (*taken, *(e.id for e in events)):
            part.fault(f"id '{event.id}' of an event given twice", "each id once, and no name of a [[forcing]]", "id")
        events.append(event)
    return tuple(events), pending


def _event(part: Table, first: date, last: date, pending: list[tuple[Table, str]]) -> Event | None:
    """[[event]]: an imposed operation within the case's days, known from the day it starts unless `published` says otherwise."""
    kind, name = part.text("kind", among=EVENTS), part.name("id", "")
    start = part.day("start")
    days = part.integer("days", low=1, high=MOST_COMPARED)
    intensity = part.number("intensity", low=0.001, high=1.0)
    published = part.day("published", start)
    end_known = _end_known(part, start)
    if start is not None and (start > last or (first - start).days >= days):
        part.fault(f"an operation of {days} days from {start}", f"days from {first} to {last}, those of the case", "start")
    if (last - first).days + 1 < days:
        part.fault(f"an operation of {days:,} days in a case of {(last - first).days + 1:,}", "days within those of the case", "days")
    source = part.text("source")
    pending.append((part, source))
    part.text("note", "")
    part.close()
    if start is None or published is None:
        return None
    return Event(kind, start, days, intensity, source, published, end_known, name)


def _end_known(part: Table, start: date | None) -> date:
    """Day on which the end of an operation became known: `date.min`, as it ended, unless `end_known` is false or says a later day."""
    if isinstance(part.data.get("end_known", True), bool):
        return date.min if part.flag("end_known", True) else date.max
    if not isinstance(part.data["end_known"], date) or isinstance(part.data["end_known"], datetime):
        part.take("end_known")
        part.refuse("end_known", part.data["end_known"], "false, or the day on which the end became known, without a time of day")
        return date.min
    known = part.day("end_known")
    if known is not None and start is not None and known < start:
        part.fault(f"end_known = {known}", f"a day not before start, {start}, or false where no end is known", "end_known")
    return known or date.min
