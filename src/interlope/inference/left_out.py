"""Left out: claims and figures that carry a likelihood, were published by the day of knowledge, and still cannot be weighed.

A fit simulates the days from the case's first to its `as_of`. What speaks of other days has nothing to be compared with; a statement that
is made twice on one root counts once.
"""
from __future__ import annotations

from collections.abc import Collection
from datetime import date

from interlope.dossier.claim import Claim, content
from interlope.dossier.kinds import REGISTRY
from interlope.dossier.series import write_period
from interlope.scenario.case import Case


def find(case: Case) -> dict[str, str]:
    """Find what is left out of the likelihood of a case as known on its `as_of`.

    Parameters
    ----------
    case : Case
        As known on its `as_of`.

    Returns
    -------
    dict of str to str
        Why, by the id of a claim, or by `series:period` for a figure.
    """
    return {**_claims(case), **_figures(case)}


def distinct(claims: Collection[Claim]) -> list[Claim]:
    """Claims sorted by id, each statement once per root: the one least distorted by relays."""
    least: dict[tuple[object, ...], Claim] = {}
    for claim in sorted(claims, key=lambda c: (c.distortion, c.id)):
        least.setdefault(content(claim), claim)
    return sorted(least.values(), key=lambda c: c.id)


def _claims(case: Case) -> dict[str, str]:
    reasons = {}
    for claim in case.book.claims.values():
        if not claim.likelihood:
            continue
        if claim.root not in case.book.roots:
            done = case.evidence.book.roots[claim.root].completed
            reasons[claim.id] = f"its root '{claim.root}' is complete on {done} only, after {case.as_of}, the day of knowledge"
            continue
        windows = [(r.start, r.end) for r in REGISTRY[claim.kind].reductions(claim)]
        why = _outside(case, "window", min(s for s, _ in windows), max(e for _, e in windows)) if windows else ""
        if why:
            completed = case.book.roots[claim.root].completed
            late = max(e for _, e in windows) > completed
            reasons[claim.id] = why + (f"; its root was complete on {completed}" if late else "")
    left = [c for c in case.book.claims.values() if c.likelihood and c.id not in reasons]
    counted = {content(c): c.id for c in distinct(left)}
    again = {c.id: counted[content(c)] for c in left if counted[content(c)] != c.id}
    return {**reasons, **{name: f"says the same as {other} on the same root, and counts once" for name, other in again.items()}}


def _figures(case: Case) -> dict[str, str]:
    reasons = {}
    for series in case.series.values():
        for value in series.fitted():
            why = ("the model records no such series" if series.series == "none"
                   else _outside(case, "period", value.start, value.end))
            if why:
                reasons[f"{series.id}:{write_period(value, series.period)}"] = why
    return reasons


def _outside(case: Case, what: str, start: date, end: date) -> str:
    """Why days cannot be simulated; empty where they can."""
    if end > case.as_of:
        return f"its {what} ends on {end}, after {case.as_of}, the day of knowledge and the last that is simulated"
    if start < case.start:
        return f"its {what} begins on {start}, before {case.start}, the first simulated day"
    return ""
