"""Robustness: what turns the order of two options, and how each option does where it does badly; every harm by itself."""

from __future__ import annotations

from interlope.results.record import Number, Record


class PairedDifference(Record):
    """One option's harm less another's under one explanation, in the outcome's unit, on the same draws and random numbers.

    Attributes
    ----------
    mean, mc_error : float
        Mean over draws and its Monte Carlo standard error.
    low, high : float
        Interval of the mean; all intervals of one harm hold together with the probability `level` of `Reversals`.
    leader : str
        The option with less of the harm where the interval leaves out zero; empty where that cannot be told.
    """

    explanation: str
    mean: Number
    mc_error: Number
    low: Number
    high: Number
    leader: str = ""


class BreakEven(Record):
    """The probability of one explanation at which two options have the same expected harm; the others keep their proportions.

    Attributes
    ----------
    explanation : str
        The explanation whose probability moves.
    probability : float
        Its probability now.
    at, low, high : float
        Where the options are equal, with the interval that the Monte Carlo error leaves (Fieller 1954).
    above : str
        The option with less of the harm where the explanation is more probable than that; below it is the other one.
    """

    explanation: str
    probability: float
    at: float
    low: float
    high: float
    above: str


class OptionPair(Record):
    """Two options on one harm, under every explanation.

    Attributes
    ----------
    verdict : str
        `reverses`: one leads under one explanation and the other under another, and both intervals leave out zero; `one leads`: the
        same one leads under every explanation; `cannot be told` otherwise.
    leader : str
        The option with less of the harm over all explanations at their probabilities; empty where that cannot be told.
    break_even : list of BreakEven
        One for each explanation whose probability by itself turns the order; empty where none does or it cannot be told.
    """

    option: str
    other: str
    outcome: str
    verdict: str
    leader: str
    by_explanation: list[PairedDifference]
    break_even: list[BreakEven] = []


class HarmRank(Record):
    """How many options have clearly less of a harm than this one under an explanation, and one more: 1 is a best, ties are shared."""

    option: str
    explanation: str
    outcome: str
    rank: int


class Reversals(Record):
    """What turns the order of options: `comparisons` intervals that hold together with probability `level`, or more.

    Attributes
    ----------
    by_harm : bool
        Whether the intervals of each harm hold together by themselves; in answers of earlier versions those of all harms do.
    """

    level: float
    comparisons: int
    by_harm: bool = False
    pairs: list[OptionPair]
    ranks: list[HarmRank]


class Satisficing(Record):
    """How often an option is good enough on one harm, and how it does where it does badly; by explanation and "pooled".

    Attributes
    ----------
    share, share_error : float
        Satisficing share: probability that the harm is no more than in the same future without the option, with its Monte Carlo
        standard error (the domain criterion of robust decision making: Lempert & Collins 2007).
    share_today : float
        Probability that it is no more than today.
    tail, tail_error : float
        Conditional value at risk: mean of the worst tenth of futures, in the outcome's unit, with its Monte Carlo standard error
        (Rockafellar & Uryasev 2000).
    """

    option: str
    explanation: str
    outcome: str
    share: Number
    share_error: Number
    share_today: Number
    tail: Number
    tail_error: Number
