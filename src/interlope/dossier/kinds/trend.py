"""Trend: up, flat or down over a window, by the yearly relative slope."""
from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.special import log_expit

from interlope.dossier import density
from interlope.dossier.claim import Claim, Interpretation
from interlope.dossier.source import Root

KIND, CARRIES, WHY = "trend", True, ""
NEEDS = ("root", "series", "window", "reduce", "said", "threshold", "noise")
MAY = ("shift",)
reductions = density.reductions
WORDS = ("down", "flat", "up")


def log_chances(x: np.ndarray, claim: Claim, direction: int) -> np.ndarray:
    """Log chances [r, 3, words]: up with sigma((slope - threshold)/noise), down with the mirror image, flat otherwise.

    With a threshold of at least 0 they sum to 1: flat is sigma(s + t) - sigma(s - t), s and t being slope and threshold over noise.
    """
    if claim.threshold is None or claim.noise is None:
        raise ValueError(f"claim '{claim.id}' has no threshold or no noise")
    threshold = claim.threshold / claim.noise
    shift = 1.2 if claim.shift is None else claim.shift
    result = np.full((len(x), 3, 3), -np.log(3.0))
    with np.errstate(divide="ignore"):
        apart = np.log(-np.expm1(-2 * threshold))
    for state, moved in enumerate((0.0, direction * shift)):
        slope = x / claim.noise + moved
        up, down = log_expit(slope - threshold), log_expit(-slope - threshold)
        flat = log_expit(slope + threshold) + log_expit(threshold - slope) + apart
        result[:, state] = np.stack([down, flat, up], axis=1)
    return result


def logscore(values: np.ndarray, claim: Claim, root: Root) -> np.ndarray:
    """Log chance [r, 3] of the direction that was stated."""
    which = WORDS.index(str(claim.stated))
    return density.mix(values, claim, lambda x, interpretation: log_chances(x, claim, root.direction)[:, :, which])


def sample(values: np.ndarray, claim: Claim, root: Root, state: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw the index [r] of the direction stated: 0 down, 1 flat, 2 up."""
    def draw(x: np.ndarray, interpretation: Interpretation, states: np.ndarray) -> np.ndarray:
        chances = np.exp(log_chances(x, claim, root.direction)[np.arange(len(x)), states])
        return (rng.random(len(x))[:, None] > np.cumsum(chances, axis=1)[:, :-1]).sum(axis=1).astype(np.float64)

    return density.pick(values, claim, state, rng, draw)


def restate(claim: Claim, report: float) -> Claim:
    """The claim with the direction of this index."""
    return replace(claim, stated=WORDS[round(report)])


def holds(values: np.ndarray, claim: Claim) -> np.ndarray:
    """True where the slope is beyond the threshold in the stated direction, or within it for a flat one."""
    slope, threshold = density.first(values, claim), claim.threshold or 0.0
    if claim.stated == "flat":
        return np.abs(slope) <= threshold
    return slope >= threshold if claim.stated == "up" else slope <= -threshold


def describe(value: float) -> str:
    """A yearly change in percent."""
    return f"{100 * value:+.0f} % a year"
