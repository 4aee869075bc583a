"""Evidence: what draws are compared with: the log likelihood root by root, published figures, and figures that would be published."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from interlope.dossier.series import write_period
from interlope.errors import BadInput, Fault
from interlope.export.draws import Draws
from interlope.export.study import StudyResults
from interlope.inference import generative, likelihood
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case, load
from interlope.scenario.folder import find_located

CLOSE = 1e-6  # nats between the stored log likelihood and its parts


@dataclass(frozen=True, eq=False)
class Figures:
    """Published figures, v of them: names, series, units, and the numbers [v]."""

    names: list[str]
    series: list[str]
    units: list[str]
    values: np.ndarray


def open_plan(study: StudyResults) -> tuple[Case, likelihood.LikelihoodPlan]:
    """Read the case of a study again, and what enters its likelihood.

    Parameters
    ----------
    study : StudyResults
        A finished study.

    Returns
    -------
    Case, LikelihoodPlan

    Raises
    ------
    BadInput
        When the case is not the one that was studied.
    """
    case = load(find_located(study.case))
    if case.sha256 != study.record.case.sha256:
        raise BadInput([Fault(str(study.folder), None, f"the case '{study.case}' is not the one that was studied",
                              f"files with sha256 {study.record.case.sha256[:16]}", "name the folder of its case with --case")])
    case = case.at(study.record.case.as_of)
    return case, likelihood.make_plan(case, Binding(case))


def score(study: StudyResults, plan: likelihood.LikelihoodPlan, draws: Draws) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Log likelihood of draws by root with claims, and by group of official series; all together it is the likelihood of the fit.

    Parameters
    ----------
    study : StudyResults
        A finished study.
    plan : LikelihoodPlan
        What enters its likelihood.
    draws : Draws
        Draws of one explanation.

    Returns
    -------
    dict of str to ndarray [n], dict of str to ndarray [n]
        Roots of one institution share one reliability, so that they have one term together, named `root+root`; the same holds of
        series that share one dispersion.

    Raises
    ------
    BadInput
        When the parts do not add up to what the fit stored, as after a change of the likelihood.
    """
    parts = _terms(plan, draws)
    roots = {}
    for members in likelihood.group_institutions(plan):
        rows = [i for i, claim in enumerate(plan.claims) if claim.root in members]
        some = replace(plan, claims=tuple(plan.claims[i] for i in rows), groups=())
        roots["+".join(members)] = likelihood.total(some, likelihood.Terms(parts.states[:, rows], np.zeros((len(parts.states), 0))))
    series = {"+".join(group.ids): parts.official[:, i] for i, group in enumerate(plan.groups)}
    if draws.log_likelihood is not None:
        gap = np.abs(np.sum([*roots.values(), *series.values()], axis=0) - draws.log_likelihood)
        if not np.all(gap <= CLOSE * (1.0 + np.abs(draws.log_likelihood))):
            raise BadInput([Fault(str(study.folder), None, f"its likelihood differs from this version's by {gap.max():.3g} nats",
                                  "the same likelihood", "make the study again with this version")])
    return roots, series


def _terms(plan: likelihood.LikelihoodPlan, draws: Draws) -> likelihood.Terms:
    """The likelihood in parts, as stored or from the statistics."""
    if draws.statistics is not None:
        return likelihood.terms(plan, draws.statistics)
    assert draws.states is not None and draws.official is not None
    return likelihood.Terms(draws.states, draws.official)


def list_figures(case: Case, plan: likelihood.LikelihoodPlan) -> Figures:
    """The fitted figures as published, series by series."""
    names, series, units, values = [], [], [], []
    for fitted in (t for group in plan.groups for t in group.series):
        table = case.series[fitted.id]
        for row, value in zip(fitted.rows, fitted.figures, strict=True):
            names.append(f"{fitted.id} {write_period(table.values[row], table.period)}")
            series.append(fitted.id)
            units.append(table.unit)
            values.append(float(value))
    return Figures(names, series, units, np.array(values))


def publish(plan: likelihood.LikelihoodPlan, draws: Draws, seed: int) -> np.ndarray | None:
    """Figures [n, v] that would be published under each draw, in the order of `list_figures`; None where statistics were not stored."""
    if draws.statistics is None or not plan.groups:
        return None
    drawn = generative.draw_figures(plan, draws.statistics, np.random.default_rng(seed))
    return np.concatenate([drawn[t.id] for group in plan.groups for t in group.series], axis=1)
