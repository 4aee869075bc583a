"""Ranking: one series is more, about as much or less than another over a window, by the log of their ratio."""
from __future__ import annotations

import numpy as np

from interlope.dossier import directions, ratios
from interlope.dossier.claim import Claim
from interlope.dossier.source import Root

KIND, CARRIES, WHY = "ranking", True, ""
NEEDS = ("root", "series", "than", "window", "reduce", "said", "threshold", "noise")
MAY = ("shift",)
WORDS = ("less", "about as much", "more")

reductions, statistics, sample = ratios.reductions, ratios.statistics, ratios.sample_word


def logscore(values: np.ndarray, claim: Claim, root: Root) -> np.ndarray:
    """Log chance [r, 3] of the word that was said."""
    return ratios.score_word(values, claim, root, WORDS)


def restate(claim: Claim, report: float) -> Claim:
    """The claim with the word of this index."""
    return directions.restate(claim, report, WORDS)


def holds(values: np.ndarray, claim: Claim) -> np.ndarray:
    """True where the one is more or less than the other by the threshold, or within it where they are said to be alike."""
    return ratios.holds_word(values, claim, WORDS)


def describe(value: float) -> str:
    """How many times the other."""
    return f"{value:.2g} times the other"
