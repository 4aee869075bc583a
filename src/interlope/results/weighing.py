"""Weighed: the shape of fitted and weighed explanations in JSON."""

from __future__ import annotations

from interlope.results.record import Number, Record


class Gate(Record):
    name: str
    value: Number
    limit: float
    passed: bool


class Prediction(Record):
    says: str
    probability: Number


class Explanation(Record):
    name: str
    gloss: str
    prior: float
    log_z: Number
    log_z_error: Number
    probability: float
    low: Number
    high: Number
    word: str
    gates: list[Gate]
    predictions: list[Prediction]


class Factor(Record):
    value: Number
    error: Number


class RootWeight(Record):
    id: str
    log_bayes_factor: dict[str, Factor]
    without: dict[str, float]
    effective: dict[str, Number] = {}
    thin: list[str] = []


class Withheld(Record):
    root: str
    reason: str


class LetterPoint(Record):
    letter: str
    probabilities: dict[str, float]
    thin: list[str] = []


class Curve(Record):
    source: str
    letter: str
    points: list[LetterPoint]


class Counting(Record):
    naive: dict[str, Number]
    roots: dict[str, Number]


class FitRow(Record):
    kind: str
    id: str
    explanation: str
    observed: Number
    q05: Number
    q50: Number
    q95: Number
    met: bool
    agreed: Number = None


class ParameterRow(Record):
    explanation: str
    name: str
    unit: str
    source: str
    prior: str
    q05: Number
    q50: Number
    q95: Number
    moved: Number
    narrowed: Number


class Unmet(Record):
    claim: str
    explanations: list[str]


class Dropped(Record):
    id: str
    reason: str


class HeldRow(Record):
    series: str
    period: str
    observed: float
    q05: Number
    q50: Number
    q95: Number
    crps: float
    baselines: dict[str, float]


class HeldOut(Record):
    rows: list[HeldRow]
    crps: dict[str, float]
    coverage: float
    effective: dict[str, Number] = {}
    note: str


class WeighResult(Record):
    explanations: list[Explanation]
    pairs: dict[str, Factor]
    headline: str | None
    headline_withheld: Withheld | None
    roots: list[RootWeight]
    curve: Curve | None
    counting: Counting
    fit: list[FitRow]
    parameters: list[ParameterRow]
    cannot_meet: list[Unmet]
    dropped: list[Dropped] = []
    heldout: HeldOut | None = None
    histories: int
    seconds: float


class WhatIf(Record):
    change: str
    probabilities: dict[str, float]
    thin: list[str] = []


class MovedOdds(Record):
    name: str
    probability: float
    low: Number
    high: Number


class Moved(Record):
    as_of: str
    run_id: str
    folder: str | None
    resolved: bool
    reasons: list[str]
    explanations: list[MovedOdds]
    figures: int
    claims: int
    new_figures: dict[str, int]
    new_claims: list[str]


class WeighAnswer(WeighResult):
    changes: list[WhatIf] = []
    moved: list[Moved] = []
