"""People on the move: the flows of a day between the places where they are, as numbers of persons of whatever class.

Mechanisms decide how many go; nothing they decide knows who. Of which class they were is said at the day's end (`mechanisms/classes.py`).
"""
from __future__ import annotations

import numpy as np

# Persons of one day who: came to the transit side; went to the border; left protection for the border; were offered protection; left the
# border, and of these took another route; tried; of these got through, died, were admitted to protection; were moved away by police; got
# through and are to be returned under an agreement; were returned, and of these set out again.
CAME, NORTH, BACK, PROTECTED, LEFT, ELSEWHERE, TRIED, THROUGH, DIED, ADMITTED, MOVED, COVERED, RETURNED, AGAIN = range(14)
FLOWS = 14
MOST_CLASSES = 32


def apportion(total: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Whole numbers as near to these shares of a total as they come, which add up to it.

    Parameters
    ----------
    total : ndarray
        Whole numbers [r].
    share : ndarray
        Shares that add up to 1 [c].

    Returns
    -------
    ndarray
        int64 [r, c].

    Examples
    --------
    >>> apportion(np.array([10, 3]), np.array([0.25, 0.25, 0.5])).tolist()
    [[2, 3, 5], [1, 1, 1]]
    """
    edges = np.rint(np.asarray(total)[:, None] * np.minimum(np.cumsum(share), 1.0)).astype(np.int64)
    edges[:, -1] = total
    return np.diff(edges, axis=1, prepend=0)
