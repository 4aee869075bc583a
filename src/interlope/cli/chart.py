"""Chart: recorded series drawn with characters: a fan of median, 50 % and 90 % over days, a line of small columns, a bar of an interval.

A column stands for one day or several, over which each replicate is averaged first; quantiles are over replicates. Where the output cannot
write block characters ASCII stands in for them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
MEDIAN, INNER, OUTER, NOTHING = 3, 2, 1, 0
HEIGHT = 8  # rows of a fan
MAIN = ("attempts", "successes", "stopped", "price_mean", "members", "share_command", "clashes", "client_deaths")


class Marks(NamedTuple):
    """The characters of a chart: shades from nothing to the median, columns from low to high, ends and middle of a bar."""

    shades: str
    columns: str
    bar: str


BLOCKS = Marks(" ░▒█", "▁▂▃▄▅▆▇█", "─━┃")
ASCII = Marks(" .:#", "_.-=*#%@", "-=|")


def bin_days(values: np.ndarray, columns: int) -> np.ndarray:
    """Quantiles over replicates of means over the days of each column.

    Parameters
    ----------
    values : ndarray [r, d]
        A series by replicate and day; replicates without numbers are passed over.
    columns : int
        Most columns; there are as many as days where those are fewer.

    Returns
    -------
    ndarray [5, c]
        The 5, 25, 50, 75 and 95 % points.

    Examples
    --------
    >>> bin_days(np.array([[1.0, 3.0, 5.0, 7.0]] * 3), 2)[2].tolist()
    [2.0, 6.0]
    """
    means = _columns(values, columns)
    return np.quantile(means, LEVELS, axis=0) if len(means) else np.full((len(LEVELS), means.shape[1]), np.nan)


def average_days(values: np.ndarray, columns: int) -> np.ndarray:
    """Means over replicates and over the days of each column.

    Parameters
    ----------
    values : ndarray [r, d]
        As for `bin_days`.
    columns : int
        Most columns.

    Returns
    -------
    ndarray [c]

    Examples
    --------
    >>> average_days(np.array([[1.0, 3.0, 5.0, 7.0]] * 3), 2).tolist()
    [2.0, 6.0]
    """
    means = _columns(values, columns)
    return means.mean(axis=0) if len(means) else np.full(means.shape[1], np.nan)


def _columns(values: np.ndarray, columns: int) -> np.ndarray:
    """Means over the days of each column [r, c] of the replicates that have numbers."""
    complete = values[np.isfinite(values).all(axis=1)]
    return np.stack([part.mean(axis=1) for part in np.array_split(complete, min(columns, values.shape[1]), axis=1)], axis=1)


def draw_fan(quantiles: np.ndarray, marks: Marks = BLOCKS, height: int = HEIGHT) -> list[str]:
    """Rows of a fan, the highest first; every column shows its median, and bands where the rows can tell them apart.

    Parameters
    ----------
    quantiles : ndarray [5, c]
        As `bin_days` gives.
    marks : Marks
        Characters.
    height : int
        Rows.

    Returns
    -------
    list of str

    Examples
    --------
    >>> draw_fan(np.array([[0.0], [1.0], [2.0], [3.0], [4.0]]), ASCII, 5)
    ['.', ':', '#', ':', '.']
    """
    low, high = scale(quantiles)
    grid = np.zeros((height, quantiles.shape[1]), dtype=int)
    step = (high - low) / (height - 1)
    for column in range(quantiles.shape[1]):
        at = [round((value - low) / step) if math.isfinite(value) else -1 for value in quantiles[:, column]]
        if min(at) < 0:
            continue
        for first, last, mark in ((at[0], at[4], OUTER), (at[1], at[3], INNER), (at[2], at[2], MEDIAN)):
            grid[first : last + 1, column] = mark
    return ["".join(marks.shades[mark] for mark in row) for row in grid[::-1]]


def draw_columns(values: Sequence[float], marks: Marks = BLOCKS) -> str:
    """A line of small columns, from the lowest value to the highest; a gap where there is no number.

    Parameters
    ----------
    values : sequence of float
        One number for each column.
    marks : Marks
        Characters.

    Returns
    -------
    str

    Examples
    --------
    >>> draw_columns([0.0, 1.0, 7.0], ASCII)
    '_.@'
    """
    finite = [v for v in values if math.isfinite(v)]
    low, high = (min(finite), max(finite)) if finite else (0.0, 0.0)
    top = len(marks.columns) - 1
    rank = [round(top * (v - low) / (high - low)) if high > low else 0 for v in finite]
    ranks = iter(rank)
    return "".join(marks.columns[next(ranks)] if math.isfinite(v) else " " for v in values)


def draw_bar(quantiles: Sequence[float], low: float, high: float, width: int, marks: Marks = BLOCKS) -> str:
    """The 90 % interval as a thin line, the 50 % interval as a thick one, the median as a stroke, on a scale.

    Parameters
    ----------
    quantiles : sequence of float
        The 5, 25, 50, 75 and 95 % points.
    low, high : float
        Ends of the scale.
    width : int
        Characters.
    marks : Marks
        Characters.

    Returns
    -------
    str

    Examples
    --------
    >>> draw_bar((0, 2, 4, 6, 8), 0, 10, 11, ASCII)
    '--==|==--  '
    """
    if not high > low or not all(map(math.isfinite, quantiles)):
        return " " * width
    at = [round((width - 1) * (min(max(value, low), high) - low) / (high - low)) for value in quantiles]
    line = [" "] * width
    for first, last, mark in ((at[0], at[4], 0), (at[1], at[3], 1), (at[2], at[2], 2)):
        line[first : last + 1] = marks.bar[mark] * (last + 1 - first)
    return "".join(line)


def scale(quantiles: np.ndarray) -> tuple[float, float]:
    """Ends of a chart's scale: from zero, where nothing is below it, to the highest 95 % point.

    Parameters
    ----------
    quantiles : ndarray
        Any numbers; those that are not finite are passed over.

    Returns
    -------
    low, high : float

    Examples
    --------
    >>> scale(np.array([2.0, 6.0])), scale(np.array([0.0]))
    ((0.0, 6.0), (0.0, 1.0))
    """
    finite = quantiles[np.isfinite(quantiles)]
    low, high = (min(0.0, float(finite.min())), float(finite.max())) if finite.size else (0.0, 0.0)
    return low, high if high > low else low + 1.0
