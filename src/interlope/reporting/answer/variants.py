"""Variants: in which form an explanation holds, if it does, in one sentence for each explanation that has some."""

from __future__ import annotations

from interlope.reporting.numerals import estimate
from interlope.results.weighing import Explanation, Variant, WeighResult


def tell_variants(weigh: WeighResult) -> list[str]:
    """Say the odds within each explanation that has variants, what of all they are, error and prior; the more probable first."""
    return [_tell(e) for e in weigh.ranked if e.variants]


def _tell(explanation: Explanation) -> str:
    ranked = sorted(explanation.variants, key=lambda v: -(v.probability or 0.0))
    share = f" ({estimate(explanation.probability)} of all)" if explanation.probability is not None else ""
    return f"Within {explanation.name}{share}: {', '.join(_figures(v, explanation) for v in ranked)}."


def multiply(variant: Variant, explanation: Explanation) -> float | None:
    """The probability of a variant among all explanations: its own within its explanation, times that of the explanation."""
    return None if variant.probability is None or explanation.probability is None else variant.probability * explanation.probability


def _figures(variant: Variant, explanation: Explanation) -> str:
    """A variant's name and probability, of all too, the error of the calculation, the prior, and a mark where too few points carry it."""
    thin = "; too thin" if variant.thin else ""
    whole = multiply(variant, explanation)
    of_all = "" if whole is None else f" of it, so {estimate(whole)} of all"
    return (f"{variant.name} {estimate(variant.probability)}{of_all} (error {estimate(variant.low)} to {estimate(variant.high)}, prior "
            f"{estimate(variant.prior)}{thin})")
