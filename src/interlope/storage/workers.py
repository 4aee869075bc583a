"""Workers: the shards of an ensemble made by a Dask cluster that shares a disk with this process.

A shard's bytes do not depend on who makes it. A worker that dies costs the shards it was making, and another makes them;
only this process writes the journal, after the worker has said that the bytes are on the medium.
"""
from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from interlope import manifest
from interlope.ensemble.outcomes import Progress
from interlope.errors import BadInput, RunFailed
from interlope.jit.compile import digest
from interlope.scenario.folder import find_located, locate
from interlope.storage import shards
from interlope.storage.encoding import Encoder
from interlope.storage.folder import Folder, describe, restore
from interlope.storage.journal import Record
from interlope.storage.plan import Plan

WINDOW = 1000  # shards handed to the scheduler at once
DEATHS = 20  # workers that may die over one shard before the run is given up
_encoding = threading.Lock()


@contextmanager
def connect(address: str) -> Iterator[Any]:
    """Open a client of a Dask scheduler; 'local' starts one process for each processor of this machine.

    Parameters
    ----------
    address : str
        Of the scheduler, as in tcp://host:8786, or 'local'.

    Raises
    ------
    BadInput
        When Dask is not installed, or no scheduler answers at that address.
    """
    try:
        import dask.config
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise BadInput("--dask: Dask is not installed; expected it beside this package: python -m pip install "
                       "'.[dask]'") from error
    options: dict[str, Any] = {"threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
    if address == "local":
        with (
            dask.config.set({"distributed.scheduler.allowed-failures": DEATHS}),
            LocalCluster(n_workers=os.cpu_count() or 1, **options) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(address, timeout=30)
    except (OSError, ValueError) as error:
        raise BadInput(f"--dask {address}: no scheduler answers there; expected 'local' or an address as in tcp://host:8786") from error
    with client:
        yield client


def make_on(client: Any) -> shards.Make:
    """The way of making shards on the workers of a Dask client, which read the same case.

    Parameters
    ----------
    client : Any
        Of distributed.
    """
    from distributed import KilledWorker, as_completed

    def run(plan: Plan, folder: Folder, indexes: Iterable[int], progress: Progress) -> Iterator[Record]:
        noted, path, where = manifest.text(describe(plan)), str(folder.path.resolve()), locate(plan.case.folder)
        waiting = list(indexes)[::-1]
        total, done = sum(high - low for low, high in map(plan.rows, waiting)), 0

        def submit() -> Any:
            return client.submit(make_one, where, noted, path, waiting.pop(), pure=False)

        going = as_completed([submit() for _ in range(min(WINDOW, len(waiting)))])
        for future in going:
            try:
                record = Record(*future.result())
            except KilledWorker as error:
                raise RunFailed(f"workers died again and again over one shard ({error}); they may lack memory; try a smaller "
                                "--shard-size in a new folder, or fewer workers on a machine") from error
            if waiting:
                going.add(submit())
            done += len(range(*plan.rows(record.shard)))
            progress(done, total)
            yield record

    return run


def make_one(where: str, noted: str, path: str, index: int) -> tuple[Any, ...]:
    """Make one shard on a worker; returns the fields of its record.

    Parameters
    ----------
    where : str
        Name or folder of the case.
    noted : str
        The run's manifest as in its file.
    path : str
        The run's folder, as the worker sees it.
    index : int
        Number of the shard.

    Returns
    -------
    tuple[Any, ...]
    """
    plan, encoder = _tools(where, noted)
    folder = Folder(Path(path), f"dask-{uuid.uuid4().hex[:8]}")
    outcomes = shards.simulate(plan, index, threads=1)
    with _encoding:
        record, files = shards.encode(plan, encoder, index, outcomes)
    folder.place(files)
    return tuple(asdict(record).values())


@lru_cache(maxsize=4)
def _tools(where: str, noted: str) -> tuple[Plan, Encoder]:
    """The plan and its encoder on this worker; refused when the worker could not make the same bytes."""
    path = Path(manifest.FILE)
    recorded = manifest.parse(noted.encode(), path)
    plan = restore(recorded, find_located(where), path)
    reasons = manifest.mismatches(recorded, plan.case.files(), digest())
    if reasons:
        raise BadInput(f"a worker cannot make the same shards: {'; '.join(reasons)}")
    return plan, Encoder(plan)
