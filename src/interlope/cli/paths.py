"""Paths: recorded series by day, drawn in the terminal: one as a fan, the main ones as lines of small columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from rich.text import Text

from interlope.cli import chart, streams
from interlope.cli.chart import ASCII, BLOCKS, Marks
from interlope.cli.console import out
from interlope.errors import BadInput, Fault, nearest
from interlope.quantities import QUANTITIES
from interlope.reporting.numerals import day, number, plural

NONE = "none"
EDGE, GAP, WORDS = 9, 2, 34  # characters for numbers at the left of a fan, between the parts of a line, and after it
LEAST = 16  # columns without which nothing is drawn
STYLE = "cyan"  # of what is drawn, where the terminal has colours


def choose(names: Sequence[str]) -> tuple[str, ...]:
    """The series to draw: those named, the first of them as a fan, or the main ones; none where `none` is named.

    Parameters
    ----------
    names : sequence of str
        As typed.

    Raises
    ------
    BadInput
        When there is no such series.
    """
    if list(names) == [NONE]:
        return ()
    unknown = [name for name in names if name not in QUANTITIES]
    if unknown:
        raise BadInput([Fault("command line", None, f"--chart {name}", f"a recorded series, or '{NONE}'", nearest(name, QUANTITIES))
                        for name in unknown])
    return tuple(dict.fromkeys(names)) or chart.MAIN


def read_store(store: Path, names: Sequence[str], most: int) -> dict[str, np.ndarray]:
    """Series of the first replicates of a finished store; those that it does not hold are left out.

    Parameters
    ----------
    store : Path
        A `replicates.zarr`.
    names : sequence of str
        Recorded series.
    most : int
        Replicates.
    """
    import xarray as xr

    with xr.open_zarr(store, consolidated=False) as dataset:
        return {name: np.asarray(dataset[name][:most], dtype=float) for name in names
                if name in dataset and dataset[name].dims == ("replicate", "day")}


def print_paths(series: Mapping[str, np.ndarray], start: date) -> None:
    """Draw the first series as a fan and all of them as lines of small columns, as wide as the output allows.

    Parameters
    ----------
    series : mapping of str to ndarray [r, d]
        Recorded series by replicate and day; nothing is drawn where there is none, or no room.
    start : date
        The first day.
    """
    width, marks = out().width, BLOCKS if streams.is_unicode() else ASCII
    if not series or width < EDGE + GAP + LEAST:
        return
    name, values = next(iter(series.items()))
    fan = chart.bin_days(values, width - EDGE - GAP)
    _print_fan(name, values.shape, fan, start, marks)
    _print_lines(series, width, marks)


def _print_fan(name: str, shape: tuple[int, ...], fan: np.ndarray, start: date, marks: Marks) -> None:
    replicates, days = shape
    low, high = chart.scale(fan)
    quantity = QUANTITIES[name]
    rows = chart.draw_fan(fan, marks)
    edges = [number(high, 3), *[""] * (len(rows) - 2), number(low, 3)]
    bands = "".join(f", {what} {mark}" for what, mark in zip(("50%", "90%"), (marks.shades[2], marks.shades[1])))
    unit = "" if quantity.unit == "1" else f", {quantity.unit}"
    out().print(Text(f"{name}{unit}, by day: median {marks.shades[3]}{bands} of {plural(replicates, 'replicate')}", style="bold"))
    for edge, row in zip(edges, rows):
        _print(f"{edge:>{EDGE}}{' ' * GAP}", row)
    first, last = day(start), day(start + timedelta(days=days - 1))
    space = fan.shape[1] - len(first) - len(last)
    _print(" " * (EDGE + GAP) + (f"{first}{' ' * space}{last}" if space > 0 else first))
    out().print()


def _print_lines(series: Mapping[str, np.ndarray], width: int, marks: Marks) -> None:
    """One line for each series: its mean over replicates by column, and the least and largest of those."""
    names = max(map(len, series))
    out().print(Text("Means over replicates, from the lowest to the highest", style="bold"))
    for name, values in series.items():
        line = chart.average_days(values, max(width - names - 2 * GAP - WORDS, LEAST))
        finite, unit = line[np.isfinite(line)], QUANTITIES[name].unit
        reach = f"{number(float(finite.min()), 2)} to {number(float(finite.max()), 2)}" if finite.size else "no numbers"
        reach += "" if unit == "1" else f" {unit}"
        _print(f"{name:<{names}}{' ' * GAP}", chart.draw_columns(line.tolist(), marks), f"{' ' * GAP}{reach}")
    out().print()


def _print(before: str, drawn: str = "", after: str = "") -> None:
    """Print one line, cut where the output ends; only what is drawn has a colour."""
    out().print(Text.assemble(before, (drawn, STYLE), after), no_wrap=True, overflow="ellipsis" if streams.is_unicode() else "crop")
