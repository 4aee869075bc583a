"""Directions: which of three words is said of a noisy number: below, about as much, or above, by a threshold on either side.

What `values`, `claim`, `root`, `state` and `rng` mean, and the shapes, is said once in `kinds.Kind`; `x` [r] is one statistic of each
replicate, zero where nothing changes or nothing differs.
"""
from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.special import log_expit

from interlope.dossier.claim import Claim

SHIFT = 1.2  # of a slanted source toward its interest, on the logit; a claim may state its own


def log_chances(x: np.ndarray, claim: Claim, threshold: float, direction: int) -> np.ndarray:
    """Log chances [r, 3, words]: above with sigma((x - threshold)/noise), below with the mirror image, neither otherwise.

    With a threshold of at least 0 they sum to 1: neither is sigma(s + t) - sigma(s - t), s and t being number and threshold over noise.

    Parameters
    ----------
    x : ndarray [r]
        The number of which the words speak.
    claim : Claim
        The claim, with the noise of its source.
    threshold : float
        What the number has to reach, up or down, on its own scale; at least 0.
    direction : int
        Where the source's interest pulls: 1 up, -1 down, 0 nowhere.

    Returns
    -------
    ndarray [r, 3, 3]

    Raises
    ------
    ValueError
        When the claim states no noise.
    """
    if claim.noise is None:
        raise ValueError(f"claim '{claim.id}' has no noise")
    scaled = threshold / claim.noise
    shift = SHIFT if claim.shift is None else claim.shift
    result = np.full((len(x), 3, 3), -np.log(3.0))
    with np.errstate(divide="ignore"):
        apart = np.log(-np.expm1(-2 * scaled))
    for state, moved in enumerate((0.0, direction * shift)):
        at = x / claim.noise + moved
        above, below = log_expit(at - scaled), log_expit(-at - scaled)
        neither = log_expit(at + scaled) + log_expit(scaled - at) + apart
        result[:, state] = np.stack([below, neither, above], axis=1)
    return result


def draw(chances: np.ndarray, state: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw the index [r] of a word from log chances [r, 3, words], for sources in given states [r]."""
    mine = np.exp(chances[np.arange(len(chances)), state])
    return (rng.random(len(chances))[:, None] > np.cumsum(mine, axis=1)[:, :-1]).sum(axis=1).astype(np.float64)


def restate(claim: Claim, report: float, words: tuple[str, ...]) -> Claim:
    """The claim with the word of this index."""
    return replace(claim, stated=words[round(report)])


def agrees(x: np.ndarray, threshold: float, which: int) -> np.ndarray:
    """True [r] where a number lies beyond the threshold as the word at place `which` says, or within it for the middle one."""
    if which == 1:
        return np.abs(x) <= threshold
    return x >= threshold if which == 2 else x <= -threshold
