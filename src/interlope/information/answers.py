"""Answers: everything that a root may say to a question, with the log chance of each in every replicate, by state of the root.

A question is a claim whose answer is not yet known: its kind, and all that its kind reads but the answer itself. Words and truth values are
listed; counts up to a number that hardly any replicate goes beyond; a number on the log scale is laid on a grid with four points to the
narrowest noise, as long as 1,000 points do, so that a sum over it is an integral (the trapezoidal rule converges at exponential rate on
such densities). What a claim states is one of the points, exactly.
"""
from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from interlope.dossier import multiples, numbers
from interlope.dossier.claim import SILENCE, Claim
from interlope.dossier.kinds import REGISTRY
from interlope.dossier.kinds.count import numbers as list_counts
from interlope.dossier.source import Root

TWO = ("occurrence", "alternation", "attribution", "ceiling", SILENCE)
IN_WORDS = ("share", "frequency", "trend", "ranking")
IN_NUMBERS = ("interval", "total", "count", "change", "effect")
KINDS = (*TWO, *IN_WORDS, *IN_NUMBERS)  # whose answers can be listed
FEWEST, MOST = 40, 1000  # points of a grid of numbers
TO_NOISE = 4.0  # points to one spread of the narrowest noise
ROUNDING = 1e-9  # of a step
REACH = 5.0  # spreads that a grid goes beyond every replicate
LISTED = 60  # counts that are listed one by one, before they are taken in steps
DRAWS = 4  # of a count in every replicate, to see how far counts go


@dataclass(frozen=True, eq=False)
class Answers:
    """The answers to a question.

    Attributes
    ----------
    labels : tuple of str
        Each in words [k].
    values : ndarray or None
        Each as a number in the question's unit [k], rising; None where answers are no numbers.
    log_chance : ndarray
        Log chance of each in every replicate, if the root is faithful, slanted or uninformative [n, 3, k].
    """

    labels: tuple[str, ...]
    values: np.ndarray | None
    log_chance: np.ndarray


def list_answers(claim: Claim, root: Root, statistics: np.ndarray, generator: np.random.Generator) -> Answers:
    """List every answer to a question.

    Parameters
    ----------
    claim : Claim
        The question; what it states as its answer is not looked at.
    root : Root
        Who is asked.
    statistics : ndarray
        What the question is about in every replicate [n, interpretations].
    generator : numpy.random.Generator
        Random numbers, to see how far counts go.

    Returns
    -------
    Answers
    """
    if claim.kind in TWO:
        yes = _score(claim, root, statistics)
        no = np.log1p(-np.minimum(np.exp(yes), 1.0 - 1e-12))
        return Answers(_two(claim), None, np.stack([yes, no], axis=2))
    if claim.kind in IN_WORDS or claim.kind in ("change", "effect") and multiples.in_words(claim):
        words = claim.words or getattr(REGISTRY[claim.kind], "WORDS", ())
        return Answers(tuple(words), None, np.stack([_score(replace(claim, stated=w), root, statistics) for w in words], axis=2))
    if claim.kind == "count":
        values, width = _counts(claim, root, statistics, generator)
        claims = [replace(claim, low=float(v), high=float(v)) for v in values]
    else:
        values, width = _grid(claim, root, statistics)
        part = np.sqrt(claim.high / claim.low) if claim.low and claim.high else 1.0
        claims = [replace(claim, low=float(v / part), high=float(v * part)) for v in values]
    scores = np.stack([_score(c, root, statistics) for c in claims], axis=2)
    return Answers(tuple(REGISTRY[claim.kind].describe(float(v)) for v in values), values, scores + np.log(width))


