"""Decision: what evidence is worth for the choice between options, on one outcome of harm at a time.

Now one chooses the option with the least expected harm. Knowing the explanation for certain, one would choose the best under that
explanation; the difference is the expected value of perfect information (EVPI). Seeing x first, one would choose the best given x: the
expected value of sample information (EVSI), which EVPI bounds (Raiffa & Schlaifer 1961). Harms of options under an explanation are the
paired differences from the status quo that the comparison stored, as yearly rates; what does not depend on the option drops out.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from interlope.ensemble import keys
from interlope.information.gain import Predictive
from interlope.levers.option import STATUS_QUO
from interlope.policy.outcome import DEATHS, OUTCOMES, YEAR
from interlope.results.comparison import CompareResult
from interlope.results.seek import PerfectInformation, SampleInformation
from interlope.scenario.candidates import Candidate

ROUNDING = 1e-12  # of the largest difference: less is what rounding leaves of sums that cancel
CLEAR = 2.0  # standard errors from which a difference is told from none; about one in forty by chance for one option
NOISES = 100  # draws of the comparison's Monte Carlo error
DEATHS_OF = next(o.parts for o in OUTCOMES if o.name == DEATHS)


@dataclass(frozen=True, eq=False)
class Losses:
    """Harm of every option under every explanation, on one outcome.

    Attributes
    ----------
    outcome, unit : str
        The outcome.
    options : tuple of str
        Names, the status quo first.
    mean, error : ndarray
        Difference from the status quo, and its standard error [option, m].
    """

    outcome: str
    unit: str
    options: tuple[str, ...]
    mean: np.ndarray
    error: np.ndarray

    def least(self, mean: np.ndarray) -> str:
        """The option of least harm by differences [option]; empty where several have as little."""
        tied = np.flatnonzero(mean <= mean.min() + ROUNDING * max(float(np.abs(self.mean).max()), 1e-300))
        return self.options[int(tied[0])] if len(tied) == 1 else ""

    def spared(self, prior: np.ndarray) -> tuple[float, bool]:
        """Harm a year that the option of least harm now spares against the status quo, and whether that exceeds its error clearly."""
        pooled, error = self.mean @ prior, np.sqrt(self.error**2 @ prior**2)
        best = int(pooled.argmin())
        return max(0.0, -float(pooled[best])), bool(-pooled[best] > CLEAR * error[best])

    def noisy(self, seed: int) -> np.ndarray:
        """Differences as the comparison's Monte Carlo error leaves them [draw, option, m]; first the differences themselves."""
        noise = keys.stream(seed, "seek", "losses", self.outcome).standard_normal((NOISES, *self.mean.shape))
        return np.concatenate([self.mean[None], self.mean + self.error * noise])


def read_losses(compared: CompareResult, outcome: str, explanations: Sequence[str]) -> Losses:
    """Losses on an outcome of a comparison, for explanations in a given order; of records without `DEATHS`, these are its parts added."""
    parts = DEATHS_OF if outcome == DEATHS and DEATHS not in {o.name for o in compared.outcomes} else (outcome,)
    options = tuple(o.name for o in compared.options)
    mean = np.zeros((len(options), len(explanations)))
    variance = np.zeros_like(mean)
    for d in compared.differences:
        if d.over == "status_quo" and d.outcome in parts and d.explanation in explanations:
            at = options.index(d.option), explanations.index(d.explanation)
            mean[at] += np.nan if d.mean is None else d.mean
            variance[at] += (d.mc_error or 0.0) ** 2
    unit = next(o.unit for o in compared.outcomes if o.name == parts[0])
    return Losses(outcome, unit, options, mean, np.sqrt(variance))


def list_losses(compared: CompareResult | None, explanations: Sequence[str]) -> list[Losses]:
    """Losses on every outcome of harm, deaths of people on the move in all first; of outcomes that every option has a value for."""
    if compared is None or STATUS_QUO not in [o.name for o in compared.options]:
        return []
    if {e.name for e in compared.explanations} != set(explanations):
        return []
    names = dict.fromkeys([DEATHS, *(o.name for o in compared.outcomes if o.harm)])
    losses = [read_losses(compared, name, explanations) for name in names]
    return [loss for loss in losses if np.isfinite(loss.mean).all()]


def value_perfect(loss: Losses, prior: np.ndarray, explanations: Sequence[str], seed: int) -> PerfectInformation:
    """Expected value of perfect information about the explanation.

    Parameters
    ----------
    loss : Losses
        Harm of the options.
    prior : ndarray
        Probability of each explanation [m].
    explanations : sequence of str
        Their names.
    seed : int
        Of the draws of the comparison's error.
    """
    draws = loss.noisy(seed)
    values = (draws @ prior).min(axis=1) - draws.min(axis=1) @ prior
    return PerfectInformation(
        outcome=loss.outcome, unit=loss.unit, choice=loss.least(loss.mean @ prior),
        choices={n: loss.least(mean) for n, mean in zip(explanations, loss.mean.T, strict=True)},
        value=float(values[0]), error=float(values[1:].std()))


def value_sample(loss: Losses, candidate: Candidate, predictive: Predictive | None, prior: np.ndarray, seed: int) -> SampleInformation:
    """Expected value of a candidate for the choice of an option.

    Parameters
    ----------
    loss : Losses
        Harm of the options.
    candidate : Candidate
        The evidence.
    predictive : Predictive or None
        Its outcomes; None where it teaches nothing.
    prior : ndarray
        Probability of each explanation [m].
    seed : int
        Of the draws of the comparison's error.
    """
    values = np.zeros(NOISES + 1)
    if predictive is not None:
        draws = loss.noisy(seed)
        after = predictive.after * predictive.outcomes
        now = (draws @ after.sum(axis=1)).min(axis=1)
        then = (draws @ after).min(axis=1).sum(axis=1)
        bound = (draws @ prior).min(axis=1) - draws.min(axis=1) @ prior
        values = np.clip(now - then, 0.0, np.maximum(bound, 0.0))
        values[values < ROUNDING * np.abs(draws).max()] = 0.0
    value, (spared, clear) = float(values[0]), loss.spared(prior)
    return SampleInformation(
        candidate=candidate.id, outcome=loss.outcome, unit=loss.unit, value=value, error=float(values[1:].std()),
        per_day=value / candidate.days if candidate.days and not candidate.automatic else None,
        per_cost=value / candidate.cost if candidate.cost else None,
        forgone=None if candidate.automatic else spared * candidate.days / YEAR, forgone_clear=None if candidate.automatic else clear)
