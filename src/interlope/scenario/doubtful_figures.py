"""Doubtful figures: tables and claims whose numbers look like something else than is stated, each said by `check`; nothing is refused."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from interlope.dossier.series import Series

if TYPE_CHECKING:
    from interlope.scenario.case import Case

ALIKE, NEAR = 0.8, 0.005  # part of shared periods, and relative distance of figures, that make two tables one (assumption)
FEWEST = 3  # shared periods, and different figures in them, from which on they say something
LEAST_ROWS, STEEP = 4, 0.6  # rows of a running total, and its last figure over its first by row: 1 where all parts are alike (assumption)


def list_doubtful(case: Case, weighed: list[Series]) -> list[str]:
    """List figures that look like something else than the case says.

    Parameters
    ----------
    case : Case
        As known on its day.
    weighed : list of Series
        Its tables of which figures are fitted.

    Returns
    -------
    list of str
        Sentences with file and line.
    """
    return [*_twins(weighed), *_running_totals(weighed), *_small_percents(case), *_known_candidates(case)]


def _twins(weighed: list[Series]) -> Iterator[str]:
    """Tables that give the same figures, so that one count would be weighed twice."""
    for one, other in combinations(weighed, 2):
        figures = {v.covers: v.value / one.factor for v in one.fitted()}
        shared = [(figures[v.covers], v.value / other.factor) for v in other.fitted() if v.covers in figures]
        equal = [a for a, b in shared if abs(a - b) <= NEAR * max(abs(a), abs(b))]
        if len(set(equal)) < FEWEST or len(equal) < ALIKE * len(shared):
            continue
        roots = f"both from root '{one.root}'" if one.root == other.root else f"from roots '{one.root}' and '{other.root}'"
        yield (f"{one.file} and {other.file}, {roots}, give the same figures in {len(equal)} of {len(shared)} shared periods: if they are "
               "one count, it is weighed twice; give one of them density: none.")


def _running_totals(weighed: list[Series]) -> Iterator[str]:
    """Tables of counts that never fall and end many times above their first figure, as the sum so far does."""
    for series in weighed:
        rows = sorted(series.fitted(), key=lambda v: v.start)
        adjacent = all(b.start == a.end + timedelta(days=1) for a, b in pairwise(rows))
        rising = all(b.value >= a.value for a, b in pairwise(rows))
        if not (series.reduce == "sum" and len(rows) >= LEAST_ROWS and adjacent and rising) or rows[0].value <= 0.0:
            continue
        if rows[-1].value >= STEEP * len(rows) * rows[0].value:
            yield (f"{series.file}:{rows[0].line}: {len(rows)} figures of periods in a row never fall, from {rows[0].value:g} to "
                   f"{rows[-1].value:g}: each counts for its own period; if they are sums so far, give the differences.")


def _small_percents(case: Case) -> Iterator[str]:
    """Shares in percent below one percent, where a share of one may be meant."""
    for claim in case.book.claims.values():
        stated = [value for value in (claim.low, claim.high, claim.threshold) if value is not None]
        share = claim.unit == "percent" and not claim.baseline and not claim.event
        if claim.scored and share and stated and 0.0 < max(stated) <= 1.0:
            yield (f"{case.book.file}:{case.book.lines.get(claim.id)}: {claim.id} states {max(stated):g} percent; a share of "
                   f"{max(stated):g} is {100.0 * max(stated):g} in percent. Meant so?")


def _known_candidates(case: Case) -> Iterator[str]:
    """Candidates of further evidence that ask for figures which are fitted already, as known on the day of knowledge."""
    for candidate in case.candidates:
        fitted = case.series[candidate.table].fitted() if candidate.table in case.series else ()
        for period in candidate.periods:
            if any(v.start <= period.end and period.start <= v.end for v in fitted):
                yield (f"'{candidate.id}' seeks figures of '{candidate.table}' from {period.start} to {period.end}, which are fitted "
                       "already: seek leaves them out.")
                break
