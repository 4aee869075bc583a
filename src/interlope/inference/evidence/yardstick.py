"""Yardsticks: which words stand for which probabilities. Every result stores ICD 203's; others are chosen where it is shown (`--words`).

- icd203: Intelligence Community Directive 203 (icd2015), D.6.e(2)(a). Neighbouring ranges share their ends; such an end gets the lower
  word.
- phia: Professional Head of Intelligence Assessment, Probability Yardstick (phia2018; phia2025 has the same seven ranges, from above 0 to
  about 5 % up to about 95 to below 100 %), United Kingdom. It leaves gaps between its ranges, so that nobody reads them as sharper than
  they are; a probability in a gap gets the word of the nearer range (assumption).
- ipcc: Mastrandrea et al. (mastrandrea2010), Guidance note for lead authors of the IPCC fifth assessment report on consistent treatment of
  uncertainties, its table 1 with the three terms of its note. Its ranges lie inside each other (likely is 66 to 100 %); a probability gets
  the narrowest that holds it, so that "more likely than not" (above 50 to 100 %) is never needed.

The ranges were compared in 2026 with the texts as others reprint them, not with the issuers' own files.
"""
from __future__ import annotations

from typing import NamedTuple


class Step(NamedTuple):
    """A word, its range as the yardstick states it, and the greatest probability that gets it here."""

    word: str
    low: float
    high: float
    upto: float


class Yardstick(NamedTuple):
    """Words for probabilities in rising order; `title` as it is cited."""

    title: str
    steps: tuple[Step, ...]

    def word(self, probability: float) -> str:
        """The word for a probability.

        >>> YARDSTICKS["phia"].word(0.45), YARDSTICKS["ipcc"].word(0.45)
        ('realistic possibility', 'about as likely as not')
        """
        return next(s.word for s in self.steps if probability <= s.upto + 1e-12)


DEFAULT = "icd203"
YARDSTICKS = {
    "icd203": Yardstick("Intelligence Community Directive 203", (
        Step("almost no chance", 0.01, 0.05, 0.05), Step("very unlikely", 0.05, 0.20, 0.20), Step("unlikely", 0.20, 0.45, 0.45),
        Step("roughly even chance", 0.45, 0.55, 0.55), Step("likely", 0.55, 0.80, 0.80), Step("very likely", 0.80, 0.95, 0.95),
        Step("almost certain", 0.95, 0.99, 1.00))),
    "phia": Yardstick("the PHIA Probability Yardstick", (
        Step("remote chance", 0.00, 0.05, 0.075), Step("highly unlikely", 0.10, 0.20, 0.225), Step("unlikely", 0.25, 0.35, 0.375),
        Step("realistic possibility", 0.40, 0.50, 0.525), Step("likely or probable", 0.55, 0.75, 0.775),
        Step("highly likely", 0.80, 0.90, 0.925), Step("almost certain", 0.95, 1.00, 1.00))),
    "ipcc": Yardstick("the IPCC's guidance note on uncertainties", (
        Step("exceptionally unlikely", 0.00, 0.01, 0.01), Step("extremely unlikely", 0.00, 0.05, 0.05),
        Step("very unlikely", 0.00, 0.10, 0.10), Step("unlikely", 0.00, 0.33, 0.33), Step("about as likely as not", 0.33, 0.66, 0.66),
        Step("likely", 0.66, 1.00, 0.90), Step("very likely", 0.90, 1.00, 0.95), Step("extremely likely", 0.95, 1.00, 0.99),
        Step("virtually certain", 0.99, 1.00, 1.00))),
}
