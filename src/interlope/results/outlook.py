"""Outlook: a forecast that is written before what it is about is known, and its score afterwards."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from interlope.results.envelope import Reason
from interlope.results.record import Number, Record
from interlope.results.tabular import TabularRecord

MIXED = "mixed"


class ForecastSeries(Record):
    """An official table whose figures to come are forecast; `last_known` is the last day that a known figure covers.

    Attributes
    ----------
    series, reduce, source : str
        Sum of recorded series that it reports, how their days become one figure, and who publishes it; empty in forecasts of before these
        were written.
    """

    id: str
    unit: str
    definition: str
    last_known: date
    known: dict[str, float]
    series: str = ""
    reduce: str = ""
    source: str = ""


class FigureForecast(Record):
    """What one table would publish for one period, under one explanation or "mixed" over them by the odds.

    Attributes
    ----------
    lead : int
        1 for the first period after the last known figure.
    quantiles : list of float
        In the table's unit, at the `levels` of the forecast.
    values : list of float
        Draws that the quantiles are of, each of equal weight; empty for the mixture, whose draws are those of the explanations at
        their probabilities.
    """

    series: str
    period: str
    start: date
    end: date
    lead: int
    explanation: str
    quantiles: list[float]
    values: list[float] = []


class Forecast(TabularRecord):
    """Figures to come, forecast from what was known on a day, with everything that is needed to score them later.

    Attributes
    ----------
    as_of, written : date
        Day of knowledge, and day on which this was written.
    probability : dict
        Probability of each explanation by which the mixture is weighted.
    effective : dict
        Effective number of independent points behind the draws of each explanation.
    status, reasons
        Whether the odds are resolved, and why not.
    assumptions : list of str
        How the inputs of the model go on where the case ends.
    left_out : dict
        Fitted tables that are not forecast, and why.
    digest : str
        SHA-256 of everything else; a file that was changed afterwards is not scored.
    """

    MAIN: ClassVar[str] = "figures"

    format: int = 1
    case: str
    case_sha256: str
    as_of: date
    written: date
    version: str
    model_digest: str
    run_id: str
    seed: int
    status: str
    reasons: list[Reason]
    probability: dict[str, float]
    effective: dict[str, float]
    assumptions: list[str]
    left_out: dict[str, str]
    levels: list[float]
    series: list[ForecastSeries]
    figures: list[FigureForecast]
    digest: str = ""


class ScoredFigure(Record):
    """One figure that came, and the scores of its forecasts: fair CRPS of log(1 + y), less is better.

    Attributes
    ----------
    crps : dict
        By explanation, and of "mixed".
    baselines : dict
        Of `last value` (the last figure known) and `a year before` (the same period a year before), where there is one.
    rank : float
        Probability that the mixture gives to less than what came (half of what it gives to exactly that).
    """

    series: str
    period: str
    lead: int
    observed: float
    q05: float
    q50: float
    q95: float
    crps: dict[str, float]
    baselines: dict[str, float]
    inside_50: bool
    inside_90: bool
    rank: float


class ForecastScore(TabularRecord):
    """A forecast scored on figures that came.

    Attributes
    ----------
    crps : dict
        Mean score by explanation, of "mixed" and of each baseline over the figures that have it.
    coverage_50, coverage_90 : float
        Share of figures inside the mixture's intervals.
    missing : list of str
        Forecast periods for which no figure was given.
    unmatched : list of str
        Rows of the table, of days after the last known figure, that are of no period or table that was forecast.
    notes : list of str
        What the table says of itself otherwise than the one that was forecast.
    unchecked : list of str
        What could not be compared with the table that was forecast, as the forecast is of before it was written there.
    """

    MAIN: ClassVar[str] = "rows"

    forecast: str
    as_of: date
    written: date
    rows: list[ScoredFigure]
    crps: dict[str, float]
    coverage_50: Number
    coverage_90: Number
    missing: list[str]
    unmatched: list[str] = []
    notes: list[str] = []
    unchecked: list[str] = []


class ForecastResult(Record):
    """The `result` of `interlope forecast`: files written and the forecast, or the score of one."""

    files: list[str] = []
    forecast: Forecast | None = None
    score: ForecastScore | None = None
