"""Posterior: what one fit knows, explanation by explanation, as weighted histories with all that made them."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from interlope.ensemble import keys
from interlope.ensemble.design import Design
from interlope.errors import DiagnosticsFailed
from interlope.inference import importance
from interlope.inference.importance import LEAST_EFFECTIVE
from interlope.inference.likelihood import Plan, Terms
from interlope.inference.proposal import added
from interlope.inference.sampler import Counts
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case


@dataclass(frozen=True, eq=False)
class Posterior:
    """Weighted histories of one explanation.

    Attributes
    ----------
    hypothesis, gloss, prior_odds : as in its file. design : parameters and innovations of n histories.
    statistics : [n, m] in the order of the binding. terms : their log likelihood in parts.
    log_prior : log prior over proposal [n]. log_likelihood : [n], -inf where a history failed.
    seed, lanes : luck of each history; running `design` again with them gives the same histories, bit for bit.
    """

    hypothesis: str
    gloss: str
    prior_odds: float
    design: Design
    statistics: np.ndarray
    terms: Terms
    log_prior: np.ndarray
    log_likelihood: np.ndarray
    seed: int
    lanes: np.ndarray

    @property
    def log_weight(self) -> np.ndarray:
        """Log weights [n], not normalised: their mean is the evidence."""
        return self.log_prior + self.log_likelihood

    @property
    def weight(self) -> np.ndarray:
        """Weights [n] that sum to 1; all zero where no history has any."""
        if not np.isfinite(self.log_weight.max()):
            return np.zeros(len(self.lanes))
        return importance.normalise(self.log_weight)

    @property
    def failed(self) -> float:
        """Part of the histories that did not complete."""
        return float(np.mean(~np.isfinite(self.log_likelihood)))


@dataclass(frozen=True, eq=False)
class Fits:
    """A fit of all explanations of a case.

    `spread` [2, h, M]: see `proposal.Picked`; `months`: number of inferred innovations; `common`: parameters shared by
    all; `seconds`: wall time of the fit.
    """

    case: Case
    binding: Binding
    plan: Plan
    posteriors: Mapping[str, Posterior]
    spread: np.ndarray
    common: tuple[str, ...]
    months: int
    counts: Counts
    seed: int
    model_digest: str
    seconds: float

    @property
    def histories(self) -> int:
        """Histories run in all: waves and final passes."""
        return sum(self.counts.waves) + sum(len(p.lanes) for p in self.posteriors.values())

    def extra(self, a: str, b: str | None = None) -> float:
        """Relative variance that the choice of candidate points adds to Z of a, or to the ratio of a to b."""
        names = list(self.posteriors)
        return added(self.spread, names.index(a), None if b is None else names.index(b))


@dataclass(frozen=True, eq=False)
class Draws:
    """Equally weighted posterior draws, by explanation.

    Attributes
    ----------
    hypothesis : name of the explanation of each draw [n]. values : parameter -> [n]. innovations : [n, months], NaN
        after the fitted months. seed, lanes : luck that reproduces each draw's past. chance : probability of each
        explanation given the evidence. weak : explanation -> why its draws must not be relied on.
    """

    hypothesis: np.ndarray
    values: dict[str, np.ndarray]
    innovations: np.ndarray
    seed: int
    lanes: np.ndarray
    chance: dict[str, float]
    weak: dict[str, str]

    def __len__(self) -> int:
        return len(self.lanes)


def chances(fits: Fits) -> dict[str, float]:
    """Probability of each explanation, prior odds times evidence."""
    log_odds = {n: np.log(p.prior_odds) + importance.log_mean(p.log_weight) for n, p in fits.posteriors.items()}
    top = max(log_odds.values())
    if not np.isfinite(top):
        return {n: 1.0 / len(log_odds) for n in log_odds}
    odds = {n: float(np.exp(v - top)) for n, v in log_odds.items()}
    return {n: v / sum(odds.values()) for n, v in odds.items()}


def draws(fits: Fits, n: int, seed: int, *, strict: bool = False) -> Draws:
    """Resample histories by weight, n for every explanation.

    Parameters
    ----------
    fits : a fit. n : draws per explanation. seed : of the resampling.

    Other arguments
    ---------------
    strict : raise instead of marking explanations whose effective number is below 50.

    Raises
    ------
    DiagnosticsFailed
        With `strict`, when an explanation has fewer than 50 effective histories; always, when it has none at all.
    """
    hypotheses, rows, weak = [], {}, {}
    for name, p in fits.posteriors.items():
        size = importance.effective(p.log_weight)
        if size < LEAST_EFFECTIVE:
            weak[name] = (
                f"{size:.0f} effective histories of '{name}', at least {LEAST_EFFECTIVE:.0f} needed; "
                "run with --thorough"
            )
            if strict or size == 0.0:
                raise DiagnosticsFailed(weak[name])
        generator = keys.stream(seed, "draws", name)
        rows[name] = importance.systematic(p.weight, n, generator.random())
        hypotheses.append(np.full(n, name))
    ps = fits.posteriors
    names = list(next(iter(ps.values())).design.values)
    return Draws(
        np.concatenate(hypotheses),
        {k: np.concatenate([ps[h].design.values[k][at] for h, at in rows.items()]) for k in names},
        np.concatenate([ps[h].design.innovations[at] for h, at in rows.items()]),
        next(iter(ps.values())).seed,
        np.concatenate([ps[h].lanes[at] for h, at in rows.items()]),
        chances(fits),
        weak,
    )
