"""Documents: which of the known documents a text is: the same bytes, the same one saved again, one that shares sentences, or a new one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from interlope.guard import inspect
from interlope.reader import fingerprints
from interlope.reader.proposed import ReadDocument

RELATED = 0.1  # share of a known document's sentences from which on a text is named as related: assumption
LONGEST_ID = 40


class Acquaintance(NamedTuple):
    """What a text has to do with a known document: same, saved again or related; sentences in common, and of how many."""

    document: str
    relation: str
    shared: int
    of: int


def recognise(digest: str, marks: Iterable[str], known: Iterable[ReadDocument]) -> list[Acquaintance]:
    """Known documents that a text is, or shares sentences with, the nearest first.

    Parameters
    ----------
    digest : str
        SHA-256 of the file.
    marks : Iterable[str]
        Fingerprints of its sentences.
    known : Iterable[ReadDocument]
        Documents read before.

    Returns
    -------
    list of Acquaintance
    """
    present, result = set(marks), []
    for document in known:
        share = fingerprints.overlap(document.marks, present)
        shared = sum(mark in present for mark in document.marks)
        relation = (
            "same" if document.sha256 == digest else "saved again" if share >= fingerprints.SAME else "related" if share >= RELATED else ""
        )
        if relation:
            result.append((share + (relation == "same"), Acquaintance(document.id, relation, shared, len(document.marks))))
    return [acquaintance for _, acquaintance in sorted(result, key=lambda pair: -pair[0])]


def name_of(stem: str, digest: str) -> str:
    """An id for a document from its file's name; from its digest where the name could not stand in a case.

    Parameters
    ----------
    stem : str
        Name of the file without its ending.
    digest : str
        SHA-256 of the file.

    Returns
    -------
    str

    Examples
    --------
    >>> name_of("Coast report", "ab12cd34ef"), name_of("\\x1b", "ab12cd34ef")
    ('coast-report', 'document-ab12cd34')
    """
    name = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:LONGEST_ID].strip("-")
    return name if name and name[0].isalpha() and not inspect(name.replace("-", " ")) and not inspect(stem) else f"document-{digest[:8]}"
