"""Ranks: where a truth lies in the weighted draws of its posterior."""
from __future__ import annotations

import numpy as np

from interlope.ensemble.weighted import quantiles
from interlope.results.recovery import RecoveredQuantity

POINTS = (0.05, 0.25, 0.75, 0.95)


def rank(draws: np.ndarray, weight: np.ndarray, effective: float, truth: float, noise: float) -> float:
    """Randomised rank of a truth among weighted draws, in [0, 1].

    With n equally weighted independent draws of a right posterior (n * share below + u (n * share equal + 1)) / (n + 1), u being uniform,
    is uniform for any n and with ties; n is the effective number here.

    Parameters
    ----------
    draws, weight : ndarray
        Values and weights that sum to 1 [n].
    effective : float
        Effective number of independent draws.
    truth : float
        The simulated value.
    noise : float
        A uniform number.

    Returns
    -------
    float

    Examples
    --------
    >>> rank(np.array([1.0, 2.0, 3.0, 4.0]), np.full(4, 0.25), 4.0, 2.5, 0.5)
    0.5
    """
    below, equal = float(weight @ (draws < truth)), float(weight @ (draws == truth))
    return min(max((effective * below + noise * (effective * equal + 1.0)) / (effective + 1.0), 0.0), 1.0)


def place(name: str, kind: str, draws: np.ndarray, weight: np.ndarray, effective: float, truth: float, noise: float) -> RecoveredQuantity:
    """Set a truth against its posterior: its rank, and whether the intervals that a user is shown hold it. See `rank`."""
    q05, q25, q75, q95 = map(float, quantiles(draws, weight, POINTS))
    return RecoveredQuantity(name=name, kind=kind, truth=truth, rank=round(rank(draws, weight, effective, truth, noise), 6),
                             within50=q25 <= truth <= q75, within90=q05 <= truth <= q95)
