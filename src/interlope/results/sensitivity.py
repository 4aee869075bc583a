"""Sensitivity: which parameters drive which outcomes, over the priors of a case."""

from __future__ import annotations

from typing import ClassVar

from interlope.results.record import Number, Record
from interlope.results.tabular import TabularRecord


class SensitivityFactor(Record):
    """Something that is varied: a parameter in `unit`, the explanation, or the random streams; `chosen` where shares are computed."""

    name: str
    role: str
    unit: str
    prior: str
    meaning: str
    chosen: bool


class DrivenOutcome(Record):
    """An outcome over all factors.

    Attributes
    ----------
    mean, sd : float
        Over the points of the screening, in `unit`.
    noise_screening, noise_shares : float
        Share of the variance between points that is left over from the random streams, in either design; None where it is unknown.
    """

    name: str
    unit: str
    meaning: str
    harm: bool
    mean: float
    sd: float
    noise_screening: Number
    noise_shares: Number


class ElementaryEffect(Record):
    """Effect of one factor on one outcome while it moves over the central 95 % of its prior (Morris 1991).

    Attributes
    ----------
    size, error : float
        Mean absolute effect, and half its 95 % interval, in the outcome's unit.
    mean, spread : float
        Signed mean and standard deviation between trajectories, in the outcome's unit.
    relative : float
        `size` as a part of the largest one on this outcome.
    above_noise : bool
        Larger by more than its error than the effect of the random streams.
    """

    factor: str
    outcome: str
    size: float
    error: float
    mean: float
    spread: float
    relative: float
    above_noise: bool


class VarianceShare(Record):
    """First-order and total Sobol' index of a factor for an outcome, each with half its 95 % bootstrap interval.

    All None where the outcome does not vary.
    """

    factor: str
    outcome: str
    first: Number
    first_error: Number
    total: Number
    total_error: Number


class SensitivitySettings(Record):
    """What was asked for: outcomes (all where none is named), sizes of both designs, replicates at a point, seed."""

    outcomes: list[str]
    trajectories: int
    base: int
    replicates: int
    seed: int
    screen_only: bool


class SensitivityMeasures(TabularRecord):
    """Screening of every factor, and shares of the variance between those that matter.

    Attributes
    ----------
    window : list of str
        First and last day that outcomes are measured over.
    replicates : int
        Replicates simulated.
    seconds : float
        Wall time.
    failed : int
        Design points without one complete replicate.
    """

    MAIN: ClassVar[str] = "screening"
    SHOWN: ClassVar[tuple[str, ...]] = ("outcome", "factor", "size", "error", "relative", "above_noise")

    window: list[str]
    explanations: list[str]
    settings: SensitivitySettings
    replicates: int
    seconds: float
    factors: list[SensitivityFactor]
    outcomes: list[DrivenOutcome]
    screening: list[ElementaryEffect]
    chosen: list[str]
    shares: list[VarianceShare]
    failed: int
    notes: list[str]


class SensitivityResult(SensitivityMeasures):
    """A sensitivity analysis with the folder and files it was written to; `reused` where an earlier run's were read."""

    folder: str
    files: list[str]
    reused: bool
