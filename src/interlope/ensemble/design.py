"""Design: which parameters and which demand every replicate of an ensemble gets.

Every sampled parameter is a standard-normal coordinate z carried through its prior's quantile function, so a prior draw
is z ~ N(0, I) and inference moves z, whatever the priors look like. Monthly demand innovations are coordinates too. So is the
variant of an explanation that has some: its coordinate, as a uniform number, falls into the part of [0, 1] of one of them.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from interlope.ensemble import keys
from interlope.scenario.case import Case
from interlope.scenario.resolved import ResolvedParameter
from interlope.scenario.variants import chances, pick

BLOCK = 4096  # replicates that share one stream for each coordinate


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
    variant : ndarray of int, optional
        Place of the variant that holds in each replicate [r]; None where the explanation has none.
    """

    hypothesis: str
    names: tuple[str, ...]
    unit: np.ndarray
    values: dict[str, np.ndarray]
    innovations: np.ndarray
    variant: np.ndarray | None = None

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
    return tuple(name for name, k in known.items() if k.sampled)


def values(known: Mapping[str, ResolvedParameter], names: tuple[str, ...], unit: np.ndarray,
           variant: np.ndarray | None = None) -> dict[str, np.ndarray]:
    """Parameter values [r] by name from coordinates.

    Parameters
    ----------
    known : Mapping[str, ResolvedParameter]
        What is known of each parameter.
    names : tuple[str, ...]
        Those that vary, by column of `unit`.
    unit : ndarray
        Standard-normal coordinates [r, d].
    variant : ndarray of int, optional
        Place of the variant that holds in each replicate [r], where a parameter differs between variants.
    """
    result = {}
    for name, k in known.items():
        z = unit[:, names.index(name)] if name in names else None
        if k.variants and variant is not None:
            forms = [_carry(form, z if form.sampled else None, len(unit)) for form in k.variants]
            result[name] = np.stack(forms)[variant, np.arange(len(unit))]
        else:
            result[name] = _carry(k, z, len(unit))
    return result


def _carry(k: ResolvedParameter, z: np.ndarray | None, r: int) -> np.ndarray:
    """Values [r] of a parameter at coordinates z [r], or its median where it does not vary."""
    return np.full(r, k.prior.median) if z is None else k.prior.quantile(ndtr(z))


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
    names, chance = sampled(known), chances(case.hypotheses[hypothesis].variants)
    months = case.setting().months
    unit, innovations, form = np.zeros((high - low, len(names))), np.zeros((high - low, months)), np.zeros(high - low)
    for block in range(low // BLOCK, -(-high // BLOCK)):
        start = block * BLOCK
        here = slice(max(low, start) - low, min(high, start + BLOCK) - low)
        there = slice(max(low, start) - start, min(high, start + BLOCK) - start)
        mark = ("block", block) if block else ()
        for j, name in enumerate(names):
            unit[here, j] = keys.stream(seed, "design", name, *mark).standard_normal(there.stop)[there]
        for m in range(months):
            innovations[here, m] = keys.stream(seed, "design", "month", m, *mark).standard_normal(there.stop)[there]
        if chance:
            form[here] = keys.stream(seed, "design", "variant", *mark).standard_normal(there.stop)[there]
    variant = pick(chance, ndtr(form)) if chance else None
    return Design(hypothesis, names, unit, values(known, names, unit, variant), innovations, variant)
