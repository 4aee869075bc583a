"""Variants: in which form an explanation holds, if it does, in one sentence for each explanation that has some."""

from __future__ import annotations

from collections.abc import Sequence

from interlope.reporting.answer.predictions import BORNE_OUT
from interlope.reporting.numerals import estimate
from interlope.reporting.words import listing
from interlope.results.weighing import Explanation, Variant, WeighResult


def tell_variants(weigh: WeighResult) -> list[str]:
    """Say the odds within each explanation that has variants, what of all they are, error and prior; the more probable first."""
    return [_tell(e) for e in weigh.ranked if e.variants]


def _tell(explanation: Explanation) -> str:
    ranked = sorted(explanation.variants, key=lambda v: -(v.probability or 0.0))
    share = f", which has {estimate(explanation.probability)}" if explanation.probability is not None else ""
    figures = "; ".join(_figures(v, explanation) for v in ranked)
    return f"Within {explanation.name}{share}: {figures}.{_tell_unborne(ranked)}"


def _tell_unborne(variants: Sequence[Variant]) -> str:
    """Name the variants that do not bear out what they predict themselves: likelier than another is not yet what it says it is."""
    least = {v.name: min((p.probability for p in v.predictions if p.probability is not None), default=1.0) for v in variants}
    each = [f"{name} (shown by {estimate(p)} of its replicates)" for name, p in least.items() if p < BORNE_OUT]
    return f" What it predicts itself is not borne out by {listing(each)}." if each else ""


def multiply(variant: Variant, explanation: Explanation) -> float | None:
    """The probability of a variant among all explanations: its own within its explanation, times that of the explanation."""
    return None if variant.probability is None or explanation.probability is None else variant.probability * explanation.probability


def _figures(variant: Variant, explanation: Explanation) -> str:
    """A variant's name and probability, between what the error of the calculation leaves it, its prior, and what it is of all.

    Where too few points carry it, that is said.
    """
    whole = multiply(variant, explanation)
    of_all = "" if whole is None else f", so {estimate(whole)} of all"
    thin = "; too few points carry it" if variant.thin else ""
    return (f"{variant.name} {estimate(variant.probability)} of it (between {estimate(variant.low)} and {estimate(variant.high)}; prior "
            f"{estimate(variant.prior)}{thin}){of_all}")
