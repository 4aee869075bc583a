"""Sampler: evidence and posterior of several explanations of the same data, from a few thousand simulated histories.

Waves of histories teach a surrogate where the data are met (`surrogate`, `proposal`); then everything is frozen and one
pass is run at the same points, seed and lanes for every explanation. Only the frozen pass enters a result: its weights
are exact, its draws independent, so evidence estimates are unbiased and their errors are those of plain means.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from interlope.ensemble import keys
from interlope.errors import RunFailed
from interlope.inference import importance, proposal
from interlope.inference.surrogate import Training, fit

# (explanation, common [n, dc], own [n, do], seed, lanes [n]) -> statistics [n, m]; a failed history has NaN
Simulate = Callable[[int, np.ndarray, np.ndarray, int, np.ndarray], np.ndarray]
LEAST = 12  # histories of an explanation that must complete in a wave
FIRST_POWER = 0.5  # the first wave after the prior goes half the way, the surrogate being rough


@dataclass(frozen=True)
class Problem:
    """What is to be inferred: explanations, sizes of the coordinate blocks, a simulator and a likelihood.

    `used` are the columns of the statistics that `score` takes; the others are carried along.
    """

    explanations: tuple[str, ...]
    common: int
    own: tuple[int, ...]
    simulate: Simulate
    score: proposal.Score
    used: np.ndarray


@dataclass(frozen=True)
class Counts:
    """How many histories: `waves` in all explanations together, `final` for each; candidates cost no history.

    `more`: how often the final pass is run again, with further picks of the same frozen candidates, while a gate fails.
    """

    waves: tuple[int, ...] = (480, 400, 400)
    final: int = 680
    candidates: int = 6000
    repeats: int = 3
    more: int = 1

    def total(self, explanations: int) -> int:
        """Number of histories in all when no further pass is needed."""
        return sum(self.waves) + self.final * explanations


@dataclass(frozen=True)
class Pass:
    """The frozen pass: points, statistics [h, n, m], log weights without likelihood [h, n], seed and lanes of luck."""

    picked: proposal.Picked
    statistics: np.ndarray
    log_weight: np.ndarray
    seed: int
    lanes: np.ndarray


def run(problem: Problem, seed: int, counts: Counts) -> Pass:
    """Run waves and the frozen pass.

    Parameters
    ----------
    problem : see `Problem`. seed : everything follows from it. counts : see `Counts`.

    Raises
    ------
    RunFailed
        When too few histories of a wave complete to learn from.
    """
    training: Training | None = None
    start: tuple[np.ndarray, ...] | None = None
    for turn, size in enumerate(counts.waves):
        label = f"wave-{turn}"
        if training is None:
            picked = _from_prior(problem, size, seed, label)
        else:
            target = _target(problem, training, FIRST_POWER if turn == 1 else 1.0)
            summits = proposal.reach(target, seed, label, counts.candidates // 4, start)
            start = tuple(s.mean for s in summits)
            frozen = proposal.freeze(target, summits, seed, label, size=counts.candidates // 4, repeats=1)
            picked = frozen.pick(size, keys.stream(seed, label, "picked"))
        for h in range(len(problem.explanations)):
            rows = np.arange(h, size, len(problem.explanations))
            made = problem.simulate(
                h, picked.common[rows], picked.own[h][rows], keys.integer(seed, label), rows.astype(np.int64)
            )
            training = _learn(problem, training, h, picked, rows, made, 1.0 if turn else 0.3)
    if training is None:
        raise ValueError("no wave; expected at least one number of histories in Counts.waves")
    target = _target(problem, training)
    summits = proposal.reach(target, seed, "final", counts.candidates // 2, start)
    frozen = proposal.freeze(target, summits, seed, "final", size=counts.candidates, repeats=counts.repeats)
    done = _final(problem, frozen, seed, counts.final, 0)
    for turn in range(1, counts.more + 1):
        if _resolved(problem, done):
            break
        done = _joined(done, _final(problem, frozen, seed, counts.final, turn))
    return done


def _final(problem: Problem, frozen: proposal.Frozen, seed: int, n: int, turn: int) -> Pass:
    """One pass of n picks, run for every explanation with the same luck."""
    picked = frozen.pick(n, keys.stream(seed, "final", "picked", turn))
    lanes, key = np.arange(turn * n, (turn + 1) * n, dtype=np.int64), keys.integer(seed, "frozen")
    explanations = range(len(problem.explanations))
    statistics = [problem.simulate(h, picked.common, picked.own[h], key, lanes) for h in explanations]
    return Pass(picked, np.stack(statistics), picked.log_weight, key, lanes)


def _joined(first: Pass, second: Pass) -> Pass:
    picked = proposal.joined(first.picked, second.picked)
    statistics = np.concatenate([first.statistics, second.statistics], axis=1)
    return Pass(picked, statistics, picked.log_weight, first.seed, np.concatenate([first.lanes, second.lanes]))


def _resolved(problem: Problem, done: Pass) -> bool:
    """Whether every explanation keeps to the gates."""
    for h, statistics in enumerate(done.statistics):
        seen = statistics[:, problem.used]
        scored = np.nan_to_num(problem.score(h, seen), nan=-np.inf)
        log_w = done.log_weight[h] + np.where(np.isfinite(seen).all(axis=1), scored, -np.inf)
        if not importance.resolved(importance.evidence(log_w, done.picked.extra(h))):
            return False
    return True


def _target(problem: Problem, training: Training, power: float = 1.0) -> proposal.Target:
    surrogate = fit(training, len(problem.explanations), problem.own)
    return proposal.Target(surrogate, problem.score, problem.common, problem.own, power)


def _from_prior(problem: Problem, size: int, seed: int, label: str) -> proposal.Picked:
    generator = keys.stream(seed, label)
    z = generator.standard_normal((size, problem.common))
    own = tuple(generator.standard_normal((size, k)) for k in problem.own)
    return proposal.Picked(z, own, np.zeros((len(own), size)), np.zeros((2, len(own), size)), 0.0)


def _learn(
    problem: Problem,
    training: Training | None,
    h: int,
    picked: proposal.Picked,
    rows: np.ndarray,
    made: np.ndarray,
    weight: float,
) -> Training:
    own = np.zeros((len(rows), max(problem.own, default=0)))
    own[:, : problem.own[h]] = picked.own[h][rows]
    seen = made[:, problem.used]
    complete = int(np.isfinite(seen).all(axis=1).sum())
    if complete < LEAST:
        raise RunFailed(
            f"{complete} of {len(rows)} histories of '{problem.explanations[h]}' completed; expected at least {LEAST}; "
            "narrow the priors of this explanation, or look at one history with 'simulate'"
        )
    fresh = Training(picked.common[rows], own, np.full(len(rows), h), seen, np.full(len(rows), weight))
    return fresh if training is None else training.joined(fresh)
