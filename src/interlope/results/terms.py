"""Terms: what the stored replicates need so that the explanations can be weighed again under changed evidence, packed for a page."""
from __future__ import annotations

from interlope.results.record import Number, Record


class TermSource(Record):
    """A source whose letter changes the weights: it stands behind a root with claims, or passes claims on."""

    id: str
    letter: str


class TermRoot(Record):
    """A root that enters the likelihood.

    Attributes
    ----------
    source : str
        Its source; empty for a root of official figures that the dossier does not list.
    institution : str
        Roots of one institution and letter share one reliability; the root's own id where its source has none.
    slant_share : float
        Part of the unfaithful that is slanted; None for the letter's own.
    """

    id: str
    source: str
    institution: str
    slant_share: Number


class TermClaim(Record):
    """A weighed claim, its relays from the root outward, and the chance that they distort it, by their letters if `by_letters`."""

    id: str
    root: str
    relays: list[str]
    distortion: float
    by_letters: bool


class TermGroup(Record):
    """Roots of official series that share a dispersion.

    Attributes
    ----------
    log_weight : list of float
        Log weights of the nodes of the dispersion, where columns are by root and node; empty where there is a column for every choice of
        roots, the choice with the roots i, j, ... being column 2^i + 2^j + ... - 1.
    """

    roots: list[str]
    log_weight: list[float]


class PackedColumn(Record):
    """A number of every replicate: `low` + `step` * code, codes of 16 bits.

    Without codes where `step` is 0 and all are equal, and where the codes are those of an earlier column, `same`.
    """

    low: float
    step: float
    same: int | None = None


class PackedExplanation(Record):
    """The replicates of one explanation.

    Attributes
    ----------
    replicates : int
        Replicates of the fit, over which the evidence is a mean.
    points : int
        Independent points that they descend from.
    rows : int
        Those stored, replicates of one point beside each other; the others hardly have weight under any single change.
    columns : list of PackedColumn
        1 at the first replicate of each point; log weight without the likelihood; by claim the log densities, its relays left out, of a
        faithful and of a slanted root less that of an uninformative one, and that one itself; by group the log likelihood of the
        figures, as `TermGroup` says.
    data : str
        Codes of the columns that have any, first all low bytes of a column and then its high bytes: zlib, then base64.
    """

    name: str
    prior_odds: float
    replicates: int
    points: int
    rows: int
    columns: list[PackedColumn]
    data: str


class StoredTerms(Record):
    """Log likelihood of the replicates in parts, by claim and state of its root, and by root of official figures.

    `gap` is the largest difference of a probability computed from them and from the replicates as they were, over the changes tried that
    leave enough effective points.
    """

    sources: list[TermSource]
    roots: list[TermRoot]
    claims: list[TermClaim]
    groups: list[TermGroup]
    explanations: list[PackedExplanation]
    gap: float
