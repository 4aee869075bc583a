"""Measuring: every row through the kernel, the published figure beside ours."""
from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from ..errors import BadInput, nearest
from . import published
from .row import Measured, Row, RowOutcome, Trial, judge

SEED = 20231027


def choose(full: bool, only: Sequence[str] = ()) -> tuple[Row, ...]:
    """The rows of the short or the full set; `only` keeps those whose name begins so, of either set.

    Raises
    ------
    BadInput
        When no row's name begins like one of `only`.
    """
    rows = published.rows()
    for name in only:
        if not (name and any(row.name.startswith(name) for row in rows)):
            names = list(dict.fromkeys(row.name.split("-")[0] for row in rows))
            near = nearest(name.split("-")[0], names)
            raise BadInput(f"--only '{name}': no row begins so; expected the beginning of a row, of {', '.join(names)}"
                           + (f"; {near}" if near else ""))
    if only:
        return tuple(row for row in rows if any(row.name.startswith(name) for name in only))
    return tuple(row for row in rows if full or not row.long)


def measure(rows: Sequence[Row], *, full: bool = False, seed: int = SEED,
        progress: Callable[[int, int], None] | None = None) -> Iterator[RowOutcome]:
    """Measure and judge rows one by one.

    Parameters
    ----------
    rows : sequence of Row
        Rows to measure.
    full : bool
        More replicates and larger worlds.
    seed : int
        Seed of all random streams.
    progress : callable, optional
        Called with (done, total) after each row.

    Yields
    ------
    RowOutcome
        What was measured, and whether the row holds.
    """
    for i, row in enumerate(rows):
        began = time.perf_counter()
        try:
            measured = row.measure(Trial(seed, full))
        except ArithmeticError as error:
            yield RowOutcome(row, Measured(float("nan"), float("nan"), str(error)), time.perf_counter() - began, False, str(error))
        else:
            holds, why = judge(row, measured)
            yield RowOutcome(row, measured, time.perf_counter() - began, holds, why)
        if progress:
            progress(i + 1, len(rows))
