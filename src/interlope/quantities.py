"""Quantities: the data dictionary where evidence and simulation meet.

Every recorded series has a name, a unit, the axes on which detail can be asked for, and a definition. Claims and
official figures name these series; the model records them. Neither side knows anything else of the other.
"""
from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from interlope import units

OPERATIONS = ("sum", "mean", "max", "max_week", "share_of_days", "slope", "last", "any", "alternations", "p95")


class Quantity(NamedTuple):
    """A recorded daily series.

    `axes` holds "s" and "c" where sector and client-class detail exist. `reference` is the median of a broad reference
    density on the series' own scale, per day, used for sources that know nothing; it never comes from the simulator.
    `least` and `most` bound a day's value where its unit does not say it: a share lies within 0 to 1, all else is not negative.
    """

    name: str
    unit: str
    axes: str
    definition: str
    reference: float
    harm: bool = False
    least: float = 0.0
    most: float | None = None


_ROWS: tuple[Quantity, ...] = (
    Quantity("arrivals", "persons/day", "c", "{people} entering {region}", 300.0),
    Quantity("waiting", "persons", "c", "within reach of the border, {sites} near it included, at day's end", 3000.0),
    Quantity("sheltered", "persons", "c", "held or protected in {sites} of a state and not trying, at day's end", 3000.0),
    Quantity("transit", "persons", "c", "on the transit side away from the border, at day's end", 3000.0),
    Quantity("attempts", "attempts/day", "cs", "all tries to cross, retries counted", 600.0),
    Quantity("prevented", "persons/day", "s", "stopped {at_barrier}", 200.0),
    Quantity("detained", "persons/day", "s", "caught inside, sent back or held in protection", 200.0),
    Quantity("stopped", "persons/day", "s", "prevented and detained together", 400.0),
    Quantity("returned", "persons/day", "s", "detained, sent back or held in protection", 200.0),
    Quantity("successes", "persons/day", "cs", "got through", 200.0),
    Quantity("readmitted", "persons/day", "", "got through before, and returned under an agreement", 5.0),
    Quantity("readmitted_again", "persons/day", "", "of those returned under an agreement, set out for the border again", 2.5),
    Quantity("diverted", "persons/day", "c", "left for another route", 50.0),
    Quantity("gave_up", "persons/day", "c", "left and gave up", 20.0),
    Quantity("deterred", "persons/day", "", "took another route upstream, because this one was believed shut", 20.0),
    Quantity("self_guided_share", "1", "s", "attempts without a guide, of all attempts", 0.2),
    Quantity("price_mean", "EUR/person", "s", "price of the {leg}, weighted by guided attempts", 700.0),
    Quantity("price_p95", "EUR/person", "", "95th centile of the price over guided attempts", 1000.0),
    Quantity("price_quoted", "EUR/person", "", "price as quoted to the press", 800.0),
    Quantity("revenue", "EUR/day", "", "takings of all {groups}", 150000.0),
    Quantity("profit", "EUR/day", "", "takings less costs of all {groups}", 80000.0, least=-math.inf),
    Quantity("tribute", "EUR/day", "", "paid to {organisations} by {groups} that they command or that are tied to them", 5000.0),
    Quantity("passage_payments", "EUR/day", "", "paid to {organisations} for passage by {groups} without ties to them", 5000.0),
    Quantity("franchise_fees", "EUR/day", "", "paid to {organisations} for the use of their name", 2000.0),
    Quantity("extorted", "EUR/day", "", "paid on demand to those who show a feared name", 1000.0),
    Quantity("refusals", "events/day", "", "demands refused at first", 0.05),
    Quantity("punishments", "events/day", "", "refusals punished with violence", 0.02),
    Quantity("market_elasticity", "1", "", "elasticity of guided crossings to the price level, from the logit market", 0.5,
             most=math.inf),
    Quantity("alternatives", "cells", "", "pairs of {group} and sector with members present", 25.0),
    Quantity("members", "persons", "s", "armed or organised members present", 500.0),
    Quantity("recruits", "persons/day", "s", "new members, those of new {groups} included", 2.0),
    Quantity("members_left", "persons/day", "s", "members who left, alive and free, those of ended {groups} included", 2.0),
    Quantity("groups", "groups", "", "{groups} with members", 8.0),
    Quantity("groups_new", "groups/day", "", "{groups} that began today", 0.01),
    Quantity("largest_share", "1", "", "largest part of guided attempts held by one unit of control", 0.3),
    Quantity("hhi", "1", "", "sum of squared parts of guided attempts by unit of control", 0.2),
    Quantity("clashes", "clashes/day", "s", "armed clashes between {groups}", 0.1),
    Quantity("lethal_clashes", "clashes/day", "s", "clashes with at least one death", 0.01, True),
    Quantity("lethal_expected", "clashes/day", "s", "lethal clashes to be expected from the clashes of the day", 0.01),
    Quantity("clash_days", "1", "", "1 on a day with a clash", 0.1),
    Quantity("shooting_days", "1", "", "1 on a day with shots heard, clash or not", 0.2),
    Quantity("publicised_clashes", "clashes/day", "", "clashes that reach the press", 0.02),
    Quantity("publicised_lethal", "clashes/day", "", "lethal clashes that reach the press", 0.01),
    Quantity("readiness", "1", "", "readiness to use lethal force, member-weighted", 0.3),
    Quantity("group_deaths", "persons/day", "s", "members killed in clashes", 0.02, True),
    Quantity("client_deaths", "persons/day", "s", "{people} who died crossing or near clashes", 0.02, True),
    Quantity("client_injuries", "persons/day", "s", "{people} injured", 2.0, True),
    Quantity("client_violence", "incidents/day", "s", "violence by {groups} against {people}", 0.3, True),
    Quantity("diverted_deaths", "persons/day", "", "deaths among people pushed to another route", 0.01, True),
    Quantity("personnel_injured", "persons/day", "", "{personnel} {of_states} injured", 0.1, True),
    Quantity("personnel_killed", "persons/day", "", "{personnel} {of_states} killed", 0.001, True),
    Quantity("attacks", "incidents/day", "", "attacks on {personnel}, mostly by people crossing", 0.7),
    Quantity("armed_attacks", "incidents/day", "", "organised armed attacks on {personnel}", 0.01),
    Quantity("organised_response", "events/day", "", "two {groups} acting together against {personnel} of one state", 0.001),
    Quantity("encounters", "encounters/day", "", "people met by police, in operations and every day: encounters, not persons", 50.0),
    Quantity("moved", "persons/day", "", "found and moved to {sites}", 35.0),
    Quantity("members_arrested", "persons/day", "", "{group} members arrested", 0.3),
    Quantity("arrests_expected", "persons/day", "", "members to be expected among the arrested of the day", 0.3),
    Quantity("leaders_lost", "persons/day", "", "leaders arrested", 0.01),
    Quantity("weapons_found", "weapons/day", "", "{weapons} seized", 0.1),
    Quantity("operation_days", "1", "", "intensity of a police operation running today", 0.1),
    Quantity("restraint_transit", "1", "", "fear of escalation of {transit}, 0 to 1", 0.1),
    Quantity("restraint_destination", "1", "", "fear of escalation of {destination}, 0 to 1", 0.1),
    Quantity("share_command", "1", "", "guided attempts with {groups} under {command}", 0.1),
    Quantity("share_kin", "1", "", "guided attempts with {groups} with {ties}", 0.1),
    Quantity("share_symbol", "1", "", "guided attempts with {groups} showing {shown_name}", 0.1),
    Quantity("share_taxed", "1", "", "guided attempts with {groups} that pay tribute, for passage or for a name", 0.2),
    Quantity("share_franchise", "1", "", "guided attempts with {groups} that pay for the use of a name", 0.1),
    Quantity("share_command_familiar", "1", "",
             "{groups} under command, by members, weighted by how well their origin knows the name", 0.1),
    Quantity("share_state_directed", "1", "",
             "{groups} under command, by members, whose organisation is paid by a state; one half where none is under command", 0.5),
    Quantity("share_symbol_untied", "1", "",
             "{groups} showing {shown_name} without any tie, of those showing one; one half where none does", 0.5),
    Quantity("symbol_groups", "groups", "", "{groups} showing {shown_name}", 1.0),
    Quantity("belief_real", "1", "", "clients' belief that a shown name is genuine", 0.5),
    Quantity("organisations", "organisations", "", "{organisations} active", 0.3),
    Quantity("sectors_governed", "sectors", "s", "authority that {groups} have in place of the state, 0 to 1, added up over sectors", 0.5),
    Quantity("sectors_uncontrolled", "sectors", "", "sectors out of the state's control: most authority is that of {groups}", 0.3),
    Quantity("governance_tax", "EUR/day", "", "paid to {groups} that govern by {groups} that do not", 500.0),
    Quantity("supply_binding", "1", "", "1 on a day on which the shared supply of {means} could not carry all", 0.2),
    Quantity("supply_cost", "EUR/day", "", "paid by all {groups} to the seller of the shared supply", 10000.0),
    Quantity("truces", "sectors", "", "sectors in which a truce holds", 2.0),
)

