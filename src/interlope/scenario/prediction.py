"""Predictions: what an explanation says a recorded series must show, such that it can fail and can hold."""
from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from interlope.dossier.formula import MOST_TIMES, beyond, bounds, terms
from interlope.errors import list_nearest, nearest
from interlope.quantities import OPERATIONS, SERIES, Reduction
from interlope.scenario.citation import check_source
from interlope.scenario.specification import Horizon
from interlope.toml.table import Table


@dataclass(frozen=True)
class Prediction:
    """What an explanation says a recorded series must show; `at_least` and `at_most` are None where not given."""

    says: str
    reduction: Reduction
    at_least: float | None
    at_most: float | None
    source: str = "assumption"

    def holds(self, values: np.ndarray) -> np.ndarray:
        """True where values [r] meet the prediction."""
        low = -np.inf if self.at_least is None else self.at_least
        high = np.inf if self.at_most is None else self.at_most
        return (values >= low) & (values <= high)


def read_prediction(part: Table, horizon: Horizon, sources: Collection[str] | None) -> Prediction | None:
    """Read one [[prediction]]: a reduction of a recorded series and the bound it must keep.

    Parameters
    ----------
    part : Table
        Where it stands; its list of faults receives every fault.
    horizon : Horizon
        The days of the case; a prediction speaks of days after the market has settled.
    sources : Collection[str] or None
        Ids that a source may be; not checked when None.

    Returns
    -------
    Prediction or None
        None where it is faulty.
    """
    says = part.text("says")
    series = part.text("series")
    right = bool(series)
    try:
        terms(series or SERIES[0])
    except (KeyError, ValueError) as error:
        right = False
        actual, _, expected = str(error.args[0]).partition("; expected ")
        if isinstance(error, KeyError):
            known = f"{list_nearest(actual, SERIES)} (all: interlope fields series)"
            part.fault(f"series '{actual}' unknown", known, "series", nearest(actual, SERIES))
        else:
            part.fault(actual, expected, "series")
    operation = part.text("reduce", among=OPERATIONS)
    window = part.window("window")
    if window is not None and not (horizon.start <= window[0] and window[1] <= horizon.end):
        part.fault(f"window {window[0]} to {window[1]}", f"days from {horizon.start} to {horizon.end}", "window")
    elif window is not None and window[0] < horizon.burn_in:
        part.fault(f"window {window[0]} to {window[1]} begins in the burn-in, while the market settles", f"days from {horizon.burn_in} on",
                   "window")
    at_least, at_most = (_bound(part, key) for key in ("at_least", "at_most"))
    source = part.text("source", "assumption")
    check_source(part, source, sources)
    part.close()
    if not right or window is None or operation not in OPERATIONS:
        return None
    days = (window[1] - window[0]).days + 1
    if operation == "any":
        _speak_of_any(part, at_least, at_most)
    _can_fail_and_hold(part, at_least, at_most, bounds(series, operation, days))
    for key, value in (("at_least", at_least), ("at_most", at_most)):
        if value is not None and beyond(series, operation, days) < abs(value) < math.inf:
            part.fault(f"{key} = {value:g} for the {operation} of '{series}'", f"at most {beyond(series, operation, days):g}", key,
                       f"that is {MOST_TIMES:,.0f} times what is usual")
    return Prediction(says, Reduction(series, operation, *window), at_least, at_most, source)


def read_predictions(parts: Sequence[Table], horizon: Horizon, sources: Collection[str] | None) -> tuple[Prediction, ...]:
    """Read every [[prediction]] of an explanation or a variant, each of them once; see `read_prediction`."""
    right: list[Prediction] = []
    for part in parts:
        one = read_prediction(part, horizon, sources)
        if one is None:
            continue
        if any((one.reduction, one.at_least, one.at_most) == (p.reduction, p.at_least, p.at_most) for p in right):
            part.fault(f"prediction '{one.says}' says what one above it says", "each once, as those that fail are counted", "says")
        right.append(one)
    return tuple(right)


def _bound(part: Table, key: str) -> float | None:
    """A bound of a prediction; None where it is not written or wrong."""
    value = part.number(key) if part.has(key) else math.nan
    return None if math.isnan(value) else value


def _speak_of_any(part: Table, at_least: float | None, at_most: float | None) -> None:
    """Refuse a bound between 0 and 1, or beyond, of what is either: it would count for nothing."""
    for key, value, only in (("at_least", at_least, 1), ("at_most", at_most, 0)):
        if value is not None and value != only:
            part.refuse(key, value, f"{key} = {only}, as reduce = \"any\" is 1 if there is anything on any day and 0 else; "
                        + 'reduce = "max" compares the highest day with a bound')


def _can_fail_and_hold(part: Table, at_least: float | None, at_most: float | None, possible: tuple[float, float]) -> None:
    """Refuse a prediction that no value of the series could break, or that none could keep."""
    least, most = possible
    between = f"the values that are possible, {least:g} to {most:g}"
    remedy = "a share is a number from 0 to 1, not percent" if most == 1.0 else ""
    if not (part.has("at_least") or part.has("at_most")):
        part.fault("a prediction that nothing could fail", "'at_least' or 'at_most'")
    if at_least is not None and at_most is not None and at_least >= at_most:
        how = "above" if at_least > at_most else "and"
        part.fault(f"at_least = {at_least:g} {how} at_most = {at_most:g}", "at_least below at_most", "at_least")
    if at_least is not None and at_least > most:
        part.fault(f"at_least = {at_least:g}, which nothing could reach", between, "at_least", remedy)
    if at_most is not None and at_most < least:
        part.fault(f"at_most = {at_most:g}, which nothing could keep to", between, "at_most")
    for key, value, idle in (("at_least", at_least, at_least is not None and at_least <= least),
                             ("at_most", at_most, at_most is not None and at_most >= most)):
        if idle:
            part.fault(f"{key} = {value:g}, which nothing could fail", f"a bound between {between}", key, remedy)
