"""Paths: a case's explanations as a world that the sampler runs from checkpoint to checkpoint."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from interlope.ensemble import design, paired
from interlope.ensemble.paired import Paired
from interlope.inference.fitting.checkpoints import CheckpointDays
from interlope.model.setting import Setting
from interlope.scenario.case import Case
from interlope.scenario.resolved import ResolvedParameter
from interlope.scenario.variants import chances, pick


@dataclass(frozen=True, eq=False)
class Coordinates:
    """How the sampler's coordinates become parameters.

    Attributes
    ----------
    explanations : tuple of str
        Names of the explanations, the one with the fewest parameters of its own first.
    common : tuple of str
        Parameters that every explanation samples from the same prior.
    months : int
        Number of monthly innovations, whose coordinates follow those of the common parameters.
    own : dict of str to tuple of str
        The other sampled parameters of each explanation.
    known : dict
        Parameters with their priors, by explanation and name.
    chances : dict
        Prior probabilities of the variants of each explanation that has some; which one holds is its last own coordinate.
    """

    explanations: tuple[str, ...]
    common: tuple[str, ...]
    months: int
    own: dict[str, tuple[str, ...]]
    known: dict[str, dict[str, ResolvedParameter]]
    chances: dict[str, tuple[float, ...]]

    def size(self, hypothesis: str) -> int:
        """Number of own coordinates of an explanation."""
        return len(self.own[hypothesis]) + (1 if hypothesis in self.chances else 0)

    def design(self, hypothesis: str, common: np.ndarray, own: np.ndarray) -> design.Design:
        """Parameters and innovations at coordinates [n, dc], [n, do]."""
        shared = len(self.common)
        names = self.common + self.own[hypothesis]
        variant = pick(self.chances[hypothesis], ndtr(own[:, -1])) if hypothesis in self.chances else None
        unit = np.hstack([common[:, :shared], own[:, : len(self.own[hypothesis])]])
        values = design.values(self.known[hypothesis], names, unit, variant)
        return design.Design(hypothesis, names, unit, values, np.ascontiguousarray(common[:, shared:]), variant)


def coordinates(case: Case, months: int) -> Coordinates:
    """Split the sampled parameters of a case's explanations into common and own ones.

    Explanations are put in order: the one with the fewest parameters of its own first.
    """
    known = {h: case.parameters(h) for h in case.hypotheses}
    names = {h: design.sampled(k) for h, k in known.items()}
    names = dict(sorted(names.items(), key=lambda item: len(item[1])))
    first = next(iter(names))
    common = tuple(
        n
        for n in names[first]
        if all(n in names[h] and not known[h][n].variants and known[h][n].prior.text == known[first][n].prior.text for h in names)
    )
    own = {h: tuple(n for n in names[h] if n not in common) for h in names}
    chance = {h: chances(case.hypotheses[h].variants) for h in names if case.hypotheses[h].variants}
    return Coordinates(tuple(names), common, months, own, known, chance)


@dataclass(frozen=True, eq=False)
class Paths:
    """Paths of a case; see `problem.PathSimulator`. `threads` run the paths of one population.

    Particles are the simulator's states, with a second run of each where evidence names an event.
    """

    setting: Setting
    where: Coordinates
    checkpoints: CheckpointDays
    threads: int

    @property
    def complete(self) -> Sequence[np.ndarray]:
        """For each checkpoint, which used statistics are complete by then."""
        return self.checkpoints.complete

    @property
    def sizes(self) -> Sequence[int]:
        """Number of partial statistics at each checkpoint."""
        return self.checkpoints.sizes

    def begin(self, h: int, common: np.ndarray, own: np.ndarray, seed: int, streams: np.ndarray) -> Paired:
        """Start paths."""
        inputs = self.where.design(self.where.explanations[h], common, own)
        points = self.checkpoints
        return paired.begin(self.setting, inputs.values, inputs.innovations, seed, streams, points.table, points.counterfactual)

    def advance(self, particles: Paired, step: int) -> Paired:
        """Run them to a checkpoint."""
        return paired.advance(particles, self.checkpoints.ends[step], record=False, threads=self.threads)[0]

    def branch(self, particles: Paired, index: np.ndarray, streams: np.ndarray) -> Paired:
        """Copies with random numbers of their own from now on."""
        return paired.clone(particles, index, streams)

    def read(self, particles: Paired, step: int) -> tuple[np.ndarray, np.ndarray]:
        """Used and partial statistics."""
        return self.checkpoints.read(particles.statistics, step)

    def outcome(self, particles: Paired) -> np.ndarray:
        """The case's statistics."""
        return particles.statistics[:, : self.checkpoints.total]
