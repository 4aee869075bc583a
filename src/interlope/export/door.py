"""Door: what may leave by an export, in which letters, and into which new files."""

from __future__ import annotations

import errno
import json
import os
import uuid
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from interlope.errors import BadInput, Fault, RunFailed
from interlope.manifest import files
from interlope.storage import disk
from interlope.text import printable

MARKUP = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&"})  # in JSON they stand inside texts alone
INSTALL = "python -m pip install '.[export]'"


def require(name: str, modules: Sequence[str]) -> None:
    """Check that the libraries of a format are there.

    Raises
    ------
    RunFailed
        When one is missing, with the command that installs them.
    """
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        raise RunFailed(f"export as {name} needs {' and '.join(missing)}, not installed here; install with: {INSTALL}")


def clean(value: Any) -> Any:
    """The same value with every text in it as `text.printable` shows it: nothing steers, hides or turns round.

    Examples
    --------
    >>> clean({"a": ["b\\x1b[1m", 2]})
    {'a': ['b\\\\x1b[1m', 2]}
    """
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {printable(str(key)): clean(item) for key, item in value.items()}
    return [clean(item) for item in value] if isinstance(value, list | tuple) else value


def write_json(value: Any) -> bytes:
    r"""A value as indented JSON in UTF-8, cleaned; equal values give equal bytes.

    The marks of HTML are written as JSON's own escapes, for such a file is pasted into a page, where a script element would end at them.

    Raises
    ------
    ValueError
        When a number is not finite.

    Examples
    --------
    >>> print(write_json(["</script> & more"]).decode())
    [
      "\u003c/script\u003e \u0026 more"
    ]
    <BLANKLINE>
    """
    text = json.dumps(clean(value), indent=2, ensure_ascii=False, allow_nan=False)
    return (text.translate(MARKUP) + "\n").encode()


def refuse_there(paths: Sequence[Path]) -> None:
    """Refuse places where something lies already.

    Raises
    ------
    BadInput
        With every such place.
    """
    there = [path for path in paths if files.tell_kind(path)]
    if there:
        raise BadInput([Fault(str(path), None, "is there already and is never overwritten", "a new file",
                              "move it away, or name another with --to") for path in there])


def place(contents: Mapping[Path, bytes]) -> None:
    """Write new files, all of them or none; what lies there meanwhile is not overwritten.

    Parameters
    ----------
    contents : mapping of Path to bytes
        Bytes by place; folders are made at need.

    Raises
    ------
    BadInput
        When something lies at one of the places.
    """
    refuse_there(list(contents))
    written: list[Path] = []
    try:
        for path, data in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_new(path, data)
            written.append(path)
            disk.sync_folder(path.parent)
    except BaseException as error:
        for path in written:
            path.unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            refuse_there([p for p in contents if p not in written])
        raise


def _write_new(path: Path, data: bytes) -> None:
    """Write a file beside its place and link it there, which fails where something is; a disk without links gets a plain new file."""
    fresh = path.with_name(f".{uuid.uuid4().hex[:8]}.part")
    try:
        disk.write(fresh, data)
        try:
            os.link(fresh, path)
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK):
                raise
            if files.tell_kind(path):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
            os.rename(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
