"""Sampler: evidence and posterior of several explanations of the same data, from a few thousand simulated paths.

1. Waves of replicates train a surrogate (`surrogate`): from the priors, half way, then from each explanation's own proposal.
2. Everything is frozen. Each explanation gets several independent *populations* of particles (`smc`): points picked from fresh
   candidates of its proposal, run from checkpoint to checkpoint and resampled there by a potential that looks ahead (`lookahead`).
   Chance inside the simulation is thereby averaged where it decides; every population's estimate of the evidence is unbiased.
3. An explanation whose checks fail gets more populations: as many as its error asks for, within the effort's limit.

Only the populations enter a result. What descends from one candidate counts as one point: errors, effective numbers and Pareto k are
taken over points (`importance`).
"""
from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from interlope.ensemble import keys
from interlope.errors import RunFailed
from interlope.inference.sampling import chains, importance, laplace, proposal, smc, surrogate
from interlope.inference.sampling.importance import Evidence
from interlope.inference.sampling.laplace import Gaussian
from interlope.inference.sampling.lookahead import Lookahead
from interlope.inference.sampling.population import FIELDS, Population, assess, passes
from interlope.inference.sampling.problem import AIM, Effort, Problem
from interlope.inference.sampling.surrogate import Training

MOST = 1000  # populations that an explanation may ever have; random streams are numbered by it
ROUNDS = 3  # how often an explanation that misses its aim gets more, without a budget
LEAST = 12  # replicates of an explanation that must complete in a wave
FIRST_POWER = 0.5  # the first wave after the prior goes half the way, the surrogate being rough
FLOOR = 0.05  # part of its potential that a particle keeps at every step; see `smc.run`
FIRST_WEIGHT = 0.15  # weight of the prior's replicates in training, against 1 for those nearer to the data


class Blocks(Protocol):
    """Where finished parts of a fit are kept, by a name that says all that made them."""

    def find(self, name: str) -> dict[str, np.ndarray] | None: ...
    def put(self, name: str, arrays: dict[str, np.ndarray]) -> None: ...


class Forgetful:
    """Keeps nothing."""

    def find(self, name: str) -> dict[str, np.ndarray] | None:
        """Never anything."""
        return None

    def put(self, name: str, arrays: dict[str, np.ndarray]) -> None:
        """Nothing is kept."""


class Meter:
    """Counts replicates over threads and tells them on; `fresh` are those that were not taken from an earlier run."""

    def __init__(self, total: int, tell: Callable[[int, int], None]):
        self.total, self.done, self.fresh, self._tell, self._lock = total, 0, 0, tell, threading.Lock()

    def add(self, replicates: int, fresh: bool = True) -> None:
        """So many more are done."""
        with self._lock:
            self.done += replicates
            self.fresh += replicates if fresh else 0
            self.total = max(self.total, self.done)
            self._tell(self.done, self.total)

    def more(self, replicates: int) -> None:
        """So many more are to be done."""
        with self._lock:
            self.total += replicates


def nothing(done: int, total: int) -> None:
    """The progress that is told to nobody."""


@dataclass(frozen=True, eq=False)
class Sampled:
    """Populations by explanation, in the problem's order; `seed` of the simulator's random streams, `trained` replicates of the waves."""

    populations: tuple[tuple[Population, ...], ...]
    seed: int
    trained: int
    candidates: int


