"""Recorded: what official tables give a year for the harms that options are compared on, beside which their levels can be read.

A table is of a harm where it reports the same recorded series and sums them over its periods. What it counts may differ from what the model
counts, in causes and places, and not every case becomes known: the table's definition and its priors of `share` and `rest` say so.
"""
from __future__ import annotations

from collections.abc import Sequence

from interlope.dossier.formula import terms
from interlope.dossier.series import Series, Value
from interlope.policy.outcome import OUTCOMES, YEAR
from interlope.results.harm import RecordedHarm
from interlope.scenario.case import Case

LEAST = 364  # days that the last periods cover together, where the table has as many


def list_recorded(case: Case) -> list[RecordedHarm]:
    """List what the case's tables, as known on its day, give a year for each harm.

    Parameters
    ----------
    case : Case
        As known on its day.

    Returns
    -------
    list of RecordedHarm
        In the order of outcomes, the tables of one harm in the order of the case; a harm of which no table speaks has none.
    """
    rows = []
    for outcome in OUTCOMES:
        if outcome.harm:
            wanted = {name for _, name in terms(outcome.series)}
            rows += [row for table in case.series.values() if table.series != "none" and table.reduce == "sum"
                     and {name for _, name in terms(table.series)} == wanted and (row := _measure(outcome.name, table))]
    return rows


def _measure(outcome: str, table: Series) -> RecordedHarm | None:
    """The last year of a table, or all of it where it is shorter, and the mean of the whole; None where nothing was published."""
    values = sorted(table.latest(), key=lambda v: v.end)
    if not values:
        return None
    last, days = [], 0
    for value in reversed(values):
        last.append(value)
        days += value.days
        if days >= LEAST:
            break
    return RecordedHarm(
        outcome=outcome, series=table.id, source=table.source, definition=table.definition, start=last[-1].start.isoformat(),
        end=last[0].end.isoformat(), value=_rate(table, last), since=values[0].start.isoformat(), mean=_rate(table, values),
        share=table.share, rest=table.rest, weighed=table.density != "none")


def _rate(table: Series, values: Sequence[Value]) -> float:
    return sum(v.value for v in values) / table.factor / sum(v.days for v in values) * YEAR
