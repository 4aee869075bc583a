"""Bindings: which statistics of a replicate the evidence of a case asks for, and where each ends up."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from interlope.dossier.kinds import REGISTRY
from interlope.model import online_statistics
from interlope.quantities import INDEX, Reduction, reduce, terms
from interlope.scenario.case import Case


class Binding:
    """The reductions that a case's claims, series values and predictions want, each once.

    Attributes
    ----------
    start : date
        First simulated day of the case.
    reductions : tuple[Reduction, ...]
        The statistics of a replicate, in a fixed order.
    claim_columns : dict of claim id -> list[int]
        Columns of its reductions, in the order of its kind's list (scored claims only).
    series_columns : dict of series id -> list[int]
        One column for each of `Series.values`; -1 where the table is only shown.
    prediction_columns : dict of (hypothesis, i) -> int
        Column of the i-th prediction.
    variant_columns : dict of (hypothesis, variant, i) -> int
        Column of the i-th prediction of a variant.
    """

    def __init__(self, case: Case):
        self.start = case.start
        self._index: dict[Reduction, int] = {}
        self.claim_columns: dict[str, list[int]] = {
            claim.id: self._add(REGISTRY[claim.kind].reductions(claim))
            for claim in case.book.claims.values() if claim.scored
        }
        self.series_columns: dict[str, list[int]] = {}
        for name, series in case.series.items():
            if series.density == "none":
                self.series_columns[name] = [-1] * len(series.values)
            else:
                wanted = (Reduction(series.series, series.reduce, v.start, v.end) for v in series.values)
                self.series_columns[name] = self._add(wanted)
        self.prediction_columns: dict[tuple[str, int], int] = {
            (name, i): self._add([prediction.reduction])[0]
            for name, hypothesis in case.hypotheses.items() for i, prediction in enumerate(hypothesis.predictions)
        }
        self.variant_columns: dict[tuple[str, str, int], int] = {
            (name, variant.name, i): self._add([prediction.reduction])[0]
            for name, hypothesis in case.hypotheses.items() for variant in hypothesis.variants
            for i, prediction in enumerate(variant.predictions)
        }

    @classmethod
    def only(cls, start: date, reductions: Iterable[Reduction]) -> Binding:
        """A binding of statistics that no number of a case asks for, in the order given; `start` is the first simulated day."""
        binding = cls.__new__(cls)
        binding.start, binding._index = start, {}
        binding.claim_columns, binding.series_columns, binding.prediction_columns, binding.variant_columns = {}, {}, {}, {}
        binding._add(reductions)
        return binding

    @property
    def reductions(self) -> tuple[Reduction, ...]:
        """Every reduction, in the order of the columns."""
        return tuple(self._index)

    def last_day(self) -> date:
        """Last day that any reduction needs; the case's first day when there is none."""
        return max((r.end for r in self._index), default=self.start)

    def table(self, days: int) -> online_statistics.StatisticsTable:
        """Every reduction as the model computes it while a replicate of so many days runs, in the order of the columns."""
        return table(self.reductions, self.start, days)

    @property
    def counterfactual(self) -> dict[str, np.ndarray]:
        """By event, the columns of the statistics of a world without it."""
        return counterfactual(self.reductions)

    def reduce(self, recorded: np.ndarray, first_day: int = 0) -> np.ndarray:
        """Compute every statistic from recorded series: the plain reference of what the model's online statistics give while running.

        Parameters
        ----------
        recorded : ndarray
            Recorded series, float32 [r, d, k] in the order of quantities.SERIES.
        first_day : int, default 0
            Day of the case that recorded[:, 0] is.

        Returns
        -------
        float64 [r, len(reductions)]
            NaN where a window leaves the days given, and of a world without an event, as series are recorded of the world as it was.
        """
        return reduce_recorded(recorded, self.reductions, self.start, first_day)

    def _add(self, wanted: Iterable[Reduction]) -> list[int]:
        return [self._index.setdefault(reduction, len(self._index)) for reduction in wanted]


def table(reductions: Sequence[Reduction], start: date, days: int) -> online_statistics.StatisticsTable:
    """Reductions as whole numbers and factors, with days counted from `start`: all that the model knows of the evidence.

    A window that leaves the days 0 to days - 1 gives NaN, as in `reduce_recorded`.

    Parameters
    ----------
    reductions : Sequence[Reduction]
        The statistics wanted, in the order of the columns.
    start : date
        First simulated day.
    days : int
        Number of days, from the first simulated one.

    Returns
    -------
    online_statistics.StatisticsTable
    """
    statistics = [online_statistics.SummaryStatistic(r.operation, (r.start - start).days, (r.end - start).days, tuple(terms(r.series)))
                  for r in reductions]
    return online_statistics.lay_out(statistics, days)


def counterfactual(reductions: Sequence[Reduction]) -> dict[str, np.ndarray]:
    """By event, the places of the statistics of a world without it; empty where all are of the world as it was.

    >>> counterfactual([])
    {}
    """
    names = dict.fromkeys(r.without for r in reductions if r.without)
    return {name: np.array([i for i, r in enumerate(reductions) if r.without == name]) for name in names}


def reduce_recorded(recorded: np.ndarray, reductions: Sequence[Reduction], start: date, first_day: int = 0) -> np.ndarray:
    """Compute statistics of recorded series [r, d, k] whose day `first_day` after `start` comes first; see Binding.reduce.

    Parameters
    ----------
    recorded : ndarray [r, d, k]
        Recorded series [r, day, series], in the order of `quantities.SERIES`.
    reductions : Sequence[Reduction]
        The statistics wanted, in the order of the columns.
    start : date
        First simulated day.
    first_day : int, default 0
        Day of the case that `recorded[:, 0]` is.

    Returns
    -------
    ndarray [r, d, k]
    """
    count, days = recorded.shape[:2]
    result = np.full((count, len(reductions)), np.nan)
    windows = {}
    for reduction in reductions:
        first = (reduction.start - start).days - first_day
        last = (reduction.end - start).days - first_day
        if 0 <= first <= last < days and not reduction.without:
            windows[reduction] = (first, last + 1)
    columns = {name: i for i, name in enumerate(sorted({n for r in windows for _, n in terms(r.series)}))}
    picked = np.empty((len(columns), count, days))
    for i in range(count):  # one pass over each replicate; its days lie together in memory
        picked[:, i] = recorded[i][:, [INDEX[name] for name in columns]].T
    daily: dict[str, np.ndarray] = {}
    for column, reduction in enumerate(reductions):
        if reduction not in windows:
            continue
        if reduction.series not in daily:
            daily[reduction.series] = sum((f * picked[columns[n]] for f, n in terms(reduction.series)), np.zeros((count, days)))
        first, after = windows[reduction]
        result[:, column] = reduce(daily[reduction.series][:, first:after], reduction.operation)
    return result
