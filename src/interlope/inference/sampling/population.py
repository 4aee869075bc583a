"""Population: one independent population of particles after its last checkpoint, and what several of them say together.

What descends from one candidate is one point (`importance.Ancestry`). Populations of one explanation are independent given the trained
surrogate, so their agreement checks the stated error.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from scipy.stats import chi2

from interlope.inference.sampling import importance
from interlope.inference.sampling.importance import Ancestry, EvidenceEstimate


@dataclass(frozen=True, eq=False)
class Population:
    """One population after its last checkpoint.

    Attributes
    ----------
    common, own : ndarray
        Coordinates [n, dc], [n, do].
    candidate : ndarray
        Candidate that each particle descends from [n].
    streams : ndarray
        Random stream of each particle in each span between checkpoints [n, steps].
    outcome : ndarray
        Statistics [n, m].
    log_weight : ndarray
        Log weights [n]; the mean of the weights is the estimate of the evidence.
    log_likelihood : ndarray
        Log likelihood [n].
    weights, parents : ndarray
        Log weights before resampling and each particle's parent, step by step, float32 and int32 [steps, n].
    resampled : ndarray
        Whether it was resampled after a step [steps].
    failed : ndarray
        Chance of a path not to complete, from those that stopped in each step; a single number.
    first : ndarray
        Candidate of every particle of the first generation [n].
    early : ndarray
        Relative variance of the estimate from selecting candidates, and from resampling after each step but the last [steps].
    """

    common: np.ndarray
    own: np.ndarray
    candidate: np.ndarray
    streams: np.ndarray
    outcome: np.ndarray
    log_weight: np.ndarray
    log_likelihood: np.ndarray
    weights: np.ndarray
    parents: np.ndarray
    resampled: np.ndarray
    failed: np.ndarray
    first: np.ndarray
    early: np.ndarray

    @property
    def log_evidence(self) -> float:
        """Log of this population's estimate."""
        return importance.log_mean(self.log_weight)

    def arrays(self) -> dict[str, np.ndarray]:
        """All of it, by name."""
        return dict(vars(self))


FIELDS = {field.name for field in fields(Population)}


def ancestry(populations: Sequence[Population], candidates: int) -> Ancestry:
    """Which point every particle of some populations descends from."""
    return importance.descend(
        [p.candidate for p in populations], candidates, [1 + int(p.resampled.sum()) for p in populations],
        [float(p.early.sum()) for p in populations],
    )


def assess(populations: Sequence[Population], candidates: int) -> EvidenceEstimate:
    """Evidence from some populations of one explanation."""
    log_weight = np.concatenate([p.log_weight for p in populations])
    evidence = importance.evidence(log_weight, ancestry(populations, candidates))
    return replace(evidence, pareto_k=max(evidence.pareto_k, checkpoint_k(populations)))


def agreement(logs: np.ndarray, variance: float) -> float:
    """Chance that independent populations lie as far apart as these (chi-square test of homogeneity).

    Parameters
    ----------
    logs : ndarray
        Log evidence by population [p].
    variance : float
        Relative variance of their mean, as stated.

    Returns
    -------
    float
        p-value; 1 for a single population.
    """
    if len(logs) < 2 or not np.isfinite(logs).all():
        return 1.0 if len(logs) < 2 else 0.0
    relative = np.exp(logs - importance.log_mean(logs)) - 1.0
    if variance <= 0.0:
        return 1.0 if np.allclose(relative, 0.0) else 0.0
    return float(chi2.sf(float(np.sum(relative**2)) / (variance * len(logs)), len(logs) - 1))


def passes(populations: Sequence[Population], candidates: int, evidence: EvidenceEstimate) -> bool:
    """Whether an explanation passes the checks that more populations can improve."""
    log_weight = np.concatenate([p.log_weight for p in populations])
    if not importance.resolved(evidence):
        return False
    relative = importance.variance(log_weight, ancestry(populations, candidates))
    return agreement(np.array([p.log_evidence for p in populations]), relative) >= importance.LEAST_AGREEMENT


def checkpoint_k(populations: Sequence[Population]) -> float:
    """Pareto k of the weights at all checkpoints that decided something: those after which a population was resampled, and the last.

    Weights of particles that come from one candidate, and after a resampling from one parent, are added up; those of each checkpoint are
    brought to mean one and looked at together, so that the heaviest tail shows and a largest of many estimates does not.
    """
    last = len(populations[0].weights) - 1
    most = 1 + max(max(int(p.first.max()), p.weights.shape[1]) for p in populations)
    tails = []
    for step in range(last + 1):
        if step < last and not any(p.resampled[step] for p in populations):
            continue
        weights, groups = [], []
        for i, p in enumerate(populations):
            earlier = np.flatnonzero(p.resampled[:step])
            weights.append(p.weights[step].astype(np.float64))
            groups.append((p.first if not len(earlier) else p.parents[earlier[-1]]) + i * most)
        total = importance.grouped(np.concatenate(weights), np.concatenate(groups))
        tails.append(total - importance.log_mean(total) if np.isfinite(total.max()) else total)
    return importance.pareto_k(np.concatenate(tails))


def costs(populations: Sequence[Population]) -> np.ndarray:
    """Relative variance of one population's estimate, on average: from selecting candidates, then from every step [1 + steps]."""
    last = [1.0 / max(importance.effective(p.log_weight), 1e-9) - 1.0 / len(p.log_weight) for p in populations]
    return np.append(np.mean([p.early for p in populations], axis=0), np.mean(last))
