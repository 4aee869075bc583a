"""Backtest: forecasts made from several days of knowledge, scored against what was published later. Scores are continuous ranked
probability scores of log(1 + y): less is better."""

from __future__ import annotations

from typing import ClassVar

from interlope.results.record import Number, Record
from interlope.results.run import RunAbout
from interlope.results.tabular import TabularRecord


class BacktestRow(Record):
    """One figure and its forecast from one origin.

    Attributes
    ----------
    origin : str
        Day of knowledge: only what was published by then was used.
    lead : int
        Months from the origin to the end of the figure's period, at least one.
    observed, q05, q25, q50, q75, q95 : float
        In the unit of the series.
    crps : float
        Score of the model.
    baselines : dict
        Score of each naive forecast that could be made from what was known.
    """

    origin: str
    series: str
    period: str
    lead: int
    observed: float
    q05: float
    q25: float
    q50: float
    q75: float
    q95: float
    crps: float
    baselines: dict[str, float]


class Origin(Record):
    """A day of knowledge and the fit that forecasts were made from.

    Attributes
    ----------
    origin : str
        The day.
    status : str
        Whether the fit resolves: ok or not_resolved.
    probabilities : dict
        Of each explanation; the forecast is their mixture.
    effective : dict
        Effective number of points that the forecasts of each explanation come from.
    replicates : int
        Replicates that the fit spent.
    seconds : float
        Wall time of fit and forecast.
    """

    origin: str
    status: str
    probabilities: dict[str, Number]
    effective: dict[str, Number]
    replicates: int
    seconds: float


class Skill(Record):
    """The model's mean score over that of one naive forecast, on the figures that both forecast; below 1 the model is better.

    Attributes
    ----------
    against : str
        The naive forecast.
    lead : int or None
        Months ahead; None for all leads pooled.
    ratio : float
        Of the mean scores; None where the naive score is zero.
    low, high : float
        90 % interval from resampling origins with replacement.
    figures, origins : int
        How many the ratio rests on.
    """

    against: str
    lead: int | None
    ratio: Number
    low: Number
    high: Number
    figures: int
    origins: int


class RelativeSkill(Record):
    """Geometric mean of one forecaster's score ratios against all of them, each on shared figures (Cramer et al. 2022); 1 is average."""

    forecaster: str
    lead: int | None
    skill: Number


class Coverage(Record):
    """Part of the figures inside the model's central 50 and 90 % intervals, by lead; None for all leads pooled."""

    lead: int | None
    figures: int
    inside_50: float
    inside_90: float


class BacktestMeasures(TabularRecord):
    """Rolling-origin forecasts and the model's skill over them.

    Attributes
    ----------
    ahead : int
        Most months ahead.
    origins : list of Origin
        In order of time.
    rows : list of BacktestRow
        Every figure forecast.
    skill : list of Skill
        The model against each naive forecast, by lead and pooled.
    relative : list of RelativeSkill
        All forecasters against each other.
    coverage : list of Coverage
        Of the model's intervals.
    notes : list of str
        What a reader has to know.
    """

    MAIN: ClassVar[str] = "rows"

    ahead: int
    seed: int
    origins: list[Origin]
    rows: list[BacktestRow]
    skill: list[Skill]
    relative: list[RelativeSkill]
    coverage: list[Coverage]
    notes: list[str]


class StoredBacktest(Record):
    """A backtest as it stands in its file, with the run that made it."""

    about: RunAbout
    result: BacktestMeasures


class BacktestResult(BacktestMeasures):
    """A backtest with the folder and files it was written to; `reused` where an earlier run's were read."""

    folder: str
    files: list[str]
    reused: bool
