"""Dossier: documents, sources, roots, claims and official series of a case."""

from __future__ import annotations

from typing import ClassVar

from interlope.results.record import Number, Record
from interlope.results.tabular import TabularRecord


class Document(Record):
    """A document that the case cites; `characters` in its text, of which `sha256` is the digest."""

    id: str
    title: str
    date: str
    sha256: str
    characters: int


class Source(Record):
    """Who says something; `letter` is the reliability from A to F that the dossier gives, with its reason."""

    id: str
    role: str
    country: str | None
    letter: str
    reason: str
    published: str | None
    institution: str | None = None


class Root(Record):
    """An observation that claims come from; `completed` is its last day, `relays` the sources that passed it on."""

    id: str
    source: str
    completed: str
    what: str
    slant: str
    claims: list[str]
    relays: list[str]


class Flag(Record):
    """What is wrong with a claim, by which rule, and whether the file or the program says so."""

    rule: str
    text: str
    origin: str


class Channel(Record):
    """Another way in which a claim may have come about, with its probability."""

    kind: str
    chance: float
    series: str | None = None
    reduce: str | None = None
    reason: str = ""


class Claim(Record):
    """A claim of the dossier.

    Attributes
    ----------
    window : list of str
        First and last day that it speaks of.
    baseline : list of str
        First and last day of the window that a change is counted from.
    than : str
        Series that the series is compared with, of a ranking.
    event : str
        Event without which the world is compared, of an effect.
    low, high : float
        The range that it states, in `unit`.
    stated : str, bool or float
        What it states where that is no range.
    span : list of int
        Place in the document's text, in characters.
    likelihood, holdout : bool
        Whether it enters the fit, or is kept out to be predicted.
    threshold : float
        What the statistic has to reach for the claim to hold.
    chance_if_true, chance_if_false : float
        Chance that it is said where it holds and where it does not; of a `silence`, that the source would have spoken.
    distortion : float
        Chance that relays between root and claim made it say nothing.
    """

    id: str
    paraphrase: str
    kind: str
    series: str | None
    unit: str | None
    counted: str | None
    place: str | None
    window: list[str] | None
    reduce: str | None
    low: Number
    high: Number
    stated: str | bool | float | None = None
    published: str
    document: str | None
    span: list[int] | None
    fingerprint: str | None
    root: str | None
    chain: list[str]
    lineage: str
    likelihood: bool
    holdout: bool
    why: str | None
    status: str
    of: str | None
    covers: list[str]
    grade: str | None
    view: dict[str, str]
    distortion: float
    channels: list[Channel]
    flags: list[Flag]
    note: str | None = None
    threshold: Number = None
    chance_if_true: Number = None
    chance_if_false: Number = None
    baseline: list[str] | None = None
    than: str | None = None
    event: str | None = None


class SeriesAbout(Record):
    """A table of official figures; `values` is their number, `weighed` whether they enter the likelihood."""

    id: str
    source: str
    root: str | None
    definition: str
    counted: str
    unit: str
    period: str
    licence: str
    weighed: bool
    why: str | None
    values: int


class Counts(Record):
    """Numbers of claims, of claims with a likelihood, of silences, which are not among them, and of roots that either comes from."""

    claims: int
    with_likelihood: int
    roots: int
    silences: int = 0


class AssumedNumber(Record):
    """A parameter that rests on nothing but an assumption."""

    name: str
    unit: str
    prior: str
    meaning: str


class HarmGround(Record):
    """A harm to people, the assumed numbers that decide its size, and the figures that would tell them.

    Attributes
    ----------
    outcome : str
        Of the comparison of options.
    assumed : list of AssumedNumber
        The deciding one first; empty where all of them have a source.
    figures : str
        What would be counted.
    weighed, displayed : list of str
        Tables of the case on this harm that are weighed, and that are only shown.
    """

    outcome: str
    assumed: list[AssumedNumber]
    figures: str
    weighed: list[str]
    displayed: list[str]


class DossierResult(TabularRecord):
    """A dossier: documents, sources, roots and claims, with the official series beside them.

    Attributes
    ----------
    later : list of str
        Claims of the case that were not known yet on its `as_of`: published later, or with a root that was complete later.
    later_figures : dict of str to int
        Figures that were not published yet, by series.
    grounds : list of HarmGround
        Which harms to people rest on assumed numbers, and which figures would ground them.
    """

    MAIN: ClassVar[str] = "claims"
    SHOWN: ClassVar[tuple[str, ...]] = ("id", "paraphrase", "kind", "root", "chain", "low", "high", "unit", "likelihood")

    documents: list[Document]
    sources: list[Source]
    roots: list[Root]
    claims: list[Claim]
    counts: Counts
    series: list[SeriesAbout]
    later: list[str] = []
    later_figures: dict[str, int] = {}
    grounds: list[HarmGround] = []
