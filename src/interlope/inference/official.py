"""Official series: how likely published figures are, given what a replicate records.

A figure y of a series reports m = share * x + rest, where x is the recorded number, `share` says which part of it the
publisher counts and `rest` what it counts besides (other borders). Reporting noise is negative-binomial with size
k * months, log-normal with variance sd^2 + 1/(k months), or Poisson, each in the unit in which the model records: figures
and rest stated in another (per week, in percent) are converted, so that one statement in two units counts the same. share,
rest and k have priors; they are averaged over (not sampled) by Gauss-Hermite quadrature on the normal scale of their
priors. Series that state the same prior of k in the same words share one k: they belong to one group and their likelihoods
are averaged over it together.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from scipy.special import gammaln, ndtr

from interlope import units
from interlope.dossier.density import log_sum
from interlope.dossier.series import Series
from interlope.quantities import QUANTITIES, terms
from interlope.scenario.prior import Prior, parse

FINE, COARSE = 7, 3  # nodes per nuisance: for results, and for the surrogate's score
MONTH = 365.25 / 12.0
LEAST = 0.1  # a mean of a count below this is taken as this, so that a figure of a few never has chance zero
LEAST_PART = 1e-6  # the same for what is no count, as a part of the series' reference


class Nodes(NamedTuple):
    """Quadrature nodes of a prior, with log weights."""

    at: np.ndarray
    log_weight: np.ndarray


@dataclass(frozen=True, eq=False)
class FittedSeries:
    """The fitted figures of one official series, v of them.

    Attributes
    ----------
    id, root : str
        Names of the series and of the root that its figures come from.
    density : str
        Reporting noise: negative-binomial, lognormal or poisson.
    columns : ndarray
        Column of the statistics for each figure [v], int.
    figures : ndarray
        Published figures [v], in the table's unit as is `rest`.
    months : ndarray
        Length of each figure's period [months, v].
    sd : float
        Standard deviation of log-normal noise.
    share, rest, dispersion : Prior
        Nuisance parameters: share of the recorded number that is counted, what is counted besides, and k.
    rows : tuple of int
        Positions of the figures among the values of the series.
    totals : bool
        Whether figures grow with the length of the period.
    factor : float
        What a recorded number is multiplied by to be in the table's unit.
    least : float
        Mean below which none is taken, in the recorded unit.
    """

    id: str
    root: str
    density: str
    columns: np.ndarray
    figures: np.ndarray
    months: np.ndarray
    sd: float
    share: Prior
    rest: Prior
    dispersion: Prior
    rows: tuple[int, ...]
    totals: bool
    factor: float = 1.0
    least: float = LEAST


@dataclass(frozen=True, eq=False)
class Group:
    """Fitted series that share one dispersion."""

    series: tuple[FittedSeries, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Names of its series."""
        return tuple(t.id for t in self.series)


def nodes(prior: Prior, count: int) -> Nodes:
    """Quadrature nodes of a prior; one node where it is a constant.

    >>> float(nodes(parse("normal(2, 1)"), 5).at[2])
    2.0
    """
    return _nodes(prior.text, count)


@lru_cache(maxsize=256)
def _nodes(text: str, count: int) -> Nodes:
    prior = parse(text)
    if prior.constant:
        return Nodes(np.array([prior.median]), np.zeros(1))
    x, w = hermegauss(count)
    return Nodes(prior.quantile(ndtr(x)), np.log(w / w.sum()))


def fitted_series(series: Series, columns: Sequence[int], usable: Sequence[bool]) -> FittedSeries | None:
    """The fitted figures of a series.

    Parameters
    ----------
    series : Series
        The series as read.
    columns : sequence of int
        Column of the statistics for each value of the series, -1 where not recorded.
    usable : sequence of bool
        Whether each value's window lies within the simulated days.

    Returns
    -------
    FittedSeries or None
        None where the series has nothing to fit.
    """
    fitted = set(series.fitted())
    rows = [i for i, v in enumerate(series.values) if v in fitted and columns[i] >= 0 and usable[i]]
    if series.density == "none" or not rows:
        return None
    values = [series.values[i] for i in rows]
    months = [v.days / MONTH if series.reduce == "sum" else 1.0 for v in values]
    return FittedSeries(
        series.id,
        series.root or series.id,
        series.density,
        np.array([columns[i] for i in rows]),
        np.array([v.value for v in values]),
        np.array(months),
        series.sd or 0.0,
        parse(series.share or "1"),
        parse(series.rest or "0"),
        parse(series.dispersion or "1e9"),
        tuple(rows),
        series.reduce == "sum",
        series.factor,
        _least(series),
    )


