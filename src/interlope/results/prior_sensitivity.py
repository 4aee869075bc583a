"""Prior sensitivity: how the odds move when one prior, or the likelihood, is made weaker or stronger."""
from __future__ import annotations

from typing import ClassVar

from interlope.results.record import Number, Record
from interlope.results.tabular import TabularRecord


class Scaling(Record):
    """One prior, several, or a part of the likelihood, raised to a power, and what becomes of the odds.

    Attributes
    ----------
    kind : str
        "prior" (one parameter), "own" (all priors that only one explanation has) or "likelihood".
    name : str
        The parameter; the explanation of "own"; "everything", "claims" or "official figures" of the likelihood.
    explanations : list of str
        Those whose evidence it changes.
    power : float
        The exponent; a normal prior's standard deviation is multiplied by `width`.
    width : float
        One over the root of the exponent; None for the likelihood.
    log_z, error : dict
        Change of the log evidence by explanation [nats], and its standard error.
    normal : dict
        The same change if the posterior of the coordinates were normal: a check that needs no weights; None where it has no value.
    probability : dict
        Probability of each explanation afterwards.
    log_odds, log_odds_error : float
        Change of the log odds of the leader against its nearest rival, both as they stand before, and its standard error.
    log_odds_normal : float
        The same change from `normal`; None where that has no value.
    effective, pareto_k : float
        The least effective number of points and the greatest Pareto k among the changed weights.
    thin : bool
        Whether so few points carry the changed weights that the numbers are rough.
    """

    kind: str
    name: str
    explanations: list[str]
    power: float
    width: Number = None
    log_z: dict[str, Number]
    error: dict[str, Number]
    normal: dict[str, Number] = {}
    probability: dict[str, Number]
    log_odds: Number
    log_odds_error: Number
    log_odds_normal: Number = None
    effective: Number
    pareto_k: Number
    thin: bool

    @property
    def moved(self) -> float | None:
        """The best estimate of the change of the log odds: by weights, or where these are thin as if the posterior were normal."""
        return self.log_odds_normal if self.thin else self.log_odds


class BreakEven(Record):
    """At which prior odds a rival would overtake the leader.

    Attributes
    ----------
    rival : str
        The explanation that would lead.
    prior_odds : float
        Prior odds of the rival against the leader, as the case states them.
    needed : float
        Prior odds of the rival against the leader from which the rival leads.
    low, high : float
        The 5 and 95 % points that the Monte Carlo error leaves.
    """

    rival: str
    prior_odds: float
    needed: Number
    low: Number
    high: Number


class PriorSensitivity(TabularRecord):
    """How the odds of the leader against its nearest rival follow priors and likelihood.

    `rows` come with the greatest change first, priors before the likelihood; `break_even` has a row for each rival.
    """

    MAIN: ClassVar[str] = "rows"

    leader: str
    rival: str
    rows: list[Scaling]
    break_even: list[BreakEven]

    @property
    def priors(self) -> list[Scaling]:
        """Rows of priors with an estimate, the greatest change first."""
        return [r for r in self.rows if r.kind != "likelihood" and r.moved is not None]
