"""Store: datasets on disk, whole or not at all.

Everything is written to a folder beside the target, synced and then renamed, so a run that is stopped leaves either the
old store or the new one. The format is Zarr 3 through xarray; text of any kind sits in attributes.
"""
from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path

import xarray as xr


@contextlib.contextmanager
def whole(target: Path) -> Iterator[Path]:
    """Give a new folder to fill; at a normal end it takes the place of `target`, at an error it is removed.

    Parameters
    ----------
    target : Path
        Folder of the store.

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
    target.parent.mkdir(parents=True, exist_ok=True)
    mark = uuid.uuid4().hex[:8]
    fresh, old = target.with_name(f".{target.name}.{mark}.part"), target.with_name(f".{target.name}.{mark}.old")
    fresh.mkdir()
    try:
        yield fresh
        _sync(fresh)
        if target.exists():
            os.replace(target, old)
        os.replace(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


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
    """
    total = hashlib.sha256()
    for path in sorted(p for p in Path(target).rglob("*") if p.is_file()):
        content = path.read_bytes()
        total.update(f"{path.relative_to(target).as_posix()}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def _sync(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as handle:
                os.fsync(handle.fileno())
