"""Lever numbers: what matters only where a lever is set is drawn from its prior, once for each draw and the same for every option.

No evidence of a case bears on such a number, as no lever is set while its figures are made: its posterior is its prior. A fit leaves it
at its median, so that it costs no coordinate.
"""
from __future__ import annotations

import numpy as np

from interlope.ensemble import keys
from interlope.scenario.case import Case
from interlope.scenario.resolved import OF_LEVERS


def draw_numbers(case: Case, explanations: np.ndarray, rows: np.ndarray, seed: int) -> dict[str, np.ndarray]:
    """Draw the numbers of levers for some posterior draws.

    Parameters
    ----------
    case : Case
        The case.
    explanations : ndarray
        Explanation of each draw [r].
    rows : ndarray of int
        Place of each draw among all of them [r]; a draw has the same numbers whatever else is drawn.
    seed : int
        Seed of the comparison.

    Returns
    -------
    dict of str to ndarray
        Values [r] by name; empty where the case fixes them all.

    Examples
    --------
    >>> import interlope as il
    >>> case, one = il.load("toy"), np.array(["takeover"])
    >>> numbers = draw_numbers(case, one, np.array([3]), 7)
    >>> sorted(numbers)[:2], bool(0.0 < numbers["closures_detour"][0] < 1.0)
    (['closures_cost', 'closures_danger'], True)
    """
    numbers: dict[str, np.ndarray] = {}
    for explanation in np.unique(explanations):
        here = explanations == explanation
        for name, k in case.parameters(str(explanation)).items():
            if k.role == OF_LEVERS:
                chance = keys.stream(seed, "lever", name).random(int(rows.max()) + 1)[rows[here]]
                numbers.setdefault(name, np.full(len(rows), k.prior.median))[here] = k.prior.quantile(chance)
    return numbers
