"""Formulas: sums of recorded series that a statement may speak of, and how far its numbers may go.

A sum names each quantity once, with factors from 0.001 to 1000; what it adds shares no person or event (`stopped` holds `detained`, so that
both together count people twice); it can lie above zero; and prices or shares, which are averages, are averaged and not added.
"""
from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import combinations

from interlope import units
from interlope.quantities import QUANTITIES, Quantity
from interlope.quantities import bounds as possible
from interlope.quantities import terms as split

LEAST_FACTOR, MOST_FACTOR = 1e-3, 1e3
MOST_TIMES = 1e6  # what no statement exceeds, as a multiple of the median of what an ignorant source would say
STEEPEST = 1e3  # yearly relative change of a series that may fall below zero, for which no bound follows from the window
YEAR = 365.0

_LETHAL, _CLASHES = ("lethal publicised", "lethal unpublicised"), ("other publicised", "other unpublicised")
PARTS: Mapping[str, frozenset[str]] = {name: frozenset(parts) for name, parts in {  # what the series of one whole consist of
    "attempts": ("prevented", "detained", "died", "successes"), "prevented": ("prevented",), "detained": ("detained",),
    "returned": ("detained",), "stopped": ("prevented", "detained"), "successes": ("successes",),
    "clashes": (*_LETHAL, *_CLASHES), "lethal_clashes": _LETHAL, "lethal_expected": _LETHAL,
    "publicised_clashes": (_LETHAL[0], _CLASHES[0]), "publicised_lethal": (_LETHAL[0],),
    "members_arrested": ("led", "leaders"), "arrests_expected": ("led", "leaders"), "leaders_lost": ("leaders",),
    "encounters": ("moved", "led", "leaders", "others met"), "moved": ("moved",),
    "groups": ("with a name", "without"), "symbol_groups": ("with a name",),
    "clash_days": ("clash",), "shooting_days": ("clash", "shots only")}.items()}


def terms(series: str) -> list[tuple[float, str]]:
    """Split a sum of recorded series into (factor, name), as `quantities.terms` does, and refuse one that cannot be meant.

    Parameters
    ----------
    series : str
        A recorded series, or a sum of them, each with an optional factor.

    Returns
    -------
    list of tuple
        (factor, name) of each term.

    Raises
    ------
    KeyError
        When a name is not a recorded series.
    ValueError
        When the text is no sum, or one that counts twice, is never above zero, or adds averages; the message says what was expected.

    Examples
    --------
    >>> terms("clashes + -1 lethal_clashes")
    [(1.0, 'clashes'), (-1.0, 'lethal_clashes')]
    >>> terms("stopped + detained")
    Traceback (most recent call last):
    ValueError: series 'stopped + detained' counts 'detained' twice, as it is part of 'stopped'; expected each person or event once
    """
    result = split(series)
    names = [name for _, name in result]
    if again := next((name for i, name in enumerate(names) if name in names[:i]), ""):
        raise ValueError(f"'{again}' twice in series '{series}'; expected each quantity once, with a factor where it needs one")
    for factor, name in result:
        if not LEAST_FACTOR <= abs(factor) <= MOST_FACTOR:
            raise ValueError(f"factor {factor:g} of '{name}' in series '{series}'; expected a factor from {LEAST_FACTOR:g} to "
                             f"{MOST_FACTOR:g}")
    for (one, name), (other, second) in combinations(result, 2):
        if not units.are_alike(QUANTITIES[name].unit, QUANTITIES[second].unit):
            raise ValueError(f"series '{series}' adds {name} ({QUANTITIES[name].unit}) and {second} ({QUANTITIES[second].unit}); expected "
                             "series that count the same")
        if one * other > 0 and parts_of(name) & parts_of(second):
            whole, part = sorted((name, second), key=lambda n: -len(parts_of(n)))
            raise ValueError(f"series '{series}' counts '{part}' twice, as it is part of '{whole}'; expected each person or event once")
    if all(factor <= 0.0 for factor in consists_of(series).values()):
        raise ValueError(f"series '{series}' is never above zero, as it takes off all that it counts; expected a sum that can be "
                         "above zero")
    added = [factor for factor, name in result if factor > 0 and _is_average(QUANTITIES[name])]
    if len(added) > 1 and sum(added) > 1 + 1e-6:
        raise ValueError(f"series '{series}' adds averages; expected a mean of them, with factors that sum to at most 1")
    return result


