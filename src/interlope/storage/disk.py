"""Disk: bytes that are on the medium before anything says that they are there."""
from __future__ import annotations

import errno
import hashlib
import io
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import numpy as np

from interlope.manifest import files

LARGEST = 1 << 40  # bytes of a file of a store
TRIES = 100  # openings of a file that others keep removing with its folder


class Locked(Exception):
    """Another process has locked the file."""


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Lock a file for this process; the system unlocks it when the process ends, however it ends.

    Where the system or the disk knows no locks nothing is locked: what two processes write there is the same all the same.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    Locked
        When another process has locked it.
    """
    with _open_in_place(path):
        yield


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """Lock a folder for this process while it is written; see `lock`.

    Raises
    ------
    Locked
        When another process has locked it.
    """
    if os.name == "nt":
        yield
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)


def _open_in_place(path: Path) -> BinaryIO:
    """Open and lock a file that is still at its path once it is locked: whoever locked it before may have removed it with its folder."""
    for _ in range(TRIES):
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError), ExitStack() as opened:
            handle = opened.enter_context(open_to_append(path))
            _lock(handle.fileno())
            if os.path.samestat(os.fstat(handle.fileno()), path.stat()):
                opened.pop_all()
                return handle
    raise Locked


def _lock(handle: int) -> None:
    """Lock an open file or folder where the system and the disk know locks."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Locked from None
    except OSError:
        return


def open_to_append(path: Path) -> BinaryIO:
    """Open a file to read it and to add to its end; it is made at need, and a link is not followed."""
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o666), "r+b")


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; where the system cannot open folders, it does that by itself.

    Parameters
    ----------
    folder : Path
        The folder.
    """
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write(path: Path, data: bytes) -> None:
    """Write a file and wait until it is on the medium.

    Parameters
    ----------
    path : Path
        The file.
    data : bytes
        What is written.
    """
    with path.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def replace(path: Path, data: bytes) -> None:
    """Write a file beside its place, sync it, then rename it over what was there: a reader sees the old file or the new one.

    Parameters
    ----------
    path : Path
        Where the file belongs; its folder exists.
    data : bytes
        What it shall contain.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     replace(Path(folder) / "a.txt", b"one")
    ...     replace(Path(folder) / "a.txt", b"two")
    ...     [(file.name, file.read_bytes()) for file in Path(folder).iterdir()]
    [('a.txt', b'two')]
    """
    fresh = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        write(fresh, data)
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def to_npz(arrays: Mapping[str, np.ndarray]) -> bytes:
    """Encode arrays as the bytes of a NumPy .npz file, without pickled objects.

    Parameters
    ----------
    arrays : Mapping[str, ndarray]
        Arrays by name.

    Returns
    -------
    bytes

    Raises
    ------
    ValueError
        When an array holds Python objects.
    """
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def to_npy(array: np.ndarray) -> bytes:
    """Encode one array as the bytes of a NumPy .npy file, without pickled objects.

    Parameters
    ----------
    array : ndarray
        Any shape and plain type.

    Returns
    -------
    bytes

    Raises
    ------
    ValueError
        When the array holds Python objects.
    """
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def place(contents: Mapping[str, bytes], folder: Path, stage: Path) -> None:
    """Write files into a staging folder, sync them, then rename each to its place; at an error none is half written.

    Parameters
    ----------
    contents : Mapping[str, bytes]
        Name relative to `folder` -> bytes.
    folder : Path
        Where they belong.
    stage : Path
        A folder on the same disk that only this process uses; it is made and removed.
    """
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    try:
        for k, data in enumerate(contents.values()):
            write(stage / str(k), data)
        touched = {folder}
        for name in contents:
            target = (folder / name).parent
            target.mkdir(parents=True, exist_ok=True)
            touched |= {target, *(p for p in target.parents if folder in p.parents)}
        for k, name in enumerate(contents):
            if (folder / name).is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(folder / name))
            os.replace(stage / str(k), folder / name)
        for each in sorted(touched):
            sync_folder(each)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def checksum(named: Iterable[tuple[str, bytes]]) -> str:
    """sha256 over names and bytes, in the order given.

    Parameters
    ----------
    named : Iterable[tuple[str, bytes]]
        Name and bytes of every file.

    Returns
    -------
    str
    """
    total = hashlib.sha256()
    for name, data in named:
        total.update(f"{name}\0{len(data)}\0".encode() + data)
    return total.hexdigest()


def read(folder: Path, names: Iterable[str]) -> Iterable[tuple[str, bytes]]:
    """Names and bytes of files, one at a time; a missing one is an empty file under the name 'missing'.

    Parameters
    ----------
    folder : Path
        The folder.
    names : Iterable[str]
        Paths below the folder.

    Returns
    -------
    Iterable[tuple[str, bytes]]
    """
    for name in names:
        path = folder / name
        yield (name, files.read_bytes(path, LARGEST)) if files.tell_kind(path) == "a file" else (f"missing {name}", b"")
