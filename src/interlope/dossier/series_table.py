"""Series tables: official figures read from CSV files with a commented header, every fault noted with its file and line."""
from __future__ import annotations

import csv
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from pathlib import Path

from interlope import guard, units
from interlope.dossier.series import Series, Value, span
from interlope.errors import BadInput, Fault, nearest
from interlope.quantities import SERIES, terms

PERIODS = ("day", "month", "year", "range", "stock")
DENSITIES = ("negative-binomial", "lognormal", "poisson", "none")
REDUCES = ("sum", "mean", "last")
MISSING = ("none allowed", "sparse")
COLUMNS = ("period", "value", "low", "high", "published", "note", "source")
NEEDED = ("id", "source", "licence", "definition", "counted", "unit", "period", "series", "missing", "density")
OPTIONAL = ("root", "reduce", "published_lag_days", "scored_from", "scored_to", "why", "share", "rest",
            "dispersion", "sd", "note")
GONE = {"holdout_from": "leave the line out: values not published by as_of are held out"}


def load(folder: str | Path | Iterable[Path], sources: Collection[str] | None = None, roots: Collection[str] | None = None,
         declared: Collection[str] = ()) -> dict[str, Series]:
    """Read every table of a folder.

    Parameters
    ----------
    folder : str, Path or Iterable[Path]
        Where the *.csv lie, or the tables themselves; a folder that is missing holds no series.
    sources, roots : Collection[str] or None, optional
        Ids of the dossier, checked where given.
    declared : Collection[str], optional
        Places and bodies that the case declares.

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
        series = read(path, faults, sources, roots, declared)
        if series is None:
            continue
        if series.id in tables:
            faults.append(Fault(str(path), series.lines.get("id"), f"series id '{series.id}' used twice",
                                "one table per id", f"also in {tables[series.id].file}"))
        tables[series.id] = series
    if faults:
        raise BadInput(faults)
    return tables


def read(path: Path, faults: list[Fault], sources: Collection[str] | None = None,
         roots: Collection[str] | None = None, declared: Collection[str] = ()) -> Series | None:
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
    declared : Collection[str], optional
        Places and bodies that the case declares.

    Returns
    -------
    Series or None
    """
    file = str(path)
    try:
        rows = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        faults.append(Fault(file, None, f"cannot be read ({type(error).__name__})", "a table in UTF-8"))
        return None
    before = len(faults)
    for i, row in enumerate(rows):
        for finding in guard.inspect(row.partition(":")[2] if row.startswith("#") else row, declared):
            faults.append(Fault(file, i + 1, f"'{finding.text}' ({finding.rule})",
                                "no person, contact, hour or precise place", finding.remedy))
    header, lines, first = _header(rows, file, faults)
    _check(header, lines, file, faults, sources, roots)
    if len(faults) > before:
        return None
    lag = _whole(header, "published_lag_days", lines, file, faults)
    values = _values(rows, first, lag, header["period"], file, faults)
    bounds = {}
    for key, end in (("scored_from", False), ("scored_to", True)):
        bounds[key] = None
        if key in header:
            try:
                bounds[key] = span(header[key])[1 if end else 0]
            except ValueError as error:
                faults.append(Fault(file, lines[key], f"{key}: {error}", "a period"))
    sd = None
    if "sd" in header:
        try:
            sd = float(header["sd"])
        except ValueError:
            faults.append(Fault(file, lines["sd"], f"sd '{header['sd']}'", "a number"))
    if header["missing"] == "none allowed":
        _gaps(values, header["period"], file, faults)
    return Series(
        id=header["id"], source=header["source"], root=header.get("root", ""), licence=header["licence"],
        definition=header["definition"], counted=header["counted"], unit=header["unit"], period=header["period"],
        series=header["series"], reduce=header.get("reduce", "last" if header["period"] == "stock" else "sum"),
        density=header["density"], why=header.get("why", ""), missing=header["missing"], published_lag_days=lag,
        scored_from=bounds["scored_from"], scored_to=bounds["scored_to"],
        share=header.get("share", ""), rest=header.get("rest", ""), dispersion=header.get("dispersion", ""), sd=sd,
        note=header.get("note", ""), file=file, values=tuple(values), lines=lines)


def _header(rows: list[str], file: str, faults: list[Fault]) -> tuple[dict[str, str], dict[str, int], int]:
    """Header entries, their lines, and the index of the first row that is not header."""
    header: dict[str, str] = {}
    lines: dict[str, int] = {}
    for i, row in enumerate(rows):
        if not row.startswith("#"):
            return header, lines, i
        key, colon, text = row[1:].partition(":")
        key, text = key.strip(), text.strip()
        known = (*NEEDED, *OPTIONAL)
        if not colon or key not in known:
            faults.append(Fault(file, i + 1, f"header '{key}' unknown", "one of " + ", ".join(known),
                                GONE.get(key, nearest(key, known))))
        elif key in header:
            faults.append(Fault(file, i + 1, f"header '{key}' given twice", "once"))
        else:
            header[key], lines[key] = text, i + 1
    return header, lines, len(rows)


