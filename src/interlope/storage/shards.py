"""Shards: the units of work of an ensemble; each is simulated, checked and repeated independently of the others."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from interlope.ensemble.outcomes import Outcomes, Progress, collect, nothing
from interlope.errors import Fault
from interlope.manifest import files, stored
from interlope.storage import disk
from interlope.storage.encoding import Encoder
from interlope.storage.folder import STORE, WORK, Folder
from interlope.storage.journal import Record
from interlope.storage.plan import Plan

Make = Callable[[Plan, Folder, Iterable[int], Progress], Iterator[Record]]


def simulate(plan: Plan, index: int, threads: int | None = None, progress: Progress = nothing) -> Outcomes:
    """Simulate the replicates of one shard; `progress` is called with (done, in all) of this shard.

    Parameters
    ----------
    plan : Plan
        The plan of the ensemble.
    index : int
        Number of the shard.
    threads : int or None, optional
        All cores when None; the numbers do not depend on it.
    progress : Progress, optional
        Called with (done, in all), in replicates.

    Returns
    -------
    Outcomes
    """
    low, high = plan.rows(index)
    return collect(plan.case.setting(), plan.design(index), plan.key, np.arange(low, high), plan.days, by=plan.by,
                   names=plan.series, threads=threads, device=plan.device, progress=progress)


def failures(outcomes: Outcomes, first: int) -> tuple[tuple[int, int], ...]:
    """Replicates that did not complete, numbered from `first`, with their status.

    Parameters
    ----------
    outcomes : Outcomes
        What the replicates did.
    first : int
        Number of the first replicate.

    Returns
    -------
    tuple[tuple[int, int], ...]
    """
    return tuple((first + int(i), int(outcomes.status[i])) for i in np.flatnonzero(outcomes.status))


def encode(plan: Plan, encoder: Encoder, index: int, outcomes: Outcomes) -> tuple[Record, dict[str, bytes]]:
    """The journal's record of a shard and its files by their place in the run's folder.

    Parameters
    ----------
    plan : Plan
        The plan of the ensemble.
    encoder : Encoder
        The plan's encoder.
    index : int
        Number of the shard.
    outcomes : Outcomes
        What the replicates did.

    Returns
    -------
    tuple[Record, dict[str, bytes]]
    """
    store = encoder.shard(index, outcomes)
    means = outcomes.means.astype("<f4").tobytes()
    record = Record(index, disk.checksum(store.items()), disk.checksum([("means", means)]), failures(outcomes, plan.rows(index)[0]))
    return record, {**{f"{STORE}/{name}": data for name, data in store.items()}, means_name(index): means}


def make(plan: Plan, folder: Folder, encoder: Encoder, index: int, *, threads: int | None = None,
         progress: Progress = nothing) -> Record:
    """Simulate one shard and put its files in place; whoever gets the record may journal it.

    Parameters
    ----------
    plan : Plan
        The plan of the ensemble.
    folder : Folder
        The folder.
    encoder : Encoder
        The plan's encoder.
    index : int
        Number of the shard.
    threads : int or None, optional
        All cores when None; the numbers do not depend on it.
    progress : Progress, optional
        Called with (done, in all), in replicates.

    Returns
    -------
    Record
    """
    record, contents = encode(plan, encoder, index, simulate(plan, index, threads, progress))
    folder.place(contents)
    return record


def make_here(threads: int | None) -> Make:
    """The way of making shards one after the other in this process, each on all threads.

    Parameters
    ----------
    threads : int or None
        All cores when None; the numbers do not depend on it.

    Returns
    -------
    Make
    """

    def run(plan: Plan, folder: Folder, indexes: Iterable[int], progress: Progress) -> Iterator[Record]:
        encoder = Encoder(plan)
        wanted = list(indexes)
        total = sum(high - low for low, high in map(plan.rows, wanted))
        done = 0
        for index in wanted:
            low, high = plan.rows(index)

            def tell(part: int, _: int, before: int = done) -> None:
                progress(before + part, total)

            yield make(plan, folder, encoder, index, threads=threads, progress=tell)
            done += high - low

    return run


def is_sound(folder: Folder, encoder: Encoder, record: Record) -> bool:
    """Whether the files of a finished shard are there, byte for byte.

    Parameters
    ----------
    folder : Folder
        The folder.
    encoder : Encoder
        The plan's encoder.
    record : Record
        The journal's record of the shard.

    Returns
    -------
    bool
    """
    return disk.checksum(disk.read(folder.path / STORE, encoder.names(record.shard))) == record.sha256


def refuse_other_run(folder: Folder, run: str) -> None:
    """Refuse a store whose description names another run than the manifest beside it; a damaged description names none.

    Parameters
    ----------
    folder : Folder
        The folder.
    run : str
        Name of the run that the manifest describes.

    Raises
    ------
    OtherRun
        When the store belongs to another run.
    """
    path = folder.path / STORE / "zarr.json"
    try:
        about = stored.parse(dict[str, Any], stored.read_bytes(path), path).get("attributes")
    except stored.Damaged:
        return
    other = about.get("run_id") if isinstance(about, dict) else None
    if isinstance(other, str) and other != run:
        raise stored.OtherRun([Fault(str(path), None, f"a store of run {other[:40]}", f"run {run} of the manifest beside it",
                                     "put manifest and store of one run together")])


def read_means(folder: Folder, record: Record) -> bytes | None:
    """What a shard left for the overview; None when it is missing or damaged.

    Parameters
    ----------
    folder : Folder
        The folder.
    record : Record
        The journal's record of the shard.

    Returns
    -------
    bytes or None
    """
    path = folder.path / means_name(record.shard)
    data = files.read_bytes(path) if files.tell_kind(path) == "a file" else b""
    return data if disk.checksum([("means", data)]) == record.means else None


def means_name(index: int) -> str:
    """Where a shard leaves its means over days until the run is joined.

    Parameters
    ----------
    index : int
        Number of the shard.

    Returns
    -------
    str
    """
    return f"{WORK}/means/{index}"
