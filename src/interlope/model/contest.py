"""Contest: who wins when two forces meet (Tullock; Skaperdas 1996): p = a^m / (a^m + b^m)."""
from __future__ import annotations

from ..compile import kernel
from .special import power


@kernel
def win_chance(force, other, decisive):
    """Chance that the first of two forces wins; one half when both are nothing."""
    a = power(force, decisive)
    b = power(other, decisive)
    if a + b <= 0.0:
        return 0.5
    return a / (a + b)
