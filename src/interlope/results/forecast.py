"""Forecasts of figures that a fit did not see, scored. Scores are continuous ranked probability scores of log(1 + y): less is better."""

from __future__ import annotations

from typing import ClassVar

from interlope.results.record import Number, Record
from interlope.results.tabular import TabularRecord


class HeldOutRow(Record):
    """One figure and its forecast.

    Attributes
    ----------
    observed, q05, q50, q95 : float
        In the unit of the series.
    crps : float
        Score of the model.
    baselines : dict
        Score of each baseline; empty where more than half of the period was known.
    """

    series: str
    period: str
    observed: float
    q05: Number
    q50: Number
    q95: Number
    crps: float
    baselines: dict[str, float]


class HeldOut(TabularRecord):
    """Forecasts of held-out figures.

    Attributes
    ----------
    crps : dict
        Mean score of the model and of each baseline over the figures that have baselines.
    coverage : float
        Share of figures inside the model's 90 % interval.
    effective : dict
        Effective number of points that the forecasts of each explanation come from.
    """

    MAIN: ClassVar[str] = "rows"

    rows: list[HeldOutRow]
    crps: dict[str, float]
    coverage: float
    effective: dict[str, Number] = {}
    note: str
