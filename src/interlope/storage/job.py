"""Job: an ensemble on disk, from its first shard to its manifest, through kills, full disks and damaged files.

Shards that are finished are checked and reused; the others are simulated. The last step joins them: the files that all shards
share, the overview, and the manifest, by which a folder is known to be finished. Nothing that a finished folder holds
depends on how often the run was stopped, in what order shards were simulated, or by how many processes.
"""
from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from interlope import manifest
from interlope.ensemble.outcomes import Progress, nothing
from interlope.errors import BadInput, Fault, InterlopeError, RunFailed
from interlope.manifest import files, stored
from interlope.quantities import SERIES
from interlope.storage import disk, overview, refusal, shards, summary
from interlope.storage.encoding import Encoder
from interlope.storage.failed import FailedReplicates
from interlope.storage.folder import OVERVIEW, STORE, SUMMARY, Folder, describe, open_folder
from interlope.storage.journal import Journal, Record
from interlope.storage.plan import Plan

Say = Callable[[str], None]
Receive = Callable[[Mapping[str, np.ndarray]], None]
SHARED = f"{STORE}/shared"


class Stopped(InterlopeError):
    """The user stopped a run; what is finished stays."""

    exit_code = 130

    def __init__(self, folder: Path, finished: int, total: int):
        self.folder, self.finished, self.total = folder, finished, total
        super().__init__(f"stopped; {finished} of {total} shards are kept in {folder}")


@dataclass
class Done:
    """What a job did: shards simulated now, reused because they were finished, and repeated because they were damaged.

    `table` holds the overview's rows and is empty while shards of other processes are missing.
    """

    folder: Path
    store: Path
    simulated: int = 0
    reused: int = 0
    repeated: list[int] = field(default_factory=list)
    finished: bool = False
    table: list[overview.Row] = field(default_factory=list)
    failed_replicates: FailedReplicates = field(default_factory=FailedReplicates)


def run(
    plan: Plan,
    out: Path | str,
    *,
    part: tuple[int, int] | None = None,
    threads: int | None = None,
    make: shards.Make | None = None,
    progress: Progress = nothing,
    say: Say = nothing,
) -> Done:
    """Run an ensemble into a folder, or as much of it as is not there yet.

    Parameters
    ----------
    plan : Plan
        What to run.
    out : Path or str
        The folder; new, empty, or holding the same run.

    Other Parameters
    ----------------
    part : tuple[int, int] or None, optional
        (i, N) makes every Nth shard from the i-th on and does not join.
    threads : int or None, optional
        All cores when None.
    make : shards.Make or None, optional
        Another way of making shards, for instance on a cluster.
    progress : Progress, optional
        Called with replicates (done, in all) of this call.
    say : Say, optional
        Called with a sentence about everything that was not as it should be.

    Raises
    ------
    BadInput
        When the folder holds something else. Stopped when the user stops it. RunFailed when the disk refuses.
    """
    i, n = part or (1, 1)
    if not 1 <= i <= n:
        raise BadInput(f"--shard {i}/{n}: expected i from 1 to N, as in 1/{max(n, 1)}")
    done = Done(Path(out), Path(out) / (SUMMARY if plan.summary else STORE))
    try:
        folder = open_folder(plan, Path(out), say, f"{i}-of-{n}" if part else "all")
        with nullcontext() if folder.finished else disk.lock(folder.lock):
            if plan.summary:
                _summarise(plan, folder, part, threads, progress, say, done)
            else:
                _Store(plan, folder, say, done).go(part, make or shards.make_here(threads), progress)
    except disk.Locked:
        what = f"another process is making {f'part {i}/{n} of it' if part else 'it'}"
        remedy = "wait for that one or stop it; several share the work with --shard i/N, each with an i of its own"
        raise BadInput([Fault(str(out), None, what, "one process for each part", remedy)]) from None
    except OSError as error:
        stored = f"{done.reused + done.simulated} of {plan.shards} shards are kept in {out}"
        what = f"{error.filename} could not be used" if error.filename else "the files of a shard could not be written"
        again = shlex.join(["interlope", "simulate", "--resume", "--out", str(out)])
        why, remedy = refusal.explain(error)
        raise RunFailed(f"{why}: {what}; {stored}; {remedy} and go on with: {again}") from error
    except KeyboardInterrupt:
        raise Stopped(Path(out), done.reused + done.simulated, plan.shards) from None
    return done


