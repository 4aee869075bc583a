"""Check: how much of everything a case without faults holds."""

from __future__ import annotations

from interlope.results.record import Record
from interlope.results.weighing import DroppedEvidence


class TableCounts(Record):
    """Figures of one official table: `read`, of them `fitted`, `held_out` and only `displayed`; how many others are left out, by reason."""

    id: str
    read: int
    fitted: int
    held_out: int
    displayed: int
    left_out: dict[str, int]


class CheckResult(Record):
    """The `result` of `interlope check`: how much of everything a case without faults holds.

    Attributes
    ----------
    read : list of str
        Every file that the case is read from, below its folder.
    unread : dict
        Files and folders beside them that are not read, and why.
    documents : dict
        Verified spans by document.
    resaved : dict
        Documents of which the copy at hand was saved again, and how it was known.
    candidates, proposals : int
        Entries of evidence.toml: what could be sought; what the reader proposed and waits for a person.
    analysts : list of str
        Who judges the evidence otherwise than the case, in analysts/.
    left_out : list of DroppedEvidence
        Claims and figures that cannot be weighed as known on the case's day, and why.
    tables : list of TableCounts
        What becomes of the figures of each official table, as known on the case's day.
    cautions : list of str
        What is no fault and keeps the case from being answered: one explanation alone, options that change nothing.
    inherited, forcing : list of str
        Numbers that belong to a border and are the default's, not the case's; known factors on tries.
    """

    folder: str
    files: int
    claims: int
    roots: int
    series: int
    explanations: list[str]
    options: list[str]
    candidates: int = 0
    analysts: list[str] = []
    documents: dict[str, int]
    resaved: dict[str, str] = {}
    proposals: int = 0
    silences: int = 0
    read: list[str] = []
    unread: dict[str, str] = {}
    left_out: list[DroppedEvidence] = []
    tables: list[TableCounts] = []
    cautions: list[str] = []
    inherited: list[str] = []
    forcing: list[str] = []
