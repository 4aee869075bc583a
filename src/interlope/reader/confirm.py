"""Confirm: a proposal becomes a claim of the dossier, once nothing that its kind needs is missing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from interlope.dossier.book import Book
from interlope.dossier.entry import STATED
from interlope.dossier.kinds import REGISTRY
from interlope.errors import BadInput, Fault, list_nearest, nearest
from interlope.reader.lexicon import read
from interlope.reader.paraphrase import tell_number
from interlope.reader.proposed import COMMA, OF_A_CLAIM, FiledProposal, ProposalFile, ReadDocument
from interlope.reader.roots import NewRoot, list_unknown, write_root
from interlope.text import LONGEST
from interlope.toml.writing import Value, write_entry

VALUE = "value"  # stands for both bounds
HINTS = {
    "kind": f"--kind, one of {', '.join(STATED)}",
    "root": "--root, the observation that it comes from",
    "paraphrase": "--paraphrase, what is claimed in your own words",
    "series": "--set series=..., the recorded series that it speaks of",
    "window": '--set "window=[2030-01-01, 2030-01-31]", the days that it speaks of',
    "baseline": '--set "baseline=[2029-01-01, 2029-01-31]", the earlier days that it counts a change from',
    "than": "--set than=..., the recorded series that it compares with",
    "event": "--set event=..., the [[event]], [[measure]] or [[forcing]] that it speaks of the effect of",
    "reduce": "--set reduce=..., how those days become one number (sum, mean, max, last, any)",
    "unit": "--set unit=..., as in persons/day",
    "date": "--date, the day on which the document was published",
    "of": "--set of=..., the claim that it repeats",
}
OWN = "event"  # what the reader says happened, such as an arrest; what a claim says the effect of, a person states

TYPES: tuple[tuple[tuple[str, ...], Callable[[Any], bool], str], ...] = (
    (
        ("kind", "root", "paraphrase", "lineage", "series", "than", "event", "unit", "counted", "no_likelihood", "why", "of"),
        lambda v: isinstance(v, str),
        "a text",
    ),
    (("low", "high"), lambda v: isinstance(v, int | float) and not isinstance(v, bool) and math.isfinite(v), "a number"),
    (("chain", "words"), lambda v: isinstance(v, list | tuple) and all(isinstance(item, str) for item in v), "a list of texts"),
)


@dataclass(frozen=True)
class Confirmed:
    """What confirming one proposal adds: the claim's id, the text for the dossier, and what was assumed for it."""

    claim: str
    text: str
    assumed: tuple[str, ...]


def confirm(proposal: FiledProposal, changes: Mapping[str, Any], file: ProposalFile, book: Book, claim: str, new: NewRoot) -> Confirmed:
    """Turn a proposal into a claim.

    Parameters
    ----------
    proposal : FiledProposal
        The proposal as it is filed.
    changes : Mapping[str, Any]
        Keys of a claim that a person states now; they go before those of the file. `date` and `title` are the document's.
    file : ProposalFile
        The file that holds it.
    book : Book
        The dossier as it is.
    claim : str
        Id of the claim.
    new : NewRoot
        Of a root that the dossier does not have.

    Returns
    -------
    Confirmed

    Raises
    ------
    BadInput
        With everything that is missing or unknown, each with what to write.
    """
    values = {key: proposal.values[key] for key in OF_A_CLAIM if key in proposal.values and key != OWN} | {
        k: v for k, v in changes.items() if k in OF_A_CLAIM
    }
    values |= _decide(changes, proposal)
    _check_types(values, proposal)
    document = file.documents[proposal.document]
    paraphrase = values.get("paraphrase") or tell_number(dict(proposal.values) | _per(changes) | values)
    if paraphrase:
        values["paraphrase"] = paraphrase
    values, assumed = _complete(values, changes)
    if COMMA in proposal.values.get("marks", ()) and not _is_decided(changes, proposal):
        assumed.append("a comma with three digits behind it read as a mark of thousands (--set value=... says otherwise)")
    day = changes.get("date") or document.date or (book.documents[document.id].date if document.id in book.documents else None)
    faults = [*_lacking(values, proposal, day), *list_unknown(values, book, new)]
    interpretations = proposal.values.get("interpretations")
    if interpretations and not _is_decided(changes, proposal):
        among = " or ".join(map(str, interpretations))
        faults.append(f"its number is {among}: a person has to decide; expected --set value=..., --set low=... and --set high=..., "
                      f"or{' --kind, or' if proposal.values.get('cue') == 'change' else ''} the proposal without its 'interpretations'")
    if claim in book.claims:
        faults.append(f"id '{claim}' is a claim of the dossier already; expected --as with another id")
    if faults:
        where = f"proposal '{proposal.id}'"
        raise BadInput(
            [
                Fault("proposed.toml", proposal.line, f"{where}: {actual}", expected)
                for actual, _, expected in (f.partition("; expected ") for f in faults)
            ]
        )
    parts = [*write_root(values, book, new), *_document(document, book, day, str(changes.get("title") or document.title))]
    return Confirmed(claim, "\n".join([*parts, write_entry("claim", _claim(claim, proposal, values))]), tuple(assumed))


def _per(changes: Mapping[str, Any]) -> dict[str, str]:
    """What a number is per where a person states its unit, as in persons/week; nothing where the unit is that of the proposal."""
    return {"per": changes["unit"].partition("/")[2].strip()} if isinstance(changes.get("unit"), str) else {}


