"""Confidence: how far the analysis behind an answer can be relied on, kept apart from how probable the answer is."""
from __future__ import annotations

from interlope.results.record import Number, Record


class Calibration(Record):
    """How well stated probabilities came true where the truth was known.

    Attributes
    ----------
    data_sets : int
        Data sets drawn from known truths and fitted.
    gap : float
        Root mean square distance between a stated probability and how often it came true, without what chance adds; None where unknown.
    chance : float
        The gap that right probabilities would hardly exceed by chance, with as many data sets.
    unresolved : int
        Those of the data sets whose fit failed its checks.
    record : str
        Where it is recorded.
    """

    data_sets: int
    gap: Number
    chance: float = 0.0
    unresolved: int = 0
    record: str = ""


class Ground(Record):
    """One thing that confidence is judged by.

    Attributes
    ----------
    name : str
        What is judged.
    level : str
        "high", "moderate", "low" or "not measured".
    finding : str
        What was measured, in a sentence without a probability.
    thresholds : str
        What high and moderate ask for.
    why : str
        The reason for these thresholds, or `assumption`.
    change : str
        What would raise the level; empty where it is high.
    """

    name: str
    level: str
    finding: str
    thresholds: str
    why: str
    change: str


class Confidence(Record):
    """How far the analysis can be relied on: high, moderate or low, with its grounds in a fixed order.

    Attributes
    ----------
    level : str
        "high", "moderate" or "low", after Intelligence Community Directive 203 and the PHIA's analytical confidence ratings.
    leader : str
        The explanation whose lead is rated.
    grounds : list of Ground
        Everything it follows from.
    """

    level: str
    leader: str
    grounds: list[Ground]

    @property
    def limits(self) -> list[Ground]:
        """The grounds that keep it from being high, the weakest first."""
        order = {"low": 0, "not measured": 1, "moderate": 2}
        return sorted((g for g in self.grounds if g.level in order), key=lambda g: order[g.level])
