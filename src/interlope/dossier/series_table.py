"""Series tables: official figures read from CSV files with a commented header, every fault noted with its file and line."""
from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from interlope.dossier.series import Series, Value
from interlope.dossier.series_header import Header, read_header
from interlope.dossier.series_lines import read_lines
from interlope.dossier.series_rows import read_rows
from interlope.errors import BadInput, Fault
from interlope.toml.names import ALIKE, find_alike


def load(folder: str | Path | Iterable[Path], sources: Collection[str] | None = None, roots: Collection[str] | None = None
         ) -> dict[str, Series]:
    """Read every table of a folder.

    Parameters
    ----------
    folder : str, Path or Iterable[Path]
        Where the *.csv lie, or the tables themselves; a folder that is missing holds no series.
    sources, roots : Collection[str] or None, optional
        Ids of the dossier, checked where given.

    Returns
    -------
    dict of series id -> Series
        In the order of file names.

    Raises
    ------
    BadInput
        With every fault of every table.
    """
    tables: dict[str, Series] = {}
    faults: list[Fault] = []
    for path in sorted(Path(folder).glob("[!.]*.csv")) if isinstance(folder, str | Path) else folder:
        series = read(path, faults, sources, roots)
        if series is None:
            continue
        if series.id in tables:
            faults.append(Fault(str(path), series.lines.get("id"), f"series id '{series.id}' used twice",
                                "one table per id", f"also in {tables[series.id].file}"))
        elif alike := find_alike(series.id, tables):
            faults.append(Fault(str(path), series.lines.get("id"), f"series id '{series.id}', spelled like '{alike}'", ALIKE,
                                f"rename one of the two; the other is in {tables[alike].file}"))
        tables[series.id] = series
    if faults:
        raise BadInput(faults)
    return tables


def read(path: Path, faults: list[Fault], sources: Collection[str] | None = None,
         roots: Collection[str] | None = None) -> Series | None:
    """Read one table; faults are added to the list, and a table that cannot be read at all gives None.

    Parameters
    ----------
    path : Path
        The file.
    faults : list[Fault]
        List that faults are added to.
    sources : Collection[str] or None, optional
        Ids that a source may be; not checked when None.
    roots : Collection[str] or None, optional
        Ids of the roots of the dossier; not checked when None.

    Returns
    -------
    Series or None
    """
    file = str(path)
    lines = read_lines(path, faults)
    if lines is None:
        return None
    header, below = read_header(lines, file, faults, sources, roots)
    if not header.usable:
        return None
    return _series(header, file, tuple(read_rows(lines, below, header, file, faults, sources)))


def _series(header: Header, file: str, values: tuple[Value, ...]) -> Series:
    get = header.get
    return Series(
        id=get("id"), source=get("source"), root=get("root"), licence=get("licence"), definition=get("definition"), counted=get("counted"),
        unit=get("unit"), period=get("period"), series=get("series"), reduce=header.reduce, density=get("density"), why=get("why"),
        missing=get("missing"), published_lag_days=header.lag, scored_from=header.scored_from, scored_to=header.scored_to,
        share=get("share"), rest=get("rest"), dispersion=get("dispersion"), sd=header.sd, note=get("note"), file=file, values=values,
        lines=header.line)
