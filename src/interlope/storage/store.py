"""Store: datasets on disk, whole or not at all.

Everything is written to a folder beside the target, synced and then renamed, so a run that is stopped leaves either the
old store or the new one. The format is Zarr 3 through xarray; text of any kind sits in attributes.
"""
from __future__ import annotations

import contextlib
import os
import re
import shutil
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path

import xarray as xr

from interlope.errors import BadInput
from interlope.manifest import files
from interlope.storage import disk

NEW, OLD = ".part", ".old"


@contextlib.contextmanager
def whole(target: Path) -> Iterator[Path]:
    """Give a new folder to fill; at a normal end it takes the place of `target`, at an error it is removed.

    What a process that was killed left beside the target is cleared away first; results that it had moved aside are put back.

    Parameters
    ----------
    target : Path
        Folder of the store.

    Raises
    ------
    BadInput
        When a link or a file lies at the target.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as base:
    ...     with whole(Path(base) / "out") as folder:
    ...         _ = (folder / "a.txt").write_text("a")
    ...     (Path(base) / "out" / "a.txt").read_text()
    'a'
    """
    target = Path(target)
    files.refuse_link(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    recover(target)
    mark = uuid.uuid4().hex[:8]
    fresh, old = (target.with_name(f".{target.name}.{mark}{end}") for end in (NEW, OLD))
    fresh.mkdir()
    with disk.hold_folder(fresh):
        try:
            yield fresh
            _sync(fresh)
            if target.exists():
                os.replace(target, old)
            os.replace(fresh, target)
            disk.sync_folder(target.parent)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)


def recover(target: Path) -> None:
    """Clear away what a process that was killed while it wrote `target` left beside it.

    A folder that was about to be replaced is put back where nothing has taken its place. What another process is writing is left alone.

    Parameters
    ----------
    target : Path
        The folder.
    """
    pattern = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{8}}\.(part|old)")
    left = [p for p in sorted(target.parent.glob(".*")) if pattern.fullmatch(p.name)] if target.parent.is_dir() else []
    for path in left:
        if files.tell_kind(path) != "a folder":
            continue
        with contextlib.suppress(disk.Locked), disk.hold_folder(path):
            if path.name.endswith(OLD) and not files.tell_kind(target):
                os.replace(path, target)
            else:
                shutil.rmtree(path, ignore_errors=True)


def write(target: Path, groups: Mapping[str, xr.Dataset]) -> str:
    """Write datasets as groups of one Zarr 3 store; returns its checksum (see `checksum`).

    Parameters
    ----------
    target : Path
        Folder that becomes the store; what was there is replaced.
    groups : Mapping[str, Dataset]
        Name -> dataset.
    """
    with whole(Path(target)) as folder:
        for name, dataset in groups.items():
            dataset.to_zarr(folder, group=name, mode="w", zarr_format=3, consolidated=False)
    return checksum(Path(target))


def read(target: Path, group: str) -> xr.Dataset:
    """Open one group of a store.

    Parameters
    ----------
    target : Path
        Folder of the store.
    group : str
        Name of the group.

    Returns
    -------
    Dataset

    Raises
    ------
    FileNotFoundError
        When there is no such store or group.
    """
    if not (Path(target) / group).is_dir():
        raise FileNotFoundError(f"{target}: no group '{group}'")
    return xr.open_zarr(target, group=group, chunks=None, zarr_format=3, consolidated=False)


def checksum(target: Path) -> str:
    """sha256 over names and bytes of every file of a folder, in order of name.

    Parameters
    ----------
    target : Path
        Folder of the store.

    Returns
    -------
    str

    Raises
    ------
    BadInput
        When it holds a link or a special file.
    """
    files.inspect(target)
    paths = sorted(p for p in Path(target).rglob("*") if p.is_file())
    return disk.checksum((p.relative_to(target).as_posix(), files.read_bytes(p, disk.LARGEST)) for p in paths)


def find_checksum(target: Path) -> str:
    """The checksum of a store; an empty text where there is none, or anything else in its place. See `checksum`."""
    if files.tell_kind(target) != "a folder":
        return ""
    try:
        return checksum(target)
    except BadInput:
        return ""


def _sync(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as handle:
                os.fsync(handle.fileno())
