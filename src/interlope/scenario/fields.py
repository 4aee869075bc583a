"""Fields: every entry that the TOML files of a case may have, with what is expected of it and what it means."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from interlope.results.reference import FieldRow

PATH = Path(__file__).with_name("fields.csv")
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
    with PATH.open(encoding="utf-8", newline="") as stream:
        return tuple(FieldRow.model_validate(row) for row in csv.DictReader(stream))
