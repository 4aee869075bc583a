"""confirm: a person makes a proposal of the reader a claim of the dossier, or rejects it."""

from __future__ import annotations

import shlex
import sys
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interlope.cli import options as o
from interlope.days import parse_day
from interlope.errors import BadInput

if TYPE_CHECKING:
    from interlope.dossier.book import Book
    from interlope.reader.confirm import Confirmed
    from interlope.reader.proposed import FiledProposal, ProposalFile
    from interlope.reader.roots import NewRoot
    from interlope.results.reading import ConfirmResult
    from interlope.scenario.case import Case

HELP = """Make a proposal of 'interlope read' a claim of the case, or reject it.

Example: interlope confirm my-border coast-report-003 --root guard-count --set series=stopped

What a kind of claim needs and the text does not give is asked for, or named with what to write. Nothing is written until the whole case is
sound with the new claim.
"""
IDS = Annotated[list[str] | None, typer.Argument(help="Ids of proposals.", show_default=False)]
ALL = Annotated[bool, typer.Option("--all", help="Every waiting proposal that lacks nothing; the others are listed with what they lack.")]
REJECT = Annotated[bool, typer.Option("--reject", help="Reject the proposals instead: they stay in the file, marked.")]
KIND = Annotated[str, typer.Option("--kind", help="Kind of claim.")]
ROOT = Annotated[str, typer.Option("--root", help="Root that the claim comes from; a new one needs --source, --made and --what.")]
CHAIN = Annotated[str, typer.Option("--chain", help="Relays from the root outward, with commas.")]
PARAPHRASE = Annotated[str, typer.Option("--paraphrase", help="What is claimed, in your own words, without names.")]
REASON = Annotated[str, typer.Option("--no-likelihood", help="Store it without weighing it, for this reason.")]
SET = Annotated[list[str] | None, typer.Option("--set", help="Any other key of a claim, as in series=stopped; several times.")]
AS = Annotated[str, typer.Option("--as", help="Id of the claim; else that of the proposal.")]
DATE = Annotated[str, typer.Option("--date", help="Day on which the document was published.")]
TITLE = Annotated[str, typer.Option("--title", help="Title of the document.")]
SOURCE = Annotated[str, typer.Option("--source", help="Source of a new root; a new source needs --letter, --role and --reason.")]
LETTER = Annotated[str, typer.Option("--letter", help="Reliability of a new source, A to F.")]
ROLE = Annotated[str, typer.Option("--role", help="Role of a new source, never a person's name.")]
WHY = Annotated[str, typer.Option("--reason", help="Why a new source has its letter.")]
COMPLETED = Annotated[str, typer.Option("--made", help="Last day of the observation that a new root is.")]
WHAT = Annotated[str, typer.Option("--what", help="What the observation of a new root is.")]


def confirm(
    case: o.CASE,
    ids: IDS = None,
    every: ALL = False,
    reject: REJECT = False,
    kind: KIND = "",
    root: ROOT = "",
    chain: CHAIN = "",
    paraphrase: PARAPHRASE = "",
    no_likelihood: REASON = "",
    settings: SET = None,
    claim: AS = "",
    day: DATE = "",
    title: TITLE = "",
    source: SOURCE = "",
    letter: LETTER = "",
    role: ROLE = "",
    reason: WHY = "",
    completed: COMPLETED = "",
    what: WHAT = "",
    json: o.JSON = False,
) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines
    from interlope.cli.read import open_case
    from interlope.errors import Fault
    from interlope.reader import proposed
    from interlope.reader.confirm import choose
    from interlope.reader.roots import NewRoot
    from interlope.scenario.inventory import PROPOSALS

    clock = Clock()
    names = list(ids or ())
    _check_usage(names, every, claim, paraphrase)
    stated = {"--kind": kind, "--root": root, "--chain": chain, "--paraphrase": paraphrase, "--no-likelihood": no_likelihood,
              "--set": settings, "--as": claim, "--date": day, "--title": title, "--source": source, "--letter": letter, "--role": role,
              "--reason": reason, "--made": completed, "--what": what}
    if reject and (given := [option for option, value in stated.items() if value]):
        raise BadInput(f"--reject together with {', '.join(given)}; expected one of them: a proposal that is rejected becomes no claim")
    texts = {"kind": kind, "root": root, "paraphrase": paraphrase, "no_likelihood": no_likelihood, "title": title}
    changes: dict[str, Any] = {key: value for key, value in texts.items() if value}
    changes |= {"chain": o.read_list("--chain", chain)} if chain else {}
    changes |= {"date": _day("--date", day)} if day else {}
    changes |= _settings(settings or (), changes)
    new = NewRoot(source, letter, role, reason, _day("--made", completed), what)
    opened = open_case(case)
    faults: list[Fault] = []
    file = proposed.load(opened.folder / PROPOSALS, faults)
    if faults:
        raise BadInput(faults)
    if not file.proposals:
        raise BadInput(f"case '{case}' has no proposals; expected some from: interlope read FILE --into {shlex.quote(case)}")
    chosen = file.waiting() if every else choose(file, names)
    _refuse_unused(chosen, changes, opened.book, new)
    result = _reject(opened, file, chosen) if reject else _confirm(opened, file, chosen, changes, claim, new, every, json)
    if json:
        print_json("confirm", result, clock)
        return
    print_lines(_tell(result))


