"""Twins: explanations and options of a case that differ in their names only, so that comparing them says nothing."""
from __future__ import annotations

from collections.abc import Hashable, Iterable

from interlope.levers.option import STATUS_QUO
from interlope.scenario.case import Case


def find_twins(case: Case) -> list[str]:
    """A sentence for each set of options that do the same on every day compared, and of explanations with the same priors.

    Options that change nothing at all are told of elsewhere.

    Parameters
    ----------
    case : Case
        The case.

    Returns
    -------
    list of str

    Examples
    --------
    >>> import interlope as il
    >>> find_twins(il.load("toy"))
    []
    """
    days = case.decision.days
    options = {o.name: (o.controls(days).tobytes(), o.cost(days)) for o in case.options.values() if o.name != STATUS_QUO and o.acts(days)}
    explanations = {h.name: frozenset((p.name, str(p.prior), p.role) for p in h.parameters.values()) for h in case.hypotheses.values()}
    return [
        *(f"Options {_list(names)} do the same on every one of the {days} days compared: one of them is enough."
          for names in _group(options.items())),
        *(f"Explanations {_list(names)} state the same of every parameter: no evidence can tell them apart."
          for names in _group(explanations.items())),
    ]


def _group(contents: Iterable[tuple[str, Hashable]]) -> list[list[str]]:
    """Names by what they stand for, where several stand for one."""
    groups: dict[Hashable, list[str]] = {}
    for name, content in contents:
        groups.setdefault(content, []).append(name)
    return [names for names in groups.values() if len(names) > 1]


def _list(names: list[str]) -> str:
    return " and ".join(f"'{name}'" for name in names)
