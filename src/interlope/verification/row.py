"""Row: one published figure, how the kernel is configured to show it, and whether it does.

A row with a range on both sides holds when our value lies within it widened by three of our own standard errors, and when that
error is no larger than the row allows: a run too noisy to tell is no pass. A row open on one side claims a sign, and a sign has to be
shown: our value must lie beyond the bound by three errors. A row that says under `given` what was chosen with its own figure in sight
is shown as set; it can fail, but counts as no pass. Ranges and allowed errors are stated with the row, before it runs.
"""
from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

WIDTH = 3.0


class Trial(NamedTuple):
    """How a row is measured: the seed of its random streams, and whether in full (more replicates, larger worlds)."""

    seed: int
    full: bool

    def size(self, short: int, full: int) -> int:
        """Number of replicates, days or people: the first for the short set, the second for the full one."""
        return full if self.full else short


class Measured(NamedTuple):
    """What the kernel gave: a value, its Monte Carlo standard error (0 where nothing is left to chance) and a remark."""

    value: float
    error: float
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One published figure.

    Attributes
    ----------
    name : str
        Unique, small letters and hyphens.
    what : str
        The thing measured and the configuration, in a line.
    published : str
        The figure as printed by its authors.
    low, high : float
        The range that counts as reproduced; may be infinite.
    unit : str
        Unit of all of them.
    source : str
        Key in docs/references.bib.
    tolerance : str
        Where the range comes from.
    measure : callable
        Runs the kernel.
    finest : float
        Largest standard error at which the row can tell anything.
    long : bool
        Whether it is only in the full set.
    given : str
        The number of the kernel that was chosen with this very figure in sight; empty where none was.
    """

    name: str
    what: str
    published: str
    low: float
    high: float
    unit: str
    source: str
    tolerance: str
    measure: Callable[[Trial], Measured]
    finest: float = math.inf
    long: bool = False
    given: str = ""

    @property
    def sign(self) -> bool:
        """Whether the row is open on one side: a claim of sign, which has to be shown."""
        return math.isinf(self.low) or math.isinf(self.high)


class RowOutcome(NamedTuple):
    """A row with what was measured, the seconds it took, whether it agrees, and the reason if not."""

    row: Row
    measured: Measured
    seconds: float
    holds: bool
    why: str

    @property
    def verdict(self) -> str:
        """What the table says: yes, set (agrees because a number was chosen for it: no pass), or NO with the reason."""
        if not self.holds:
            return f"NO: {self.why}"
        return "set" if self.row.given else "yes"


def judge(row: Row, measured: Measured) -> tuple[bool, str]:
    """Whether a measured value agrees with a row, and why not.

    >>> exact = Row("a", "", "1", 1.0, 1.0, "1", "x2000", "", lambda trial: Measured(0.0, 0.0))
    >>> judge(exact, Measured(1.02, 0.01))
    (True, '')
    >>> judge(exact, Measured(1.2, 0.01))
    (False, 'above the range')
    >>> judge(Row("b", "", "up", 0.0, math.inf, "1", "x2000", "", lambda trial: Measured(0.0, 0.0)), Measured(0.2, 0.1))
    (False, 'sign not shown: within three errors of the bound')
    """
    value, error, _ = measured
    if not (math.isfinite(value) and math.isfinite(error)):
        return False, "not a number"
    if error > row.finest:
        return False, f"too noisy: error {error:.2g} above {row.finest:.2g}"
    width = WIDTH * error
    if value + (0.0 if row.sign else width) < row.low:
        return False, "below the range"
    if value - (0.0 if row.sign else width) > row.high:
        return False, "above the range"
    if row.sign and not row.low < value - width <= value + width < row.high:
        return False, "sign not shown: within three errors of the bound"
    return True, ""
