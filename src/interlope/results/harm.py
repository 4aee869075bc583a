"""Harm: what official tables give for a harm, and harms of levers that the numbers of a case take away."""

from __future__ import annotations

from interlope.results.record import Number, Record


class AssumedWidth(Record):
    """An assumed number, and how wide it is left: the standard deviation of its normal scores, 1 where the evidence says nothing of it."""

    name: str
    width: Number


class HarmSpread(Record):
    """How much of what the draws leave open of a harm without any option is assumed.

    Attributes
    ----------
    outcome : str
        The harm.
    assumed : list of AssumedWidth
        Assumed numbers that decide how often an event becomes this harm.
    by_assumed, error : float
        Part of the spread, over ranks of the draws, that follows these numbers, and its standard error.
    by_explanation : float
        Part that follows which explanation is true; parts do not add up where the evidence ties the two together.
    thin : bool
        Whether too few independent draws carry the parts.
    fixed : list of str
        Assumed numbers that decide it and are the same in every draw: what the harm would be with others is in no part of the spread.
    """

    outcome: str
    assumed: list[AssumedWidth]
    by_assumed: Number
    error: Number
    by_explanation: Number
    thin: bool
    fixed: list[str] = []


class RecordedPeriod(Record):
    """A figure as it is published: first and last day, and the value in the table's unit, or its bounds where it is a range."""

    start: str
    end: str
    value: float | None
    low: float | None = None
    high: float | None = None


class RecordedHarm(Record):
    """What an official table gives for a harm, a year.

    Attributes
    ----------
    outcome, series, source, definition : str
        The harm, and the table with who publishes it and what it counts.
    start, end, value : str, str, float
        Its last periods that make a year together, or its last ones where none do, and their rate a year; None where they give none.
    since, mean : str, float
        First day of the table, or of its rows after the last gap where it leaves periods out, and the rate a year from then on; None
        where it gives none.
    share, rest : str
        Priors of the part that becomes known, and of what the table counts beside it; empty where it states none.
    weighed : bool
        Whether it enters the likelihood.
    days : int
        Days from `start` to `end`; None where the table gives no rate, and in answers written before it was counted.
    unit, value_published : str, float
        The table's unit, and what it gives from `start` to `end` as published, not scaled to a year; None where that is no single number.
    low, high : float
        The same where it is published as a range.
    periods : list of RecordedPeriod
        The table's last periods as published, those from `start` to `end` and later ones; the last twelve where there are more.
    reason : str
        Why there is no rate a year; empty where there is one.
    """

    outcome: str
    series: str
    source: str
    definition: str
    start: str
    end: str
    value: float | None
    since: str
    mean: float | None
    share: str = ""
    rest: str = ""
    weighed: bool = False
    days: int | None = None
    unit: str = ""
    value_published: float | None = None
    low: float | None = None
    high: float | None = None
    periods: list[RecordedPeriod] = []
    reason: str = ""


class SwitchedOff(Record):
    """A harm that a lever raises by its declaration and that a number of the case sets to nothing, or nearly.

    Attributes
    ----------
    lever, harms, through : str, list of str, str
        The lever, the harms, and how it raises them.
    number, value, own : str, float, float
        The number with its mean in the case and the mean that the model gives it, all below zero taken as zero; medians in answers
        written before that.
    explanations : list of str
        Those under which that is so; empty where it is under all.
    """

    lever: str
    harms: list[str]
    through: str
    number: str
    value: float
    own: float
    explanations: list[str] = []
