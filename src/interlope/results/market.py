"""Market: replicates of an explanation by day, as the explorer asks for them and is answered."""

from __future__ import annotations

from pydantic import Field

from interlope.results.record import Number, Record
from interlope.text import NAME as ID

NAME = f"^{ID}$"  # of what a case names


class Fan(Record):
    """Quantiles of a recorded series by day [q][day], at `levels`, in `unit`, from the date `start` on."""

    series: str
    title: str
    unit: str
    definition: str
    start: str
    levels: list[float]
    values: list[list[Number]]


class MarketRequest(Record):
    """Replicates of an explanation: from its priors, with common random numbers, or as fitted."""

    explanation: str = Field(pattern=NAME)
    basis: str = Field("priors", pattern="^(priors|fitted)$")
    replicate: int = Field(0, ge=0, le=31)
    series: str = Field("attempts", pattern=NAME)


class FanAnswer(Record):
    """The fan of a series over the replicates that ran to their end, and the path of one: the last, where that asked for is not there."""

    fan: Fan
    path: list[Number]
    replicate: int
    replicates: int
    failed: int


class Strip(Record):
    """One replicate by day and sector; arrays are little-endian, base64, of the kinds and shapes named.

    Attributes
    ----------
    days, sectors, groups : int
        Lengths of the axes.
    start : str
        Date of the first day.
    members : str
        uint16 [day, group, sector] members of each group at the day's end.
    marks : str
        uint8 [day, group]: 0 own name, 1 shows a name that is not its own, 2 ties of kin, origin or faction, 3 commanded.
    truces, clashes, deaths : str
        uint8 [day, sector]: whether a truce holds; clashes and deaths of group members of the day, at most 255.
    attempts : str
        uint16 [day, sector].
    operation : list of float
        Intensity of a police operation by day, 0 to 1.
    broke_off : int or None
        Day on which the replicate broke off, from 0; None where it ran to its end.
    """

    explanation: str
    basis: str
    replicate: int
    start: str
    days: int
    sectors: int
    groups: int
    members: str
    marks: str
    truces: str
    clashes: str
    deaths: str
    attempts: str
    operation: list[Number]
    broke_off: int | None


class StripMean(Record):
    """All replicates together by day and sector: uint16 [day, sector] thousandths of what `names` and `scales` say, base64."""

    explanation: str
    basis: str
    start: str
    days: int
    sectors: int
    replicates: int
    names: list[str]
    titles: list[str]
    units: list[str]
    scales: list[float]
    values: list[str]
    operation: list[Number]
