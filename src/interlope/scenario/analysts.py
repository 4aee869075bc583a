"""Analysts: judgements of several people on the same evidence, in `analysts/*.toml`: letters, prior odds, how a claim is coded.

They enter no fit: the replicates of a fit get other weights. Analysts are named by role, as sources are.
"""
from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from interlope.dossier import entry
from interlope.dossier.book import Book
from interlope.dossier.claim import Claim
from interlope.dossier.requirement import FACTS
from interlope.dossier.source import LETTERS
from interlope.errors import Fault, nearest
from interlope.scenario.inventory import ANALYSTS, Inventory
from interlope.scenario.specification import CaseSpecification
from interlope.toml.names import check_name
from interlope.toml.table import Table, read

MOST = 24  # analysts of a case
LEAST_ODDS, MOST_ODDS = 1e-6, 1e6


class Letter(NamedTuple):
    """Another letter for a source, and why."""

    letter: str
    reason: str


class PriorOdds(NamedTuple):
    """Other prior odds of an explanation, and why."""

    odds: float
    reason: str


class Coding(NamedTuple):
    """A claim as this analyst codes it, what is otherwise, and why; `claim` is None where it is not to be weighed."""

    claim: Claim | None
    change: str
    reason: str


@dataclass(frozen=True)
class Analyst:
    """What one analyst judges otherwise than the case's own files.

    Attributes
    ----------
    name, role : str
        Id, and who judges, by role.
    letters : Mapping[str, Letter]
        By source.
    prior_odds : Mapping[str, PriorOdds]
        By explanation.
    codings : Mapping[str, Coding]
        By claim.
    """

    name: str
    role: str
    letters: Mapping[str, Letter]
    prior_odds: Mapping[str, PriorOdds]
    codings: Mapping[str, Coding]


def read_analysts(files: Inventory, specification: CaseSpecification, book: Book | None, explanations: Collection[str],
                  faults: list[Fault]) -> tuple[Analyst, ...]:
    """Read `analysts/*.toml` of a case; none where it has no such folder.

    Parameters
    ----------
    files : Inventory
        What the case's folder holds.
    specification : CaseSpecification
        What the case file says of time and space.
    book : Book or None
        The dossier; where it is faulty, nothing is read that could refer to it.
    explanations : collection of str
        Names of the explanations.
    faults : list of Fault
        List that faults are added to.

    Returns
    -------
    tuple of Analyst
        In order of name, without those that are faulty.
    """
    paths = [files.folder / name for name in files.beside if name.startswith(f"{ANALYSTS}/")]
    if not paths or book is None:
        return ()
    if len(paths) > MOST:
        faults.append(Fault(str(files.folder / ANALYSTS), None, f"{len(paths)} analysts", f"at most {MOST}"))
        return ()
    stated = read(files.folder / "dossier.toml", "dossier.toml", [])
    claims = {} if stated is None else {str(part.data.get("id")): dict(part.data) for part in stated.parts("claim")}
    context = entry.Context(book.documents, book.sources, book.roots, (specification.start, specification.end), specification.regions,
                            specification.burn_in)
    analysts = [_read(path, claims, context, explanations, [other.stem for other in paths[:i]], faults) for i, path in enumerate(paths)]
    return tuple(a for a in analysts if a is not None)


def _read(path: Path, claims: Mapping[str, dict], context: entry.Context, explanations: Collection[str], others: Collection[str],
          faults: list[Fault]) -> Analyst | None:
    """Read one analyst's file; None where it is faulty."""
    table, before = read(path, str(path), faults), len(faults)
    if table is None:
        return None
    table.integer("format", low=1, high=1)
    name, role = table.name("name"), table.text("role")
    if name and name != path.stem:
        table.fault(f"name '{name}'", f"the file's name, '{path.stem}'", "name")
    check_name(table, name, "analyst", others)
    letters = {key: Letter(part.text("letter", among=tuple(LETTERS)), part.text("reason"))
               for key, part in _named(table, "letters", context.sources, "source")}
    odds = {key: PriorOdds(part.number("odds", low=LEAST_ODDS, high=MOST_ODDS), part.text("reason"))
            for key, part in _named(table, "prior_odds", explanations, "explanation")}
    codings = {key: _coding(part, claims[key], context) for key, part in _named(table, "codings", claims, "claim", closed=False)}
    table.close()
    if not (letters or odds or codings) and len(faults) == before:
        table.fault(f"analyst '{name}' judges nothing otherwise", "entries of [letters], [prior_odds] or [codings]", "name")
    return Analyst(name, role, letters, odds, codings) if len(faults) == before else None


def _named(table: Table, key: str, among: Collection[str], what: str, closed: bool = True) -> list[tuple[str, Table]]:
    """Tables inside one, by names that have to be known."""
    part = table.part(key, {})
    if part is None:
        return []
    named = []
    for name in part.data:
        if name not in among:
            part.fault(f"{what} '{name}' unknown", f"one of {', '.join(among)}", name, nearest(name, among))
            part.known.add(name)
        elif (inside := part.part(name)) is not None:
            named.append((name, inside))
    part.close()
    return named


def _coding(part: Table, stated: Mapping[str, object], context: entry.Context) -> Coding:
    """A claim read again with what this analyst states in place of the dossier's entries."""
    before = len(part.faults)
    reason, own = part.text("reason"), {key: value for key, value in part.data.items() if key != "reason"}
    for key in own:
        if key not in FACTS | {"no_likelihood"}:
            part.fault(f"'{key}' in a coding", "one of " + ", ".join(sorted(FACTS | {"no_likelihood"})), key,
                       "an analyst codes what a claim says; which series and days it speaks of is the dossier's")
    if not own:
        part.fault("a coding that changes nothing", "an entry beside reason, such as noise or chance_if_true", "reason")
    if len(part.faults) > before:
        return Coding(None, "", reason)
    if "no_likelihood" in own:  # days of the burn-in are then not weighed either
        stated = {key: value for key, value in stated.items() if key != "scored_from"}
    claim = entry.claim(Table(part.tree, {**stated, **own}, part.keys, part.file, part.faults), context)
    change = ", ".join(f"{key} = {value}" for key, value in own.items())
    return Coding(claim if claim.likelihood else None, change, reason)
