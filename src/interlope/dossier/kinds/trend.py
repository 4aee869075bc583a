"""Trend: up, flat or down over a window, by the yearly relative slope."""
from __future__ import annotations

import numpy as np
from scipy.special import expit

from interlope.dossier import density
from interlope.dossier.claim import Claim, Interpretation
from interlope.dossier.source import Root

KIND, CARRIES, WHY = "trend", True, ""
NEEDS = ("root", "series", "window", "reduce", "said", "threshold", "noise")
reductions = density.reductions
WORDS = ("down", "flat", "up")


def chances(x: np.ndarray, claim: Claim, direction: int) -> np.ndarray:
    """Chances [r, 3, words]: up with sigma((slope - threshold)/noise), down with the mirror image, flat otherwise."""
    threshold, noise = claim.threshold or 0.0, claim.noise or 0.05
    shift = 1.2 if claim.shift is None else claim.shift
    result = np.full((len(x), 3, 3), 1 / 3)
    for state, moved in enumerate((0.0, direction * shift)):
        slope = np.clip(x / noise, -700, 700) + moved
        up, down = expit(slope - threshold / noise), expit(-slope - threshold / noise)
        result[:, state] = np.stack([down, np.maximum(1 - up - down, 0.0), up], axis=1)
    return result


def logscore(values: np.ndarray, claim: Claim, root: Root) -> np.ndarray:
    """Log chance [r, 3] of the direction that was stated."""
    which = WORDS.index(str(claim.stated))
    with np.errstate(divide="ignore"):
        return density.mix(values, claim, lambda x, interpretation: np.log(chances(x, claim, root.direction)[:, :, which]))


def sample(values: np.ndarray, claim: Claim, root: Root, state: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw the index [r] of the direction stated: 0 down, 1 flat, 2 up."""
    def draw(x: np.ndarray, interpretation: Interpretation, states: np.ndarray) -> np.ndarray:
        cumulated = np.cumsum(chances(x, claim, root.direction)[np.arange(len(x)), states], axis=1)
        return (rng.random(len(x))[:, None] > cumulated[:, :-1]).sum(axis=1).astype(np.float64)

    return density.pick(values, claim, state, rng, draw)


def holds(values: np.ndarray, claim: Claim) -> np.ndarray:
    """True where the slope is beyond the threshold in the stated direction, or within it for a flat one."""
    slope, threshold = density.first(values, claim), claim.threshold or 0.0
    if claim.stated == "flat":
        return np.abs(slope) <= threshold
    return slope >= threshold if claim.stated == "up" else slope <= -threshold


def describe(value: float) -> str:
    """A yearly change in percent."""
    return f"{100 * value:+.0f} % a year"
