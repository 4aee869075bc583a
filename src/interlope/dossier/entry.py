"""Entries: the tables of a dossier file, read one by one with every fault noted."""
from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from interlope.dossier.claim import LINEAGES, SILENCE, VIEWS, Claim, Flag
from interlope.dossier.comparison import Subject, interpret
from interlope.dossier.document import Document
from interlope.dossier.facts import read_facts, read_number
from interlope.dossier.kinds import REGISTRY
from interlope.dossier.meaning import read_channel
from interlope.dossier.requirement import check_kind
from interlope.dossier.source import LETTERS, SLANTS, Root, Source, distortion
from interlope.errors import list_nearest, nearest
from interlope.quantities import OPERATIONS
from interlope.toml.table import Table

MOST_SLANT = 20.0  # factor by which a slanted source changes a number: 3 on the log scale, as wide as the widest spread
STATUSES = ("confirmed", "proposed")
STATED = tuple(name for name in REGISTRY if name != SILENCE)  # kinds of [[claim]]; what was not said is a [[listened]]


class Imposed(NamedTuple):
    """An event that every replicate has: its first day, and the day on which it became known."""

    start: date
    published: date


@dataclass(frozen=True)
class Context:
    """What a claim may refer to: the rest of the dossier, horizon and places, the day on which the market has settled, and events.

    `burn_in` and `events` are not checked where they are None.
    """

    documents: Mapping[str, Document]
    sources: Mapping[str, Source]
    roots: Mapping[str, Root]
    horizon: tuple[date, date] | None
    regions: Collection[str]
    burn_in: date | None = None
    events: Mapping[str, Imposed] | None = None


def document(table: Table) -> Document:
    """Read one [[document]]."""
    result = Document(table.name("id"), table.text("title"), table.day("date") or date.min, table.text("sha256"),
                      table.integer("characters", low=1), table.texts("sentences", ()))
    if len(result.marked) < len(result.sentences):
        unreadable = len(result.sentences) - len(result.marked)
        table.fault(f"{unreadable} of the sentences unreadable", "each as start-end:fingerprint, as 'read' writes them", "sentences")
    if result.sha256 and (len(result.sha256) != 64 or set(result.sha256) - set("0123456789abcdef")):
        table.fault(f"sha256 '{result.sha256}'", "64 lower-case hex digits", "sha256")
    table.close()
    return result


def source(table: Table) -> Source:
    """Read one [[source]]."""
    name = table.name("id")
    result = Source(name, table.text("role"), table.text("country", ""), table.text("letter", among=LETTERS),
                    table.text("reason"), table.day("published", None), table.text("institution", name))
    table.close()
    return result


def root(table: Table, sources: Mapping[str, Source]) -> Root:
    """Read one [[root]]."""
    result = Root(table.name("id"), table.text("source"), table.day("made") or date.min, table.text("what"),
                  table.text("slant", "none", tuple(SLANTS)), read_number(table, "slant_share", 0, 0.999),
                  table.number("slant_factor", 1.0, 1.0, MOST_SLANT))
    known(table, "source", result.source, sources)
    if result.slant == "none" and table.has("slant_factor"):
        table.fault(f"slant_factor = {result.slant_factor:g} without a slant", 'slant = "up" or "down"', "slant_factor")
    table.close()
    return result


