"""Failure: says of any exception what it means to the user and whose fault it is."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

from interlope.errors import InterlopeError, OurFault, RunFailed
from interlope.manifest import version
from interlope.storage import refusal
from interlope.text import printable, shorten

FRAMES = 30  # of each error in a saved trace, half of them from either end
MEMORY = "memory ran out; expected less at once: fewer --draws, --threads or --pairs, or --summary; other programs may hold it too"


def explain(error: Exception) -> InterlopeError:
    """Return an error made on purpose as it is, and any other as one that says what happened and what to do.

    Parameters
    ----------
    error : Exception
        What came out of a verb.

    Returns
    -------
    InterlopeError
        `OurFault`, with the trace saved, where neither the user's files nor the machine explain it.
    """
    if isinstance(error, InterlopeError):
        return error
    if isinstance(error, MemoryError):
        return RunFailed(MEMORY)
    if isinstance(error, OSError) and error.errno:
        place = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes | os.PathLike) else ""
        return RunFailed(f"{place or 'standard output or a file'}: {'; '.join(refusal.explain(error))}")
    return OurFault(error, version(), save(error))


def save(error: BaseException) -> Path | None:
    """Write the trace of an error into a file that only the user can read. Returns its path; None where no place can be written."""
    for folder in (None, os.curdir):
        try:
            handle, path = tempfile.mkstemp(prefix="interlope-fault-", suffix=".txt", dir=folder)
            with open(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write("\n".join(trace(error)) + "\n")
            return Path(path)
        except OSError:
            continue
    return None


def trace(error: BaseException) -> list[str]:
    """The lines of a trace: versions, and for each error files as packages name them, lines and functions; no values, no home folder."""
    lines = [f"interlope {version()}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"]
    for each in _chain(error):
        lines += ["", printable(shorten(f"{type(each).__name__}: {str(each)[:300]}"))]
        frames = [f"  {_place(f.filename)}:{f.lineno} in {f.name}" for f in traceback.extract_tb(each.__traceback__)]
        half = FRAMES // 2
        lines += frames if len(frames) <= FRAMES else [*frames[:half], f"  ... {len(frames) - 2 * half} more", *frames[-half:]]
    return lines


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those it came from, at most five."""
    for _ in range(5):
        if error is None:
            return
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _place(filename: str) -> str:
    """A source file as its packages name it.

    >>> _place(__file__)
    'interlope/cli/failure.py'
    """
    path = Path(filename)
    for root in [Path(__file__).parents[2], *map(Path, sys.path)]:
        if root.name and path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return path.name
