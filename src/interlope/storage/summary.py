"""Summary: mean, standard deviation and quantiles of every series by day, folded while histories run.

Only the statistics are held, never the histories, so ten times the replicates need no more memory. What is folded is noted
on disk every CHECKPOINT seconds and at the end; because tallies add up exactly, a summary that was stopped, or folded in
parts by many processes, has the same bits as one that was not.
"""
from __future__ import annotations

import hashlib
import io
import os
import time
import uuid
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
from interlope.quantities import INDEX, QUANTITIES
from interlope.storage import overview
from interlope.storage.failed import FailedReplicates
from interlope.storage.folder import Folder
from interlope.storage.plan import Plan

PILOT = 128  # first replicates, whose values place the edges of all bins
CHECKPOINT = 20.0  # seconds
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


class Counting(Protocol):
    """Something that counts the shards made."""

    made: int


@dataclass(eq=False)
class Accumulated:
    """The shards covered, their statistics by day and series [d k] and over days [k], and the replicates that failed."""

    daily: StreamingMoments
    overall: StreamingMoments
    covered: set[int] = field(default_factory=set)
    failed_replicates: FailedReplicates = field(default_factory=FailedReplicates)

    def merge(self, other: Accumulated) -> None:
        """Add what another process folded; shards in both would count twice."""
        if self.covered & other.covered:
            raise RunFailed(f"parts overlap: shard {min(self.covered & other.covered)} is in two of them; remove the folder and run "
                            "every part once, all with the same N")
        self.daily.merge(other.daily)
        self.overall.merge(other.overall)
        self.covered |= other.covered
        self.failed_replicates.merge(other.failed_replicates)


@dataclass(frozen=True)
class Held:
    """Which shards the states on disk cover, and the file of each state."""

    covered: set[int]
    files: tuple[Path, ...]


def gather(folder: Folder, say: Callable[[str], None]) -> Held:
    """See what is on disk; a damaged state is said aloud and removed, and its shards are run again."""
    covered: set[int] = set()
    files = []
    for path in sorted(folder.work.glob("tally-*.npz")):
        arrays = _read(path)
        if arrays is None:
            say(f"{path.name} is damaged: its bytes are not those that were written. Its shards are run again.")
            path.unlink()
            continue
        covered |= set(arrays["covered"].tolist())
        files.append(path)
    return Held(covered, tuple(files))


def accumulate(plan: Plan, folder: Folder, wanted: Iterable[int], threads: int | None, progress: Progress, done: Counting) -> Accumulated:
    """Fold shards onto what this process has on disk already, and keep it there; `done.made` counts them."""
    path = folder.work / f"tally-{folder.owner}.npz"
    arrays = _read(path) if path.is_file() else None
    held = _state(arrays) if arrays else begin(plan, threads)
    wanted = list(wanted)
    total, before, noted = sum(high - low for low, high in map(plan.rows, wanted)), 0, time.monotonic()
    try:
        for index in wanted:
            low, high = plan.rows(index)
            accumulate_shard(plan, held, index, threads, lambda part, start=before: progress(start + part, total))
            before += high - low
            done.made += 1
            if time.monotonic() - noted > CHECKPOINT:
                _keep(held, path)
                noted = time.monotonic()
    finally:
        if held.covered:
            _keep(held, path)
    return held


def begin(plan: Plan, threads: int | None = None) -> Accumulated:
    """No shard yet; the bins are placed by the first PILOT replicates, which any process can simulate for itself."""
    r = min(plan.draws, PILOT)
    made = design.rows(plan.case, plan.hypothesis, 0, r, plan.seed)
    daily, means = [], []
    for _, totals, _, _ in chunks(plan.case.setting(), made, plan.key, np.arange(r), plan.days, threads=threads,
                                device=plan.device):
        daily.append(_cells(plan, totals))
        means.append(totals.mean(axis=1, dtype=np.float64).astype(np.float32))
    return Accumulated(moments.from_pilot(np.concatenate(daily)), overview.begin(np.concatenate(means)))


