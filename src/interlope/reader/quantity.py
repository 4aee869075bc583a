"""Quantity: a number that a text gives, with its bounds and what it counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Quantity:
    """A number that a text gives.

    Attributes
    ----------
    start, end : int
        Tokens of the sentence.
    low, high : float or None
        Bounds; None where the text leaves a side open.
    hedge : str
        What bounds it: upper, lower, about, almost, range, vague; empty where a number stands alone.
    counted : str
        What is counted, by the lexicon, or its noun where no list knows it; empty where the text does not say.
    event : str
        What happened to it: arrested, killed; empty where nothing is said.
    unit : str
        As in a dossier; empty where none fits.
    per : str
        day, week, month, year, person or trip; empty where it is no rate.
    share : bool
        Whether it is a part of 1.
    carried : bool
        Whether `counted` is that of the number before.
    other : tuple of (float or None) or None
        Bounds by the other reading of its digits, where there is one: 1.200 is 1.2 or 1,200.
    decimals : tuple of (float or None) or None
        Bounds if its commas marked decimals, where they were read as marks of thousands: 1,200 would be 1.2.
    """

    start: int
    end: int
    low: float | None
    high: float | None
    hedge: str = ""
    counted: str = ""
    event: str = ""
    unit: str = ""
    per: str = ""
    share: bool = False
    carried: bool = False
    other: tuple[float | None, float | None] | None = None
    decimals: tuple[float | None, float | None] | None = None

    @property
    def kind(self) -> str:
        """The claim kind that such a number is: ceiling, interval or total; `share` is for parts told in words."""
        if self.share and self.low is not None and self.high is not None:
            return "interval"
        if self.hedge in ("upper", "lower"):
            return "ceiling"
        return "interval" if self.per or self.counted == "price" else "total"
