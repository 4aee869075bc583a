"""Excitation: violence answered with violence, additively, so that it cannot explode.

pressure(t+1) = e^(-1/decay) pressure(t) + branching (1 - e^(-1/decay)) events(t): each event raises the expected number
of later events by exactly `branching` in all. (Hawkes 1971, exponential kernel, in daily steps.)
"""
from __future__ import annotations

from ..jit.compile import kernel
from .special import exp


@kernel
def keep_share(decay):
    """Part of the pressure that is left after a day; decay in days."""
    return exp(-1.0 / decay)


@kernel
def added(branching, keep):
    """Rise of the daily rate after one event."""
    return branching * (1.0 - keep)
