"""Description: a case, its question, its dossier and its parameters as records, for report, command line and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from interlope.dossier import book as dossier_book
from interlope.model.belonging import WRITTEN_FOR, belongs_to
from interlope.results.comparison import LeverSetting
from interlope.results.dossier import DossierResult
from interlope.results.study import Ask, CaseAbout, MeasureAbout, OperationAbout, ParameterAbout
from interlope.scenario import figures
from interlope.scenario.bordered import HOW_TO_FIND
from interlope.scenario.folder import is_shipped
from interlope.scenario.hypothesis import ARRIVAL
from interlope.scenario.idle import arrives
from interlope.scenario.inventory import MOST_BYTES, MOST_BYTES_TOGETHER, MOST_FILES
from interlope.scenario.resolved import OF_LEVERS
from interlope.scenario.sections import MOST_DAYS
from interlope.toml import located
from interlope.toml.table import EARLIEST, LATEST
from interlope.wording import NEUTRAL, fill

if TYPE_CHECKING:
    from interlope.scenario.case import Case

MOST_NAMED = 8  # files that are not read, before the rest is counted


def describe_case(case: Case) -> CaseAbout:
    """Return name, question, digest, date of knowledge, measures, operations, and the words of a case that are not the neutral ones."""
    words = {key: word for key, word in case.words.items() if word != NEUTRAL[key]}
    return CaseAbout(name=case.name, question=case.question, sha256=case.sha256, as_of=case.as_of.isoformat(),
                     words=words, measures=[
                         MeasureAbout(id=m.id, start=m.start.isoformat(), end=m.end.isoformat() if m.end else None, source=m.source,
                                      levers=[LeverSetting(name=one.name, setting=one.setting) for one in m.levers],
                                      published=m.published.isoformat())
                         for m in case.specification.measures if m.published <= case.as_of],
                     operations=list_operations(case))


def list_operations(case: Case) -> list[OperationAbout]:
    """List the police operations that are known on the case's day, the first to begin first; the end of one may not be known yet."""
    known = sorted((e for e in case.specification.events if e.published <= case.as_of), key=lambda e: e.start)
    return [OperationAbout(start=e.start.isoformat(), source=e.source, published=e.published.isoformat(),
                           end=(e.start + timedelta(days=e.days - 1)).isoformat() if e.end_known <= case.as_of else None) for e in known]


def describe_asks(case: Case) -> tuple[Ask, ...]:
    """Return the parts of the question; what does not belong to a part is None."""
    return tuple(Ask(label=ask.label, explanation=ask.explanation or None, option=ask.option or None, against=ask.against or None)
                 for ask in case.asks)


def describe_dossier(case: Case, left_out: Mapping[str, str]) -> DossierResult:
    """Return the dossier with the official series beside it: definition, unit, source, and its use.

    `left_out` says, by id, why claims cannot be weighed (see `inference.left_out`).
    """
    figures_later = {name: figures.count(case, name).held_out for name in case.series}
    return dossier_book.to_record(case.book, case.series, left_out).model_copy(update={
        "later": [name for name in case.evidence.book.claims if name not in case.book.claims],
        "later_figures": {name: number for name, number in figures_later.items() if number}})


def describe_files(case: Case) -> list[str]:
    """Say which files of a case's folder are read, which are not and why, and the limits that hold for them."""
    folders = Counter(name.partition("/")[0] for name in case.inventory.every if "/" in name)
    single = [name for name in case.inventory.every if "/" not in name]
    reasons: dict[str, list[str]] = {}
    for name, why in case.inventory.unread.items():
        reasons.setdefault(why, []).append(name)
    unread = [f"{', '.join(names[:MOST_NAMED])}{f' and {len(names) - MOST_NAMED} more' if len(names) > MOST_NAMED else ''} ({why})"
              for why, names in reasons.items()]
    return [
        f"Read: {', '.join([*single, *(f'{count} in {name}/' for name, count in folders.items())])}.",
        f"Not read: {'; '.join(unread) or 'nothing else lies there'}. Names that begin with a dot are passed over.",
        f"Limits: {MOST_BYTES_TOGETHER // 2**20} MiB in all, {located.MOST_BYTES // 2**10} KiB a TOML file, {MOST_BYTES // 2**10} KiB a "
        f"table, {MOST_FILES:,} files a folder; {located.MOST_ENTRIES:,} entries of a list, so {located.MOST_ENTRIES:,} claims; "
        f"{located.LONGEST_TEXT:,} letters of a text; {MOST_DAYS:,} days; dates from {EARLIEST.year} to {LATEST.year}.",
    ]


def is_stated(case: Case, explanation: str, parameter: str) -> bool:
    """Whether a case states a parameter of an explanation, itself or in the explanation's file; the model's own are those of one case."""
    home = case.name == WRITTEN_FOR and is_shipped(case.folder)
    return home or parameter in case.overrides or parameter in case.hypotheses[explanation].parameters


def is_inherited(case: Case, explanation: str, parameter: str) -> bool:
    """Whether an explanation takes a number of the place from the model, and does something with it.

    The day of an arrival does nothing in an explanation without an organisation that arrives.
    """
    idle = parameter == ARRIVAL and not arrives(case.parameters(explanation))
    return not idle and not is_stated(case, explanation, parameter)


def list_inherited(case: Case) -> list[str]:
    """Numbers of a border that are the model's own under some explanation, in the order of the model; see `bordered`."""
    return [name for name in _list_bordered(case) if any(is_inherited(case, h, name) for h in case.hypotheses)]


def _list_bordered(case: Case) -> list[str]:
    """Numbers of a border that matter somewhere: those of levers that no option sets do not."""
    used = {name for option in case.options.values() for lever in option.used for name in lever.uses}
    return [name for name, p in case.params.items() if name in HOW_TO_FIND and (p.role != OF_LEVERS or name in used)]


def list_parameters(case: Case) -> list[ParameterAbout]:
    """List every parameter of the model once; where explanations differ, once for each explanation that differs."""
    by_explanation = {name: case.parameters(name) for name in case.hypotheses}
    bordered = _list_bordered(case)
    rows = []
    for parameter in next(iter(by_explanation.values())):
        variants = {(t[parameter].prior.text, t[parameter].source, t[parameter].role, is_inherited(case, name, parameter))
                    for name, t in by_explanation.items()}
        shared = len(variants) == 1
        for name, table in by_explanation.items():
            p = table[parameter]
            rows.append(
                ParameterAbout(name=p.name, explanation="" if shared else name, prior=p.prior.text, unit=p.unit,
                               source=p.source, role=p.role, meaning=p.meaning, belongs_to=belongs_to(p.name),
                               inherited=p.name in bordered and is_inherited(case, name, p.name),
                               how_to_find=fill(HOW_TO_FIND.get(p.name, ""), case.words))
            )
            if shared:
                break
    return rows