def _least(series: Series) -> float:
    """Mean below which none is taken, so that no figure has chance zero."""
    first = QUANTITIES[terms(series.series)[0][1]]
    return LEAST if units.parse(first.unit).dimension == "count" else LEAST_PART * first.reference


def groups(fitted: Sequence[FittedSeries]) -> tuple[Group, ...]:
    """Put series that share a dispersion together; a constant is not shared, for it makes no difference."""
    together: dict[str, list[FittedSeries]] = {}
    for t in fitted:
        together.setdefault(f"={t.id}" if t.dispersion.constant else t.dispersion.text, []).append(t)
    return tuple(Group(tuple(ts)) for ts in together.values())


def log_likelihood(group: Group, statistics: np.ndarray, count: int = FINE) -> np.ndarray:
    """Log likelihood [n] of a group's figures at statistics [n, m], averaged over its nuisances."""
    k = nodes(group.series[0].dispersion, count)
    total = np.zeros((len(statistics), len(k.at)))
    for t in group.series:
        total += log_likelihood_by_node(t, statistics, k.at, count)
    return log_sum(total + k.log_weight, 1)


def log_likelihood_by_node(t: FittedSeries, statistics: np.ndarray, dispersion: np.ndarray, count: int) -> np.ndarray:
    """Log likelihood [n, k] of a series' figures at each dispersion [k], averaged over its share and rest."""
    return log_sum(density_by_node(t, statistics, dispersion, count), 2)


def reported_means(t: FittedSeries, statistics: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Reported means [n, v, q] in the recorded unit at the nodes of share and rest, and the nodes' log weights [q]."""
    count = 3 * count if t.density == "poisson" else count  # counted totals fix a factor far more sharply
    share, rest = nodes(t.share, count), nodes(t.rest, count)
    x = statistics[:, t.columns]
    means = x[:, :, None, None] * share.at[:, None] + rest.at / t.factor
    log_weight = share.log_weight[:, None] + rest.log_weight
    return np.maximum(means.reshape(*x.shape, -1), t.least), log_weight.ravel()


def density_by_node(t: FittedSeries, statistics: np.ndarray, dispersion: np.ndarray, count: int) -> np.ndarray:
    """Log density of all figures of a series, with the log weight of share and rest: [n, k, q]."""
    means, log_weight = reported_means(t, statistics, count)
    result = np.empty((len(statistics), len(dispersion), means.shape[2]))
    log_means, figures = np.log(means), t.figures[:, None] / t.factor
    for i, k in enumerate(dispersion):
        result[:, i] = log_density(t, figures, t.months[:, None], means, log_means, k).sum(axis=1) + log_weight
    return result


def log_density(
    t: FittedSeries, y: np.ndarray, months: np.ndarray, means: np.ndarray, log_means: np.ndarray, k: np.ndarray | float
) -> np.ndarray:
    """Log density of figures y over periods of so many months around reported means, with dispersion k; shapes broadcast.

    Figures and means are in the recorded unit.
    """
    if t.density == "negative-binomial":
        size = k * months
        constant = gammaln(y + size) - gammaln(size) - gammaln(y + 1.0) + size * np.log(size)
        return constant + y * log_means - (y + size) * np.log(size + means)
    if t.density == "lognormal":
        variance = t.sd**2 + 1.0 / (k * months)
        return -0.5 * (np.log(y) - log_means) ** 2 / variance - 0.5 * np.log(2.0 * np.pi * variance) - np.log(y)
    return y * log_means - means - gammaln(y + 1.0)


def saturated(t: FittedSeries) -> np.ndarray:
    """Log density [v] of each figure around itself, at the median of the dispersion: what no replicate exceeds by much."""
    means = np.maximum(t.figures / t.factor, t.least)
    return log_density(t, t.figures / t.factor, t.months, means, np.log(means), t.dispersion.median)
