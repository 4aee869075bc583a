"""Figures: further figures of an official series, drawn in every replicate and scored in every other.

What a publisher counts, what it counts besides and how its figures scatter were learned from the figures that are there; each replicate
carries one draw of these nuisances from their posterior. Figures of one draw are scored in all replicates with theirs.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from interlope.dossier.series import Value
from interlope.inference import official, publication
from interlope.inference.likelihood import LikelihoodPlan

CHUNK = 64  # drawn outcomes scored at once
TOTAL, TREND = "total", "trend"


@dataclass(frozen=True, eq=False)
class Ahead:
    """Figures to come: one draw from every replicate.

    Attributes
    ----------
    summary : ndarray
        Total of each draw, or, of a level, its mean [n].
    trend : ndarray or None
        How each draw rises: slope a month, as a part of its mean [n]; None of a single figure.
    log_chance : ndarray
        Log density of each draw in every replicate [replicate, draw].
    """

    summary: np.ndarray
    trend: np.ndarray | None
    log_chance: np.ndarray

    @property
    def summaries(self) -> dict[str, np.ndarray]:
        """What may be read of several figures instead of all of them, by what it is called."""
        if self.trend is None:
            return {}
        return {TOTAL: self.summary, TREND: self.trend, f"{TOTAL} and {TREND}": np.column_stack([self.summary, self.trend])}


def find_group(plan: LikelihoodPlan, table: str) -> official.Group | None:
    """The group of fitted series that a table belongs to; None where none of its figures is fitted."""
    return next((g for g in plan.groups if table in g.ids), None)


def draw_ahead(group: official.Group, table: str, periods: Sequence[Value], statistics: np.ndarray, recorded: np.ndarray,
               generator: np.random.Generator) -> Ahead:
    """Draw the figures that would be published, one set from every replicate, and score each in all of them.

    Parameters
    ----------
    group : Group
        Official series that share a dispersion.
    table : str
        The series with further figures.
    periods : sequence of Value
        Its further periods, v of them.
    statistics : ndarray
        Statistics of the fit [n, m].
    recorded : ndarray
        What the model records for the further periods [n, v].
    generator : numpy.random.Generator
        Random numbers.

    Returns
    -------
    Ahead
    """
    t = next(t for t in group.series if t.id == table)
    months = np.array([v.days / official.MONTH if t.totals else 1.0 for v in periods])
    further = replace(t, columns=statistics.shape[1] + np.arange(len(periods)), figures=np.zeros(len(periods)), months=months,
                      rows=tuple(range(len(periods))))
    (_, means, dispersion), = publication.draw_nuisances(group, np.hstack([statistics, recorded]), generator, {table: further})
    drawn = publication.draw_figures(further, means, dispersion, generator)
    result, log_means = np.empty((len(means), len(means))), np.log(means)
    for low in range(0, len(drawn), CHUNK):
        y = drawn[low: low + CHUNK, None, :] / t.factor
        each = official.log_density(further, np.maximum(y, t.least if t.density == "lognormal" else 0.0), months, means, log_means,
                                    dispersion[:, None])
        result[:, low: low + CHUNK] = each.sum(axis=2).T
    return Ahead(drawn.sum(axis=1) if t.totals else drawn.mean(axis=1), measure_trend(drawn / months, periods), result)


def measure_trend(figures: np.ndarray, periods: Sequence[Value]) -> np.ndarray | None:
    """Slope a month, as a part of their mean [n], of figures [n, v] by the middles of their periods; None of a single one.

    >>> from datetime import date
    >>> days = [Value(day, day, 0.0, None, None, day) for day in (date(2030, 1, 1), date(2030, 1, 11), date(2030, 1, 21))]
    >>> measure_trend(np.array([[90.0, 100.0, 110.0], [0.0, 0.0, 0.0]]), days).round(3).tolist()
    [0.304, 0.0]
    """
    middle = np.array([v.start.toordinal() + v.end.toordinal() for v in periods]) / (2.0 * official.MONTH)
    apart = middle - middle.mean()
    if not apart.any():
        return None
    mean = figures.mean(axis=1)
    return figures @ (apart / (apart @ apart)) / np.where(mean > 0, mean, 1.0)
