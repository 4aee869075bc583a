"""Hypotheses: rival explanations, each a set of parameters and at least one prediction that could fail."""
from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from interlope.errors import Fault
from interlope.model.params import Param
from interlope.scenario.parameters import Given, read_parameters
from interlope.scenario.prediction import Prediction, read_predictions
from interlope.scenario.prior import parse
from interlope.scenario.specification import Horizon
from interlope.scenario.variants import LEAST_ODDS, MOST_ODDS, Variant, read_variants
from interlope.toml.names import check_name
from interlope.toml.table import Table, read

ARRIVAL = "takeover_arrival_day"  # when an organisation acts, and what then does
ARRIVING = ("takeover_absorption_rate", "takeover_kin_share", "supply_control", "tribute_reach", "franchise_rate")
SELDOM = 0.01  # approaches to a group within all days of a case, below which there are none


@dataclass(frozen=True)
class Hypothesis:
    """One explanation. Parameters that it does not name keep their shared prior; `variants` are forms of it, of which one holds."""

    name: str
    gloss: str
    prior_odds: float
    parameters: Mapping[str, Given]
    predictions: tuple[Prediction, ...]
    variants: tuple[Variant, ...] = ()


def load(path: Path, display: str, faults: list[Fault], *, horizon: Horizon, known: Mapping[str, Param],
         sources: Collection[str] | None = (), shared: Mapping[str, Given] | None = None,
         others: Collection[str] = ()) -> Hypothesis | None:
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
    others : Collection[str], optional
        Names of explanations that were read before.
    """
    table = read(path, display, faults)
    if table is None:
        return None
    before = len(faults)
    table.integer("format", low=1, high=1)
    name = table.name("name")
    if name and name != path.stem:
        table.fault(f"name '{name}'", f"the file's name, '{path.stem}'", "name")
    check_name(table, name, "explanation", others)
    gloss = table.text("gloss")
    odds = table.number("prior_odds", 1.0, low=LEAST_ODDS, high=MOST_ODDS)
    part = table.part("parameters", {})
    parameters = {} if part is None else read_parameters(part, known, sources)
    predictions = read_predictions(table.parts("prediction", at_least=1), horizon, sources)
    if part is not None:
        _arrives(part, {**(shared or {}), **parameters}, known, horizon)
    variants = read_variants(table, parameters, shared or {}, horizon=horizon, known=known, sources=sources)
    for where, variant in variants:
        _arrives(where, {**(shared or {}), **parameters, **variant.parameters}, known, horizon)
    table.close()
    if len(faults) > before:
        return None
    return Hypothesis(name, gloss, odds, parameters, predictions, tuple(v for _, v in variants))


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
