"""Interval: a level between two numbers (or near one) over a window."""
from __future__ import annotations

from interlope.dossier import density, numbers

KIND, CARRIES, WHY = "interval", True, ""
NEEDS = ("root", "series", "window", "reduce", "unit", "low", "high")
MAY = ("sd", "reference")

reductions, statistics, logscore, sample = density.reductions, density.statistics, numbers.score, numbers.sample
restate, holds, describe = numbers.restate, numbers.holds, numbers.describe
