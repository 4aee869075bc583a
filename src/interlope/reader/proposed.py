"""Proposed: the file `proposed.toml` of a case, in which proposals wait for a person.

A proposal is a [[proposal]] with the keys of a [[claim]] as far as the text gives them, and the reader's own: the cue that fired, who says
it, what colours it. A person adds keys of a claim by hand or as options of `interlope confirm`. Reading a document again adds what is
new at the end and leaves every line that is there as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from interlope.errors import Fault
from interlope.reader.filed import read_document, read_proposal
from interlope.toml.table import Table, read

STATUSES = ("proposed", "confirmed", "rejected")
COMMA = "comma-as-thousands"  # a mark: 1,200 was read as English writes it
OF_A_CLAIM = (
    "paraphrase",
    "kind",
    "root",
    "chain",
    "lineage",
    "series",
    "than",
    "event",
    "counted",
    "unit",
    "place",
    "window",
    "baseline",
    "reduce",
    "low",
    "high",
    "said",
    "words",
    "cuts",
    "threshold",
    "chance_if_true",
    "chance_if_false",
    "sd",
    "noise",
    "shift",
    "reference",
    "ascertained",
    "published",
    "of",
    "covers",
    "no_likelihood",
    "why",
    "holdout",
    "flags",
    "grade",
    "note",
    "channels",
    "attributed",
    "distortion",
    "scored_from",
    "view",
)


@dataclass(frozen=True)
class ReadDocument:
    """A document that was read: as in a dossier, with the place and the fingerprint of each of its sentences."""

    id: str
    title: str
    date: date | None
    sha256: str
    characters: int
    sentences: tuple[str, ...]

    @property
    def marks(self) -> tuple[str, ...]:
        """Fingerprints of its sentences."""
        return tuple(text.partition(":")[2] for text in self.sentences)


@dataclass(frozen=True)
class FiledProposal:
    """A proposal as the file holds it: its keys, and the line on which it begins."""

    id: str
    status: str
    document: str
    line: int
    values: Mapping[str, Any]

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes it the same proposal when a document is read again, whatever a person changed in it."""
        return self.document, self.values["span"], self.values["fingerprint"], str(self.values.get("cue", ""))


@dataclass
class ProposalFile:
    """A `proposed.toml`, or an empty one where there is none."""

    text: str = ""
    documents: dict[str, ReadDocument] = field(default_factory=dict)
    proposals: dict[str, FiledProposal] = field(default_factory=dict)

    def waiting(self) -> list[FiledProposal]:
        """Proposals that no person has confirmed or rejected."""
        return [p for p in self.proposals.values() if p.status == "proposed"]


def load(path: Path, faults: list[Fault]) -> ProposalFile:
    """Read a `proposed.toml`; every fault is noted with its line.

    Parameters
    ----------
    path : Path
        The file; it may be missing.
    faults : list[Fault]
        List that faults are added to.

    Returns
    -------
    ProposalFile
    """
    if not path.exists():
        return ProposalFile()
    top = read(path, str(path), faults)
    if top is None:
        return ProposalFile()
    top.integer("format", low=1, high=1)
    result = ProposalFile(path.read_text(encoding="utf-8-sig"))
    for part in top.parts("document"):
        document = ReadDocument(**read_document(part))
        _add(result.documents, document.id, document, part)
    for part in top.parts("proposal"):
        name, status, source = part.name("id"), part.text("status", among=STATUSES), part.text("document")
        length = result.documents[source].characters if source in result.documents else 0
        proposal = FiledProposal(name, status, source, part.line() or 1, read_proposal(part, length))
        if proposal.document and proposal.document not in result.documents:
            part.fault(f"document '{proposal.document}' unknown", "the id of a [[document]] of this file", "document")
        _add(result.proposals, proposal.id, proposal, part)
    top.close()
    return result


def _add(entries: dict[str, Any], name: str, entry: Any, part: Table) -> None:
    if name in entries:
        part.fault(f"id '{name}' is there twice", "an id of its own", "id")
    elif name:
        entries[name] = entry
