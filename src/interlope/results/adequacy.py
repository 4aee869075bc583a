"""Adequacy: how well an explanation accounts for the evidence at all, whatever its rivals do."""
from __future__ import annotations

from interlope.results.record import Number, Record


class RootTrust(Record):
    """A root with claims: the chance that it reported faithfully, by its letter alone (`before`) and given all the evidence (`after`)."""

    root: str
    before: float
    after: float


class PriorPredictive(Record):
    """How odd the whole evidence is for an explanation before it was fitted (Box 1980).

    Attributes
    ----------
    chance, error : float
        Part of the data sets that the explanation gives under its priors which are no likelier than the real evidence, and its Monte Carlo
        error; None where too few replicates count under the prior.
    data_sets : int
        Data sets drawn.
    effective : float
        Replicates under the prior: those drawn that completed, or, in results of earlier versions, the effective number of those of the
        fit, weighted back to the prior.
    drawn : int
        Replicates drawn from the priors for this; None in results of earlier versions, which drew none.
    """

    chance: Number
    error: Number
    data_sets: int
    effective: float
    drawn: int | None = None


class Adequacy(Record):
    """How well one explanation accounts for the evidence at all.

    Attributes
    ----------
    explanation : str
        Its name.
    figures : int
        Official figures that were fitted.
    chance : float
        Part of the sets of figures that the fitted explanation would publish itself which are no likelier than the published ones
        (posterior predictive p of the whole); None where no figures were fitted.
    surprises : list of str
        Fitted figures with a chance below `rare`, each judged by all the evidence but itself, the furthest out first.
    rare : float
        That chance, on both sides together.
    trust : list of RootTrust
        What the explanation has to make of every root with claims, the most doubted first.
    claims : int
        Claims that were weighed.
    unmet : list of str
        Weighed claims that fewer than 5 % of its weighted replicates agree with.
    before : PriorPredictive
        The same for all the evidence before the fit saw it; None in results of earlier versions.
    """

    explanation: str
    figures: int
    chance: Number
    surprises: list[str]
    rare: float
    trust: list[RootTrust]
    claims: int
    unmet: list[str]
    before: PriorPredictive | None = None

    @property
    def doubted(self) -> list[RootTrust]:
        """Roots that the explanation can only be true without: probably faithful by their letter, probably not given all the evidence."""
        return [t for t in self.trust if t.before >= 0.5 > t.after]
