"""Words: how likely a word for a share is ("most", "almost daily"), by cut points on the logit with logistic noise.

What `values`, `claim`, `root`, `state` and `rng` mean, and the shapes, is said once in `kinds.Kind`; `x` [r] is one statistic of each
replicate in the claim's unit, `interpretation` one meaning of the claim.
"""
from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.special import log_expit

from interlope.dossier import density
from interlope.dossier.claim import Claim
from interlope.dossier.source import Root

NOISE, SHIFT = 0.7, 1.2  # on the logit: of every source, and of a slanted one toward its interest; a claim may state its own
EDGE = 0.005  # a share of nothing (or all) is reported as half a percent (or all but half a percent)


def categories(x: np.ndarray, claim: Claim, direction: int, only: int | None = None) -> np.ndarray:
    """Log chances [r, 3, words] of every word for a share, or [r, 3, 1] of the one at place `only`.

    The share's logit, shifted for a slanted source and with logistic noise, falls between cut points; a source that
    knows nothing says any word.

    Parameters
    ----------
    x : ndarray [r]
        A statistic of each replicate, in the claim's unit.
    claim : Claim
        The claim.
    direction : int
        Where the source's interest pulls: 1 up, -1 down, 0 nowhere.
    only : int or None, optional
        Place of the one word wanted; all when None.

    Returns
    -------
    ndarray [r, 3, words]
    """
    noise, shift = NOISE if claim.noise is None else claim.noise, SHIFT if claim.shift is None else claim.shift
    share = np.clip(x, EDGE, 1 - EDGE)
    logit = np.log(share / (1 - share))
    cuts = np.log(np.array(claim.cuts) / (1 - np.array(claim.cuts)))
    words = len(claim.cuts) + 1
    edges = np.concatenate([[-np.inf], cuts, [np.inf]])
    if only is not None:
        edges = edges[only : only + 2]
    result = np.empty((len(x), 3, len(edges) - 1))
    for state, moved in enumerate((logit, logit + direction * shift)):
        below = log_expit((edges - moved[:, None]) / noise)
        above = log_expit((moved[:, None] - edges) / noise)
        with np.errstate(divide="ignore", invalid="ignore"):
            lower_tail = below[:, 1:] + np.log1p(-np.exp(below[:, :-1] - below[:, 1:]))
            upper_tail = above[:, :-1] + np.log1p(-np.exp(above[:, 1:] - above[:, :-1]))
        result[:, state] = np.where(below[:, 1:] < np.log(0.5), lower_tail, upper_tail)
    result[:, 2] = -np.log(words)
    return result


def word(x: np.ndarray, claim: Claim, root: Root) -> np.ndarray:
    """Log chance [r, 3] of the word a claim uses for a share."""
    return categories(x, claim, root.direction, claim.words.index(str(claim.stated)))[:, :, 0]


def draw_word(x: np.ndarray, claim: Claim, root: Root, state: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw the index [r] of a word for a share."""
    chances = np.exp(categories(x, claim, root.direction)[np.arange(len(x)), state])
    return (rng.random(len(x))[:, None] > np.cumsum(chances, axis=1)[:, :-1]).sum(axis=1).astype(np.float64)


def score(values: np.ndarray, claim: Claim, root: Root) -> np.ndarray:
    """Log chance [r, 3] of the word that was used, among the claim's words."""
    return density.mix(values, claim, lambda x, interpretation: word(x, claim, root))


def sample(values: np.ndarray, claim: Claim, root: Root, state: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw the index [r] of the word used."""
    return density.pick(values, claim, state, rng,
                        lambda x, interpretation, states: draw_word(x, claim, root, states, rng))


def restate(claim: Claim, report: float) -> Claim:
    """The claim with the word of this index."""
    return replace(claim, stated=claim.words[round(report)])


def holds(values: np.ndarray, claim: Claim) -> np.ndarray:
    """True where the share lies between the cut points of the word used."""
    place = np.searchsorted(np.array(claim.cuts), density.first(values, claim), side="right")
    return place == claim.words.index(str(claim.stated))
