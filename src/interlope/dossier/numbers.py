"""Numbers: how likely a stated number, range or bound is, on the log scale.

faithful N(ln x, tau^2), slanted N(ln x + direction ln factor, tau^2 + 0.3^2), uninformative N(ln reference, 1.5^2);
a range is its geometric middle with tau^2 = sd^2 + (ln(high/low)/4)^2.

What `values`, `claim`, `root`, `state` and `rng` mean, and the shapes, is said once in `kinds.Kind`; `x` [r] is one statistic of each
replicate in the claim's unit, `interpretation` one meaning of the claim.
"""
from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.special import log_ndtr

from interlope.dossier import density
from interlope.dossier.claim import Claim, Interpretation
from interlope.dossier.source import Root

BASE_SD = 0.1  # log spread of a faithful number given without a range
SLANT_SD = 0.3  # added log spread of a slanted number


def spread(claim: Claim, interpretation: Interpretation) -> float:
    """Log spread of a faithful number: the stated one (or the default) and a quarter of its range."""
    sd = interpretation.sd if interpretation.sd is not None else claim.sd if claim.sd is not None else BASE_SD
    width = np.log(claim.high / claim.low) / 4 if claim.low and claim.high else 0.0
    return float(np.hypot(sd, width))


def centre(claim: Claim) -> float:
    """Log of the geometric middle of a stated range (or of the one bound that is stated)."""
    bounds = [bound for bound in (claim.low, claim.high) if bound is not None]
    return float(np.mean(np.log(bounds)))


def log_value(x: np.ndarray, interpretation: Interpretation) -> np.ndarray:
    """Log of a statistic, at least a millionth of the reference, so that a zero has a finite log."""
    return np.log(np.maximum(x, 1e-6 * interpretation.reference))


def location_and_scale(x: np.ndarray, claim: Claim, root: Root, interpretation: Interpretation) -> tuple[np.ndarray, np.ndarray]:
    """Means [r, 3] and spreads [3] of the log of a reported number under the three states."""
    plain, tau = log_value(x, interpretation), spread(claim, interpretation)
    means = np.stack([plain, plain + root.direction * np.log(root.slant_factor),
                      np.full_like(plain, np.log(interpretation.reference))], axis=1)
    return means, np.array([tau, np.hypot(tau, SLANT_SD), density.REFERENCE_SD])


def number(x: np.ndarray, claim: Claim, root: Root, interpretation: Interpretation) -> np.ndarray:
    """Log density [r, 3] of a stated number or range, on the log scale."""
    means, sds = location_and_scale(x, claim, root, interpretation)
    return -0.5 * ((centre(claim) - means) / sds) ** 2 - np.log(sds) - 0.5 * np.log(2 * np.pi)


def bound(x: np.ndarray, claim: Claim, root: Root, interpretation: Interpretation) -> np.ndarray:
    """Log chance [r, 3] that the number a source has in mind keeps to a one-sided bound."""
    means, sds = location_and_scale(x, claim, root, interpretation)
    if claim.high is not None:
        return log_ndtr((np.log(claim.high) - means) / sds)
    return log_ndtr((means - centre(claim)) / sds)


def draw_number(x: np.ndarray, claim: Claim, root: Root, interpretation: Interpretation, state: np.ndarray,
                rng: np.random.Generator) -> np.ndarray:
    """Draw reported numbers [r]."""
    means, sds = location_and_scale(x, claim, root, interpretation)
    rows = np.arange(len(x))
    return np.exp(means[rows, state] + sds[state] * rng.standard_normal(len(x)))


def score(values: np.ndarray, claim: Claim, root: Root) -> np.ndarray:
    """Log density [r, 3] of the stated number or range."""
    return density.mix(values, claim, lambda x, interpretation: number(x, claim, root, interpretation))


def score_bound(values: np.ndarray, claim: Claim, root: Root) -> np.ndarray:
    """Log chance [r, 3] that the number in mind keeps to the bound; keeping to it and not keeping to it sum to 1."""
    return density.mix(values, claim, lambda x, interpretation: bound(x, claim, root, interpretation))


def sample(values: np.ndarray, claim: Claim, root: Root, state: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw reported numbers [r] in the claim's unit."""
    return density.pick(values, claim, state, rng,
                        lambda x, interpretation, states: draw_number(x, claim, root, interpretation, states, rng))


def sample_bound(values: np.ndarray, claim: Claim, root: Root, state: np.ndarray,
                 rng: np.random.Generator) -> np.ndarray:
    """Draw whether the bound is respected [r], 1 or 0."""
    numbers = sample(values, claim, root, state, rng)
    within = numbers <= claim.high if claim.high is not None else numbers >= (claim.low or 0.0)
    return within.astype(np.float64)


def restate(claim: Claim, report: float) -> Claim:
    """The claim with this number; one that gave a range with a range around it that is as wide on the log scale."""
    half = np.sqrt(claim.high / claim.low) if claim.low and claim.high else 1.0
    low, high = float(report / half), float(report * half)
    return replace(claim, low=None if claim.low is None else low, high=None if claim.high is None else high)


def restate_bound(claim: Claim, report: float) -> Claim:
    """The claim itself where the number in mind keeps to its bound (1); else one that puts it beyond that bound."""
    return claim if report >= 0.5 else replace(claim, low=claim.high, high=claim.low)


def holds(values: np.ndarray, claim: Claim) -> np.ndarray:
    """True where the number lies within the stated range, give or take two spreads of a faithful report."""
    interpretation = claim.interpretations[0]
    return np.abs(log_value(density.first(values, claim), interpretation) - centre(claim)) <= 2 * spread(claim, interpretation)


def holds_bound(values: np.ndarray, claim: Claim) -> np.ndarray:
    """True where the number keeps to the bound, give or take two spreads of a faithful report."""
    interpretation = claim.interpretations[0]
    x, slack = log_value(density.first(values, claim), interpretation), 2 * spread(claim, interpretation)
    return x <= centre(claim) + slack if claim.high is not None else x >= centre(claim) - slack


def describe(value: float) -> str:
    """A number with thousands marked."""
    return f"{value:,.0f}" if abs(value) >= 10 else f"{value:.2g}"
