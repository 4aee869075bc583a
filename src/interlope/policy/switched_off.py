"""Switched off: harms of levers that the numbers of a case set to nothing, or to so little that no table will show them.

A lever raises a harm through a number of its own, and the harm is then counted by the number that turns events into it. Where either is
nothing, or far below the model's own, the option looks harmless by the case's numbers and not by what is known of the lever.
"""
from __future__ import annotations

from collections.abc import Iterator

from interlope.levers.option import Option
from interlope.model.step import PARAMS
from interlope.policy.grounds import GROUNDS
from interlope.results.harm import SwitchedOff
from interlope.scenario.case import Case
from interlope.scenario.prior import parse

NEARLY = 0.1  # part of the model's own number, at most which a number is nearly nothing
OWN = {p.name: parse(p.prior) for p in PARAMS}


def list_switched_off(case: Case, option: Option) -> list[SwitchedOff]:
    """List the harms that levers of an option raise by their declaration and that the case's numbers take away.

    Parameters
    ----------
    case : Case
        The case.
    option : Option
        Levers over time.

    Returns
    -------
    list of SwitchedOff
        One for each lever, number and value, in the order of the levers; empty where every number is of the size of the model's own.
    """
    rows: dict[tuple[str, str], SwitchedOff] = {}
    for harm in option.list_harms(case.words):
        if harm.direction != "raises":
            continue
        deciding = {GROUNDS[name].parameters[0]: name for name in harm.harms}
        for number, harms in ((harm.size, harm.harms), *((number, [name]) for number, name in deciding.items())):
            for row in _look(case, harm.lever, number, harms, harm.through):
                rows.setdefault((harm.lever, number), row)
    return list(rows.values())


def _look(case: Case, lever: str, number: str, harms: list[str], through: str) -> Iterator[SwitchedOff]:
    """A number beside the model's own; nothing where that is nothing itself, or the case's is of its size."""
    own = OWN[number].median if number in OWN else 0.0
    if own <= 0.0:
        return
    medians = {name: float(case.parameters(name)[number].prior.median) for name in case.hypotheses}
    little = {name: value for name, value in medians.items() if abs(value) <= NEARLY * own}
    if little:
        where = [] if len(little) == len(medians) else list(little)
        yield SwitchedOff(lever=lever, harms=harms, through=through, number=number, value=max(little.values()), own=float(own),
                          explanations=where)
