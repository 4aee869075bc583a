"""Gates: the checks that a calculation has to pass before its result is called resolved, and what to say where it does not.

Effective number and error are taken over independent points: what descends from one candidate counts once. Pareto k is the largest of
that of the points at the end and that of the weights at all checkpoints, by candidate and after a resampling by parent.
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from interlope.inference.checks import predictive, surprise
from interlope.inference.fitting.posterior import Fits, Posterior
from interlope.inference.sampling import importance, population
from interlope.inference.sampling.importance import (
    LEAST_AGREEMENT,
    LEAST_EFFECTIVE,
    LIMIT_ERROR,
    LIMIT_PARETO,
    EvidenceEstimate,
)
from interlope.results.envelope import Reason
from interlope.results.fitted import FitRow

LIMIT_FAILED = 0.02  # part of the replicates that may end without completing
EDGE = 2.5  # a parameter this many prior standard deviations away lies where its prior leaves hardly any room
MISSED = 0.25  # part of the fitted values outside their 90 % intervals from which an explanation is said to fit badly
SHOWN = 3  # names given for a cause


@dataclass(frozen=True)
class Gate:
    """One check of the calculation. `at_least` says on which side of the limit it passes."""

    name: str
    value: float
    limit: float
    at_least: bool
    passed: bool


def check(posterior: Posterior, evidence: EvidenceEstimate) -> tuple[Gate, ...]:
    """Check one explanation."""
    values = (
        ("effective points", evidence.effective, LEAST_EFFECTIVE, True),
        ("error of log evidence", evidence.error, LIMIT_ERROR, False),
        ("Pareto k", evidence.pareto_k, LIMIT_PARETO, False),
        ("agreement of populations", agreement(posterior), LEAST_AGREEMENT, True),
        ("failed replicates", posterior.failed, LIMIT_FAILED, False),
    )
    return tuple(Gate(n, v, limit, up, v >= limit if up else v <= limit) for n, v, limit, up in values)


def agreement(posterior: Posterior) -> float:
    """Chance that independent populations lie as far apart as these do, given their stated errors; 1 for a single one."""
    if not posterior.weight.any():
        return 0.0
    return population.agreement(posterior.populations, importance.variance(posterior.log_weight, posterior.ancestry))


def explain(fits: Fits, name: str, gates: tuple[Gate, ...]) -> list[Reason]:
    """Say what failed for one explanation, why, and how long it would take; nothing where every gate passed."""
    failed = [g for g in gates if not g.passed]
    if not failed:
        return []
    texts = []
    for gate in failed:
        side = "at least" if gate.at_least else "at most"
        texts.append(f"{gate.name} of '{name}' {_beside(gate)}, {side} {gate.limit:g} needed")
    if failed[0].name == "failed replicates":
        return [Reason(code="failed-replicates", text=texts[0],
                       remedy="look at one failing replicate with `simulate`; a prior reaches into worlds that cannot be run")]
    return [Reason(code=failed[0].name.replace(" ", "-").lower(), text=f"{'; '.join(texts)}. {_cause(fits, name)}",
                   remedy=_remedy(fits, name, gates))]


def _beside(gate: Gate) -> str:
    """A value beside its limit, with as many digits as tell them apart."""
    texts = [f"{gate.value:.{digits}g}" for digits in range(3, 8)]
    return f"is {next((t for t in texts if float(t) != gate.limit), texts[-1])}"


def _cause(fits: Fits, name: str) -> str:
    """Why the estimate is poor: the prior, a bad fit, or chance inside the simulation."""
    posterior = fits.posteriors[name]
    if not posterior.weight.any():
        return "Cause: no replicate of this explanation can have produced the evidence"
    edges, missed, part = _edges(fits, posterior), *_missed(fits, posterior)
    causes = []
    if edges:
        causes.append(f"the evidence asks for what the prior hardly allows: {', '.join(edges[:SHOWN])}")
    if part >= MISSED:
        causes.append(f"{part:.0%} of the fitted values lie outside what this explanation gives, furthest {', '.join(missed[:SHOWN])}")
    if not causes:
        causes.append(_chance(fits, posterior))
    worst = [s.text() for s in surprise.surprises(fits, posterior) if s.chance < surprise.RARE][:SHOWN]
    if worst:
        causes.append(f"what all else leads this explanation to expect is missed by {', '.join(worst)}")
    return f"Cause: {'; and '.join(causes)}"


def _edges(fits: Fits, posterior: Posterior) -> list[str]:
    """Parameters and monthly innovations that the evidence pulls to the edge of their priors, the furthest first."""
    weight, shifts = posterior.weight, []
    for j, parameter in enumerate(posterior.design.names):
        shifts.append((float(weight @ posterior.design.unit[:, j]), parameter))
    start = fits.case.start
    for month in range(fits.months):
        year, rest = divmod(start.month - 1 + month, 12)
        shifts.append((float(weight @ posterior.design.innovations[:, month]), f"demand of {start.year + year}-{rest + 1:02}"))
    far = sorted((m for m in shifts if abs(m[0]) >= EDGE), key=lambda m: -abs(m[0]))
    return [f"{what} at {mean:+.1f} prior standard deviations" for mean, what in far]


def _missed(fits: Fits, posterior: Posterior) -> tuple[list[str], float]:
    """Fitted values outside their 90 % intervals, the furthest first, and their part of all."""
    rows = predictive.series_rows(fits, posterior)
    if not rows:
        return [], 0.0
    outside = [r for r in rows if not r.met]
    return [r.id for r in sorted(outside, key=_nearness)], len(outside) / len(rows)


def _nearness(row: FitRow) -> float:
    """Negative distance of a figure from its 90 % interval, on the scale of log(1 + y)."""
    observed, q05, q95 = (0.0 if v is None else v for v in (row.observed, row.q05, row.q95))
    edge = q05 if observed < q05 else q95
    return -abs(float(np.log1p(max(observed, 0.0)) - np.log1p(max(edge, 0.0))))


def _chance(fits: Fits, posterior: Posterior) -> str:
    """Which part of the calculation loses most."""
    worst = int(np.argmax(posterior.costs))
    if worst == 0:
        return "few of the proposed points fit: the posterior's shape is not the one that the proposal expects"
    ends = [fits.case.start + timedelta(days=end - 1) for end in fits.ends]
    since = ends[worst - 2] if worst > 1 else fits.case.start
    part = posterior.costs[worst] / posterior.costs.sum()
    return (f"chance inside the simulation moves the likelihood more than the parameters do; {part:.0%} of the loss falls between "
            f"{since} and {ends[worst - 1]}")


def _remedy(fits: Fits, name: str, gates: tuple[Gate, ...]) -> str:
    """How many more replicates the failed gates ask for, and how long they take at this run's rate."""
    posterior, by = fits.posteriors[name], {g.name: g for g in gates}
    if not posterior.weight.any():
        return "more replicates do not help: look at what this explanation gives with `simulate`, and at its priors with `params`"
    have = len(posterior.populations)
    times = [2.0]
    for gate, power in (("error of log evidence", 2.0), ("effective points", -1.0)):
        g = by[gate]
        if not g.passed and g.value > 0.0 and np.isfinite(g.value):
            times.append((g.value / g.limit) ** power)
    more = int(np.ceil(have * min(max(times), 40.0))) - have
    replicates = more * fits.effort.particles
    total = fits.replicates + replicates
    seconds = total * fits.seconds / max(fits.replicates, 1)
    took = f"{seconds / 60.0:.0f} minutes" if seconds >= 100.0 else f"{10 * np.ceil(seconds / 10.0):.0f} seconds"
    return (f"about {replicates:,} more replicates of '{name}', {took} for the whole fit at this rate: run with --budget {total} "
            "(replicates)")
