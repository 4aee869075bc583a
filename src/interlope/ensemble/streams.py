"""Streams: which random numbers every replicate draws from, span of days by span of days.

A replicate draws from one stream from its first day to its last, unless a particle filter copied it: from the next day on each copy
then has a stream of its own. With the days on which streams change written down, a path can be simulated again from its parameters,
bit for bit.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np


@dataclass(frozen=True, eq=False)
class Streams:
    """Random streams of n replicates.

    Attributes
    ----------
    seed : int
        64-bit seed that all streams belong to.
    ids : ndarray of int64 [n, spans]
        Stream of each replicate in each span of days.
    changes : tuple[int, ...]
        First day of the second span, of the third, and so on, rising.
    """

    seed: int
    ids: np.ndarray
    changes: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, index: np.ndarray | slice) -> Streams:
        """The streams of some of the replicates."""
        return replace(self, ids=self.ids[index])

    def at(self, day: int) -> np.ndarray:
        """The stream [n] of each replicate on a day."""
        return self.ids[:, sum(change <= day for change in self.changes)]


def single(seed: int, ids: np.ndarray) -> Streams:
    """One stream for each replicate, from its first day to its last.

    Parameters
    ----------
    seed : int
        Any whole number.
    ids : ndarray [n]
        Stream of each replicate.

    Returns
    -------
    Streams

    Examples
    --------
    >>> single(7, np.arange(2)).at(400).tolist()
    [0, 1]
    """
    return Streams(seed, np.asarray(ids, dtype=np.int64)[:, None])


def then(streams: Streams, day: int, ids: np.ndarray) -> Streams:
    """The same streams up to a day, and others [n] from then on.

    Parameters
    ----------
    streams : Streams
        The streams so far.
    day : int
        First day of the other streams.
    ids : ndarray [n]
        Stream of each replicate.

    Returns
    -------
    Streams

    Examples
    --------
    >>> then(single(7, np.arange(2)), 30, np.array([8, 9])).at(30).tolist()
    [8, 9]
    """
    return Streams(streams.seed, np.column_stack([streams.ids, ids]), (*streams.changes, day))


def spans(streams: Streams, from_day: int, to_day: int) -> Iterator[tuple[int, np.ndarray | None]]:
    """Cut the days up to `to_day` where streams change: (day to run to, streams to go on with or None where they stay).

    Parameters
    ----------
    streams : Streams
        The streams so far.
    from_day : int
        Day on which the replicates stand.
    to_day : int
        Day to run to, not counted.

    Returns
    -------
    Iterator[tuple[int, ndarray or None]]

    Examples
    --------
    >>> list(spans(Streams(7, np.array([[3, 4]]), (10,)), 0, 15))
    [(10, array([4])), (15, None)]
    """
    for span, change in enumerate(streams.changes):
        if from_day < change <= to_day:
            yield change, streams.ids[:, span + 1]
    if not any(change == to_day for change in streams.changes):
        yield to_day, None


def advance(engine: Any, states: Any, streams: Streams, to_day: int, **how: Any) -> tuple[Any, np.ndarray]:
    """Run replicates up to, not including, `to_day`, each along its own streams.

    Parameters
    ----------
    engine : Any
        A simulator with `advance` and `clone`; `interlope.model.simulate` is one.
    states : Any
        Replicates that were begun with `streams.ids[:, 0]`.
    how : Any
        Passed on to the engine's `advance`.

    Returns
    -------
    tuple[Any, ndarray]
        The states, and the recorded series [n, day, series] of the days that were run.
    """
    recorded = []
    for day, ids in spans(streams, states.day, to_day):
        states, span = engine.advance(states, day, **how)
        recorded.append(span.series)
        if ids is not None:
            states = engine.clone(states, None, ids)
    return states, np.concatenate(recorded, axis=1) if len(recorded) > 1 else recorded[0]
