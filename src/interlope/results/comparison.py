"""Compared: the shape of compared options in JSON."""

from __future__ import annotations

from typing import Any

from interlope.results.envelope import Strict

Number = float | None


class LeverSet(Strict):
    name: str
    setting: float
    source: str = ""


class OptionAbout(Strict):
    name: str
    gloss: str
    side_effects: list[str]
    levers: list[LeverSet]
    cost: Number
    cost_source: str | None


class OutcomeAbout(Strict):
    name: str
    unit: str
    order: int
    harm: bool
    meaning: str
    worse: str | None


class Difference(Strict):
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


class Regret(Strict):
    option: str
    outcome: str
    expected: Number
    maximum: Number
    worst_explanation: str | None


class Chance(Strict):
    option: str
    explanation: str
    response: str
    days: int
    chance: Number
    low: Number
    high: Number
    operations: int


class Escalation(Strict):
    responses: list[str]
    windows: list[int]
    assumptions: list[str]
    chances: list[Chance]


class Compared(Strict):
    name: str
    pairs: int
    points: float = 0.0
    probability: float


class Weak(Strict):
    explanation: str
    reason: str


class CompareResult(Strict):
    start: str
    days: int
    today: int
    pairs: int
    dropped: int
    weak: list[Weak] = []
    explanations: list[Compared]
    options: list[OptionAbout]
    outcomes: list[OutcomeAbout]
    levels: list[dict[str, Any]]
    before: list[dict[str, Any]]
    differences: list[Difference]
    regret: list[Regret]
    undominated: list[str]
    safety: list[dict[str, Any]]
    escalation: Escalation
    notes: list[str]
