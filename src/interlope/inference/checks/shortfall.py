"""Shortfall: figures that no explanation comes near, by how far their log density lies below that of an explanation that gives them itself.

Odds compare explanations with each other: where all of them are ruled out they say which is ruled out least. A figure whose log density
falls short by more than 50 under every explanation is no surprise but a fault of model, unit, share or figure, and has to be named.
"""
from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from interlope.dossier.series import write_period
from interlope.ensemble import keys
from interlope.inference import official, publication
from interlope.inference.fitting.posterior import Fits, Posterior
from interlope.inference.sampling.importance import systematic
from interlope.results.fitted import Shortfall

DRAWS = 400
FAR = 50.0  # nats, of one figure or of a whole series; a figure ten standard deviations away falls short by so much
FAR_EACH = 5.0  # nats a figure, mean over a series, below which many figures that fit add up to more than that


def find_shortfalls(fits: Fits) -> list[Shortfall]:
    """Find the figures, and the series as a whole, that fall short by more than 50 nats under every explanation.

    Parameters
    ----------
    fits : Fits
        The fit of a case.

    Returns
    -------
    list of Shortfall
        The worst first; of a series that falls short only as a whole its worst figure is named. An explanation none of whose
        replicates has any weight is passed over: it comes near nothing.
    """
    each = {name: measured for name, posterior in fits.posteriors.items() if (measured := measure(fits, posterior))}
    shortfalls: list[Shortfall] = []
    for series, figures in next(iter(each.values()), {}).items():
        least = {figure: min(measured[series][figure] for measured in each.values()) for figure in figures}
        total = min(sum(measured[series].values()) for measured in each.values())
        far = [figure for figure, nats in least.items() if nats > FAR]
        if not far and total > max(FAR, FAR_EACH * len(figures)):
            far = [max(least, key=lambda figure: least[figure])]
        whole = {name: sum(measured[series].values()) for name, measured in each.items()}
        shortfalls += [Shortfall(id=figure, series=series, nats={name: measured[series][figure] for name, measured in each.items()},
                                 whole=whole) for figure in far]
    return sorted(shortfalls, key=lambda s: -min(s.nats.values()))


def measure(fits: Fits, posterior: Posterior) -> Mapping[str, Mapping[str, float]]:
    """By how many nats every fitted figure falls short under one explanation, by series and figure; empty where nothing has weight."""
    if not posterior.weight.any():
        return {}
    generator = keys.stream(fits.seed, "shortfall", posterior.hypothesis)
    statistics = posterior.statistics[systematic(posterior.weight, DRAWS, generator.random())]
    measured: dict[str, dict[str, float]] = {}
    for group in fits.plan.groups:
        for table, (density, _) in zip(group.series, publication.surprises(group, statistics, generator).values()):
            series = fits.case.series[table.id]
            names = [f"{table.id}:{write_period(series.values[row], series.period)}" for row in table.rows]
            short = official.saturated(table) - density.mean(axis=0)
            measured[table.id] = dict(zip(names, map(float, np.maximum(short, 0.0))))
    return measured
