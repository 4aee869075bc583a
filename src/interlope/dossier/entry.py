"""Entries: the tables of a dossier file, read one by one with every fault noted."""
from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from interlope import units
from interlope.dossier.claim import CHANNELS, LINEAGES, VIEWS, Channel, Claim, Flag, Interpretation
from interlope.dossier.document import Document
from interlope.dossier.kinds import REGISTRY
from interlope.dossier.source import LETTERS, SLANTS, Root, Source, distortion
from interlope.errors import nearest
from interlope.quantities import OPERATIONS, QUANTITIES, SERIES, Reduction, terms
from interlope.toml.table import Table

STATUSES = ("confirmed", "proposed")


@dataclass(frozen=True)
class Context:
    """What a claim may refer to: the rest of the dossier and the case's horizon and places."""

    documents: Mapping[str, Document]
    sources: Mapping[str, Source]
    roots: Mapping[str, Root]
    horizon: tuple[date, date] | None
    regions: Collection[str]


def document(table: Table) -> Document:
    """Read one [[document]]."""
    result = Document(table.text("id"), table.text("title"), table.day("date") or date.min, table.text("sha256"),
                      table.integer("characters", low=1))
    if result.sha256 and (len(result.sha256) != 64 or set(result.sha256) - set("0123456789abcdef")):
        table.fault(f"sha256 '{result.sha256}'", "64 lower-case hex digits", "sha256")
    table.close()
    return result


def source(table: Table) -> Source:
    """Read one [[source]]."""
    name = table.text("id")
    result = Source(name, table.text("role"), table.text("country", ""), table.text("letter", among=LETTERS),
                    table.text("reason"), table.day("published", None), table.text("institution", name))
    table.close()
    return result


def root(table: Table, sources: Mapping[str, Source]) -> Root:
    """Read one [[root]]."""
    result = Root(table.text("id"), table.text("source"), table.day("made") or date.min, table.text("what"),
                  table.text("slant", "none", tuple(SLANTS)), _number(table, "slant_share", 0, 1),
                  table.number("slant_factor", 1.0, 1.0))
    _known(table, "source", result.source, sources)
    table.close()
    return result


def claim(table: Table, context: Context) -> Claim:
    """Read one [[claim]] and work out its interpretations, its distortion and whether it can carry a likelihood."""
    name, kind_name = table.text("id"), table.text("kind", among=tuple(REGISTRY))
    kind = REGISTRY.get(kind_name)
    parent = table.text("root", "")
    chain = table.texts("chain", ())
    _known(table, "root", parent, context.roots)
    _known(table, "attributed", str(table.data.get("attributed", "")), context.roots)
    for relay in chain:
        _known(table, "chain", relay, context.sources)
    document_id, span, mark = _pointer(table, context)
    series, reduce, unit = table.text("series", ""), table.text("reduce", "", (*OPERATIONS, "")), table.text("unit", "")
    window = table.window("window") if table.has("window") else table.take("window", None)
    place = table.text("place", "")
    if place and context.regions:
        _known(table, "place", place, context.regions)
    published = _published(table, name, context, parent, document_id)
    holdout, why = table.flag("holdout", False), table.text("no_likelihood", "") or table.text("why", "")
    status = table.text("status", "confirmed", STATUSES)
    if kind is not None and not kind.CARRIES:
        why = why or kind.WHY
    elif status == "proposed":
        why = why or "proposed; no person has confirmed it"
    channels = tuple(_channel(part) for part in table.parts("channels"))
    facts = _facts(table)
    _window(table, window, context)
    interpretations = _interpretations(table, series, reduce, unit, window, channels, facts)
    lost = _number(table, "distortion", 0, 0.999)
    if lost is None:
        letters = "".join(context.sources[r].letter for r in chain if r in context.sources)
        lost = 0.0 if channels or not set(letters) <= set(LETTERS) else distortion(letters)
    result = Claim(
        id=name, paraphrase=table.text("paraphrase"), kind=kind_name, published=published,
        carries=kind is not None and kind.CARRIES, document=document_id, span=span, fingerprint=mark, root=parent,
        chain=chain, lineage=table.text("lineage", "stated", LINEAGES), series=series,
        counted=table.text("counted", ""), unit=unit, place=place, window=window, reduce=reduce, channels=channels,
        interpretations=interpretations, distortion=lost, flags=_flags(table), grade=table.text("grade", ""), why=why,
        holdout=holdout, view=_view(table), of=table.text("of", ""), covers=table.texts("covers", ()),
        attributed=table.text("attributed", ""), status=status, note=table.text("note", ""), **facts)
    if kind is not None:
        _needs(table, result, kind.NEEDS, getattr(kind, "WORDS", ()))
    table.close()
    return result


