"""Design: which parameters and which demand every replicate of an ensemble gets.

Every sampled parameter is a standard-normal coordinate z carried through its prior's quantile function, so a prior draw
is z ~ N(0, I) and inference moves z, whatever the priors look like. Monthly demand innovations are coordinates too.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from interlope.ensemble import keys
from interlope.scenario.case import Case, ResolvedParameter

BLOCK = 4096  # replicates that share one stream for each coordinate
SAMPLED = ("I", "S", "M")  # roles that vary between replicates; F is fixed at the median of its prior


@dataclass(frozen=True, eq=False)
class Design:
    """The inputs of r replicates.

    Attributes
    ----------
    hypothesis : str
        Explanation they belong to.
    names : tuple[str, ...]
        Sampled parameters, in the order of the columns of `unit`.
    unit : ndarray
        Standard-normal coordinates [r, d].
    values : dict[str, ndarray]
        Every parameter of the model by name, [r], in its own unit.
    innovations : ndarray
        Standard-normal monthly demand innovations [r, months]; NaN is drawn by the model itself.
    """

    hypothesis: str
    names: tuple[str, ...]
    unit: np.ndarray
    values: dict[str, np.ndarray]
    innovations: np.ndarray

    def __len__(self) -> int:
        return len(self.unit)


def sampled(known: Mapping[str, ResolvedParameter]) -> tuple[str, ...]:
    """Names of the parameters that vary, in the model's order.

    Parameters
    ----------
    known : Mapping[str, ResolvedParameter]
        The resolved parameters, by name.

    Returns
    -------
    tuple[str, ...]
    """
    return tuple(name for name, k in known.items() if k.role in SAMPLED and not k.prior.constant)


def values(known: Mapping[str, ResolvedParameter], names: tuple[str, ...], unit: np.ndarray) -> dict[str, np.ndarray]:
    """Parameter values [r] by name from coordinates.

    Parameters
    ----------
    known : Mapping[str, ResolvedParameter]
        What is known of each parameter.
    names : tuple[str, ...]
        Those that vary, by column of `unit`.
    unit : ndarray
        Standard-normal coordinates [r, d].
    """
    result = {}
    for name, k in known.items():
        if name in names:
            result[name] = k.prior.quantile(ndtr(unit[:, names.index(name)]))
        else:
            result[name] = np.full(len(unit), k.prior.median)
    return result


def draw(case: Case, hypothesis: str, r: int, seed: int) -> Design:
    """Draw r replicates from an explanation's priors: the first r rows of the explanation's endless design.

    Each coordinate has a stream of its own, named after the parameter: one more parameter changes no other draw, and
    explanations that share a prior share its draws.

    Parameters
    ----------
    case : Case
        The case.
    hypothesis : str
        Name of one of its explanations.
    r : int
        Number of replicates.
    seed : int
        Any whole number.
    """
    return rows(case, hypothesis, 0, r, seed)


def rows(case: Case, hypothesis: str, low: int, high: int, seed: int) -> Design:
    """Draw replicates low to high (not counted) of an explanation's endless design, whatever else is drawn.

    Parameters
    ----------
    case : Case
        The case.
    hypothesis : str
        Name of one of its explanations.
    low, high : int
        First replicate, and the one after the last.
    seed : int
        Any whole number. Streams are opened anew for every BLOCK replicates, so the cost does not depend on `low`.
    """
    known = case.parameters(hypothesis)
    names = sampled(known)
    months = case.setting().months
    unit, innovations = np.zeros((high - low, len(names))), np.zeros((high - low, months))
    for block in range(low // BLOCK, -(-high // BLOCK)):
        start = block * BLOCK
        here = slice(max(low, start) - low, min(high, start + BLOCK) - low)
        there = slice(max(low, start) - start, min(high, start + BLOCK) - start)
        mark = ("block", block) if block else ()
        for j, name in enumerate(names):
            unit[here, j] = keys.stream(seed, "design", name, *mark).standard_normal(there.stop)[there]
        for m in range(months):
            innovations[here, m] = keys.stream(seed, "design", "month", m, *mark).standard_normal(there.stop)[there]
    return Design(hypothesis, names, unit, values(known, names, unit), innovations)
