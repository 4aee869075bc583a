"""Forecast: something that could or would happen; it is tested by what comes, not by what was."""
from __future__ import annotations

from interlope.dossier import density, numbers

KIND, CARRIES, WHY = "forecast", False, "a forecast is no observation; it can be tested only by what happens afterwards"
NEEDS = ()

reductions, statistics, logscore, sample = density.reductions, density.statistics, density.silent_score, density.silent_sample
restate, holds, describe = density.silent_restate, density.silent_holds, numbers.describe
