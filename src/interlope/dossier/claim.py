"""Claims: one statement each, with what is counted, where, when, by which root and through whom."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from interlope.quantities import Reduction

CHANNELS = ("swap-count", "peak-for-mean", "widened-scope", "upgraded-severity")
LINEAGES = ("stated", "assumed", "unknown")
VIEWS = ("CC", "C", "N", "I", "II")
SILENCE = "silence"  # kind of what was not said; see `listened.py`


@dataclass(frozen=True)
class Channel:
    """An alternative of what the root may have stated before relays changed it, with its chance.

    Attributes
    ----------
    kind : str
        One of CHANNELS.
    chance : float
        Probability of this alternative.
    series, reduce : str
        Another series or another reduction of it; empty where it is that of the claim.
    sd : float or None
        Log spread of a faithful number; the claim's when None.
    reason : str
        Why it may be so.
    """

    kind: str
    chance: float
    series: str
    reduce: str
    sd: float | None
    reason: str


class Interpretation(NamedTuple):
    """What a claim may mean: a reduction of recorded series, its chance, its factor to the claim's unit, its spread.

    Attributes
    ----------
    reduction : Reduction
        The statistic of a replicate.
    chance : float
        Probability that the root meant this one.
    factor : float
        From the unit of the recorded series to the claim's.
    sd : float or None
        Log spread of a faithful number; the claim's when None.
    reference : float
        Median of the density used for sources that know nothing, in the claim's unit.
    compared : Reduction or None
        What the statistic is compared with, of a claim on the ratio of two; its factor is then 1, as a ratio has no unit.
    """

    reduction: Reduction
    chance: float
    factor: float
    sd: float | None
    reference: float
    compared: Reduction | None = None


@dataclass(frozen=True)
class Flag:
    """Something a reader should know about a claim.

    Attributes
    ----------
    rule : str
        Name of the rule that it breaks.
    text : str
        What stands against the rule.
    origin : str
        "rule" for the rule's own check, or "analyst".
    """

    rule: str
    text: str
    origin: str


@dataclass(frozen=True)
class Claim:
    """One statement of a dossier.

    Attributes
    ----------
    paraphrase : str
        The content in our own words.
    span, fingerprint : tuple[int, int] or None
        Where it stands in `document`.
    root, chain, lineage : str
        The observation it comes from and the relays after it, from the root outward.
    series, counted, unit, place, window, reduce : str
        Which statistic of a replicate it speaks of.
    baseline : tuple of date or None
        Days that the window is compared with, of a change.
    than : str
        Series that the series is compared with, of a ranking.
    event : str
        What the world is compared without, of an effect: the id of an [[event]], or the name of a [[forcing]].
    stated : bool, str or None
        What the claim says where it says no number: a word of its kind, or false where it denies.
    cuts, words : tuple
        Cut points of a share, and the words between them.
    low, high, threshold, ... : float or None
        What it says, as its kind needs it.
    interpretations : tuple[Interpretation, ...]
        The meanings it may have, first the plain one; chances sum to 1.
    distortion : float
        Chance that relays changed it into something uninformative, other than by a declared channel.
    by_letters : bool
        The distortion follows from the letters of its relays and changes with them; else the file states it.
    carries : bool
        Its kind carries a likelihood.
    why : str
        Reason where this claim carries none.
    holdout : bool
        Scored, never fitted.
    view : Mapping[str, str]
        An analyst's judgement by explanation, shown and never counted.
    attributed : str
        Root that the text names as the one that says so, where it is another than `root`.
    of : str
        Claim it restates, or with which it is scored.
    covers : tuple[str, ...]
        Claims scored together with this one.
    """

    id: str
    paraphrase: str
    kind: str
    published: date
    carries: bool
    document: str = ""
    span: tuple[int, int] | None = None
    fingerprint: str = ""
    root: str = ""
    chain: tuple[str, ...] = ()
    lineage: str = "stated"
    series: str = ""
    counted: str = ""
    unit: str = ""
    place: str = ""
    window: tuple[date, date] | None = None
    reduce: str = ""
    baseline: tuple[date, date] | None = None
    than: str = ""
    event: str = ""
    low: float | None = None
    high: float | None = None
    threshold: float | None = None
    stated: bool | str | None = None
    chance_if_true: float | None = None
    chance_if_false: float | None = None
    sd: float | None = None
    noise: float | None = None
    shift: float | None = None
    cuts: tuple[float, ...] = ()
    words: tuple[str, ...] = ()
    ascertained: tuple[float, float] | None = None
    reference: float | None = None
    channels: tuple[Channel, ...] = ()
    interpretations: tuple[Interpretation, ...] = ()
    distortion: float = 0.0
    by_letters: bool = True
    flags: tuple[Flag, ...] = ()
    grade: str = ""
    why: str = ""
    holdout: bool = False
    view: Mapping[str, str] = field(default_factory=dict)
    status: str = "confirmed"
    of: str = ""
    covers: tuple[str, ...] = ()
    attributed: str = ""
    note: str = ""

    @property
    def likelihood(self) -> bool:
        """True when the claim enters a fit: it has a density and is not held out."""
        return self.carries and not self.why and not self.holdout

    @property
    def first_day(self) -> date | None:
        """First day that it speaks of, those it compares with among them; None where it names no days."""
        return self.baseline[0] if self.baseline else self.window[0] if self.window else None

    @property
    def scored(self) -> bool:
        """True when the claim has a density at all: fitted, or held out and scored afterwards."""
        return self.carries and not self.why


def content(claim: Claim) -> tuple[object, ...]:
    """What a claim says, apart from who passed it on, when and in which words; equal contents on one root are one observation.

    Parameters
    ----------
    claim : Claim
        A claim.

    Returns
    -------
    tuple
    """
    c = claim
    return (c.kind, c.root, c.series, c.window, c.baseline, c.than, c.event, c.reduce, c.unit, c.low, c.high, c.threshold, c.stated,
            c.chance_if_true, c.chance_if_false, c.sd, c.noise, c.shift, c.cuts, c.words, c.ascertained, c.reference, c.interpretations)
