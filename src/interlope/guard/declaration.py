"""Declarations: what a case says may be named, and texts that somebody has read and let stand, with the reason.

Both excuse names only. A number, an account or an hour can be left out of any text without a loss to the calculation, so nothing
excuses them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from interlope.guard import vocabulary
from interlope.guard.finding import Finding
from interlope.guard.spelling import WORD, strip, unify
from interlope.guard.vocabulary import Phrases, index


class Reviewed(NamedTuple):
    """A text that may stand although no list knows it, and why."""

    text: str
    reason: str


class Permission:
    """Names that a case declares, and texts that it marks as reviewed.

    Parameters
    ----------
    regions, bodies : Iterable[str], optional
        `places` and `bodies` of [space].
    reviewed : Iterable[Reviewed], optional
        As in [[reviewed]].
    """

    def __init__(self, regions: Iterable[str] = (), bodies: Iterable[str] = (), reviewed: Iterable[Reviewed] = ()):
        self.regions, self.bodies, self.reviewed = tuple(regions), tuple(bodies), tuple(reviewed)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Permission) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash(self._parts)

    @property
    def _parts(self) -> tuple[tuple[object, ...], ...]:
        return self.regions, self.bodies, self.reviewed

    @cached_property
    def phrases(self) -> Phrases:
        """All of them, as they are looked up."""
        return index([*self.regions, *self.bodies, *(entry.text for entry in self.reviewed)])

    def find_persons(self) -> Iterator[Finding]:
        """Yield bodies that are called like a person: every word a name, and no word for an organisation."""
        reviewed = index([entry.text for entry in self.reviewed])
        for body in self.bodies:
            words = [strip(word) for word in WORD.findall(unify(body))]
            covered = (
                any(tuple(words) == phrase for phrase in [*reviewed.get(words[0], ()), *vocabulary.harmless().get(words[0], ())])
                if words
                else True
            )
            names = sum(word in vocabulary.names() or word in vocabulary.words("given") for word in words)
            if not covered and names and len(words) < 5 and not vocabulary.words("organisations") & set(words):
                yield Finding("declared", body, body)
