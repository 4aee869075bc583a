"""Refusal: why the system refused to read or to write, in plain words, and what helps."""
from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from interlope.errors import RunFailed

WHY = {
    errno.ENOSPC: "no space is left on the disk",
    errno.EDQUOT: "the quota of the disk is used up",
    errno.EFBIG: "a file would be larger than the system allows",
    errno.EROFS: "the disk can only be read",
    errno.EACCES: "the folder may not be written to",
    errno.EPERM: "the folder may not be written to",
    errno.EISDIR: "a folder lies where a file belongs",
    errno.ENOTDIR: "a file lies where a folder belongs",
    errno.EEXIST: "a file lies where a folder belongs",
    errno.ELOOP: "a link lies where a file or folder belongs",
    errno.ENAMETOOLONG: "the name is longer than the system allows",
}
ROOM = (errno.ENOSPC, errno.EDQUOT)
SHUT = (errno.EROFS, errno.EACCES, errno.EPERM)
BLOCKED = (errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ELOOP)


def explain(error: OSError) -> str:
    """Say in plain words why the system refused to write.

    Parameters
    ----------
    error : OSError
        What the system raised.

    Returns
    -------
    str
    """
    return WHY.get(error.errno or 0, error.strerror or str(error))


def remedy(error: OSError) -> str:
    """Say what helps where the system refused to write.

    Parameters
    ----------
    error : OSError
        What the system raised.

    Returns
    -------
    str
    """
    if error.errno in ROOM:
        return "make room"
    if error.errno == errno.EFBIG:
        return "raise the limit (ulimit -f), or write to another disk"
    if error.errno in BLOCKED:
        return "remove it, or name another place"
    return "make the folder writable, or name another with --out" if error.errno in SHUT else "see to the disk"


@contextmanager
def telling(where: Path, after: str = "") -> Iterator[None]:
    """Turn what the system refuses meanwhile into one sentence: why, which file, what helps, and what is then.

    Parameters
    ----------
    where : Path
        The folder that is worked on, for refusals that name no file.
    after : str, optional
        What to say at the end, such as how to go on.

    Raises
    ------
    RunFailed
        When the system refuses to read or to write.
    """
    try:
        yield
    except OSError as error:
        place = error.filename if isinstance(error.filename, str) else str(where)
        sentence = f"{explain(error)}: {place} could not be used; {remedy(error)}"
        raise RunFailed(f"{sentence}; {after}" if after else sentence) from error
