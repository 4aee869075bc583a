"""Folder: where compiled kernels are kept. They are code: a folder that others could have written to is refused."""
from __future__ import annotations

import atexit
import os
import shutil
import stat
import sys
import tempfile
from functools import cache
from pathlib import Path

from interlope.errors import BadInput

NAME = "INTERLOPE_CACHE"


@cache
def find(digest: str) -> Path:
    """The folder for the kernels of one model, made where it is not there.

    Under $INTERLOPE_CACHE or $XDG_CACHE_HOME where one is set, else under the user's cache folder. Where the user has none that can be
    written, kernels are compiled into a folder of this process alone and not kept.

    Parameters
    ----------
    digest : str
        Hash of the model.

    Returns
    -------
    Path

    Raises
    ------
    BadInput
        When $INTERLOPE_CACHE cannot be written, or when others can write to the folder.
    """
    base = _base()
    if base is None:
        return _passing()
    folder = base / "interlope" / digest
    try:
        for each in (folder.parent, folder):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK | os.X_OK)
        why = "it may not be written"
    except OSError as error:
        writable, why = False, error.strerror or str(error)
    if not writable and os.environ.get(NAME):
        raise BadInput(f"{NAME}={os.environ[NAME]}: {why}; expected a folder that you may write, for compiled kernels; set {NAME} to one")
    if not writable:
        return _passing()
    for each in (folder.parent, folder):
        _refuse_shared(each)
    return folder


def _base() -> Path | None:
    """The folder that the environment names, else the user's cache folder; None where the user has no home."""
    stated = os.environ.get(NAME) or os.environ.get("XDG_CACHE_HOME")
    try:
        if stated:
            return Path(stated).absolute()
        if sys.platform == "win32":
            return Path(os.environ.get("LOCALAPPDATA") or Path.home())
        return Path.home() / (".cache" if sys.platform != "darwin" else "Library/Caches")
    except (RuntimeError, OSError):  # no home, or no folder to stand in
        return None


def _refuse_shared(folder: Path) -> None:
    """Refuse a folder of another user, or one that others can write to: whoever writes there decides what runs here."""
    if os.name != "posix":
        return
    about = folder.stat()
    whose = "belongs to another user" if about.st_uid not in (os.getuid(), 0) else ""
    if not whose and stat.S_IMODE(about.st_mode) & (stat.S_IWGRP | stat.S_IWOTH):
        whose = "can be written by others"
    if whose:
        raise BadInput(f"{folder}: a folder for compiled kernels that {whose}; expected one that only you can write; remove it, or set "
                       f"{NAME} to a folder of your own")


@cache
def _passing() -> Path:
    """A folder of this process alone, removed when it ends."""
    folder = Path(tempfile.mkdtemp(prefix="interlope-kernels-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
