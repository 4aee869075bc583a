"""Description: a case, its question, its dossier and its parameters as records, for report, command line and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from interlope.dossier import book as dossier_book
from interlope.results.dossier import DossierResult
from interlope.results.study import Ask, CaseAbout, ParameterAbout

if TYPE_CHECKING:
    from interlope.scenario.case import Case


def describe_case(case: Case) -> CaseAbout:
    """Return name, question, digest and the date of knowledge of a case."""
    return CaseAbout(name=case.name, question=case.question, sha256=case.sha256, as_of=case.as_of.isoformat())


def describe_asks(case: Case) -> tuple[Ask, ...]:
    """Return the parts of the question; what does not belong to a part is None."""
    return tuple(Ask(label=ask.label, explanation=ask.explanation or None, option=ask.option or None, against=ask.against or None)
                 for ask in case.asks)


def describe_dossier(case: Case, left_out: Mapping[str, str]) -> DossierResult:
    """Return the dossier with the official series beside it: definition, unit, source, and its use.

    `left_out` says, by id, why claims cannot be weighed (see `inference.left_out`).
    """
    return dossier_book.to_record(case.book, case.series, left_out)


def list_parameters(case: Case) -> list[ParameterAbout]:
    """List every parameter of the model once; where explanations differ, once for each explanation that differs."""
    by_explanation = {name: case.parameters(name) for name in case.hypotheses}
    rows = []
    for parameter in next(iter(by_explanation.values())):
        variants = {(t[parameter].prior.text, t[parameter].source, t[parameter].role) for t in by_explanation.values()}
        shared = len(variants) == 1
        for name, table in by_explanation.items():
            p = table[parameter]
            rows.append(
                ParameterAbout(name=p.name, explanation="" if shared else name, prior=p.prior.text, unit=p.unit,
                               source=p.source, role=p.role, meaning=p.meaning)
            )
            if shared:
                break
    return rows