QUANTITIES: Mapping[str, Quantity] = {q.name: q for q in _ROWS}
SERIES: tuple[str, ...] = tuple(QUANTITIES)
INDEX: Mapping[str, int] = {name: i for i, name in enumerate(SERIES)}
BY_SECTOR: tuple[str, ...] = tuple(q.name for q in _ROWS if "s" in q.axes)
BY_CLASS: tuple[str, ...] = tuple(q.name for q in _ROWS if "c" in q.axes)


@dataclass(frozen=True)
class Reduction:
    """One number read off a path: an operation on a recorded series over a window of days (both ends counted).

    `series` may be a sum of recorded series, each with an optional factor: "prevented + 1.075 detained". `without` names an event that the
    path is without: the number is then read off the same replicate, run again without that event.
    """

    series: str
    operation: str
    start: date
    end: date
    without: str = ""


def terms(series: str) -> list[tuple[float, str]]:
    """Split a sum of recorded series of one unit into (factor, name).

    >>> terms("prevented + 1.5 detained")
    [(1.0, 'prevented'), (1.5, 'detained')]

    Raises
    ------
    KeyError
        When a name is not a recorded series.
    ValueError
        When the text is no such sum, or its series are in units that do not add up; the message says what was expected.
    """
    result = []
    for part in series.split("+"):
        words = part.split()
        if len(words) not in (1, 2):
            raise ValueError(f"series '{series}'; expected a recorded series, or a sum such as 'prevented + 1.5 detained'")
        try:
            factor = units.number(words[0]) if len(words) == 2 else 1.0
        except ValueError:
            factor = math.nan
        if not math.isfinite(factor) or factor == 0.0:
            raise ValueError(f"factor '{words[0]}' in series '{series}'; expected a number other than zero")
        if words[-1] not in INDEX:
            raise KeyError(words[-1])
        result.append((factor, words[-1]))
    if all(factor < 0.0 for factor, _ in result):
        raise ValueError(f"series '{series}' is never above zero; expected a factor above zero")
    dimensions = {units.parse(QUANTITIES[name].unit)[:3] for _, name in result}
    if len(dimensions) > 1:
        units_stated = " and ".join(f"{name} ({QUANTITIES[name].unit})" for _, name in result)
        raise ValueError(f"series '{series}' adds {units_stated}; expected series of one unit")
    return result


