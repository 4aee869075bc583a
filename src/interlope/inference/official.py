"""Official series: how likely published figures are, given what a history records.

A figure y of a series reports m = share * x + rest, where x is the recorded number, `share` says which part of it the
publisher counts and `rest` what it counts besides (other borders). Reporting noise is negative-binomial with size
k * months, log-normal with variance sd^2 + 1/(k months), or Poisson. share, rest and k have priors; they are averaged
over (not sampled) by Gauss-Hermite quadrature on the normal scale of their priors. Tables that state the same prior of
k in the same words share one k: they belong to one group and their likelihoods are averaged over it together.
"""
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from scipy.special import gammaln, ndtr

from interlope.dossier.density import log_sum
from interlope.dossier.series import Series
from interlope.scenario.prior import Prior, parse

FINE, COARSE = 7, 3  # nodes per nuisance: for results, and for the surrogate's quick look
MONTH = 365.25 / 12.0
LEAST = 0.1  # a mean below this is taken as this, so that a figure of a few never has chance zero


class Nodes(NamedTuple):
    """Quadrature nodes of a prior, with log weights."""

    at: np.ndarray
    log_weight: np.ndarray


@dataclass(frozen=True, eq=False)
class Table:
    """The fitted figures of one series: columns of the statistics, figures, lengths in months, noise and nuisances.

    `rows` are the positions of the figures among the series' values; `totals`: figures grow with the period's length.
    """

    id: str
    root: str
    density: str
    columns: np.ndarray  # [v] int
    figures: np.ndarray  # [v]
    months: np.ndarray  # [v]
    sd: float
    share: Prior
    rest: Prior
    dispersion: Prior
    rows: tuple[int, ...]
    totals: bool


