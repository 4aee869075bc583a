"""Publication: the figures that would be published at a replicate, around reported means with nuisances from their posterior there."""
from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from interlope.dossier.density import log_sum
from interlope.inference.official import FINE, FittedSeries, Group, density_by_node, log_density, nodes, reported_means


def predict(
    group: Group,
    statistics: np.ndarray,
    generator: np.random.Generator,
    instead: Mapping[str, FittedSeries] | None = None,
) -> dict[str, np.ndarray]:
    """Draw the figures that would have been published (posterior predictive), nuisances drawn from their posterior.

    Parameters
    ----------
    group : Group
        Official series that share a dispersion. Each replicate's nuisances are drawn among the quadrature nodes in proportion to the
        likelihood of the group's figures.
    statistics : ndarray
        Statistics of n replicates [n, m].
    generator : numpy.random.Generator
        Random numbers.
    instead : mapping of str to FittedSeries, optional
        Other figures of the same series to draw, by id (a forecast); only these are then returned.

    Returns
    -------
    dict of str to ndarray
        Figures by series [n, v].
    """
    return {t.id: draw_figures(t, means, k, generator) for t, means, k in draw_nuisances(group, statistics, generator, instead)}


def surprises(group: Group, statistics: np.ndarray, generator: np.random.Generator) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """For every figure: log density at each replicate [n, v], and figures that would have been published there [n, v]; by series.

    Nuisances are drawn as in `predict`. Weights of 1 / density leave a figure out (Gelfand, Dey & Chang 1992).
    """
    by_series = {}
    for t, means, k in draw_nuisances(group, statistics, generator):
        density = log_density(t, t.figures / t.factor, t.months, means, np.log(means), k[:, None])
        by_series[t.id] = (density, draw_figures(t, means, k, generator))
    return by_series


def score_whole(group: Group, statistics: np.ndarray, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Log density of all figures of a group at each replicate [n], and that of figures drawn there in their place [n].

    Nuisances are drawn as in `predict`, the same for both.
    """
    reported, drawn = np.zeros(len(statistics)), np.zeros(len(statistics))
    for t, means, k in draw_nuisances(group, statistics, generator):
        for total, figures in ((reported, t.figures), (drawn, draw_figures(t, means, k, generator))):
            total += log_density(t, figures / t.factor, t.months, means, np.log(means), k[:, None]).sum(axis=1)
    return reported, drawn


def draw_nuisances(
    group: Group, statistics: np.ndarray, generator: np.random.Generator, instead: Mapping[str, FittedSeries] | None = None
) -> Iterator[tuple[FittedSeries, np.ndarray, np.ndarray]]:
    """Series with reported means [n, v] and dispersion [n] of each replicate, nuisances drawn from their posterior."""
    k = nodes(group.series[0].dispersion, FINE)
    by_node = [density_by_node(t, statistics, k.at, FINE) for t in group.series]
    weight = k.log_weight + np.sum([log_sum(b, 2) for b in by_node], axis=0)
    at_k = _choose(weight, generator)
    rows = np.arange(len(statistics))
    for t, b in zip(group.series, by_node):
        if instead is not None and t.id not in instead:
            continue
        drawn = t if instead is None else instead[t.id]
        yield drawn, reported_means(drawn, statistics, FINE)[0][rows, :, _choose(b[rows, at_k], generator)], k.at[at_k]


def draw_figures(t: FittedSeries, means: np.ndarray, dispersion: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Draw figures [n, v] in the table's unit around reported means [n, v] in the recorded unit with dispersions [n]."""
    size = dispersion[:, None] * t.months
    if t.density == "negative-binomial":
        return generator.poisson(np.minimum(generator.gamma(size, means / size), 1e15)) * t.factor
    if t.density == "lognormal":
        return means * np.exp(np.sqrt(t.sd**2 + 1.0 / size) * generator.standard_normal(means.shape)) * t.factor
    return generator.poisson(np.minimum(means, 1e15)) * t.factor


def _choose(log_weight: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Draw one column per row [n] in proportion to exp(log_weight [n, q])."""
    chance = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
    edges = np.cumsum(chance / chance.sum(axis=1, keepdims=True), axis=1)
    return np.minimum((generator.random((len(edges), 1)) > edges).sum(axis=1), edges.shape[1] - 1)
