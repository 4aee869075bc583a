"""Moved: the same case studied as known on several dates, and how the odds moved as evidence came in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from interlope import manifest
from interlope.errors import BadInput
from interlope.pipeline.plan import Study
from interlope.reporting import moved as page
from interlope.results.dated import DatedOdds, DatedProbability
from interlope.storage import store

if TYPE_CHECKING:
    from interlope.scenario.case import Case


class Fitted(NamedTuple):
    """What a fit reads: periods of official figures by series, and ids of claims."""

    figures: dict[str, set[str]]
    claims: list[str]


def order_dates(case: Case, wanted: Sequence[str]) -> list[str]:
    """Put dates and names of cuts in order of time, as they were written; one empty text where none is given.

    Raises
    ------
    BadInput
        When one is unknown or outside the case, or two are the same day.
    """
    known: dict[str, str] = {}
    for text in wanted:
        day = case.at(text).as_of.isoformat()
        if day in known:
            twice = f"--as-of {text} twice" if known[day] == text else f"--as-of {known[day]} and --as-of {text} are the same day, {day}"
            raise BadInput(f"{twice}; expected each day once")
        known[day] = text
    return [known[day] for day in sorted(known)] or [""]


def list_fitted(case: Case) -> Fitted:
    """List what a fit of a case reads, as known on its `as_of`."""
    from interlope.dossier.series import write_period
    from interlope.inference import likelihood
    from interlope.scenario.binding import Binding

    plan = likelihood.make_plan(case, Binding(case))
    tables = [(case.series[t.id], t.rows) for group in plan.groups for t in group.series]
    figures = {s.id: {write_period(s.values[i], s.period) for i in rows} for s, rows in tables}
    return Fitted({name: figures[name] for name in sorted(figures)}, [c.id for c in plan.claims])


def follow(studies: Sequence[Study]) -> list[DatedOdds]:
    """Tell date by date, oldest first, what the odds were and what evidence had come in since the date before.

    Parameters
    ----------
    studies : of one case, weighed, each as known on another date.

    Returns
    -------
    One row for each date: `as_of`, `run_id`, `folder`, `resolved`, `reasons`, `explanations` (name, probability, low, high),
    `figures` and `claims` (numbers fitted), `new_figures` (series -> number) and `new_claims`, both empty for the first date.
    """
    rows, before = [], None
    for study in sorted(studies, key=lambda s: s.case.as_of):
        record = study.record
        now = list_fitted(study.case)
        last = before or now
        new = {name: len(periods - last.figures.get(name, set())) for name, periods in now.figures.items()}
        rows.append(
            DatedOdds(
                as_of=study.case.as_of.isoformat(),
                run_id=study.run_id,
                folder=study.folder.as_posix() if (study.folder / manifest.FILE).is_file() else None,
                resolved=record.status != "not_resolved",
                reasons=[r.text for r in record.reasons],
                explanations=[DatedProbability(name=e.name, probability=e.probability, low=e.low, high=e.high)
                              for e in record.weigh.explanations],
                figures=sum(map(len, now.figures.values())),
                claims=len(now.claims),
                new_figures={name: count for name, count in new.items() if count},
                new_claims=[c for c in now.claims if c not in last.claims],
                dropped=record.weigh.dropped,
            )
        )
        before = now
    return rows


def write(studies: Sequence[Study], rows: Sequence[DatedOdds]) -> Path:
    """Write the rows as a page and as CSV into a folder of their own beside the studies. Returns the page's path.

    The folder's name follows from the names of the runs, so the same dates give the same folder.
    """
    last = max(studies, key=lambda s: s.case.as_of)
    name = manifest.run_id({"case": last.case.sha256}, "", last.plan.seed, {"runs": [row.run_id for row in rows]})
    folder = last.folder.with_name(f"{last.case.name}-moved-{name}")
    with store.whole(folder) as fresh:
        page.write(last.record, rows, fresh)
    return folder / page.FILE
