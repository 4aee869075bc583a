"""Baselines: naive forecasts of a published figure, made from what was known of its own series, that a model has to beat.

- last value: the last figure known, scaled to the length of the period.
- seasonal naive: the figure of the same month a year before.
- random walk: the last figure moved by one innovation a month in logarithms, Student's t with 4 degrees of freedom, its scale the
  median absolute change of the past months over the median of |t4|.
- step model: all but a fiftieth of the modelled part gone, the rest as its prior says.
- reference class: five closures of routes in the agency's own table fell, in the month after, to .137 .158 .342 .225 .279 of the month
  before: log-normal around .22, log-sd .4.
"""
from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from interlope.dossier.series import Value
from interlope.inference.official import FittedSeries

SAMPLES = 2000  # draws from each baseline
CLASS_MEDIAN, CLASS_SD = 0.22, 0.4
STEP = 0.02
FREEDOM, MEDIAN_T4 = 4, 0.7407  # Student's t with 4 degrees of freedom: half of it lies within .7407 of zero
LEAST_CHANGES = 4  # changes from month to month that a scale is estimated from


def last_value(known: Sequence[Value], value: Value, totals: bool) -> float:
    """The last figure known; a total of a period is scaled to the length of the one forecast."""
    return known[-1].value * (value.days / known[-1].days if totals else 1.0)


def reference_class(known: Sequence[Value], value: Value, table: FittedSeries, generator: np.random.Generator) -> np.ndarray:
    """Draws [2000]: what closures of routes left of the figure before."""
    return last_value(known, value, table.totals) * CLASS_MEDIAN * np.exp(CLASS_SD * generator.standard_normal(SAMPLES))


def step(known: Sequence[Value], value: Value, table: FittedSeries, generator: np.random.Generator) -> np.ndarray:
    """Draws [2000]: the modelled part stops but for a fiftieth, what is counted besides goes on."""
    rest = table.rest.quantile(generator.random(SAMPLES))
    return np.maximum(last_value(known, value, table.totals) - rest, 0.0) * STEP + rest


def seasonal(known: Sequence[Value], value: Value) -> float | None:
    """The figure of the same calendar month a year before; None where the figure is of no month, or that one is not known."""
    if not _is_month(value):
        return None
    return next((v.value for v in known if _is_month(v) and _month(v) == _month(value) - 12), None)


def random_walk(known: Sequence[Value], value: Value, generator: np.random.Generator) -> np.ndarray | None:
    """Draws [2000] of a random walk in log(1 + y), month by month; None where fewer than four monthly changes are known."""
    months = [v for v in known if _is_month(v)]
    changes = [np.log1p(b.value) - np.log1p(a.value) for a, b in pairwise(months) if _month(b) == _month(a) + 1]
    if not _is_month(value) or len(changes) < LEAST_CHANGES:
        return None
    scale = float(np.median(np.abs(changes))) / MEDIAN_T4
    ahead = _month(value) - _month(months[-1])
    moved = scale * generator.standard_t(FREEDOM, (max(ahead, 1), SAMPLES)).sum(axis=0)
    return np.maximum(np.expm1(np.log1p(months[-1].value) + np.clip(moved, -50.0, 50.0)), 0.0)


def _is_month(value: Value) -> bool:
    return value.start.day == 1 and (value.start.year, value.start.month) == (value.end.year, value.end.month) and value.days >= 28


def _month(value: Value) -> int:
    return value.start.year * 12 + value.start.month
