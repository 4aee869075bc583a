"""Failed replicates: those that did not complete, each with the sentence that says why and what to do."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from interlope.errors import Fault
from interlope.manifest import Manifest, canonical, stored
from interlope.model.simulate import STATUS
from interlope.results.ensembles import FailedReplicatesAbout

LISTED = 10_000  # replicates named one by one; the rest are counted


@dataclass(eq=False)
class FailedReplicates:
    """Failed replicates: how many by status, and which, up to LISTED of the lowest numbers."""

    counts: Counter[int] = field(default_factory=Counter)
    listed: list[tuple[int, int]] = field(default_factory=list)

    def add(self, failed: Iterable[tuple[int, int]]) -> None:
        """Note failed replicates as (replicate, status)."""
        new = [(int(r), int(s)) for r, s in failed]
        self.counts.update(s for _, s in new)
        if new:
            self.listed = sorted([*self.listed, *new])[:LISTED]

    def merge(self, other: FailedReplicates) -> None:
        """Take over what another count of failed replicates holds."""
        self.counts.update(other.counts)
        self.listed = sorted([*self.listed, *other.listed])[:LISTED]

    @property
    def total(self) -> int:
        """Number of failed replicates."""
        return sum(self.counts.values())

    def to_json(self) -> dict[str, Any]:
        """Counts and sentences by status, and the list of replicates."""
        kinds = {STATUS[s][0]: {"replicates": n, "sentence": STATUS[s][1]} for s, n in sorted(self.counts.items())}
        return {"replicates": self.total, "statuses": kinds, "listed": [[r, STATUS[s][0]] for r, s in self.listed]}

    @classmethod
    def from_manifest(cls, about: Manifest, path: Path) -> FailedReplicates:
        """Read what `to_json` wrote into a manifest.

        Raises
        ------
        Damaged
            When it is of another shape.
        """
        data = stored.parse(FailedReplicatesAbout, canonical(about.failed_replicates).encode(), path)
        code = {name: status for status, (name, _) in STATUS.items()}
        if unknown := sorted({*data.statuses, *(name for _, name in data.listed)} - code.keys()):
            raise stored.Damaged([Fault(str(path), None, f"status '{unknown[0][:40]}'", f"one of {', '.join(code)}")])
        counts = Counter({code[name]: kind.replicates for name, kind in data.statuses.items()})
        return cls(counts, [(r, code[name]) for r, name in data.listed])

    def sentences(self) -> list[str]:
        """What to say aloud; nothing when all is well."""
        words = []
        for status, n in sorted(self.counts.items()):
            which = [str(r) for r, s in self.listed if s == status]
            numbers = ", ".join(which[:5]) + (" ..." if n > 5 else "")
            noun = "replicates" if n > 1 else "replicate"
            words.append(f"{n} {noun} did not complete and {'are' if n > 1 else 'is'} left out of every figure "
                         f"({STATUS[status][0]}: {STATUS[status][1]}): {numbers}.")
        return words