def _published(table: Table, name: str, context: Context, root: str, document_id: str) -> date:
    """The day a claim became known: its own, or else that of its root or document."""
    published = table.day("published", None)
    completed = context.roots[root].completed if root in context.roots else None
    if published and completed and published < completed:
        table.fault(f"published {published} before its root was made ({completed})", "the day it became known", "published")
    pointed = context.documents.get(document_id)
    known_from = published or completed or (pointed.date if pointed else None)
    if known_from is None:
        cause = _cause("root", root) if root else _cause("document", document_id) if document_id else ""
        table.fault(f"no 'published' and no root or document to take it from in claim '{name}'", "a date", "id",
                    cause=cause)
    return known_from or date.min


def _facts(table: Table) -> dict[str, Any]:
    """What a claim says in numbers and words, by the names of the fields of `Claim`; None or empty where it does not."""
    facts: dict[str, Any] = {
        "low": _number(table, "low", 0), "high": _number(table, "high", 0),
        "threshold": _number(table, "threshold"), "stated": _stated(table),
        "chance_if_true": _number(table, "chance_if_true", 0, 1),
        "chance_if_false": _number(table, "chance_if_false", 0, 1),
        "sd": _number(table, "sd", 0), "noise": _number(table, "noise", 0),
        "shift": _number(table, "shift"), "cuts": _cuts(table), "words": table.texts("words", ()),
        "ascertained": _beta(table), "reference": _number(table, "reference", 0)}
    if facts["low"] is not None and facts["high"] is not None and facts["low"] > facts["high"]:
        table.fault(f"low {facts['low']:g} above high {facts['high']:g}", "low not above high", "low")
    return facts


def _number(table: Table, key: str, low: float = -math.inf, high: float = math.inf) -> float | None:
    """A number, or None where the entry is not written or is wrong."""
    if not table.has(key):
        table.take(key, None)
        return None
    value = table.number(key, low=low, high=high)
    return None if math.isnan(value) else value


def _known(table: Table, key: str, name: str, among: Collection[str]) -> None:
    if name and name not in among:
        what = {"chain": "source"}.get(key, key)
        near, cause = nearest(name, among), _cause(what, name)
        table.fault(f"{what} '{name}' unknown", f"one of {', '.join(among)}", key, near, cause)


def _cause(what: str, name: str) -> str:
    """Faults about one unknown name are one mistake."""
    return f"{what} '{name}'"


def _pointer(table: Table, context: Context) -> tuple[str, tuple[int, int] | None, str]:
    name, mark = table.text("document", ""), table.text("fingerprint", "")
    if not table.has("document"):
        table.take("span", None)
        return "", None, mark
    _known(table, "document", name, context.documents)
    pair = table.numbers("span", 2, 0)
    if not pair[0] < pair[1]:
        table.fault(f"span {[f'{x:g}' for x in pair]}", "two numbers, the first smaller", "span")
        return name, None, mark
    if name in context.documents and pair[1] > context.documents[name].characters:
        table.fault(f"span ends at {pair[1]:g}", f"at most {context.documents[name].characters}, the document's length",
                    "span")
    if len(mark) != 16 or set(mark) - set("0123456789abcdef"):
        table.fault(f"fingerprint '{mark}'", "16 lower-case hex digits", "fingerprint")
    return name, (int(pair[0]), int(pair[1])), mark


def _channel(part: Table) -> Channel:
    result = Channel(part.text("kind", among=CHANNELS), part.number("chance", low=0, high=1), part.text("series", ""),
                     part.text("reduce", "", (*OPERATIONS, "")), _number(part, "sd", 0), part.text("reason"))
    if not result.series and not result.reduce:
        part.fault("channel changes nothing", "a series or a reduce of its own", "kind")
    part.close()
    return result


def _stated(table: Table) -> bool | str | None:
    value = table.take("said", None)
    if value is not None and not isinstance(value, (bool, str)):
        table.fault(f"said = {value!r}", "true, false or a word", "said")
        return None
    return value


def _cuts(table: Table) -> tuple[float, ...]:
    if not table.has("cuts"):
        return ()
    raw = table.take("cuts")
    cuts = table.numbers("cuts", len(raw) if isinstance(raw, list) else 1, 0)
    if any(not 0 < c < 1 for c in cuts) or list(cuts) != sorted(set(cuts)):
        table.fault(f"cuts {[f'{c:g}' for c in cuts]}", "rising numbers between 0 and 1", "cuts")
        return ()
    return cuts