def _check(header: dict[str, str], lines: dict[str, int], file: str, faults: list[Fault],
           sources: Collection[str] | None, roots: Collection[str] | None) -> None:
    for key in NEEDED:
        if not header.get(key):
            faults.append(Fault(file, lines.get(key), f"header '{key}' missing", f"a line '# {key}: ...'"))
    choices: list[tuple[str, Collection[str]]] = [
        ("period", PERIODS), ("density", DENSITIES), ("missing", MISSING), ("reduce", REDUCES)]
    choices += [("source", sources)] if sources is not None else []
    choices += [("root", roots)] if roots is not None else []
    for key, among in choices:
        if header.get(key) and header[key] not in among:
            cause = f"{key} '{header[key]}'" if key in ("source", "root") else ""
            faults.append(Fault(file, lines[key], f"{key} '{header[key]}' unknown", "one of " + ", ".join(among),
                                nearest(header[key], among), cause))
    if header.get("unit"):
        try:
            units.parse(header["unit"])
        except ValueError as error:
            faults.append(Fault(file, lines["unit"], str(error).split(";")[0], str(error).split("expected ")[-1]))
    expression = header.get("series", "none")
    if expression != "none":
        try:
            terms(expression)
        except (KeyError, ValueError, IndexError) as error:
            name = str(error.args[0]) if isinstance(error, KeyError) else expression
            faults.append(Fault(file, lines["series"], f"series '{name}' unknown", "a recorded series",
                                nearest(name, SERIES)))
    elif header.get("density", "none") != "none":
        faults.append(Fault(file, lines.get("density"), f"density '{header['density']}' without a recorded series",
                            "density: none, or a series that the model records"))
    if header.get("density") == "none" and not header.get("why"):
        faults.append(Fault(file, lines.get("density"), "density none without a reason", "a line '# why: ...'"))
    if header.get("density") == "lognormal" and not header.get("sd"):
        faults.append(Fault(file, lines.get("density"), "lognormal without a spread", "a line '# sd: ...'"))
    if header.get("density") == "negative-binomial" and not header.get("dispersion"):
        faults.append(Fault(file, lines.get("density"), "negative-binomial without a dispersion",
                            "a line '# dispersion: ...'"))
    if header.get("density", "none") != "none" and not header.get("root"):
        faults.append(Fault(file, lines.get("density"), "a scored series without a root", "a line '# root: ...'"))
    if header.get("scored_to") and not header.get("note"):
        faults.append(Fault(file, lines["scored_to"], "scored_to without a reason", "a line '# note: ...' that says why later "
                            "values mean something else", "without it, as_of decides which values are fitted"))


def _whole(header: dict[str, str], key: str, lines: dict[str, int], file: str, faults: list[Fault]) -> int:
    text = header.get(key, "0")
    if not text.isdecimal():
        faults.append(Fault(file, lines[key], f"{key} '{text}'", "a whole number of days, not negative"))
        return 0
    return int(text)


def _values(rows: list[str], first: int, lag: int, period: str, file: str, faults: list[Fault]) -> list[Value]:
    body = list(csv.reader(rows[first:]))
    columns = body[0] if body else []
    for name in columns:
        if name not in COLUMNS:
            faults.append(Fault(file, first + 1, f"column '{name}' unknown", "one of " + ", ".join(COLUMNS),
                                nearest(name, COLUMNS)))
    if "period" not in columns or not {"value", "low", "high"} & set(columns):
        faults.append(Fault(file, first + 1, f"columns {', '.join(columns) or 'missing'}", "period and value"))
        return []
    values: list[Value] = []
    for i, cells in enumerate(body[1:]):
        if not cells or not "".join(cells).strip():
            continue
        value = _value(dict(zip(columns, cells, strict=False)), lag, period, file, first + i + 2, faults)
        if value is not None:
            if values and value.start < values[-1].start:
                faults.append(Fault(file, value.line, "period earlier than the one above", "oldest first"))
            values.append(value)
    return values


def _value(row: dict[str, str], lag: int, period: str, file: str, line: int, faults: list[Fault]) -> Value | None:
    try:
        start, end = span(row["period"])
    except ValueError as error:
        faults.append(Fault(file, line, str(error).split(";")[0], "YYYY-MM-DD, YYYY-MM, YYYY or from/to"))
        return None
    one_day = (start, start)
    whole = {"month": span(f"{start:%Y-%m}"), "year": span(f"{start:%Y}"), "day": one_day, "stock": one_day}
    if (start, end) != whole.get(period, (start, end)):
        faults.append(Fault(file, line, f"period '{row['period']}'", f"one {'day' if period == 'stock' else period}"))
    numbers: dict[str, float | None] = {}
    for key in ("value", "low", "high"):
        text = row.get(key, "").strip()
        numbers[key] = None
        if text:
            try:
                numbers[key] = float(text)
            except ValueError:
                faults.append(Fault(file, line, f"{key} '{text}'", "a number"))
                return None
            if not 0 <= float(text) < float("inf"):
                faults.append(Fault(file, line, f"{key} {text}", "a number that is not negative"))
                return None
    low, high = numbers["low"], numbers["high"]
    if low is not None and high is not None and low > high:
        faults.append(Fault(file, line, f"low {low:g} above high {high:g}", "low not above high"))
        return None
    given = [x for x in (low, high) if x is not None]
    value = numbers["value"] if numbers["value"] is not None else sum(given) / len(given) if given else None
    if value is None:
        faults.append(Fault(file, line, "no value", "a value, or low and high"))
        return None
    try:
        text = row.get("published", "").strip()
        published = date.fromisoformat(text) if text else end + timedelta(days=lag)
    except ValueError:
        faults.append(Fault(file, line, f"published '{row['published']}'", "a date such as 2023-10-25"))
        return None
    return Value(start, end, value, low, high, published, row.get("note", ""), row.get("source", ""), line)


def _gaps(values: list[Value], period: str, file: str, faults: list[Fault]) -> None:
    if period == "stock":
        return
    for before, after in zip(values, values[1:], strict=False):
        due = before.end + timedelta(days=1)
        if after.start != due:
            word = {"month": f"{due:%Y-%m}", "year": f"{due:%Y}"}.get(period, due.isoformat())
            actual = f"gap before {after.start}" if after.start > due else f"{after.start} given twice"
            faults.append(Fault(file, after.line, actual, f"{word} (missing: none allowed)"))
