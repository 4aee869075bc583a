"""Tie-out: can the priors of a case meet the figures that are known of it, under every explanation?

For each figure and explanation the prior's 5, 50 and 95 % quantiles are set beside the known value. "Within reach" means that the
value lies inside the central 95 % of prior replicates. This is no fit: nothing is conditioned on.
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ..ensemble.design import draw
from ..model.simulate import advance, begin
from ..quantities import reduce, select
from ..scenario.case import Case


@dataclass(frozen=True)
class KnownFigure:
    """One known figure: an operation on a series over a window, divided by another one where `over` is given."""

    name: str
    known: float
    unit: str
    series: str
    operation: str
    window: tuple[date, date]
    over: tuple[str, str, tuple[date, date]] | None = None
    source: str = ""


@dataclass(frozen=True)
class Reach:
    """Prior quantiles of a figure under one explanation, and whether the known value is within reach."""

    figure: KnownFigure
    explanation: str
    low: float
    median: float
    high: float
    within: bool


_2022 = (date(2022, 1, 1), date(2022, 12, 31))
_AUTUMN = (date(2023, 9, 1), date(2023, 10, 25))
_PRESS = (date(2022, 7, 1), date(2023, 10, 25))
_FIRST = (date(2023, 10, 27), date(2023, 11, 8))

FLAGSHIP: tuple[KnownFigure, ...] = (
    KnownFigure("interceptions a day, 2022", 686, "persons/day", "stopped", "mean", _2022,
           source="Hungarian police totals, Serbian section .93"),
    KnownFigure("interceptions a night, autumn 2023", 1150, "persons/day", "stopped", "mean", _AUTUMN,
           source="Hungarian police weeks, both counts"),
    KnownFigure("busiest nights, autumn 2023", 1250, "persons/day", "stopped", "p95", _AUTUMN, source="Hungarian police days"),
    KnownFigure("chance of interception, 2022", 0.69, "1", "stopped", "sum", _2022, ("attempts", "sum", _2022),
                "tie-out of attempts and stops"),
    KnownFigure("present, 2022", 5441, "persons", "waiting + transit + sheltered", "mean", _2022, source="registrations times mean stay"),
    KnownFigure("stay, 2022", 16, "days", "waiting + transit + sheltered", "mean", _2022, ("arrivals", "mean", _2022),
           "commissariat for refugees"),
    KnownFigure("highest prices, October 2023", 1000, "EUR/person", "price_p95", "mean", (date(2023, 9, 25), date(2023, 10, 25)),
           source="the report"),
    KnownFigure("lethal clashes in the press", 4, "clashes", "publicised_lethal", "sum", _PRESS, source="dated press reports"),
    KnownFigure("all clashes in the press", 6, "clashes", "publicised_clashes", "sum", _PRESS, source="dated press reports"),
    KnownFigure("days with shooting", 0.8, "1", "shooting_days", "mean", (date(2022, 10, 26), date(2023, 10, 25)),
           source="the report: almost daily"),
    KnownFigure("people met in 13 days", 4627, "encounters", "encounters", "sum", _FIRST, source="interior ministry"),
    KnownFigure("arrested in 13 days", 127, "persons", "members_arrested", "sum", _FIRST, source="interior ministry"),
    KnownFigure("two days into the operation, over October", 0.09, "1", "stopped", "mean", (date(2023, 10, 29), date(2023, 10, 29)),
           ("stopped", "mean", (date(2023, 10, 1), date(2023, 10, 26))), "Hungarian police days"),
    KnownFigure("attacks on patrols, 2022", 265, "incidents", "attacks", "sum", _2022, source="Hungarian government"),
    KnownFigure("personnel injured, 2022", 41, "persons", "personnel_injured", "sum", _2022, source="Hungarian government"),
)


def measure(case: Case, figures: tuple[KnownFigure, ...] = FLAGSHIP, *, draws: int = 200, seed: int = 20231025) -> list[Reach]:
    """Prior reach of every figure under every explanation of a case.

    Parameters
    ----------
    case : Case
        A case.
    figures : tuple of KnownFigure
        Figures that are known of it.
    draws : int
        Prior replicates per explanation.
    seed : int
        Seed of parameters and random streams.

    Returns
    -------
    list of Reach
        Quantiles by explanation and figure.
    """
    setting = case.setting()

    def value(replicates: np.ndarray, series: str, operation: str, window: tuple[date, date]) -> np.ndarray:
        first, last = ((day - setting.start).days for day in window)
        return reduce(select(replicates[:, first : last + 1], series), operation)

    result = []
    for name in case.hypotheses:
        design = draw(case, name, draws, seed)
        states = begin(setting, design.values, design.innovations, seed, np.arange(draws))
        states, recorded = advance(states, setting.days)
        replicates = recorded.series[states.status == 0]
        for figure in figures:
            values = value(replicates, figure.series, figure.operation, figure.window)
            if figure.over:
                values = values / np.maximum(value(replicates, *figure.over), 1e-9)
            floor, low, median, high, ceiling = np.quantile(values, [0.025, 0.05, 0.5, 0.95, 0.975])
            result.append(Reach(figure, name, float(low), float(median), float(high), bool(floor <= figure.known <= ceiling)))
    return result
