"""Trend: up, flat or down over a window, by the yearly relative slope."""
from __future__ import annotations

import numpy as np

from interlope.dossier import density, directions
from interlope.dossier.claim import Claim, Interpretation
from interlope.dossier.source import Root

KIND, CARRIES, WHY = "trend", True, ""
NEEDS = ("root", "series", "window", "reduce", "said", "threshold", "noise")
MAY = ("shift",)
reductions, statistics = density.reductions, density.statistics
WORDS = ("down", "flat", "up")


def log_chances(x: np.ndarray, claim: Claim, direction: int) -> np.ndarray:
    """Log chances [r, 3, words] of what is said of a slope."""
    if claim.threshold is None:
        raise ValueError(f"claim '{claim.id}' has no threshold")
    return directions.log_chances(x, claim, claim.threshold, direction)


def logscore(values: np.ndarray, claim: Claim, root: Root) -> np.ndarray:
    """Log chance [r, 3] of the direction that was stated."""
    which = WORDS.index(str(claim.stated))
    return density.mix(values, claim, lambda x, interpretation: log_chances(x, claim, root.direction)[:, :, which])


def sample(values: np.ndarray, claim: Claim, root: Root, state: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw the index [r] of the direction stated: 0 down, 1 flat, 2 up."""
    def draw(x: np.ndarray, interpretation: Interpretation, states: np.ndarray) -> np.ndarray:
        return directions.draw(log_chances(x, claim, root.direction), states, rng)

    return density.pick(values, claim, state, rng, draw)


def restate(claim: Claim, report: float) -> Claim:
    """The claim with the direction of this index."""
    return directions.restate(claim, report, WORDS)


def holds(values: np.ndarray, claim: Claim) -> np.ndarray:
    """True where the slope is beyond the threshold in the stated direction, or within it for a flat one."""
    return directions.agrees(density.first(values, claim), claim.threshold or 0.0, WORDS.index(str(claim.stated)))


def describe(value: float) -> str:
    """A yearly change in percent."""
    return f"{100 * value:+.0f} % a year"
