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


@dataclass(frozen=True, eq=False)
class Ahead:
    """Figures to come: the total (or, of a level, the mean) of each draw [k], and its log density in every replicate [n, k]."""

    summary: np.ndarray
    log_chance: np.ndarray


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
    return Ahead(drawn.sum(axis=1) if t.totals else drawn.mean(axis=1), result)
