"""What if: probabilities under changed evidence, by other weights on the same histories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from interlope.dossier.source import LETTERS
from interlope.errors import BadInput, Fault, nearest

if TYPE_CHECKING:
    from interlope.inference.weigh import Verdict
    from interlope.report.material import Material
    from interlope.scenario.case import Case


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


def check_changes(case: Case, wanted: Sequence[str]) -> None:
    """Refuse changes that name no root and no source of a case, before anything is run.

    Raises
    ------
    BadInput
        With the ids that there are, and the nearest.
    """
    sources, roots = list(case.book.sources), list(case.book.roots)
    faults = []
    for change in wanted:
        option, name = _split(change)
        among = sources if option == "--regrade" else [*roots, *sources]
        if name not in among:
            what = "source" if option == "--regrade" else "root or source"
            said = f"{option} {name if option == '--without' else change}"
            faults.append(Fault(said, None, f"no such {what} in '{case.name}'", _among(among), nearest(name, among)))
    if faults:
        raise BadInput(faults)


def pick_changes(found: Material, wanted: Sequence[str]) -> list[dict[str, Any]]:
    """Pick changes by name, such as `without service-collection` or `intelligence-service=E`.

    Raises
    ------
    BadInput
        When there is no such change, with the ids for which there is one.
    """
    known = {c["change"]: c for c in found.changes}
    faults = []
    for change in wanted:
        if change not in known:
            option, name = _split(change)
            among = list(dict.fromkeys(n for o, n in map(_split, known) if o == option))
            said = f"{option} {name if option == '--without' else change}"
            faults.append(Fault(said, None, "none of its claims is weighed", _among(among), nearest(name, among)))
    if faults:
        raise BadInput(faults)
    return [known[name] for name in wanted]


def _split(change: str) -> tuple[str, str]:
    """The option that a change is asked for by, and the id in it."""
    if change.startswith("without "):
        return "--without", change.removeprefix("without ")
    return "--regrade", change.rpartition("=")[0]


def _among(names: Sequence[str]) -> str:
    return f"one of {', '.join(names)}"