class _Store:
    """One pass over the shards of a store of replicates."""

    def __init__(self, plan: Plan, folder: Folder, say: Say, done: Done):
        self.plan, self.folder, self.say, self.done = plan, folder, say, done
        self.journal = Journal(folder.work, folder.owner, plan.run_id)
        self.encoder = Encoder(plan)
        self.records: dict[int, Record] = {}

    def go(self, part: tuple[int, int] | None, make: shards.Make, progress: Progress) -> None:
        if self.folder.finished:
            self.mend(make, progress)
            return
        i, n = part or (1, 1)
        mine = range(i - 1, self.plan.shards, n)
        finished = self.journal.records(self.say)
        for index in mine:
            if index in finished:
                self.check(finished[index])
        for record in make(self.plan, self.folder, [j for j in mine if j not in self.records], progress):
            self.journal.append(record)
            self.records[record.shard] = record
            self.done.simulated += 1
        self.count()
        if part is None:
            self.join()

    def check(self, record: Record) -> None:
        """Reuse a finished shard if it is what its record says; otherwise say so, and it will be simulated again."""
        if shards.is_sound(self.folder, self.encoder, record) and shards.read_means(self.folder, record) is not None:
            self.records[record.shard] = record
            self.done.reused += 1
        else:
            self.say(f"Shard {record.shard} is damaged: its bytes are not those that were written. It is made again.")
            self.done.repeated.append(record.shard)

    def count(self) -> None:
        for record in self.records.values():
            self.done.failed_replicates.add(record.failed)

    def means(self) -> Iterator[np.ndarray]:
        for index in range(self.plan.shards):
            data = shards.read_means(self.folder, self.records[index])
            if data is None:
                raise RunFailed(f"what shard {index} left for the overview is gone; go on with: interlope simulate --resume "
                                f"--out {shlex.quote(str(self.folder.path))}")
            yield np.frombuffer(data, dtype="<f4").reshape(-1, len(SERIES))

    def join(self) -> None:
        """Write what all shards share, the overview, and last of all the manifest."""
        self.done.table = overview.summarise(self.means(), self.plan.case.words)
        shared, table = self.encoder.shared(), overview.to_csv(self.done.table)
        self.folder.place({**{f"{STORE}/{name}": data for name, data in shared.items()}, OVERVIEW: table})
        digests = {OVERVIEW: manifest.digest(table), SHARED: disk.checksum(sorted(shared.items()))}
        digests |= {shard_name(j): self.records[j].sha256 for j in range(self.plan.shards)}
        finish(self.plan, self.folder, digests, self.done)

    def mend(self, make: shards.Make, progress: Progress) -> None:
        """Check a finished folder; make again what is damaged, and nothing else."""
        about = manifest.read(self.folder.path)
        shards.refuse_other_run(self.folder, about.run_id)
        bad = []
        for index in range(self.plan.shards):
            if shards.is_sound(self.folder, self.encoder, Record(index, about.files.get(shard_name(index), ""), "", ())):
                self.done.reused += 1
            else:
                bad.append(index)
                self.say(f"Shard {index} is damaged: its bytes are not those that were written. It is made again.")
        for record in make(self.plan, self.folder, bad, progress):
            if record.sha256 != about.files.get(shard_name(record.shard)):
                raise RunFailed(f"shard {record.shard} came out different from what the manifest says; nothing here changed, so "
                                "memory or processor of this machine may be at fault")
            self.done.simulated += 1
            self.done.repeated.append(record.shard)
        shared = self.encoder.shared()
        if disk.checksum(disk.read(self.folder.path / STORE, sorted(shared))) != about.files.get(SHARED):
            self.say("The store's description was damaged. It is written again.")
            self.folder.place({f"{STORE}/{name}": data for name, data in shared.items()})
        reuse(self.folder, about, self.done, self.say)


