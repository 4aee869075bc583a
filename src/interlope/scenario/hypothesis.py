"""Hypotheses: rival explanations, each a set of parameters and at least one prediction that could fail."""
from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from interlope.errors import Fault, list_nearest, nearest
from interlope.model.params import Param
from interlope.quantities import OPERATIONS, SERIES, Reduction, bounds, terms
from interlope.scenario.limits import LIMITS
from interlope.scenario.prior import Prior, parse
from interlope.toml.located import BROKEN
from interlope.toml.table import Table, read

ROLES = ("I", "F", "S", "M")
_KEY = re.compile(r"[a-z][a-z-]*[0-9]{4}[a-z]?")  # a bibliography key such as kress2009

LEAST_ODDS, MOST_ODDS = 1e-6, 1e6  # of an explanation before the evidence; beyond, no evidence could speak
NEVER_ZERO = ("growth_members_total", "demand_north_rate", "prices_weight", "prices_unit_cost", "growth_profit_norm")


@dataclass(frozen=True)
class Given:
    """A prior for one parameter, as a file gives it; `role` is empty where the file leaves it to the model."""

    name: str
    prior: Prior
    unit: str
    source: str
    role: str = ""


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


@dataclass(frozen=True)
class Hypothesis:
    """One explanation. Parameters that it does not name keep their shared prior."""

    name: str
    gloss: str
    prior_odds: float
    parameters: Mapping[str, Given]
    predictions: tuple[Prediction, ...]


def load(path: Path, display: str, faults: list[Fault], *, horizon: tuple[date, date], known: Mapping[str, Param],
         sources: Collection[str] | None = ()) -> Hypothesis | None:
    """Read one hypothesis; faults are added to the list, and None is returned when there are any.

    Parameters
    ----------
    path : Path
        The TOML file.
    display : str
        How messages name it.
    horizon : tuple[date, date]
        First and last simulated day.
    known : Mapping[str, Param]
        Model parameters.
    sources : Collection[str] or None, optional
        Ids that a `source` may name beside a bibliography key, `definition` and `assumption`; None: any.
    """
    table = read(path, display, faults)
    if table is None:
        return None
    before = len(faults)
    table.integer("format", low=1, high=1)
    name = table.name("name")
    if name and name != path.stem:
        table.fault(f"name '{name}'", f"the file's name, '{path.stem}'", "name")
    gloss = table.text("gloss")
    odds = table.number("prior_odds", 1.0, low=LEAST_ODDS, high=MOST_ODDS)
    part = table.part("parameters", {})
    parameters = {} if part is None else read_parameters(part, known, sources)
    predictions = [_prediction(item, horizon, sources) for item in table.parts("prediction", at_least=1)]
    table.close()
    if len(faults) > before:
        return None
    return Hypothesis(name, gloss, odds, parameters, tuple(p for p in predictions if p is not None))


def read_parameters(table: Table, known: Mapping[str, Param], sources: Collection[str] | None) -> dict[str, Given]:
    """Read a table of parameters by name, each { prior = "..." | value = x, unit = "...", source = "..." }.

    A prior must keep to the signs of the model's own prior (a rate is never negative), chances and shares to 0..1, and
    the unit must be the model's.

    Parameters
    ----------
    table : Table
        The table of the file.
    known : Mapping[str, Param]
        Parameters of the model, by name.
    sources : Collection[str] or None
        Ids that a source may be; not checked when None.

    Returns
    -------
    dict[str, Given]
    """
    given: dict[str, Given] = {}
    for name in table.data:
        part = table.part(name)
        if part is None:
            continue
        if name not in known:
            table.fault(f"parameter '{name}' unknown", "a parameter of the model", name, nearest(name, known))
            continue
        prior = _prior(part, name, known[name])
        unit = part.text("unit")
        if unit and unit != known[name].unit:
            part.fault(f"unit '{unit}' of {name}", f"'{known[name].unit}'", "unit")
        source = part.text("source")
        check_source(part, source, sources)
        role = part.text("role", "", ROLES)
        part.close()
        if prior is not None:
            given[name] = Given(name, prior, unit, source, role)
    return given


def check_source(table: Table, source: str, sources: Collection[str] | None, key: str = "source") -> None:
    """Note a fault unless a source is `definition`, `assumption`, an id of the dossier or a bibliography key.

    `sources` is None where the dossier could not be read: then nothing is checked.

    Parameters
    ----------
    table : Table
        The table of the file.
    source : str
        What the entry names.
    sources : Collection[str] or None
        Ids that a source may be; not checked when None.
    key : str, default 'source'
        Entry that names the source.
    """
    if sources is None:
        return
    if source and source not in ("definition", "assumption") and source not in sources and not _KEY.fullmatch(source):
        table.fault(f"source '{source}' unknown",
                    "an id of the dossier, a bibliography key such as kress2009, 'definition' or 'assumption'",
                    key, nearest(source, [*sources, "definition", "assumption"]))