def claim(table: Table, context: Context) -> Claim:
    """Read one [[claim]] and work out its interpretations, its distortion and whether it can carry a likelihood."""
    name, kind_name = table.name("id"), table.text("kind", among=STATED)
    kind = REGISTRY.get(kind_name)
    parent = table.text("root", "")
    chain, lost, by_letters = passage(table, parent, context)
    known(table, "root", parent, context.roots)
    known(table, "attributed", str(table.data.get("attributed", "")), context.roots)
    document_id, span, mark = _pointer(table, context)
    series, reduce, unit = table.text("series", ""), table.text("reduce", "", (*OPERATIONS, "")), table.text("unit", "")
    window, place = days(table, context, optional=True), region(table, context)
    baseline, than = days(table, context, optional=True, key="baseline"), table.text("than", "")
    holdout, why = table.flag("holdout", False), table.text("no_likelihood", "") or table.text("why", "")
    status = table.text("status", "confirmed", STATUSES)
    if kind is not None and not kind.CARRIES:
        why = why or kind.WHY
    elif status == "proposed":
        why = why or "proposed; no person has confirmed it"
    early = read_early_days(table, context, baseline or window, scored=not why, key="baseline" if baseline else "window")
    published = _published(table, name, context, parent, document_id, None if kind_name == "forecast" else window, scored=not why)
    event, partly = read_event(table, context, window, published)
    channels = tuple(read_channel(part) for part in table.parts("channels"))
    facts = read_facts(table)
    interpretations = interpret(table, Subject(kind_name, series, reduce, unit, window, baseline, than, event), channels, facts)
    result = Claim(
        id=name, paraphrase=table.text("paraphrase"), kind=kind_name, published=published,
        carries=kind is not None and kind.CARRIES, document=document_id, span=span, fingerprint=mark, root=parent,
        chain=chain, lineage=table.text("lineage", "stated", LINEAGES), series=series,
        counted=table.text("counted", ""), unit=unit, place=place, window=window, baseline=baseline, than=than,
        event=event, reduce=reduce, channels=channels,
        interpretations=interpretations, distortion=lost, by_letters=by_letters, flags=(*_flags(table), *early, *partly),
        grade=table.text("grade", ""), why=why, holdout=holdout, view=_view(table), of=table.text("of", ""),
        covers=table.texts("covers", ()), attributed=table.text("attributed", ""), status=status, note=table.text("note", ""), **facts)
    if kind is not None:
        check_kind(table, result)
    table.close()
    return result


def passage(table: Table, parent: str, context: Context) -> tuple[tuple[str, ...], float, bool]:
    """Read the relays of a claim, the chance that something was lost on the way, and whether that follows from their letters."""
    chain = table.texts("chain", ())
    for relay in chain:
        known(table, "chain", relay, context.sources)
        if parent in context.roots and relay == context.roots[parent].source:
            table.fault(f"'{relay}' in the chain is the source of root '{parent}' itself", "relays that passed it on afterwards", "chain")
    stated = read_number(table, "distortion", 0, 0.999)
    if stated is not None:
        return chain, stated, False
    letters = "".join(context.sources[relay].letter for relay in chain if relay in context.sources)
    return chain, distortion(letters) if set(letters) <= set(LETTERS) else 0.0, True


def days(table: Table, context: Context, optional: bool = False, key: str = "window") -> tuple[date, date] | None:
    """Read a window of days, within the horizon of the case."""
    window = table.take(key, None) if optional and not table.has(key) else table.window(key)
    if window and context.horizon and not (context.horizon[0] <= window[0] and window[1] <= context.horizon[1]):
        table.fault(f"{key} {window[0]} to {window[1]} outside the horizon",
                    f"within {context.horizon[0]} to {context.horizon[1]}", key)
    return window


def read_early_days(table: Table, context: Context, window: tuple[date, date] | None, scored: bool,
                    key: str = "window") -> tuple[Flag, ...]:
    """Flag a window that begins while the market settles, and refuse one that ends there, unless `scored_from` says that it is meant."""
    since, burn_in = table.day("scored_from", None), context.burn_in
    if burn_in is None or table.is_wrong(key):
        return ()
    early = scored and window is not None and window[0] < burn_in
    if since and not early:
        table.fault(f"scored_from = {since}, which changes nothing", f"no such line, unless the {key} of what is weighed begins before "
                    f"{burn_in}, the end of the burn-in", "scored_from")
    elif early and window and since and since > window[0]:
        table.fault(f"scored_from = {since}, after the {key} begins", f"{window[0]}, or no such line: a {key} counts as a whole",
                    "scored_from")
    elif early and window and since is None and window[1] < burn_in:
        table.fault(f"{key} {window[0]} to {window[1]} lies in the burn-in, while the market settles", f"days from {burn_in} on",
                    key, f"write scored_from = {window[0]} where those days are meant to count")
    elif early and since is None:
        return (Flag("days-of-the-burn-in", f"counts days before {burn_in}, in which the market settles", "rule"),)
    return ()


def read_event(table: Table, context: Context, window: tuple[date, date] | None, published: date) -> tuple[str, tuple[Flag, ...]]:
    """Read the event that an effect is claimed of, which the case imposes on every replicate; flag days of the window before it."""
    name = table.text("event", "")
    if context.events is None or not name:
        return name, ()
    known(table, "event", name, context.events)
    event = context.events.get(name)
    if event is None or window is None:
        return name, ()
    if window[1] < event.start:
        table.fault(f"window {window[0]} to {window[1]} ends before event '{name}' begins, on {event.start}",
                    f"days from {event.start} on, as nothing before an event is its effect", "window")
    elif published < event.published:
        table.fault(f"published {published}, before event '{name}' became known ({event.published})", f"a day from {event.published} on",
                    "published" if table.has("published") else "event")
    elif window[0] < event.start:
        return name, (Flag("days-before-the-event", f"counts days before {event.start}, on which '{name}' began", "rule"),)
    return name, ()