def stated_answer(claim: Claim, answers: Answers) -> tuple[np.ndarray, str]:
    """Which of the answers a claim states, and how it states it.

    Parameters
    ----------
    claim : Claim
        A claim with its answer.
    answers : Answers
        The answers to its question.

    Returns
    -------
    at : ndarray of int
        Places among the answers; several of a range of counts.
    text : str
        In words, a number as the claim has it.
    """
    if claim.kind in TWO:
        return np.array([0]), answers.labels[0]
    if answers.values is None:
        at = answers.labels.index(str(claim.stated))
        return np.array([at]), answers.labels[at]
    bounds = list(dict.fromkeys(b for b in (claim.low, claim.high) if b is not None))
    text = " to ".join(REGISTRY[claim.kind].describe(b) for b in bounds)
    if claim.kind == "count":
        return np.flatnonzero(np.isin(answers.values, list(list_counts(claim)))), text
    return np.array([int(np.argmin(np.abs(np.log(answers.values) - numbers.centre(claim))))]), text


def _two(claim: Claim) -> tuple[str, str]:
    if claim.kind == SILENCE:
        return "says nothing of it", "tells of it"
    if claim.kind == "ceiling":
        return "keeps to the bound", "goes beyond the bound"
    return ("denies it", "does not deny it") if claim.stated is False else ("says so", "does not say so")


def _score(claim: Claim, root: Root, statistics: np.ndarray) -> np.ndarray:
    return REGISTRY[claim.kind].logscore(statistics, claim, root)


def _grid(claim: Claim, root: Root, statistics: np.ndarray) -> tuple[np.ndarray, float]:
    """Numbers [k], evenly spaced on the log scale over all that replicates make likely, through what the claim states; their spacing."""
    low, high, finest = np.inf, -np.inf, np.inf
    subject = REGISTRY[claim.kind].statistics(statistics, claim)
    for k, meaning in enumerate(claim.interpretations):
        x = subject[:, k]
        means, spreads = numbers.location_and_scale(np.where(np.isfinite(x), x, meaning.reference), claim, root, meaning)
        low, high = min(low, float((means - REACH * spreads).min())), max(high, float((means + REACH * spreads).max()))
        finest = min(finest, float(spreads.min()))
    stated = numbers.centre(claim) if claim.low or claim.high else low
    low, high = min(low, stated), max(high, stated)
    count = int(np.clip(np.ceil(TO_NOISE * (high - low) / finest) + 1, FEWEST, MOST))
    step = (high - low) / (count - 1)
    at = stated + step * np.arange(-np.ceil((stated - low) / step - ROUNDING), count)
    at = at[at < high + step]
    return np.exp(at), step


def _counts(claim: Claim, root: Root, statistics: np.ndarray, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Counts [k] from 0 to beyond what replicates make likely and the claim states, and how many counts each stands for [k].

    Beyond those that are listed one by one they are taken in steps of half their Poisson noise, which all other noise exceeds, as long as
    1,000 do; near a number that the claim states in steps of a quarter.
    """
    kind, n = REGISTRY["count"], len(statistics)
    drawn = [kind.sample(statistics, claim, root, np.full(n, state), generator) for state in (0, 1, 2) for _ in range(DRAWS)]
    stated = np.array(list_counts(claim) if claim.low is not None or claim.high is not None else [], dtype=int)
    most = int(min(2.0 * max(np.max(drawn), *stated[-1:]) + 10.0, 1e9))
    if most <= LISTED:
        return np.arange(most + 1), np.ones(most + 1)
    low, high = np.sqrt([LISTED // 2, most])
    count = int(np.clip(TO_NOISE * (high - low), LISTED, MOST))
    steps = [np.arange(LISTED // 2), (np.linspace(low, high, count) ** 2).round().astype(int), stated]
    if len(stated):
        noise = max(np.sqrt(stated[-1]), 1.0)
        near = stated[-1] + noise / TO_NOISE * np.arange(-REACH * TO_NOISE, REACH * TO_NOISE + 1)
        steps.append(near.round().astype(int))
    every = np.unique(np.concatenate(steps))
    every = every[(every >= 0) & (every <= most)]
    edges = np.concatenate([[-0.5], 0.5 * (every[1:] + every[:-1]), [every[-1] + 0.5]])
    return every, np.diff(edges)
