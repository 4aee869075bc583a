"""Inventory: every file of a case's folder, those that are read with their digests, and those that are not, with the reason.

A case consists of `case.toml` and the tables that it names (a network, known forcing), `dossier.toml`, `hypotheses/*.toml`,
`options/*.toml` and `series/*.csv`; beside them may lie `evidence.toml`, `analysts/*.toml` and `proposed.toml`, which enter no fit.
What looks like one of them and is not read (`takeover.TOML`, `series/2030/`, `Series/`) is a fault; anything else is listed as not
read. Names that begin with a dot are passed over, lock files of office programs listed.
"""
from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from interlope import manifest
from interlope.errors import Fault, nearest

SINGLE = ("case.toml", "dossier.toml")
PROPOSALS = "proposed.toml"  # what a text seems to claim, until a person confirms it; it enters nothing
CANDIDATES = "evidence.toml"  # evidence that could be sought; it enters no fit, and so not the digest of what a fit is made from
ANALYSTS = "analysts"  # folder of judgements on the evidence; they enter no fit either
SUFFIX = {"hypotheses": ".toml", "options": ".toml", "series": ".csv", ANALYSTS: ".toml"}  # of the files of each folder
MISTAKEN = (".toml", ".csv", ".tsv", ".toml.txt", ".csv.txt")  # endings, in any letters, that say: this was meant to be read
LOCK = "~$"  # how names of lock files begin that office programs write beside an open file
MOST_FILES = 1_000  # in one folder
MOST_BYTES = 2**19  # of one file; the guard reads 100 KiB a second of the worst there is
MOST_BYTES_TOGETHER = 2 * 2**20


@dataclass(frozen=True)
class Inventory:
    """What a case's folder holds.

    Attributes
    ----------
    folder : Path
        Of the case.
    files : Mapping[str, str]
        sha256 of every file that a fit is made from, by its path below the folder, in order of name.
    unread : Mapping[str, str]
        Why a file or folder is not read, by its path below the folder.
    sha256 : str
        Over names and bytes of all these files.
    beside : Mapping[str, str]
        sha256 of a file that is read and enters no fit, by its path.
    """

    folder: Path
    files: Mapping[str, str]
    unread: Mapping[str, str]
    sha256: str
    beside: Mapping[str, str] = field(default_factory=dict)

    @property
    def every(self) -> dict[str, str]:
        """sha256 of every file that is read, whether a fit depends on it or not, in order of name."""
        return dict(sorted({**self.files, **self.beside}.items()))

    def paths(self, kind: str) -> list[Path]:
        """Files of one folder of the case, in order of name.

        Parameters
        ----------
        kind : str
            "hypotheses", "options" or "series".
        """
        return [self.folder / name for name in self.files if name.startswith(f"{kind}/")]

    def stems(self, kind: str) -> list[str]:
        """Names of the files of one folder without their ending: the names that they must state."""
        return [path.stem for path in self.paths(kind)]


def take(folder: Path, named: Sequence[str], faults: list[Fault]) -> Inventory:
    """List and digest the files of a case.

    Parameters
    ----------
    folder : Path
        Of the case.
    named : sequence of str
        Tables beside `case.toml` that it names: of a network, of known forcing.
    faults : list[Fault]
        List that faults are added to: what looks like a file of the case and cannot be read.

    Returns
    -------
    Inventory
        Without the files that are faulty.
    """
    names, unread = _list(folder, named, faults)
    files: dict[str, str] = {}
    beside: dict[str, str] = {}
    total, size = hashlib.sha256(), 0
    for name in sorted(names):
        path = folder / name
        fault = inspect(path, folder)
        if fault is None:
            size += path.stat().st_size
            if size > MOST_BYTES_TOGETHER:
                faults.append(Fault(str(folder), None, "a case of more than 2 MiB", "at most 2 MiB in all files together"))
                break
            content = path.read_bytes()
            if name in (CANDIDATES, PROPOSALS) or name.startswith(f"{ANALYSTS}/"):
                beside[name] = manifest.digest(content)
                continue
            files[name] = manifest.digest(content)
            total.update(f"{name}\0{len(content)}\0".encode())
            total.update(content)
        elif not any(fault.file == other.file for other in faults):
            faults.append(fault)
    return Inventory(folder, files, unread, total.hexdigest(), beside)


def verify(files: Inventory, first: str, faults: list[Fault]) -> None:
    """Note every file that changed while the case was read, so that what was read is what the digests name.

    Parameters
    ----------
    files : Inventory
        With the digests, taken after `case.toml` was read and before all else was.
    first : str
        Digest of `case.toml` before it was read.
    faults : list[Fault]
        List that faults are added to.
    """
    for name, digest in files.files.items():
        now = digest_of(files.folder / name)
        if now != digest or (name == "case.toml" and first != digest):
            faults.append(Fault(str(files.folder / name), None, "a file that " + ("changed" if now else "went away") + " while it was read",
                                "one text of it from the first look to the last", "run the command again"))


