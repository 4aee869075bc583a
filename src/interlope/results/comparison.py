"""Compared: the shape of compared options in JSON."""

from __future__ import annotations

from interlope.results.record import Number, Record


class LeverSet(Record):
    name: str
    setting: float
    source: str = ""


class OptionAbout(Record):
    name: str
    gloss: str
    side_effects: list[str]
    levers: list[LeverSet]
    cost: Number
    cost_source: str | None


class OutcomeAbout(Record):
    name: str
    unit: str
    order: int
    harm: bool
    meaning: str
    worse: str | None


class Level(Record):
    option: str
    explanation: str
    outcome: str
    mean: Number
    q05: Number
    q95: Number
    mc_error: Number


class Before(Record):
    explanation: str
    outcome: str
    mean: Number
    q05: Number
    q95: Number
    mc_error: Number


class Difference(Record):
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
    option: str
    outcome: str
    expected: Number
    maximum: Number
    worst_explanation: str | None


class Safety(Record):
    option: str
    no_more_harm: Number
    tail: dict[str, Number]


class Chance(Record):
    option: str
    explanation: str
    response: str
    days: int
    chance: Number
    low: Number
    high: Number
    operations: int


class Escalation(Record):
    responses: list[str]
    windows: list[int]
    assumptions: list[str]
    chances: list[Chance]


class Compared(Record):
    name: str
    pairs: int
    points: float = 0.0
    probability: float


class Weak(Record):
    explanation: str
    reason: str


class CompareResult(Record):
    start: str
    days: int
    today: int
    pairs: int
    dropped: int
    weak: list[Weak] = []
    explanations: list[Compared]
    options: list[OptionAbout]
    outcomes: list[OutcomeAbout]
    levels: list[Level]
    before: list[Before]
    differences: list[Difference]
    regret: list[Regret]
    undominated: list[str]
    safety: list[Safety]
    escalation: Escalation
    notes: list[str]
