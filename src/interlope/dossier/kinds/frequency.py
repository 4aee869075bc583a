"""Frequency: on how many days, in words ("almost daily")."""
from __future__ import annotations

from interlope.dossier import density, words

KIND, CARRIES, WHY = "frequency", True, ""
NEEDS = ("root", "series", "window", "reduce", "cuts", "words", "said")
MAY = ("noise", "shift")
SHARE = True

reductions, statistics, logscore, sample, holds = density.reductions, density.statistics, words.score, words.sample, words.holds
restate = words.restate


def describe(value: float) -> str:
    """A share of days."""
    return f"{100 * value:.0f} % of days"
