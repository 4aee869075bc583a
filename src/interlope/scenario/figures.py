"""Figures: whether a case's tables of official figures can be weighed, and which figures are fitted, held out or left out.

Days before `burn_in` settle the market: a figure that begins then is left out, unless its table says by `scored_from` from which day on it
counts. A figure that begins before the first simulated day can be no part of any fit.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from interlope.dossier.formula import parts_of
from interlope.dossier.series import Series, Value
from interlope.errors import Fault
from interlope.quantities import terms
from interlope.results.check import TableCounts
from interlope.scenario.prior import Prior, parse
from interlope.scenario.specification import CaseSpecification

if TYPE_CHECKING:
    from interlope.scenario.case import Case

LITTLE = 0.05  # chance below which a rest is, that still has to leave room for what is recorded
REACH = 1e-5  # chance beyond either end of a prior that is passed over
LEAST_SHARE, MOST_SHARE, WIDEST_SHARE, MOST_REST = 1e-3, 2.0, 10.0, 1e12
LEAST_DISPERSION, MOST_DISPERSION, LEAST_MIDDLE = 1e-6, 1e9, 0.01
MOST_ABOVE = 10.0  # how often the greatest figure the middle of a part of a rest may be


class FigureUse(NamedTuple):
    """One figure of a table: `use` is fitted, held out, left out or shown, and `why` says why it is neither of the first two."""

    value: Value
    use: str
    why: str = ""


def bind(tables: Mapping[str, Series], specification: CaseSpecification, faults: list[Fault]) -> dict[str, Series]:
    """Check the tables of a case against its days and against each other.

    Parameters
    ----------
    tables : Mapping[str, Series]
        By id.
    specification : CaseSpecification
        What the case file says of time.
    faults : list[Fault]
        List that faults are added to.

    Returns
    -------
    dict of str to Series
        The tables, with the end of the burn-in as `scored_from` where a table states none.
    """
    bound: dict[str, Series] = {}
    for name, series in tables.items():
        weighed = series.density != "none"
        if weighed:
            _days(series, specification.start, faults)
            before = len(faults)
            for key, judge in JUDGES.items():
                _prior(series, key, judge, faults)
            if len(faults) == before:
                _leaves_nothing(series, faults)
        bound[name] = replace(series, scored_from=specification.burn_in) if weighed and series.scored_from is None else series
        if weighed and not bound[name].fitted() and not any(v.start < specification.start for v in series.fitted()):
            key = next((k for k in ("scored_from", "scored_to") if k in series.lines), "density")
            days = f"{bound[name].scored_from or 'the first'} to {series.scored_to or 'the last day'}"
            faults.append(Fault(series.file, series.lines.get(key), f"none of {len(series.values)} figures lies within {days}",
                                "a figure that can be weighed", "or density: none, with a line '# why: ...'"))
    _overlaps([s for s in bound.values() if s.density != "none"], faults)
    return bound


def list_uses(case: Case, name: str) -> list[FigureUse]:
    """Say of every figure of a table what a fit does with it, as known on the case's `as_of`.

    Parameters
    ----------
    case : Case
        The case.
    name : str
        Id of the table.

    Returns
    -------
    list of FigureUse
        In the order of the table.
    """
    series = case.evidence.series[name]
    if series.density == "none":
        return [FigureUse(v, "shown", series.why) for v in series.values]
    fitted = set(series.at(case.as_of).fitted())
    held_out = {v for v in series.held_out(case.as_of) if v.end <= case.end}
    return [FigureUse(v, "fitted") if v in fitted else FigureUse(v, "held out") if v in held_out
            else FigureUse(v, "left out", _why(v, series, case)) for v in series.values]


def count(case: Case, name: str) -> TableCounts:
    """Count what becomes of the figures of a table, as known on the case's `as_of`.

    Parameters
    ----------
    case : Case
        The case.
    name : str
        Id of the table.

    Returns
    -------
    TableCounts
    """
    uses = list_uses(case, name)
    numbers = Counter(u.use for u in uses)
    return TableCounts(id=name, read=len(uses), fitted=numbers["fitted"], held_out=numbers["held out"],
                       displayed=numbers["shown"], left_out=dict(Counter(u.why for u in uses if u.use == "left out")))


def _why(value: Value, series: Series, case: Case) -> str:
    """Why a figure of a weighed table is neither fitted nor held out."""
    if series.scored_from and value.start < series.scored_from:
        stated = "scored_from" in series.lines
        return f"begins before {series.scored_from}, " + ("where its table is scored from" if stated else "in the burn-in")
    if series.scored_to and value.end > series.scored_to:
        return f"ends after {series.scored_to}, where its table is scored to"
    if value.end > case.end:
        return f"ends after {case.end}, the last day of the case"
    if value.published > case.as_of and any(v.covers == value.covers and v.published <= case.as_of for v in series.values):
        return f"revised after {case.as_of}"
    return "replaced by a later figure of the same period"


def _days(series: Series, start: date, faults: list[Fault]) -> None:
    """Note figures that would be scored on days that no replicate has."""
    for value in series.fitted():
        if value.start < start:
            faults.append(Fault(series.file, value.line, f"period begins on {value.start}, before the first simulated day",
                                f"a day from {start} on", f"leave it out, or write '# scored_from: {start}' to show earlier figures only"))


def _share(prior: Prior, low: float, high: float) -> tuple[str, str]:
    middles = middles_of(prior)
    if max(middles) > MOST_SHARE:
        meant = f"{max(middles):g} percent is {max(middles) / 100:g}" if max(middles) <= 100 * MOST_SHARE else ""
        return f"a part of what is recorded, at most {MOST_SHARE:g}", meant
    if low <= 0:
        return "a part above zero", "such as normal(0.9, 0.08), beta(30, 9) or 1"
    if min(middles) < LEAST_SHARE:
        return f"a part of what is recorded, at least {LEAST_SHARE:g}", "a table that counts less says nothing of the recorded series"
    if high > WIDEST_SHARE:
        return f"a part of what is recorded, {WIDEST_SHARE:g} at the most", "such as normal(0.9, 0.08), beta(30, 9) or lognormal(0.9, x1.3)"
    return "", ""


def middles_of(prior: Prior) -> list[float]:
    """Median of a prior, or of every part of a mixture or choice.

    >>> middles_of(parse("mixture(0.01: 90, 0.99: beta(9, 1))"))[0]
    90.0
    """
    if prior.family == "choice":
        return list(prior.numbers)
    return [middle for part in prior.parts for middle in middles_of(part)] if prior.parts else [prior.median]


def _rest(_prior: Prior, low: float, high: float) -> tuple[str, str]:
    return ("", "") if low >= 0 and high <= MOST_REST else (f"numbers from 0 to {MOST_REST:g}, in the table's unit",
                                                            "such as lognormal(1000, x1.5)")


def _dispersion(prior: Prior, low: float, high: float) -> tuple[str, str]:
    if low >= LEAST_DISPERSION and min(middles_of(prior)) < LEAST_MIDDLE:
        return f"a middle of at least {LEAST_MIDDLE:g}", "below, a figure says nothing of what is recorded"
    return ("", "") if LEAST_DISPERSION <= low and high <= MOST_DISPERSION else (
        f"numbers from {LEAST_DISPERSION:g} to {MOST_DISPERSION:g}", "such as lognormal(15, x1.65)")


JUDGES: dict[str, Callable[[Prior, float, float], tuple[str, str]]] = {"share": _share, "rest": _rest, "dispersion": _dispersion}


def _prior(series: Series, key: str, judge: Callable[[Prior, float, float], tuple[str, str]], faults: list[Fault]) -> None:
    """Note a prior of a header that cannot be read, or that gives what the key cannot be."""
    text = getattr(series, key)
    if not text:
        return
    try:
        prior = parse(text)
    except (ValueError, RecursionError) as error:
        actual, _, expected = str(error).removeprefix("found ").partition("; expected ")
        faults.append(Fault(series.file, series.lines.get(key), f"{key} {actual}", expected or "a prior"))
        return
    with np.errstate(over="ignore"):
        low, high = (float(x) for x in prior.quantile(np.array([REACH, 1 - REACH])))
    expected, remedy = judge(prior, low, high)
    if expected:
        reach = f"{low:g}" if prior.constant else f"{low:.3g} to {high:.3g}"
        actual = f"{key} '{text}'" if prior.constant else f"{key} '{text}', which reaches from {reach}"
        faults.append(Fault(series.file, series.lines.get(key), actual, expected, remedy))


def _leaves_nothing(series: Series, faults: list[Fault]) -> None:
    """Note what is said to be counted besides, where it exceeds every figure, so that nothing is left for the recorded series."""
    prior = parse(series.rest or "0")
    least, middle = float(prior.quantile(np.array(LITTLE))), max(middles_of(prior))
    figures = [v.value for v in series.fitted()]
    if figures and (least > max(figures) or middle > MOST_ABOVE * max(figures) > 0.0):
        actual = f"rest '{series.rest}', of which {1 - LITTLE:.0%} lies above {least:.3g}" if least > max(figures) else \
            f"rest '{series.rest}', a part of which lies around {middle:.3g}"
        faults.append(Fault(series.file, series.lines.get("rest"), actual, f"less than the greatest figure of the table, {max(figures):g}",
                            "rest is in the table's unit, per period"))


def _overlaps(tables: list[Series], faults: list[Fault]) -> None:
    """Note figures of two tables that report one root's count of the same days, such as a total beside its parts."""
    figures = sorted(((v.start, v.end, s, v) for s in tables for v in s.fitted()), key=lambda f: f[:2])
    last: dict[tuple[str, str, str], tuple[Series, Value]] = {}  # by what is counted, the figure that ends last
    noted: set[frozenset[str]] = set()
    for start, end, series, value in figures:
        for part, name in ((part, term) for _, term in terms(series.series) for part in parts_of(term)):
            key = (series.root, series.counted, part)
            other, before = last.get(key, (series, value))
            pair = frozenset((other.id, series.id))
            if len(pair) == 2 and before.end >= start and pair not in noted:
                noted.add(pair)
                faults.append(Fault(series.file, value.line, f"{value.start} to {value.end} of '{name}' is counted by root "
                                    f"'{series.root}' in {other.file}:{before.line} too", "each day of a root's count once",
                                    "give one of the tables density: none, or say under 'counted' how they differ"))
            if before.end <= end:
                last[key] = (series, value)