def parts_of(name: str) -> frozenset[str]:
    """What a recorded series consists of; itself where no other series shares in it."""
    return PARTS.get(name, frozenset((name,)))


def consists_of(series: str) -> dict[str, float]:
    """What a sum of recorded series counts, with factors: equal for two texts of one sum.

    >>> consists_of("detained + prevented") == consists_of("stopped")
    True
    """
    counted: dict[str, float] = {}
    for factor, name in split(series):
        for part in parts_of(name):
            counted[part] = counted.get(part, 0.0) + factor
    return {part: factor for part, factor in counted.items() if abs(factor) > 1e-9}


def is_counted_as(series: str, unit: str) -> bool:
    """Whether what a sum counts can be called so: deaths are those of series of deaths.

    >>> is_counted_as("client_deaths", "deaths"), is_counted_as("detained", "deaths/day")
    (True, False)
    """
    return unit.partition("/")[0].strip() != "deaths" or all("deaths" in name or "killed" in name for _, name in split(series))


def is_whole(series: str, unit: str, reduce: str) -> bool:
    """Whether a table reports whole numbers: sums or last days of what is counted, not means, and no sums of shares.

    >>> is_whole("detained", "persons/month", "sum"), is_whole("operation_days", "days", "sum"), is_whole("detained", "persons", "mean")
    (True, False, False)
    """
    if not series or units.parse(unit).dimension != "count" or reduce == "mean":
        return False
    return units.parse(QUANTITIES[split(series)[0][1]].unit).dimension != "share"


def bounds(series: str, operation: str, days: int) -> tuple[float, float]:
    """Least and greatest value that an operation on a sum of recorded series can have; see `quantities.bounds`.

    The least-squares slope of what is never negative is steepest where all of it falls on the last day of the window: over n days it is
    6 / (n + 1) of the mean a day. One day has none.

    Parameters
    ----------
    series : str
        The sum.
    operation : str
        One of `quantities.OPERATIONS`.
    days : int
        Length of the window.

    Returns
    -------
    tuple of float
        In the series' own unit.

    Examples
    --------
    >>> bounds("clashes", "slope", 364)
    (-6.0, 6.0)
    """
    if operation != "slope":
        return possible(series, operation, days)
    steepest = 0.0 if days == 1 else STEEPEST if possible(series)[0] < 0 else 6.0 * YEAR / (days + 1)
    return 0.0 - steepest, steepest


def beyond(series: str, operation: str, days: int) -> float:
    """Number that a statement on an operation cannot exceed whoever makes it: a million times the quantity's broad reference.

    Parameters
    ----------
    series : str
        The sum.
    operation : str
        One of `quantities.OPERATIONS`.
    days : int
        Length of the window.

    Returns
    -------
    float
        In the series' own unit; infinite where the operation has bounds of its own.

    Examples
    --------
    >>> beyond("detained", "mean", 30)
    200000000.0
    """
    if operation in ("any", "share_of_days", "slope", "alternations"):
        return math.inf
    daily = sum(abs(factor) * QUANTITIES[name].reference for factor, name in split(series))
    return MOST_TIMES * daily * (days if operation == "sum" else 1)


def _is_average(quantity: Quantity) -> bool:
    """True of prices and shares, which say how something is on average and do not add up; days with something do."""
    unit = units.parse(quantity.unit)
    return bool(unit.each) or (unit.dimension == "share" and not quantity.name.endswith("_days"))