@dataclass(frozen=True, eq=False)
class Group:
    """Tables that share one dispersion."""

    tables: tuple[Table, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Names of its tables."""
        return tuple(t.id for t in self.tables)


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


def table(series: Series, columns: Sequence[int], usable: Sequence[bool]) -> Table | None:
    """The fitted figures of a series.

    Parameters
    ----------
    series : as read. columns : one column of the statistics per value of the series, -1 where not recorded.
    usable : whether a column's window lies within the simulated days, by value.

    Returns
    -------
    None where the series has nothing to fit.
    """
    fitted = set(series.fitted())
    rows = [i for i, v in enumerate(series.values) if v in fitted and columns[i] >= 0 and usable[i]]
    if series.density == "none" or not rows:
        return None
    picked = [series.values[i] for i in rows]
    months = [v.days / MONTH if series.reduce == "sum" else 1.0 for v in picked]
    return Table(
        series.id,
        series.root or series.id,
        series.density,
        np.array([columns[i] for i in rows]),
        np.array([v.value for v in picked]),
        np.array(months),
        series.sd or 0.0,
        parse(series.share or "1"),
        parse(series.rest or "0"),
        parse(series.dispersion or "1e9"),
        tuple(rows),
        series.reduce == "sum",
    )


def groups(tables: Sequence[Table]) -> tuple[Group, ...]:
    """Put tables that share a dispersion together; a constant is not shared, for it makes no difference."""
    together: dict[str, list[Table]] = {}
    for t in tables:
        together.setdefault(f"={t.id}" if t.dispersion.constant else t.dispersion.text, []).append(t)
    return tuple(Group(tuple(ts)) for ts in together.values())


def log_likelihood(group: Group, statistics: np.ndarray, count: int = FINE) -> np.ndarray:
    """Log likelihood [n] of a group's figures at statistics [n, m], averaged over its nuisances."""
    k = nodes(group.tables[0].dispersion, count)
    total = np.zeros((len(statistics), len(k.at)))
    for t in group.tables:
        total += log_sum(_by_node(t, statistics, k.at, count), 2)
    return log_sum(total + k.log_weight, 1)


def _means(t: Table, statistics: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Reported means [n, v, q] at the nodes of share and rest, and the nodes' log weights [q]."""
    count = 3 * count if t.density == "poisson" else count  # counted totals fix a factor far more sharply
    share, rest = nodes(t.share, count), nodes(t.rest, count)
    x = statistics[:, t.columns]
    means = x[:, :, None, None] * share.at[:, None] + rest.at
    log_weight = share.log_weight[:, None] + rest.log_weight
    return np.maximum(means.reshape(*x.shape, -1), LEAST), log_weight.ravel()


def _by_node(t: Table, statistics: np.ndarray, dispersion: np.ndarray, count: int) -> np.ndarray:
    """Log density of all figures of a table, with the log weight of share and rest: [n, k, q]."""
    means, log_weight = _means(t, statistics, count)
    result = np.empty((len(statistics), len(dispersion), means.shape[2]))
    log_means = np.log(means)
    for i, k in enumerate(dispersion):
        result[:, i] = _density(t, t.figures[:, None], t.months[:, None], means, log_means, k).sum(axis=1) + log_weight
    return result


def _density(
    t: Table, y: np.ndarray, months: np.ndarray, means: np.ndarray, log_means: np.ndarray, k: np.ndarray | float
) -> np.ndarray:
    """Log density of figures y over periods of so many months around reported means, with dispersion k; shapes broadcast."""
    if t.density == "negative-binomial":
        size = k * months
        constant = gammaln(y + size) - gammaln(size) - gammaln(y + 1.0) + size * np.log(size)
        return constant + y * log_means - (y + size) * np.log(size + means)
    if t.density == "lognormal":
        variance = t.sd**2 + 1.0 / (k * months)
        return -0.5 * (np.log(y) - log_means) ** 2 / variance - 0.5 * np.log(2.0 * np.pi * variance) - np.log(y)
    return y * log_means - means - gammaln(y + 1.0)


def predict(
    group: Group,
    statistics: np.ndarray,
    generator: np.random.Generator,
    instead: Mapping[str, Table] | None = None,
) -> dict[str, np.ndarray]:
    """Draw the figures that would have been published, by table [n, v], nuisances drawn from their posterior.

    Each history's nuisances are drawn among the quadrature nodes by what they make of the group's figures.
    `instead`: other figures of the same tables to draw, by id (a forecast); only these are then returned.
    """
    drawn = {}
    for t, means, k in _with_nuisances(group, statistics, generator, instead):
        drawn[t.id] = report(t, means, k, generator)
    return drawn


def surprises(group: Group, statistics: np.ndarray, generator: np.random.Generator) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """For every figure: log density at each history [n, v], and figures that would have been published there [n, v]; by table.

    Nuisances are drawn as in `predict`. Weights of 1 / density leave a figure out (Gelfand, Dey & Chang 1992).
    """
    made = {}
    for t, means, k in _with_nuisances(group, statistics, generator):
        density = _density(t, t.figures, t.months, means, np.log(means), k[:, None])
        made[t.id] = (density, report(t, means, k, generator))
    return made


def _with_nuisances(
    group: Group, statistics: np.ndarray, generator: np.random.Generator, instead: Mapping[str, Table] | None = None
) -> Iterator[tuple[Table, np.ndarray, np.ndarray]]:
    """Tables with reported means [n, v] and dispersion [n] of each history, nuisances drawn from their posterior."""
    k = nodes(group.tables[0].dispersion, FINE)
    by_node = [_by_node(t, statistics, k.at, FINE) for t in group.tables]
    weight = k.log_weight + np.sum([log_sum(b, 2) for b in by_node], axis=0)
    at_k = _choose(weight, generator)
    rows = np.arange(len(statistics))
    for t, b in zip(group.tables, by_node):
        if instead is not None and t.id not in instead:
            continue
        shown = t if instead is None else instead[t.id]
        yield shown, _means(shown, statistics, FINE)[0][rows, :, _choose(b[rows, at_k], generator)], k.at[at_k]


def report(t: Table, means: np.ndarray, dispersion: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Draw figures [n, v] around reported means [n, v] with dispersions [n]."""
    size = dispersion[:, None] * t.months
    if t.density == "negative-binomial":
        return generator.poisson(np.minimum(generator.gamma(size, means / size), 1e15)).astype(np.float64)
    if t.density == "lognormal":
        return means * np.exp(np.sqrt(t.sd**2 + 1.0 / size) * generator.standard_normal(means.shape))
    return generator.poisson(np.minimum(means, 1e15)).astype(np.float64)


def _choose(log_weight: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Pick one column per row [n] in proportion to exp(log_weight [n, q])."""
    chance = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
    edges = np.cumsum(chance / chance.sum(axis=1, keepdims=True), axis=1)
    return np.minimum((generator.random((len(edges), 1)) > edges).sum(axis=1), edges.shape[1] - 1)