def _check_usage(names: Sequence[str], every: bool, claim: str, paraphrase: str) -> None:
    if every == bool(names):
        raise BadInput("expected ids of proposals, or --all" if not names else "ids together with --all; expected one of them")
    if (claim or paraphrase) and (every or len(names) > 1):
        raise BadInput("--as or --paraphrase for several proposals; expected one proposal, as each claim has its own")


def _day(option: str, text: str) -> date | None:
    try:
        return parse_day(text) if text else None
    except ValueError:
        raise BadInput(f"{option} {text}; expected a day, as in 2030-02-01") from None


def _refuse_unused(chosen: Sequence[FiledProposal], changes: Mapping[str, Any], book: Book, new: NewRoot) -> None:
    """Refuse what is stated of a root, a source or a document that the dossier has already, for whichever proposal."""
    from interlope.reader.roots import tell_unused

    unused = [tell_unused(str(changes.get("root") or p.values.get("root") or ""), p.document, changes, book, new) for p in chosen]
    if unused and all(unused):
        raise BadInput(unused[0])


def _settings(texts: Sequence[str], given: Mapping[str, Any]) -> dict[str, Any]:
    """Keys of a claim and their values, each stated once, here or by an option of its own."""
    from interlope.reader.confirm import VALUE

    stated: dict[str, Any] = {}
    for text in texts:
        key, value = _setting(text)
        if key in stated:
            raise BadInput(f"--set {key}=... is given twice, and only one of its values could count; expected it once")
        if key in given:
            raise BadInput(f"--set {key}=... beside --{key.replace('_', '-')}, and only one of them could count; expected one of them")
        stated[key] = value
    if VALUE in stated and {"low", "high"} <= set(stated):
        raise BadInput(f"--set {VALUE}=... beside --set low=... and high=..., which leave it nothing to say; expected one of them")
    return stated


def _setting(text: str) -> tuple[str, Any]:
    """A key of a claim and its value; what is no TOML is a text."""
    from interlope.errors import nearest
    from interlope.reader.confirm import VALUE
    from interlope.reader.proposed import OF_A_CLAIM

    key, equals, value = (part.strip() for part in text.partition("="))
    if not equals or key not in (*OF_A_CLAIM, VALUE):
        raise BadInput(f"--set {text}; expected KEY=VALUE with a key of a claim{', ' + near if (near := nearest(key, OF_A_CLAIM)) else ''}")
    try:
        parsed = tomllib.loads(f"value = {value}") if "\n" not in value else {}
        return key, parsed["value"] if list(parsed) == ["value"] and not isinstance(parsed["value"], dict) else value
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return key, value


