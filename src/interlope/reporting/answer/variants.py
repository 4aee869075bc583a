"""Variants: in which form an explanation holds, if it does, in one sentence for each explanation that has some."""

from __future__ import annotations

from interlope.reporting.numerals import estimate
from interlope.results.weighing import Explanation, Variant, WeighResult


def tell_variants(weigh: WeighResult) -> list[str]:
    """Say the odds within each explanation that has variants, with error and prior; the more probable first."""
    return [_tell(e) for e in weigh.ranked if e.variants]


def _tell(explanation: Explanation) -> str:
    ranked = sorted(explanation.variants, key=lambda v: -(v.probability or 0.0))
    return f"Within {explanation.name}: {', '.join(_figures(v) for v in ranked)}."


def _figures(variant: Variant) -> str:
    """A variant's name and probability, with the error of the calculation, the prior, and a mark where too few points carry it."""
    thin = "; too thin" if variant.thin else ""
    return (f"{variant.name} {estimate(variant.probability)} (error {estimate(variant.low)} to {estimate(variant.high)}, prior "
            f"{estimate(variant.prior)}{thin})")
