"""Truth: an explanation, parameters and a path drawn from the priors, and the case with the evidence that follows from them."""
from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from interlope.dossier.claim import Claim
from interlope.dossier.kinds import REGISTRY
from interlope.dossier.series import Series
from interlope.ensemble import design, keys, run, streams
from interlope.ensemble.design import Design
from interlope.errors import RunFailed
from interlope.inference import generative, likelihood
from interlope.inference.likelihood import LikelihoodPlan
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case

ATTEMPTS = 20  # truths drawn before a case is given up whose replicates do not complete
PARTS = ("claims", "series")


@dataclass(frozen=True, eq=False)
class Truth:
    """What one data set was simulated from.

    Attributes
    ----------
    explanation : str
        Its name.
    design : Design
        Parameters and innovations of the one replicate.
    statistics : ndarray
        Its statistics [1, m], in the order of `binding`.
    case : Case
        The case with the drawn evidence in place of its own.
    binding : Binding
        Column of the statistics for each number of the dossier.
    redrawn : int
        Truths that were drawn before and did not complete.
    """

    explanation: str
    design: Design
    statistics: np.ndarray
    case: Case
    binding: Binding
    redrawn: int


def leave_out(case: Case, part: str) -> Case:
    """The case without its fitted claims, or without its fitted series; with both where `part` is empty.

    Parameters
    ----------
    case : Case
        A case.
    part : str
        "claims", "series", or empty.

    Returns
    -------
    Case
    """
    book, series = case.evidence
    if part == "claims":
        book = replace(book, claims={name: replace(c, holdout=True) if c.likelihood else c for name, c in book.claims.items()})
    if part == "series":
        series = {name: replace(s, density="none", why="left out") for name, s in series.items()}
    return replace(case, evidence=case.evidence._replace(book=book, series=series)).at(case.as_of) if part else case


def draw(case: Case, seed: int, index: int) -> Truth:
    """Draw a truth and its data set; a truth whose replicate does not complete is drawn again, as a fit gives it no weight.

    Parameters
    ----------
    case : Case
        The case as known on its `as_of`.
    seed : int
        Of all data sets.
    index : int
        Number of the data set.

    Returns
    -------
    Truth

    Raises
    ------
    RunFailed
        When no replicate completes.
    """
    setting, binding = case.setting(end=case.as_of), Binding(case)
    odds = np.array([h.prior_odds for h in case.hypotheses.values()])
    for attempt in range(ATTEMPTS):
        labels = ("recover", index, attempt)
        name = str(keys.stream(seed, *labels, "explanation").choice(list(case.hypotheses), p=odds / odds.sum()))
        drawn = design.draw(case, name, 1, keys.integer(seed, *labels, "design"))
        along = streams.single(keys.integer(seed, *labels, "path"), np.zeros(1, dtype=np.int64))
        statistics, status = run.summarise(setting, drawn.values, drawn.innovations, binding, along, threads=1)
        if status[0] == 0:
            plan = likelihood.make_plan(case, binding)
            drawn_case = tell(case, plan, statistics, keys.stream(seed, *labels, "evidence"))
            return Truth(name, drawn, statistics, drawn_case, binding, attempt)
    raise RunFailed(f"{ATTEMPTS} replicates drawn from the priors of '{case.name}' did not complete; look at them with "
                    "'interlope simulate'")


def tell(case: Case, plan: LikelihoodPlan, statistics: np.ndarray, generator: np.random.Generator) -> Case:
    """The case with claims and figures drawn from the likelihood at a replicate's statistics [1, m] in place of those that are fitted.

    Claims that carry a likelihood and are not fitted are left out: what they would repeat is drawn anew.
    """
    reports = generative.draw_reports(plan, statistics, generator)
    figures = generative.draw_figures(plan, statistics, generator)
    restated = {c.id: REGISTRY[c.kind].restate(c, float(reports[c.id][0])) for c in plan.claims}
    rows = {t.id: t.rows for group in plan.groups for t in group.series}
    book = replace(case.book, claims=_claims(case.book.claims, restated))
    series = {name: _refill(s, rows[name], figures[name][0]) if name in rows else s for name, s in case.series.items()}
    return replace(case, book=book, series=series, evidence=case.evidence._replace(book=book, series=series))


def _claims(claims: dict[str, Claim], restated: dict[str, Claim]) -> dict[str, Claim]:
    """Claims in their order, the fitted ones restated; ids of those keep columns of statistics where they are."""
    unused = {name: replace(c, holdout=True) for name, c in claims.items() if c.likelihood and name not in restated}
    return {**claims, **unused, **restated}


def _refill(series: Series, rows: tuple[int, ...], figures: np.ndarray) -> Series:
    """A series with other figures in these rows."""
    values = list(series.values)
    for row, figure in zip(rows, figures, strict=True):
        values[row] = replace(values[row], value=float(figure), low=None, high=None)
    return replace(series, values=tuple(values))
