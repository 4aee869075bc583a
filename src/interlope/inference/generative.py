"""Generative: evidence drawn from the likelihood, the counterpart of `likelihood.py` and `official.py` term by term.

Every institution draws its reliability rho, every root of it its state z, every claim its meaning, what relays made of it and what a source
in that state says; every group of official series draws its dispersion, every series its share and rest, every figure its noise. What a
fit averages over is drawn from its prior here, not from the nodes of a quadrature, so that data sets see an error of the quadrature.
"""
from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from interlope.dossier.kinds import REGISTRY
from interlope.dossier.source import reliability, split
from interlope.inference import official, publication
from interlope.inference.likelihood import LikelihoodPlan, group_institutions
from interlope.scenario.prior import Prior


def draw_states(plan: LikelihoodPlan, n: int, generator: np.random.Generator) -> dict[str, np.ndarray]:
    """Draw the state of every root that speaks.

    Parameters
    ----------
    plan : LikelihoodPlan
        What enters the likelihood.
    n : int
        Data sets.
    generator : numpy.random.Generator
        Random numbers.

    Returns
    -------
    dict of str to ndarray of int
        By root: 0 faithful, 1 slanted, 2 uninformative, for each data set [n].
    """
    states = {}
    for members in group_institutions(plan):
        letter = plan.book.letter(members[0])
        beta = reliability(letter)
        rho = generator.beta(beta.a, beta.b, n)
        for root in members:
            slanted = generator.random(n) < split(letter, plan.book.roots[root].slant_share)
            states[root] = np.where(generator.random(n) < rho, 0, np.where(slanted, 1, 2))
    return states


def draw_reports(plan: LikelihoodPlan, statistics: np.ndarray, generator: np.random.Generator) -> dict[str, np.ndarray]:
    """Draw what every fitted claim would have reported.

    Parameters
    ----------
    plan : LikelihoodPlan
        What enters the likelihood.
    statistics : ndarray
        Statistics of n replicates [n, width], one for each data set.
    generator : numpy.random.Generator
        Random numbers.

    Returns
    -------
    dict of str to ndarray
        Reports [n] by claim, as its kind's `sample` gives and its `restate` takes them.
    """
    states = draw_states(plan, len(statistics), generator)
    reports = {}
    for claim in plan.claims:
        values = statistics[:, list(plan.columns[claim.id])]
        reports[claim.id] = REGISTRY[claim.kind].sample(values, claim, plan.book.roots[claim.root], states[claim.root], generator)
    return reports


def draw_figures(plan: LikelihoodPlan, statistics: np.ndarray, generator: np.random.Generator) -> dict[str, np.ndarray]:
    """Draw every fitted figure.

    Parameters
    ----------
    plan : LikelihoodPlan
        What enters the likelihood.
    statistics : ndarray
        Statistics of n replicates [n, width], one for each data set.
    generator : numpy.random.Generator
        Random numbers.

    Returns
    -------
    dict of str to ndarray
        Figures [n, v] by series, in its unit and in the order of its `FittedSeries.rows`.
    """
    return {t.id: publication.draw_figures(t, means, dispersion, generator)
            for t, means, dispersion in _with_nuisances(plan, statistics, generator)}


def _with_nuisances(
    plan: LikelihoodPlan, statistics: np.ndarray, generator: np.random.Generator
) -> Iterator[tuple[official.FittedSeries, np.ndarray, np.ndarray]]:
    """Every series with reported means [n, v] in the recorded unit and dispersions [n], nuisances drawn from their priors."""
    n = len(statistics)
    for group in plan.groups:
        dispersion = _draw(group.series[0].dispersion, n, generator)
        for t in group.series:
            share, rest = (_draw(prior, n, generator)[:, None] for prior in (t.share, t.rest))
            yield t, np.maximum(statistics[:, t.columns] * share + rest / t.factor, t.least), dispersion


def _draw(prior: Prior, n: int, generator: np.random.Generator) -> np.ndarray:
    """Draw n values of a prior; none is spent on a constant."""
    return np.full(n, prior.median) if prior.constant else prior.quantile(generator.random(n))
