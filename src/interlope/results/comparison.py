"""Comparison: options run on the same posterior draws and the same random streams, against the status quo and against today."""

from __future__ import annotations

from typing import Any, ClassVar

from interlope.results.discovery import Discovery
from interlope.results.harm import HarmSpread, RecordedHarm, SwitchedOff
from interlope.results.record import Number, Record
from interlope.results.reference import LeverHarm
from interlope.results.robustness import Reversals, Satisficing
from interlope.results.search import SearchResult
from interlope.results.tabular import TabularRecord


class LeverSetting(Record):
    """A lever of an option; `setting` is in the lever's own unit, and 0 changes nothing."""

    name: str
    setting: float
    source: str = ""


class OptionAbout(Record):
    """An option; `cost` in EUR over the days compared, None where the case gives no unit cost.

    `acts` says whether it changes anything within the days compared, `idle` which of its levers do not, and why. `harms` are the ways in
    which its levers move harm, `not_modelled` what they may do without a channel in the model, `undeclared` names levers that say neither,
    `switched_off` harms that the case's numbers take away.
    """

    name: str
    gloss: str
    side_effects: list[str]
    levers: list[LeverSetting]
    cost: Number
    cost_source: str | None
    acts: bool = True
    idle: list[str] = []
    harms: list[LeverHarm] = []
    not_modelled: list[str] = []
    undeclared: list[str] = []
    switched_off: list[SwitchedOff] = []


class OutcomeAbout(Record):
    """What options are compared on; `worse` is "more", or None where no direction is worse without a value judgement.

    `parts` names outcomes that this one is the sum of, future by future: they have rows of their own and are not added to it.
    """

    name: str
    unit: str
    order: int
    harm: bool
    meaning: str
    worse: str | None
    parts: list[str] = []


class Level(Record):
    """An outcome under an option, in the outcome's unit: weighted mean, 5 and 95 % points of draws, Monte Carlo error of the mean."""

    option: str
    explanation: str
    outcome: str
    mean: Number
    q05: Number
    q95: Number
    mc_error: Number


class TodayLevel(Record):
    """An outcome over the days before the decision, in the outcome's unit, like a `Level`."""

    explanation: str
    outcome: str
    mean: Number
    q05: Number
    q95: Number
    mc_error: Number


class Difference(Record):
    """Paired difference of an option over `status_quo` or `today`, in the outcome's unit.

    Attributes
    ----------
    chance_worse : float
        Draws without a difference count as half; None where no direction is worse.
    chance_more, chance_less : float
        Draws without a difference are left out.
    mc_error : float
        Monte Carlo standard error of the mean.
    """

    option: str
    explanation: str
    outcome: str
    over: str
    mean: Number
    q05: Number
    q95: Number
    chance_worse: Number
    chance_more: Number
    chance_less: Number
    mc_error: Number


class Regret(Record):
    """How much worse an option's mean is than the best option's, in the unit of the outcome.

    `expected` weights explanations by their probability; `maximum` is over explanations, at `worst_explanation`. All None where no
    draw has a value.
    """

    option: str
    outcome: str
    expected: Number
    maximum: Number
    worst_explanation: str | None


class Safety(Record):
    """How an option treats the harm outcomes over all draws.

    `no_more_harm` is the probability that no harm outcome is above the status quo's; `tail` the mean of the worst tenth of draws by
    harm outcome (conditional value at risk), in the outcome's unit.
    """

    option: str
    no_more_harm: Number
    tail: dict[str, Number]


class ResponseChance(Record):
    """Probability that a response follows an operation within `days`, with its 90 % interval and the number of operations behind it."""

    option: str
    explanation: str
    response: str
    days: int
    chance: Number
    low: Number
    high: Number
    operations: int


class Escalation(Record):
    """What follows operations: the responses, the windows [days] and the probabilities."""

    responses: list[str]
    windows: list[int]
    assumptions: list[str]
    chances: list[ResponseChance]


class ComparedExplanation(Record):
    """An explanation in a comparison: draws, effective number of independent points among them, and its probability."""

    name: str
    pairs: int
    points: float = 0.0
    probability: float


class WeakExplanation(Record):
    """An explanation whose draws must not be relied on, and why."""

    explanation: str
    reason: str


class HarmScaling(Record):
    """What a prior made wider or narrower does to a harm under the status quo: means in the outcome's unit.

    Attributes
    ----------
    prior, width : str, float
        The parameter, and what its prior's width is multiplied by.
    mean, scaled, error : float
        Mean of the harm over all explanations as weighed, and under the scaled prior; standard error of their difference.
    effective, pareto_k, thin : float, float, bool
        Least effective number of points and greatest Pareto k of the weights in an explanation; too few to tell.
    """

    outcome: str
    prior: str
    width: Number
    mean: float
    scaled: float
    error: float
    effective: Number
    pareto_k: Number
    thin: bool


class CompareResult(TabularRecord):
    """Options compared.

    Attributes
    ----------
    start, days, today : str, int, int
        Day of decision; days after and before it.
    pairs, dropped : int
        Posterior draws compared, and those that failed to run.
    levels, before, differences : list
        Outcomes under each option, today, and paired differences, by explanation and "pooled" over them.
    regret, undominated, safety : list
        Robustness to not knowing which explanation is true.
    satisficing : list
        Satisficing share and conditional value at risk of every option, harm and explanation.
    reversals : Reversals
        What turns the order of two options; None in answers written before it was computed.
    harm_sensitivity : list
        The priors that move each harm most under the status quo, by more than four standard errors; empty where there are none.
    harm_spread : list of HarmSpread
        How much of each harm's spread follows assumed numbers; None in answers written before it was computed, and outside a study.
    seasonal : bool
        Whether demand has a season or tries follow known days, so that a part of a year differs; None in answers written before that.
    recorded : list of RecordedHarm
        What official tables give a year for the harms; None in answers written before it was looked up.
    search : SearchResult
        What was tried where the options were searched; None where they are those of the case.
    discovery : Discovery
        Where an option fails; None where that was not asked.
    """

    MAIN: ClassVar[str] = "differences"
    SHOWN: ClassVar[tuple[str, ...]] = ("option", "outcome", "over", "mean", "q05", "q95", "chance_more", "mc_error")

    start: str
    days: int
    today: int
    pairs: int
    dropped: int
    weak: list[WeakExplanation] = []
    explanations: list[ComparedExplanation]
    options: list[OptionAbout]
    outcomes: list[OutcomeAbout]
    levels: list[Level]
    before: list[TodayLevel]
    differences: list[Difference]
    regret: list[Regret]
    undominated: list[str]
    safety: list[Safety]
    satisficing: list[Satisficing] = []
    reversals: Reversals | None = None
    escalation: Escalation
    notes: list[str]
    harm_sensitivity: list[HarmScaling] = []
    harm_spread: list[HarmSpread] | None = None
    seasonal: bool | None = None
    recorded: list[RecordedHarm] | None = None
    search: SearchResult | None = None
    discovery: Discovery | None = None

    @property
    def never_act(self) -> dict[str, str]:
        """Options other than the status quo that change nothing within the days compared, and why."""
        return {o.name: "; ".join(o.idle) for o in self.options if not o.acts}

    def list_shown(self) -> list[dict[str, Any]]:
        """Differences pooled over the explanations."""
        return [row for row in super().list_shown() if row.get("explanation") == "pooled"]
