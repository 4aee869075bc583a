"""Idle judgements: entries of analysts that change nothing, each said by `check`; nothing of them is refused."""
from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from interlope.dossier.claim import content
from interlope.scenario.analysts import Analyst

if TYPE_CHECKING:
    from interlope.scenario.case import Case


def list_idle_judgements(case: Case) -> Iterator[str]:
    """List what the case's analysts state and what moves no odds.

    Parameters
    ----------
    case : Case
        The case.

    Yields
    ------
    str
        One sentence for each entry.
    """
    for analyst in case.analysts:
        for what in (*_letters(case, analyst), *_odds(case, analyst), *_codings(case, analyst)):
            yield f"Analyst '{analyst.name}' {what}"


def _letters(case: Case, analyst: Analyst) -> Iterator[str]:
    """Letters that are the case's own, and those of sources of which no claim is weighed."""
    book = case.book
    weighed = [c for c in book.claims.values() if c.likelihood]
    heard = {book.roots[c.root].source for c in weighed if c.root in book.roots} | {relay for c in weighed for relay in c.chain}
    for name, given in analyst.letters.items():
        if given.letter == book.sources[name].letter:
            yield f"gives source '{name}' the letter {given.letter} that it has: that changes nothing."
        elif name not in heard:
            figures = any(r.source == name and s.root == r.id for r in book.roots.values() for s in case.series.values())
            why = "only official figures come from it, on which no letter bears" if figures else "no weighed claim comes from or through it"
            yield f"gives source '{name}' the letter {given.letter}: {why}, so that this changes nothing."


def _odds(case: Case, analyst: Analyst) -> Iterator[str]:
    """Prior odds that stand to each other as the case's own do."""
    own = {name: h.prior_odds for name, h in case.hypotheses.items()}
    times = [analyst.prior_odds[name].odds / odds if name in analyst.prior_odds else 1.0 for name, odds in own.items()]
    if analyst.prior_odds and all(math.isclose(t, times[0]) for t in times):
        stated = " : ".join(f"{given.odds:g}" for given in analyst.prior_odds.values())
        yield f"gives {', '.join(analyst.prior_odds)} prior odds {stated}, in the ratio that they have in the case: that changes nothing."


def _codings(case: Case, analyst: Analyst) -> Iterator[str]:
    """Codings of claims that no fit weighs, and those that state what the dossier states."""
    for name, given in analyst.codings.items():
        claim = case.book.claims[name]
        if not claim.likelihood:
            why = "is held out of the fit" if claim.holdout and claim.scored else f"is not weighed ({claim.why or claim.kind})"
            yield f"codes {name} with {given.change}; {name} {why}, so that this changes nothing."
        elif given.claim is not None and content(given.claim) == content(claim):
            yield f"codes {name} with {given.change}, as the dossier does: that changes nothing."
