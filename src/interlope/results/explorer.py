"""Explorer: what the pages of `interlope explore` ask of the simulator, and what they are answered."""

from __future__ import annotations

from pydantic import Field

from interlope.results.market import NAME, Fan
from interlope.results.record import Number, Record

FILE = r"^[a-z0-9][a-z0-9_-]{0,59}$"  # name of a file that the explorer writes
MOST_TURNS = 10_000_000  # changes of one page: a hundred each second for a day


class ExploreResult(Record):
    """The `result` of `interlope explore`: where the pages are served, and what is explored.

    `address` is empty where the pages were only checked; `absent` says why nothing can be simulated, empty where it can.
    """

    address: str
    folder: str
    pages: list[str]
    absent: str = ""


class LeverChoice(Record):
    """A lever of a live option: its setting in its own unit, the day from which it holds, the days of its linear rise, and the day after
    its last; None where it goes on."""

    name: str = Field(pattern=NAME)
    setting: float = Field(ge=0, allow_inf_nan=False)
    start: int = Field(0, ge=0, le=4000)
    ramp: int = Field(0, ge=0, le=4000)
    end: int | None = Field(None, ge=1, le=4000)


class LiveRequest(Record):
    """Run an option on the draws of a stage.

    Attributes
    ----------
    levers : list of LeverChoice
        Empty for the status quo.
    option : str
        Name of an option of the case, in place of levers; empty where levers are given.
    stage : int
        How far the answer is refined; later stages add draws to those of the earlier ones.
    series : str
        Recorded series of which a fan is wanted.
    page : str
        The page that asks, under a name that it made for itself.
    turn : int
        Rises with every change on that page; what runs for an earlier turn of it is given up.
    explanation : str
        Explanation whose draws alone the fans are of; empty for all, by their probability.
    """

    levers: list[LeverChoice] = Field(default=[], max_length=40)
    option: str = Field("", pattern=f"{NAME}|^$")
    stage: int = Field(0, ge=0, le=3)
    page: str = Field("", pattern=r"^[a-z0-9-]{0,40}$")
    turn: int = Field(0, ge=0, le=MOST_TURNS)
    series: str = Field("attempts", pattern=NAME)
    explanation: str = Field("", pattern=f"{NAME}|^$")


class LiveDifference(Record):
    """Paired difference over `status_quo` or `today`, of an explanation or `pooled`, in the outcome's unit.

    `direction` is `more` or `fewer` where that is clear, else empty.
    """

    explanation: str
    over: str
    mean: Number
    q05: Number
    q95: Number
    mc_error: Number
    chance_more: Number
    chance_less: Number
    direction: str


class LiveLevel(Record):
    """Means of an outcome under one explanation: under the option, without it, today, and how much worse than the best option compared."""

    explanation: str
    option: Number
    status_quo: Number
    today: Number
    regret: Number


class LiveOutcome(Record):
    """An outcome under the option, without it and today, pooled and by explanation, with its differences; `worse` is "more" or None."""

    name: str
    title: str
    unit: str
    meaning: str
    harm: bool
    worse: str | None
    option: Number
    status_quo: Number
    today: Number
    levels: list[LiveLevel]
    differences: list[LiveDifference]


class LiveRegret(Record):
    """How much worse the option's mean is than that of the best option compared, in the outcome's unit."""

    outcome: str
    expected: Number
    maximum: Number
    worst_explanation: str | None


class LiveAnswer(Record):
    """An option on common random numbers with the status quo.

    Attributes
    ----------
    draws, failed : int
        Draws that were run to the end, and those that were not.
    refined : bool
        Whether no later stage adds draws.
    explanations : dict of str to float
        Probability of each explanation, by which pooled numbers are weighted.
    pairs : dict of str to int
        Draws of each explanation that were run to the end.
    explanation : str
        Explanation that the fans are of; empty for all.
    compared : list of str
        Options that regret is counted among, with the same draws.
    side_effects, idle : list of str
        What its levers also do; levers that change nothing in these days, and why.
    notes : list of str
        Which harms are switched off, which outcomes are the sum of others, which days count as today, and what was recorded, in words.
    seconds : float
        Time that the simulator took.
    """

    stage: int
    draws: int
    failed: int
    refined: bool
    days: int
    today: int
    start: str
    explanations: dict[str, float]
    pairs: dict[str, int]
    explanation: str
    outcomes: list[LiveOutcome]
    regret: list[LiveRegret]
    compared: list[str]
    side_effects: list[str]
    idle: list[str]
    notes: list[str]
    option_fan: Fan
    status_quo_fan: Fan
    seconds: float


class SaveRequest(Record):
    """A change to be shown as TOML, and written where `write` says so.

    Attributes
    ----------
    kind : str
        `option` or `analyst`.
    name : str
        Of the file.
    levers : list of LeverChoice
        Of an option.
    option : str
        Name of an option of the case that is saved as it is, in place of levers; empty where levers are given.
    letters, odds : dict
        Of an analyst: letters by source, and factors on the prior odds by explanation.
    without : list of str
        Roots and claims left out, for the command line.
    """

    kind: str = Field(pattern="^(option|analyst)$")
    name: str = Field(pattern=FILE)
    levers: list[LeverChoice] = Field(default=[], max_length=40)
    option: str = Field("", pattern=f"{NAME}|^$")
    letters: dict[str, str] = Field(default={}, max_length=200)
    odds: dict[str, float] = Field(default={}, max_length=20)
    without: list[str] = Field(default=[], max_length=400)
    write: bool = False


class SaveAnswer(Record):
    """The TOML of a change, the file it was or would be written to, the commands that repeat the view, and what the file leaves out."""

    text: str
    file: str
    written: bool
    commands: list[str]
    notes: list[str]


class LeverAbout(Record):
    """A lever as a slider."""

    name: str
    unit: str
    low: float
    high: float
    meaning: str
    side_effects: list[str]


class SeriesTitle(Record):
    """A recorded series by name, with the words that it is shown by."""

    name: str
    title: str


class OptionPreset(Record):
    """An option of the case that sets levers: all its entries, of which one lever may have several."""

    name: str
    gloss: str
    levers: list[LeverChoice]


class PageData(Record):
    """What a page begins with: names, titles and ranges, nothing computed live.

    `asked` is the option that the question is about, `pairs` how many pairs of futures the study's own comparison has (0 without one).
    `cautions` say why numbers of options are to be read with caution; `commands` print the replicates from priors, by explanation.
    """

    page: str
    explanations: dict[str, str] = {}
    glosses: dict[str, str] = {}
    levers: list[LeverAbout] = []
    options: list[OptionPreset] = []
    series: list[SeriesTitle] = []
    replicates: int = 0
    asked: str = ""
    pairs: int = 0
    days: int = 0
    stages: list[int] = []
    cautions: list[str] = []
    commands: dict[str, str] = {}
    fitted: bool = True


class LettersRequest(Record):
    """Ask which letters would make an explanation most probable."""

    explanation: str = Field(pattern=NAME)


class LetterChange(Record):
    """Letters by source, the probability of the explanation with them, and whether it is then the most probable one."""

    letters: dict[str, str]
    probability: float
    leads: bool


class LettersAnswer(Record):
    """The changes of one letter and of two that make an explanation most probable, of all that were tried, the best first.

    `least` is the smallest change with which it is the most probable one: fewest letters, then fewest steps. No letters where nothing
    needs changing, None where no change that was tried does it. `given` are the letters of the study by source.
    """

    explanation: str
    now: float
    leader: str
    given: dict[str, str]
    least: LetterChange | None
    one: list[LetterChange]
    two: list[LetterChange]
    tried: int
