"""Partial: what a run that is not finished has done so far, in a hidden folder: sealed records of this run, each whole or not there.

A record that is damaged, of another run, or no file at all is set aside under another name, and what it held is made again.
"""
from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import numpy as np
from pydantic import BaseModel

from interlope.manifest import files, stored
from interlope.storage import disk

Record = TypeVar("Record", bound=BaseModel)
UNREADABLE = (stored.Damaged, stored.OtherRun)


class Partial:
    """The hidden folder of an unfinished run; `say` is called with a sentence about everything that is set aside."""

    def __init__(self, folder: Path, run: str, say: Callable[[str], None]):
        self.folder, self.run, self.say = folder, run, say

    def path(self, name: str) -> Path:
        """Where a record lies."""
        return self.folder / name

    def read(self, kind: type[Record], name: str) -> Record | None:
        """A record of a stage; None where it is not there or was set aside."""
        contents = self._read(name)
        if contents is None:
            return None
        try:
            return stored.parse(kind, contents, self.path(name))
        except stored.Damaged as fault:
            self.set_aside(name, str(fault))
            return None

    def write(self, record: BaseModel, name: str) -> None:
        """Put a record in its place, whole or not at all."""
        self._write(record.model_dump_json().encode(), name)

    def read_arrays(self, name: str) -> dict[str, np.ndarray] | None:
        """Arrays by name; None where they are not there or were set aside."""
        contents = self._read(name)
        if contents is None:
            return None
        try:
            return from_npz(contents)
        except (OSError, ValueError, EOFError, zipfile.BadZipFile, KeyError) as error:
            self.set_aside(name, str(error))
            return None

    def write_arrays(self, arrays: Mapping[str, np.ndarray], name: str) -> None:
        """Put arrays in their place, whole or not at all."""
        self._write(disk.to_npz(arrays), name)

    def set_aside(self, name: str, why: str) -> None:
        """Rename what lies at a name, and say so."""
        aside = stored.set_aside(self.path(name))
        self.say(f"{why}. It is made again; what was there is now {aside.name}.")

    def empty(self, spare: str) -> None:
        """Remove everything but the file of that name."""
        for path in self.folder.glob("*"):
            if path.name != spare:
                shutil.rmtree(path) if files.tell_kind(path) == "a folder" else path.unlink()

    def clear(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _read(self, name: str) -> bytes | None:
        path = self.path(name)
        if not files.tell_kind(path):
            return None
        try:
            return stored.read_sealed(path, name, self.run)
        except UNREADABLE as fault:
            self.set_aside(name, str(fault))
            return None

    def _write(self, contents: bytes, name: str) -> None:
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.replace(path, stored.seal(contents, name, self.run))


def from_npz(data: bytes) -> dict[str, np.ndarray]:
    """Decode the bytes of a NumPy .npz file; pickled objects are refused."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}
