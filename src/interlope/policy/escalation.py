"""Escalation: after an operation begins, does an organised, violent response follow?

Counted is the first operation that begins after the day of decision (or is running on that day), in each draw, and
whether within 30 or 90 days after its first day (a) two groups act together against personnel of one state, and (b) any
organised armed attack on personnel is recorded. Draws whose horizon ends before the window does are left out.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from interlope.policy.weighted import gather
from interlope.quantities import INDEX

WINDOWS = (30, 90)
RESPONSES = ("organised_response", "armed_attacks")
ASSUMPTIONS = (
    "an organised response needs two {groups} under one command or truce that act within seven days of each other",
    "the effect of force on attacks is drawn from deterrence, none and backlash with chances .17, .33 and .5",
    "operations of the status quo start by the hazard that publicised violence raises and restraint lowers",
)


class Interval(NamedTuple):
    """A chance with its 90 % interval and the number of operations behind it; None where there were none."""

    chance: float | None
    low: float | None
    high: float | None
    operations: int


@dataclass(frozen=True, eq=False)
class Escalation:
    """What followed the first operation, by draw.

    Attributes
    ----------
    start : np.ndarray
        [n] days after the decision on which it began, -1 where there was none.
    followed : np.ndarray
        [n, response, window] 1, 0 or NaN (no operation, or window not complete).
    """

    start: np.ndarray
    followed: np.ndarray

    @classmethod
    def empty(cls, count: int) -> Escalation:
        """Room for `count` draws."""
        return cls(np.full(count, -1), np.full((count, len(RESPONSES), len(WINDOWS)), np.nan))

    def put(self, rows: slice, other: Escalation) -> None:
        """Fill a part of the draws."""
        self.start[rows], self.followed[rows] = other.start, other.followed

    def take(self, draws: np.ndarray) -> Escalation:
        """Only some of the draws, by index or mask."""
        return Escalation(self.start[draws], self.followed[draws])

    def chance(self, weights: np.ndarray, origins: np.ndarray, response: int, window: int) -> Interval:
        """Chance that a response followed, with a 90 % interval (Wilson, on the effective number of origins)."""
        events = self.followed[:, response, window]
        counted = np.isfinite(events) & (weights > 0)
        if not counted.any():
            return Interval(None, None, None, 0)
        w = weights[counted] / weights[counted].sum()
        p, z = float(w @ events[counted]), 1.6448536269514722
        n = 1.0 / float(np.sum(gather(w, origins[counted]) ** 2))
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return Interval(p, max(float(middle - half), 0.0), min(float(middle + half), 1.0), int(counted.sum()))


def trace(future: np.ndarray) -> Escalation:
    """Find the first operation after the decision and what followed it.

    Parameters
    ----------
    future : np.ndarray
        [r, d, k] recorded series after the decision.

    Returns
    -------
    Escalation

    Notes
    -----
    An operation that runs across the day of decision counts as beginning on it.
    """
    running = future[:, :, INDEX["operation_days"]] > 0
    count, days = running.shape
    result = Escalation.empty(count)
    result.start[:] = np.where(running.any(axis=1), running.argmax(axis=1), -1)
    offsets = np.arange(days)[None, :] - result.start[:, None]
    for i, name in enumerate(RESPONSES):
        shots = future[:, :, INDEX[name]] > 0
        for j, window in enumerate(WINDOWS):
            whole = (result.start >= 0) & (result.start + window <= days)
            hit = (shots & (offsets >= 0) & (offsets < window)).any(axis=1)
            result.followed[whole, i, j] = hit[whole]
    return result
