"""Comparison: what claims on ratios may mean and must say: two windows of a change, two series of a ranking, two worlds of an effect."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from interlope.dossier import meaning, multiples, ratios
from interlope.dossier.claim import Channel, Claim, Interpretation
from interlope.dossier.formula import consists_of
from interlope.quantities import Reduction, bounds
from interlope.toml.table import Table

COMPARING = ("change", "ranking", "effect")
COMPARED = frozenset(("baseline", "than", "event"))  # entries that say with what
OPERATIONS = ("sum", "mean", "max", "max_week", "share_of_days", "last", "p95")  # whose ratio says how many times as much
ALIKE = 0.9  # a sum over days is compared with one over at least so many of its days: months, and years, may differ in length
GREATEST = 10.0  # threshold of a word: tenfold


class Subject(NamedTuple):
    """What a claim speaks of, as it is written: kind, series, reduce, unit, window, and its baseline, other series or event."""

    kind: str
    series: str
    reduce: str
    unit: str
    window: tuple[date, date] | None
    baseline: tuple[date, date] | None = None
    than: str = ""
    event: str = ""


def interpret(table: Table, subject: Subject, channels: tuple[Channel, ...], facts: Mapping[str, Any]) -> tuple[Interpretation, ...]:
    """List the meanings of a claim of any kind; those of a ratio with what each is compared with.

    Parameters
    ----------
    table : Table
        Where faults are noted.
    subject : Subject
        What it speaks of.
    channels : tuple of Channel
        Alternatives: of a ranking, to what is said to be more or less; of a change, in both windows; of an effect, with and without it.
    facts : mapping
        Spread and reference as `read_facts` gives them.

    Returns
    -------
    tuple of Interpretation
        Empty where nothing is compared that could be read.
    """
    s = subject
    if s.kind not in COMPARING:
        return meaning.interpret(table, s.series, s.reduce, s.unit, s.window, channels, facts)
    plain = meaning.interpret(table, s.series, s.reduce, "", s.window, channels, {**facts, "reference": None})
    usual = ratios.SCALE.get(s.unit, 1.0) if facts["reference"] is None else facts["reference"]
    return tuple(m._replace(factor=1.0, reference=usual, compared=other) for m in plain
                 if (other := _other(table, s, m.reduction)) is not None)


def _other(table: Table, subject: Subject, one: Reduction) -> Reduction | None:
    """What a statistic is compared with; None where that is not stated, or cannot be read."""
    s = subject
    if s.kind == "change":
        return replace(one, start=s.baseline[0], end=s.baseline[1]) if s.baseline else None
    if s.kind == "effect":
        return replace(one, without=s.event) if s.event else None
    return replace(one, series=s.than) if s.than and meaning.is_known(table, s.than, "than") else None


def check(table: Table, claim: Claim, answered: bool) -> None:
    """Note what cannot be meant of the ratio of two statistics.

    Parameters
    ----------
    table : Table
        Where the claim stands, and faults are noted.
    claim : Claim
        A claim of a kind that compares.
    answered : bool
        Whether it states its answer; a question must not.
    """
    if claim.kind in ("change", "effect"):
        _form(table, claim, answered)
        _windows(table, claim)
        _number(table, claim)
    elif claim.unit not in ("", "1"):
        table.fault(f"unit '{claim.unit}' of a ranking", "no unit, as two series are compared as they are recorded", "unit")
    at, middle = claim.threshold, claim.stated in ("flat", "about as much")
    if at is not None and not (0 < at <= GREATEST or at == 0 and not middle):
        table.fault(f"threshold = {at:g} of {_a(claim)}", f"a relative difference from 0 to {GREATEST:g}, such as 0.1 for a tenth"
                    + (f", above 0 where '{claim.stated}' is said" if middle else ""), "threshold")
    _compared(table, claim)


def _form(table: Table, claim: Claim, answered: bool) -> None:
    """Note a change or an effect that is stated neither as a number nor in words, or as both, or in part."""
    words = [key for key in (*multiples.WORD, "shift") if table.has(key)]
    numbers = [key for key in ("low", "high", "sd", "reference", "unit") if table.has(key) and not (key == "unit" and words)]
    if bool(words) == bool(numbers):
        stated = f"both a number ({numbers[0]}) and a direction ({words[0]})" if words else "neither a number nor a direction"
        table.fault(f"{claim.kind} '{claim.id}' with {stated}", "either unit, low and high, or said, threshold and noise", "kind")
        return
    for key in multiples.WORD if words else multiples.NUMBER:
        if not table.has(key) and (answered or key not in ("low", "high", "said")):
            form = "in words" if words else "as a number"
            table.fault(f"'{key}' missing in claim '{claim.id}', {_a(claim)} stated {form}", f"{key} = ...")


def _a(claim: Claim) -> str:
    """The kind of a claim with its article."""
    return f"{'an' if claim.kind[0] in 'aeiou' else 'a'} {claim.kind}"


def _windows(table: Table, claim: Claim) -> None:
    """Note a baseline that is not earlier, and sums over windows of another length."""
    if not claim.window or not claim.baseline:
        return
    (start, end), (first, last) = claim.window, claim.baseline
    if last >= start:
        table.fault(f"baseline {first} to {last}, while the window begins on {start}", f"days before {start}, as what is stated is how "
                    "many times the earlier level the later one is", "baseline")
    days, before = (end - start).days + 1, (last - first).days + 1
    if min(days, before) < ALIKE * max(days, before) and any(m.reduction.operation == "sum" for m in claim.interpretations):
        table.fault(f"sums over {days} and {before} days are compared", "windows of like length, or reduce = \"mean\"", "reduce")


def _number(table: Table, claim: Claim) -> None:
    """Note a ratio that none can be, or that is in a unit of something else."""
    level, of_it = ("baseline", "baseline's level") if claim.kind == "change" else ("level without the event",) * 2
    if claim.unit not in ratios.SCALE:
        table.fault(f"unit '{claim.unit}' of {_a(claim)}", f"'1' for how many times the {level}, or 'percent' of it", "unit")
        return
    scale = ratios.SCALE[claim.unit]
    least, most = ratios.LEAST * scale, ratios.MOST * scale
    for key in ("low", "high", "reference"):
        value = getattr(claim, key)
        if value is not None and not least <= value <= most:
            hint = f"say what is left of the {level}: cut by 40 % is 60 in percent, or 0.6; 'occurrence' speaks of none"
            if value > most:
                hint = 'did you mean unit = "percent"?' if scale == 1 else ""
            table.fault(f"{key} = {value:g} of {_a(claim)}",
                        f"a number from {least:g} to {most:g}, a multiple of the {of_it}"
                        + (" in percent" if scale > 1 else ""), key, hint)


def _compared(table: Table, claim: Claim) -> None:
    """Note statistics that have no ratio, or whose order no replicate leaves open."""
    for m in claim.interpretations:
        one, other = m.reduction, m.compared
        assert other is not None
        if one.operation == "slope":  # refused as of every kind but a trend
            return
        if one.operation not in OPERATIONS:
            table.fault(f"reduce '{one.operation}' in a claim of kind '{claim.kind}'", "one of " + ", ".join(OPERATIONS), "reduce")
            return
        for key, statistic in (("series", one), ("than", other)):
            if bounds(statistic.series)[0] < 0:
                table.fault(f"'{statistic.series}', which may fall below zero, in a claim of kind '{claim.kind}'",
                            "a series that does not, as a ratio is stated", key if table.has(key) else "series")
                return
        if claim.kind == "ranking":
            _order(table, one.series, other.series, meaning.are_alike(one, other))


def _order(table: Table, one: str, other: str, alike: bool) -> None:
    """Note two series that count different things, or of which one holds the other, so that it is never less."""
    if not alike:
        table.fault(f"'{other}' counts something else than '{one}'", "two series in units that convert", "than")
        return
    parts, others = consists_of(one), consists_of(other)
    for larger, smaller, whole, part in ((parts, others, one, other), (others, parts, other, one)):
        if all(larger.get(name, 0.0) >= factor for name, factor in smaller.items()):
            table.fault(f"'{part}' is part of '{whole}', which is never less", "two series of which either can be more", "than",
                        'kind = "share" speaks of parts')
            return
