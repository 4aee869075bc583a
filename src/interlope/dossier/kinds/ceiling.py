"""Ceiling: at most `high`, or at least `low`; the other side is left open."""
from __future__ import annotations

from interlope.dossier import density, numbers

KIND, CARRIES, WHY = "ceiling", True, ""
NEEDS = ("root", "series", "window", "reduce", "unit", "sd")
MAY = ("low", "high", "reference")

reductions, statistics, logscore, sample = density.reductions, density.statistics, numbers.score_bound, numbers.sample_bound
restate, holds, describe = numbers.restate_bound, numbers.holds_bound, numbers.describe
