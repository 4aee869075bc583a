"""Effect: the level of a window as a multiple, or in percent, of what it would have been without an event; or a direction.

The same replicate is run with the event and without it, on the same random numbers, and the two levels are compared. Stated as a number it
needs `unit`, `low` and `high`: "the operation cut crossings by 40 %" leaves 60, in percent, or 0.6. Stated in words it needs `said`,
`threshold` and `noise`.
"""
from __future__ import annotations

from interlope.dossier import multiples, ratios

KIND, CARRIES, WHY = "effect", True, ""
NEEDS = ("root", "series", "window", "event", "reduce")
MAY, WORDS = multiples.MAY, multiples.WORDS

reductions, describe = ratios.reductions, ratios.describe
statistics, logscore, sample, holds = multiples.statistics, multiples.logscore, multiples.sample, multiples.holds
restate = multiples.restate
