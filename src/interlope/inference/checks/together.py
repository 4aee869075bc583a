"""Together: whether the figures of a series, taken as a whole, look like what an explanation would have published.

Every figure may lie inside its interval and all of them together still be too even, too uneven or too high. Three numbers of a whole
series are set against those of 2,000 series drawn from the fitted explanation (posterior predictive checks: Gelman, Meng & Stern 1996):
the mean, the spread of log(1 + y), and the mean step of it from one figure to the next. The fit has seen the figures, so a chance is
rather too large than too small.
"""
from __future__ import annotations

import numpy as np

from interlope.ensemble import keys
from interlope.ensemble.weighted import quantiles
from interlope.inference import publication
from interlope.inference.fitting.posterior import Fits, Posterior
from interlope.inference.sampling.importance import systematic
from interlope.results.fitted import SeriesCheck

DRAWS = 2000
LEAST_FIGURES = 4  # of a series, below which spread and step say little


def check_series(fits: Fits, posterior: Posterior) -> list[SeriesCheck]:
    """Check the fitted series of one explanation, each as a whole; those with fewer than four figures are passed over.

    Parameters
    ----------
    fits : Fits
        The fit of a case.
    posterior : Posterior
        One explanation's part of it.

    Returns
    -------
    list of SeriesCheck
        Three for each series, in the fit's order; empty where no replicate has any weight.
    """
    if not posterior.weight.any():
        return []
    generator = keys.stream(fits.seed, "together", posterior.hypothesis)
    statistics = posterior.statistics[systematic(posterior.weight, DRAWS, generator.random())]
    rows = []
    for group in fits.plan.groups:
        drawn = publication.predict(group, statistics, generator)
        for table in group.series:
            if len(table.figures) >= LEAST_FIGURES:
                order = np.argsort([fits.case.series[table.id].values[i].start.toordinal() for i in table.rows])
                reported, predicted = summarise(table.figures[order][None]), summarise(drawn[table.id][:, order])
                rows += [judge(table.id, posterior.hypothesis, what, float(reported[what][0]), predicted[what]) for what in reported]
    return rows


def summarise(figures: np.ndarray) -> dict[str, np.ndarray]:
    """Level, spread and step [n] of series [n, v]."""
    logs = np.log1p(figures)
    return {"level": figures.mean(axis=1), "spread": logs.std(axis=1), "step": np.abs(np.diff(logs, axis=1)).mean(axis=1)}


def judge(series: str, explanation: str, what: str, observed: float, drawn: np.ndarray) -> SeriesCheck:
    """Set one number of a whole series against the same of drawn ones [n]; `chance` is of lying so far out on either side."""
    below = float(np.mean(0.5 * (drawn < observed) + 0.5 * (drawn <= observed)))
    q05, q95 = map(float, quantiles(drawn, np.full(len(drawn), 1.0 / len(drawn)), (0.05, 0.95)))
    return SeriesCheck(series=series, explanation=explanation, what=what, observed=observed, q05=q05, q95=q95,
                       chance=min(1.0, 2.0 * min(below, 1.0 - below)))
