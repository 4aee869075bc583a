"""Operations: police operations that are known to have begun, on the calendar, and what their record says."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

LONG = 22  # days from which an operation counts as long: the geometric middle of the model's medians, 4 and 120


class Event(NamedTuple):
    """Something imposed from outside: a police operation.

    Attributes
    ----------
    kind : str
        One of EVENTS.
    start : date
        First day.
    days : int
        How many days it lasts; at least so many where its end is not known.
    intensity : float
        0 to 1, a full operation.
    source : str
        Where it is reported.
    published : date
        Day on which it became known.
    end_known : date
        Day on which its end became known; `date.max` where it never did. On any day of knowledge before it, how long the operation lasts
        is a parameter, `raids_unended_days`, and `days` only says up to when it is known to have run.
    id : str
        What a claim of its effect calls it by; empty where none may.
    """

    kind: str
    start: date
    days: int
    intensity: float
    source: str
    published: date
    end_known: date = date.min
    id: str = ""


class ImposedOperations(NamedTuple):
    """Known operations by day, as a setting takes them.

    Attributes
    ----------
    intensity : ndarray
        By the calendar [day].
    unended, run : ndarray
        Intensity of an operation whose end is not known, and days since it began [day].
    record : tuple of int
        Operations known to have begun, and of those the short and the long ones; some may be undecided yet.
    """

    intensity: np.ndarray
    unended: np.ndarray
    run: np.ndarray
    record: tuple[int, int, int]


def impose(events: Sequence[Event], start: date, days: int, known: date) -> ImposedOperations:
    """Put the operations that were known on a day on the calendar.

    Parameters
    ----------
    events : sequence of Event
        Those that the case states.
    start : date
        First simulated day.
    days : int
        Number of simulated days.
    known : date
        Day of knowledge.

    Returns
    -------
    ImposedOperations
    """
    intensity, unended, run = np.zeros(days), np.zeros(days), np.zeros(days)
    for event in events:
        if event.published > known:
            continue
        first = max((event.start - start).days, 0)
        last = min((min(event.start + timedelta(days=event.days - 1), known) - start).days, days - 1)
        if last < first:
            continue
        intensity[first : last + 1] = np.maximum(intensity[first : last + 1], event.intensity)
        if event.end_known > known:
            unended[first:] = event.intensity
            run[first:] = np.arange(first, days) - (event.start - start).days
    return ImposedOperations(intensity, unended, run, _count(events, known))


def _count(events: Sequence[Event], known: date) -> tuple[int, int, int]:
    """Operations that were known on a day to have begun, and of those the short and the long ones."""
    begun = [e for e in events if e.start <= known and e.published <= known]
    lasted = [min(e.days, (known - e.start).days + 1) for e in begun]
    ended = [e.end_known <= known and e.start + timedelta(days=e.days - 1) < known for e in begun]
    return len(begun), sum(over and days < LONG for over, days in zip(ended, lasted)), sum(days >= LONG for days in lasted)
