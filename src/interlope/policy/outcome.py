"""Outcomes: what options are compared on, harm to people first, in the order in which every table shows them."""
from __future__ import annotations

from typing import NamedTuple

import numpy as np

from interlope.quantities import select

YEAR = 365.0


class Outcome(NamedTuple):
    """One number of a future, so scaled that a year, a quarter and today can be compared.

    `series` is a recorded series or a sum of them. `per_year` outcomes are mean daily counts times 365, the others plain means of days;
    `worse` says which direction is worse ("more", or "" where nobody can say without a value judgement). `parts` are outcomes that this
    one is the sum of, in every future by itself; they have rows of their own, and nobody adds them to it.
    """

    name: str
    series: str
    unit: str
    meaning: str
    worse: str = "more"
    harm: bool = False
    per_year: bool = False
    parts: tuple[str, ...] = ()


DEATHS = "deaths"  # of people on the move, here and on other routes together

OUTCOMES: tuple[Outcome, ...] = (
    Outcome(DEATHS, "client_deaths + diverted_deaths", "persons/year", "{people} who die, here and on other routes together",
            harm=True, per_year=True, parts=("client_deaths", "diverted_deaths")),
    Outcome("client_deaths", "client_deaths", "persons/year", "{people} who die here",
            harm=True, per_year=True),
    Outcome("diverted_deaths", "diverted_deaths", "persons/year",
            "people who turn to another route, here or before they come, and die there", harm=True, per_year=True),
    Outcome("client_injuries", "client_injuries", "persons/year", "{people} injured",
            harm=True, per_year=True),
    Outcome("client_violence", "client_violence", "incidents/year", "violence by {groups} against {people}",
            harm=True, per_year=True),
    Outcome("personnel_injured", "personnel_injured", "persons/year", "{personnel} {of_states} injured",
            harm=True, per_year=True),
    Outcome("personnel_killed", "personnel_killed", "persons/year", "{personnel} {of_states} killed",
            harm=True, per_year=True),
    Outcome("group_deaths", "group_deaths", "persons/year", "members of {groups} killed", harm=True, per_year=True),
    Outcome("attempts", "attempts", "attempts/day", "tries to cross, retries counted", worse=""),
    Outcome("successes", "successes", "persons/day", "people who get through", worse=""),
    Outcome("price_mean", "price_mean", "EUR/person", "price of the {leg} on days with guided attempts", worse=""),
    Outcome("share_command", "share_command", "1", "guided attempts with {groups} under {command}"),
    Outcome("sectors_uncontrolled", "sectors_uncontrolled", "sectors", "sectors out of the state's control"),
    Outcome("revenue", "revenue", "EUR/day", "takings of all {groups}"),
    Outcome("diverted", "diverted", "persons/day", "people who leave for another route", worse=""),
    Outcome("readmitted", "readmitted", "persons/day", "people returned under an agreement, whatever they meet there", worse=""),
)


def measure(series: np.ndarray) -> np.ndarray:
    """Outcomes of recorded days.

    Parameters
    ----------
    series : recorded series [r, d, k] in the order of quantities.SERIES, d at least 1.

    Returns
    -------
    float64 [r, len(OUTCOMES)]; a price is NaN where no day has one.
    """
    result = np.empty((len(series), len(OUTCOMES)))
    for column, outcome in enumerate(OUTCOMES):
        daily = select(series, outcome.series)
        if outcome.name == "price_mean":
            priced = np.isfinite(daily) & (daily > 0)
            days = priced.sum(axis=1)
            total = np.where(priced, daily, 0.0).sum(axis=1)
            result[:, column] = np.where(days > 0, total / np.maximum(days, 1), np.nan)
        else:
            result[:, column] = daily.mean(axis=1) * (YEAR if outcome.per_year else 1.0)
    return result
