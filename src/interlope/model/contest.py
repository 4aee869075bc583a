"""Contest: who wins when two forces meet (Tullock; Skaperdas 1996): p = k_a a^m / (k_a a^m + k_b b^m).

k weighs how readily each side does harm (1 for all unless a setting names a network); with m = 0 it decides alone, which is
the limit of Prieto-Curiel, Campedelli & Hope (2023).
"""
from __future__ import annotations

from ..jit.compile import kernel
from .special import power


@kernel
def win_chance(force, other, decisive, harm=1.0, other_harm=1.0):
    """Chance that the first of two forces wins; one half when both are nothing."""
    a = harm * power(force, decisive)
    b = other_harm * power(other, decisive)
    if a + b <= 0.0:
        return 0.5
    return a / (a + b)
