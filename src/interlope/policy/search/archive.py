"""Archive: bundles tried with their harms, those that no other beats, and which of them to look around next.

No score adds harms up. Each harm under each explanation takes its turn, people's deaths first: the bundle that has least of it, and whose
neighbours are not all tried, is looked around next (Pareto local search: Paquete, Chiarandini & Stützle 2004).
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from interlope.ensemble import keys
from interlope.policy.search.bundle import Bundle, list_neighbours


@dataclass(eq=False)
class Archive:
    """Bundles tried, in their order.

    Attributes
    ----------
    most : int
        Most levers of a bundle.
    seed : int
        Seed of the order in which neighbours are tried.
    means, errors : dict of Bundle to np.ndarray
        [explanation, harm] mean paired difference over the status quo, and its Monte Carlo standard error.
    """

    most: int
    seed: int
    means: dict[Bundle, np.ndarray] = field(default_factory=dict)
    errors: dict[Bundle, np.ndarray] = field(default_factory=dict)
    turn: int = 0

    def add(self, bundle: Bundle, mean: np.ndarray, error: np.ndarray) -> None:
        """Put a bundle that was tried beside the others."""
        self.means[bundle], self.errors[bundle] = mean, error

    def list_undominated(self) -> list[Bundle]:
        """Bundles of which no other has a mean nowhere above and somewhere below; the status quo, of no lever, counts among them."""
        names = list(self.means)
        flat = np.nan_to_num(np.array([self.means[b].T.ravel() for b in names]))
        return [name for i, name in enumerate(names) if not is_beaten(flat, i)]

    def choose(self, count: int) -> list[Bundle]:
        """The next bundles to try, at most `count`; none where every neighbour of every undominated bundle was tried."""
        batch: dict[Bundle, None] = {}
        undominated = self.list_undominated()
        harms = np.array([self.means[b].T.ravel() for b in undominated])  # by harm, and by explanation within it
        open_ = {b: [n for n in self._neighbours(b) if n not in self.means] for b in undominated}
        idle = 0
        while len(batch) < count and idle < harms.shape[1]:
            order = np.argsort(harms[:, self.turn % harms.shape[1]], kind="stable")
            self.turn += 1
            fresh = next((n for i in order for n in open_[undominated[i]] if n not in batch), None)
            idle = idle + 1 if fresh is None else 0
            batch |= {} if fresh is None else {fresh: None}
        return list(batch)

    def _neighbours(self, bundle: Bundle) -> Iterator[Bundle]:
        """Neighbours in an order of their own for each bundle, so that no lever is tried first by its name."""
        every = list(list_neighbours(bundle, self.most))
        order = keys.stream(self.seed, "search", str(bundle)).permutation(len(every))
        return (every[i] for i in order)


def is_beaten(flat: np.ndarray, i: int) -> bool:
    """Whether some other row [b, k] is nowhere above row i and somewhere below it.

    >>> is_beaten(np.array([[1.0, 1.0], [1.0, 0.5], [0.0, 2.0]]), 0)
    True
    """
    return bool(((flat <= flat[i]).all(axis=1) & (flat < flat[i]).any(axis=1)).any())
