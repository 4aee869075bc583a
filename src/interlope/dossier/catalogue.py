"""Catalogue: kinds of claim and letters of sources as records, for command line and documentation."""

from __future__ import annotations

import importlib

from interlope.dossier.kinds import REGISTRY
from interlope.dossier.source import DISTORTION, LETTERS, WEIGHTS
from interlope.results.reference import KindRow, LetterRow


def list_kinds() -> list[KindRow]:
    """List every kind of claim: what it says, whether it is weighed, and what a claim of it states.

    Examples
    --------
    >>> [k.kind for k in list_kinds() if not k.weighed]
    ['forecast', 'meta', 'normative', 'restatement']
    """
    rows = []
    for name, kind in REGISTRY.items():
        summary = (importlib.import_module(f"interlope.dossier.kinds.{name}").__doc__ or "").strip().splitlines()[0]
        meaning = summary.partition(": ")[2]
        rows.append(KindRow(kind=name, meaning=meaning, weighed=kind.CARRIES, why=kind.WHY, needs=list(kind.NEEDS),
                            may=list(getattr(kind, "MAY", ())), words=list(getattr(kind, "WORDS", ()))))
    return rows


def list_letters() -> list[LetterRow]:
    """List the letters of sources as numbers: expected chances of the three states, and a relay's chance to distort.

    Examples
    --------
    >>> [(row.letter, row.faithful, row.distortion) for row in list_letters()][2]
    ('C', 0.6, 0.1)
    """
    rows = []
    for letter in LETTERS:
        weight = sum(WEIGHTS[letter])
        faithful, slanted, uninformative = (part / weight for part in WEIGHTS[letter])
        rows.append(LetterRow(letter=letter, faithful=faithful, slanted=slanted, uninformative=uninformative, weight=weight,
                              distortion=DISTORTION[letter]))
    return rows
