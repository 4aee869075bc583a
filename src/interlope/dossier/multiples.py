"""Multiples: a ratio that is stated either as a number, a multiple or a percentage of what it is compared with, or as a direction.

A number needs `unit`, `low` and `high`; a direction `said`, `threshold` and `noise`. What `values`, `claim`, `root`, `state` and `rng`
mean, and the shapes, is said once in `kinds.Kind`.
"""
from __future__ import annotations

import numpy as np

from interlope.dossier import directions, numbers, ratios
from interlope.dossier.claim import Claim
from interlope.dossier.source import Root

NUMBER, WORD = ("unit", "low", "high"), ("said", "threshold", "noise")  # of which a claim states either all or none
MAY = (*NUMBER, "sd", "reference", *WORD, "shift")
WORDS = ("down", "flat", "up")


def in_words(claim: Claim) -> bool:
    """Whether a claim states a direction, and no number."""
    return claim.threshold is not None


def statistics(values: np.ndarray, claim: Claim) -> np.ndarray:
    """Ratios [r, k] in the claim's unit; of a stated number, NaN where either statistic is zero."""
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
    """True where the ratio agrees with the number, give or take two spreads, or differs from 1 by the threshold in the direction stated."""
    return ratios.holds_word(values, claim, WORDS) if in_words(claim) else ratios.holds(values, claim)
