"""Reading: what a text seems to claim, and what became of it."""

from __future__ import annotations

from interlope.results.record import Number, Record


class ReadDocument(Record):
    """The document that was read: id, digest of the file, characters and sentences of its text."""

    id: str
    sha256: str
    characters: int
    sentences: int


class Acquainted(Record):
    """A document read before that the text is (same, saved again) or shares sentences with (related)."""

    document: str
    relation: str
    shared: int
    of: int


class ReadProposal(Record):
    """What a stretch of text seems to claim.

    Attributes
    ----------
    id : str
        In proposed.toml; empty where the text was read into no case.
    status : str
        proposed, confirmed or rejected.
    span : list of int
        Where it stands, in characters of the document's text.
    kind : str
        Kind of claim; empty where the sentence does not allow to say.
    cue : str
        The rule that fired.
    low, high : float
        Bounds; None where the text leaves a side open.
    hedge : str
        What bounds it: upper, lower, about, almost, range, vague; empty where a number stands alone.
    counted, event, unit, per : str
        What is counted, what happened to it, the dossier's unit, and per what.
    stated : str
        The word of a trend, a share or a frequency.
    about : list of str
        What it speaks of, by the lexicon.
    speakers : list of str
        Who says it, from outside to inside, as role (manner).
    lineage : str
        stated, assumed or unknown.
    marks : list of str
        negated, hedged, quoted, counted-as-before, no-number-given, comma-as-thousands, loaded-label, to-be-decided.
    also : list of str
        Kinds of other cues that fired.
    could_be : list of str
        Recorded series that it could speak of.
    interpretations : list of str
        What its number can mean, where a person has to decide.
    """

    id: str
    status: str
    span: list[int]
    kind: str
    cue: str
    low: Number = None
    high: Number = None
    hedge: str = ""
    counted: str = ""
    event: str = ""
    unit: str = ""
    per: str = ""
    stated: str = ""
    about: list[str] = []
    speakers: list[str] = []
    lineage: str
    marks: list[str] = []
    also: list[str] = []
    could_be: list[str] = []
    interpretations: list[str] = []


class UnreadSentence(Record):
    """A sentence without a proposal, by its place in the text; `why` is empty where no rule touched it."""

    span: list[int]
    why: str = ""


class ReadResult(Record):
    """The `result` of `interlope read`.

    Attributes
    ----------
    document : ReadDocument
        What was read.
    acquainted : list of Acquainted
        What it has to do with documents read before.
    proposals : list of ReadProposal
        In order of place.
    untouched, skipped : list of UnreadSentence
        Sentences that no rule touched, and those that may not be read.
    untouched_share, covered_share : float
        Share of sentences that no rule touched; share of the text's characters within proposals.
    added : list of str
        Ids of proposals that were not there before.
    file : str
        The file that they stand in; empty where the text was read into no case.
    """

    document: ReadDocument
    acquainted: list[Acquainted] = []
    proposals: list[ReadProposal]
    untouched: list[UnreadSentence]
    skipped: list[UnreadSentence]
    untouched_share: float
    covered_share: float
    added: list[str] = []
    file: str = ""


class ConfirmedClaim(Record):
    """A proposal that became a claim, what it says, and what was assumed for it."""

    proposal: str
    claim: str
    kind: str
    paraphrase: str
    scored: bool
    assumed: list[str] = []


class ConfirmResult(Record):
    """The `result` of `interlope confirm`: what became a claim, what was rejected, what still waits and what that lacks."""

    confirmed: list[ConfirmedClaim]
    rejected: list[str] = []
    refused: dict[str, list[str]] = {}
    waiting: int
    file: str
