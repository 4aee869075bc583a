"""Hypotheses: rival explanations, each a set of parameters and at least one prediction that could fail."""
from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from interlope.errors import Fault, nearest
from interlope.model.params import Param
from interlope.scenario.citation import check_source
from interlope.scenario.limits import LIMITS
from interlope.scenario.prediction import Prediction, read_prediction
from interlope.scenario.prior import Prior, parse
from interlope.scenario.specification import Horizon
from interlope.toml.located import BROKEN
from interlope.toml.table import Table, read

ROLES = ("I", "F", "S", "M")
LEAST_ODDS, MOST_ODDS = 1e-6, 1e6  # of an explanation before the evidence; beyond, no evidence could speak
ARRIVAL, ARRIVING = "takeover_arrival_day", ("takeover_absorption_rate", "takeover_kin_share")  # when it acts, and what then does
SELDOM = 0.01  # approaches to a group within all days of a case, below which there are none
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
class Hypothesis:
    """One explanation. Parameters that it does not name keep their shared prior."""

    name: str
    gloss: str
    prior_odds: float
    parameters: Mapping[str, Given]
    predictions: tuple[Prediction, ...]


def load(path: Path, display: str, faults: list[Fault], *, horizon: Horizon, known: Mapping[str, Param],
         sources: Collection[str] | None = (), shared: Mapping[str, Given] | None = None) -> Hypothesis | None:
    """Read one hypothesis; faults are added to the list, and None is returned when there are any.

    Parameters
    ----------
    path : Path
        The TOML file.
    display : str
        How messages name it.
    horizon : Horizon
        The days of the case.
    known : Mapping[str, Param]
        Model parameters.
    sources : Collection[str] or None, optional
        Ids that a `source` may name beside a bibliography key, `definition` and `assumption`; None: any.
    shared : Mapping[str, Given] or None, optional
        What the case file gives for all explanations.
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
    predictions = [read_prediction(item, horizon, sources) for item in table.parts("prediction", at_least=1)]
    if part is not None:
        _arrives(part, {**(shared or {}), **parameters}, known, horizon)
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


def _arrives(part: Table, given: Mapping[str, Given], known: Mapping[str, Param], horizon: Horizon) -> None:
    """Refuse an explanation whose organisation would arrive after the last day, so that it says the same as one without any."""
    if not {ARRIVAL, *ARRIVING} <= set(known) or any(part.has(name) and name not in given for name in (ARRIVAL, *ARRIVING)):
        return
    priors = {name: given[name].prior if name in given else parse(known[name].prior) for name in (ARRIVAL, *ARRIVING)}
    first = priors[ARRIVAL].range[0]
    rate = priors[ARRIVING[0]].range[1]
    if 0.0 < rate * horizon.days < SELDOM and part.has(ARRIVING[0]):
        part.fault(f"{ARRIVING[0]} = {priors[ARRIVING[0]].text}, with which no group is approached in {horizon.days} days",
                   f"0, or a rate that reaches {SELDOM / horizon.days:.2g}", ARRIVING[0])
    acting = [name for name in ARRIVING if priors[name].range[1] > 0.0]
    if acting and first >= horizon.days:
        key = next((n for n in (ARRIVAL, *acting) if part.has(n)), None)
        part.fault(f"{ARRIVAL} = {priors[ARRIVAL].text}, so that what '{acting[0]}' says never acts in {horizon.days} days",
                   f"a day from 0 to {horizon.days - 1}, counted from {horizon.start}", key,
                   "" if ARRIVAL in given else f"state {ARRIVAL}: the model's own lies after the last day")


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
