"""Digests: equal contents give equal digests, and equal questions equal names.

A run id is the first eight hex digits of sha256 over the inputs, the model's digest, the seed and the settings, so the
same question asked twice lands in the same folder.
"""
from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from interlope.manifest import files

FILE = "manifest.json"  # the one file of a folder that holds the digests of the others
DESCRIPTION = "ro-crate-metadata.json"  # describes a folder from outside its run: added later by `export`, none of its results


def canonical(value: object) -> str:
    """Write a value as JSON with sorted keys and no spaces, so that equal values give equal text.

    Parameters
    ----------
    value : object
        Anything that JSON knows; other objects are written as their text.

    Raises
    ------
    ValueError
        For a number that is not finite.

    Examples
    --------
    >>> canonical({"b": 1, "a": [1.5, None]})
    '{"a":[1.5,null],"b":1}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=str)


def digest(data: bytes | str) -> str:
    """Return the sha256 of bytes or of UTF-8 text, in hex."""
    return hashlib.sha256(data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data).hexdigest()


def digest_folder(folder: Path, patterns: tuple[str, ...] = ("**/*",)) -> dict[str, str]:
    """Return the sha256 of every file below a folder, by its relative path with forward slashes, in order of name.

    A Zarr store counts as one file: its digest is over the digests of what it holds. The manifest itself is left out, and so is a
    description of the folder that an export added.

    Parameters
    ----------
    folder : Path
        Where to look.
    patterns : tuple of str
        Glob patterns below `folder`.

    Returns
    -------
    dict of str to str
        Digest by name.
    """
    paths = {p for pattern in patterns for p in folder.glob(pattern) if p.is_file() and p not in (folder / FILE, folder / DESCRIPTION)}
    digests = {p.relative_to(folder).as_posix(): digest_file(p) for p in sorted(paths)}
    stores: dict[str, dict[str, str]] = {}
    for name in list(digests):
        store, mark, rest = name.partition(".zarr/")
        if mark:
            stores.setdefault(f"{store}.zarr", {})[rest] = digests.pop(name)
    return dict(sorted({**digests, **{name: digest(canonical(parts)) for name, parts in stores.items()}}.items()))


def digest_file(path: Path) -> str:
    """Return the sha256 of a regular file, in hex; see `files.open_file`."""
    with files.open_file(path) as file:
        return hashlib.file_digest(cast(Any, file), "sha256").hexdigest()


def run_id(inputs: Mapping[str, str], model_digest: str, seed: int, settings: Mapping[str, object]) -> str:
    """Return the eight hex digits that name a run: equal inputs, model, seed and settings give the same name.

    Parameters
    ----------
    inputs : mapping of str to str
        Digest of every input, by name.
    model_digest : str
        Digest of the model.
    seed : int
        Seed of the run.
    settings : mapping
        What was asked for.

    Examples
    --------
    >>> run_id({"case.toml": "ab"}, "cd", 7, {"draws": 10}) == run_id({"case.toml": "ab"}, "cd", 7, {"draws": 10})
    True
    """
    return digest(canonical({"inputs": inputs, "model": model_digest, "seed": seed, "settings": settings}))[:8]
