"""Replay: makes an ensemble again from its manifest, shard by shard and without keeping it, and compares checksums."""
from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from interlope import manifest
from interlope.ensemble.outcomes import Progress, nothing
from interlope.storage import disk, overview, shards, summary
from interlope.storage.encoding import Encoder
from interlope.storage.folder import OVERVIEW, STORE, SUMMARY
from interlope.storage.job import SHARED, shard_name
from interlope.storage.plan import Plan


@dataclass(frozen=True)
class Replayed:
    """What came out different from the manifest, and what in the folder is not what the manifest says; by name."""

    differ: list[str]
    changed: list[str]


def replay(recorded: manifest.Manifest, plan: Plan, folder: Path, *, threads: int | None = None, progress: Progress = nothing) -> Replayed:
    """Compute every file of an ensemble again and compare it with the manifest.

    Parameters
    ----------
    recorded : manifest.Manifest
        The manifest.
    plan : Plan
        What it records, on the case that is here.
    folder : Path
        Where the manifest lies; what is missing there altogether, because only the manifest was handed on, is no fault.
    threads : int or None, optional
        All cores when None.
    progress : Progress, optional
        Called with replicates (done, in all).
    """
    computed = _summary(plan, threads, progress) if plan.summary else _replicates(plan, threads, progress)
    now = dict(computed)
    there = _there(recorded, plan, folder)
    return Replayed(
        [name for name, digest in recorded.files.items() if now.get(name) != digest],
        [name for name, digest in there.items() if recorded.files.get(name) != digest],
    )


def _replicates(plan: Plan, threads: int | None, progress: Progress) -> Iterator[tuple[str, str]]:
    encoder, checksums = Encoder(plan), {}

    def parts() -> Iterator[np.ndarray]:
        for index in range(plan.shards):
            low, _ = plan.rows(index)
            outcomes = shards.simulate(plan, index, threads, lambda done, _, low=low: progress(low + done, plan.draws))
            record, _ = shards.encode(plan, encoder, index, outcomes)
            checksums[shard_name(index)] = record.sha256
            yield outcomes.means

    yield OVERVIEW, manifest.digest(overview.to_csv(overview.summarise(parts(), plan.case.words)))
    yield SHARED, disk.checksum(sorted(encoder.shared().items()))
    yield from checksums.items()


def _summary(plan: Plan, threads: int | None, progress: Progress) -> Iterator[tuple[str, str]]:
    whole = summary.begin(plan, threads)
    for index in range(plan.shards):
        low, _ = plan.rows(index)
        summary.accumulate_shard(plan, whole, index, threads, lambda done, low=low: progress(low + done, plan.draws))
    files = {name: manifest.digest(data) for name, data in summary.write(plan, whole).items()}
    yield SUMMARY, manifest.digest(manifest.canonical(files))
    yield OVERVIEW, manifest.digest(overview.to_csv(overview.rows(whole.overall, plan.case.words)))


def _there(recorded: manifest.Manifest, plan: Plan, folder: Path) -> dict[str, str]:
    """Checksums of what lies beside the manifest, under the names it uses."""
    checksums = manifest.digest_folder(folder, (OVERVIEW, f"{SUMMARY}/**/*"))
    parts = (OVERVIEW, SUMMARY if plan.summary else STORE)
    if any(os.path.lexists(folder / name) for name in parts):  # else only the manifest was handed on
        expected = (OVERVIEW, SUMMARY) if plan.summary else (OVERVIEW, *(() if (folder / STORE).is_dir() else (SHARED,)))
        checksums |= dict.fromkeys(set(expected) - set(checksums), "gone")  # or a link to nothing, or a pipe
    if (folder / STORE).is_dir() and not plan.summary:
        encoder = Encoder(plan)
        checksums[SHARED] = disk.checksum(disk.read(folder / STORE, sorted(encoder.shared())))
        for index in range(plan.shards):
            checksums[shard_name(index)] = disk.checksum(disk.read(folder / STORE, encoder.names(index)))
    return checksums
