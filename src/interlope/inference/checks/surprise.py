"""Surprise: which published figures an explanation meets worst, each judged by all the evidence but itself.

A figure is left out by weights of one over its density (Gelfand, Dey & Chang 1992); `below` is the chance that what would have been
published without it lies below it (Marshall & Spiegelhalter 2003). Both ends are a surprise.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from interlope.dossier.series import write_period
from interlope.ensemble import keys
from interlope.ensemble.weighted import quantiles
from interlope.inference import publication
from interlope.inference.fitting.posterior import Fits, Posterior
from interlope.inference.sampling.importance import systematic

DRAWS = 2000
RARE = 0.05  # a figure with less than this chance of lying so far out, on either side together, is a surprise


@dataclass(frozen=True)
class Surprise:
    """One figure: its name, value, 5 and 95 % points of what all other evidence expects, and the chance of a lower one."""

    id: str
    observed: float
    q05: float
    q95: float
    below: float

    @property
    def chance(self) -> float:
        """Chance of lying so far out on either side."""
        return 2.0 * min(self.below, 1.0 - self.below)

    def text(self) -> str:
        """The figure beside what was expected."""
        return f"{self.id} ({self.observed:,.0f}, where {self.q05:,.0f} to {self.q95:,.0f} is expected)"


def surprises(fits: Fits, posterior: Posterior) -> list[Surprise]:
    """Figures by how far out they lie for one explanation, the furthest first; empty where no replicate has any weight."""
    if not posterior.weight.any():
        return []
    generator = keys.stream(fits.seed, "surprise", posterior.hypothesis)
    at = systematic(posterior.weight, DRAWS, generator.random())
    figures = []
    for group in fits.plan.groups:
        for table, (density, drawn) in zip(group.series, publication.surprises(group, posterior.statistics[at], generator).values()):
            series = fits.case.series[table.id]
            for j, row in enumerate(table.rows):
                name = f"{series.id}:{write_period(series.values[row], series.period)}"
                figures.append(judge(name, float(table.figures[j]), density[:, j], drawn[:, j]))
    return sorted(figures, key=lambda s: (s.chance, s.id))


def judge(name: str, observed: float, density: np.ndarray, drawn: np.ndarray) -> Surprise:
    """Set one figure against what is expected without it, from its log density at posterior draws [n] and what they would publish [n]."""
    weight = np.exp(density.min() - density)
    weight /= weight.sum()
    below = float(weight @ (0.5 * (drawn < observed) + 0.5 * (drawn <= observed)))
    q05, q95 = quantiles(drawn, weight, (0.05, 0.95))
    return Surprise(name, observed, float(q05), float(q95), below)
