"""Files: bytes of regular files. What lies in a folder of results is a file or a folder; anything else there is refused, never followed."""
from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from interlope.errors import BadInput, Fault

MOST = 1 << 30  # bytes of a record; a manifest of 400,000 shards has 42 MB
_PLAIN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_KINDS = {stat.S_IFREG: "a file", stat.S_IFDIR: "a folder", stat.S_IFLNK: "a link", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket",
          stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}


def tell_lack(folder: Path, name: str) -> str:
    """Say that a folder lacks a file, or that there is no such folder."""
    return f"no {name}" if tell_kind(folder) else "no such folder"


def tell_kind(path: Path) -> str:
    """Say what lies at a path, as `a file`, `a folder`, `a link`, `a pipe`; an empty text where nothing does.

    Parameters
    ----------
    path : Path
        The path; a link at its end is not followed.

    Returns
    -------
    str
    """
    try:
        return _KINDS.get(stat.S_IFMT(path.lstat().st_mode), "a special file")
    except (FileNotFoundError, NotADirectoryError):
        return ""


@contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file for reading; a link is not followed and a pipe is not waited for.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    BadInput
        When there is no file, something else in its place, or one that may not be read.
    """
    kind = tell_kind(path)
    if kind != "a file":
        raise BadInput([Fault(str(path), None, f"is {kind}" if kind else "no such file", "a file", "remove it" if kind else "")])
    try:
        with os.fdopen(os.open(path, _PLAIN), "rb") as file:
            yield file
    except OSError as error:
        raise BadInput([Fault(str(path), None, f"cannot be read ({error.strerror})", "a file that can be read")]) from error


def read_bytes(path: Path, most: int = MOST) -> bytes:
    """Read a regular file whole; see `open_file`.

    Parameters
    ----------
    path : Path
        The file.
    most : int
        Largest size that is read [bytes].

    Returns
    -------
    bytes

    Raises
    ------
    BadInput
        When it cannot be opened, or is too large.
    """
    with open_file(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > most:
            raise BadInput([Fault(str(path), None, f"holds {size:,} bytes", f"at most {most:,}")])
        return file.read()


def inspect(folder: Path) -> None:
    """Refuse a folder that holds anything but files and folders, at any depth; a folder that is not there is fine.

    Parameters
    ----------
    folder : Path
        The folder, which may itself be a link: the user named it.

    Raises
    ------
    BadInput
        With every link, pipe, socket or device.
    """
    faults, pending = [], [folder] if folder.is_dir() else []
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(Path(entry.path))
                elif not entry.is_file(follow_symlinks=False):
                    expected = "files and folders only, for what is written here must not end elsewhere"
                    faults.append(Fault(entry.path, None, f"is {tell_kind(Path(entry.path))}", expected, "remove it"))
    if faults:
        raise BadInput(sorted(faults, key=lambda fault: fault.file))


def refuse_link(path: Path) -> None:
    """Refuse a path at which something else than a folder lies; nothing at all is fine.

    Parameters
    ----------
    path : Path
        Where a folder of results lies or will lie.

    Raises
    ------
    BadInput
        When it is a link, a file or a special file.
    """
    if (kind := tell_kind(path)) not in ("", "a folder"):
        raise BadInput([Fault(str(path), None, f"is {kind}", "a folder, or nothing yet", "remove it, or name another place")])


def refuse_other(path: Path) -> None:
    """Refuse a path at which something else than a file or a folder lies, before it is written; nothing at all is fine.

    Raises
    ------
    BadInput
        When it is a link or a special file.
    """
    if (kind := tell_kind(path)) not in ("", "a file", "a folder"):
        raise BadInput([Fault(str(path), None, f"is {kind}", "a file, a folder, or nothing yet", "remove it, or name another place")])
