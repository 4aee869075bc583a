"""Rough: Bayes factors whose error leaves so much open that figures would say more than is known."""

from __future__ import annotations

import math

from interlope.results.weighing import RootContribution

TOO_ROUGH = "too rough to say"
FACTOR = 10.0  # from the low to the high end of a 90 % interval, beyond which no figure is given
NORMAL = 1.6449  # standard errors on either side of the middle of a 90 % interval


def is_rough(error: float | None) -> bool:
    """Whether a log Bayes factor with this standard error has a 90 % interval of more than a factor of ten.

    >>> is_rough(2.1), is_rough(0.5), is_rough(None)
    (True, False, False)
    """
    return error is not None and 2.0 * NORMAL * error > math.log(FACTOR)


def is_rough_without(root: RootContribution) -> bool:
    """Whether probabilities without a root are too rough to say: one of the Bayes factors that they follow from is."""
    return any(is_rough(f.error) for f in root.log_bayes_factor.values())
