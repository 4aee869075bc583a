"""Prior scaling: how harm to people without any option follows the priors, by other weights on the draws that are there.

Each scaled prior of the weighing (`inference/evidence/scaling.py`) weighs the draws of an explanation anew by the same ratio, and the
explanations by their probabilities under it. Draws are equally weighted posterior draws; their normal scores are read back from the values.
Draws are few and priors many, so that the greatest of all changes is mostly chance: only those of more than four standard errors are
listed.
"""
from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.special import ndtri

from interlope.inference.evidence.odds import THIN
from interlope.inference.evidence.scaling import log_ratio
from interlope.inference.sampling import importance
from interlope.policy.comparison import Comparison
from interlope.policy.outcome import OUTCOMES
from interlope.policy.weighted import gather
from interlope.results.comparison import HarmScaling
from interlope.results.prior_sensitivity import PriorSensitivity, Scaling
from interlope.scenario.case import Case
from interlope.scenario.prior import Prior
from interlope.scenario.resolved import ResolvedParameter

EACH = 3  # most rows for each harm: the priors that move it most
CERTAIN = 4.0  # standard errors that a change must exceed: of some 1,500 changes, .1 by chance, more where a harm is rare and skewed
EDGE = 1e-12  # parts of a prior beyond which a draw's normal score is not told


def scale(case: Case, values: Mapping[str, np.ndarray], comparison: Comparison, sensitivity: PriorSensitivity | None) -> list[HarmScaling]:
    """Say which priors move the mean of each harm most, under the status quo.

    Parameters
    ----------
    case : Case
        The case.
    values : mapping of str to ndarray
        Value of each parameter in each draw [n] of the comparison.
    comparison : Comparison
        Options compared on these draws.
    sensitivity : PriorSensitivity or None
        How the odds follow the priors; None where nothing was compared.

    Returns
    -------
    list of HarmScaling
        Harms in their order, for each the priors that move it most, where that is more than chance; empty without `sensitivity`. Parameters
        that differ between variants of an explanation are left out: a draw does not say under which variant it was made.
    """
    if sensitivity is None:
        return []
    known = {h: case.parameters(h) for h in comparison.explanations}
    scaled = [(row, *_weights(known, values, comparison, row)) for row in sensitivity.rows
              if row.kind == "prior" and not any(known[h][row.name].variants for h in row.explanations if h in known)]
    result = []
    for k, outcome in enumerate(OUTCOMES):
        level = comparison.levels[0, :, k]
        if not outcome.harm or not np.isfinite(level).all():
            continue
        mean = float(comparison.weights @ level)
        rows = []
        for row, w, effective, shape in scaled:
            then = float(w @ level)
            influence = gather(w * (level - then) - comparison.weights * (level - mean), comparison.origins)
            rows.append(HarmScaling(
                outcome=outcome.name, prior=row.name, width=row.width, mean=mean, scaled=then, error=float(np.sqrt(np.sum(influence**2))),
                effective=effective, pareto_k=shape, thin=bool(effective < THIN or shape > importance.LIMIT_PARETO)))
        clear = [r for r in rows if abs(r.scaled - r.mean) > CERTAIN * r.error and not r.thin]
        result += sorted(clear, key=lambda r: -abs(r.scaled - r.mean))[:EACH]
    return result


def normal_scores(prior: Prior, x: np.ndarray) -> np.ndarray:
    """Normal scores [n] of values under a prior, read back from the values.

    >>> from interlope.scenario.prior import parse
    >>> normal_scores(parse("lognormal(3, x2)"), np.array([3.0])).tolist()
    [0.0]
    """
    return ndtri(np.clip(prior.cdf(x), EDGE, 1.0 - EDGE))


def _weights(
    known: Mapping[str, Mapping[str, ResolvedParameter]], values: Mapping[str, np.ndarray], comparison: Comparison, row: Scaling
) -> tuple[np.ndarray, float, float]:
    """Weights [n] of the draws under a scaled prior, their least effective number and greatest Pareto k in an explanation."""
    weight, effective, shape = np.zeros(len(comparison.names)), np.inf, -np.inf
    for h in comparison.explanations:
        rows = np.flatnonzero(comparison.names == h)
        log_w = np.zeros(len(rows))
        if h in row.explanations:
            prior, x = known[h][row.name].prior, np.asarray(values[row.name])[rows]
            log_w = log_ratio(prior, normal_scores(prior, x), x, row.power)
            points = importance.grouped(log_w, comparison.origins[rows])
            effective, shape = min(effective, importance.effective(points)), max(shape, importance.pareto_k(points))
        weight[rows] = (row.probability.get(h) or 0.0) * importance.normalise(log_w)
    return weight / weight.sum(), float(effective), float(shape)
