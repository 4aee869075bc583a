"""What if: probabilities under changed evidence, by other weights on the same replicates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from interlope import manifest
from interlope.dossier.provenance import list_graded
from interlope.dossier.source import LETTERS
from interlope.errors import BadInput, Fault, nearest
from interlope.inference import left_out
from interlope.results.weighing import WhatIf

if TYPE_CHECKING:
    from interlope.inference.evidence.odds import ModelProbabilities
    from interlope.inference.evidence.weigh import Verdict
    from interlope.results.study import StudyRecord
    from interlope.scenario.case import Case

UNMOVED = {"--without": "none of its claims is weighed", "--regrade": "no claim is weighed that it makes, or passes on with its letter"}
EARLIER = "it only passes claims on, and these results are of an earlier version, which gave no other letter to such a source"


def what_if(verdict: Verdict) -> list[WhatIf]:
    """Probabilities under changed evidence: each source with each letter, and without each root, each source and each claim.

    Nothing is simulated again: the stored replicates get other weights.
    """
    book, plan = verdict.fits.case.book, verdict.fits.plan
    if len(verdict.fits.posteriors) == 1:
        return []  # nothing is compared, and no evidence changes that
    roots = {c.root for c in plan.claims}
    sources = list(dict.fromkeys(book.roots[r].source for r in book.roots if r in roots))
    graded = list_graded(book, plan.claims)
    changes = [_row(f"{source}={letter}", verdict.regrade(source, letter)) for source in graded for letter in LETTERS]
    changes += [_row(f"without {r.id}", r.without) for r in verdict.roots]
    known = {r.id for r in verdict.roots}
    changes += [_row(f"without {source}", verdict.without(source=source)) for source in sources if source not in known]
    known.update(sources)
    return changes + [_row(f"without {c.id}", verdict.without(claim=c.id)) for c in plan.claims if c.id not in known]


def _row(change: str, models: ModelProbabilities) -> WhatIf:
    """Probabilities under a change; `thin`: explanations that it leaves with too few effective points."""
    return WhatIf(change=change, probabilities=models.probability, thin=list(models.thin))


def apply(case: Case, wanted: Sequence[str]) -> Case:
    """The case itself changed, for a fit of its own where re-weighting is too thin: letters given, roots, sources and claims left out."""
    book, series = case.evidence
    for change in wanted:
        option, name = _split(change)
        if option == "--regrade":
            book = book.regrade(name, change.rpartition("=")[2])
            continue
        gone = {r for r in book.roots if r == name or book.roots[r].source == name}
        alone = name in book.claims and not gone
        claims = {k: replace(c, holdout=True) if c.root in gone or (alone and k == name) else c for k, c in book.claims.items()}
        book = replace(book, claims=claims)
        series = {k: replace(s, density="none", why=f"left out: {change}") if s.root in gone | {name} else s for k, s in series.items()}
    named = manifest.digest(manifest.canonical({"case": case.sha256, "changes": sorted(wanted)}))
    evidence = case.evidence._replace(book=book, series=series)
    return replace(case, evidence=evidence, inventory=replace(case.inventory, sha256=named)).at(case.as_of)


def check_changes(case: Case, wanted: Sequence[str]) -> None:
    """Refuse changes that name no root, source or claim of a case, or one of which nothing is weighed, before anything is run.

    Raises
    ------
    BadInput
        With the ids that there are, and the nearest.
    """
    sources, roots = list(case.book.sources), list(case.book.roots)
    faults = []
    if wanted and len(case.hypotheses) == 1:
        raise BadInput(f"case '{case.name}' has one explanation, and changed evidence changes the odds between several; expected a rival "
                       "explanation in hypotheses/")
    for change in wanted:
        option, name = _split(change)
        among = sources if option == "--regrade" else list(dict.fromkeys([*roots, *sources, *case.book.claims]))
        if name not in among:
            what = "source" if option == "--regrade" else "root, source or claim"
            requested = f"{option} {name if option == '--without' else change}"
            faults.append(Fault(requested, None, f"no such {what} in '{case.name}'", _among(among), nearest(name, among)))
        elif name not in (speaking := _speaking(case, option)):
            here = [n for n in among if n in speaking]
            actual = "it is not weighed" if name in case.book.claims else UNMOVED[option]
            faults.append(Fault(f"{option} {name}", None, actual, _among(here), nearest(name, here)))
    if faults:
        raise BadInput(faults)


def _speaking(case: Case, option: str) -> set[str]:
    """What a change of this option alters: sources whose letter counts; to leave out, sources, roots, of figures too, and claims."""
    dropped = left_out.find(case)
    weighed = [c for c in case.book.claims.values() if c.likelihood and c.id not in dropped]
    if option == "--regrade":
        return set(list_graded(case.book, weighed))
    claims = {c.id: c.root for c in weighed}
    roots = set(claims.values())
    sources = {case.book.roots[r].source for r in roots if r in case.book.roots}
    return sources | roots | set(claims) | {s.root for s in case.series.values() if s.fitted()}


def pick_changes(record: StudyRecord, wanted: Sequence[str]) -> list[WhatIf]:
    """Pick changes by name, such as `without service-collection` or `intelligence-service=E`.

    Raises
    ------
    BadInput
        When there is no such change, with the ids for which there is one.
    """
    known = {c.change: c for c in record.changes}
    faults = []
    for change in wanted:
        if change not in known:
            option, name = _split(change)
            among = list(dict.fromkeys(n for o, n in map(_split, known) if o == option))
            requested = f"{option} {name if option == '--without' else change}"
            earlier = option == "--regrade" and any(name in c.chain for c in record.dossier.claims if c.likelihood)
            faults.append(Fault(requested, None, EARLIER, _among(among), "--fresh computes them again") if earlier
                          else Fault(requested, None, UNMOVED[option], _among(among), nearest(name, among)))
    if faults:
        raise BadInput(faults)
    return [known[name] for name in wanted]


def _split(change: str) -> tuple[str, str]:
    """The option that a change is asked for by, and the id in it."""
    if change.startswith("without "):
        return "--without", change.removeprefix("without ")
    return "--regrade", change.rpartition("=")[0]


def _among(names: Sequence[str]) -> str:
    return f"one of {', '.join(names)}" if names else "none: nothing that could be changed so is weighed"
