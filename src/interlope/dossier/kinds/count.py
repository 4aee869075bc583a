"""Count: how many events were documented, or between how many and how many; only some of all events come to be known."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from interlope.dossier import density, poisson
from interlope.dossier.claim import Claim, Interpretation
from interlope.dossier.source import Root

KIND, CARRIES, WHY = "count", True, ""
NEEDS = ("root", "series", "window", "reduce", "unit", "low", "high", "ascertained")
MAY = ("reference",)
reductions, statistics = density.reductions, density.statistics
WIDEST = 50  # numbers that a range may hold; the chance of each is added up


def numbers(claim: Claim) -> range:
    """Every number that a claim leaves open: one, or those of its range."""
    low = claim.low or 0.0
    return range(round(low), round(low if claim.high is None else claim.high) + 1)


def logscore(values: np.ndarray, claim: Claim, root: Root) -> np.ndarray:
    """Log chance [r, 3] of the documented number: Poisson, averaged over the chance that an event becomes known."""
    a, b = claim.ascertained or (1.0, 0.0)
    slanted = root.slant_factor**root.direction

    def known(mean: np.ndarray) -> np.ndarray:
        return density.log_sum(np.array([poisson.log_thinned(n, mean, a, b) for n in numbers(claim)]), 0)

    def score(x: np.ndarray, interpretation: Interpretation) -> np.ndarray:
        mean = np.maximum(x, 0.0)
        faithful = known(mean)
        broad = [poisson.log_broad(n, interpretation.reference, density.REFERENCE_SD) for n in numbers(claim)]
        nothing = np.full(len(x), density.log_sum(np.array(broad), 0))
        return np.stack([faithful, faithful if slanted == 1 else known(mean * slanted), nothing], axis=1)

    return density.mix(values, claim, score)


def sample(values: np.ndarray, claim: Claim, root: Root, state: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw documented numbers [r]: first what becomes known, or what a source that knows nothing has in mind, then the number."""
    a, b = claim.ascertained or (1.0, 0.0)

    def draw(x: np.ndarray, interpretation: Interpretation, states: np.ndarray) -> np.ndarray:
        known = rng.beta(a, b, len(x)) if b > 0 else np.ones(len(x))
        slanted = np.where(states == 1, root.slant_factor**root.direction, 1.0)
        broad = interpretation.reference * np.exp(density.REFERENCE_SD * rng.standard_normal(len(x)))
        mean = np.where(states == 2, broad, np.maximum(x, 0.0) * known * slanted)
        return rng.poisson(np.minimum(mean, 1e15)).astype(np.float64)

    return density.pick(values, claim, state, rng, draw)


def restate(claim: Claim, report: float) -> Claim:
    """The claim with this number; one that left a range open with the range of that width in which the number lies.

    Ranges follow each other from the claim's own in both directions, so that every number lies in one; below the first whole one is what
    is left down to 0.
    """
    stated = numbers(claim)
    below = (round(report) - stated[0]) % len(stated)
    low = round(report) - below
    return replace(claim, low=float(max(low, 0)), high=float(low + len(stated) - 1))


def holds(values: np.ndarray, claim: Claim) -> np.ndarray:
    """True where a documented number lies within two spreads of what would be documented on average."""
    a, b = claim.ascertained or (1.0, 0.0)
    mean = density.first(values, claim) * a / (a + b)
    sd = np.sqrt(mean + (mean**2 * b / (a * (a + b + 1)) if b > 0 else 0.0))
    stated = numbers(claim)
    return np.abs(np.clip(mean, stated[0], stated[-1]) - mean) <= 2 * sd + 0.5


def describe(value: float) -> str:
    """A number of events."""
    return f"{value:,.0f}"
