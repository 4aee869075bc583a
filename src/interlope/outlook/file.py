"""File: a forecast as JSON, with its quantiles as CSV beside it, and read again only as it was written."""
from __future__ import annotations

import csv
import io
import shlex
from pathlib import Path

from interlope.errors import BadInput, Fault
from interlope.manifest import files, stored
from interlope.outlook.ahead import compute_digest
from interlope.results.outlook import Forecast
from interlope.storage import disk


def find_places(path: Path) -> tuple[Path, Path]:
    """The JSON and the CSV file that a forecast of that name consists of.

    >>> [p.name for p in find_places(Path("spring.csv"))]
    ['spring.json', 'spring.csv']
    """
    stem = path.with_suffix("") if path.suffix in (".json", ".csv") else path
    return stem.parent / f"{stem.name}.json", stem.parent / f"{stem.name}.csv"  # a name may be empty: ".", "/"


def refuse_present(path: Path) -> None:
    """Refuse a name under which a file lies already: a forecast that could be rewritten after the event would prove nothing.

    Raises
    ------
    BadInput
        When one of the two files is there.
    """
    present = [p for p in find_places(path) if files.tell_kind(p)]
    if present:
        raise BadInput([Fault(str(p), None, "is there already", "a new name: a forecast is never written over",
                              "choose another --out, or move that file away") for p in present])


def refuse_swapped(path: Path, table: Path) -> None:
    """Refuse the table of what came where the forecast belongs, and the forecast where the table does.

    Raises
    ------
    BadInput
        When the first is no forecast and the second is one, or both are the same forecast.
    """
    first, second = (find_places(p)[0] for p in (path, table))
    same = first == second and files.tell_kind(first) == "a file"
    if same or files.tell_kind(second) == "a file" and files.tell_kind(first) != "a file":
        order = "the forecast after --score, and then the table of what came"
        actual = "is the forecast itself, not what came" if same else f"is a forecast, and {path} is none"
        raise BadInput([Fault(str(table), None, actual, order,
                              shlex.join(["interlope", "forecast", "--score", str(second), "ACTUALS.csv" if same else str(path)]))])


def write(forecast: Forecast, path: Path) -> list[Path]:
    """Write a forecast: everything as JSON, its quantiles as CSV.

    Parameters
    ----------
    forecast : Forecast
        The forecast.
    path : Path
        Name of one of the two files, or of both without an ending; its folder is made at need.

    Returns
    -------
    list of Path
        The JSON file and the CSV file.

    Raises
    ------
    BadInput
        When one of them is there already.
    """
    refuse_present(path)
    whole, table = find_places(path)
    whole.parent.mkdir(parents=True, exist_ok=True)
    disk.replace(whole, (forecast.model_dump_json(indent=1) + "\n").encode())
    disk.replace(table, write_table(forecast).encode())
    return [whole, table]


def write_table(forecast: Forecast) -> str:
    """The quantiles as CSV text: a row for each table, period and explanation, and for their mixture."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    levels = [f"q{round(100 * level):02d}" for level in forecast.levels]
    writer.writerow(["series", "period", "lead", "explanation", *levels, "unit", "as_of", "written", "model_digest"])
    units = {s.id: s.unit for s in forecast.series}
    for f in forecast.figures:
        writer.writerow([f.series, f.period, f.lead, f.explanation, *f.quantiles, units[f.series], forecast.as_of, forecast.written,
                         forecast.model_digest])
    return out.getvalue()


def read(path: Path) -> Forecast:
    """Read a forecast.

    Parameters
    ----------
    path : Path
        Its JSON file, or the CSV file beside it.

    Returns
    -------
    Forecast

    Raises
    ------
    BadInput
        When there is none, it cannot be read, or it was changed since it was written.
    """
    whole = find_places(path)[0]
    if not files.tell_kind(whole):
        raise BadInput([Fault(str(whole), None, "no such file", "a forecast written by 'interlope forecast'")])
    result = stored.parse(Forecast, stored.read_bytes(whole), whole)
    if compute_digest(result) != result.digest:
        raise BadInput([Fault(str(whole), None, "changed since it was written", stored.AS_WRITTEN,
                              "score the file as it was written: a forecast that was touched afterwards proves nothing")])
    return result