def _confirm(
    case: Case,
    file: ProposalFile,
    chosen: Sequence[FiledProposal],
    changes: dict[str, Any],
    claim: str,
    new: NewRoot,
    every: bool,
    json: bool,
) -> ConfirmResult:
    """Confirm each proposal; with --all those that lack something are refused, otherwise nothing is written where one lacks something."""
    from interlope.dossier.kinds import REGISTRY
    from interlope.errors import Fault
    from interlope.reader import filing
    from interlope.results.reading import ConfirmedClaim, ConfirmResult
    from interlope.scenario.inventory import PROPOSALS
    from interlope.scenario.trial import try_texts
    from interlope.storage import disk

    text, dossier = file.text, (case.folder / "dossier.toml").read_text(encoding="utf-8-sig")
    refused: dict[str, list[str]] = {}
    claims: list[ConfirmedClaim] = []
    faults: list[Fault] = []
    tried = case
    for proposal in sorted(chosen, key=lambda p: -p.line):  # from below, so that lines above keep their numbers
        try:
            stated = changes if every or json else _ask(proposal, changes, file, tried.book, claim or proposal.id, new)
            confirmed = _make(proposal, stated, file, tried.book, claim or proposal.id, new)
            longer = dossier.rstrip("\n") + "\n\n" + confirmed.text
            shorter = filing.set_status(text, proposal, "confirmed", confirmed.claim)
            tried = try_texts(case, {"dossier.toml": longer, PROPOSALS: shorter})
        except BadInput as error:
            faults += error.faults or [Fault("proposed.toml", proposal.line, str(error), "a claim that the case can hold")]
            refused[proposal.id] = [f"{_inner(f.actual)}; expected {f.expected}" for f in error.faults]
            continue
        dossier, text = longer, shorter
        done = tried.book.claims[confirmed.claim]
        claims.append(
            ConfirmedClaim(
                proposal=proposal.id,
                claim=done.id,
                kind=done.kind,
                paraphrase=done.paraphrase,
                scored=REGISTRY[done.kind].CARRIES and not done.why,
                assumed=list(confirmed.assumed),
            )
        )
    if faults and not every:
        raise BadInput(faults)
    if claims:
        disk.replace(case.folder / "dossier.toml", dossier.encode())
        disk.replace(case.folder / PROPOSALS, text.encode())
    return ConfirmResult(
        confirmed=claims[::-1],
        refused=dict(reversed(refused.items())),
        waiting=len(file.waiting()) - len(claims),
        file=str(case.folder / "dossier.toml"),
    )


def _inner(actual: str) -> str:
    """What is wrong with a proposal, without its name."""
    return actual.partition("': ")[2] or actual


def _make(proposal: FiledProposal, changes: dict[str, Any], file: ProposalFile, book: Book, claim: str, new: NewRoot) -> Confirmed:
    from interlope.reader import confirm as step

    return step.confirm(proposal, changes, file, book, claim, new)


def _ask(proposal: FiledProposal, changes: dict[str, Any], file: ProposalFile, book: Book, claim: str, new: NewRoot) -> dict[str, Any]:
    """Ask a person at a terminal for what is missing; elsewhere nothing is asked."""
    stated = dict(changes)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return stated
    for _ in range(20):
        try:
            _make(proposal, stated, file, book, claim, new)
            return stated
        except BadInput as error:
            lacking = [f for f in error.faults if f.actual.endswith(" missing")]
            if not lacking:
                return stated
            key = lacking[0].actual.removesuffix(" missing").rpartition(" ")[2]
            answer = typer.prompt(f"{proposal.id}: {key} ({lacking[0].expected})", default="", show_default=False)
            if not answer.strip():
                return stated
            stated |= dict([_setting(f"{key}={answer}")])
    return stated


def _reject(case: Case, file: ProposalFile, chosen: Sequence[FiledProposal]) -> ConfirmResult:
    """Mark proposals as rejected."""
    from interlope.reader import filing
    from interlope.results.reading import ConfirmResult
    from interlope.scenario.inventory import PROPOSALS
    from interlope.storage import disk

    text = file.text
    for proposal in sorted(chosen, key=lambda p: -p.line):
        text = filing.set_status(text, proposal, "rejected")
    disk.replace(case.folder / PROPOSALS, text.encode())
    return ConfirmResult(
        confirmed=[], rejected=[p.id for p in chosen], waiting=len(file.waiting()) - len(chosen), file=str(case.folder / PROPOSALS)
    )


def _tell(result: ConfirmResult) -> list[str]:
    """What became of the proposals."""
    from interlope.reporting.numerals import plural

    lines = []
    for done in result.confirmed:
        what = "weighed" if done.scored else "stored, not weighed"
        lines.append(
            f"{done.proposal} is now claim {done.claim} ({done.kind}, {what}): {done.paraphrase}."
            + "".join(f" Assumed: {a}." for a in done.assumed)
        )
    lines += [f"{name} is rejected and stays in the file." for name in result.rejected]
    lines += [f"{name} still lacks: {'; '.join(lacking)}." for name, lacking in result.refused.items()]
    waiting = f"{plural(result.waiting, 'proposal')} still {'waits' if result.waiting == 1 else 'wait'}."
    return [*lines, f"Written: {result.file}. {waiting}" if result.confirmed or result.rejected else f"Nothing was written. {waiting}"]