def shard_name(index: int) -> str:
    """A shard's name in a manifest."""
    return f"{STORE}/shard/{index}"


def finish(plan: Plan, folder: Folder, digests: dict[str, str], done: Done) -> None:
    """Write the manifest and remove what only an unfinished run needs."""
    about = replace(describe(plan), files=digests, failed_replicates=done.failed_replicates.to_json())
    folder.place({manifest.FILE: manifest.text(about).encode()})
    folder.clear()
    done.finished = True


def reuse(folder: Folder, about: manifest.Manifest, done: Done, say: Say) -> None:
    """Take the overview and the failed replicates of a finished folder as this call's result."""
    path = folder.path / OVERVIEW
    if (data := _find(path)) is None or manifest.digest(data) != about.files.get(OVERVIEW):
        raise RunFailed(f"{path} was changed since it was written; the store is sound; to have the overview back, run again into "
                        "another folder with --out")
    done.table, done.finished = overview.read(data), True
    done.failed_replicates = FailedReplicates.from_manifest(about, folder.path / manifest.FILE)
    folder.clear()


def _find(path: Path) -> bytes | None:
    """The bytes of a file, or None where there is none."""
    return stored.read_bytes(path) if files.tell_kind(path) == "a file" else None


def _summarise(plan: Plan, folder: Folder, part: tuple[int, int] | None, threads: int | None, progress: Progress, say: Say,
               done: Done) -> None:
    """Accumulate all shards, or every N-th from the i-th on, in statistics by day."""
    if folder.finished:
        about = manifest.read(folder.path)
        if manifest.digest_folder(folder.path).get(SUMMARY) != about.files.get(SUMMARY):
            raise RunFailed(f"{folder.path / SUMMARY} was changed since it was written; remove the folder and run again")
        done.reused = plan.shards
        reuse(folder, about, done, say)
        return
    checkpoints = summary.gather(plan, folder, say)
    i, n = part or (1, 1)
    wanted = [j for j in range(i - 1, plan.shards, n) if j not in checkpoints.covered]
    done.reused = len(range(i - 1, plan.shards, n)) - len(wanted)
    own = summary.accumulate(plan, folder, wanted, threads, progress, done)
    done.failed_replicates = own.failed_replicates
    if part is None:
        whole = summary.join(plan, folder)
        done.failed_replicates, done.table = whole.failed_replicates, overview.rows(whole.overall, plan.case.words)
        store, table = summary.write(plan, whole), overview.to_csv(done.table)
        folder.place({**{f"{SUMMARY}/{name}": data for name, data in store.items()}, OVERVIEW: table})
        digests = manifest.digest_folder(folder.path, (f"{SUMMARY}/**/*", OVERVIEW))
        finish(plan, folder, digests, done)


def look(plan: Plan, *, threads: int | None = None, progress: Progress = nothing, record: tuple[str, ...] = (),
         receive: Receive | None = None) -> tuple[list[overview.Row], FailedReplicates]:
    """Simulate an ensemble without a folder: its overview and the replicates that failed, in memory that does not grow.

    Parameters
    ----------
    plan : Plan
        The plan of the ensemble.
    threads : int or None, optional
        All cores when None; the numbers do not depend on it.
    progress : Progress, optional
        Called with (done, in all), in replicates.
    record : tuple of str, optional
        Series that the first shard records by day.
    receive : callable, optional
        Called with those series by name, float32 [r, d].

    Returns
    -------
    tuple[list[overview.Row], FailedReplicates]
    """
    failed_replicates = FailedReplicates()
    bare = replace(plan, series=(), by="")

    def parts() -> Iterator[np.ndarray]:
        for index in range(plan.shards):
            low, _ = plan.rows(index)
            recording = replace(bare, series=record) if record and index == 0 else bare
            outcomes = shards.simulate(recording, index, threads, lambda done, _, low=low: progress(low + done, plan.draws))
            if recording is not bare and receive is not None:
                receive(outcomes.series)
            failed_replicates.add(shards.failures(outcomes, low))
            yield outcomes.means

    return overview.summarise(parts(), plan.case.words), failed_replicates
