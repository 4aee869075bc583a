"""Place: a converted table is put into a case's series/ where it breaks nothing, and nothing is ever written over."""
from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from interlope.dossier import series_table
from interlope.dossier.series_header import NEEDED
from interlope.errors import BadInput, Fault
from interlope.importing.convert import Converted
from interlope.importing.mapping import HEADER, ColumnMap
from interlope.scenario import inventory
from interlope.scenario.case import load
from interlope.scenario.folder import find, is_shipped
from interlope.scenario.sections import read_specification
from interlope.toml.table import NAME_RULE, is_name, read


def find_target(case: str, mapping: ColumnMap) -> Path:
    """The file that a table of this map goes to, in a case of one's own; nothing is made.

    Parameters
    ----------
    case : str
        Folder of a case.
    mapping : ColumnMap
        Whose header names the table.

    Raises
    ------
    BadInput
        When it is no folder of a case, comes with the package, or has such a file.
    """
    folder = find(case)
    if is_shipped(folder):
        raise BadInput([Fault(case, None, "a case that comes with the package", "a case of one's own", "make one with 'interlope new'")])
    name = mapping.header.get("id", "")
    if not is_name(name):
        raise BadInput([mapping.fault("header.id", f"header.id = '{name}'", NAME_RULE)])
    target = folder / "series" / f"{name}.csv"
    if not target.parent.resolve().is_relative_to(folder.resolve()) or target.parent.exists() and not target.parent.is_dir():
        raise BadInput([Fault(str(target.parent), None, "no folder of the case itself", "a folder series/ inside the case")])
    if os.path.lexists(target):
        raise BadInput([Fault(str(target), None, "a file that is there already", "a new one: nothing is written over",
                              "state another header.id, or move the old table away")])
    return target


def check_table(converted: Converted, mapping: ColumnMap, file: str) -> list[Fault]:
    """Faults of a table by itself, as `check` would find them, each at the line of the file or key of the map that it comes from.

    Parameters
    ----------
    converted : Converted
        The table.
    mapping : ColumnMap
        Its map.
    file : str
        The file it was read from.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_text(converted.text, encoding="utf-8")
        faults: list[Fault] = []
        series_table.read(path, faults)
        return [_trace(fault, converted, mapping, file) for fault in faults]


def check_in_case(target: Path, converted: Converted, mapping: ColumnMap, file: str) -> int:
    """Read a copy of the case with the table in it, and refuse what faults it adds.

    Parameters
    ----------
    target : Path
        Where the table will lie; nothing is written there.
    converted : Converted
        The table.
    mapping : ColumnMap
        Its map.
    file : str
        The file it was read from.

    Returns
    -------
    int
        Number of faults that the case has without the table.

    Raises
    ------
    BadInput
        With the faults that the table adds.
    """
    folder = target.parent.parent.resolve()
    with tempfile.TemporaryDirectory() as outer:
        copy = Path(outer) / folder.name
        _copy(folder, copy)
        before = _faults(copy)
        path = copy / "series" / target.name
        path.parent.mkdir(exist_ok=True)
        path.write_text(converted.text, encoding="utf-8")
        new = list((Counter(_faults(copy)) - Counter(before)).elements())
        added = [_trace(fault, converted, mapping, file) if fault.file == str(path) else
                 replace(fault, file=fault.file.replace(str(copy), str(target.parent.parent))) for fault in new]
    if added:
        raise BadInput([fault for fault in added if fault.file in {file, *(e.file for e in mapping.entries.values())}] or added)
    return len(before)


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet; its folder is made where that lacks.

    Raises
    ------
    BadInput
        When there is such a file, or it cannot be written.
    """
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise BadInput([Fault(str(path), None, "a file that is there already", "a new one: nothing is written over")]) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise BadInput([Fault(str(path), None, f"cannot be written ({why})", "a place that can be written")]) from None


def list_missing(mapping: ColumnMap) -> list[str]:
    """Keys of the header that a table needs and the map does not state."""
    return [f"header.{key}" for key in NEEDED if key not in mapping.header]


def _copy(folder: Path, copy: Path) -> None:
    """The files that a case is read from."""
    table = read(folder / "case.toml", str(folder / "case.toml"), [])
    named: Sequence[str] = () if table is None else read_specification(table, folder.name)[0].tables
    copy.mkdir()
    for name in inventory.take(folder, named, []).every:
        (copy / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(folder / name, copy / name)


def _faults(folder: Path) -> list[Fault]:
    """Every fault of a case."""
    try:
        load(folder)
    except BadInput as error:
        return list(error.faults)
    return []


def _trace(fault: Fault, converted: Converted, mapping: ColumnMap, file: str) -> Fault:
    """A fault of the table at the place that it comes from: a line of the file, or a key of the map."""
    line = fault.line or 0
    if line > converted.header_lines and line - converted.header_lines <= len(converted.figures):
        return replace(fault, file=file, line=converted.figures[line - converted.header_lines - 1].line)
    keys = [key for key in HEADER if key in mapping.header]
    key = keys[line - 1] if 0 < line <= len(keys) and "missing" not in fault.actual else ""
    entry = mapping.entries.get(f"header.{key}") if key else None
    if entry is not None:
        return replace(fault, file=entry.file, line=entry.line)
    first = next(iter(mapping.entries.values()), None)
    return replace(fault, file=first.file if first else file, line=None)