def bounds(series: str, operation: str = "mean", days: int = 1) -> tuple[float, float]:
    """Least and greatest value that an operation on a (sum of) recorded series can have, in the series' own unit.

    Parameters
    ----------
    series : str
        A recorded series or a sum of them, as in `Reduction`.
    operation : str, default "mean"
        One of `OPERATIONS`.
    days : int, default 1
        Length of the window.

    Returns
    -------
    tuple of float
        Both may be infinite. A statement outside them is a mistake of unit or of number.

    Examples
    --------
    >>> bounds("share_command"), bounds("prevented + detained", "sum", 30), bounds("clash_days", "sum", 30)
    ((0.0, 1.0), (0.0, inf), (0.0, 30.0))
    """
    if operation in ("any", "share_of_days"):
        return 0.0, 1.0
    if operation == "slope":
        return -math.inf, math.inf
    if operation == "alternations":
        return 0.0, float(max(days // 30, 1) - 1)  # turns between months, as `reduce` counts them
    low = high = 0.0
    for factor, name in terms(series):
        quantity = QUANTITIES[name]
        most = quantity.most if quantity.most is not None else 1.0 if quantity.unit == "1" else math.inf
        least, most = sorted((factor * quantity.least, factor * most))
        low, high = low + least, high + most
    return (low * days, high * days) if operation == "sum" else (low, high)


def select(recorded: np.ndarray, series: str) -> np.ndarray:
    """Read a (sum of) recorded series off recorded [r, d, k] as float64 [r, d]."""
    total = np.zeros(recorded.shape[:2])
    for factor, name in terms(series):
        total += factor * recorded[:, :, INDEX[name]].astype(np.float64)
    return total


def reduce(daily: np.ndarray, operation: str) -> np.ndarray:
    """Apply one operation to daily values [r, d] of one window; returns [r].

    sum, mean, max, last, p95: as named. max_week: largest mean of seven days running. share_of_days: part of days above
    zero. any: 1 if any day is above zero. slope: least-squares slope of yearly relative change, (d/dt) / mean * 365.
    alternations: number of switches between months above and below the median month.

    Days are added one after the other, as a running replicate adds them, so that `model/online_statistics.py` gives equal bits.
    """
    days = daily.shape[1]
    match operation:
        case "sum":
            return _add(daily)
        case "mean":
            return _add(daily) / days
        case "max":
            return daily.max(axis=1)
        case "last":
            return daily[:, -1].copy()
        case "p95":
            place = 0.95 * (days - 1)
            low = int(place)
            ordered = np.sort(daily, axis=1)
            return ordered[:, low] + (ordered[:, min(low + 1, days - 1)] - ordered[:, low]) * (place - low)
        case "any":
            return np.asarray((daily > 0).any(axis=1), dtype=np.float64)
        case "share_of_days":
            return np.asarray((daily > 0).mean(axis=1))
        case "max_week":
            width = min(7, days)
            weeks = np.lib.stride_tricks.sliding_window_view(daily, width, axis=1)
            return np.asarray((np.cumsum(weeks, axis=2)[:, :, -1] / width).max(axis=1))
        case "slope":
            t = np.arange(days) - (days - 1) / 2
            slope = _add(daily * t) / max(float(t @ t), 1.0)
            return slope / np.maximum(np.abs(_add(daily) / days), 1e-9) * 365.0
        case "alternations":
            months = max(days // 30, 1)
            by_month = daily[:, : months * 30].reshape(len(daily), months, -1)
            totals = np.cumsum(by_month, axis=2)[:, :, -1]
            high = totals > np.median(totals, axis=1, keepdims=True)
            return (np.diff(high.astype(np.int8), axis=1) != 0).sum(axis=1).astype(np.float64)
    raise ValueError(f"operation '{operation}' unknown; expected one of {', '.join(OPERATIONS)}")


def _add(daily: np.ndarray) -> np.ndarray:
    """Sums [r] of daily values [r, d], day after day."""
    return np.cumsum(daily, axis=1)[:, -1].copy()
