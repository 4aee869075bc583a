"""Journal: which shards are finished, one line for each, written only after the shard's bytes are on the medium."""
from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path


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


class Journal:
    """The journals of a run: every process appends to one of its own and reads them all."""

    def __init__(self, folder: Path, owner: str):
        self.folder, self.path = folder, folder / f"journal-{owner}.jsonl"

    def append(self, record: Record) -> None:
        """Add a line and wait until it is on the medium; a line torn by an earlier kill is closed first."""
        line = json.dumps(asdict(record), separators=(",", ":")) + "\n"
        with self.path.open("a+b") as handle:
            if handle.seek(0, os.SEEK_END):
                handle.seek(-1, os.SEEK_END)
                line = line if handle.read(1) == b"\n" else "\n" + line
            handle.write(line.encode())
            handle.flush()
            os.fsync(handle.fileno())

    def records(self) -> dict[int, Record]:
        """Every finished shard by number, whoever wrote it; lines that cannot be read count for nothing."""
        finished: dict[int, Record] = {}
        for path in sorted(self.folder.glob("journal-*.jsonl")):
            finished |= {record.shard: record for record in _lines(path)}
        return finished


def _lines(path: Path) -> Iterator[Record]:
    for line in path.read_bytes().split(b"\n"):
        try:
            data = json.loads(line)
            yield Record(data["shard"], data["sha256"], data["means"], tuple((int(r), int(s)) for r, s in data["failed"]))
        except (ValueError, KeyError, TypeError):
            continue
