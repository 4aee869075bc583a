"""Marked reports: texts in which every claim is marked, and how proposals of the reader are matched with them.

A claim is written `{kind key=value | words}`; claims may stand inside each other. Matching rule: a proposal and a claim match when they
share at least half of the shorter of the two spans. Recall is the share of claims in a largest one-to-one matching; precision the share of
proposals that match any claim; `paired` the share of proposals in the one-to-one matching, which is harsher.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

from interlope.reader.proposal import Proposal

NEAR = 0.05  # how far a bound that a hedge moved may lie from the number as marked


class Marked(NamedTuple):
    """A claim as a person marked it; `low`, `high` and `counted` of a number."""

    start: int
    end: int
    kind: str
    low: float | None = None
    high: float | None = None
    counted: str = ""

    @property
    def is_number(self) -> bool:
        return self.low is not None or self.high is not None


class Score(NamedTuple):
    """How proposals agree with marked claims; counts, so that several texts can be added."""

    claims: int
    proposals: int
    recalled: int
    right: int
    numbers: int
    numbers_right: int
    counted_right: int
    kinds_right: int

    def __add__(self, other: Score) -> Score:  # type: ignore[override]
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def recall(self) -> float:
        return self.recalled / self.claims

    @property
    def precision(self) -> float:
        return self.right / self.proposals

    @property
    def paired(self) -> float:
        return self.recalled / self.proposals


def read_marked(path: Path) -> tuple[str, list[Marked]]:
    """A report without its marks, and the claims that were marked."""
    source = path.read_text(encoding="utf-8")
    text: list[str] = []
    opened: list[tuple[int, list[str]]] = []
    claims: list[Marked] = []
    i = 0
    while i < len(source):
        if source[i] == "{":
            bar = source.index("|", i)
            opened.append((len(text), source[i + 1 : bar].split()))
            i = bar + 2  # the blank behind it too
        elif source[i] == "}":
            start, (kind, *facts) = opened.pop()
            values = dict(fact.split("=") for fact in facts)
            numbers = {key: float(values[key]) for key in ("low", "high") if key in values}
            claims.append(Marked(start, len(text), kind, counted=values.get("counted", ""), **numbers))
            i += 1
        else:
            text.append(source[i])
            i += 1
    return "".join(text), sorted(claims)


def match(proposals: Sequence[Proposal], claims: Sequence[Marked]) -> np.ndarray:
    """Which proposal [p] matches which claim [c]."""
    shared = [[min(p.end, c.end) - max(p.start, c.start) for c in claims] for p in proposals]
    shorter = [[min(p.end - p.start, c.end - c.start) for c in claims] for p in proposals]
    return 2 * np.array(shared).reshape(len(proposals), len(claims)) >= np.array(shorter).reshape(len(proposals), len(claims))


def score(proposals: Sequence[Proposal], claims: Sequence[Marked]) -> Score:
    """Compare proposals with marked claims; a number is right where any proposal that matches has it."""
    matches = match(proposals, claims)
    pairs = maximum_bipartite_matching(csr_matrix(matches), perm_type="row") if matches.size else np.full(len(claims), -1)
    numbers = [(c, [p for p, hit in zip(proposals, matches[:, i], strict=True) if hit]) for i, c in enumerate(claims) if c.is_number]
    kinds = sum(any(p.kind == c.kind for p, hit in zip(proposals, matches[:, i], strict=True) if hit) for i, c in enumerate(claims))
    return Score(
        len(claims),
        len(proposals),
        int((pairs >= 0).sum()),
        int(matches.any(1).sum()),
        len(numbers),
        sum(any(has_numbers(p, c) for p in near) for c, near in numbers),
        sum(any(has_numbers(p, c) and counts_the_same(p, c) for p in near) for c, near in numbers),
        kinds,
    )


def has_numbers(proposal: Proposal, claim: Marked) -> bool:
    """Whether a proposal has a claim's bounds, those that a hedge moved within 5 %."""
    ends = ((proposal.low, claim.low), (proposal.high, claim.high))
    if claim.low is not None and claim.low == claim.high and proposal.low is not None and proposal.high is None:
        return proposal.low == claim.low  # "more than 5" marked as 5
    return all(
        (mine is None) == (theirs is None) and (mine is None or theirs is None or abs(mine - theirs) <= NEAR * max(theirs, 1e-9) + 1e-9)
        for mine, theirs in ends
    )


def counts_the_same(proposal: Proposal, claim: Marked) -> bool:
    """Whether a proposal says what is counted as the claim does: by noun or unit, or by what its clause speaks of where it has no number.

    Arrests and deaths are of persons, and say more.
    """
    quantity = proposal.quantity
    if quantity is None or not claim.counted:
        return not claim.counted or claim.counted in proposal.about
    mine = {quantity.counted, quantity.unit.partition("/")[0]}
    return claim.counted in mine or claim.counted == "persons" and bool(mine & {"arrests", "deaths"})
