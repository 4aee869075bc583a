"""Statements: how likely it is that something is stated at all, given how far it is true.

What `values`, `claim`, `root`, `state` and `rng` mean, and the shapes, is said once in `kinds.Kind`; `x` [r] is one statistic of each
replicate in the claim's unit, `interpretation` one meaning of the claim.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from interlope.dossier import density
from interlope.dossier.claim import SILENCE, Claim, Interpretation
from interlope.dossier.source import Root

Truth = Callable[[np.ndarray, Claim], np.ndarray]


def statement(truth: np.ndarray, claim: Claim, root: Root) -> np.ndarray:
    """Chance [r, 3] that a statement is made, given how far it is true [r], from 0 to 1.

    A source slanted toward the statement makes it as if true whatever holds; one slanted against it as if false; an
    uninformative one tosses a coin.

    Parameters
    ----------
    truth : ndarray [r]
        How far the statement is true, 0 to 1.
    claim : Claim
        The claim.
    root : Root
        The observation that the claim comes from.

    Returns
    -------
    ndarray [r, 3]
    """
    if claim.chance_if_true is None or claim.chance_if_false is None:
        raise ValueError(f"claim '{claim.id}' has no chances of being stated")
    faithful = claim.chance_if_false + (claim.chance_if_true - claim.chance_if_false) * truth
    toward = root.direction * (-1 if claim.stated is False else 1)
    pair = (claim.chance_if_false, claim.chance_if_true)
    slanted = faithful if toward == 0 else np.full_like(faithful, max(pair) if toward > 0 else min(pair))
    return np.stack([faithful, slanted, np.full_like(faithful, 0.5)], axis=1)


def above(x: np.ndarray, claim: Claim) -> np.ndarray:
    """1.0 where a statistic reaches the claim's threshold, else 0.0."""
    return (x >= (1.0 if claim.threshold is None else claim.threshold)).astype(np.float64)


def part(x: np.ndarray, claim: Claim) -> np.ndarray:
    """How far a share makes a statement true: the share itself, from 0 to 1."""
    return np.clip(x, 0.0, 1.0)


def truth_of(claim: Claim) -> Truth:
    """How far a statistic makes a claim true: as its threshold says, or as a share where there is none."""
    return part if claim.threshold is None else above


def score(values: np.ndarray, claim: Claim, root: Root, truth: Truth = above) -> np.ndarray:
    """Log chance [r, 3] that the statement is made, where `truth` says how far a statistic makes it true.

    Parameters
    ----------
    values : ndarray [r, k]
        Statistics, one column for each interpretation of the claim.
    claim : Claim
        The claim.
    root : Root
        The observation that the claim comes from.
    truth : Truth, optional
        How far a statistic makes the statement true, 0 to 1.

    Returns
    -------
    ndarray [r, 3]
    """
    return density.mix(values, claim, lambda x, interpretation: np.log(statement(truth(x, claim), claim, root)))


def sample(values: np.ndarray, claim: Claim, root: Root, state: np.ndarray, rng: np.random.Generator,
           truth: Truth = above) -> np.ndarray:
    """Draw whether the statement is made [r], 1 or 0.

    Parameters
    ----------
    values : ndarray [r, k]
        Statistics, one column for each interpretation of the claim.
    claim : Claim
        The claim.
    root : Root
        The observation that the claim comes from.
    state : ndarray [r]
        0 faithful, 1 slanted, 2 uninformative, for each replicate.
    rng : numpy.random.Generator
        Where random numbers come from.
    truth : Truth, optional
        How far a statistic makes the statement true, 0 to 1.

    Returns
    -------
    ndarray [r]
    """
    def draw(x: np.ndarray, interpretation: Interpretation, states: np.ndarray) -> np.ndarray:
        chance = statement(truth(x, claim), claim, root)[np.arange(len(x)), states]
        return (rng.random(len(x)) < chance).astype(np.float64)

    return density.pick(values, claim, state, rng, draw)


def restate(claim: Claim, report: float) -> Claim:
    """The claim itself where the statement was made (1); else the silence of a source that was listened to and could have made it."""
    return claim if report >= 0.5 else replace(claim, kind=SILENCE)


def holds(values: np.ndarray, claim: Claim, truth: Truth = above) -> np.ndarray:
    """True where the statement is more than half true (or, where the claim denies it, is not).

    Parameters
    ----------
    values : ndarray [r, k]
        Statistics, one column for each interpretation of the claim.
    claim : Claim
        The claim.
    truth : Truth, optional
        How far a statistic makes the statement true, 0 to 1.

    Returns
    -------
    ndarray
    """
    reached = truth(density.first(values, claim), claim) > 0.5
    return ~reached if claim.stated is False else reached
