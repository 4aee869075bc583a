"""Idle: known forcing and measures that a case states and that change nothing, each said by `check`, and claims of their effect."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from interlope.levers.option import ALWAYS, Option, ScheduledLever
from interlope.scenario.hypothesis import ARRIVAL, ARRIVING
from interlope.scenario.resolved import OF_LEVERS

if TYPE_CHECKING:
    from interlope.scenario.case import Case
    from interlope.scenario.forcing import Forcing
    from interlope.scenario.measures import Measure
    from interlope.scenario.resolved import ResolvedParameter

SUPPLY = "supply_chain"  # the lever that acts where an explanation limits a supply
UNLIMITED = "no explanation limits a supply (supply_capacity = 0)"


def list_idle(case: Case) -> Iterator[str]:
    """Say which known forcing and measures change nothing as known on the case's `as_of`, and which claims are of their effect.

    Parameters
    ----------
    case : Case
        The case.

    Yields
    ------
    str
        A sentence for each.
    """
    idle: list[str] = []
    for forcing in case.specification.forcings:
        if why := _why_forcing(case, forcing):
            idle.append(forcing.name)
            yield f"Forcing '{forcing.name}' changes nothing as known on {case.as_of}: {why}."
    for measure in case.specification.measures:
        whole, part = _why_measure(case, measure)
        if whole:
            idle.append(measure.id)
            yield f"Measure '{measure.id}' changes nothing: {whole}."
        elif part:
            yield f"In measure '{measure.id}' {part}."
    yield from _list_unused(case)
    for claim in case.book.claims.values():
        if claim.scored and claim.event in idle:
            yield (f"{claim.id} is a claim on the effect of '{claim.event}', which changes nothing: under every explanation its effect is "
                   "none, so that the claim speaks for none of them.")


def _list_unused(case: Case) -> Iterator[str]:
    """Numbers of levers that the case states and that no option uses."""
    used = {name for option in case.options.values() for lever in option.used for name in lever.uses}
    stated = {*case.overrides, *(name for explanation in case.hypotheses.values() for name in explanation.parameters)}
    if idle := [name for name in case.params if name in stated - used and case.params[name].role == OF_LEVERS]:
        yield (f"{', '.join(idle)}: stated, and no option sets a lever that {'they belong' if len(idle) > 1 else 'it belongs'} to; only "
               "the explorer and 'compare --search' may.")


def limits_supply(case: Case) -> bool:
    """Whether any explanation limits a supply, so that a lever on it acts."""
    return any(case.parameters(name)["supply_capacity"].prior.range[1] > 0.0 for name in case.hypotheses)


def arrives(known: Mapping[str, ResolvedParameter]) -> bool:
    """Whether an organisation that arrives does anything under an explanation, by its parameters; the day it arrives is idle otherwise."""
    return {ARRIVAL, *ARRIVING} <= set(known) and any(known[name].prior.range[1] > 0.0 for name in ARRIVING)


def _why_forcing(case: Case, forcing: Forcing) -> str:
    """Why a forcing is 1 on every day until the last one compared; empty where it is not."""
    last = max(case.end, case.decision.start + timedelta(days=case.decision.days))
    if (forcing.factors(case.start, case.day(last) + 1, case.as_of) != 1.0).any():
        return ""
    if forcing.rows and not forcing.yearly and not forcing.known_rows(case.as_of):
        first, rows = min(row.published for row in forcing.rows), len(forcing.rows)
        which = f"its row is published on {first}" if rows == 1 else f"none of its {rows} rows is published before {first}"
        return f"{which}, and a day without a known row has the factor 1"
    return "its factor is 1 on every day"


def _why_measure(case: Case, measure: Measure) -> tuple[str, str]:
    """Why a measure changes nothing at all, or which of its levers do not; empty texts where they act."""
    if measure.published > case.as_of:
        return f"it was published on {measure.published}, after {case.as_of}, the day of knowledge", ""
    days = case.day(max(case.end, case.decision.start + timedelta(days=case.decision.days))) + 1
    first, after = case.day(measure.start), ALWAYS if measure.end is None else case.day(measure.end) + 1
    whys = []
    for one in measure.levers:
        option = Option("measure", "", (ScheduledLever(one.name, one.setting, first, after, one.ramp),))
        if one.name == SUPPLY and not limits_supply(case):
            whys.append(f"it stops a supply ({SUPPLY}), and {UNLIMITED}")
        elif not option.acts(days):
            whys.append(f"{one.name} moves no control")
    if len(whys) == len(measure.levers):
        return "; ".join(whys), ""
    return "", "; ".join(why.replace("it stops", "a lever stops") for why in whys)