def region(table: Table, context: Context) -> str:
    """Read a place, one of the case's."""
    place = table.text("place", "")
    if context.regions:
        known(table, "place", place, context.regions)
    return place


def known(table: Table, key: str, name: str, among: Collection[str]) -> None:
    """Note a name that is not among those known, with those it may have meant; where one of them lost its id to a fault, it may be that."""
    if name and name not in among and "" not in among:
        what = {"chain": "source"}.get(key, key)
        there = "a series in series/ that is fitted, and there is none" if what == "table" else f"the id of a [[{what}]]"
        expected = list_nearest(name, among) if among else there
        table.fault(f"{what} '{name}' unknown", expected, key, nearest(name, among), _cause(what, name))


def _cause(what: str, name: str) -> str:
    """Faults about one unknown name are one mistake."""
    return f"{what} '{name}'"


def _published(table: Table, name: str, context: Context, parent: str, document_id: str, window: tuple[date, date] | None,
               scored: bool) -> date:
    """The day a claim became known: its own, or else that of its root or document.

    What is not scored is known on the last day that it tells of at the earliest: its root may be a count that goes on. What is scored and
    tells of days to come is flagged.
    """
    published = table.day("published", None)
    origin, pointed = context.roots.get(parent), context.documents.get(document_id)
    if published and origin and published < origin.completed:
        table.fault(f"published {published} before its root was made ({origin.completed})", "the day it became known", "published")
    known_from = published or (origin.completed if origin else pointed.date if pointed else None)
    if known_from is None and ("" in context.roots or "" in context.documents or table.is_wrong("root") or table.is_wrong("document")):
        return date.min
    if known_from is None:
        cause = _cause("root", parent) if parent else _cause("document", document_id) if document_id else ""
        table.fault(f"no 'published' and no root or document to take it from in claim '{name}'", "a date", "id",
                    cause=cause)
        return date.min
    return known_from if published or scored or window is None else max(known_from, window[1])


def _pointer(table: Table, context: Context) -> tuple[str, tuple[int, int] | None, str]:
    name, mark = table.text("document", ""), table.text("fingerprint", "")
    if not table.has("document"):
        table.take("span", None)
        return "", None, mark
    known(table, "document", name, context.documents)
    pair = table.numbers("span", 2, 0)
    if not pair[0] < pair[1] or any(end != int(end) for end in pair):
        table.fault(f"span {[f'{x:g}' for x in pair]}", "two whole numbers, the first smaller", "span")
        return name, None, mark
    if name in context.documents and pair[1] > context.documents[name].characters:
        table.fault(f"span ends at {pair[1]:g}", f"at most {context.documents[name].characters}, the document's length",
                    "span")
    if len(mark) != 16 or set(mark) - set("0123456789abcdef"):
        table.fault(f"fingerprint '{mark}'", "16 lower-case hex digits", "fingerprint")
    return name, (int(pair[0]), int(pair[1])), mark


def _flags(table: Table) -> tuple[Flag, ...]:
    stated = table.take("flags", [])
    if not isinstance(stated, list):
        table.fault(f"flags = {stated!r}", "a list of words, or of { rule = ..., text = ... }", "flags")
        return ()
    flags: list[Flag] = []
    for i, item in enumerate(stated):
        if isinstance(item, str):
            flags.append(Flag(item, "", "analyst"))
        elif isinstance(item, dict) and isinstance(item.get("rule"), str):
            flags.append(Flag(item["rule"], str(item.get("text", "")), "analyst"))
        else:
            table.fault(f"flag {i + 1} is {item!r}", "a word, or { rule = ..., text = ... }", "flags")
    return tuple(flags)


def _view(table: Table) -> dict[str, str]:
    view = table.take("view", {})
    if not isinstance(view, dict) or not all(code in VIEWS for code in view.values()):
        table.fault(f"view = {view!r}", f"an explanation each = one of {', '.join(VIEWS)}", "view")
        return {}
    return dict(view)
