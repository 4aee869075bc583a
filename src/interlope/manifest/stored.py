"""Stored: the one door to records on disk. A record is whole, of the expected shape and of this run, or it is refused by name.

A finished run is described by its manifest, which carries its own digest and those of the files beside it. What an unfinished run leaves is
sealed: a first line that names the kind of record, the run and the digest of all that follows. Seals notice accidents, mixtures of
runs and edits; they are no signature: whoever writes a seal anew is not noticed.
"""
from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from interlope.errors import BadInput, Fault
from interlope.manifest import files
from interlope.manifest.digests import canonical, digest

AS_WRITTEN = "the file as it was written"
Kind = TypeVar("Kind")


class Damaged(BadInput):
    """A stored file is not what was written: it may be set aside and made again."""


class OtherRun(BadInput):
    """A stored file is whole and belongs to another run."""


class Seal(BaseModel):
    """First line of a sealed file: the kind of record, the run that it belongs to, and the digest of kind, run and contents."""

    model_config = ConfigDict(extra="forbid", strict=True)

    record: str
    run: str
    sha256: str


def seal(contents: bytes, record: str, run: str) -> bytes:
    """Put a seal before the contents of a file.

    Parameters
    ----------
    contents : bytes
        What is stored.
    record : str
        What kind of record it is.
    run : str
        Name of the run that it belongs to.

    Returns
    -------
    bytes

    Examples
    --------
    >>> unseal(seal(b"1, 2", "means", "1a2b3c4d"), Path("means"), "means", "1a2b3c4d")
    b'1, 2'
    """
    about = {"record": record, "run": run, "sha256": _digest(contents, record, run)}
    return canonical(about).encode() + b"\n" + contents


def unseal(data: bytes, path: Path, record: str, run: str = "") -> bytes:
    """Give the contents of a sealed file.

    Parameters
    ----------
    data : bytes
        The whole file.
    path : Path
        Where it lies, for messages.
    record : str
        The kind of record that is expected.
    run : str
        The run that is expected; any when empty.

    Returns
    -------
    bytes

    Raises
    ------
    Damaged
        When a byte differs from what was written, or the record is of another kind.
    OtherRun
        When the record belongs to another run.
    """
    first, _, contents = data.partition(b"\n")
    about = parse(Seal, first, path)
    if about.sha256 != _digest(contents, about.record, about.run):
        raise Damaged([Fault(str(path), None, "its bytes are not those that were written", AS_WRITTEN)])
    if about.record != record:
        raise Damaged([Fault(str(path), 1, f"holds '{about.record[:40]}'", f"'{record}'")])
    if run and about.run != run:
        raise OtherRun([Fault(str(path), 1, f"belongs to run {about.run[:40]}", f"run {run}")])
    return contents


def read_sealed(path: Path, record: str, run: str = "") -> bytes:
    """Read the contents of a sealed file; see `unseal`."""
    return unseal(read_bytes(path), path, record, run)


def read_bytes(path: Path) -> bytes:
    """Read a stored file; what is no regular file is damaged."""
    try:
        return files.read_bytes(path)
    except BadInput as error:
        raise Damaged(error.faults) from error


def parse(kind: type[Kind], data: bytes, path: Path) -> Kind:
    """Build a typed record from JSON.

    Parameters
    ----------
    kind : type
        A pydantic model or data class.
    data : bytes
        The text.
    path : Path
        Where it lies, for messages.

    Returns
    -------
    The record.

    Raises
    ------
    Damaged
        When the text is no JSON, or of another shape.
    """
    try:
        return cast(Kind, _adapter(kind).validate_json(data))
    except ValidationError as error:
        raise Damaged([Fault(str(path), None, f"unreadable: {tell_place(error)}", AS_WRITTEN)]) from error


def tell_place(error: ValidationError) -> str:
    """Say the first place that is wrong, and how many more there are."""
    first, *more = error.errors(include_url=False, include_input=False)
    place = ".".join(map(str, first["loc"]))[:80]
    return f"{f'{place}: ' if place else ''}{first['msg'][:160]}{f', and {len(more)} more' if more else ''}"


def set_aside(path: Path) -> Path:
    """Rename a damaged file, or whatever lies in its place, so that it can be looked at and made again. Returns its new path."""
    aside = path.with_name(f"{path.name}.damaged")
    number = 1
    while files.tell_kind(aside):
        number += 1
        aside = path.with_name(f"{path.name}.damaged-{number}")
    os.replace(path, aside)
    return aside


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _digest(contents: bytes, record: str, run: str) -> str:
    return digest(f"{record}\0{run}\0".encode("utf-8", "surrogateescape") + contents)
