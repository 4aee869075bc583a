"""Change: the level of a window as a multiple, or in percent, of an earlier window's; or a direction between the two: up, flat or down.

Stated as a number it needs `unit`, `low` and `high`: "cut by 40 %" leaves 60, in percent, or 0.6; "doubled" is 2, or 200 percent. Stated
in words it needs `said`, `threshold` and `noise`.
"""
from __future__ import annotations

from interlope.dossier import multiples, ratios

KIND, CARRIES, WHY = "change", True, ""
NEEDS = ("root", "series", "window", "baseline", "reduce")
MAY, WORDS = multiples.MAY, multiples.WORDS

reductions, describe = ratios.reductions, ratios.describe
statistics, logscore, sample, holds = multiples.statistics, multiples.logscore, multiples.sample, multiples.holds
restate = multiples.restate
