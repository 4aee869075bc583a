"""Importing: how a published table was read, and what was written."""
from __future__ import annotations

from interlope.results.record import Record


class ImportResult(Record):
    """The `result` of `interlope import`: how a published table was read, and the table written.

    Attributes
    ----------
    source, sha256 : str
        The file that was read and its digest.
    rows, figures : int
        Rows of the file below the names of its columns, and figures of the table.
    first_period, last_period : str
        Of the figures.
    left_out : dict
        Rows or cells that became no figure, by reason.
    interpretations : list of str
        How encoding, delimiter, numbers and dates were read.
    first : list of dict
        The first rows of the table.
    map : str
        The map as TOML.
    missing : list of str
        What the map still has to state before the table can be written.
    other_faults : int
        Faults that the case has without the table.
    table, saved_map, next : str
        The files written, empty where none was, and the command that follows.
    """

    source: str
    sha256: str
    rows: int
    figures: int
    first_period: str
    last_period: str
    left_out: dict[str, int]
    interpretations: list[str]
    first: list[dict[str, str]]
    map: str
    missing: list[str]
    other_faults: int
    table: str = ""
    saved_map: str = ""
    next: str = ""
