"""Folder: where a case lies, which files it has, and what is read of them before a case is put together."""
from __future__ import annotations

import hashlib
from dataclasses import replace
from importlib import resources
from pathlib import Path

from interlope import guard
from interlope.dossier import book as dossier_book
from interlope.dossier import series_table
from interlope.dossier.book import Book
from interlope.dossier.series import Series
from interlope.errors import BadInput, Fault, nearest
from interlope.scenario.specification import CaseSpecification
from interlope.toml.table import read

FILES = ("*.toml", "*.csv", "*/*.toml", "series/*.csv")  # of a case, below its folder


def names() -> list[str]:
    """Names of the cases that come with the package."""
    return sorted(path.parent.name for path in _shipped().glob("*/case.toml"))


def find(name_or_folder: str | Path) -> Path:
    """The folder of a case given by name or by path.

    Parameters
    ----------
    name_or_folder : str or Path
        Name of a shipped case, or a folder.

    Returns
    -------
    Path

    Raises
    ------
    BadInput
        When there is neither such a shipped case nor such a folder with a case.toml.
    """
    folder = Path(name_or_folder)
    if (folder / "case.toml").is_file():
        return folder
    shipped = _shipped() / str(name_or_folder)
    if str(name_or_folder) in names():
        return shipped
    if folder.is_dir():
        raise BadInput([Fault(str(folder), None, "no case.toml", "a case folder", "make one with 'interlope new'")])
    raise BadInput([Fault(str(name_or_folder), None, "no such case", "a folder with a case.toml or one of "
                          + ", ".join(names()), nearest(str(name_or_folder), names()))])


def list_files(folder: Path) -> list[Path]:
    """Every file that belongs to a case, in order of name: what is read, digested and recorded as its input.

    Parameters
    ----------
    folder : Path
        Of the case.

    Returns
    -------
    list of Path
        Files below the folder.
    """
    paths = {p for pattern in FILES for p in folder.glob(pattern) if p.is_file()}
    return sorted(paths, key=lambda p: p.relative_to(folder).as_posix())


def digest(folder: Path) -> str:
    """sha256 over the names and bytes of every file that belongs to a case."""
    total = hashlib.sha256()
    for path in list_files(folder):
        content = path.read_bytes()
        total.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def read_evidence(folder: Path, specification: CaseSpecification, faults: list[Fault]) -> tuple[Book | None, dict[str, Series]]:
    """Read dossier and series; faults of both are collected.

    Parameters
    ----------
    folder : Path
        The folder.
    specification : CaseSpecification
        What the case file says of time and space.
    faults : list[Fault]
        List that faults are added to.

    Returns
    -------
    tuple[Book or None, dict[str, Series]]
    """
    book, series = None, {}
    try:
        book = dossier_book.load(folder / "dossier.toml", horizon=(specification.start, specification.end), regions=specification.regions,
                                 bodies=specification.bodies)
    except BadInput as error:
        faults.extend(error.faults or [Fault(str(folder / "dossier.toml"), None, str(error), "a dossier")])
    try:
        known = (None, None) if book is None else (book.sources, book.roots)
        series = dict(series_table.load(folder / "series", *known, {*specification.regions, *specification.bodies}))
    except BadInput as error:
        faults.extend(error.faults or [Fault(str(folder / "series"), None, str(error), "tables of series")])
    return book, series


def list_toml(folder: Path, kind: str, faults: list[Fault]) -> list[Path]:
    """TOML files of one kind in order of name; none at all is a fault.

    Parameters
    ----------
    folder : Path
        The folder.
    kind : str
        "hypotheses" or "options".
    faults : list[Fault]
        List that faults are added to.

    Returns
    -------
    list[Path]
    """
    paths = sorted((folder / kind).glob("*.toml"))
    if not paths:
        faults.append(Fault(str(folder / kind), None, "no TOML file", f"at least one file in {kind}/"))
    return paths


def stems(folder: Path, kind: str) -> list[str]:
    """Names of the files of one kind, in order: the names that they must state.

    Parameters
    ----------
    folder : Path
        The folder.
    kind : str
        "hypotheses" or "options".

    Returns
    -------
    list[str]
    """
    return [path.stem for path in sorted((folder / kind).glob("*.toml"))]


def inspect_texts(folder: Path, declared: set[str], faults: list[Fault]) -> None:
    """Refuse texts that could point to persons or places.

    Parameters
    ----------
    folder : Path
        The folder.
    declared : set[str]
        Places and bodies that the case declares.
    faults : list[Fault]
        List that faults are added to.
    """
    for path in [p for pattern in ("case.toml", "hypotheses/*.toml", "options/*.toml")
                 for p in sorted(folder.glob(pattern))]:
        silent: list[Fault] = []
        table = read(path, str(path), silent)
        if table is not None:
            for fault in guard.faults(table.tree, declared):
                faults.append(replace(fault, file=str(path)))


def _shipped() -> Path:
    return Path(str(resources.files("interlope"))) / "cases"
