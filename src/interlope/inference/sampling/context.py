"""Context: what every stage of the sampler shares: problem, random seed, count of replicates, finished parts, worker threads."""
from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import numpy as np

from interlope.inference.sampling.problem import Effort, Problem

J = TypeVar("J")
R = TypeVar("R")


class BlockStore(Protocol):
    """A store of finished parts of a fit, each under a name that says all that it depends on, so that a stopped fit can be resumed."""

    def find(self, name: str) -> dict[str, np.ndarray] | None:
        """The arrays of a part, or None where it is not in the store or cannot be read."""
        ...

    def put(self, name: str, arrays: dict[str, np.ndarray]) -> None:
        """Store the arrays of a part."""
        ...


class NoBlockStore:
    """A store that stores nothing."""

    def find(self, name: str) -> dict[str, np.ndarray] | None:
        """Never anything."""
        return None

    def put(self, name: str, arrays: dict[str, np.ndarray]) -> None:
        """Nothing is stored."""


def no_progress(done: int, total: int) -> None:
    """Report progress to nobody."""


class ReplicateCounter:
    """Counts replicates over threads and reports progress.

    Parameters
    ----------
    total : int
        Replicates expected in all.
    report : callable
        Called with (replicates done, replicates in all) at every change.

    Attributes
    ----------
    done : int
        Replicates finished, those taken from an earlier run included.
    simulated : int
        Replicates simulated by this run.
    """

    def __init__(self, total: int, report: Callable[[int, int], None]):
        self.total, self.done, self.simulated, self._report, self._lock = total, 0, 0, report, threading.Lock()

    def add(self, replicates: int, simulated: bool = True) -> None:
        """Count replicates that are done."""
        with self._lock:
            self.done += replicates
            self.simulated += replicates if simulated else 0
            self.total = max(self.total, self.done)
            self._report(self.done, self.total)

    def expect(self, replicates: int) -> None:
        """Count further replicates that are to be done."""
        with self._lock:
            self.total += replicates


@dataclass(frozen=True, eq=False)
class SamplerContext:
    """What every stage of one run of the sampler shares.

    Attributes
    ----------
    problem : Problem
        What is to be inferred.
    seed : int
        Every random number follows from it.
    effort : Effort
        How much is simulated.
    threads : int
        Waves and populations that run side by side.
    blocks : BlockStore
        Store of finished waves and populations.
    label : str
        Names the problem in `blocks`.
    counter : ReplicateCounter
        Count of replicates, which reports progress.
    stopping : threading.Event
        Set once the run was interrupted.
    """

    problem: Problem
    seed: int
    effort: Effort
    threads: int
    blocks: BlockStore
    label: str
    counter: ReplicateCounter
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def explanations(self) -> range:
        """Indices of the explanations."""
        return range(len(self.problem.explanations))

    def parallel(self, work: Callable[[J], R], jobs: Iterable[J]) -> list[R]:
        """Results of `work` in the order of the jobs.

        After Ctrl-C populations under way stop at their next checkpoint and nothing more begins.
        """
        jobs = list(jobs)
        if self.threads == 1 or len(jobs) == 1:
            return [work(job) for job in jobs]
        with ThreadPoolExecutor(self.threads) as pool:
            try:
                return list(pool.map(work, jobs))
            except BaseException:
                self.stopping.set()
                pool.shutdown(cancel_futures=True)
                raise
