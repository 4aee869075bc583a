"""Fitted: what explanations give for figures, series, claims and parameters, once fitted."""

from __future__ import annotations

from interlope.results.record import Number, Record


class FitRow(Record):
    """A figure or claim beside what an explanation gives for it.

    Attributes
    ----------
    kind : str
        "series", "claim", or "held-out" for a claim that the fit did not see.
    observed, q05, q50, q95 : float
        In the unit of the series, or of the statistic that the claim speaks of; of a claim of kind `change`, `effect` or `ranking`,
        of the ratio.
    met : bool
        A figure lies within the 90 % interval; at least 5 % of the weighted replicates agree with a claim.
    agreed : float
        Weighted share of the replicates that agree with a claim; None for a figure.
    undefined : float
        Weighted share of the replicates without a ratio, as where nothing was counted in one of two windows, over which no point is taken;
        None where no ratio is spoken of.
    """

    kind: str
    id: str
    explanation: str
    observed: Number
    q05: Number
    q50: Number
    q95: Number
    met: bool
    agreed: Number = None
    undefined: Number = None


class ParameterRow(Record):
    """A parameter given the evidence.

    Attributes
    ----------
    q05, q50, q95 : float
        In `unit`.
    moved : float
        Change of the mean, in prior standard deviations.
    narrowed : float
        One less the ratio of posterior to prior standard deviation.
    """

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


class SeriesCheck(Record):
    """One number of a series taken as a whole beside what an explanation gives for it.

    Attributes
    ----------
    what : str
        "level" (mean of the figures, in the series' unit), "spread" (standard deviation of log(1 + y)) or "step" (mean change of
        log(1 + y) from one figure to the next).
    chance : float
        Of lying so far out, on either side.
    """

    series: str
    explanation: str
    what: str
    observed: float
    q05: float
    q95: float
    chance: float


class Shortfall(Record):
    """A figure that no explanation comes near.

    Attributes
    ----------
    nats : dict
        By explanation, how far its log density lies below that of an explanation that gives the figure itself.
    whole : dict
        The same of all figures of the series together.
    """

    id: str
    series: str
    nats: dict[str, float]
    whole: dict[str, float]


class UnmetClaim(Record):
    """A claim, and the explanations that cannot produce it."""

    claim: str
    explanations: list[str]
