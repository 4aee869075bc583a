"""Summary: mean, standard deviation and quantiles of every series by day, accumulated while replicates run.

Only the statistics are stored, never the replicates, so ten times the replicates need no more memory. What is accumulated is noted
on disk every CHECKPOINT seconds and at the end; because streaming moments add up exactly, a summary that was stopped, or accumulated in
parts by many processes, has the same bits as one that was not.
"""
from __future__ import annotations

import os
import shlex
import time
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import xarray as xr
import zarr
from zarr.storage import MemoryStore

from interlope.ensemble import design, moments
from interlope.ensemble.moments import StreamingMoments
from interlope.ensemble.outcomes import Progress, chunks, dates
from interlope.errors import RunFailed
from interlope.jit.compile import digest
from interlope.manifest import stored
from interlope.quantities import INDEX, QUANTITIES
from interlope.storage import disk, overview
from interlope.storage.failed import FailedReplicates
from interlope.storage.folder import Folder
from interlope.storage.partial import from_npz
from interlope.storage.plan import Plan
from interlope.wording import fill

PILOT = 128  # first replicates, whose values place the edges of all bins
CHECKPOINT = 20.0  # seconds
MOMENTS = "moments"  # what is sealed
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


class Counting(Protocol):
    """Something that counts the shards simulated."""

    simulated: int


@dataclass(eq=False)
class Accumulated:
    """The shards covered, their statistics by day and series [d k] and over days [k], and the replicates that failed."""

    daily: StreamingMoments
    overall: StreamingMoments
    covered: set[int] = field(default_factory=set)
    failed_replicates: FailedReplicates = field(default_factory=FailedReplicates)

    def merge(self, other: Accumulated) -> None:
        """Add what another process accumulated; shards in both would count twice."""
        if self.covered & other.covered:
            raise RunFailed(f"parts overlap: shard {min(self.covered & other.covered)} is in two of them; remove the folder and run "
                            "every part once, all with the same N")
        self.daily.merge(other.daily)
        self.overall.merge(other.overall)
        self.covered |= other.covered
        self.failed_replicates.merge(other.failed_replicates)


@dataclass(frozen=True)
class Checkpoints:
    """Which shards the checkpoints on disk cover, and their files."""

    covered: set[int]
    files: tuple[Path, ...]


def gather(plan: Plan, folder: Folder, say: Callable[[str], None]) -> Checkpoints:
    """See what is on disk; a damaged checkpoint is reported and set aside, and its shards are run again.

    Parameters
    ----------
    plan : Plan
        The plan of the ensemble.
    folder : Folder
        The folder.
    say : Callable[[str], None]
        Called with a sentence about everything that is not as it should be.

    Returns
    -------
    Checkpoints
    """
    covered: set[int] = set()
    files = []
    for path in sorted(folder.work.glob("moments-*.npz")):
        try:
            arrays = _read(path, plan)
        except stored.Damaged:
            aside = stored.set_aside(path)
            say(f"{path.name} is damaged: its bytes are not those that were written. Its shards are run again; it is now {aside.name}.")
            continue
        covered |= set(arrays["covered"].tolist())
        files.append(path)
    return Checkpoints(covered, tuple(files))


def accumulate(plan: Plan, folder: Folder, wanted: Iterable[int], threads: int | None, progress: Progress, done: Counting) -> Accumulated:
    """Accumulate shards onto what this process has on disk already, and store it there; `done.simulated` counts them.

    Parameters
    ----------
    plan : Plan
        The plan of the ensemble.
    folder : Folder
        The folder.
    wanted : Iterable[int]
        Numbers of the shards.
    threads : int or None
        All cores when None; the numbers do not depend on it.
    progress : Progress
        Called with the number of replicates done.
    done : Counting
        What the job did so far; changed in place.

    Returns
    -------
    Accumulated
    """
    path = folder.work / f"moments-{folder.owner}.npz"
    arrays = _read(path, plan) if path.is_file() else None
    accumulated = _from_arrays(arrays) if arrays else begin(plan, threads)
    wanted = list(wanted)
    total, before, noted = sum(high - low for low, high in map(plan.rows, wanted)), 0, time.monotonic()
    try:
        for index in wanted:
            low, high = plan.rows(index)
            accumulate_shard(plan, accumulated, index, threads, lambda part, start=before: progress(start + part, total))
            before += high - low
            done.simulated += 1
            if time.monotonic() - noted > CHECKPOINT:
                _write_checkpoint(plan, accumulated, path)
                noted = time.monotonic()
    finally:
        if accumulated.covered:
            _write_checkpoint(plan, accumulated, path)
    return accumulated


def begin(plan: Plan, threads: int | None = None) -> Accumulated:
    """No shard yet; the bins are placed by the first PILOT replicates, which any process can simulate for itself.

    Parameters
    ----------
    plan : Plan
        The plan of the ensemble.
    threads : int or None, optional
        All cores when None; the numbers do not depend on it.

    Returns
    -------
    Accumulated
    """
    r = min(plan.draws, PILOT)
    pilot = design.rows(plan.case, plan.hypothesis, 0, r, plan.seed)
    daily, means = [], []
    for _, totals, _, _ in chunks(plan.case.setting(), pilot, plan.key, np.arange(r), plan.days, threads=threads,
                                device=plan.device):
        daily.append(_cells(plan, totals))
        means.append(totals.mean(axis=1, dtype=np.float64).astype(np.float32))
    return Accumulated(moments.from_pilot(np.concatenate(daily)), overview.begin(np.concatenate(means)))


