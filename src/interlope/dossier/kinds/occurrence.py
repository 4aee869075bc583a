"""Occurrence: it happened, or there was at least so much; or a source says that it knows of none."""
from __future__ import annotations

from interlope.dossier import density, numbers, statements

KIND, CARRIES, WHY = "occurrence", True, ""
NEEDS = ("root", "series", "window", "reduce", "threshold", "said", "chance_if_true", "chance_if_false")

reductions, statistics = density.reductions, density.statistics
logscore, sample, holds, restate = statements.score, statements.sample, statements.holds, statements.restate
describe = numbers.describe