class Run:
    """One run of the sampler; see `run`."""

    def __init__(self, problem: Problem, seed: int, effort: Effort, *, threads: int, blocks: Blocks, label: str,
                 progress: Callable[[int, int], None]):
        self.problem, self.seed, self.effort, self.threads = problem, seed, effort, threads
        self.blocks, self.label = blocks, label
        self.explanations = range(len(problem.explanations))
        self.meter = Meter(effort.total(len(problem.explanations)), progress)
        self.key = keys.integer(seed, "populations")
        self.began, self.stopping = time.perf_counter(), threading.Event()
        most = len(self.explanations) * MOST * len(problem.world.sizes) * effort.particles
        if most > 1 << 32:
            raise ValueError(f"{effort.particles} particles over {len(problem.world.sizes)} checkpoints for {len(self.explanations)} "
                             "explanations need more random streams than there are; expected fewer particles")

    # training

    def train(self) -> Training:
        """Run every wave; the last surrogate is fitted to all of them."""
        training: Training | None = None
        self.centres: list[Gaussian] | None = None
        for turn, size in enumerate(self.effort.waves):
            label = f"wave-{turn}"
            if training is None:
                points = self._from_prior(size, label)
            else:
                points = self._proposed(training, turn)
            parts = self._parallel(lambda h: self._wave(label, h, points[h]), self.explanations)  # noqa: B023
            for h, (common, own, statistics) in enumerate(parts):
                training = self._learn(training, h, common, own, statistics, 1.0 if turn else FIRST_WEIGHT)
        if training is None:
            raise ValueError("no wave; expected at least one number of replicates in Effort.waves")
        return training

    def _from_prior(self, size: int, label: str) -> list[np.ndarray]:
        problem = self.problem
        found = []
        for h in self.explanations:
            n = len(range(h, size, len(problem.explanations)))
            found.append(keys.stream(self.seed, label, h).standard_normal((n, problem.common + problem.own[h])))
        return found

    def _proposed(self, training: Training, turn: int) -> list[np.ndarray]:
        size, label, power = self.effort.waves[turn], f"wave-{turn}", FIRST_POWER if turn == 1 else 1.0
        target = self._target(training, power)
        last = turn == len(self.effort.waves) - 1
        self.centres = self._parallel(lambda h: self._centre(target, h, label, chains.SHORT if last else None), self.explanations)
        made = []
        for h in self.explanations:
            n = len(range(h, size, len(self.problem.explanations)))
            ahead = self._lookahead(target.surrogate, h, label, 6)
            generator = keys.stream(self.seed, label, "picks", h)
            made.append(proposal.pick(proposal.mixture(self.centres[h]), self._potential(ahead, power), 8 * n, n, generator,
                                      power=0.7, even=0.1).z)
        return made

    def _wave(self, label: str, h: int, z: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        dc, world = self.problem.common, self.problem.world
        common, own = z[:, :dc], z[:, dc:]
        name = keys.digest(self.seed, self.label, label, h, keys.digest(0, z.tobytes().hex()).hex()).hex()
        found, kept = self.blocks.find(name), True
        if found is None or set(found) != {"statistics"} or len(found["statistics"]) != len(z):
            kept = False
            particles = world.begin(h, common, own, keys.integer(self.seed, label), np.arange(len(z)) * len(self.explanations) + h)
            used, parts = np.zeros((len(z), 0)), []
            for step in range(len(world.sizes)):
                particles = world.advance(particles, step)
                used, partial = world.read(particles, step)
                parts.append(partial)
            found = {"statistics": np.hstack([used, *parts])}
            self.blocks.put(name, found)
        self.meter.add(len(z), fresh=not kept)
        return common, own, found["statistics"]

    def _learn(self, training: Training | None, h: int, common: np.ndarray, own: np.ndarray, statistics: np.ndarray,
               weight: float) -> Training:
        padded = np.zeros((len(common), max(self.problem.own, default=0)))
        padded[:, : self.problem.own[h]] = own
        complete = int(np.isfinite(statistics).all(axis=1).sum())
        if complete < min(LEAST, len(common)):
            raise RunFailed(
                f"{complete} of {len(common)} replicates of '{self.problem.explanations[h]}' completed; expected at least {LEAST}; "
                "narrow the priors of this explanation, or look at one replicate with 'simulate'"
            )
        fresh = Training(common, padded, np.full(len(common), h), statistics, np.full(len(common), weight))
        return fresh if training is None else training.joined(fresh)

    def _target(self, training: Training, power: float = 1.0) -> proposal.Target:
        used = len(self.problem.world.complete[0])
        whole = surrogate.fit(training, len(self.explanations), self.problem.own, used)
        return proposal.Target(whole, self.problem.score, self.problem.common, self.problem.own, power)

    def _centre(self, target: proposal.Target, h: int, label: str, length: chains.Length | None) -> Gaussian:
        """The Gaussian of explanation h's surrogate posterior: fitted to chains, or the Laplace approximation without a length."""
        used = len(self.problem.world.complete[0])
        narrow = replace(target, surrogate=target.surrogate.first(used))
        dc, do = self.problem.common, self.problem.own[h]
        before = None if self.centres is None else self.centres[h].mean
        start = laplace.approximate(narrow.surrogate, self.problem.score, h, dc, do, target.power, before)
        if length is None:
            return start
        drawn = chains.draw(narrow, h, start, keys.stream(self.seed, label, "chains", h), length)
        return proposal.fitted(drawn, Gaussian(drawn.mean(axis=0), np.diag(drawn.var(axis=0))))

    def _lookahead(self, whole: surrogate.Surrogate, h: int, label: str, residuals: int) -> Lookahead:
        world = self.problem.world
        rows = whole.draw_residuals(h, residuals, keys.stream(self.seed, label, "residuals", h))
        return Lookahead(whole, tuple(world.complete), tuple(world.sizes), rows, self.problem.score, h)

    def _potential(self, ahead: Lookahead, power: float = 1.0) -> Callable[[np.ndarray], np.ndarray]:
        narrow, dc, h = ahead.surrogate.first(ahead.used), self.problem.common, ahead.explanation
        return lambda z: power * ahead.before(narrow.forecast(h, z[:, :dc], z[:, dc:]))

    # populations

    def prepare(self, training: Training) -> None:
        """Freeze surrogate and proposals."""
        target = self._target(training)
        self.whole = target.surrogate
        centres = self._parallel(lambda h: self._centre(target, h, "final", chains.Length()), self.explanations)
        self.proposals = [proposal.mixture(c) for c in centres]
        self.frozen = keys.digest(0, training.statistics.tobytes().hex()).hex()

    def population(self, h: int, index: int) -> Population:
        """One population of explanation h."""
        name = keys.digest(self.seed, self.label, "population", h, index, repr(self.effort.particles), self.effort.candidates,
                           self.effort.residuals, self.frozen).hex()
        found = self.blocks.find(name)
        if found is None or set(found) != FIELDS or len(found["log_weight"]) != self.effort.particles:
            made = self._population(h, index)
            self.blocks.put(name, made.arrays())
            return made
        self.meter.add(self.effort.particles, fresh=False)
        return Population(**found)

    def _population(self, h: int, index: int) -> Population:
        problem, world, n = self.problem, self.problem.world, self.effort.particles
        steps, dc = len(world.sizes), problem.common
        ahead = self._lookahead(self.whole, h, f"population-{index}", self.effort.residuals)
        value = self._potential(ahead)
        ahead = replace(ahead, anchor=float(value(self.proposals[h].means[0][None])[0]))
        generator = keys.stream(self.seed, "population", h, index)
        picks = proposal.pick(self.proposals[h], lambda z: ahead.tempered(value(z), -1), self.effort.candidates, n, generator)
        first = ((h * MOST + index) * steps) * n
        streams = first + np.arange(n)
        common, own = picks.z[:, :dc], picks.z[:, dc:]
        at_start = _Particles(world.begin(h, common, own, self.key, streams), ahead.forecast(common, own), streams[:, None])
        told, running, surviving = 0, np.ones(n, dtype=bool), 1.0

        def move(p: _Particles, step: int) -> _Particles:
            nonlocal told
            if self.stopping.is_set():
                raise KeyboardInterrupt
            moved = replace(p, paths=world.advance(p.paths, step))
            upto = n * (step + 1) // steps
            self.meter.add(upto - told)
            told = upto
            return moved

        def potential(p: _Particles, step: int) -> np.ndarray:
            nonlocal running, surviving
            used, partial = world.read(p.paths, step)
            still = running & np.isfinite(used[:, world.complete[step]]).all(axis=1) & np.isfinite(partial).all(axis=1)
            surviving *= float(still.sum()) / max(float(running.sum()), 1.0)
            running = still
            if step == steps - 1:
                return self._exact(h, used)
            return ahead.tempered(ahead.after(step, p.forecast, used, partial), step)

        def branch(p: _Particles, at: np.ndarray, step: int) -> _Particles:
            nonlocal running
            running = running[at]
            fresh = first + (step + 1) * n + np.arange(n)
            return _Particles(world.branch(p.paths, at, fresh), p.forecast[at], np.column_stack([p.streams[at], fresh]))

        done = smc.run(at_start, steps, move, potential, branch, keys.integer(self.seed, "resample", h, index),
                       start=picks.log_weight + picks.potential, known=picks.potential, floor=FLOOR)
        self.meter.add(n - told)
        origin = smc.ancestors(done)
        used, _ = world.read(done.particles.paths, steps - 1)
        likelihood = self._exact(h, used)
        picking = 1.0 / importance.effective(picks.scores) - 1.0 / self.effort.candidates
        resampling = np.where(done.resampled[:-1], (1.0 / np.maximum(done.effective[:-1], 1e-9) - 1.0) / n, 0.0)
        return Population(
            common[origin], own[origin], picks.candidate[origin], _padded(done.particles.streams, steps),
            world.outcome(done.particles.paths), done.log_weight, likelihood, done.weights.astype(np.float32),
            done.parents.astype(np.int32), done.resampled,
            np.array(1.0 - surviving), picks.candidate, np.array([picking, *resampling]),
        )

    def _exact(self, h: int, used: np.ndarray) -> np.ndarray:
        good = np.isfinite(used).all(axis=1)
        found = np.full(len(used), -np.inf)
        if good.any():
            found[good] = np.nan_to_num(self.problem.exact(h, used[good]), nan=-np.inf)
        return found

    def populations(self, counts: Sequence[int] | None = None) -> tuple[tuple[Population, ...], ...]:
        """Populations of every explanation; more for those that miss their aim, unless `counts` says how many each gets."""
        made: list[list[Population]] = [[] for _ in self.explanations]
        wanted = list(counts or [self.effort.populations] * len(self.explanations))
        budgeted = self.effort.replicates is not None or self.effort.seconds is not None
        for turn in range(MOST):
            jobs = [(h, i) for i in range(max(wanted)) for h in self.explanations if len(made[h]) <= i < wanted[h]]
            for (h, _), population in zip(jobs, self._parallel(lambda job: self.population(*job), jobs)):
                made[h].append(population)
            further = [0] * len(made) if counts else self._further(made)
            if not any(further) or (turn >= ROUNDS and not budgeted):
                break
            self.meter.more(sum(further) * self.effort.particles)
            wanted = [len(p) + more for p, more in zip(made, further)]
        return tuple(tuple(p) for p in made)

    def _further(self, made: Sequence[Sequence[Population]]) -> list[int]:
        """How many more populations each explanation gets: those furthest from their aim first, within what is left."""
        effort, left = self.effort, self._left()
        budgeted = effort.replicates is not None or effort.seconds is not None
        found = [assess(p, effort.candidates) for p in made]
        sound = [passes(p, effort.candidates, f) for p, f in zip(made, found)]
        aim = effort.error if all(sound) else max(effort.error, AIM)  # a budget mends what fails before it is spent on precision
        further = [0] * len(made)
        for h in sorted(self.explanations, key=lambda h: (sound[h], -found[h].error)):
            limit = MOST if budgeted else effort.limit
            further[h] = min(max(0, min(asked(found[h], len(made[h]), aim, sound[h]), limit) - len(made[h])), left)
            left -= further[h]
        return further

    def _left(self) -> int:
        """Populations that the budget still allows, at the rate so far where it is one of time."""
        left = MOST
        if self.effort.replicates is not None:
            left = min(left, (self.effort.replicates - self.meter.done) // self.effort.particles)
        if self.effort.seconds is not None:
            spent = time.perf_counter() - self.began
            left = min(left, int((self.effort.seconds - spent) * self.meter.fresh / max(spent, 1e-9) / self.effort.particles))
        return max(left, 0)

    def _parallel(self, work: Callable[[Any], Any], jobs: Sequence[Any]) -> list[Any]:
        """Results in the order of the jobs; after Ctrl-C populations under way stop at their next checkpoint and nothing more begins."""
        if self.threads == 1 or len(jobs) == 1:
            return [work(job) for job in jobs]
        with ThreadPoolExecutor(self.threads) as pool:
            try:
                return list(pool.map(work, jobs))
            except BaseException:
                self.stopping.set()
                pool.shutdown(cancel_futures=True)
                raise


@dataclass(frozen=True, eq=False)
class _Particles:
    """Paths of a world with the forecast of their statistics and their random streams so far."""

    paths: Any
    forecast: np.ndarray
    streams: np.ndarray


def _padded(streams: np.ndarray, steps: int) -> np.ndarray:
    """Streams [n, steps] of a population that ended early, because nothing in it had any weight: the last one stays."""
    return np.pad(streams, ((0, 0), (0, steps - streams.shape[1])), mode="edge")


def asked(found: Evidence, have: int, error: float, sound: bool) -> int:
    """How many populations an explanation should have, given what `have` of them found.

    As many as its error asks for, which falls with the root of their number; at least half as many again where a check fails; at most
    three times as many at once.
    """
    if sound and found.error <= error:
        return have
    if not np.isfinite(found.error):
        return 3 * have
    return int(np.clip(np.ceil(have * (found.error / error) ** 2), have + (have + 1) // 2, 3 * have))


def run(problem: Problem, seed: int, effort: Effort, *, counts: Sequence[int] | None = None, threads: int = 1,
        blocks: Blocks | None = None, label: str = "", progress: Callable[[int, int], None] = nothing) -> Sampled:
    """Train, then run populations of every explanation.

    Parameters
    ----------
    problem : see `Problem`. seed : everything follows from it. effort : see `Effort`.

    Other arguments
    ---------------
    counts : populations of each explanation, to repeat a run whose budget decided them.
    threads : waves and populations that run side by side; the result does not depend on it.
    blocks : where finished waves and populations are kept. label : names the problem in `blocks`.
    progress : called with (replicates done, in all).

    Raises
    ------
    RunFailed
        When too few replicates of a wave complete to learn from.
    """
    job = Run(problem, seed, effort, threads=threads, blocks=blocks or Forgetful(), label=label, progress=progress)
    training = job.train()
    job.prepare(training)
    return Sampled(job.populations(counts), job.key, sum(effort.waves), effort.candidates)
