"""Processes: data sets tried side by side, one process for each core, which end with the process that began them."""
from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import NamedTuple

from interlope.errors import RunFailed
from interlope.inference.sampling.problem import Effort
from interlope.recovery import trial
from interlope.results.recovery import RecoveredDataSet
from interlope.scenario.case import Case


class Task(NamedTuple):
    """What every process is given once: the case, the seed of all data sets, the effort of a fit."""

    case: Case
    seed: int
    effort: Effort


_task: Task | None = None


def try_all(task: Task, indexes: Iterable[int], jobs: int) -> Iterator[RecoveredDataSet]:
    """Try data sets, each on one core; they come as they are finished.

    Parameters
    ----------
    task : Task
        What is tried.
    indexes : iterable of int
        Numbers of the data sets.
    jobs : int
        Processes; 1 stays in this one.

    Yields
    ------
    RecoveredDataSet

    Raises
    ------
    RunFailed
        When a process dies, as for lack of memory; what it had finished was handed over.
    """
    if jobs == 1:
        for index in indexes:
            yield trial.run(task.case, task.seed, index, task.effort)
        return
    with _pool(task, jobs) as pool:
        try:
            for future in as_completed([pool.submit(_try_one, index) for index in indexes]):
                yield future.result()
        except BrokenProcessPool as error:
            raise RunFailed("a process died while it fitted a data set, perhaps for lack of memory; the same command goes on, with fewer "
                            "processes by --jobs") from error


@contextmanager
def _pool(task: Task, jobs: int) -> Iterator[ProcessPoolExecutor]:
    """A pool whose processes end at once when this one leaves, is stopped or dies: then the pipe that they watch is closed."""
    context = multiprocessing.get_context("spawn")
    watched, alive = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(jobs, context, _begin, (task, watched))
    try:
        yield pool
    finally:
        alive.close()
        pool.shutdown(wait=True, cancel_futures=True)
        watched.close()


def _begin(task: Task, watched: Connection) -> None:
    """Set a process up: Ctrl-C is for the one that began it."""
    global _task
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with, args=(watched,), daemon=True).start()
    _task = task


def _leave_with(watched: Connection) -> None:
    watched.poll(None)  # returns when the other end is closed
    os._exit(1)


def _try_one(index: int) -> RecoveredDataSet:
    if _task is None:
        raise RuntimeError("a process that was not set up")
    return trial.run(_task.case, _task.seed, index, _task.effort)
