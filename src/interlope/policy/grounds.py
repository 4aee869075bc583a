"""Grounds: which harms to people rest on assumed numbers, and which figures would ground them.

How often an event becomes a harm is a parameter of one mechanism. Where a case gives it no source, the size of that harm, with and without
an option, is as good as the assumption; its direction may be better. What would be counted is the same for any border.
"""
from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from interlope.dossier.formula import terms
from interlope.policy.outcome import OUTCOMES
from interlope.results.dossier import AssumedNumber, HarmGround
from interlope.scenario.case import Case
from interlope.wording import fill

ASSUMPTION = "assumption"


class Ground(NamedTuple):
    """Parameters that turn events into a harm, the deciding one first, and the figures that would tell them."""

    parameters: tuple[str, ...]
    figures: str


ELSEWHERE = ("demand_diverted_death", "demand_divert_share", "demand_upstream_divert")  # on the routes that people turn to
GROUNDS: Mapping[str, Ground] = {
    "deaths": Ground(("crossings_death", *ELSEWHERE), "deaths by month with their cause, here and on the routes that people "
                     "turn to, beside the attempts of the same months on each"),
    "client_deaths": Ground(("crossings_death",), "deaths near the border by month with their cause, from an archive, morgues or "
                            "prosecutors, beside the attempts of the same months"),
    "diverted_deaths": Ground(ELSEWHERE, "deaths and departures by month on the routes that people turn to"),
    "client_injuries": Ground(("crossings_injury", "crossings_clash_harm"), "injuries by month and cause, as aid and hospitals count "
                              "them, beside the number of people whom they saw"),
    "client_violence": Ground(("crossings_violence",), "acts of violence by {groups} that monitors record by month, beside "
                              "the number of people whom they asked"),
    "personnel_injured": Ground(("escalation_injury", "escalation_armed_injury"), "{personnel} injured on duty by month, encounters and "
                                "armed attacks apart, as the services report them"),
    "personnel_killed": Ground(("escalation_armed_death", "escalation_death_weight"), "{personnel} killed on duty, with the number "
                               "of armed attacks in which none was"),
    "group_deaths": Ground(("clashes_base", "clashes_lethal"), "clashes among {groups} and the deaths in each, from court files and an "
                           "archive of press reports"),
}


def list_grounds(case: Case) -> list[HarmGround]:
    """List every harm that options are compared on with the assumed numbers that drive it and the figures that would ground them.

    Parameters
    ----------
    case : Case
        As known on its day.

    Returns
    -------
    list of HarmGround
        In the order of outcomes; a harm whose numbers all have a source in this case has no assumed ones.
    """
    known = [case.parameters(name) for name in case.hypotheses]
    rows = []
    for outcome in OUTCOMES:
        if not outcome.harm:
            continue
        ground = GROUNDS[outcome.name]
        assumed = {p.name: p for each in known for name in ground.parameters if (p := each[name]).source == ASSUMPTION}
        counted = {name for _, name in terms(outcome.series)}
        tables = [s.id for s in case.series.values() if s.series != "none" and counted <= {name for _, name in terms(s.series)}]
        rows.append(HarmGround(
            outcome=outcome.name, figures=fill(ground.figures, case.words),
            assumed=[AssumedNumber(name=p.name, unit=p.unit, prior=p.prior.text, meaning=p.meaning) for p in assumed.values()],
            weighed=[name for name in tables if case.series[name].density != "none"],
            displayed=[name for name in tables if case.series[name].density == "none"]))
    return rows
