"""What if: probabilities under changed evidence, by other weights on the same histories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from interlope.dossier.source import LETTERS
from interlope.errors import BadInput, Fault, nearest

if TYPE_CHECKING:
    from interlope.inference.weigh import Verdict
    from interlope.report.material import Material


def what_if(verdict: Verdict) -> list[dict[str, Any]]:
    """Probabilities under changed evidence: each source with each letter, and without each root and each source.

    Nothing is simulated again: the stored histories get other weights.
    """
    book, plan = verdict.fits.case.book, verdict.fits.plan
    roots = {c.root for c in plan.claims}
    sources = list(dict.fromkeys(book.roots[r].source for r in book.roots if r in roots))
    found = [
        {"change": f"{source}={letter}", "probabilities": verdict.regrade(source, letter).probability}
        for source in sources
        for letter in LETTERS
    ]
    found += [{"change": f"without {r.id}", "probabilities": r.without.probability} for r in verdict.roots]
    known = {r.id for r in verdict.roots}
    found += [
        {"change": f"without {source}", "probabilities": verdict.without(source=source).probability}
        for source in sources
        if source not in known
    ]
    return found


def pick_changes(found: Material, wanted: Sequence[str]) -> list[dict[str, Any]]:
    """Pick changes by name, such as `without service-collection` or `security-service=E`.

    Raises
    ------
    BadInput
        When there is no such change, with the nearest one that there is.
    """
    known = {c["change"]: c for c in found.changes}
    faults = [
        Fault("command line", None, f"'{name}'", "a root or source whose claims are weighed", nearest(name, known))
        for name in wanted
        if name not in known
    ]
    if faults:
        raise BadInput(faults)
    return [known[name] for name in wanted]
