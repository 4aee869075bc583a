"""Manifest: what a result was made from, in enough detail to make it again bit for bit.

A run id is the first eight hex digits of sha256 over the inputs, the model's digest, the seed and the settings, so the
same question asked twice lands in the same folder. Nothing of the machine but its kind enters a manifest.
"""
from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from interlope import arithmetic
from interlope.errors import BadInput, Fault

FILE = "manifest.json"
FORMAT = 1
EARLIER_NAMES = {"quarantine": "failed_replicates", "made": "created"}  # of entries, in files that earlier versions wrote
PACKAGES = ("numpy", "numba", "llvmlite", "scipy", "pandas", "xarray", "zarr", "numcodecs")
KIND = ("python", "system", "machine", "libc", "arithmetic")  # python counts through the model's digest


@dataclass(frozen=True)
class Manifest:
    """Inputs by digest, the model's digest, seed and settings, versions, and the digest of every file written.

    Attributes
    ----------
    case : str
        Name of the case.
    run_id : str
        Eight hex digits that name the run; see `run_id`.
    inputs : dict of str to str
        Digest of every file of the case, by name.
    model_digest : str
        Digest of the compiled model's source and of the Python version.
    seed : int
        Seed of every random stream of the run.
    settings : dict
        What was asked for.
    version : str
        Version of this package.
    environment : dict of str to str
        Versions and kind of system; see `environment`.
    files : dict of str to str
        Digest of every file written, by name.
    stages : dict of str to float
        Seconds that each stage took.
    failed_replicates : dict
        How many replicates failed, why, and which; empty where a run stores no replicates.
    created : str
        Day of the run; empty for an ensemble, whose bytes depend on no day.
    case_sha256 : str
        Digest of the whole case; empty for an ensemble.
    format : int
        Version of this layout.
    """

    case: str
    run_id: str
    inputs: dict[str, str]
    model_digest: str
    seed: int
    settings: dict[str, Any]
    version: str
    environment: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    stages: dict[str, float] = field(default_factory=dict)
    failed_replicates: dict[str, Any] = field(default_factory=dict)
    created: str = ""
    case_sha256: str = ""
    format: int = FORMAT


def version() -> str:
    """Return the installed version of this package, or `0+unknown` when it runs from a folder that is not installed."""
    try:
        return metadata.version("interlope")
    except metadata.PackageNotFoundError:
        return "0+unknown"


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
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def digest_folder(folder: Path, patterns: tuple[str, ...] = ("**/*",)) -> dict[str, str]:
    """Return the sha256 of every file below a folder, by its relative path with forward slashes, in order of name.

    A Zarr store counts as one file: its digest is over the digests of what it holds. The manifest itself is left out.

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
    paths = {p for pattern in patterns for p in folder.glob(pattern) if p.is_file() and p.name != FILE}
    digests = {p.relative_to(folder).as_posix(): digest(p.read_bytes()) for p in sorted(paths)}
    stores: dict[str, dict[str, str]] = {}
    for name in list(digests):
        store, mark, rest = name.partition(".zarr/")
        if mark:
            stores.setdefault(f"{store}.zarr", {})[rest] = digests.pop(name)
    return dict(sorted({**digests, **{name: digest(canonical(parts)) for name, parts in stores.items()}}.items()))


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


def environment() -> dict[str, str]:
    """Return the versions that may change a result, and the kind of system; no name of a user, a machine or a path."""
    versions = {"python": platform.python_version(), "system": platform.system(), "machine": platform.machine()}
    versions |= {"libc": " ".join(platform.libc_ver()).strip(), "arithmetic": arithmetic.describe()}
    for name in PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return versions


def mismatches(manifest: Manifest, inputs: Mapping[str, str], model_digest: str) -> list[str]:
    """Say why what is here could not make a manifest's results again, bit for bit; nothing when it could.

    Parameters
    ----------
    manifest : Manifest
        What was recorded.
    inputs : mapping of str to str
        Digest of every file of the case as it is now.
    model_digest : str
        Digest of the model that is installed here.

    Returns
    -------
    list of str
        One sentence for each reason.
    """
    reasons = []
    if manifest.model_digest != model_digest:
        reasons.append(f"the model is another one: digest {manifest.model_digest} then, {model_digest} now")
    touched = sorted(n for n in {*manifest.inputs, *inputs} if manifest.inputs.get(n) != inputs.get(n))
    if touched:
        reasons.append(f"the case's files are not the same: {', '.join(touched)}")
    here = environment()
    other = [n for n in (*KIND[1:], *PACKAGES) if n in manifest.environment and manifest.environment[n] != here.get(n, "absent")]
    if other:
        words = (f"{n} {manifest.environment[n]} then, {here.get(n, 'absent')} now" for n in other)
        reasons.append(f"the platform is another one: {'; '.join(words)}")
    return reasons


def write(manifest: Manifest, folder: Path) -> Path:
    """Write manifest.json into a folder, with the digest of every other file already there.

    Parameters
    ----------
    manifest : Manifest
        What to record; its `files` are replaced.
    folder : Path
        Folder of the results.

    Returns
    -------
    Path
        Of the file written.
    """
    filled = Manifest(**{**asdict(manifest), "files": digest_folder(folder)})
    path = folder / FILE
    path.write_text(text(filled), encoding="utf-8")
    return path


def text(manifest: Manifest) -> str:
    """Write a manifest as it stands in its file."""
    return json.dumps(asdict(manifest), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def from_json(data: Mapping[str, Any]) -> Manifest:
    """Build a manifest from the table of its file; entries that earlier versions named otherwise get their present names.

    Parameters
    ----------
    data : mapping
        The table, as JSON gives it.

    Returns
    -------
    Manifest

    Raises
    ------
    TypeError
        When an entry is unknown or missing.

    Examples
    --------
    >>> from_json({"case": "toy", "run_id": "", "inputs": {}, "model_digest": "", "seed": 7, "settings": {}, "version": "0.1",
    ...            "made": "2026-01-31"}).created
    '2026-01-31'
    """
    return Manifest(**{EARLIER_NAMES.get(name, name): value for name, value in data.items()})


def read(folder: Path) -> Manifest:
    """Read the manifest of a results folder.

    Parameters
    ----------
    folder : Path
        The folder, or the path of the manifest itself.

    Returns
    -------
    Manifest

    Raises
    ------
    BadInput
        When the folder holds no manifest, or one that this version cannot read.
    """
    path = folder if folder.name == FILE and folder.is_file() else folder / FILE
    if not path.is_file():
        raise BadInput([Fault(str(folder), None, "no manifest.json", "a folder written by 'study' or 'simulate --out'")])
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(data, dict):
            raise TypeError("no table of names and values")
        if data.get("format") != FORMAT:
            raise BadInput([Fault(str(path), None, f"format {data.get('format')}", f"format {FORMAT}")])
        return from_json(data)
    except (ValueError, TypeError) as error:
        raise BadInput(
            [Fault(str(path), None, f"unreadable manifest ({error})", "the file as it was written")]
        ) from error


def changed(manifest: Manifest, folder: Path) -> list[str]:
    """Name every file whose bytes differ from what the manifest says, is missing, or is not listed."""
    now = digest_folder(folder)
    return sorted(name for name in now.keys() | manifest.files.keys() if now.get(name) != manifest.files.get(name))
