"""Switched off: harms of levers that the numbers of a case set to nothing, or to so little that no table will show them.

A lever raises a harm through a number of its own, and the harm is then counted by the numbers that turn events into it. Where one of
them is nothing, or far below the model's own, the option looks harmless by the case's numbers and not by what is known of the lever.
"""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from interlope.levers.option import Option
from interlope.model.step import PARAMS
from interlope.results.harm import SwitchedOff
from interlope.results.reference import LeverHarm
from interlope.scenario.case import Case
from interlope.scenario.prior import Prior, parse

NEARLY = 0.1  # part of the model's own number, at most which nearly all of a prior lies where it is nearly nothing
NEARLY_ALL = 0.95
POINTS = (np.arange(2_000) + 0.5) / 2_000
OWN = {p.name: parse(p.prior) for p in PARAMS}


class Factor(NamedTuple):
    """A number without which a harm is not counted, for levers that raise it by one way: `size` begins so, or `control` is not this."""

    number: str
    size: str = ""
    never: str = ""
    beside: str = ""  # another number by which the same harm comes about


FACTORS: Mapping[str, tuple[Factor, ...]] = {
    "client_deaths": (Factor("crossings_death"), Factor("crossings_clash_harm", "clashes_")),
    "client_injuries": (Factor("crossings_injury"), Factor("crossings_clash_harm", "clashes_")),
    "client_violence": (Factor("crossings_violence"),),
    "diverted_deaths": (Factor("demand_diverted_death"), Factor("demand_divert_share", never="closure", beside="demand_upstream_divert")),
    "personnel_injured": (Factor("escalation_injury", "escalation_crossing_attacks"), Factor("escalation_armed_base", "escalation_force"),
                          Factor("escalation_armed_injury", "escalation_force")),
    "personnel_killed": (Factor("escalation_armed_base"), Factor("escalation_armed_death")),
    "group_deaths": (Factor("clashes_base"), Factor("clashes_lethal")),
}


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
    priors = {name: {n: p.prior for n, p in case.parameters(name).items()} for name in case.hypotheses}
    rows: dict[tuple[str, str], SwitchedOff] = {}
    for harm in option.list_harms(case.words):
        if harm.direction == "raises":
            for number, (harms, beside) in _list_numbers(harm).items():
                for row in _look(priors, harm, number, harms, beside):
                    rows.setdefault((harm.lever, number), row)
    return list(rows.values())


def _list_numbers(harm: LeverHarm) -> dict[str, tuple[list[str], str]]:
    """Numbers without which a lever raises nothing, or not all of its harms: which it then does not raise, unless another number does."""
    numbers = {harm.size: (list(harm.harms), "")} if harm.size else {}
    for name in harm.harms:
        for factor in FACTORS.get(name, ()):
            if harm.size.startswith(factor.size) and harm.control != factor.never:
                numbers.setdefault(factor.number, ([], factor.beside))
                if name not in numbers[factor.number][0]:
                    numbers[factor.number][0].append(name)
    return numbers


def _look(priors: Mapping[str, Mapping[str, Prior]], harm: LeverHarm, number: str, harms: list[str], beside: str) -> Iterator[SwitchedOff]:
    """A number beside the model's own; nothing where that is nothing itself, or the case's is of its size."""
    if number not in OWN or (own := _mean_above(OWN[number])) <= 0.0:
        return
    least = NEARLY * (OWN[number].median if OWN[number].median > 0.0 else own)
    little = {name: _mean_above(each[number]) for name, each in priors.items()
              if _reach(each[number]) <= least and not (beside and _reach(each[beside]) > 0.0)}
    if little:
        where = [] if len(little) == len(priors) else list(little)
        yield SwitchedOff(lever=harm.lever, harms=harms, through=harm.through, number=number, value=max(little.values()), own=own,
                          explanations=where)


@lru_cache(maxsize=4_096)
def _reach(prior: Prior) -> float:
    """What a prior is at most in nearly all cases."""
    return float(prior.quantile(np.array([NEARLY_ALL]))[0])


@lru_cache(maxsize=4_096)
def _mean_above(prior: Prior) -> float:
    """Mean of a prior with all below zero taken as zero: what raises a harm, where a number can lower it too."""
    if prior.family == "number":
        return max(prior.numbers[0], 0.0)
    return float(np.maximum(prior.quantile(POINTS), 0.0).mean())
