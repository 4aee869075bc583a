"""Answers: everything that a root may say to a question, with the log chance of each in every replicate, by state of the root.

A question is a claim whose answer is not yet known: its kind, and all that its kind reads but the answer itself. Words and truth values are
listed; counts up to a number that hardly any replicate goes beyond; a number on the log scale is laid on a grid that is finer than the
narrowest noise, so that a sum over it is an integral (the trapezoidal rule converges at exponential rate on such densities).
"""
from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from interlope.dossier import multiples, numbers
from interlope.dossier.claim import SILENCE, Claim
from interlope.dossier.kinds import REGISTRY
from interlope.dossier.source import Root

TWO = ("occurrence", "alternation", "attribution", "ceiling", SILENCE)
IN_WORDS = ("share", "frequency", "trend", "ranking")
IN_NUMBERS = ("interval", "total", "count", "change", "effect")
KINDS = (*TWO, *IN_WORDS, *IN_NUMBERS)  # whose answers can be listed
FINEST, MOST = 40, 400  # points of a grid of numbers
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


def stated_answer(claim: Claim, answers: Answers) -> int:
    """Which of the answers a claim states.

    Parameters
    ----------
    claim : Claim
        A claim with its answer.
    answers : Answers
        The answers to its question.
    """
    if claim.kind in TWO:
        return 0
    if answers.values is None:
        return answers.labels.index(str(claim.stated))
    if claim.kind == "count":
        low, high = claim.low or 0.0, claim.high if claim.high is not None else claim.low or 0.0
        return int(np.argmin(np.abs(answers.values - 0.5 * (low + high))))
    return int(np.argmin(np.abs(np.log(answers.values) - numbers.centre(claim))))


def _two(claim: Claim) -> tuple[str, str]:
    if claim.kind == SILENCE:
        return "says nothing of it", "tells of it"
    if claim.kind == "ceiling":
        return "keeps to the bound", "goes beyond the bound"
    return ("denies it", "does not deny it") if claim.stated is False else ("says so", "does not say so")


def _score(claim: Claim, root: Root, statistics: np.ndarray) -> np.ndarray:
    return REGISTRY[claim.kind].logscore(statistics, claim, root)


def _grid(claim: Claim, root: Root, statistics: np.ndarray) -> tuple[np.ndarray, float]:
    """Numbers [k], evenly spaced on the log scale over all that any replicate makes likely, and their log spacing."""
    low, high, finest = np.inf, -np.inf, np.inf
    stated = REGISTRY[claim.kind].statistics(statistics, claim)
    for k, meaning in enumerate(claim.interpretations):
        x = stated[:, k]
        means, spreads = numbers.location_and_scale(np.where(np.isfinite(x), x, meaning.reference), claim, root, meaning)
        low, high = min(low, float((means - REACH * spreads).min())), max(high, float((means + REACH * spreads).max()))
        finest = min(finest, float(spreads.min()))
    count = int(np.clip(np.ceil((high - low) / finest) + 1, FINEST, MOST))
    at = np.linspace(low, high, count)
    return np.exp(at), float(at[1] - at[0])


def _counts(claim: Claim, root: Root, statistics: np.ndarray, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Counts [k] from 0 to beyond what replicates make likely, and how many counts each stands for [k]."""
    kind, n = REGISTRY["count"], len(statistics)
    drawn = [kind.sample(statistics, claim, root, np.full(n, state), generator) for state in (0, 1, 2) for _ in range(DRAWS)]
    most = int(min(2.0 * np.max(drawn) + 10.0, 1e9))
    if most <= LISTED:
        return np.arange(most + 1), np.ones(most + 1)
    steps = np.unique(np.concatenate([np.arange(LISTED // 2), np.geomspace(LISTED // 2, most, LISTED).round()])).astype(int)
    edges = np.concatenate([[-0.5], 0.5 * (steps[1:] + steps[:-1]), [steps[-1] + 0.5]])
    return steps, np.diff(edges)
