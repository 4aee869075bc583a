"""Refusal: why the system refused to read or to write, in plain words, and what helps."""
from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from interlope.errors import RunFailed

WRITABLE = "make it writable, or name another place"
REFUSALS = {  # by number of the system's error: why, and what helps
    errno.ENOSPC: ("no space is left on the disk", "make room"),
    errno.EDQUOT: ("the quota of the disk is used up", "make room"),
    errno.EFBIG: ("a file would be larger than the system allows", "raise the limit (ulimit -f), or write to another disk"),
    errno.EROFS: ("the disk can only be read", WRITABLE),
    errno.EACCES: ("permission denied", WRITABLE),
    errno.EPERM: ("permission denied", WRITABLE),
    errno.EISDIR: ("a folder lies where a file belongs", "remove it, or name another place"),
    errno.ENOTDIR: ("a file lies where a folder belongs", "remove it, or name another place"),
    errno.EEXIST: ("something lies where a file or folder is to be made", "remove it, or name another place"),
    errno.ELOOP: ("a link lies where a file or folder belongs", "remove it, or name another place"),
    errno.ENAMETOOLONG: ("the name is longer than the system allows", "name another place"),
    errno.ENOENT: ("no such file or folder", "name one that is there, from a current folder that still exists"),
    errno.EMFILE: ("too many files are open", "close some programs, or raise the limit (ulimit -n)"),
    errno.EIO: ("the disk or the stream fails", "see to the disk"),
}


def explain(error: OSError) -> tuple[str, str]:
    """Say in plain words why the system refused to read or to write, and what helps.

    Parameters
    ----------
    error : OSError
        What the system raised.

    Returns
    -------
    tuple of str
        Why, and the remedy.

    Examples
    --------
    >>> explain(OSError(errno.ENOSPC, "full"))
    ('no space is left on the disk', 'make room')
    """
    return REFUSALS.get(error.errno or 0, (error.strerror or str(error), "see to the disk"))


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
        why, remedy = explain(error)
        sentence = f"{why}: {place} could not be used; {remedy}"
        raise RunFailed(f"{sentence}; {after}" if after else sentence) from error
