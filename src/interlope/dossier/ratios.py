"""Ratios: how likely a statement on the ratio of two statistics of one replicate is, as a number or in words.

A claim of such a kind has two columns of statistics for each of its meanings: what it speaks of, first of all meanings, and then what
that is compared with, again of all meanings. Their ratio is the statistic; `numbers` and `directions` give its density.

A percentage is stated of two numbers above zero: where either is zero, a replicate does not determine a stated ratio, and is scored as by
a source that knows nothing. Words need less: which of two is more is known as long as one is above zero.

What `values`, `claim`, `root`, `state` and `rng` mean, and the shapes, is said once in `kinds.Kind`.
"""
from __future__ import annotations

import math

import numpy as np

from interlope.dossier import density, directions, numbers
from interlope.dossier.claim import Claim, Interpretation
from interlope.dossier.source import Root
from interlope.quantities import Reduction

SCALE = {"": 1.0, "1": 1.0, "percent": 100.0}  # units of a ratio
LEAST, MOST = 1e-3, 1e3  # of a stated ratio
FURTHEST = math.log(1e6)  # of a log ratio, where one of two statistics is zero


def reductions(claim: Claim) -> list[Reduction]:
    """The statistics that are compared [2 k]: those that the claim speaks of, in each of its meanings, then what each is compared with."""
    return [m.reduction for m in claim.interpretations] + [m.compared for m in claim.interpretations if m.compared is not None]


def statistics(values: np.ndarray, claim: Claim) -> np.ndarray:
    """Ratios [r, k] in the claim's unit, one column for each meaning; 0 or infinite where one statistic is zero, NaN where both are."""
    above, below = np.hsplit(np.asarray(values, dtype=np.float64), 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        return above / below * SCALE[claim.unit]


def stated_ratios(values: np.ndarray, claim: Claim) -> np.ndarray:
    """Ratios [r, k] of which a number can be stated, in the claim's unit; NaN where either statistic is zero."""
    ratio = statistics(values, claim)
    return np.where((ratio > 0) & np.isfinite(ratio), ratio, np.nan)


def log_ratios(values: np.ndarray, claim: Claim) -> np.ndarray:
    """Logs [r, k] of the plain ratios, at most those of a million either way, so that a zero has a finite log."""
    with np.errstate(divide="ignore"):
        return np.clip(np.log(statistics(values, claim) / SCALE[claim.unit]), -FURTHEST, FURTHEST)


def score(values: np.ndarray, claim: Claim, root: Root) -> np.ndarray:
    """Log density [r, 3] of a stated ratio or range of ratios, on the log scale."""
    return numbers.score(stated_ratios(values, claim), claim, root)


def sample(values: np.ndarray, claim: Claim, root: Root, state: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw stated ratios [r] in the claim's unit."""
    return numbers.sample(stated_ratios(values, claim), claim, root, state, rng)


def holds(values: np.ndarray, claim: Claim) -> np.ndarray:
    """True where the ratio lies within what is stated, give or take two spreads of a faithful report; false where there is none."""
    ratio = stated_ratios(values, claim)
    return np.isfinite(ratio[:, 0]) & numbers.holds(np.where(np.isfinite(ratio), ratio, 1.0), claim)


def threshold(claim: Claim) -> float:
    """Log ratio from which a source would speak of more or less: of 0.1, a tenth more or as many times less."""
    if claim.threshold is None:
        raise ValueError(f"claim '{claim.id}' has no threshold")
    return math.log1p(claim.threshold)


def score_word(values: np.ndarray, claim: Claim, root: Root, words: tuple[str, ...]) -> np.ndarray:
    """Log chance [r, 3] of the word that was said of two statistics."""
    which = words.index(str(claim.stated))

    def chances(x: np.ndarray, interpretation: Interpretation) -> np.ndarray:
        return directions.log_chances(x, claim, threshold(claim), root.direction)[:, :, which]

    return density.mix(log_ratios(values, claim), claim, chances)


def sample_word(values: np.ndarray, claim: Claim, root: Root, state: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw the index [r] of the word said of two statistics: 0 less, 1 about as much, 2 more."""
    def draw(x: np.ndarray, interpretation: Interpretation, states: np.ndarray) -> np.ndarray:
        return directions.draw(directions.log_chances(x, claim, threshold(claim), root.direction), states, rng)

    return density.pick(log_ratios(values, claim), claim, state, rng, draw)


def holds_word(values: np.ndarray, claim: Claim, words: tuple[str, ...]) -> np.ndarray:
    """True where the two differ as the word says, by the claim's threshold; false where neither is above zero."""
    return directions.agrees(log_ratios(values, claim)[:, 0], threshold(claim), words.index(str(claim.stated)))


def describe(value: float) -> str:
    """A ratio, or a percentage, with three digits."""
    return f"{value:.3g}"
