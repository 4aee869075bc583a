"""Fields: every entry that the files of a case may have, with what is expected and what it means; and names of recorded series."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from interlope.quantities import QUANTITIES
from interlope.results.reference import FieldRow, SeriesRow
from interlope.wording import NEUTRAL, Words, fill

PATH = Path(__file__).with_name("fields.csv")
HEADERS = Path(__file__).with_name("headers.csv")
COLUMNS = ("file", "table", "key", "value", "required", "default", "meaning")


@cache
def list_fields() -> tuple[FieldRow, ...]:
    """List the fields of a case's TOML files.

    Returns
    -------
    tuple of FieldRow
        By file, table and key. What the code asks for while it reads is compared with this list by a test.

    Examples
    --------
    >>> [row.key for row in list_fields() if row.table == "decision"]
    ['start', 'days', 'today']
    """
    return _read(PATH)


@cache
def list_headers() -> tuple[FieldRow, ...]:
    """List the keys of the header of a table in series/, and the densities that its figures may have.

    Returns
    -------
    tuple of FieldRow
        `table` is "header" for a key and "density" for a density. A test compares them with those that the code reads.

    Examples
    --------
    >>> [row.key for row in list_headers() if row.table == "density"]
    ['negative-binomial', 'poisson', 'lognormal', 'none']
    """
    return _read(HEADERS)


def list_series(words: Words = NEUTRAL) -> tuple[SeriesRow, ...]:
    """List the recorded series, which claims, tables and predictions name.

    Parameters
    ----------
    words : Mapping[str, str], optional
        Words of a case, which fill the definitions.

    Returns
    -------
    tuple of SeriesRow

    Examples
    --------
    >>> [row.series for row in list_series() if row.series.startswith("price")]
    ['price_mean', 'price_p95', 'price_quoted']
    """
    return tuple(SeriesRow(series=q.name, unit=q.unit, definition=fill(q.definition, words)) for q in QUANTITIES.values())


def _read(path: Path) -> tuple[FieldRow, ...]:
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(FieldRow.model_validate(row) for row in csv.DictReader(stream))
