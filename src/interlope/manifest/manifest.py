"""Manifest: inputs, model, seed, settings and versions of a run, and the digest of every file that it wrote.

A manifest carries its own digest (`sha256`, over everything else in it). Nothing of the machine but its kind enters it.
"""
from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, field, replace
from pathlib import Path
from typing import Any

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from interlope.errors import BadInput, Fault
from interlope.manifest import files, stored
from interlope.manifest.digests import FILE, canonical, digest, digest_folder
from interlope.manifest.environment import KIND, PACKAGES, environment

FORMAT = 2
AGAIN = "run it again; with 'study', --fresh replaces it"


@dataclass(frozen=True, config=ConfigDict(extra="forbid", strict=True))
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


def write(manifest: Manifest, folder: Path) -> Path:
    """Write manifest.json into a new folder, with the digest of every other file already there.

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
    path = folder / FILE
    path.write_text(text(replace(manifest, files=digest_folder(folder))), encoding="utf-8")
    return path


def text(manifest: Manifest) -> str:
    """Write a manifest as it stands in its file, its own digest last."""
    values = json.loads(json.dumps(asdict(manifest), ensure_ascii=False, allow_nan=False))
    return json.dumps({**values, "sha256": digest(canonical(values))}, indent=2, ensure_ascii=False) + "\n"


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
        When the folder holds no manifest, one of another version, or one that is not as it was written.
    """
    path = folder if folder.name == FILE and not folder.is_dir() else folder / FILE
    if not files.tell_kind(path):
        raise BadInput([Fault(str(folder), None, files.tell_lack(folder, FILE), "a folder written by 'study' or 'simulate --out'")])
    return parse(stored.read_bytes(path), path)


def tell_finished(place: Path, below: bool = False) -> str:
    """Say that a place is, or lies in, a folder of finished results, in which nothing else is written; an empty text where it does not.

    Parameters
    ----------
    place : Path
        A file or folder, which need not be there.
    below : bool
        Whether the folder of results itself is fine.

    Returns
    -------
    str
    """
    place = place.resolve()
    for folder in (*(() if below else (place,)), *place.parents):
        if files.tell_kind(folder / FILE) and not _is_foreign(folder / FILE):
            where = "this is" if folder == place else "this lies in"
            return f"{where} a folder of finished results ({folder.name}/{FILE}), which are never changed"
    return ""


def _is_foreign(path: Path) -> bool:
    """Whether a file of that name is of another program; one that cannot be read is none."""
    try:
        values = json.loads(files.read_bytes(path))
    except (BadInput, ValueError, RecursionError):
        return False
    return not (isinstance(values, dict) and {"run_id", "model_digest"} & values.keys())


def parse(data: bytes, path: Path) -> Manifest:
    """Build a manifest from the bytes of its file; see `read`."""
    values = stored.parse(dict[str, Any], data, path)
    if values.get("format") != FORMAT:
        what = f"format {str(values.get('format'))[:40]}"
        raise stored.Damaged([Fault(str(path), None, what, f"format {FORMAT}", "make the results again with this version")])
    recorded = values.pop("sha256", None)
    try:
        plain, text = canonical(values), json.dumps(values, allow_nan=False)
    except (ValueError, RecursionError):  # no number, or nested without end: nothing that `text` wrote
        plain = text = "{}"
    manifest = stored.parse(Manifest, text.encode(), path)
    if recorded != digest(plain):
        raise stored.Damaged([Fault(str(path), None, "changed since it was written", stored.AS_WRITTEN, AGAIN)])
    return manifest


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


def changed(manifest: Manifest, folder: Path) -> list[str]:
    """Name every file whose bytes differ from what the manifest says, is missing, or is not listed.

    Raises
    ------
    BadInput
        When the folder holds links, pipes or devices.
    """
    files.inspect(folder)
    now = digest_folder(folder)
    return sorted(name for name in now.keys() | manifest.files.keys() if now.get(name) != manifest.files.get(name))


def refuse_changed(manifest: Manifest, folder: Path, rewritten: Collection[str] = ()) -> None:
    """Refuse a folder in which a file that the manifest names was changed or is missing.

    Parameters
    ----------
    manifest : Manifest
        As read from the folder.
    folder : Path
        The folder.
    rewritten : collection of str
        Names, or beginnings of names, of files that are about to be written again, so that it does not matter what is there.

    Raises
    ------
    BadInput
        With every such file.
    """
    touched = [name for name in changed(manifest, folder) if name in manifest.files and not name.startswith(tuple(rewritten))]
    if touched:
        what = "changed or missing since the results were written"
        raise BadInput([Fault(str(folder / name), None, what, stored.AS_WRITTEN, AGAIN) for name in touched])
