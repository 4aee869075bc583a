"""Folder: where a case lies, and what is read of its evidence and texts before a case is put together."""
from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from importlib import resources
from pathlib import Path

from interlope.arguments import read_kind
from interlope.dossier import book as dossier_book
from interlope.dossier import series_table
from interlope.dossier.book import Book
from interlope.dossier.series import Series
from interlope.errors import BadInput, Fault, nearest
from interlope.scenario import figures
from interlope.scenario.inventory import Inventory
from interlope.scenario.specification import CaseSpecification


def names() -> list[str]:
    """Names of the cases that come with the package."""
    return sorted(path.parent.name for path in _shipped().glob("*/case.toml"))


def find(name_or_folder: str | Path) -> Path:
    """The folder of a case given by name or by path.

    Parameters
    ----------
    name_or_folder : str or Path
        Name of a shipped case, or a folder; a Path is always a folder, and of a folder and a shipped case of one name the folder is taken.

    Returns
    -------
    Path

    Raises
    ------
    BadInput
        When there is neither such a shipped case nor such a folder with a case.toml.
    """
    read_kind("case", name_or_folder, (str, os.PathLike), "the name of a shipped case, or a folder")
    folder = Path(name_or_folder)
    if not str(name_or_folder).strip():
        raise BadInput(f"case '{name_or_folder}' has no name; expected a folder with a case.toml or one of {', '.join(names())}")
    if _is(folder / "case.toml", Path.is_file):
        return folder
    if isinstance(name_or_folder, str) and name_or_folder in names():
        return _shipped() / name_or_folder
    if _is_refused(folder / "case.toml"):
        raise BadInput([Fault(str(folder), None, "permission denied", "a case folder that you may read", "see to its permissions")])
    if _is(folder, Path.is_dir):
        raise BadInput([Fault(str(folder), None, "no case.toml", "a case folder", "make one with 'interlope new'")])
    if isinstance(name_or_folder, Path) and str(name_or_folder) in names():
        remedy = "give a shipped case's name as text"
        raise BadInput([Fault(str(name_or_folder), None, "no such folder", "a folder with a case.toml", remedy)])
    raise BadInput([Fault(str(name_or_folder), None, "no such case", "a folder with a case.toml or one of "
                          + ", ".join(names()), nearest(str(name_or_folder), names()))])


def _is(path: Path, what: Callable[[Path], bool]) -> bool:
    """Whether a path is what it should be; names that are too long, or that no file can have, are nothing."""
    try:
        return what(path)
    except (OSError, ValueError):
        return False


def _is_refused(path: Path) -> bool:
    """Whether the system lets nobody of us look at a path."""
    try:
        path.stat()
    except PermissionError:
        return True
    except (OSError, ValueError):
        pass
    return False


def tell_taken(name: str) -> str:
    """Say which case is taken where a folder here and a shipped case have the same name; nothing where there is no doubt."""
    if name not in names() or not (Path(name) / "case.toml").is_file():
        return ""
    return f"Case '{name}': the folder ./{name} is taken, not the shipped case of that name."


def is_shipped(folder: Path) -> bool:
    """Whether a folder is that of a case that comes with the package."""
    return folder.resolve().parent == _shipped().resolve()


def locate(folder: Path) -> str:
    """What names a case in any working folder: the name of a shipped one, else the whole path of its folder; see `find_located`."""
    return folder.name if is_shipped(folder) else str(folder.resolve())


def tell_place(folder: Path) -> str:
    """Say which case was taken: the shipped one of that name, or a folder."""
    return f"the shipped case '{folder.name}'" if is_shipped(folder) else f"the case in {folder}"


def find_located(where: str) -> Path:
    """The folder that `locate` named; a name is that of a shipped case, whatever folder of that name there is here."""
    return Path(where) if Path(where).is_absolute() or where not in names() else _shipped() / where


def read_evidence(files: Inventory, specification: CaseSpecification, faults: list[Fault]) -> tuple[Book | None, dict[str, Series] | None]:
    """Read dossier and series; faults of both are collected.

    Parameters
    ----------
    files : Inventory
        What the case's folder holds.
    specification : CaseSpecification
        What the case file says of time and space.
    faults : list[Fault]
        List that faults are added to.

    Returns
    -------
    tuple[Book or None, dict[str, Series] or None]
        None for what is faulty.
    """
    book, series, folder = None, None, files.folder
    try:
        book = dossier_book.load(folder / "dossier.toml", horizon=(specification.start, specification.end), regions=specification.regions,
                                 burn_in=None if specification.burn_in == date.min else specification.burn_in,
                                 events=specification.named_events)
    except BadInput as error:
        faults.extend(error.faults or [Fault(str(folder / "dossier.toml"), None, str(error), "a dossier")])
    try:
        known = (None, None) if book is None else (book.sources, book.roots)
        tables = series_table.load(files.paths("series"), *known)
        series = figures.bind(tables, specification, faults)
    except BadInput as error:
        faults.extend(error.faults or [Fault(str(folder / "series"), None, str(error), "tables of series")])
    return book, series


def _shipped() -> Path:
    return Path(str(resources.files("interlope"))) / "cases"
