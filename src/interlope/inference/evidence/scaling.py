"""Scaling: how the odds follow the priors and the likelihood, by other weights on the replicates that are there.

A prior is raised to a power a on the scale of its normal score z, on which every continuous prior is N(0, 1), and is normalised again:
N(0, 1)^a = N(0, 1/a) up to its constant, so that the prior keeps its median and its width changes by 1/sqrt(a), whatever unit the
parameter is written in. A choice between values is raised to it as p^a / sum p^a. The ratio of the two densities is a weight on each
stored replicate, its mean under the posterior the ratio of the evidences:

  Z_a / Z = E[r(z) | evidence],  log r = (1/2) log a - (1/2)(a - 1) z^2.

No constant is left out, so the evidence stays one. A likelihood raised to a power is no density of the evidence any more; its Z says what
the odds would be if every observation counted a times. Monthly innovations are left as they are.

References
----------
Kallioinen, N., Paananen, T., Buerkner, P.-C. & Vehtari, A. (2023). Detecting and diagnosing prior and likelihood sensitivity with
power-scaling. Statistics and Computing 34 (kallioinen2023).
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from interlope.inference.evidence.odds import THIN, ModelProbabilities
from interlope.inference.fitting.posterior import Fits, Posterior
from interlope.inference.sampling import importance
from interlope.inference.sampling.importance import LIMIT_PARETO
from interlope.results.prior_sensitivity import BreakEven, PriorSensitivity, Scaling
from interlope.scenario.prior import Prior
from interlope.scenario.resolved import ResolvedParameter

POWERS = (0.5, 2.0)  # of a single prior, and of the likelihood: half and twice the weight (Kallioinen et al. 2023 look nearer to 1)
OWN_POWERS = (0.25, 4.0)  # of all priors of one explanation together: widths times 2 and times 1/2
REACH = 1.6448536269514722  # standard errors on either side of a 90 % interval


class Change(NamedTuple):
    """A change of log evidence with its error, what carries it, and what a normal posterior would give."""

    value: float
    error: float
    effective: float
    pareto_k: float
    normal: float


@dataclass(frozen=True, eq=False)
class _Setup:
    """A fit with its parameters by explanation and name, and the two explanations whose odds are followed."""

    fits: Fits
    known: dict[str, dict[str, ResolvedParameter]]
    leader: str
    rival: str

    @property
    def stated(self) -> dict[tuple[str, str], list[str]]:
        """Explanations by sampled parameter and the text of its prior."""
        stated: dict[tuple[str, str], list[str]] = {}
        for h, p in self.fits.posteriors.items():
            for name in p.design.names:
                stated.setdefault((name, self.known[h][name].prior.text), []).append(h)
        return stated


def scale(fits: Fits, models: ModelProbabilities) -> PriorSensitivity | None:
    """Scale every sampled prior, the own priors of each explanation together, and the likelihood.

    Parameters
    ----------
    fits : Fits
        Weighted replicates of every explanation.
    models : ModelProbabilities
        Their odds as weighed.

    Returns
    -------
    PriorSensitivity or None
        None for a single explanation, or one that no replicate fits: there are no odds to move.
    """
    if len(fits.posteriors) == 1 or not all(p.weight.any() for p in fits.posteriors.values()):
        return None
    leader, rival = sorted(models.probability, key=lambda n: -models.probability[n])[:2]
    setup = _Setup(fits, {h: fits.case.parameters(h) for h in fits.posteriors}, leader, rival)
    rows = [*_priors(setup), *_own(setup), *_likelihood(setup)]
    rows.sort(key=lambda r: (r.kind == "likelihood", -abs(r.moved or 0.0)))
    return PriorSensitivity(leader=leader, rival=rival, rows=rows, break_even=break_even(fits, models))


def log_ratio(prior: Prior, z: np.ndarray, values: np.ndarray, power: float) -> np.ndarray:
    """Log of the scaled prior over the prior at draws [n] with normal scores z and values.

    >>> from interlope.scenario.prior import parse
    >>> log_ratio(parse("normal(5, 2)"), np.zeros(1), np.full(1, 5.0), 4.0).round(3).tolist()
    [0.693]
    """
    if prior.family != "choice":
        return 0.5 * np.log(power) - 0.5 * (power - 1.0) * z**2
    chance = np.log(np.asarray(prior.weights))
    which = np.argmin(np.abs(values[:, None] - np.asarray(prior.numbers)), axis=1)
    return (power - 1.0) * chance[which] - np.log(np.sum(np.exp(power * chance)))


def change(posterior: Posterior, log_r: np.ndarray, normal: float = np.nan) -> Change:
    """Change of log evidence when weights are multiplied by a ratio [n]."""
    scaled = posterior.log_weight + log_r
    value, error = importance.change(scaled, posterior.log_weight, posterior.ancestry)
    points = importance.grouped(scaled, posterior.ancestry.point)
    return Change(value, error, importance.effective(points), importance.pareto_k(points), normal)


def if_normal(posterior: Posterior, columns: Sequence[int], power: float) -> float:
    """Change of log evidence when coordinates are scaled, if their posterior were normal with its mean m and covariance S.

    With c = 1 - a: (d/2) log a - (1/2) log |I - c S| + (c/2) m' (I - c S)^-1 m; nan where the integral has no value.
    """
    z, weight = posterior.design.unit[:, list(columns)], posterior.weight
    mean = weight @ z
    covariance = (z - mean).T @ ((z - mean) * weight[:, None])
    c = 1.0 - power
    rest = np.eye(len(mean)) - c * covariance
    if np.linalg.eigvalsh(rest).min() <= 0.0:
        return np.nan
    return float(0.5 * len(mean) * np.log(power) - 0.5 * np.linalg.slogdet(rest)[1] + 0.5 * c * mean @ np.linalg.solve(rest, mean))


def break_even(fits: Fits, models: ModelProbabilities) -> list[BreakEven]:
    """Prior odds of each rival against the leader from which the rival would lead, the nearest first."""
    leader, rows = models.leader, []
    for name, p in fits.posteriors.items():
        if name == leader:
            continue
        log_needed = models.log_z[leader] - models.log_z[name]
        error = REACH * float(np.hypot(models.error[leader], models.error[name]))
        needed, low, high = (float(np.exp(min(v, 700.0))) for v in (log_needed, log_needed - error, log_needed + error))
        rows.append(BreakEven(rival=name, prior_odds=p.prior_odds / fits.posteriors[leader].prior_odds, needed=needed, low=low, high=high))
    return sorted(rows, key=lambda r: (r.needed or np.inf) / r.prior_odds)


def _priors(setup: _Setup) -> Iterable[Scaling]:
    """Every prior by itself, under all explanations that state it in the same words at once."""
    for (name, _), holders in setup.stated.items():
        for power in POWERS:
            yield _row(setup, "prior", name, power, {h: _change(setup, h, [name], power) for h in holders})


def _own(setup: _Setup) -> Iterable[Scaling]:
    """The priors that one explanation alone has, all together."""
    stated = setup.stated
    for h in setup.fits.posteriors:
        names = [name for (name, _), holders in stated.items() if holders == [h]]
        for power in OWN_POWERS if names else ():
            yield _row(setup, "own", h, power, {h: _change(setup, h, names, power)})


def _likelihood(setup: _Setup) -> Iterable[Scaling]:
    """The likelihood of everything, of the claims and of the official figures."""
    plan = setup.fits.plan
    for name in ("everything", "claims", "official figures") if plan.claims and plan.groups else ("everything",):
        for power in POWERS:
            changes = {}
            for h, p in setup.fits.posteriors.items():
                figures = p.terms.official.sum(axis=1)
                part = {"everything": p.log_likelihood, "official figures": figures, "claims": p.log_likelihood - figures}[name]
                changes[h] = change(p, (power - 1.0) * np.where(np.isfinite(p.log_likelihood), part, 0.0))
            yield _row(setup, "likelihood", name, power, changes)


def _change(setup: _Setup, hypothesis: str, names: Sequence[str], power: float) -> Change:
    posterior, known = setup.fits.posteriors[hypothesis], setup.known[hypothesis]
    design, log_r = posterior.design, np.zeros(len(posterior.log_weight))
    columns = [design.names.index(name) for name in names]
    for name, j in zip(names, columns):
        log_r = log_r + log_ratio(known[name].prior, design.unit[:, j], design.values[name], power)
    discrete = any(known[name].prior.family == "choice" for name in names)
    return change(posterior, log_r, np.nan if discrete else if_normal(posterior, columns, power))


def _row(setup: _Setup, kind: str, name: str, power: float, changes: Mapping[str, Change]) -> Scaling:
    """A row from the changes of those explanations that are scaled; where weights are thin, probabilities follow the normal posterior."""
    posteriors = setup.fits.posteriors
    by, normal = {h: c.value for h, c in changes.items()}, {h: c.normal for h, c in changes.items()}
    effective, k = min(c.effective for c in changes.values()), max(c.pareto_k for c in changes.values())
    thin = bool(k > LIMIT_PARETO or effective < THIN)
    best = normal if thin and np.isfinite(list(normal.values())).all() else by
    log_odds = [np.log(p.prior_odds) + importance.log_mean(p.log_weight) + best.get(h, 0.0) for h, p in posteriors.items()]
    after = importance.softmax(np.array([log_odds]))[0]
    squared = sum(changes[h].error ** 2 for h in (setup.leader, setup.rival) if h in changes)
    by_moments: dict[str, float | None] = {} if kind == "likelihood" else dict(normal)
    return Scaling(
        kind=kind, name=name, explanations=list(changes), power=power, width=None if kind == "likelihood" else float(power**-0.5),
        log_z=dict(by), error={h: c.error for h, c in changes.items()}, normal=by_moments,
        probability=dict(zip(posteriors, map(float, after))), log_odds=by.get(setup.leader, 0.0) - by.get(setup.rival, 0.0),
        log_odds_error=float(squared**0.5), log_odds_normal=normal.get(setup.leader, 0.0) - normal.get(setup.rival, 0.0),
        effective=effective, pareto_k=k, thin=thin,
    )
