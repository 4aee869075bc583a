"""Trial: one data set, drawn, fitted as a user would fit it or with less, and recorded."""
from __future__ import annotations

import numpy as np

from interlope.dossier.series import write_period
from interlope.ensemble import keys
from interlope.errors import RunFailed
from interlope.inference import likelihood
from interlope.inference.evidence import gates
from interlope.inference.evidence.odds import model_probabilities
from interlope.inference.fitting import calibrate
from interlope.inference.fitting.posterior import Fits
from interlope.inference.sampling.problem import Effort
from interlope.recovery import ranks, series_alone, truth
from interlope.recovery.truth import Truth
from interlope.results.recovery import RecoveredDataSet, RecoveredQuantity
from interlope.scenario.case import Case


def prior_of(case: Case) -> dict[str, float]:
    """Prior probability of every explanation."""
    total = sum(h.prior_odds for h in case.hypotheses.values())
    return {name: h.prior_odds / total for name, h in case.hypotheses.items()}


def run(case: Case, seed: int, index: int, effort: Effort) -> RecoveredDataSet:
    """Draw a data set, fit it on one core, and record what the fit makes of it.

    Parameters
    ----------
    case : Case
        The case as known on its `as_of`.
    seed : int
        Of all data sets.
    index : int
        Number of the data set.
    effort : Effort
        How much each fit simulates.

    Returns
    -------
    RecoveredDataSet
        A fit that gives no probabilities counts as not resolved, at the prior ones.
    """
    drawn = truth.draw(case, seed, index)
    try:
        fits = calibrate.fit(drawn.case, seed=keys.integer(seed, "recover", index, "fit"), effort=effort, threads=1)
    except RunFailed as error:
        return RecoveredDataSet(index=index, truth=drawn.explanation, chosen="", probability=prior_of(case), failed_checks=[str(error)],
                                effective={}, quantities=[], redrawn=drawn.redrawn, replicates=0, seconds=0.0)
    models = model_probabilities(fits)
    failed = [f"{g.name} of {name}" for name, p in fits.posteriors.items() for g in gates.check(p, p.evidence()) if not g.passed]
    probability = dict(models.probability) if len(models.probability) > 1 else prior_of(case)
    decided = all(np.isfinite(p) for p in probability.values())
    probability = {name: probability[name] if decided else p for name, p in prior_of(case).items()}
    return RecoveredDataSet(
        index=index, truth=drawn.explanation, chosen=max(probability, key=lambda n: probability[n]) if decided else "",
        probability=probability, failed_checks=failed if decided else [*failed, "probabilities of the explanations"],
        effective=dict(models.effective), quantities=_quantities(fits, drawn, seed, index), redrawn=drawn.redrawn,
        replicates=fits.replicates, seconds=round(fits.seconds, 2), series_alone=series_alone.weigh(fits),
    )


def _quantities(fits: Fits, drawn: Truth, seed: int, index: int) -> list[RecoveredQuantity]:
    """Parameters, statistics of the path and log likelihood under the true explanation, beside their posterior; none without weight."""
    posterior = fits.posteriors[drawn.explanation]
    if not posterior.weight.any():
        return []
    effective, rows = posterior.evidence().effective, []

    def add(name: str, kind: str, draws: np.ndarray, value: float) -> None:
        noise = float(keys.stream(seed, "recover", index, "rank", name).random())
        rows.append(ranks.place(name, kind, draws, posterior.weight, effective, value, noise))

    for name in posterior.design.names:
        add(name, "parameter", posterior.design.values[name], float(drawn.design.values[name][0]))
    for name, column in _columns(fits).items():
        if np.isfinite(posterior.statistics[:, column]).all() and np.isfinite(drawn.statistics[0, column]):
            add(name, "quantity", posterior.statistics[:, column], float(drawn.statistics[0, column]))
    value = likelihood.total(fits.plan, likelihood.terms(fits.plan, drawn.statistics))  # both with the same quadrature
    add("log likelihood", "quantity", likelihood.total(fits.plan, posterior.terms), float(value[0]))
    return rows


def _columns(fits: Fits) -> dict[str, int]:
    """Statistics that are looked at: what each fitted claim speaks of in its plain meaning, and the last fitted figure of each series."""
    columns = {f"claim {c.id}": fits.plan.columns[c.id][0] for c in fits.plan.claims}
    for table in (t for group in fits.plan.groups for t in group.series):
        series = fits.case.series[table.id]
        last = max(range(len(table.rows)), key=lambda i: series.values[table.rows[i]].end)
        columns[f"{table.id}:{write_period(series.values[table.rows[last]], series.period)}"] = int(table.columns[last])
    return columns
