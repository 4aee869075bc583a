"""Analysts: where several people's judgements of the same evidence lead, in sentences."""

from __future__ import annotations

import math

from interlope.reporting.numerals import estimate
from interlope.reporting.words import listing
from interlope.results.analysts import AnalystOdds, JudgedChange
from interlope.results.study import StudyRecord

LEAST = 0.05  # change of the log odds from which a judgement is named


def tell_analysts(study: StudyRecord) -> list[str]:
    """Say how far analysts agree, between which values each explanation lies, and which single judgement moves the odds most."""
    analysts = study.weigh.analysts
    if not analysts:
        return []
    own = study.weigh.ranked[0].name
    leaders = {a.name: a.leader for a in analysts}
    other = {name: leader for name, leader in leaders.items() if leader != own}
    count = f"{len(analysts)} analyst{'s' if len(analysts) > 1 else ''}"
    if other:
        each = listing([f"under {name} {leader} leads" for name, leader in other.items()])
        lines = [f"The answer hangs on who judges: {own} leads by the case's own judgements; {each} (of {count})."]
    else:
        lines = [f"By the judgements of each of {count}, as by the case's own, {own} leads."]
    lines.append(f"Between them and the case: {listing([_range(study, name) for name in study.names])}.")
    if (most := _find_most(analysts)) is not None:
        analyst, change = most
        lines.append(f"The one judgement that moves the odds most is {describe(change)} by {analyst.name}: by itself it makes "
                     f"{own} {estimate(change.probability.get(own))}.")
    return lines


def describe(change: JudgedChange) -> str:
    """A judgement in words."""
    words = {"letter": "the letter of", "prior odds": "the prior odds of", "coding": "the coding of claim"}
    return f"{words[change.kind]} {change.what} ({change.change})"


def _range(study: StudyRecord, name: str) -> str:
    """Least and greatest probability of an explanation, the case's own judgements among them."""
    own = next(e.probability for e in study.weigh.explanations if e.name == name)
    values = [v for v in (own, *(a.probability.get(name) for a in study.weigh.analysts)) if v is not None]
    return f"{name} {estimate(min(values))} to {estimate(max(values))}"


def _find_most(analysts: list[AnalystOdds]) -> tuple[AnalystOdds, JudgedChange] | None:
    """The judgement with the greatest change of the log odds, those that rest on too few points left out."""
    moved = [(abs(c.log_odds), i, c) for i, a in enumerate(analysts) for c in a.changes
             if c.log_odds is not None and math.isfinite(c.log_odds) and not c.thin and abs(c.log_odds) >= LEAST]
    if not moved:
        return None
    _, i, change = max(moved, key=lambda m: m[0])
    return analysts[i], change
