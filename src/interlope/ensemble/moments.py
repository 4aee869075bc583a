"""Streaming moments: mean, spread and quantiles of many replicates cell by cell, in memory that does not grow.

Sums and squares are whole numbers of a small unit that the first replicates (the pilot) fix, and counts stand in bins that never move,
so the moments of two parts add up to the same bits in any order: it does not matter which machine saw which replicate. Quantiles come
from the counts between and at some values of the pilot, the edges; with each goes how far it may be from the exact one.
"""
from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from math import ceil, ldexp

import numpy as np

from interlope.jit.compile import entry

EDGES = 63  # of a cell, unless more are asked for; up to so many replicates have exact quantiles
STEPS, BOUND = 32, 2.0**61  # a unit is 2^-STEPS of the pilot's spread; beyond BOUND units a value is not averaged
HALF, MASK = np.int64(31), np.int64((1 << 31) - 1)


@dataclass(frozen=True, eq=False)
class StreamingMoments:
    """Statistics of cells, for instance one for every day and series.

    Attributes
    ----------
    edges : ndarray of float32 [cell, e]
        Ascending.
    counts : ndarray of uint32 [cell, 2 e + 1]
        Below, at, between, ... above the edges.
    sums : ndarray of int64 [cell, 8]
        Parts of the sum and of the sum of squares of the distances from the middle edge, in units.
    number, beyond : ndarray
        Values accumulated, and those too far out to be averaged, int64 [cell].
    low, high : ndarray
        Least and largest value, float32 [cell].
    """

    edges: np.ndarray
    counts: np.ndarray
    sums: np.ndarray
    number: np.ndarray
    beyond: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def add(self, values: np.ndarray, threads: int = 1) -> None:
        """Accumulate the values of some replicates.

        Parameters
        ----------
        values : ndarray of float32 [r, cell]
            One row for each replicate; NaN is passed over.
        threads : int, default 1
            Threads that share the cells.
        """
        values = np.ascontiguousarray(values, dtype=np.float32)
        pivot, exponent = self.units()
        scale = np.ldexp(1.0, exponent)
        cuts = np.linspace(0, values.shape[1], max(threads, 1) + 1).astype(np.int64)

        def work(a: int, b: int) -> None:
            _accumulate(values, a, b, pivot, scale, self.edges, self.counts, self.sums, self.number, self.beyond, self.low, self.high)

        with ThreadPoolExecutor(max(threads, 1)) as pool:
            list(pool.map(work, cuts[:-1], cuts[1:]))

    def merge(self, other: StreamingMoments) -> None:
        """Add what others with the same edges have accumulated.

        Parameters
        ----------
        other : StreamingMoments
            Moments of other replicates; left as they are.

        Raises
        ------
        ValueError
            When the edges differ.
        """
        if not np.array_equal(self.edges, other.edges, equal_nan=True):
            raise ValueError("moments with different edges cannot be added")
        for name in ("counts", "sums", "number", "beyond"):
            getattr(self, name)[...] += getattr(other, name)
        np.fmin(self.low, other.low, out=self.low)
        np.fmax(self.high, other.high, out=self.high)

    def units(self) -> tuple[np.ndarray, np.ndarray]:
        """Where distances are measured from, float64 [cell], and how many powers of two a unit is below one, int [cell]."""
        pivot = self.edges[:, self.edges.shape[1] // 2].astype(np.float64)
        spread = np.maximum(self.edges[:, -1] - pivot, pivot - self.edges[:, 0])
        spread = np.where(spread > 0, spread, np.maximum(np.abs(pivot), 1.0))
        return pivot, STEPS - np.frexp(spread)[1]

    def mean_and_sd(self) -> tuple[np.ndarray, np.ndarray]:
        """Mean and standard deviation (n - 1) by cell, float64; NaN without values, or with values too far out."""
        pivot, exponent = self.units()
        mean, sd = np.full(len(pivot), np.nan), np.full(len(pivot), np.nan)
        for c in np.flatnonzero((self.number > 0) & (self.beyond == 0)):
            n, part = int(self.number[c]), self.sums[c].tolist()
            first = (part[0] << 31) + part[1]
            second = (part[2] << 93) + (part[3] << 62) + (part[4] << 63) + (part[5] << 32) + (part[6] << 31) + part[7]
            mean[c] = pivot[c] + ldexp(first / n, -int(exponent[c]))
            sd[c] = ldexp(((n * second - first * first) / (n * (n - 1))) ** 0.5, -int(exponent[c])) if n > 1 else 0.0
        return mean, sd

    def quantile(self, p: float) -> tuple[np.ndarray, np.ndarray]:
        """Estimate a quantile of every cell.

        Parameters
        ----------
        p : float
            Part of the replicates, 0 to 1, that the quantile is not to be exceeded by.

        Returns
        -------
        value, error : ndarray of float64 [cell]
            The least value that a part `p` of the replicates does not exceed, and how far it may be from the exact one.
        """
        below = np.cumsum(self.counts, axis=1, dtype=np.int64)
        rank = np.array([max(ceil(p * n), 1) for n in self.number.tolist()])
        place = np.argmax(below >= rank[:, None], axis=1)
        cell, edge, last = np.arange(len(rank)), place // 2, self.edges.shape[1]
        start = np.where(edge > 0, self.edges[cell, np.maximum(edge - 1, 0)], self.low).astype(np.float64)
        stop = np.where(edge < last, self.edges[cell, np.minimum(edge, last - 1)], self.high).astype(np.float64)
        start, stop = np.maximum(start, self.low), np.minimum(stop, self.high)
        inside = self.counts[cell, place].astype(np.float64)
        rest = rank - (below[cell, place] - inside)
        between = start + (stop - start) * np.where(inside > 0, (rest - 0.5) / np.maximum(inside, 1.0), 0.5)
        least, greatest = rank == 1, rank == self.number
        exact = (place % 2 == 1) | least | greatest
        value = np.where(greatest, self.high, np.where(least, self.low, np.where(exact, stop, between)))
        error = np.where(exact, 0.0, np.maximum(value - start, stop - value))
        empty = self.number == 0
        return np.where(empty, np.nan, value), np.where(empty, np.nan, error)


def from_pilot(pilot: np.ndarray, count: int = EDGES) -> StreamingMoments:
    """Begin with nothing, with edges spread evenly over the ranks of the first replicates.

    Parameters
    ----------
    pilot : ndarray
        Values of the first replicates, float32 [r, cell]; NaN is passed over. They are not accumulated by this.
    count : int, optional
        Number of edges.
    """
    ordered = np.sort(pilot.astype(np.float32), axis=0)
    known = np.sum(~np.isnan(ordered), axis=0)
    ranks = np.rint(np.linspace(0.0, 1.0, count)[None, :] * np.maximum(known - 1, 0)[:, None]).astype(np.int64)
    edges = np.where(known[:, None] > 0, np.take_along_axis(ordered.T, ranks, axis=1), 0.0).astype(np.float32)
    cells = len(edges)
    return StreamingMoments(edges, np.zeros((cells, 2 * count + 1), np.uint32), np.zeros((cells, 8), np.int64), np.zeros(cells, np.int64),
                 np.zeros(cells, np.int64), np.full(cells, np.nan, np.float32), np.full(cells, np.nan, np.float32))


def empty_like(other: StreamingMoments) -> StreamingMoments:
    """Begin with nothing, with the edges of another.

    Parameters
    ----------
    other : StreamingMoments
        Streaming moments whose edges are taken.

    Returns
    -------
    StreamingMoments
    """
    fresh = {f.name: np.zeros_like(getattr(other, f.name)) for f in fields(StreamingMoments) if f.name != "edges"}
    fresh |= {name: np.full_like(other.low, np.nan) for name in ("low", "high")}
    return StreamingMoments(other.edges, **fresh)


@entry
def _accumulate(values, first, last, pivot, scale, edges, counts, sums, number, beyond, low, high):
    """Accumulate values float32 [r, cell] of the cells first to last (not counted)."""
    for c in range(first, last):
        for i in range(values.shape[0]):
            v = values[i, c]
            if np.isnan(v):
                continue
            number[c] += 1
            if not low[c] <= v:
                low[c] = v
            if not high[c] >= v:
                high[c] = v
            a, b = 0, edges.shape[1]
            while a < b:
                middle = (a + b) // 2
                if edges[c, middle] < v:
                    a = middle + 1
                else:
                    b = middle
            at = 2 * a + 1 if a < edges.shape[1] and edges[c, a] == v else 2 * a
            counts[c, at] += np.uint32(1)
            distance = np.rint((np.float64(v) - pivot[c]) * scale[c])
            if not abs(distance) < BOUND:
                beyond[c] += 1
                continue
            whole = np.int64(distance)
            a2, b2 = whole >> HALF, whole & MASK
            sums[c, 0] += a2
            sums[c, 1] += b2
            sums[c, 2] += (a2 * a2) >> HALF
            sums[c, 3] += (a2 * a2) & MASK
            sums[c, 4] += (a2 * b2) >> HALF
            sums[c, 5] += (a2 * b2) & MASK
            sums[c, 6] += (b2 * b2) >> HALF
            sums[c, 7] += (b2 * b2) & MASK
