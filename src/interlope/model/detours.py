"""Detours: by what factor what depends on the length of a way rises when a part of the ways is closed."""
from __future__ import annotations

from ..jit.compile import kernel
from .special import power

MOST_STRETCH = 1000.0  # what is left of a way is no more than so many times as long, as costly or as dangerous


@kernel
def stretch(closure, elasticity):
    """(1 - closure)^(-elasticity); exactly 1 where nothing is closed. closure: part of the ways that is closed."""
    return min(MOST_STRETCH, power(1.0 - closure, -elasticity)) if closure > 0.0 else 1.0
