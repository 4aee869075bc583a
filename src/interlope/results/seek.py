"""Seek: what further evidence is expected to teach about the explanations, and what it is worth for the choice between options."""

from __future__ import annotations

from typing import ClassVar

from interlope.results.record import Number, Record
from interlope.results.tabular import TabularRecord


class AnswerOutcome(Record):
    """An outcome that a candidate may have, its probability, and the probabilities of the explanations after it.

    `chance` is None where the outcome is one point among many, such as the middle one.
    """

    label: str
    chance: Number
    probabilities: dict[str, float]


class VariantGain(Record):
    """What evidence would teach about the variants of one explanation, supposing that it holds.

    Attributes
    ----------
    explanation : str
        The explanation.
    doubt : float
        Entropy of the probabilities of its variants, in nats.
    gain, error, by_chance : float
        As of `CandidateEvidence`.
    """

    explanation: str
    doubt: Number
    gain: Number
    error: Number
    by_chance: Number


class CandidateEvidence(Record):
    """Evidence that could be sought.

    Attributes
    ----------
    id, what : str
        Its name, and what would be observed.
    about : str
        Recorded series that it speaks of, or the official table of which it adds figures.
    who, letter : str
        Who is asked, and the letter of that source; no letter of figures.
    independent : bool
        The root is none of the dossier's.
    automatic : bool
        Made from a claim (`confirms`), not declared by the case.
    confirms : str or None
        Claim that it asks about again.
    days : int or None
        Days until it would be known; None where nobody has said.
    cost, cost_unit : float, str or None
        What it would cost.
    gain : float
        Expected information gain about the explanation, in nats; never below 0. A lower bound: of outcomes that were drawn (not `listed`),
        0 means that none could be shown.
    error : float
        Its Monte Carlo standard error, at the probabilities as weighed.
    by_chance : float
        Gain that shuffled names of the explanations exceed once in twenty.
    part : float
        Gain over the entropy of the explanations' probabilities: which part of the doubt it removes on average.
    leader_changes : float
        Probability that another explanation becomes the most probable one.
    words_change : float
        Probability that the most probable explanation, or the word for its probability, becomes another one.
    outcomes : list of AnswerOutcome
        Answers that can be listed; of numbers the 10, 50 and 90 % outcomes.
    listed : bool
        All outcomes were summed over; else they were drawn.
    simulated : bool
        Replicates were run again for it, because the fit did not need what it is about.
    note : str
        Why it teaches nothing, where that is known beforehand; else empty.
    summary : str or None
        What forecasts read of outcomes that were drawn: all figures, their total (of levels, their mean), their trend, or both; empty where
        the probabilities now forecast as well, and where outcomes are listed. None in results of earlier versions, which read all figures
        alone, and whose `by_chance` is exceeded once in ten.
    within : list of VariantGain
        What it would teach about the variants of explanations that have some; none where outcomes were drawn, where variants have too few
        replicates, and in results of earlier versions.
    """

    id: str
    what: str
    about: str
    who: str
    letter: str
    independent: bool
    automatic: bool
    confirms: str | None
    days: int | None
    cost: Number
    cost_unit: str | None
    gain: Number
    error: Number
    by_chance: Number
    part: Number
    leader_changes: Number
    words_change: Number
    outcomes: list[AnswerOutcome]
    listed: bool
    simulated: bool
    note: str = ""
    summary: str | None = None
    within: list[VariantGain] = []


class PerfectInformation(Record):
    """What it would be worth to know the explanation for certain before choosing an option, on one outcome of harm.

    Attributes
    ----------
    outcome, unit : str
        The outcome, less of which is better.
    choice : str
        Option with the least of it, as the explanations stand now; empty where several have as little.
    choices : dict
        Option with the least of it, by explanation; empty where several have as little.
    value, error : float
        Expected value of perfect information (EVPI), in the outcome's unit, and the spread that the comparison's Monte Carlo error
        gives it.
    """

    outcome: str
    unit: str
    choice: str
    choices: dict[str, str]
    value: Number
    error: Number


class SampleInformation(Record):
    """What a candidate is worth for the choice of an option, on one outcome of harm.

    Attributes
    ----------
    candidate, outcome, unit : str
        Which evidence, and for what.
    value, error : float
        Expected value of sample information (EVSI), in the outcome's unit, at most that of perfect information; and its spread.
    per_day : float
        Value for each day until the evidence is known; None where no day is stated, or none passes.
    per_cost : float
        Value for each unit of its cost; None where no cost is stated, or it is 0.
    forgone : float
        Harm that the option chosen now would spare over the days of waiting, against the status quo, where nobody acts meanwhile; a number,
        not a rate. None where no day is stated.
    forgone_clear : bool
        Whether what that option spares exceeds twice its Monte Carlo error, so that the harm of waiting can be told from none. None where
        no day is stated.
    """

    candidate: str
    outcome: str
    unit: str
    value: Number
    error: Number
    per_day: Number
    per_cost: Number
    forgone: Number = None
    forgone_clear: bool | None = None


class SeekResult(TabularRecord):
    """Candidates of further evidence, the most telling first.

    Attributes
    ----------
    doubt : float
        Entropy of the explanations' probabilities, in nats: no evidence can teach more.
    probabilities : dict
        Probability of each explanation now.
    leader, word : str
        The most probable explanation, and the word for its probability.
    replicates : int
        Replicates of each explanation that outcomes were predicted from.
    candidates : list of CandidateEvidence
        Declared by the case, and one for each claim that is weighed.
    perfect, sample : list
        Value of perfect and of sample information, by outcome of harm; empty where no options were compared.
    notes : list of str
        What keeps the answer from being more.
    """

    MAIN: ClassVar[str] = "candidates"
    SHOWN: ClassVar[tuple[str, ...]] = ("id", "what", "who", "letter", "days", "gain", "error", "by_chance", "leader_changes")

    doubt: float
    probabilities: dict[str, float]
    leader: str
    word: str
    replicates: int
    candidates: list[CandidateEvidence]
    perfect: list[PerfectInformation] = []
    sample: list[SampleInformation] = []
    notes: list[str] = []

    @property
    def earlier(self) -> bool:
        """Whether an earlier version made it, which read figures to come as a whole, and whose `by_chance` is exceeded once in ten."""
        return any(c.summary is None for c in self.candidates)
