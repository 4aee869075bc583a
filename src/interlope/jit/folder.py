"""Folder: where compiled kernels are kept from run to run, and whether it may be trusted.

Compiled kernels are code: whoever can put a file there, or another folder in its place, runs what he likes as the user. So the folder, all
it holds and every folder above it must belong to the user or the system and be closed to others; otherwise nothing is read from it.
Where the user has no folder that can be written, kernels are compiled and not kept.
"""
from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from interlope.errors import BadInput

NAME = "INTERLOPE_CACHE"


@cache
def find(digest: str) -> Path | None:
    """The folder for the kernels of one model, made where it is not there; None where kernels cannot be kept.

    Under $INTERLOPE_CACHE or $XDG_CACHE_HOME where one is set, else under the user's cache folder.

    Parameters
    ----------
    digest : str
        Hash of the model.

    Returns
    -------
    Path or None

    Raises
    ------
    BadInput
        When $INTERLOPE_CACHE cannot be written, or when others could have put something into the folder.
    """
    base = _base()
    if base is None:
        return None
    folder = base / "interlope" / digest
    _refuse_shared_above(base)
    try:
        for each in (*reversed(base.parents), base, folder.parent, folder):
            if not each.exists():
                each.mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        if stated := os.environ.get(NAME):
            raise BadInput(f"{NAME}={stated}: {error.strerror or error}; expected a folder that you may write, for compiled kernels; set "
                           f"{NAME} to one") from None
        return None
    _refuse_shared(base, named=True)
    _refuse_shared(folder.parent)
    closed = os.name == "posix" and not stat.S_IMODE(folder.lstat().st_mode) & 0o077
    for each in _within(folder):
        _refuse_shared(each, inside=closed and each != folder)
    return folder


def _base() -> Path | None:
    """The folder that the environment names, else the user's cache folder; None where the user has none.

    What $INTERLOPE_CACHE means must not depend on the folder that a command is started in: a case unpacked from elsewhere may hold one of
    that name.
    """
    if stated := os.environ.get(NAME):
        if not Path(stated).is_absolute():
            raise BadInput(f"{NAME}={stated}: no whole path; expected one that begins at the root, such as {Path(stated).absolute()}")
        return Path(stated)
    custom = os.environ.get("XDG_CACHE_HOME")
    if custom and Path(custom).is_absolute():
        return Path(custom)
    try:
        if sys.platform == "win32":
            return Path(os.environ.get("LOCALAPPDATA") or Path.home())
        home = Path.home()
    except (RuntimeError, OSError):  # no home
        return None
    return home / (".cache" if sys.platform != "darwin" else "Library/Caches") if home.is_absolute() else None


def _within(folder: Path) -> Iterator[Path]:
    """A folder and all that it holds; links are not followed."""
    yield folder
    yield from (Path(place) / name for place, folders, names in os.walk(folder) for name in (*folders, *names))


def _refuse_shared_above(base: Path) -> None:
    """Refuse a folder above the cache that others can write to: they could put another in the place of the one below it."""
    if os.name != "posix":
        return
    for place in dict.fromkeys((*base.parents, *base.resolve().parents)):
        try:
            about = place.lstat()
        except OSError:
            continue
        if about.st_uid not in (os.geteuid(), 0):
            raise _refusal(place, "belongs to another user")
        sticky = about.st_mode & stat.S_ISVTX  # as /tmp: nobody can rename there what belongs to others
        if stat.S_ISDIR(about.st_mode) and not sticky and _others_write(about):
            raise _refusal(place, "can be written by others")


def _refuse_shared(path: Path, named: bool = False, inside: bool = False) -> None:
    """Refuse what belongs to another user, what others can write to, and links.

    Parameters
    ----------
    path : Path
        A part of the cache.
    named : bool
        It is the folder that the user named, which may be a link.
    inside : bool
        It lies in a folder that is closed to others, so that they cannot reach it whatever its own mode is.
    """
    if os.name != "posix":
        return
    try:
        about = path.lstat()
        if stat.S_ISLNK(about.st_mode) and not named:
            raise _refusal(path, "is a link")
        if about.st_uid != os.geteuid() and not (named and about.st_uid == 0):
            raise _refusal(path, "belongs to another user")
        about = path.stat() if named else about
    except FileNotFoundError:  # another process has just put it in its place
        return
    if named and about.st_uid == 0 != os.geteuid():  # a folder of the system, as /var/cache, in which ours lies
        return
    if not inside and _others_write(about) and not (named and about.st_mode & stat.S_ISVTX):
        raise _refusal(path, "can be written by others")


def _others_write(about: os.stat_result) -> bool:
    """Whether a mode lets others write; a group of the user's own name with no other member is not others."""
    if about.st_mode & stat.S_IWOTH:
        return True
    if not about.st_mode & stat.S_IWGRP:
        return False
    import grp
    import pwd

    try:
        user, group = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(about.st_gid)
    except KeyError:
        return True
    return group.gr_name != user or not set(group.gr_mem) <= {user}


def _refusal(path: Path, why: str) -> BadInput:
    return BadInput(f"{path}: {why}, and compiled kernels lie there or below; expected folders that only you can write; set {NAME} to a "
                    "folder of your own, by its whole path")
