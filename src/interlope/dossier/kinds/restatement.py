"""Restatement: says or takes for granted what another claim already says."""
from __future__ import annotations

from interlope.dossier import density, numbers

KIND, CARRIES, WHY = "restatement", False, "says again what another claim says; counts nothing"
NEEDS = ("of",)

reductions, statistics, logscore, sample = density.reductions, density.statistics, density.silent_score, density.silent_sample
restate, holds, describe = density.silent_restate, density.silent_holds, numbers.describe
