"""read: what a text seems to claim, by rules, for a person to confirm."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interlope.cli import options as o
from interlope.cli.place import check_file, insist
from interlope.days import parse_day
from interlope.errors import BadInput

if TYPE_CHECKING:
    from interlope.reader.documents import Acquaintance
    from interlope.reader.proposal import Proposal, ReadText
    from interlope.reader.proposed import FiledProposal, ProposalFile, ReadDocument
    from interlope.results.reading import ReadProposal, ReadResult, UnreadSentence
    from interlope.scenario.case import Case

HELP = """Read a text, an HTML page or a PDF, and propose what it claims, by rules for English.

Example: interlope read report.txt --into my-border --date 2030-02-01

Nothing of the text is stored but places, fingerprints, numbers and words of the lexicons. Proposals are written to
proposed.toml of the case and wait until you confirm them. Reading again adds only what is new.
"""
FILE = Annotated[Path, typer.Argument(help="A text (.txt, .md), a page (.html) or a PDF.", show_default=False)]
INTO = Annotated[str, typer.Option("--into", help="Folder of the case whose proposed.toml is written; without it nothing is written.")]
NAME = Annotated[str, typer.Option("--id", help="Id of the document; else made from the file's name.")]
TITLE = Annotated[str, typer.Option("--title", help="Title of the document, without names of persons.")]
DATE = Annotated[str, typer.Option("--date", help="Day on which it was published, as in 2030-02-01.")]
MOST_LISTED = 40  # spans in one line


def read(file: FILE, into: INTO = "", name: NAME = "", title: TITLE = "", day: DATE = "", json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines

    clock = Clock()
    from interlope.reader.documents import name_of
    from interlope.reader.extraction import extract
    from interlope.reader.proposals import propose
    from interlope.reader.proposed import ReadDocument
    from interlope.toml.table import is_name

    published = _day(day)
    if name and not is_name(name):
        raise BadInput(f"--id {name}; expected small letters, digits and hyphens, as in coast-report")
    if not into and (name or title or day):
        raise BadInput("--id, --title or --date without --into; expected the case that the document is read into")
    text = extract(file)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    parsed = propose(text)
    marked = tuple(f"{s.start}-{s.end}:{mark}" for s, mark in zip(parsed.sentences, parsed.marks, strict=True))
    document = ReadDocument(name or name_of(file.stem, digest), title, published, digest, len(text), marked)
    result = _store(into, document, parsed) if into else _result(document, parsed, {}, [], [], "")
    if json:
        print_json("read", result, clock)
        return
    _print(result)
    print_lines(_tell(result))


def _day(text: str) -> date | None:
    """A day as typed."""
    try:
        return parse_day(text) if text else None
    except ValueError:
        raise BadInput(f"--date {text}; expected a day, as in 2030-02-01") from None


def _store(into: str, document: ReadDocument, parsed: ReadText) -> ReadResult:
    """Add what is new to the case's proposed.toml; a document that was saved again is only recognised."""
    from dataclasses import replace

    from interlope.errors import Fault
    from interlope.reader import filing, proposed
    from interlope.reader.documents import recognise
    from interlope.scenario.inventory import PROPOSALS
    from interlope.scenario.trial import try_texts
    from interlope.storage import disk

    case = open_case(into)
    path = case.folder / PROPOSALS
    faults: list[Fault] = []
    file = proposed.load(path, faults)
    if faults:
        raise BadInput(faults)
    known = [*file.documents.values(), *_of_dossier(case, file.documents)]
    acquainted = recognise(document.sha256, parsed.marks, known)
    same = next((a.document for a in acquainted if a.relation == "same"), "")
    again = next((a.document for a in acquainted if a.relation == "saved again"), "")
    if again and not same:
        return _result(replace(document, id=again), parsed, {}, acquainted, [], "", list(file.proposals.values()))
    document = replace(document, id=same or document.id)
    if not same and document.id in {other.id for other in known}:
        raise BadInput(f"document '{document.id}' is another text, read before; expected --id with an id of its own")
    text, added, ids = filing.extend(file, document, parsed.proposals)
    if text != file.text:
        insist(check_file, path)
        _try_names(case, file, document)
        try_texts(case, {PROPOSALS: text})
        disk.replace(path, text.encode())
    return _result(document, parsed, ids, acquainted, added, str(path), list(file.proposals.values()))


def _try_names(case: Case, file: ProposalFile, document: ReadDocument) -> None:
    """Refuse an id or a title that the case may not hold, in one fault for each, before it is in every proposal of the document."""
    from interlope.errors import Fault
    from interlope.scenario.inventory import PROPOSALS
    from interlope.scenario.trial import try_texts
    from interlope.text import HIDDEN

    faults = []
    for option, value in (("--id", document.id), ("--title", document.title)):
        if HIDDEN.search(value):
            actual = f"{option} '{value}' holds a character that is not shown"
            faults.append(Fault("command line", None, actual, "letters, digits and spaces"))
        elif value and value not in {text for d in file.documents.values() for text in (d.id, d.title)}:
            try:
                try_texts(case, {PROPOSALS: f"{file.text or 'format = 1'}\n# {value}\n"})
            except BadInput as error:
                first = error.faults[0]
                actual = " and ".join(dict.fromkeys(fault.actual for fault in error.faults))
                faults.append(Fault("command line", None, f"{option} '{value}' holds {actual}", first.expected, first.remedy))
    if faults:
        raise BadInput(faults)