def _prior(part: Table, name: str, param: Param) -> Prior | None:
    """Read `prior` or `value` and check its sign and range."""
    if part.has("prior") == part.has("value"):
        part.fault(f"{name} with {'both' if part.has('prior') else 'neither'} prior and value".replace(
            "neither prior and", "neither prior nor"), "either 'prior' or 'value'")
        part.known.update(("prior", "value"))
        return None
    key = "prior" if part.has("prior") else "value"
    text = part.take(key)
    if text is BROKEN:
        return None
    try:
        prior = parse(text)
    except ValueError as error:
        actual, _, expected = str(error).removeprefix("found ").partition("; expected ")
        part.fault(f"{name}: {key} {actual}", expected, key)
        return None
    low, high = prior.range
    bounded = name.endswith(("_chance", "_share")) or (param.unit == "1" and param.meaning.startswith(("chance", "part", "members who")))
    least = 0.0 if bounded else min(0.0, parse(param.prior).support[0])
    most = 1.0 if bounded else np.inf
    if low < least or high > most:
        expected = "a chance or share within 0 to 1" if bounded else "no value below zero"
        part.fault(f"{name} = {prior.text} reaches {low if low < least else high:g}", expected, key)
        return None
    if high <= 0.0 and (param.unit == "days" or name in NEVER_ZERO):
        part.fault(f"{name} = {prior.text}", "a value above zero", key)
        return None
    limit = LIMITS.get(name)
    if limit is not None:
        if low < limit.least or high > limit.most:
            part.fault(f"{name} = {prior.text} reaches {low if low < limit.least else high:g}", limit.words, key)
            return None
    return prior


def _prediction(part: Table, horizon: tuple[date, date], sources: Collection[str] | None) -> Prediction | None:
    """Read one [[prediction]]: a reduction of a recorded series and the bound it must keep."""
    says = part.text("says")
    series = part.text("series")
    right = bool(series)
    try:
        terms(series or SERIES[0])
    except (KeyError, ValueError) as error:
        right = False
        actual, _, expected = str(error.args[0]).partition("; expected ")
        if isinstance(error, KeyError):
            part.fault(f"series '{actual}' unknown", list_nearest(actual, SERIES), "series", nearest(actual, SERIES))
        else:
            part.fault(actual, expected, "series")
    operation = part.text("reduce", among=OPERATIONS)
    window = part.window("window")
    if window is not None and not (horizon[0] <= window[0] and window[1] <= horizon[1]):
        part.fault(f"window {window[0]} to {window[1]}", f"days from {horizon[0]} to {horizon[1]}", "window")
    at_least, at_most = (_bound(part, key) for key in ("at_least", "at_most"))
    source = part.text("source", "assumption")
    check_source(part, source, sources)
    part.close()
    if not right or window is None or operation not in OPERATIONS:
        return None
    days = (window[1] - window[0]).days + 1
    _can_fail_and_hold(part, at_least, at_most, bounds(series, operation, days))
    return Prediction(says, Reduction(series, operation, *window), at_least, at_most, source)


def _bound(part: Table, key: str) -> float | None:
    """A bound of a prediction; None where it is not written or wrong."""
    value = part.number(key) if part.has(key) else math.nan
    return None if math.isnan(value) else value


def _can_fail_and_hold(part: Table, at_least: float | None, at_most: float | None, possible: tuple[float, float]) -> None:
    """Refuse a prediction that no value of the series could break, or that none could keep."""
    least, most = possible
    between = f"the values that are possible, {least:g} to {most:g}"
    remedy = "a share is a number from 0 to 1, not percent" if most == 1.0 else ""
    if not (part.has("at_least") or part.has("at_most")):
        part.fault("a prediction that nothing could fail", "'at_least' or 'at_most'")
    if at_least is not None and at_most is not None and at_least > at_most:
        part.fault(f"at_least = {at_least:g} above at_most = {at_most:g}", "at_least below at_most", "at_least")
    if at_least is not None and at_least > most:
        part.fault(f"at_least = {at_least:g}, which nothing could reach", between, "at_least", remedy)
    if at_most is not None and at_most < least:
        part.fault(f"at_most = {at_most:g}, which nothing could keep to", between, "at_most")
    for key, value, idle in (("at_least", at_least, at_least is not None and at_least <= least),
                             ("at_most", at_most, at_most is not None and at_most >= most)):
        if idle:
            part.fault(f"{key} = {value:g}, which nothing could fail", f"a bound between {between}", key, remedy)
