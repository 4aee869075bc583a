"""Problem: what the sampler is given: explanations, a world that runs paths, a likelihood, and how much may be simulated."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Protocol

import numpy as np

from interlope.arguments import MANY, read_number, read_whole
from interlope.inference.sampling.proposal import Score

AIM = 0.135  # standard error of log evidence that every explanation gets before a budget is spent on smaller ones


class PathSimulator(Protocol):
    """A simulator that runs paths from checkpoint to checkpoint. Particles are whatever it likes; n rows of them at a time."""

    @property
    def complete(self) -> Sequence[np.ndarray]:
        """For each checkpoint, which used statistics are complete by then [steps][u]; all of them at the last one."""
        ...

    @property
    def sizes(self) -> Sequence[int]:
        """Number of partial statistics at each checkpoint."""
        ...

    def begin(self, h: int, common: np.ndarray, own: np.ndarray, seed: int, streams: np.ndarray) -> Any:
        """Start paths of explanation h at coordinates [n, dc], [n, do], in random streams [n]."""
        ...

    def advance(self, particles: Any, step: int) -> Any:
        """Run them to a checkpoint."""
        ...

    def branch(self, particles: Any, index: np.ndarray, streams: np.ndarray) -> Any:
        """Copies of those of the index [n], in random streams [n] from now on."""
        ...

    def read(self, particles: Any, step: int) -> tuple[np.ndarray, np.ndarray]:
        """Used statistics [n, u] and the checkpoint's partial ones [n, q]; NaN where not complete, or where a path failed."""
        ...

    def outcome(self, particles: Any) -> np.ndarray:
        """Every statistic that enters results [n, m], after the last checkpoint."""
        ...


@dataclass(frozen=True)
class Problem:
    """What is to be inferred: explanations, sizes of the coordinate blocks, a world and a likelihood.

    Attributes
    ----------
    explanations : tuple of str
        Names of the explanations.
    common : int
        Number of coordinates that all explanations share. Every coordinate is standard normal by its prior.
    own : tuple of int
        Number of further coordinates of each explanation.
    world : PathSimulator
        Runs paths.
    score : Score
        Log likelihood that steers: (explanation, used statistics [n, u]) -> [n].
    exact : Score
        Log likelihood that enters results, of the same form.
    """

    explanations: tuple[str, ...]
    common: int
    own: tuple[int, ...]
    world: PathSimulator
    score: Score
    exact: Score


@dataclass(frozen=True)
class Effort:
    """How much is simulated.

    Attributes
    ----------
    waves : tuple of int
        Training replicates in all explanations together, wave by wave.
    particles : int
        Particles of a population.
    populations : int
        Populations of each explanation at first.
    limit : int
        Most populations of one explanation.
    candidates, residuals : int
        Candidates scored for each population, and residual vectors around each forecast; they cost no simulation.
    error : float
        Standard error of log evidence that is aimed at.
    replicates : int, optional
        Budget of replicates for everything together, training included, instead of `limit`; the first populations of every explanation
        are run in any case.
    seconds : float, optional
        The same as a budget of time [s].
    """

    waves: tuple[int, ...] = (480, 400, 500, 900)
    particles: int = 500
    populations: int = 2
    limit: int = 10
    candidates: int = 3000
    residuals: int = 24
    error: float = AIM
    replicates: int | None = None
    seconds: float | None = None

    def __post_init__(self) -> None:
        waves = self.waves if isinstance(self.waves, Sequence) and self.waves else (self.waves,)
        object.__setattr__(self, "waves", tuple(read_whole("waves", wave, 1, MANY) for wave in waves))
        for field in fields(self)[1:]:
            value = getattr(self, field.name)
            if field.name in ("error", "seconds"):
                read = value if field.name == "seconds" and value is None else read_number(field.name, value, 0.0)
            else:
                read = None if field.name == "replicates" and value is None else read_whole(field.name, value, 1)
            object.__setattr__(self, field.name, read)

    @property
    def budgeted(self) -> bool:
        """Whether a budget decides how many populations are run, in place of `limit`."""
        return self.replicates is not None or self.seconds is not None

    def total(self, explanations: int) -> int:
        """Replicates in all when no further population is needed."""
        return sum(self.waves) + self.particles * self.populations * explanations
