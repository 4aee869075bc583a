"""Roots: which roots a sentence of the answer rests on, so that each can be followed to what was observed (ICD 206).

Odds, and what futures weighted by them show, rest on all roots that were weighed. A sentence on single claims, series or roots rests on
those alone, one on the calculation or the method on none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from interlope.results.study import OperationAbout, StudyRecord
from interlope.results.weighing import BayesFactor


def list_roots(study: StudyRecord) -> list[str]:
    """Every root that a sentence may rest on: those of the dossier, then those that only a series names."""
    named = [r.id for r in study.dossier.roots]
    return list(dict.fromkeys([*named, *(r.id for r in study.weigh.roots), *(s.root or s.id for s in study.dossier.series)]))


def weighed(study: StudyRecord) -> tuple[str, ...]:
    """Roots that enter the odds, that which moves them most first; those of weighed claims and series where nothing is compared."""
    if study.weigh.roots:
        return tuple(r.id for r in sorted(study.weigh.roots, key=lambda r: -_moves(r.log_bayes_factor.values())))
    return tuple(dict.fromkeys([*(c.root for c in study.dossier.claims if c.likelihood and c.root), *official(study)]))


def official(study: StudyRecord) -> tuple[str, ...]:
    """Roots behind the official series that were weighed."""
    return tuple(dict.fromkeys(s.root or s.id for s in study.dossier.series if s.weighed))


def behind(study: StudyRecord, ids: Iterable[str]) -> tuple[str, ...]:
    """Roots behind claims, series or single figures (`series:period`) named by their ids."""
    root = {c.id: c.root for c in study.dossier.claims} | {s.id: s.root or s.id for s in study.dossier.series}
    return tuple(dict.fromkeys(r for name in ids if (r := root.get(name.partition(":")[0]))))


def source(study: StudyRecord, name: str) -> tuple[str, ...]:
    """Roots of one source from which something was weighed."""
    own = {r.id for r in study.dossier.roots if r.source == name}
    return tuple(r for r in weighed(study) if r in own)


def recorded(study: StudyRecord, operations: Iterable[OperationAbout]) -> tuple[str, ...]:
    """Roots behind operations on record: the root on whose word each is, or those of that source with a claim about its first day."""
    return merge(*(_record(study, o) for o in operations))


def _record(study: StudyRecord, operation: OperationAbout) -> list[str]:
    own = [r for r in study.dossier.roots if operation.source in (r.id, r.source)]
    about = {c.root for c in study.dossier.claims if c.window and c.window[0] <= operation.start <= c.window[-1]}
    return [r.id for r in own if r.id == operation.source or r.id in about] or [r.id for r in own]


def counted(study: StudyRecord) -> tuple[str, ...]:
    """Roots behind the official counts of harm that differences between options are set beside."""
    rows = study.compare.recorded if study.compare else None
    return behind(study, [r.series for r in rows or [] if r.value is not None])


def relayed(study: StudyRecord) -> tuple[str, ...]:
    """Roots whose weighed claims came through relays: those that counting outlets would count more than once."""
    return tuple(dict.fromkeys(c.root for c in study.dossier.claims if c.likelihood and c.root and c.chain)) or weighed(study)


def unweighed(study: StudyRecord) -> tuple[str, ...]:
    """Roots of claims and series that do not enter the odds."""
    rows = study.weigh.heldout.rows if study.weigh.heldout else []
    silent = [c.id for c in study.dossier.claims if not c.likelihood]
    return behind(study, [*silent, *study.dossier.later_figures, *(r.series for r in rows)])


def _moves(factors: Iterable[BayesFactor]) -> float:
    return max((abs(f.value or 0.0) for f in factors), default=0.0)


def anchor(root: str) -> str:
    """The name of a root's place in the report.

    >>> anchor("court-files")
    'root-court-files'
    """
    return f"root-{root}"


def merge(*groups: Sequence[str]) -> tuple[str, ...]:
    """Several groups of roots as one, each root once."""
    return tuple(dict.fromkeys(r for group in groups for r in group))
