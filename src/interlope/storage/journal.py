"""Journal: which shards are finished, one line for each, written only after the shard's bytes are on the medium."""
from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from interlope import manifest
from interlope.errors import Fault
from interlope.manifest import stored
from interlope.storage import disk


@dataclass(frozen=True)
class Record:
    """A finished shard.

    Attributes
    ----------
    shard : int
        Its number.
    sha256 : str
        Checksum of its files in the store.
    means : str
        Checksum of its means over days.
    failed : tuple[tuple[int, int], ...]
        Replicate and status of those that did not complete.
    """

    shard: int
    sha256: str
    means: str
    failed: tuple[tuple[int, int], ...]


class Line(BaseModel):
    """A line of a journal: a finished shard, the run that it belongs to, and the digest of both."""

    model_config = ConfigDict(extra="forbid", strict=True)

    run: str
    shard: int
    sha256: str
    means: str
    failed: tuple[tuple[int, int], ...]
    seal: str


class Journal:
    """The journals of a run: every process appends to one of its own and reads them all."""

    def __init__(self, folder: Path, owner: str, run: str):
        self.folder, self.path, self.run = folder, folder / f"journal-{owner}.jsonl", run

    def append(self, record: Record) -> None:
        """Add a line and wait until it is on the medium; a line torn by an earlier kill is closed first."""
        values = {"run": self.run, **asdict(record)}
        line = manifest.canonical({**values, "seal": _seal(values)}) + "\n"
        with disk.open_to_append(self.path) as handle:
            if handle.seek(0, os.SEEK_END):
                handle.seek(-1, os.SEEK_END)
                line = line if handle.read(1) == b"\n" else "\n" + line
            handle.write(line.encode())
            handle.flush()
            os.fsync(handle.fileno())

    def records(self, say: Callable[[str], None]) -> dict[int, Record]:
        """Every finished shard by number, whoever wrote it; lines that cannot be read count for nothing, and `say` is told of them.

        Raises
        ------
        OtherRun
            When a line belongs to another run.
        """
        finished: dict[int, Record] = {}
        for path in sorted(self.folder.glob("journal-*.jsonl")):
            for number, text in enumerate(stored.read_bytes(path).split(b"\n"), 1):
                if not text:
                    continue
                record = self._read(text, path, number)
                if record is None:
                    say(f"Line {number} of {path.name} is not as it was written: its shard is made again.")
                else:
                    finished[record.shard] = record
        return finished

    def _read(self, text: bytes, path: Path, number: int) -> Record | None:
        """The shard of a line; None where the line is damaged, as by a kill while it was written."""
        try:
            line = stored.parse(Line, text, path)
        except stored.Damaged:
            return None
        values = line.model_dump()
        if values.pop("seal") != _seal(values):
            return None
        if line.run != self.run:
            raise stored.OtherRun([Fault(str(path), number, f"shard {line.shard} of run {line.run[:40]}", f"run {self.run}",
                                         "name another folder with --out, or remove this one")])
        return Record(line.shard, line.sha256, line.means, line.failed)


def _seal(values: dict[str, object]) -> str:
    return manifest.digest(manifest.canonical(values))[:16]
