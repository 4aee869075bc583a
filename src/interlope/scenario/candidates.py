"""Candidates: evidence that could be sought, as `evidence.toml` lists it: what would be observed, by whom, how soon, at what cost.

A candidate asks a question (a claim without its answer) of a root of the dossier, of a new root of one of its sources, or of somebody
new; or it waits for further figures of an official series. Nothing here enters a fit.
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from interlope.dossier.book import Book
from interlope.dossier.claim import Claim, Interpretation
from interlope.dossier.comparison import Subject, interpret
from interlope.dossier.entry import MOST_SLANT, Context, days, known, read_event, region
from interlope.dossier.facts import read_facts
from interlope.dossier.kinds import REGISTRY
from interlope.dossier.period import span
from interlope.dossier.requirement import ANSWER, check_kind
from interlope.dossier.series import Series, Value
from interlope.dossier.source import LETTERS, SLANTS, Root, Source
from interlope.errors import Fault
from interlope.quantities import OPERATIONS
from interlope.scenario.inventory import CANDIDATES, Inventory
from interlope.scenario.specification import CaseSpecification
from interlope.toml.table import Table, read

QUESTIONS = (*ANSWER, "ceiling")  # kinds that can be asked; of a ceiling the bound is the question, and whether it is kept the answer
MOST = 60  # candidates of a case; each takes a moment to evaluate
MOST_PERIODS = 24  # further figures of a table
LONGEST_WAIT = 3660  # days, ten years
DEAREST = 1e9  # in whatever unit of cost
LONGEST_UNIT = 40  # letters


@dataclass(frozen=True)
class Candidate:
    """Evidence that could be sought.

    Attributes
    ----------
    id, what : str
        Its name, and what would be observed.
    days : int
        Days after which it would be known, from the day of knowledge.
    cost : float or None
        What it would cost, in `cost_unit`.
    question : Claim or None
        A claim whose answer is open; None where it is figures.
    root, source : Root, Source or None
        Who is asked.
    letter : str
        Letter of the source.
    fresh : bool
        The root is none of the dossier's.
    table : str
        Official series of which further figures are awaited; empty where it is a question.
    periods : tuple of Value
        The periods of those figures; their values are not known.
    automatic : bool
        Not declared by the case, but made from one of its claims.
    """

    id: str
    what: str
    days: int
    cost: float | None = None
    cost_unit: str = ""
    question: Claim | None = None
    root: Root | None = None
    source: Source | None = None
    letter: str = ""
    fresh: bool = True
    table: str = ""
    periods: tuple[Value, ...] = ()
    automatic: bool = False


def read_candidates(files: Inventory, specification: CaseSpecification, book: Book | None,
                    series: dict[str, Series] | None, faults: list[Fault]) -> tuple[Candidate, ...]:
    """Read `evidence.toml` of a case; none where it has no such file.

    Parameters
    ----------
    files : Inventory
        What the case's folder holds.
    specification : CaseSpecification
        What the case file says of time and space.
    book : Book or None
        The dossier; where it is faulty, nothing is read that could refer to it.
    series : dict of str to Series, or None
        Official series; where one is faulty, none is looked up.
    faults : list of Fault
        List that faults are added to.

    Returns
    -------
    tuple of Candidate
        In the order of the file, without those that are faulty.
    """
    if CANDIDATES not in files.beside or book is None:
        return ()
    path = files.folder / CANDIDATES
    table = read(path, str(path), faults)
    if table is None:
        return ()
    table.integer("format", low=1, high=1)
    parts = table.parts("evidence", each="id")
    table.close()
    if len(parts) > MOST:
        parts[MOST].fault(f"{len(parts)} tables [[evidence]]", f"at most {MOST}")
    context = Context({}, book.sources, book.roots, (specification.start, specification.end), specification.regions,
                      events=specification.named_events)
    read_each = [_read(part, context, series, specification.as_of) for part in parts[:MOST]]
    return tuple(c for c in read_each if c is not None)


def _read(part: Table, context: Context, series: dict[str, Series] | None, as_of: date) -> Candidate | None:
    """Read one [[evidence]]; None where it is faulty."""
    before = len(part.faults)
    about: dict[str, Any] = {"id": part.name("id"), "what": part.text("what"), "days": part.integer("days", low=0, high=LONGEST_WAIT)}
    about |= _read_cost(part)
    if part.has("table"):
        about |= _read_figures(part, series)
        last = max((p.end for p in about["periods"]), default=as_of)
    else:
        about |= _read_question(part, context, about["id"], about["what"])
        window = about["question"].window if about.get("question") else None
        last = window[1] if window else as_of
    if not part.is_wrong("days") and (last - as_of).days > about["days"]:
        part.fault(f"days = {about['days']}, while its last day is {last}", f"at least {(last - as_of).days}, counted from {as_of}", "days")
    part.close()
    return Candidate(**about) if len(part.faults) == before else None


def _read_cost(part: Table) -> dict[str, Any]:
    """Cost with its unit: both or neither."""
    if not part.has("cost") and not part.has("cost_unit"):
        part.take("cost", None)
        part.take("cost_unit", None)
        return {}
    unit = part.text("cost_unit")
    if len(unit) > LONGEST_UNIT:
        part.fault(f"a unit of {len(unit)} letters", f"at most {LONGEST_UNIT}", "cost_unit")
    return {"cost": part.number("cost", low=0, high=DEAREST), "cost_unit": unit}


def _read_figures(part: Table, series: dict[str, Series] | None) -> dict[str, Any]:
    """Further figures of an official series."""
    name, periods = part.text("table"), []
    if series is not None and name in series and series[name].density == "none":
        part.fault(f"table '{name}', which is shown only (density: none)", "a series that is fitted", "table")
    elif series is not None:
        known(part, "table", name, [n for n, s in series.items() if s.density != "none"])
    listed = part.texts("periods")
    if not 1 <= len(listed) <= MOST_PERIODS:
        part.fault(f"{len(listed)} periods", f"1 to {MOST_PERIODS} of them", "periods")
    for text in listed[:MOST_PERIODS]:
        try:
            start, end = span(text)
        except ValueError as error:
            actual, _, expected = str(error).partition("; expected ")
            part.fault(actual, expected, "periods")
            continue
        table = series.get(name) if series else None
        if table and table.scored_to and end > table.scored_to:
            part.fault(f"period '{text}' of a table that is scored to {table.scored_to} only", "a period until then", "periods")
        periods.append(Value(start, end, float("nan"), None, None, end))
    ordered = sorted(periods, key=lambda v: v.start)
    overlap = next((b for a, b in pairwise(ordered) if b.start <= a.end), None)
    if overlap:
        part.fault(f"periods that overlap from {overlap.start} on", "each day in one period", "periods")
    if periods and (max(p.end for p in periods) - min(p.start for p in periods)).days > LONGEST_WAIT:
        part.fault("periods that lie more than ten years apart", "at most ten years", "periods")
    return {"table": name, "periods": tuple(ordered)}


def _read_question(part: Table, context: Context, name: str, what: str) -> dict[str, Any]:
    """A question, and who is asked."""
    kind = part.text("kind", among=QUESTIONS)
    root, source, fresh = _read_root(part, context, name, what)
    series, reduce, unit = part.text("series"), part.text("reduce", "", (*OPERATIONS, "")), part.text("unit", "")
    window, place, counted = days(part, context), region(part, context), part.text("counted", "")
    event, _ = read_event(part, context, window, date.max)
    baseline, than = days(part, context, optional=True, key="baseline"), part.text("than", "")
    facts = read_facts(part)
    meanings = interpret(part, Subject(kind, series, reduce, unit, window, baseline, than, event), (), facts)
    if kind not in QUESTIONS:
        return {"question": None}
    question = Claim(id=name, paraphrase=what, kind=kind, published=date.max, carries=True,
                     root=root.id if root else "", series=series, counted=counted, unit=unit, place=place, window=window,
                     baseline=baseline, than=than, event=event, reduce=reduce, interpretations=meanings,
                     **{**facts, **_any_answer(kind, facts, meanings)})
    before = len(part.faults)
    check_kind(part, question, answered=False)
    asked = question if len(part.faults) == before and root else None
    return {"question": asked, "root": root, "source": source, "letter": source.letter if source else "", "fresh": fresh}


def _any_answer(kind: str, facts: dict[str, Any], meanings: tuple[Interpretation, ...]) -> dict[str, Any]:
    """An answer that stands where a claim has its own, until the answers are listed."""
    if kind in ("share", "frequency"):
        return {"stated": facts["words"][0] if facts["words"] else None}
    if kind in ("trend", "ranking") or kind in ("change", "effect") and facts["threshold"] is not None:
        return {"stated": getattr(REGISTRY[kind], "WORDS", ("",))[-1]}
    if kind in ("occurrence", "alternation", "attribution"):
        return {"stated": True}
    if kind == "count":
        return {"low": 0.0, "high": 0.0}
    numbers = kind in ("interval", "total", "change", "effect")
    return {"low": meanings[0].reference, "high": meanings[0].reference} if numbers and meanings else {}


def _read_root(part: Table, context: Context, name: str, what: str) -> tuple[Root | None, Source | None, bool]:
    """Who is asked: a root of the dossier, a new root of one of its sources, or somebody new with a letter of his own."""
    keys = [key for key in ("root", "source", "by") if part.has(key)]
    if len(keys) != 1:
        part.fault(f"{' and '.join(keys) or 'nobody'} given as who is asked", "one of root, source, or by with a letter",
                   keys[0] if keys else "id")
    root, source, by = part.text("root", ""), part.text("source", ""), part.text("by", "")
    letter = part.text("letter", among=LETTERS) if part.has("by") else part.text("letter", "")
    slant = part.text("slant", "none", tuple(SLANTS))
    factor = part.number("slant_factor", 1.0, 1.0, MOST_SLANT)
    if letter and not part.has("by"):
        part.fault(f"letter = '{letter}' of somebody whom the dossier knows", "'letter' beside 'by' only", "letter")
    if part.has("root"):
        known(part, "root", root, context.roots)
        for key in ("slant", "slant_factor"):
            if part.has(key):
                part.fault(f"'{key}' of a root that the dossier knows", f"'{key}' beside 'by' or 'source' only", key)
        there = context.roots.get(root)
        return there, context.sources.get(there.source) if there else None, False
    if slant == "none" and part.has("slant_factor"):
        part.fault(f"slant_factor = {factor:g} without a slant", 'slant = "up" or "down"', "slant_factor")
    known(part, "source", source, context.sources)
    new = Source(f"sought {name}", by, "", letter, "", None, f"sought {name}")
    asked = context.sources.get(source) if part.has("source") else new if by and letter in tuple(LETTERS) else None
    return (Root(f"sought {name}", asked.id, date.min, what, slant, None, factor) if asked else None), asked, True
