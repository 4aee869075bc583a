"""Alternation: war and calm took turns at least so many times."""
from __future__ import annotations

from interlope.dossier import density, statements

KIND, CARRIES, WHY = "alternation", True, ""
NEEDS = ("root", "series", "window", "reduce", "threshold", "chance_if_true", "chance_if_false")
MAY = ("said",)

reductions, statistics = density.reductions, density.statistics
logscore, sample, holds, restate = statements.score, statements.sample, statements.holds, statements.restate


def describe(value: float) -> str:
    """A number of turns."""
    return f"{value:.0f} turns"
