"""Proposal: what a stretch of text seems to claim; and all that was read of a text."""

from __future__ import annotations

from dataclasses import dataclass, field

from interlope.reader.quantity import Quantity
from interlope.reader.sentences import Sentence
from interlope.reader.speakers import Speaker


@dataclass(frozen=True)
class Proposal:
    """What a stretch of text seems to claim.

    Attributes
    ----------
    start, end : int
        Where it stands, in characters of the document's text.
    mark : str
        Fingerprint of the words there, as a dossier's.
    sentence : str
        Fingerprint of its sentence.
    kind : str
        Kind of claim; empty where the sentence does not allow to say.
    cue : str
        The rule that fired.
    quantity : Quantity or None
        Its number.
    stated : str
        up, down or flat of a trend.
    low, high : float or None
        Bounds that the words give: of the number, or of a word for a share.
    about : tuple of str
        What it speaks of, by the lexicon.
    chain : tuple of Speaker
        Who says it, from outside to inside; empty: the document itself.
    lineage : str
        stated, assumed (goes on with the speaker before) or unknown.
    negated, hedged, quoted : bool
        Whether a word turns it round, leaves it open, and whether it stands between quotation marks.
    loaded : tuple of str
        Words that take a side.
    also : tuple of str
        Kinds of the other cues that fired.
    interpretations : tuple of str
        What its number can mean, where a person has to decide.
    """

    start: int
    end: int
    mark: str
    sentence: str
    kind: str
    cue: str
    quantity: Quantity | None = None
    stated: str = ""
    low: float | None = None
    high: float | None = None
    about: tuple[str, ...] = ()
    chain: tuple[Speaker, ...] = ()
    lineage: str = "unknown"
    negated: bool = False
    hedged: bool = False
    quoted: bool = False
    loaded: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    interpretations: tuple[str, ...] = ()


@dataclass
class ReadText:
    """What was read of a text.

    Attributes
    ----------
    sentences : list of Sentence
        All of them.
    marks : list of str
        Their fingerprints.
    proposals : list of Proposal
        In order of place.
    skipped : list of (Sentence, str)
        Sentences that may not be read, and why.
    untouched : list of Sentence
        Sentences that no rule touched.
    """

    sentences: list[Sentence] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    skipped: list[tuple[Sentence, str]] = field(default_factory=list)
    untouched: list[Sentence] = field(default_factory=list)
