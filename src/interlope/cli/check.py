"""check: every fault of every file of a case at once; and whether claims point at the words they were read from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interlope.cli import options as o
from interlope.errors import BadInput

if TYPE_CHECKING:
    from interlope.dossier.book import Book
    from interlope.results.check import CheckResult, TableCounts
    from interlope.scenario.case import Case
    from interlope.scenario.forcing import Forcing

HELP = """Check a case: every fault of every file is listed, with file, line, what was expected and the nearest name.

Example: interlope check serbia-hungary --documents ~/articles

With --explain each text that the guard refuses is shown with its rule, its surroundings and how to declare it.
With --documents the spans and fingerprints of the claims are verified in your own copies of the texts.
"""
UNNAMED = ('The two states have no names in texts: their order in "places" says nothing; write transit = "..." and destination = "..." in '
           "[space] of case.toml.")
MONEY = "EUR"
DOCUMENTS = Annotated[Path | None, typer.Option("--documents", help="Folder with your copies of the documents.")]

EXPLAIN = Annotated[bool, typer.Option("--explain", help="Say what the guard found, by which rule, and how to declare it.")]


def check(case: o.CASE, documents: DOCUMENTS = None, explain: EXPLAIN = False, json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines

    clock = Clock()
    from interlope.cli.loading import load
    from interlope.inference import left_out
    from interlope.reporting.answer.inherited import tell_inherited
    from interlope.reporting.answer.left_out import tell_left_out
    from interlope.reporting.words import tell_counts
    from interlope.results.check import CheckResult
    from interlope.results.weighing import DroppedEvidence
    from interlope.scenario.description import describe_case, describe_dossier, describe_files, list_inherited

    print_lines(_explain(case, json) if explain else [])
    loaded = load(case)
    verified, resaved = ({}, {}) if documents is None else _verify(loaded.book, documents)
    dropped = left_out.find(loaded)
    dossier = describe_dossier(loaded, dropped)
    files = loaded.inventory.every
    result = CheckResult(
        folder=loaded.folder.name,
        files=len(files),
        read=list(files),
        unread=dict(loaded.inventory.unread),
        claims=dossier.counts.claims,
        silences=dossier.counts.silences,
        roots=len(loaded.book.roots),
        series=len(loaded.series),
        explanations=list(loaded.hypotheses),
        options=list(loaded.options),
        candidates=len(loaded.candidates),
        analysts=[a.name for a in loaded.analysts],
        documents=verified,
        resaved=resaved,
        proposals=_count_proposals(loaded),
        left_out=[DroppedEvidence(id=name, reason=why) for name, why in dropped.items()],
        tables=_count_figures(loaded),
        cautions=[*_tell_nothing(loaded, dropped), *_list_cautions(loaded)],
        inherited=list_inherited(loaded),
        forcing=[f.name for f in loaded.specification.forcings],
    )
    if json:
        print_json("check", result, clock, case=describe_case(loaded))
        return
    print_lines(
        [
            f"No fault in {len(files)} files of '{loaded.name}', as known on {loaded.as_of.isoformat()}.",
            tell_counts(dossier),
            *_tell_figures(result.tables, loaded.as_of.isoformat()),
            *_tell_rest(loaded, result),
            *tell_left_out(result.left_out),
            *_tell_money(loaded),
            *result.cautions,
            *tell_inherited(result.inherited, case),
            *(["The case cites no document: nothing to verify."] if documents and not loaded.book.documents else []),
            *describe_files(loaded),
        ]
    )


def _tell_rest(case: Case, result: CheckResult) -> list[str]:
    """Explanations, options, forcing, candidates, analysts, spans that were verified, and proposals that wait."""

    waiting = result.proposals
    return [
        f"Explanations: {', '.join(result.explanations)}.",
        f"Options: {', '.join(result.options)}.",
        *(f"Measure in force in every replicate: {m.id} from {m.start}{f' to {m.end}' if m.end else ''}, "
          f"{', '.join(f'{one.name} {one.setting:g}' for one in m.levers)} (source {m.source}, published {m.published})."
          for m in case.specification.measures),
        *(f"Known forcing of tries: {f.name} ({f.file}, {_tell_rows(f, case.as_of)}, source {f.source})."
          for f in case.specification.forcings),
        *_tell_candidates(case),
        *([f"Analysts who judge otherwise: {', '.join(result.analysts)}."] if result.analysts else []),
        *(f"{name}: {count} spans verified" for name, count in result.documents.items() if name not in result.resaved),
        *(f"{note}." for note in result.resaved.values()),
        *([f"{waiting} of the reader's proposals wait in proposed.toml ('interlope confirm' makes them claims)."] if waiting else []),
    ]


def _tell_rows(forcing: Forcing, as_of: date) -> str:
    """How many rows a known forcing has, and how many of them are known where that is not all."""
    from interlope.reporting.numerals import plural

    rows, known = len(forcing.rows) + len(forcing.yearly), len(forcing.known_rows(as_of))
    return plural(rows, "row") if known == rows else f"{known:,} of {rows:,} rows known on {as_of}"


def _count_figures(case: Case) -> list[TableCounts]:
    from interlope.scenario import figures

    return [figures.count(case, name) for name in case.series]


def _tell_figures(tables: Sequence[TableCounts], as_of: str) -> list[str]:
    """What becomes of the figures of each table."""
    from interlope.reporting.numerals import plural

    lines = [f"{plural(len(tables), 'series', 'series')} of official figures."]
    for table in tables:
        if not table.displayed:
            parts = [f"{table.fitted} fitted"]
            parts += [f"{table.held_out} held out (published after {as_of})"] if table.held_out else []
            parts += [f"{number} left out ({why})" for why, number in table.left_out.items()]
            lines.append(f"  {table.id}: {plural(table.read, 'figure')} read, {', '.join(parts)}.")
    others = ", ".join(f"{table.id} ({plural(table.displayed, 'figure')})" for table in tables if table.displayed)
    return [*lines, f"  Shown only, each table says why: {others}."] if others else lines


def _tell_candidates(case: Case) -> list[str]:
    """How much evidence could be sought, by the case's own list."""
    from interlope.reporting.numerals import plural
    from interlope.scenario.inventory import CANDIDATES

    count = len(case.candidates)
    return [f"{plural(count, 'candidate')} for further evidence in {CANDIDATES} ('interlope seek' weighs them)."] if count else []


