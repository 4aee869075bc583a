"""Checkpoints: the days on which paths are weighed while they run, and what can be read off a path by then.

Checkpoints are ends of months, some of the last days, and the last known day. By a checkpoint some of the statistics that the likelihood
reads are complete; of the others a path may have run a part. So the means of every series that still matters are read off between
checkpoints as well, and put together, for each window that is not over, into what has been run of it: the partial statistics. They carry
no likelihood; they tell a forecast of the complete ones what it cannot know from the parameters (`lookahead`).
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from interlope.inference.likelihood import LikelihoodPlan
from interlope.model import online_statistics
from interlope.quantities import Reduction
from interlope.scenario.binding import Binding, counterfactual, table
from interlope.scenario.case import Case

EVERY = 2  # paths are weighed at every second month end: more often costs time and brings nothing
LATE, APART = 40, 10  # and in the last forty days at every tenth, since most windows of claims end there


@dataclass(frozen=True, eq=False)
class CheckpointDays:
    """Where paths are weighed, and what is read off them there.

    Attributes
    ----------
    ends : tuple of int
        Day after each checkpoint, as the simulator counts days; the last one is the end of the fitted days.
    used : ndarray
        Columns of the case's statistics that the likelihood reads [u].
    total : int
        Number of the case's statistics.
    complete : tuple of ndarray
        For each checkpoint, which of the used statistics are complete by then [steps][u].
    partial : tuple of ndarray
        For each checkpoint, the weights [q, means] that its partial statistics are computed with.
    table : Table
        Everything that is read off a running path: the case's statistics, then means between checkpoints.
    counterfactual : dict of str to ndarray
        By event, what of it is read off the path without that event.
    """

    ends: tuple[int, ...]
    used: np.ndarray
    total: int
    complete: tuple[np.ndarray, ...]
    partial: tuple[np.ndarray, ...]
    table: online_statistics.StatisticsTable
    counterfactual: dict[str, np.ndarray]

    @property
    def sizes(self) -> tuple[int, ...]:
        """Number of partial statistics at each checkpoint."""
        return tuple(len(p) for p in self.partial)

    def read(self, statistics: np.ndarray, step: int) -> tuple[np.ndarray, np.ndarray]:
        """Used statistics [n, u] (NaN where not complete) and partial statistics [n, q] at a checkpoint."""
        weights, means = self.partial[step], statistics[:, self.total :]
        columns = np.flatnonzero(weights.any(axis=0))
        return statistics[:, self.used], means[:, columns] @ weights[:, columns].T


def month_ends(first: date, last: date) -> list[date]:
    """Ends of the months from `first` to `last`; `last` closes a partial one.

    >>> [d.isoformat() for d in month_ends(date(2023, 8, 20), date(2023, 10, 25))]
    ['2023-08-31', '2023-09-30', '2023-10-25']
    """
    days = (first + timedelta(days=i) for i in range((last - first).days + 1))
    return [d for d in days if d == last or (d + timedelta(days=1)).day == 1]


def place(case: Case, binding: Binding, plan: LikelihoodPlan, days: int, every: int = EVERY) -> CheckpointDays:
    """Place checkpoints in the days that a fit simulates.

    Parameters
    ----------
    case : Case
        A case as known on its `as_of`.
    binding : Binding
        The case's statistics.
    plan : LikelihoodPlan
        What enters the likelihood.
    days : int
        Number of days to simulate.
    every : int
        Weigh paths at every so many month ends, counted back from the last known day; and in the last days more often.

    Returns
    -------
    CheckpointDays
        Days and what is read off paths on them.
    """
    months = [d for d in month_ends(case.start, case.as_of) if d >= case.burn_in - timedelta(days=1)][::-1][::every]
    late = [case.as_of - timedelta(days=back) for back in range(APART, LATE + 1, APART)]
    closes = sorted({*months, *(d for d in late if d >= case.burn_in)})
    reductions = [binding.reductions[c] for c in plan.used]
    between = _between(case.start, closes, reductions)
    complete = tuple(np.array([r.end <= close for r in reductions], dtype=bool) for close in closes)
    partial = tuple(_partial(close, between, reductions) for close in closes)
    asked = (*binding.reductions, *between)
    return CheckpointDays(tuple(case.day(d) + 1 for d in closes), plan.used, len(binding.reductions), complete, partial,
                          table(asked, case.start, days), counterfactual(asked))


def _mean_of(reduction: Reduction) -> str:
    """How the days of a window between two checkpoints are summed up."""
    return "share_of_days" if reduction.operation in ("share_of_days", "any") else "mean"


def _alike(mean: Reduction, reduction: Reduction) -> bool:
    """Whether a mean between checkpoints is one of the days of a statistic, in the same world."""
    return (mean.series, mean.operation, mean.without) == (reduction.series, _mean_of(reduction), reduction.without)


def _between(first: date, closes: Sequence[date], reductions: Sequence[Reduction]) -> list[Reduction]:
    """Means of every series that the likelihood reads, from each checkpoint to the next, as long as one of its windows is open."""
    last: dict[tuple[str, str, str], date] = {}
    for r in reductions:
        key = (r.series, _mean_of(r), r.without)
        last[key] = max(r.end, last.get(key, r.end))
    starts = [first, *(d + timedelta(days=1) for d in closes)]
    return [Reduction(series, operation, start, end, without) for (series, operation, without), until in last.items()
            for start, end in zip(starts, closes) if end < until]


def _partial(close: date, between: Sequence[Reduction], reductions: Sequence[Reduction]) -> np.ndarray:
    """Weights [q, means] at a checkpoint: the mean of what has been run of each open window, and the latest mean of each series.

    Days between two checkpoints that began before a window count to it where at least half of them lie inside.
    """
    rows = []
    for r in reductions:
        if r.end <= close:
            continue
        weight = np.zeros(len(between))
        for i, m in enumerate(between):
            same = _alike(m, r) and m.end <= close
            inside = (m.end - max(m.start, r.start)).days + 1
            if same and 2 * inside >= (m.end - m.start).days + 1:
                weight[i] = inside
        if weight.any():
            rows.append(weight / weight.sum())
        latest = np.array([m.end == close and _alike(m, r) for m in between], dtype=float)
        if latest.any():
            rows.append(latest)
    return np.unique(np.array(rows), axis=0) if rows else np.zeros((0, len(between)))