def _beta(table: Table) -> tuple[float, float] | None:
    if not table.has("ascertained"):
        return None
    a, b = table.numbers("ascertained", 2, 0)
    if not a > 0:
        table.fault(f"ascertained [{a:g}, {b:g}]", "[a, b] of a beta distribution, or [1, 0] for all", "ascertained")
        return None
    return a, b


def _window(table: Table, window: tuple[date, date] | None, context: Context) -> None:
    if window and context.horizon and not (context.horizon[0] <= window[0] and window[1] <= context.horizon[1]):
        table.fault(f"window {window[0]} to {window[1]} outside the horizon",
                    f"within {context.horizon[0]} to {context.horizon[1]}", "window")


def _interpretations(table: Table, series: str, reduce: str, unit: str, window: tuple[date, date] | None,
                     channels: tuple[Channel, ...], facts: Mapping[str, Any]) -> tuple[Interpretation, ...]:
    """The plain meaning and what the channels make of it; empty where the claim names no series."""
    if not series:
        return ()
    taken = sum(channel.chance for channel in channels)
    if not taken <= 1:
        table.fault(f"chances of channels add up to {taken:g}", "at most 1", "channels")
        return ()
    wanted = [(series, reduce, 1 - taken, facts["sd"])]
    wanted += [(c.series or series, c.reduce or reduce, c.chance, c.sd if c.sd is not None else facts["sd"])
               for c in channels]
    meanings: list[Interpretation] = []
    for expression, operation, chance, sd in wanted:
        try:
            parts = terms(expression)
        except (KeyError, ValueError, IndexError) as error:
            name = str(error.args[0]) if isinstance(error, KeyError) else expression
            table.fault(f"series '{name}' unknown", "a recorded series", "series", nearest(name, SERIES))
            continue
        if window is None or operation not in OPERATIONS or chance <= 0:
            if chance > 0 and operation in OPERATIONS:
                table.fault("series without a window", "window = [from, to]", "series")
            continue
        factor = 1.0
        if unit:
            try:
                factor = units.factor(QUANTITIES[parts[0][1]].unit, operation, unit)
            except ValueError as error:
                table.fault(str(error).split(";")[0], "a unit that the series can be stated in", "unit")
        days = (window[1] - window[0]).days + 1
        reference = facts["reference"]
        if reference is None:
            daily = sum(f * QUANTITIES[name].reference for f, name in parts)
            reference = max(daily * (days if operation == "sum" else 1) * factor, 1e-9)
        meanings.append(Interpretation(Reduction(expression, operation, *window), chance, factor, sd, reference))
    return tuple(meanings)


def _flags(table: Table) -> tuple[Flag, ...]:
    flags: list[Flag] = []
    for i, item in enumerate(table.take("flags", [])):
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


def _needs(table: Table, claim: Claim, needs: tuple[str, ...], words: tuple[str, ...]) -> None:
    """Note what a claim that is scored lacks for its kind; words: what a claim of the kind may say, where the kind has words."""
    wanted = needs if claim.scored else tuple(n for n in needs if n == "of")
    for key in wanted:
        if not table.has(key):
            table.fault(f"'{key}' missing in claim '{claim.id}' of kind '{claim.kind}'",
                        f"{key} = ..., or no_likelihood with the reason")
    if not claim.scored:
        return
    for key in ("low", "high"):
        if key in needs and getattr(claim, key) == 0 and claim.kind != "count":
            table.fault(f"{key} = 0 in claim '{claim.id}'", "a number above 0, as it is scored on the log scale", key)
    if "words" in needs and claim.words and len(claim.words) != len(claim.cuts) + 1:
        table.fault(f"{len(claim.words)} words for {len(claim.cuts)} cuts", "one word more than cuts", "words")
    among = claim.words if "words" in needs else words
    if among and claim.stated not in among:
        table.fault(f"said '{claim.stated}' unknown", "one of " + ", ".join(among), "said",
                    nearest(str(claim.stated), among))
    if "chance_if_true" in needs and not isinstance(claim.stated, bool | None):
        table.fault(f"said = '{claim.stated}'", "true or false; false where the claim denies it", "said")
    if claim.kind == "ceiling" and (claim.low is None) == (claim.high is None):
        table.fault(f"ceiling '{claim.id}' with both bounds or none", "either high (at most) or low (at least)", "kind")
