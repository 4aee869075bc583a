"""Weighing: fitted and weighed explanations. Log evidences and log Bayes factors are natural logarithms, probabilities lie in [0, 1]."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from interlope.results.adequacy import Adequacy
from interlope.results.analysts import AnalystOdds
from interlope.results.fitted import FitRow, ParameterRow, SeriesCheck, Shortfall, UnmetClaim
from interlope.results.forecast import HeldOut
from interlope.results.prior_sensitivity import PriorSensitivity
from interlope.results.record import Number, Record
from interlope.results.tabular import TabularRecord


class Gate(Record):
    """One check of the calculation: its value beside the limit it has to keep, both in the check's own unit."""

    name: str
    value: Number
    limit: float
    passed: bool


class Prediction(Record):
    """What an explanation predicts, and the weighted share of its replicates that show it; None where the days were not simulated."""

    says: str
    probability: Number


class Variant(Record):
    """How one variant of an explanation stands among the variants of that explanation.

    Attributes
    ----------
    prior, probability : float
        Within the explanation, before and after the evidence; they sum to 1 over its variants.
    low, high : float
        The 5 and 95 % points that the Monte Carlo error leaves to the probability.
    effective : float
        Effective number of points that carry the variant.
    thin : bool
        Whether these are too few to rely on.
    predictions : list of Prediction
        What it predicts, and the weighted share of the replicates of this variant that show it.
    """

    name: str
    gloss: str
    prior: float
    probability: Number
    low: Number
    high: Number
    effective: Number
    thin: bool
    predictions: list[Prediction]


class Explanation(Record):
    """How one explanation stands.

    Attributes
    ----------
    prior, probability : float
        Before and after the evidence; None where the case has no other explanation to compare it with.
    log_z, log_z_error : float
        Log evidence with its standard error.
    low, high : float
        The 5 and 95 % points that the Monte Carlo error leaves to the probability.
    word : str
        The probability in the words of Intelligence Community Directive 203; empty where there is none.
    gates : list of Gate
        Checks of its calculation.
    variants : list of Variant
        The forms that it may take; empty where it has none.
    """

    name: str
    gloss: str
    prior: Number
    log_z: Number
    log_z_error: Number
    probability: Number
    low: Number
    high: Number
    word: str
    gates: list[Gate]
    predictions: list[Prediction]
    variants: list[Variant] = []


class BayesFactor(Record):
    """A log Bayes factor and its standard error."""

    value: Number
    error: Number


class RootContribution(Record):
    """What one root contributes.

    Attributes
    ----------
    log_bayes_factor : dict
        By pair of explanations, "second/first".
    without : dict
        Probability of each explanation without this root.
    effective : dict
        Effective number of points by explanation without it.
    thin : list of str
        Explanations for which that number is too small to rely on.
    """

    id: str
    log_bayes_factor: dict[str, BayesFactor]
    without: dict[str, float]
    effective: dict[str, Number] = {}
    thin: list[str] = []


class WithheldHeadline(Record):
    """The root that alone carries the answer, for which reason there is no headline, and what becomes of the answer without it."""

    root: str
    reason: str


class TurningRoot(NamedTuple):
    """A root without which another explanation leads, that explanation, and its probability then."""

    root: str
    leader: str
    probability: float


class GradePoint(Record):
    """Probabilities of the explanations if the source had this letter; `thin`: those with too few effective points."""

    letter: str
    probabilities: dict[str, float]
    thin: list[str] = []


class GradeCurve(Record):
    """Probabilities by the letter given to one source; `letter` is the one that the dossier gives.

    `stated` says whether the case names the source (`report` in case.toml); else it is that of the root that moves the odds most.
    `left_out` are the probabilities without anything that it said; `states` the log density of all its weighed claims under each
    explanation if it was faithful, slanted or uninformative, averaged over what all other evidence leaves of the replicates.
    """

    source: str
    letter: str
    points: list[GradePoint]
    stated: bool = True
    left_out: dict[str, float] = {}
    states: dict[str, list[Number]] = {}


class OutletCounting(Record):
    """Log Bayes factors by pair: `naive` if every outlet were an independent observation, `roots` as weighed."""

    naive: dict[str, Number]
    roots: dict[str, Number]


class DroppedEvidence(Record):
    """A claim or figure that does not enter the likelihood, and why."""

    id: str
    reason: str


class WeighResult(TabularRecord):
    """Explanations weighed against each other.

    Attributes
    ----------
    explanations : list of Explanation
        In the case's order.
    pairs : dict
        Log Bayes factors by "second/first".
    headline : str
        The answer in words; None where the result is not resolved, the headline is withheld, or a single explanation was fitted.
    headline_withheld : WithheldHeadline
        The root that alone carries the answer, of results that are not resolved too; None where there is none.
    roots : list of RootContribution
        What each root of evidence contributes.
    curve : GradeCurve
        Probabilities by the letter of the report's source; None where no claim is weighed.
    counting : OutletCounting
        What counting outlets in place of roots would give.
    fit, parameters : list of FitRow, of ParameterRow
        What each explanation gives for every figure and claim, and its parameters.
    together : list of SeriesCheck
        Every fitted series taken as a whole.
    cannot_meet : list of UnmetClaim
        Claims that some explanation cannot produce.
    shortfalls : list of Shortfall
        Figures that no explanation comes near, the worst first.
    dropped : list of DroppedEvidence
        What should have been fitted and could not be, with the reason.
    heldout : HeldOut
        Forecasts of figures that the fit did not see; None where there are none.
    adequacy : list of Adequacy
        How well each explanation accounts for the evidence at all.
    sensitivity : PriorSensitivity
        How the odds follow priors and likelihood; None where nothing is compared.
    analysts : list of AnalystOdds
        The odds as each analyst of the case judges the evidence.
    replicates : int
        Simulated replicates.
    seconds : float
        Wall time of the fit.
    """

    MAIN: ClassVar[str] = "explanations"
    SHOWN: ClassVar[tuple[str, ...]] = ("name", "gloss", "prior", "probability", "low", "high", "word", "log_z", "log_z_error")

    explanations: list[Explanation]
    pairs: dict[str, BayesFactor]
    headline: str | None
    headline_withheld: WithheldHeadline | None
    roots: list[RootContribution]
    curve: GradeCurve | None
    counting: OutletCounting
    fit: list[FitRow]
    parameters: list[ParameterRow]
    together: list[SeriesCheck] = []
    cannot_meet: list[UnmetClaim]
    shortfalls: list[Shortfall] = []
    dropped: list[DroppedEvidence] = []
    heldout: HeldOut | None = None
    adequacy: list[Adequacy] = []
    sensitivity: PriorSensitivity | None = None
    analysts: list[AnalystOdds] = []
    replicates: int
    seconds: float

    @property
    def ranked(self) -> list[Explanation]:
        """The explanations, the most probable first."""
        return sorted(self.explanations, key=lambda e: -(e.probability or 0.0))

    @property
    def turning(self) -> list[TurningRoot]:
        """Roots without each of which another explanation leads; those that leave too few points to tell are passed over."""
        rows = []
        for root in self.roots if len(self.explanations) > 1 else ():
            leader, other = self.ranked[0].name, max(root.without, key=lambda name: root.without[name], default="")
            if other not in ("", leader) and not {leader, other} & set(root.thin):
                rows.append(TurningRoot(root.id, other, root.without[other]))
        return rows


class WhatIf(Record):
    """Probabilities of the explanations under changed evidence; `thin`: those left with too few effective points."""

    change: str
    probabilities: dict[str, float]
    thin: list[str] = []
