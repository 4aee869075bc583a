"""Parameters as a file gives them: a table of priors by name, each checked against what the model says of it."""
from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from interlope.errors import nearest
from interlope.model.params import Param
from interlope.scenario.citation import check_source
from interlope.scenario.limits import LIMITS
from interlope.scenario.prior import Prior, parse
from interlope.toml.located import BROKEN
from interlope.toml.table import Table

ROLES = ("I", "F", "S", "M", "L")
NEVER_ZERO = ("growth_members_total", "demand_north_rate", "prices_weight", "prices_unit_cost", "growth_profit_norm")


@dataclass(frozen=True)
class Given:
    """A prior for one parameter, as a file gives it; `role` is empty where the file leaves it to the model."""

    name: str
    prior: Prior
    unit: str
    source: str
    role: str = ""


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
        if name in known and isinstance(table.data[name], int | float | str):
            _refuse_bare(table, name, known[name])
            continue
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


def _refuse_bare(table: Table, name: str, param: Param) -> None:
    """Note a number, or a prior, without its unit and source, and show the line that has them."""
    bare = table.take(name)
    given = f"prior = {json.dumps(bare)}" if isinstance(bare, str) else f"value = {json.dumps(bare)}"
    entry = f'{name} = {{ {given}, unit = "{param.unit}", source = "assumption" }}'
    table.refuse(name, bare, f"{entry}, with your own source where there is one")


def _find_beta(prior: Prior) -> str:
    """A beta with about the middle and the spread of a prior that leaves 0 to 1; empty where its middle does so too.

    >>> _find_beta(parse("lognormal(0.02, x2)")), _find_beta(parse("lognormal(3, x2)"))
    ('beta(1.7, 85)', '')
    """
    low, middle, high = (float(x) for x in prior.quantile(np.array([0.16, 0.5, 0.84])))
    if prior.constant or not 0.0 < middle < 1.0:
        return ""
    spread = min(max((high - low) / (2.0 * middle), 0.01), 1.0)  # standard deviation over the middle
    both = max((1.0 - middle) / (middle * spread**2) - 1.0, 1.0 / min(middle, 1.0 - middle))
    return f"beta({_round(middle * both)}, {_round((1.0 - middle) * both)})"


def _round(size: float) -> str:
    """Two digits of a number, written without a power.

    >>> _round(3621.0), _round(1.74)
    ('3600', '1.7')
    """
    return f"{float(f'{size:.2g}'):.6g}"


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
        beta = _find_beta(prior) if bounded else ""
        remedy = f"a beta never leaves 0 to 1: {beta} has about this middle and spread" if beta else ""
        part.fault(f"{name} = {prior.text} reaches {low if low < least else high:g}", expected, key, remedy)
        return None
    if high <= 0.0 < parse(param.prior).range[1] and (param.unit == "days" or name in NEVER_ZERO):  # where 0 is the default it is meant
        part.fault(f"{name} = {prior.text}", "a value above zero", key)
        return None
    limit = LIMITS.get(name)
    if limit is not None:
        if low < limit.least or high > limit.most:
            part.fault(f"{name} = {prior.text} reaches {low if low < limit.least else high:g}", limit.words, key)
            return None
    return prior
