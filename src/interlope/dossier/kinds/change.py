"""Change: the level of a window as a multiple, or in percent, of an earlier window's; or a direction between the two: up, flat or down.

Stated as a number it needs `unit`, `low` and `high`: "cut by 40 %" leaves 60, in percent, or 0.6; "doubled" is 2, or 200 percent. Stated
in words it needs `said`, `threshold` and `noise`.
"""
from __future__ import annotations

import numpy as np

from interlope.dossier import directions, numbers, ratios
from interlope.dossier.claim import Claim
from interlope.dossier.source import Root

KIND, CARRIES, WHY = "change", True, ""
NEEDS = ("root", "series", "window", "baseline", "reduce")
NUMBER, WORD = ("unit", "low", "high"), ("said", "threshold", "noise")  # of which it states either all or none
MAY = (*NUMBER, "sd", "reference", *WORD, "shift")
WORDS = ("down", "flat", "up")

reductions, describe = ratios.reductions, ratios.describe


def in_words(claim: Claim) -> bool:
    """Whether a claim states a direction, and no number."""
    return claim.threshold is not None


def statistics(values: np.ndarray, claim: Claim) -> np.ndarray:
    """Ratios [r, k] in the claim's unit; of a stated number, NaN where a window has none."""
    return (ratios.statistics if in_words(claim) else ratios.stated_ratios)(values, claim)


def logscore(values: np.ndarray, claim: Claim, root: Root) -> np.ndarray:
    """Log density [r, 3] of the ratio, or log chance of the direction, that was stated."""
    return ratios.score_word(values, claim, root, WORDS) if in_words(claim) else ratios.score(values, claim, root)


def sample(values: np.ndarray, claim: Claim, root: Root, state: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw ratios [r] in the claim's unit, or the index of the direction: 0 down, 1 flat, 2 up."""
    return (ratios.sample_word if in_words(claim) else ratios.sample)(values, claim, root, state, rng)


def restate(claim: Claim, report: float) -> Claim:
    """The claim with this ratio, or with the direction of this index."""
    return directions.restate(claim, report, WORDS) if in_words(claim) else numbers.restate(claim, report)


def holds(values: np.ndarray, claim: Claim) -> np.ndarray:
    """True where the ratio agrees with the number, give or take two spreads, or changes by the threshold in the direction stated."""
    return ratios.holds_word(values, claim, WORDS) if in_words(claim) else ratios.holds(values, claim)
