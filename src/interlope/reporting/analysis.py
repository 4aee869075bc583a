"""Analysis: results of a long computation (sensitivity, backtest) in a folder that names its run and is verified when read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Generic, TypeVar

from interlope import manifest
from interlope.errors import BadInput, Fault
from interlope.manifest import files, stored
from interlope.odd.markdown import grid
from interlope.reporting.tables import Table
from interlope.results.record import Record
from interlope.results.run import RunAbout
from interlope.text import printable

FILE = "results.json"
Measures = TypeVar("Measures", bound=Record)
Whole = TypeVar("Whole", bound=Record)


class Stored(Record, Generic[Measures]):
    """The results of a run as they stand in their file."""

    about: RunAbout
    result: Measures


def write(result: Record, about: RunAbout, texts: Mapping[str, str], folder: Path) -> list[str]:
    """Write results.json and further texts by file name into a folder. Returns the names of the files."""
    whole = {"about": about.model_dump(mode="json"), "result": result.model_dump(mode="json")}
    (folder / FILE).write_text(f"{json.dumps(whole, ensure_ascii=False, allow_nan=False)}\n", encoding="utf-8")
    for name, text in texts.items():
        (folder / name).write_text(printable(text, lines=True), encoding="utf-8")
    return sorted([FILE, *texts])


def load(kind: type[Measures], folder: Path, verb: str) -> Measures:
    """Read the results that a verb wrote; see `read`."""
    return read(Stored[kind], folder, verb, lambda whole: whole.about.run_id).result


def read(kind: type[Whole], folder: Path, verb: str, name_run: Callable[[Whole], str]) -> Whole:
    """Read the results of a run as they stand in their file.

    Parameters
    ----------
    kind : type
        The record that the verb stores.
    folder : Path
        A folder that it wrote.
    verb : str
        Its name, for the message.
    name_run : callable
        Gives the name of the run that a record is of.

    Returns
    -------
    Whole

    Raises
    ------
    BadInput
        When the folder holds none, they cannot be read, or a file was changed since.
    """
    path = folder / FILE
    if not files.tell_kind(path):
        raise BadInput([Fault(str(folder), None, f"no {FILE}", f"a folder written by 'interlope {verb}'")])
    about = manifest.read(folder)
    manifest.refuse_changed(about, folder)
    results = stored.parse(kind, stored.read_bytes(path), path)
    if name_run(results) != about.run_id:
        raise stored.OtherRun([Fault(str(path), None, f"results of run {name_run(results)}", f"run {about.run_id} of its manifest")])
    return results


def to_markdown(whole: Table, without: tuple[str, ...] = ()) -> str:
    """A table in Markdown, less the columns of some keys."""
    columns = [i for i, c in enumerate(whole.columns) if c.key not in without]
    rows = [[whole.columns[i].write(row[i]) for i in columns] for row in whole.rows]
    return grid([whole.columns[i].head for i in columns], rows, [j for j, i in enumerate(columns) if whole.columns[i].numeric])
