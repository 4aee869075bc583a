"""Weighed: the shape of fitted and weighed explanations in JSON."""

from __future__ import annotations

from interlope.results.envelope import Strict

Number = float | None


class Gate(Strict):
    name: str
    value: Number
    limit: float
    passed: bool


class Prediction(Strict):
    says: str
    probability: Number


class Explanation(Strict):
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


class Factor(Strict):
    value: Number
    error: Number


class RootWeight(Strict):
    id: str
    log_bayes_factor: dict[str, Factor]
    without: dict[str, float]
    effective: dict[str, Number] = {}
    thin: list[str] = []


class Withheld(Strict):
    root: str
    reason: str


class LetterPoint(Strict):
    letter: str
    probabilities: dict[str, float]
    thin: list[str] = []


class Curve(Strict):
    source: str
    letter: str
    points: list[LetterPoint]


class Counting(Strict):
    naive: dict[str, Number]
    roots: dict[str, Number]


class FitRow(Strict):
    kind: str
    id: str
    explanation: str
    observed: Number
    q05: Number
    q50: Number
    q95: Number
    met: bool
    agreed: Number = None


class ParameterRow(Strict):
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


class Unmet(Strict):
    claim: str
    explanations: list[str]


class Dropped(Strict):
    id: str
    reason: str


class HeldRow(Strict):
    series: str
    period: str
    observed: float
    q05: Number
    q50: Number
    q95: Number
    crps: float
    baselines: dict[str, float]


class HeldOut(Strict):
    rows: list[HeldRow]
    crps: dict[str, float]
    coverage: float
    effective: dict[str, Number] = {}
    note: str


class WeighResult(Strict):
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


class WhatIf(Strict):
    change: str
    probabilities: dict[str, float]
    thin: list[str] = []


class MovedOdds(Strict):
    name: str
    probability: float
    low: Number
    high: Number


class Moved(Strict):
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
