"""Described: the shapes of the model's description, of its sensitivity and of the explanations' predictions in JSON."""

from __future__ import annotations

from interlope.results.record import Number, Record


class OddResult(Record):
    elements: list[str]
    lines: int
    text: str
    file: str | None
    same: bool | None
    differences: list[str]


class Factor(Record):
    name: str
    role: str
    unit: str
    prior: str
    meaning: str
    chosen: bool


class Driven(Record):
    name: str
    unit: str
    meaning: str
    harm: bool
    mean: float
    sd: float
    noise_screening: Number
    noise_shares: Number


class Effect(Record):
    factor: str
    outcome: str
    size: float
    error: float
    mean: float
    spread: float
    relative: float
    above_luck: bool


class Share(Record):
    factor: str
    outcome: str
    first: Number
    first_error: Number
    total: Number
    total_error: Number


class Sizes(Record):
    outcomes: list[str]
    trajectories: int
    base: int
    replicates: int
    seed: int
    screen_only: bool


class Drivers(Record):
    """Which factors drive which outcomes: screened effects, and shares of the variance."""

    window: list[str]
    explanations: list[str]
    settings: Sizes
    histories: int
    seconds: float
    factors: list[Factor]
    outcomes: list[Driven]
    screening: list[Effect]
    chosen: list[str]
    shares: list[Share]
    failed: int
    notes: list[str]


class SensitivityResult(Drivers):
    """The drivers, and where they were written."""

    folder: str
    files: list[str]
    reused: bool


class Predicted(Record):
    mean: float
    q05: float
    q50: float
    q95: float


class Apart(Record):
    value: Number
    error: float
    above: float


class SeriesContrast(Record):
    name: str
    unit: str
    definition: str
    seen_in: str
    predicted: dict[str, Predicted]
    differences: dict[str, Apart]


class Widest(Record):
    series: str
    value: Number


class PairContrast(Record):
    pair: str
    separated_by: list[str]
    official: list[str]
    claims: list[str]
    widest: Widest


class Contrast(Record):
    draws: int
    window: list[str]
    separated: float
    explanations: list[str]
    series: list[SeriesContrast]
    pairs: list[PairContrast]
    undivided: list[str]
    unofficial: list[str]
