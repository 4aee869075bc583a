"""Dated: how the odds move over several days of knowledge, and the answer of `weigh` that holds them."""

from __future__ import annotations

from interlope.results.confidence import Confidence
from interlope.results.record import Number, Record
from interlope.results.weighing import DroppedEvidence, WeighResult, WhatIf


class DatedProbability(Record):
    """Probability of an explanation as known on a day, with the 5 and 95 % points that the Monte Carlo error leaves."""

    name: str
    probability: Number
    low: Number
    high: Number


class DatedOdds(Record):
    """What a study gives as known on one day, and the evidence that came in since the day before it in the list.

    Attributes
    ----------
    figures, claims : int
        Number that entered the fit.
    new_figures, new_claims : dict, list
        Periods of figures by series, and claims, that the earlier day did not have; empty for the first day.
    dropped : list of DroppedEvidence
        What should have been fitted and could not be, with the reason.
    """

    as_of: str
    run_id: str
    folder: str | None
    resolved: bool
    reasons: list[str]
    explanations: list[DatedProbability]
    figures: int
    claims: int
    new_figures: dict[str, int]
    new_claims: list[str]
    dropped: list[DroppedEvidence] = []


class WeighAnswer(WeighResult):
    """A weighing with the changes of evidence that were asked for, and how the odds moved over several days of knowledge.

    `confidence` is how far the analysis can be relied on, whatever the probabilities are; `calibration` says how often odds like these were
    right on simulated data sets, or that it was not measured.
    """

    confidence: Confidence | None = None
    changes: list[WhatIf] = []
    calibration: list[str] = []
    moved: list[DatedOdds] = []