def digest_of(path: Path) -> str:
    """Digest of a file as it is now; empty where there is none that can be read."""
    try:
        return manifest.digest(path.read_bytes())
    except OSError:
        return ""


def inspect(path: Path, folder: Path) -> Fault | None:
    """Say why a file of a case cannot be read, before it is opened: a folder, a pipe, a link that leads out, too large.

    Parameters
    ----------
    path, folder : Path
        The file and the case's folder.

    Returns
    -------
    Fault or None
    """
    try:
        inside = path.resolve(strict=False).is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # Python before 3.13 raises the latter
        return Fault(str(path), None, "links that lead round in a circle", "the file itself")
    if not inside:
        return Fault(str(path), None, "a link that leads out of the case's folder", "the file itself")
    if not path.exists():
        return Fault(str(path), None, "no such file", "a readable file")
    if not path.is_file():
        return Fault(str(path), None, "a folder" if path.is_dir() else "no ordinary file", "a file", f"rename or move {path.name}")
    if not path.name.isprintable() or path.name != path.name.encode("utf-8", "replace").decode():
        return Fault(ascii(str(path)), None, "a file name with signs that cannot be shown", "letters, digits and hyphens")
    if path.stat().st_size > MOST_BYTES:
        return Fault(str(path), None, f"{path.stat().st_size:,} bytes", f"at most {MOST_BYTES:,} bytes (512 KiB)")
    if not os.access(path, os.R_OK):
        return Fault(str(path), None, "a file that may not be read", "permission to read it")
    return None


def _list(folder: Path, named: Sequence[str], faults: list[Fault]) -> tuple[list[str], dict[str, str]]:
    """Names of the files of a case, and what else lies in its folder with the reason why it is not read."""
    known = (*SINGLE, CANDIDATES, PROPOSALS, *named)
    names, unread = [name for name in known if name and name == Path(name).name and (folder / name).exists()], {}
    for entry in _entries(folder, faults):
        if entry.name in SUFFIX:
            continue
        near = nearest(entry.name.lower(), SUFFIX).removeprefix("nearest ") if entry.is_dir() else ""
        if near and _mistaken(Path(entry.path)):
            faults.append(Fault(str(folder / entry.name), None, f"a folder '{_show(entry.name)}', which is not read", f"{near}",
                                f"rename it to {near}, or begin its name with a dot"))
        elif entry.name not in names:
            unread[_show(entry.name) + "/" * entry.is_dir()] = "no part of a case"
    for kind, suffix in SUFFIX.items():
        if (folder / kind).exists() and not (folder / kind).is_dir():
            faults.append(Fault(str(folder / kind), None, f"a file named {kind}", f"a folder with {kind}/NAME{suffix}"))
        for entry in _entries(folder / kind, faults) if (folder / kind).is_dir() else ():
            path, name = Path(entry.path), f"{kind}/{entry.name}"
            if entry.name.startswith(LOCK) and not entry.is_dir():
                unread[_show(name)] = "a lock file: a program has the file open, or left it behind"
            elif entry.name.endswith(suffix):
                names.append(name)
            elif _mistaken(path):
                what = f"a folder inside {kind}/, which is not read" if entry.is_dir() else "a file that is not read"
                faults.append(Fault(str(path), None, what, f"{kind}/NAME{suffix}",
                                    f"rename it, or move what it holds to {kind}/, or begin its name with a dot"))
            elif name not in names:
                unread[_show(name) + "/" * entry.is_dir()] = f"no {suffix} file"
    return list(dict.fromkeys(names)), unread


def _entries(folder: Path, faults: list[Fault]) -> Iterator[os.DirEntry[str]]:
    """What lies in a folder, in order of name, without names that begin with a dot."""
    try:
        with os.scandir(folder) as entries:
            listed = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except PermissionError:
        faults.append(Fault(str(folder), None, "permission denied", "a folder that you may read", "see to its permissions"))
        return
    if len(listed) > MOST_FILES:
        faults.append(Fault(str(folder), None, f"{len(listed):,} files and folders", f"at most {MOST_FILES:,}"))
    yield from listed[:MOST_FILES]


def _mistaken(path: Path) -> bool:
    """True where a file, or one inside a folder, was meant to be read by its ending."""
    if path.is_dir() and not path.is_symlink():
        inside = (name for _, _, files in os.walk(path) for name in files if not name.startswith("."))
        return any(name.lower().endswith(MISTAKEN) for name, _ in zip(inside, range(MOST_FILES)))
    return path.name.lower().endswith(MISTAKEN)


def _show(name: str) -> str:
    """A name as it can be printed."""
    return name if name.isprintable() else ascii(name)
