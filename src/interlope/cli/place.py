"""Place: whether results can be written where the user wants them, asked before anything is computed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import typer

from interlope.errors import BadInput


def check_folder(value: Path | None) -> Path | None:
    """Take a folder that is there and may be written, or can be made, and lies in no finished results; nothing is made yet."""
    return _refuse_finished(_checked(value, file=False), below=True)


def check_apart(value: Path | None) -> Path | None:
    """Take a folder as `check_folder` does, but none of finished results: a file beside theirs would no longer be one of them."""
    return _refuse_finished(_checked(value, file=False))


def check_saved(context: typer.Context, value: Path) -> Path:
    """Take a folder as `check_apart` does where the user names it; nothing may come to be written to the one that is taken otherwise."""
    named = str(getattr(context.get_parameter_source("saved"), "name", "")) != "DEFAULT"
    return _refuse_finished(_checked(value, file=False)) or value if named else value


def check_file(value: Path | None) -> Path | None:
    """Take a file that may be written, or can be made, and lies in no finished results; nothing is made yet."""
    return _refuse_finished(_checked(value, file=True), "file")


def insist(check: Callable[[Path | None], Path | None], value: Path) -> Path:
    """The place itself, where a check takes it; for a place that only the verb knows, after the command line was read.

    Raises
    ------
    BadInput
        When the check refuses it.
    """
    try:
        return check(value) or value
    except typer.BadParameter as error:
        raise BadInput(error.message) from None


def _refuse_finished(value: Path | None, what: str = "folder", below: bool = False) -> Path | None:
    """The place itself, where it is none of finished results; with `below` the folder of results itself is fine."""
    from interlope.manifest import tell_finished

    if value is not None and (finished := tell_finished(value, below)):
        raise typer.BadParameter(f"'{value}': {finished}; expected {'another folder' if what == 'folder' else 'a file in another folder'}")
    return value


def check_pair(value: Path | None) -> Path | None:
    """Take a name under which a forecast's two files may be written, where neither is hidden or there already."""
    if value is not None:
        from interlope.outlook.file import find_places, refuse_present

        for path in find_places(value):
            check_file(path)
            if path.name.startswith("."):
                raise typer.BadParameter(f"'{value}': {path.name} would be hidden; expected a name that begins with a letter or digit")
        refuse_present(value)
    return value


def _checked(value: Path | None, file: bool) -> Path | None:
    """The place itself, where it can be written; else a fault of the command line."""
    if value is None:
        return None
    try:
        _check(value, file)
    except (_Unusable, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise typer.BadParameter(f"'{value}': {why}; expected a {'file' if file else 'folder'} that is writable or can be made") from None
    return value


class _Unusable(Exception):
    """Why a place cannot be written."""


def _check(path: Path, file: bool) -> None:
    if not str(path).strip() or str(path) == "." and file:
        raise _Unusable("no name")
    if file and path.is_dir():
        raise _Unusable("this is a folder")
    if path.is_fifo() or path.is_socket() or path.is_block_device():
        raise _Unusable("this is a pipe, a socket or a disk")
    if file and path.exists() and not os.access(path, os.W_OK):
        raise _Unusable("the file may not be written")
    there = path.parent if file else path
    while not os.path.lexists(there) and there != there.parent:
        there = there.parent
    there.stat()  # names that are too long, links that lead nowhere or round in a circle
    if not there.is_dir():
        raise _Unusable(f"{'this' if there == path else there} is a file")
    if not os.access(there, os.W_OK | os.X_OK):
        raise _Unusable(f"the folder {there} may not be written")