def _tell_money(case: Case) -> list[str]:
    """Which numbers of the case are amounts, and in what money they are read; nothing where it states none."""
    from interlope import units
    from interlope.reporting.words import first_few

    def is_money(unit: str | None) -> bool:
        try:
            return bool(unit) and units.parse(str(unit)).dimension == "money"
        except ValueError:  # units of parameters, such as EUR/person/day, are no units of statements
            return str(unit).startswith(MONEY)

    named = [f"{s.id} ({s.unit})" for s in case.series.values() if is_money(s.unit)]
    named += [f"{c.id} ({c.unit})" for c in case.book.claims.values() if is_money(c.unit)]
    named += [f"{name} ({given.unit})" for name, given in case.overrides.items() if is_money(given.unit)]
    named += [f"cost of {o.name} ({o.cost_unit})" for o in case.options.values() if o.cost_per_day is not None]
    return [f"Amounts of money are read in {MONEY}, as the model's own are; nothing converts: {first_few(named)}."] if named else []


def _tell_nothing(case: Case, dropped: Collection[str]) -> list[str]:
    """That nothing can be weighed, where no claim and no figure can."""
    claims = any(c.likelihood and c.id not in dropped for c in case.book.claims.values())
    if claims or any(table.fitted for table in _count_figures(case)):
        return []
    return [f"Nothing can be weighed: no claim with a likelihood and no figure to be fitted is known on {case.as_of}; state some in "
            "dossier.toml or series/. 'interlope simulate' needs none."]


def _list_cautions(case: Case) -> list[str]:
    """What is no fault and still leaves the question without an answer."""
    from interlope.dossier.provenance import heard_once
    from interlope.dossier.series_header import RETIRED
    from interlope.levers.option import STATUS_QUO, tell_idle
    from interlope.reporting.answer.left_out import ALONE
    from interlope.scenario.oddities import list_oddities
    from interlope.scenario.wording import list_gaps

    days, name = case.decision.days, next(iter(case.hypotheses))
    alone = [f"Explanation '{name}' cannot be weighed: {ALONE}. Add a rival in hypotheses/."] if len(case.hypotheses) == 1 else []
    idle = [f"Option '{o.name}' does not change anything in the {days} days compared: {'; '.join(tell_idle(o, days))}."
            for o in case.options.values() if o.name != STATUS_QUO and not o.acts(days)]
    some = [f"In option '{o.name}' {why}." for o in case.options.values() if o.acts(days) for why in tell_idle(o, days)]
    once = heard_once(case.book)
    silent = [f"Heard in one claim only: {', '.join(once)}. What they would have said and did not is evidence too: add a [[listened]]."]
    silent = silent if once else []
    early = [f"{claim.id} {flag.text}." for claim in case.book.claims.values() for flag in claim.flags if flag.rule == "days-to-come"]
    unnamed = [UNNAMED] if case.regions and not case.states.every and not case.specification.empty else []
    retired = [f"{series.file}:{series.lines[key]}: '{key}' has no effect: {why}; leave the line out."
               for series in case.series.values() for key, why in RETIRED.items() if key in series.lines]
    return [*alone, *idle, *some, *early, *retired, *list_oddities(case), *silent, *unnamed, *list_gaps(case.states)]


def _explain(case: str, json: bool) -> list[str]:
    """What the guard found and how to declare it; for people only."""
    from interlope.scenario.folder import find
    from interlope.scenario.texts import explain

    if json:
        raise BadInput("--explain with --json; expected one of them: the envelope lists the same texts as faults")
    return explain(find(case))


def _verify(book: Book, documents: Path) -> tuple[dict[str, int], dict[str, str]]:
    """How many spans of each document were verified in the user's copies, and which copies were saved again."""
    from interlope.reader.copies import verify

    if not documents.is_dir():
        what = "no folder" if documents.exists() else "no such folder"
        raise BadInput(f"--documents {documents}: {what}; expected a folder with your copies of the documents")
    verified = verify(book, documents)
    if verified.faults:
        raise BadInput(verified.faults)
    return verified.spans, verified.resaved


def _count_proposals(case: Case) -> int:
    """How many proposals wait; a file of them that cannot be read is a fault of the case."""
    from interlope.errors import Fault
    from interlope.reader import proposed
    from interlope.scenario.inventory import PROPOSALS

    faults: list[Fault] = []
    file = proposed.load(case.folder / PROPOSALS, faults)
    if faults:
        raise BadInput(faults)
    return len(file.waiting())
