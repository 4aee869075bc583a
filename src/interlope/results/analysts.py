"""Analysts: the odds under several people's judgements of the same evidence, and what they disagree on."""

from __future__ import annotations

from interlope.results.record import Number, Record


class JudgedChange(Record):
    """One judgement of an analyst that differs from the case's, and the probabilities with it alone."""

    kind: str
    what: str
    change: str
    reason: str
    probability: dict[str, Number]
    log_odds: Number
    thin: list[str] = []


class AnalystOdds(Record):
    """The odds under one analyst's judgements.

    Attributes
    ----------
    name, role : str
        Id, and who judges, by role.
    probability, low, high : dict
        By explanation, with the 5 and 95 % points that the Monte Carlo error leaves.
    leader : str
        The most probable explanation.
    thin : list of str
        Explanations of which too few points carry the changed weights: rough.
    changes : list of JudgedChange
        What is judged otherwise, each also by itself: `log_odds` is what it moves the log odds of the case's leader against its nearest
        rival. `kind` is letter, prior odds or coding.
    """

    name: str
    role: str
    probability: dict[str, Number]
    low: dict[str, Number]
    high: dict[str, Number]
    leader: str
    thin: list[str] = []
    changes: list[JudgedChange]