def open_case(into: str) -> Case:
    """A case that may be written to: sound, and none of those that come with the package."""
    from interlope.cli.loading import load
    from interlope.scenario.folder import find, is_shipped

    folder = find(into)
    if is_shipped(folder):
        raise BadInput(
            f"case '{into}' comes with the package and is not written to; expected a folder of your own: interlope new my-border"
        )
    return load(folder)


def _of_dossier(case: Case, known: Mapping[str, ReadDocument]) -> list[ReadDocument]:
    """Documents of the dossier that proposed.toml does not hold."""
    from interlope.reader.proposed import ReadDocument

    return [
        ReadDocument(d.id, d.title, d.date, d.sha256, d.characters, d.sentences) for d in case.book.documents.values() if d.id not in known
    ]


def _result(
    document: ReadDocument,
    parsed: ReadText,
    ids: dict[int, str],
    acquainted: Sequence[Acquaintance],
    added: list[str],
    file: str,
    filed: Sequence[FiledProposal] = (),
) -> ReadResult:
    """The record of what was read."""
    from interlope.results import reading as record

    status = {p.id: p.status for p in filed}
    return record.ReadResult(
        document=record.ReadDocument(
            id=document.id, sha256=document.sha256, characters=document.characters, sentences=len(parsed.sentences)
        ),
        acquainted=[record.Acquainted(document=a.document, relation=a.relation, shared=a.shared, of=a.of) for a in acquainted],
        proposals=[_describe(p, ids.get(i, ""), status.get(ids.get(i, ""), "proposed")) for i, p in enumerate(parsed.proposals)],
        untouched=[record.UnreadSentence(span=[s.start, s.end]) for s in parsed.untouched],
        skipped=[record.UnreadSentence(span=[s.start, s.end], why=why) for s, why in parsed.skipped],
        untouched_share=round(len(parsed.untouched) / max(len(parsed.sentences), 1), 4),
        covered_share=round(_covered(parsed) / max(document.characters, 1), 4),
        added=added,
        file=file,
    )


def _describe(p: Proposal, name: str, status: str) -> ReadProposal:
    from interlope.reader.filing import list_marks, tell_counted, tell_speakers
    from interlope.reader.series import suggest
    from interlope.results.reading import ReadProposal

    q = p.quantity
    return ReadProposal(
        id=name,
        status=status,
        span=[p.start, p.end],
        kind=p.kind,
        cue=p.cue,
        low=p.low,
        high=p.high,
        hedge=q.hedge if q else "",
        counted=tell_counted(p),
        event=q.event if q else "",
        unit=q.unit if q else "",
        per=q.per if q else "",
        stated=p.stated,
        about=list(p.about),
        speakers=tell_speakers(p),
        lineage=p.lineage,
        marks=list_marks(p),
        also=list(p.also),
        could_be=suggest(p),
        interpretations=list(p.interpretations),
    )


def _covered(parsed: ReadText) -> int:
    """Characters that lie within a proposal."""
    reached = covered = 0
    for p in sorted(parsed.proposals, key=lambda p: p.start):
        covered += max(0, p.end - max(p.start, reached))
        reached = max(reached, p.end)
    return covered


def _print(result: ReadResult) -> None:
    from interlope.cli.console import print_table
    from interlope.reader.paraphrase import tell_number

    rows = [
        (
            p.id or f"{i + 1}",
            f"{p.span[0]}-{p.span[1]}",
            p.kind or "open",
            p.cue,
            tell_number(p.model_dump()) or p.stated or ", ".join(p.about),
            " > ".join(p.speakers) or "the document itself",
            ", ".join(p.marks),
            p.status,
        )
        for i, p in enumerate(result.proposals)
    ]
    print_table("Proposals", ("id", "span", "kind", "cue", "what", "who says it", "marks", "status"), rows)


def _tell(result: ReadResult) -> list[str]:
    """What was read and what was not."""
    from interlope.reporting.numerals import plural

    d = result.document
    lines = [
        f"{plural(d.sentences, 'sentence')} of '{d.id}' read: {plural(len(result.proposals), 'proposal')}, "
        f"{result.covered_share:.0%} of the text within them."
    ]
    for a in result.acquainted:
        lines.append(
            {
                "same": f"It is '{a.document}', read before.",
                "saved again": f"It is '{a.document}' saved again: {a.shared} of {a.of} sentences have the same fingerprints. "
                "Nothing was written; its proposals keep the places of the first copy.",
                "related": f"It shares {a.shared} of {a.of} sentences with '{a.document}': perhaps one repeats the other.",
            }[a.relation]
        )
    lines.append(f"No rule touched {plural(len(result.untouched), 'sentence')} ({result.untouched_share:.0%})" + _spans(result.untouched))
    for why in dict.fromkeys(s.why for s in result.skipped):
        those = [s for s in result.skipped if s.why == why]
        lines.append(
            f"Not read, as {'it holds' if len(those) == 1 else 'they hold'} {why}: {plural(len(those), 'sentence')}" + _spans(those)
        )
    if result.file:
        lines.append(
            f"{plural(len(result.added), 'new proposal')} in {result.file}." if result.added else f"Nothing new for {result.file}."
        )
        lines.append("Nothing of it counts until you confirm it: interlope confirm CASE ID")
    return lines


def _spans(sentences: Sequence[UnreadSentence]) -> str:
    """Places of sentences, in characters."""
    if not sentences:
        return "."
    listed = ", ".join(f"{s.span[0]}-{s.span[1]}" for s in sentences[:MOST_LISTED])
    return f": {listed}" + (f" and {len(sentences) - MOST_LISTED} more." if len(sentences) > MOST_LISTED else ".")
