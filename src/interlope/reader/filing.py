"""Filing: proposals added at the end of a `proposed.toml`, and the status of one changed; no other line is touched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from interlope.reader.proposal import Proposal
from interlope.reader.proposed import COMMA, FiledProposal, ProposalFile, ReadDocument
from interlope.reader.series import suggest
from interlope.toml.writing import Value, write_entry, write_value

HEAD = """# What the reader proposes, by rules. Nothing here is evidence: it becomes a claim of dossier.toml when a person confirms it.
#   interlope confirm CASE ID --root ROOT        add what is missing here, as keys of a claim, or as options
# status: proposed, confirmed or rejected. Reading again adds new proposals and changes no line that is here.
format = 1
"""


def extend(file: ProposalFile, document: ReadDocument, proposals: Sequence[Proposal]) -> tuple[str, list[str], dict[int, str]]:
    """The text of the file with a document and those of its proposals that are not there yet.

    Parameters
    ----------
    file : ProposalFile
        The file as it is.
    document : ReadDocument
        What was read; added where the file does not hold it.
    proposals : Sequence[Proposal]
        What it seems to claim.

    Returns
    -------
    text : str
        Equal to the file's where nothing is new.
    added : list of str
        Ids of the new proposals.
    ids : dict of int to str
        The id of each proposal, by its place among `proposals`.
    """
    known = {p.key: p.id for p in file.proposals.values()}
    number = 1 + max((_number(p.id, document.id) for p in file.proposals.values()), default=0)
    parts = [file.text or HEAD]
    if document.id not in file.documents:
        parts.append(write_entry("document", _of_document(document)))
    added: list[str] = []
    ids: dict[int, str] = {}
    for i, proposal in enumerate(proposals):
        key = (document.id, (proposal.start, proposal.end), proposal.mark, proposal.cue)
        if key not in known:
            known[key] = f"{document.id}-{number:03d}"
            added.append(known[key])
            parts.append(write_entry("proposal", _of_proposal(known[key], document.id, proposal)))
            number += 1
        ids[i] = known[key]
    return file.text if len(parts) == 1 else "\n".join(part.rstrip("\n") + "\n" for part in parts), added, ids


def set_status(text: str, proposal: FiledProposal, status: str, claim: str = "") -> str:
    """The text of the file in which one proposal has another status; no other line is touched.

    Parameters
    ----------
    text : str
        The file.
    proposal : FiledProposal
        Of the file as it is.
    status : str
        One of `STATUSES`.
    claim : str
        Id of the claim that it became; not written where empty.

    Returns
    -------
    str
    """
    lines = text.split("\n")
    for i in range(proposal.line - 1, len(lines)):
        if i > proposal.line and lines[i].startswith("[["):
            break
        if re.match(r"\s*status\s*=", lines[i]):
            lines[i] = f"status = {write_value(status)}" + (f"\nclaim = {write_value(claim)}" if claim else "")
            break
    return "\n".join(lines)


def _number(name: str, document: str) -> int:
    """The number of a proposal's id; 0 of another document's."""
    rest = name.removeprefix(f"{document}-")
    return int(rest) if rest != name and rest.isdecimal() and len(rest) < 7 else 0


def _of_document(document: ReadDocument) -> Iterator[tuple[str, Value]]:
    yield "id", document.id
    if document.title:
        yield "title", document.title
    if document.date:
        yield "date", document.date
    yield "sha256", document.sha256
    yield "characters", document.characters
    yield "sentences", document.sentences


def _of_proposal(name: str, document: str, p: Proposal) -> Iterator[tuple[str, Value]]:
    """Keys of a new proposal; what the text does not give is left out."""
    q = p.quantity
    texts: list[tuple[str, Value]] = [
        ("id", name),
        ("status", "proposed"),
        ("document", document),
        ("span", (p.start, p.end)),
        ("fingerprint", p.mark),
        ("kind", p.kind),
        ("cue", p.cue),
        ("said", p.stated),
        ("hedge", q.hedge if q else ""),
        ("counted", tell_counted(p)),
        ("event", q.event if q else ""),
        ("unit", q.unit if q else ""),
        ("per", q.per if q else ""),
        ("lineage", "stated" if p.lineage == "stated" else p.lineage),
        ("speakers", tell_speakers(p)),
        ("about", p.about),
        ("marks", list_marks(p)),
        ("loaded", p.loaded),
        ("also", p.also),
        ("interpretations", p.interpretations),
        ("could_be", suggest(p)),
    ]
    for key, value in texts:
        if value not in ("", (), []):
            yield key, value
        if key == "cue":
            yield from ((end, round(number, 10)) for end, number in (("low", p.low), ("high", p.high)) if number is not None)


def tell_counted(p: Proposal) -> str:
    """What is counted and what happened to it: persons arrested."""
    q = p.quantity
    return "" if q is None else " ".join(word for word in (q.counted, q.event if q.event and q.counted == "persons" else "") if word)


def tell_speakers(p: Proposal) -> list[str]:
    """The chain from outside to inside, each as role (manner)."""
    return [f"{s.role} ({s.manner})" for s in p.chain]


def list_marks(p: Proposal) -> list[str]:
    """What colours a proposal, in words: negated, hedged, quoted, counted as the number before."""
    flags = (
        ("negated", p.negated),
        ("hedged", p.hedged),
        ("quoted", p.quoted),
        ("counted-as-before", p.quantity is not None and p.quantity.carried),
        ("no-number-given", p.quantity is not None and p.quantity.hedge == "vague"),
        (COMMA, p.quantity is not None and p.quantity.decimals is not None),
        ("loaded-label", bool(p.loaded)),
        ("to-be-decided", bool(p.interpretations)),
    )
    return [name for name, holds in flags if holds]