def accumulate_shard(plan: Plan, accumulated: Accumulated, index: int, threads: int | None, progress: Callable[[int], None]) -> None:
    """Accumulate one shard, wholly or, when it is stopped, not at all.

    Parameters
    ----------
    plan : Plan
        The plan of the ensemble.
    accumulated : Accumulated
        What the shard is added to.
    index : int
        Number of the shard.
    threads : int or None
        All cores when None; the numbers do not depend on it.
    progress : Callable[[int], None]
        Called with the number of replicates done.
    """
    low, high = plan.rows(index)
    part = Accumulated(moments.empty_like(accumulated.daily), moments.empty_like(accumulated.overall), {index})
    workers = threads or os.cpu_count() or 1
    for rows, totals, _, status in chunks(plan.case.setting(), plan.design(index), plan.key, np.arange(low, high), plan.days,
                                          threads=threads, device=plan.device):
        part.daily.add(_cells(plan, totals), workers)
        part.overall.add(totals.mean(axis=1, dtype=np.float64))
        part.failed_replicates.add((low + rows.start + int(i), int(status[i])) for i in np.flatnonzero(status))
        progress(rows.stop)
    accumulated.merge(part)


def join(plan: Plan, folder: Folder) -> Accumulated:
    """All checkpoints on disk together; every shard is in exactly one of them.

    Parameters
    ----------
    plan : Plan
        The plan of the ensemble.
    folder : Folder
        The folder.

    Returns
    -------
    Accumulated
    """
    whole: Accumulated | None = None
    for path in sorted(folder.work.glob("moments-*.npz")):
        part = _from_arrays(_read(path, plan))
        if whole is None:
            whole = part
        else:
            whole.merge(part)
    if whole is None or len(whole.covered) != plan.shards:
        again = shlex.join(["interlope", "simulate", "--resume", "--out", str(folder.path)])
        raise RunFailed(f"shards are missing; go on with: {again}")
    return whole


def write(plan: Plan, whole: Accumulated) -> dict[str, bytes]:
    """The files of a Zarr 3 store with the statistics of every series by day.

    Parameters
    ----------
    plan : Plan
        The plan of the ensemble.
    whole : Accumulated
        The statistics of all shards.

    Returns
    -------
    dict[str, bytes]
    """
    shape = (plan.days, len(plan.series))
    mean, sd = (a.reshape(shape) for a in whole.daily.mean_and_sd())
    quantiles = [whole.daily.quantile(p) for p in QUANTILES]
    value, error = (np.stack([f[i].reshape(shape) for f in quantiles], axis=-1) for i in (0, 1))
    variables: dict[str, Any] = {}
    for k, name in enumerate(plan.series):
        about = {"unit": QUANTITIES[name].unit, "definition": fill(QUANTITIES[name].definition, plan.case.words)}
        variables |= {f"{name}_mean": ("day", mean[:, k], about), f"{name}_sd": ("day", sd[:, k], about)}
        note = {"unit": about["unit"], "definition": f"farthest that {name}_quantile may be from the exact quantile"}
        variables |= {f"{name}_quantile": (("day", "quantile"), value[:, k], about)}
        variables |= {f"{name}_quantile_error": (("day", "quantile"), error[:, k], note)}
    coordinates = {"date": ("day", dates(plan.case.setting(), plan.days)), "quantile": ("quantile", list(QUANTILES))}
    attributes = {"case": plan.case.name, "hypothesis": plan.hypothesis, "seed": plan.seed, "replicates": plan.draws,
                  "failed": whole.failed_replicates.total, "model_digest": digest(), "run_id": plan.run_id}
    files: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # consolidated metadata are no part of the Zarr 3 specification yet
        xr.Dataset(variables, coordinates, attributes).to_zarr(MemoryStore(files), zarr_format=3, consolidated=False)
        zarr.consolidate_metadata(MemoryStore(files))
    return {name: data.to_bytes() for name, data in files.items()}


def _cells(plan: Plan, totals: np.ndarray) -> np.ndarray:
    chosen = totals if len(plan.series) == totals.shape[2] else totals[:, :, [INDEX[name] for name in plan.series]]
    return chosen.reshape(len(totals), -1)


def _write_checkpoint(plan: Plan, accumulated: Accumulated, path: Path) -> None:
    arrays = {f"{part}.{f.name}": getattr(getattr(accumulated, part), f.name)
              for part in ("daily", "overall") for f in fields(StreamingMoments)}
    arrays["covered"] = np.array(sorted(accumulated.covered), dtype=np.int64)
    arrays["listed"] = np.array(accumulated.failed_replicates.listed, dtype=np.int64).reshape(-1, 2)
    arrays["counts"] = np.array(sorted(accumulated.failed_replicates.counts.items()), dtype=np.int64).reshape(-1, 2)
    disk.replace(path, stored.seal(disk.to_npz(arrays), MOMENTS, plan.run_id))


def _read(path: Path, plan: Plan) -> dict[str, np.ndarray]:
    return from_npz(stored.read_sealed(path, MOMENTS, plan.run_id))


def _from_arrays(arrays: dict[str, np.ndarray]) -> Accumulated:
    parts = [StreamingMoments(**{f.name: arrays[f"{part}.{f.name}"] for f in fields(StreamingMoments)}) for part in ("daily", "overall")]
    failed = FailedReplicates()
    failed.counts.update({int(s): int(n) for s, n in arrays["counts"]})
    failed.listed = [(int(r), int(s)) for r, s in arrays["listed"]]
    return Accumulated(parts[0], parts[1], set(arrays["covered"].tolist()), failed)
