"""Meta: about the report itself (who said it, how it became known, what argues for what), not about the border."""
from __future__ import annotations

from interlope.dossier import density, numbers

KIND, CARRIES, WHY = "meta", False, "about the report and its making, not about the border"
NEEDS = ()

reductions, statistics, logscore, sample = density.reductions, density.statistics, density.silent_score, density.silent_sample
restate, holds, describe = density.silent_restate, density.silent_holds, numbers.describe