def _decide(changes: Mapping[str, Any], proposal: FiledProposal) -> dict[str, Any]:
    """Bounds where a person states one value for those that a proposal has."""
    if VALUE not in changes:
        return {}
    ends = [end for end in ("low", "high") if end in proposal.values] or ["low", "high"]
    return {end: changes[VALUE] for end in ends if end not in changes}


def _is_decided(changes: Mapping[str, Any], proposal: FiledProposal) -> bool:
    """Whether a person states what a proposal of two meanings says: its value, its bounds, or its kind where that is open."""
    ends = {end for end in ("low", "high") if end in proposal.values}
    return VALUE in changes or ends <= set(changes) or proposal.values.get("cue") == "change" and "kind" in changes


def _check_types(values: Mapping[str, Any], proposal: FiledProposal) -> None:
    """Refuse values of another type than their key has; all else is left to the dossier."""
    faults = [
        Fault("proposed.toml", proposal.line, f"proposal '{proposal.id}': {key} = {str(value)[:LONGEST]}", expected)
        for key, value in values.items()
        for keys, is_right, expected in TYPES
        if key in keys and not is_right(value)
    ]
    if faults:
        raise BadInput(faults)


def _complete(values: dict[str, Any], changes: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Words and cut points of the lexicon's scale where a word for a share was proposed; what the kind does not read is left out."""
    assumed: list[str] = []
    kind = values.get("kind", "")
    scale = read("cues")["scale"].get(kind)
    if scale and isinstance(values.get("said"), str) and values["said"] in scale["words"] and not values.get("words"):
        values |= {"words": scale["words"], "cuts": scale["cuts"]}
        assumed.append(f"words and cut points of the scale for {kind}")
    if values.get("lineage") == "unknown" and values.get("root"):
        values["lineage"] = "assumed"
        assumed.append("lineage assumed: the text does not say who speaks")
    scored = kind in REGISTRY and REGISTRY[kind].CARRIES and not values.get("no_likelihood")
    if scored:
        reads = {*REGISTRY[kind].NEEDS, *getattr(REGISTRY[kind], "MAY", ())}
        unread = {"low", "high", "said", "words", "cuts", "threshold"} - reads - set(changes)  # what a person states is not dropped
        values = {key: value for key, value in values.items() if key not in unread}
    return {key: value for key, value in values.items() if value not in ("", [], ())}, assumed


def _lacking(values: Mapping[str, Any], proposal: FiledProposal, day: date | None) -> Iterator[str]:
    """What is missing, each with what to write."""
    kind = str(values.get("kind", ""))
    if kind not in STATED:
        yield f"kind {f'{kind!r} unknown' if kind else 'missing'}; expected {HINTS['kind']}" + (
            f" ({nearest(kind, STATED)})" if kind else ""
        )
    elif REGISTRY[kind].CARRIES and not values.get("no_likelihood"):
        for key in REGISTRY[kind].NEEDS:
            if values.get(key) is None:
                could = proposal.values.get("could_be") if key == "series" else None
                yield (
                    f"{key} missing; expected {HINTS.get(key, f'--set {key}=...')}"
                    + (f" (could be {', '.join(map(str, could))})" if could else "")
                    + (", or --no-likelihood with the reason" if key == "series" else "")
                )
    elif "of" in REGISTRY[kind].NEEDS and values.get("of") is None:
        yield f"of missing; expected {HINTS['of']}"
    if "paraphrase" not in values:
        yield f"paraphrase missing; expected {HINTS['paraphrase']}"
    if day is None:
        yield f"the document has no date; expected {HINTS['date']}"


def _document(document: ReadDocument, book: Book, day: date | None, title: str) -> Iterator[str]:
    """A document that the dossier does not have."""
    if document.id not in book.documents and day is not None:
        yield write_entry(
            "document",
            [
                ("id", document.id),
                ("title", title or f"document '{document.id}'"),
                ("date", day),
                ("sha256", document.sha256),
                ("characters", document.characters),
                ("sentences", document.sentences),
            ],
        )


def _claim(name: str, proposal: FiledProposal, values: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    """Keys of the claim, in the order in which people read them."""
    yield "id", name
    for key in ("paraphrase", "kind"):
        yield key, values[key]
    yield "document", proposal.document
    for key in ("span", "fingerprint"):
        yield key, proposal.values[key]
    for key in OF_A_CLAIM:
        if key in values and key not in ("paraphrase", "kind"):
            yield key, values[key]


def choose(file: ProposalFile, names: Sequence[str]) -> list[FiledProposal]:
    """Proposals by id, each still waiting.

    Parameters
    ----------
    file : ProposalFile
        The file.
    names : Sequence[str]
        Ids.

    Raises
    ------
    BadInput
        For an id that is not there, or that was confirmed or rejected before.
    """
    faults: list[Fault] = []
    for name in names:
        proposal = file.proposals.get(name)
        if proposal is None:
            waiting = [p.id for p in file.waiting()]
            faults.append(
                Fault(
                    "proposed.toml",
                    None,
                    f"no proposal '{name}'",
                    list_nearest(name, waiting) if waiting else "one that waits; none does",
                    nearest(name, waiting),
                )
            )
        elif proposal.status != "proposed":
            faults.append(
                Fault(
                    "proposed.toml",
                    proposal.line,
                    f"proposal '{name}' is {proposal.status} already",
                    "one that waits",
                    'set status = "proposed" to decide again',
                )
            )
    if faults:
        raise BadInput(faults)
    return [file.proposals[name] for name in dict.fromkeys(names)]
