"""Normative: a judgement, a label or a way of framing."""
from __future__ import annotations

from interlope.dossier import density, numbers

KIND, CARRIES, WHY = "normative", False, "a judgement or a label, which no recorded number can confirm or refute"
NEEDS = ()

reductions, statistics, logscore, sample = density.reductions, density.statistics, density.silent_score, density.silent_sample
restate, holds, describe = density.silent_restate, density.silent_holds, numbers.describe
