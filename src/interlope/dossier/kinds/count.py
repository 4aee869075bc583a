"""Count: how many events were documented, of which only some come to be known."""
from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from scipy.special import gammaln, roots_jacobi, xlogy

from interlope.dossier import density
from interlope.dossier.claim import Claim, Interpretation
from interlope.dossier.source import Root

KIND, CARRIES, WHY = "count", True, ""
NEEDS = ("root", "series", "window", "reduce", "unit", "low", "high", "ascertained")
reductions = density.reductions
NODES = 24


@lru_cache(maxsize=64)
def quadrature(a: float, b: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Nodes of a beta(a, b) and of a normal, and log weights [3, nodes]; b = 0 means that all becomes known."""
    if b > 0:
        at, weight = roots_jacobi(NODES, b - 1, a - 1)
        known, weight = (1 + at) / 2, weight / weight.sum()
    else:
        known, weight = np.ones(NODES), np.full(NODES, 1 / NODES)
    normal, normal_weight = hermegauss(NODES)
    return known, normal, np.log(np.stack([weight, weight, normal_weight / normal_weight.sum()]))


def rates(x: np.ndarray, claim: Claim, root: Root, interpretation: Interpretation) -> tuple[np.ndarray, np.ndarray]:
    """Poisson means [r, 3, nodes] and log weights [3, nodes] over the chance of becoming known and the reference."""
    known, normal, weights = quadrature(*(claim.ascertained or (1.0, 0.0)))
    broad = interpretation.reference * np.exp(density.REFERENCE_SD * normal)
    slanted = root.slant_factor ** root.direction
    plain = np.maximum(x, 0.0)[:, None] * known
    means = np.stack([plain, plain * slanted, np.broadcast_to(broad, plain.shape)], axis=1)
    return means, weights


def logscore(values: np.ndarray, claim: Claim, root: Root) -> np.ndarray:
    """Log chance [r, 3] of the documented number: Poisson, averaged over the chance that an event becomes known."""
    seen = claim.low or 0.0

    def score(x: np.ndarray, interpretation: Interpretation) -> np.ndarray:
        means, weights = rates(x, claim, root, interpretation)
        informed = means[:, :2]  # what a source that knows nothing reports does not depend on x
        blind = np.broadcast_to(means[:1, 2:], (1, 1, means.shape[2]))
        each = [density.log_sum(w + xlogy(seen, m) - m - gammaln(seen + 1), 2) for w, m in ((weights[:2], informed), (weights[2:], blind))]
        return np.concatenate([each[0], np.broadcast_to(each[1], (len(x), 1))], axis=1)

    return density.mix(values, claim, score)


def sample(values: np.ndarray, claim: Claim, root: Root, state: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw documented numbers [r]."""
    def draw(x: np.ndarray, interpretation: Interpretation, states: np.ndarray) -> np.ndarray:
        means, weights = rates(x, claim, root, interpretation)
        upto = np.cumsum(np.exp(weights), axis=1)[:, :-1]
        node = (rng.random(len(x))[:, None] > upto[states]).sum(axis=1)
        return rng.poisson(np.minimum(means[np.arange(len(x)), states, node], 1e9)).astype(np.float64)

    return density.pick(values, claim, state, rng, draw)


def holds(values: np.ndarray, claim: Claim) -> np.ndarray:
    """True where the documented number lies within two spreads of what would be documented on average."""
    a, b = claim.ascertained or (1.0, 0.0)
    mean = density.first(values, claim) * a / (a + b)
    sd = np.sqrt(mean + (mean**2 * b / (a * (a + b + 1)) if b > 0 else 0.0))
    return np.abs((claim.low or 0.0) - mean) <= 2 * sd + 0.5


def describe(value: float) -> str:
    """A number of events."""
    return f"{value:,.0f}"
