"""Variants: the forms that one explanation may take, of which one holds, with odds within the explanation and predictions of their own.

A variant is no explanation by itself: it gives some parameters another prior, and everything else is as the explanation says. Which one
holds is drawn with the parameters of a replicate, so that the evidence of the explanation is that of the mixture of its variants.
"""
from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from interlope.model.params import Param
from interlope.scenario.citation import check_source
from interlope.scenario.parameters import Given, read_parameters
from interlope.scenario.prediction import Prediction, read_predictions
from interlope.scenario.prior import Prior, parse
from interlope.scenario.specification import Horizon
from interlope.toml.names import check_name
from interlope.toml.table import Table

LEAST_ODDS, MOST_ODDS = 1e-6, 1e6  # of an explanation or variant before the evidence; beyond, no evidence could speak
MOST_VARIANTS = 8  # of an explanation: each has to be met often enough among its replicates


@dataclass(frozen=True)
class Variant:
    """One form of an explanation: prior odds among its variants with their source, and the priors that it changes."""

    name: str
    gloss: str
    prior_odds: float
    parameters: Mapping[str, Given]
    predictions: tuple[Prediction, ...]
    source: str


def chances(variants: Sequence[Variant]) -> tuple[float, ...]:
    """Prior probability of each variant within its explanation; empty where there are none.

    Parameters
    ----------
    variants : Sequence[Variant]
        The variants of one explanation.

    Returns
    -------
    tuple[float, ...]
    """
    total = sum(v.prior_odds for v in variants)
    return tuple(v.prior_odds / total for v in variants)


def pick(chance: Sequence[float], u: np.ndarray) -> np.ndarray:
    """Which variant holds, from numbers in [0, 1].

    Parameters
    ----------
    chance : Sequence[float]
        Prior probability of each variant.
    u : ndarray
        Uniform numbers [n].

    Returns
    -------
    ndarray of int [n]

    Examples
    --------
    >>> pick((0.7, 0.3), np.array([0.2, 0.71])).tolist()
    [0, 1]
    """
    return np.searchsorted(np.cumsum(chance)[:-1], u, side="right")


def read_variants(table: Table, own: Mapping[str, Given], shared: Mapping[str, Given], *, horizon: Horizon,
                  known: Mapping[str, Param], sources: Collection[str] | None) -> list[tuple[Table, Variant]]:
    """Read every [[variant]] of an explanation's file.

    Parameters
    ----------
    table : Table
        The file; its list of faults receives every fault.
    own : Mapping[str, Given]
        Parameters that the explanation gives for all its variants.
    shared : Mapping[str, Given]
        Parameters that the case gives for all explanations.
    horizon : Horizon
        The days of the case.
    known : Mapping[str, Param]
        Parameters of the model, by name.
    sources : Collection[str] or None
        Ids that a source may be; not checked when None.

    Returns
    -------
    list[tuple[Table, Variant]]
        Each with the table of its parameters; empty where the file has none.
    """
    parts, before = table.parts("variant", each="name"), len(table.faults)
    if len(parts) == 1 or len(parts) > MOST_VARIANTS:
        parts[-1].fault(f"{len(parts)} tables [[variant]]", f"none, or 2 to {MOST_VARIANTS}",
                        remedy="one form alone is the explanation itself" if len(parts) == 1 else "")
    variants: list[tuple[Table, Variant]] = []
    for part in parts:
        variants.append(_read(part, horizon, known, sources))
        check_name(part, variants[-1][1].name, "variant", [variant.name for _, variant in variants[:-1]])
    if len(table.faults) == before:
        _differ(variants, own, shared, known)
    return variants


def _read(part: Table, horizon: Horizon, known: Mapping[str, Param], sources: Collection[str] | None) -> tuple[Table, Variant]:
    """Read one variant, and return it with the table of its parameters."""
    name, gloss = part.name("name"), part.text("gloss")
    odds = part.number("prior_odds", 1.0, low=LEAST_ODDS, high=MOST_ODDS)
    source = part.text("source", "assumption")
    check_source(part, source, sources)
    given = part.part("parameters", {})
    parameters = {} if given is None else read_parameters(given, known, sources)
    right = read_predictions(part.parts("prediction", at_least=1), horizon, sources)
    part.close()
    return (part if given is None else given), Variant(name, gloss, odds, parameters, right, source)


def _differ(variants: Sequence[tuple[Table, Variant]], own: Mapping[str, Given], shared: Mapping[str, Given],
            known: Mapping[str, Param]) -> None:
    """Refuse variants that say the same, and a parameter of the explanation that no variant leaves as it is."""
    names = sorted({name for _, variant in variants for name in variant.parameters})
    seen: dict[tuple[tuple[float, ...], ...], str] = {}
    for where, variant in variants:
        given = {**shared, **own, **variant.parameters}
        priors = tuple(_form(given[name].prior if name in given else parse(known[name].prior)) for name in names)
        if priors in seen:
            where.fault(f"variant '{variant.name}' gives every parameter the same prior as '{seen[priors]}'",
                        "variants that differ in a parameter")
        seen[priors] = variant.name
    for name in own if variants else ():
        if all(name in variant.parameters for _, variant in variants):
            variants[0][0].fault(f"{name} given by every variant and by the explanation", "one of the two", name)


def _form(prior: Prior) -> tuple[float, ...]:
    """What a prior is, however it is written: some of its quantiles."""
    return tuple(float(f"{x:.9g}") for x in prior.quantile(np.array([0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99])))
