"""Recovery: how often the method finds the truth that data sets were simulated from, and whether its probabilities are right as often as
they say. Scores and log probabilities are in nats, probabilities and shares lie in [0, 1]."""

from __future__ import annotations

from typing import ClassVar

from interlope.results.record import Number, Record
from interlope.results.tabular import TabularRecord


class RecoveredQuantity(Record):
    """A number that was simulated, beside its posterior.

    Attributes
    ----------
    kind : str
        "parameter", or "quantity" for a statistic of the path and for the log likelihood.
    truth : float
        In its own unit.
    rank : float
        Share of the posterior below the truth, randomised so that it is uniform where the posterior is right.
    within50, within90 : bool
        Whether the central interval of the posterior holds the truth.
    """

    name: str
    kind: str
    truth: Number
    rank: float
    within50: bool
    within90: bool


class ReweighedOdds(Record):
    """Odds by other weights on the replicates of a fit.

    Attributes
    ----------
    probability : dict
        Of each explanation.
    effective, pareto_k : dict
        Effective number of points, and Pareto shape of their weights, by explanation.
    thin : bool
        Whether too few points carry them for any explanation.
    """

    probability: dict[str, float]
    effective: dict[str, Number]
    pareto_k: dict[str, Number]
    thin: bool


class RecoveredDataSet(Record):
    """One simulated data set and what a fit makes of it.

    Attributes
    ----------
    truth : str
        The explanation that it was simulated from.
    chosen : str
        The most probable one; empty where the fit gave no probabilities, which then are the prior ones.
    probability : dict
        Of each explanation.
    failed_checks : list of str
        Checks of the calculation that failed, as "check of explanation"; the result is resolved where there is none.
    effective : dict
        Effective number of points by explanation.
    redrawn : int
        Truths that were drawn again because their replicate did not complete.
    replicates : int
        Simulated for the fit.
    seconds : float
        Wall time of the fit on one core.
    series_alone : ReweighedOdds or None
        What the official series alone would give; None where claims or series are missing, or in results from before it was asked.
    """

    index: int
    truth: str
    chosen: str
    probability: dict[str, float]
    failed_checks: list[str]
    effective: dict[str, Number]
    quantities: list[RecoveredQuantity]
    redrawn: int
    replicates: int
    seconds: float
    series_alone: ReweighedOdds | None = None

    @property
    def resolved(self) -> bool:
        """Whether every check of the calculation passed."""
        return not self.failed_checks


class RecoveryAbout(Record):
    """Which case, model, method and settings were tried.

    Attributes
    ----------
    method : str
        Digest of the code that fits.
    without : str
        "claims" or "series" where these were neither drawn nor fitted; empty for all evidence.
    budget : str
        Replicates of a fit, where they were stated; empty for the mode's own.
    machine : dict
        Versions that may change a number, and the kind of system.
    created : str
        Day of the run.
    """

    case: str
    case_sha256: str
    as_of: str
    model_digest: str
    method: str
    run_id: str
    seed: int
    mode: str
    budget: str
    without: str
    version: str
    machine: dict[str, str]
    created: str


class ConfusionRow(Record):
    """Data sets of one true explanation, by the explanation chosen: those with a resolved result, and the others."""

    truth: str
    data_sets: int
    resolved: dict[str, int]
    unresolved: dict[str, int]


class ReliabilityBin(Record):
    """Data sets in which an explanation got a probability between two ends, and in how many of them it was true.

    Attributes
    ----------
    explanation : str
        Its name, or "leading" for the most probable one of each data set.
    low, high : float
        Ends of the bin.
    count, true : int
        Data sets, and those in which it was true.
    resolved, resolved_true : int
        The same of the resolved ones.
    mean, resolved_mean : float
        Mean probability, and of the resolved ones (not in results of an earlier version); None where there is none.
    q05, q95 : float
        Exact binomial 90 % interval of the frequency (Clopper & Pearson 1934); None where there is none.
    """

    explanation: str
    low: float
    high: float
    count: int
    true: int
    resolved: int
    resolved_true: int
    mean: Number
    q05: Number
    q95: Number
    resolved_mean: Number = None


class ProperScore(Record):
    """A proper score of the probabilities, mean over data sets; smaller is better.

    Attributes
    ----------
    name : str
        "log score" (minus log probability of the truth) or "Brier score" (squared distance of all probabilities, 0 to 2).
    value, prior : float
        Of the method, and of the prior odds alone.
    expected : float
        Of the method if its probabilities were right.
    chance : float
        Of lying so far from `expected` on either side if they were (Spiegelhalter 1986); None where nothing varies.
    """

    name: str
    value: float
    prior: float
    expected: float
    chance: Number


class UniformityTest(Record):
    """Whether the ranks of a parameter or quantity are uniform.

    Attributes
    ----------
    count : int
        Data sets with a rank.
    gap : float
        Largest distance of the ranks' cumulative distribution from the diagonal.
    chance : float
        Of ranks so far outside simultaneous bands if they were uniform (Säilynoja, Bürkner & Vehtari 2022).
    rejected : bool
        Called non-uniform, at the family's false-alarm rate (Holm 1979).
    """

    name: str
    kind: str
    count: int
    gap: float
    chance: float
    rejected: bool


class Coverage(Record):
    """How many central intervals of a level hold the truth.

    Attributes
    ----------
    name : str
        A parameter or quantity, or "all parameters".
    q05, q95 : float
        90 % interval of the share: exact binomial for one name; for all together by the spread between data sets, as
        parameters of one data set go together.
    """

    name: str
    kind: str
    level: float
    count: int
    inside: int
    q05: Number
    q95: Number


class SeriesAlone(Record):
    """What the official series alone would give on the same data sets, by other weights on the replicates of the same fits.

    Attributes
    ----------
    data_sets, thin : int
        How many, and those of which too few points carry the odds or the fit itself is not resolved; `confusion` counts these as such.
    """

    data_sets: int
    thin: int
    confusion: list[ConfusionRow]
    scores: list[ProperScore]


class RecoverySummary(TabularRecord):
    """What a trial on simulated data sets shows.

    Attributes
    ----------
    data_sets, resolved : int
        How many, and those with a resolved result.
    prior : dict
        Prior probability of each explanation.
    confusion : list of ConfusionRow
        Truth against choice.
    alarm : float
        Chance that any rank is called non-uniform although all are uniform.
    seconds : float
        Median wall time of one fit on one core.
    redrawn : int
        Truths drawn again because their replicate did not complete.
    series_alone : SeriesAlone or None
        The same without the claims; None where claims or series are missing, or in results from before it was asked.
    """

    MAIN: ClassVar[str] = "confusion"

    about: RecoveryAbout
    data_sets: int
    resolved: int
    prior: dict[str, float]
    confusion: list[ConfusionRow]
    reliability: list[ReliabilityBin]
    scores: list[ProperScore]
    uniformity: list[UniformityTest]
    alarm: float
    coverage: list[Coverage]
    seconds: float
    redrawn: int
    series_alone: SeriesAlone | None = None

    @property
    def names(self) -> list[str]:
        """The explanations."""
        return list(self.prior)


class RecoverResult(RecoverySummary):
    """The `result` of `interlope recover`: the summary, what it says in words, its folder and files; `reused` where nothing was run."""

    words: list[str]
    folder: str
    files: list[str]
    reused: bool
