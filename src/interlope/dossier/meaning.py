"""Meaning: which statistics of a replicate a claim may speak of, each with its chance, in the claim's unit."""
from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from interlope import units
from interlope.dossier.claim import CHANNELS, Channel, Interpretation
from interlope.dossier.facts import RANGES, read_number
from interlope.dossier.formula import MOST_TIMES, beyond, bounds, is_counted_as, terms
from interlope.errors import list_nearest, nearest
from interlope.quantities import OPERATIONS, QUANTITIES, SERIES, Reduction
from interlope.toml.table import Table

LEAST, MOST = 0.001, 0.999  # of the chances of channels, each and together, so that the plain meaning keeps one


def read_channel(part: Table) -> Channel:
    """Read one of a claim's channels.

    Parameters
    ----------
    part : Table
        One of `channels`.

    Returns
    -------
    Channel
    """
    result = Channel(part.text("kind", among=CHANNELS), part.number("chance", low=LEAST, high=MOST), part.text("series", ""),
                     part.text("reduce", "", (*OPERATIONS, "")), read_number(part, "sd", *RANGES["sd"]), part.text("reason"))
    if not result.series and not result.reduce:
        part.fault("channel changes nothing", "a series or a reduce of its own", "kind")
    part.close()
    return result


def interpret(table: Table, series: str, reduce: str, unit: str, window: tuple[date, date] | None,
              channels: tuple[Channel, ...], facts: Mapping[str, Any]) -> tuple[Interpretation, ...]:
    """List the plain meaning and what the channels make of it; empty where the claim names no series.

    Parameters
    ----------
    table : Table
        Where faults are noted.
    series, reduce, unit : str
        Statistic and unit of the plain meaning.
    window : tuple of date or None
        Days that are counted.
    channels : tuple of Channel
        Alternatives.
    facts : mapping
        Spread and reference as `read_facts` gives them.

    Returns
    -------
    tuple of Interpretation
    """
    if not series:
        return ()
    taken = sum(channel.chance for channel in channels)
    if taken > MOST:
        table.fault(f"chances of channels add up to {taken:g}", f"at most {MOST}, as the plain meaning has a chance too", "channels")
        return ()
    wanted = [(series, reduce, 1 - taken, facts["sd"])]
    wanted += [(c.series or series, c.reduce or reduce, c.chance, c.sd if c.sd is not None else facts["sd"])
               for c in channels]
    meanings: list[Interpretation] = []
    for expression, operation, chance, sd in wanted:
        if not is_known(table, expression, "series") or operation not in OPERATIONS:
            continue
        if window is None:
            if not table.is_wrong("window"):
                table.fault("series without a window", "window = [from, to]", "series")
            continue
        factor = _factor(table, expression, operation, unit)
        usual = max(_reference(expression, operation, (window[1] - window[0]).days + 1) * factor, 1e-9)
        reference = usual if facts["reference"] is None else facts["reference"]
        if not (meanings or usual / MOST_TIMES <= reference <= usual * MOST_TIMES):
            table.fault(f"reference = {reference:g} of '{expression}'",
                        f"{usual / MOST_TIMES:.3g} to {usual * MOST_TIMES:.3g}, within a million times what is usual", "reference")
        meanings.append(Interpretation(Reduction(expression, operation, *window), chance, factor, sd, reference))
    if any(m.reduction == meanings[0].reduction and m.sd == meanings[0].sd for m in meanings[1:]):
        table.fault("a channel says what the claim itself says", "another series, reduce or sd", "channels")
    if meanings and not all(are_alike(meanings[0].reduction, m.reduction) for m in meanings[1:]):
        table.fault("a channel speaks of something in another unit", f"series that can be stated in '{unit or _own_unit(series)}'",
                    "channels")
    return tuple(meanings)


def range_of(meaning: Interpretation) -> tuple[float, float]:
    """Least and greatest value that a statistic can have, in the claim's unit.

    Parameters
    ----------
    meaning : Interpretation
        One meaning of a claim.

    Returns
    -------
    tuple of float
    """
    r = meaning.reduction
    low, high = bounds(r.series, r.operation, (r.end - r.start).days + 1)
    return low * meaning.factor, high * meaning.factor


def most_stated(meaning: Interpretation) -> float:
    """Number above which none is a statement on the statistic, in the claim's unit; see `formula.beyond`."""
    r = meaning.reduction
    return beyond(r.series, r.operation, (r.end - r.start).days + 1) * meaning.factor


def least_stated(meaning: Interpretation) -> float:
    """Number below which none is a statement on the log scale, in the claim's unit: as far below what is usual as the most lies above."""
    most = most_stated(meaning)
    return most / MOST_TIMES**2 if most < math.inf else 0.0


def is_known(table: Table, expression: str, key: str) -> bool:
    """Whether the text of an entry is a sum of recorded series; a fault is noted where it is not."""
    try:
        terms(expression)
    except KeyError as error:
        name = str(error.args[0])
        expected = f"a recorded series, {list_nearest(name, SERIES)} (all: interlope fields series)"
        table.fault(f"series '{name}' unknown", expected, key, nearest(name, SERIES))
    except ValueError as error:
        actual, _, expected = str(error).partition("; expected ")
        table.fault(actual, expected or "a recorded series", key)
    else:
        return True
    return False


def _factor(table: Table, expression: str, operation: str, unit: str) -> float:
    """From the unit of the recorded series to the claim's; 1 where the claim states none."""
    if not unit:
        return 1.0
    if not is_counted_as(expression, unit):
        actual = f"unit '{unit}' of '{expression}', which counts no deaths"
        table.fault(actual, "what the series counts, such as persons", "unit", cause=actual)
        return 1.0
    try:
        return units.factor(_own_unit(expression), operation, unit)
    except ValueError as error:
        fitting = units.list_fitting(_own_unit(expression), operation)
        actual, _, expected = str(error).partition("; expected ")
        foreign = units.is_foreign_money(unit)
        table.fault(actual, expected if foreign else f"a unit that the series can be stated in, {list_nearest(unit, fitting)}", "unit")
    return 1.0


def _own_unit(expression: str) -> str:
    return QUANTITIES[terms(expression)[0][1]].unit


def are_alike(one: Reduction, other: Reduction) -> bool:
    """Whether two statistics can be stated in one unit."""
    same = _dimension(one) == _dimension(other)
    return same and (_dimension(one)[0] != "count" or units.are_alike(_own_unit(one.series), _own_unit(other.series)))


def _dimension(reduction: Reduction) -> tuple[str, str]:
    """What a statistic is: a count, an amount of money or a share, and of whom."""
    if reduction.operation in ("any", "share_of_days", "slope"):
        return "share", ""
    unit = units.parse(_own_unit(reduction.series))
    return unit.dimension, unit.each


def _reference(expression: str, operation: str, days: int) -> float:
    """Median of what a source that knows nothing would say, in the series' own unit."""
    daily = sum(factor * QUANTITIES[name].reference for factor, name in terms(expression))
    return daily * (days if operation == "sum" else 1)
