"""Evidence: the shape of a dossier in JSON."""

from __future__ import annotations

from interlope.results.record import Number, Record


class Document(Record):
    id: str
    title: str
    date: str
    sha256: str
    characters: int


class Source(Record):
    id: str
    role: str
    country: str | None
    letter: str
    reason: str
    published: str | None
    institution: str | None = None


class Root(Record):
    id: str
    source: str
    made: str
    what: str
    slant: str
    claims: list[str]
    relays: list[str]


class Flag(Record):
    rule: str
    text: str
    found_by: str


class Channel(Record):
    kind: str
    chance: float
    series: str | None = None
    reduce: str | None = None
    reason: str = ""


class Claim(Record):
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
    said: str | bool | float | None = None
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


class SeriesAbout(Record):
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
    claims: int
    with_likelihood: int
    roots: int


class DossierResult(Record):
    documents: list[Document]
    sources: list[Source]
    roots: list[Root]
    claims: list[Claim]
    counts: Counts
    series: list[SeriesAbout]
