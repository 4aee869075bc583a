"""Separation: what each explanation predicts before any evidence, and which recorded series tell two of them apart."""

from __future__ import annotations

from typing import ClassVar

from interlope.results.record import Number, Record
from interlope.results.tabular import TabularRecord


class PriorPrediction(Record):
    """Mean of a series over the window across prior draws: its mean and 5, 50 and 95 % points, in the unit of the series."""

    mean: float
    q05: float
    q50: float
    q95: float


class StandardisedDifference(Record):
    """Difference of two explanations' means over their pooled prior standard deviation.

    Attributes
    ----------
    value : float
        In pooled standard deviations; None where neither explanation varies and yet they differ.
    error : float
        Standard error of `value`.
    above : float
        Probability that a draw of the first lies above one of the second, ties counted as half.
    """

    value: Number
    error: float
    above: float


# Shares of what need not be there, and a belief about it, with what is recorded where it is not there; None: whatever stays the same
FILLERS: dict[str, float | None] = {"share_state_directed": 0.5, "share_symbol_untied": 0.5, "belief_real": None}


class SeriesSeparation(Record):
    """A recorded series: what each explanation predicts, the differences by pair, and where the evidence sees it."""

    name: str
    unit: str
    definition: str
    seen_in: str
    predicted: dict[str, PriorPrediction]
    differences: dict[str, StandardisedDifference]

    @property
    def undefined(self) -> list[str]:
        """Explanations under which what the series is a share of, or a belief about, is not there: a constant stands in its place."""
        if self.name not in FILLERS:
            return []
        filler = FILLERS[self.name]
        return [name for name, p in self.predicted.items() if p.q05 == p.q50 == p.q95 and filler in (None, p.q50)]

    def tells(self, pair: str) -> bool:
        """Whether the series is defined under both explanations of a pair."""
        return not set(pair.split("/")) & set(self.undefined)


class WidestDifference(Record):
    """The series on which a pair differs most, and by how many pooled prior standard deviations (None: infinitely many)."""

    series: str
    value: Number


class PairSeparation(Record):
    """The series that separate a pair of explanations, the widest apart first, and which of them the evidence sees where."""

    pair: str
    separated_by: list[str]
    official: list[str]
    claims: list[str]
    widest: WidestDifference


class PriorSeparation(TabularRecord):
    """Prior-predictive separation of the explanations.

    Attributes
    ----------
    draws : int
        Prior draws that completed under every explanation.
    window : list of str
        First and last day.
    separated : float
        Standardised difference from which a series is said to separate a pair.
    undivided, unofficial : list of str
        Pairs that no series, or no series with official figures, separates.
    """

    MAIN: ClassVar[str] = "pairs"

    draws: int
    window: list[str]
    separated: float
    explanations: list[str]
    series: list[SeriesSeparation]
    pairs: list[PairSeparation]
    undivided: list[str]
    unofficial: list[str]