def accumulate_shard(plan: Plan, held: Accumulated, index: int, threads: int | None, progress: Callable[[int], None]) -> None:
    """Fold one shard, wholly or, when it is stopped, not at all."""
    low, high = plan.rows(index)
    part = Accumulated(moments.empty_like(held.daily), moments.empty_like(held.overall), {index})
    workers = threads or os.cpu_count() or 1
    for rows, totals, _, status in chunks(plan.case.setting(), plan.design(index), plan.key, np.arange(low, high), plan.days,
                                          threads=threads, device=plan.device):
        part.daily.add(_cells(plan, totals), workers)
        part.overall.add(totals.mean(axis=1, dtype=np.float64))
        part.failed_replicates.add((low + rows.start + int(i), int(status[i])) for i in np.flatnonzero(status))
        progress(rows.stop)
    held.merge(part)


def join(plan: Plan, folder: Folder) -> Accumulated:
    """All states on disk together; every shard is in exactly one of them."""
    whole: Accumulated | None = None
    for path in sorted(folder.work.glob("tally-*.npz")):
        arrays = _read(path)
        if arrays is None:
            raise RunFailed(f"{path.name} is damaged; go on with: interlope simulate --resume --out {folder.path}")
        if whole is None:
            whole = _state(arrays)
        else:
            whole.merge(_state(arrays))
    if whole is None or len(whole.covered) != plan.shards:
        raise RunFailed(f"shards are missing; go on with: interlope simulate --resume --out {folder.path}")
    return whole


def write(plan: Plan, whole: Accumulated) -> dict[str, bytes]:
    """The files of a Zarr 3 store with the statistics of every series by day."""
    shape = (plan.days, len(plan.series))
    mean, sd = (a.reshape(shape) for a in whole.daily.mean_and_sd())
    found = [whole.daily.quantile(p) for p in QUANTILES]
    value, error = (np.stack([f[i].reshape(shape) for f in found], axis=-1) for i in (0, 1))
    variables: dict[str, Any] = {}
    for k, name in enumerate(plan.series):
        about = {"unit": QUANTITIES[name].unit, "definition": QUANTITIES[name].definition}
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


def _keep(held: Accumulated, path: Path) -> None:
    arrays = {f"{part}.{f.name}": getattr(getattr(held, part), f.name) for part in ("daily", "overall") for f in fields(StreamingMoments)}
    arrays["covered"] = np.array(sorted(held.covered), dtype=np.int64)
    arrays["listed"] = np.array(held.failed_replicates.listed, dtype=np.int64).reshape(-1, 2)
    arrays["counts"] = np.array(sorted(held.failed_replicates.counts.items()), dtype=np.int64).reshape(-1, 2)
    text = io.BytesIO()
    np.savez(text, allow_pickle=False, **arrays)
    data = text.getvalue()
    fresh = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.part")
    with fresh.open("wb") as handle:
        handle.write(hashlib.sha256(data).digest() + data)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(fresh, path)


def _read(path: Path) -> dict[str, np.ndarray] | None:
    data = path.read_bytes()
    if hashlib.sha256(data[32:]).digest() != data[:32]:
        return None
    with np.load(io.BytesIO(data[32:])) as found:
        return {name: found[name] for name in found.files}


def _state(arrays: dict[str, np.ndarray]) -> Accumulated:
    parts = [StreamingMoments(**{f.name: arrays[f"{part}.{f.name}"] for f in fields(StreamingMoments)}) for part in ("daily", "overall")]
    held = FailedReplicates()
    held.counts.update({int(s): int(n) for s, n in arrays["counts"]})
    held.listed = [(int(r), int(s)) for r, s in arrays["listed"]]
    return Accumulated(parts[0], parts[1], set(arrays["covered"].tolist()), held)
