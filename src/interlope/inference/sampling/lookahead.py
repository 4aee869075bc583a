"""Lookahead: how likely all evidence will be, given a path up to a checkpoint.

What is not complete at a checkpoint is forecast: the surrogate's forecast from the parameters, moved by how far the path's complete
and partial statistics lie from theirs (regression among the surrogate's residuals), with whole residual vectors around it. The
likelihood of complete and forecast statistics together, averaged over the residuals, is the potential that weighs the path
(`smc`). It only steers: the last potential is the likelihood itself, so a poor forecast costs precision and never biases a result.

References
----------
Lin, M., Chen, R. & Liu, J. S. (2013). Lookahead strategies for sequential Monte Carlo. Statistical Science 28.
Whiteley, N. & Lee, A. (2014). Twisted particle filters. Annals of Statistics 42.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from interlope.dossier.density import log_sum
from interlope.inference.sampling.problem import Problem
from interlope.inference.sampling.proposal import Score
from interlope.inference.sampling.surrogate import Surrogate

TEMPER = 0.8  # power of a potential before the first step; it rises to 1 at the last
RIDGE = 0.3  # part of its own variance added to that of each seen residual
REACH = 3.0  # residuals count as at most so many of their standard deviations
ROWS = 6000  # statistics scored at once
LEAST = -1e9  # a forecast rules no path out, however unlikely it finds the evidence


@dataclass(frozen=True, eq=False)
class Lookahead:
    """Forecasts of what one explanation's paths will come to.

    Attributes
    ----------
    surrogate : Surrogate
        Trained on used statistics, then the partial statistics of every checkpoint in order.
    complete : tuple of ndarray
        For each checkpoint, which used statistics are complete [steps][u].
    sizes : tuple of int
        Number of partial statistics at each checkpoint.
    residuals : ndarray
        Rows of the explanation's residuals that stand for what is left open, the same for all paths; at checkpoints, where less is open,
        the first half of them.
    score : Score
        Log likelihood of complete statistics.
    explanation : int
        Index of the explanation.
    common : int
        Number of the coordinates that all explanations share; they come first.
    anchor : float
        Log potential that tempering leaves as it is, such as that of the proposal's middle.
    """

    surrogate: Surrogate
    complete: tuple[np.ndarray, ...]
    sizes: tuple[int, ...]
    residuals: np.ndarray
    score: Score
    explanation: int
    common: int
    anchor: float = 0.0

    @cached_property
    def used(self) -> int:
        """Number of statistics that the likelihood reads."""
        return len(self.complete[0])

    @cached_property
    def _covariance(self) -> np.ndarray:
        """Covariance of residuals, over all explanations: one alone has too few for so many seen statistics."""
        explanations = range(len(self.surrogate.residual))
        return np.mean([self.surrogate.left_open(h) for h in explanations], axis=0)

    @cached_property
    def _open(self) -> np.ndarray:
        return self.surrogate.residual[self.explanation][self.residuals]

    def forecast(self, common: np.ndarray, own: np.ndarray) -> np.ndarray:
        """Forecast of every statistic [n, all], on the surrogate's working scale."""
        return self.surrogate.forecast(self.explanation, common, own)

    def tempered(self, value: np.ndarray, step: int) -> np.ndarray:
        """Potentials that claim less than the forecasts do, the less the more is still open; `step` -1 is before the first.

        A forecast errs in the same direction for all of a point's path. What it rates too low would be resampled away early, and what is
        left of it would come back with huge weights.
        """
        power = TEMPER + (1.0 - TEMPER) * (step + 1) / len(self.complete)
        return self.anchor + power * (value - self.anchor)

    def of_coordinates(self) -> Callable[[np.ndarray], np.ndarray]:
        """The log potential [n] of paths that have not begun, as a function of their coordinates [n, d]."""
        narrow, dc = self.surrogate.first(self.used), self.common
        return lambda z: self.before(narrow.forecast(self.explanation, z[:, :dc], z[:, dc:]))

    def before(self, forecast: np.ndarray) -> np.ndarray:
        """Log potential [n] of paths that have not begun, from a forecast [n, u or more]."""
        centre = forecast[:, None, : self.used]
        return self._average(lambda rows: centre[rows] + self._open[:, : self.used], len(forecast))

    def after(self, step: int, forecast: np.ndarray, used: np.ndarray, partial: np.ndarray) -> np.ndarray:
        """Log potential of paths at a checkpoint.

        Parameters
        ----------
        step : int
            The checkpoint.
        forecast : ndarray
            Forecast of every statistic from the parameters [n, all], on the surrogate's working scale.
        used : ndarray
            Used statistics read off the paths [n, u]; NaN where not complete, or where a path failed.
        partial : ndarray
            Partial statistics of this checkpoint [n, q].

        Returns
        -------
        ndarray
            Log potential [n], -inf where a path failed.
        """
        done = self.complete[step]
        first = self.used + sum(self.sizes[:step])
        seen = np.concatenate([np.flatnonzero(done), np.arange(first, first + self.sizes[step])])
        ahead = np.flatnonzero(~done)
        complete = np.isfinite(used[:, done]).all(axis=1) & np.isfinite(partial).all(axis=1)
        result = np.full(len(forecast), -np.inf)
        if not complete.any():
            return result
        values = np.full((int(complete.sum()), self.surrogate.scale.columns), 0.0)
        values[:, seen] = np.hstack([used[complete][:, done], partial[complete]])
        most = REACH * np.sqrt(np.diag(self._covariance)[seen])
        deviation = np.clip((self.surrogate.scale.forward(values) - forecast[complete])[:, seen], -most, most)
        slope = self._slope(seen, ahead)
        centre = forecast[complete][:, ahead] + deviation @ slope.T
        left = self._open[: max(1, len(self.residuals) // 2)]
        around = left[:, ahead] - left[:, seen] @ slope.T
        observed = used[complete]

        def rows_of(rows: slice) -> np.ndarray:
            full = np.repeat(np.nan_to_num(observed[rows])[:, None], len(around), axis=1)
            working = np.zeros((*full.shape[:2], self.used))
            working[:, :, ahead] = centre[rows, None] + around
            back = self.surrogate.scale.back(working)
            full[:, :, ahead] = back[:, :, ahead]
            return full

        result[complete] = np.maximum(self._average(rows_of, int(complete.sum()), ready=True), LEAST)
        return result

    def _slope(self, seen: np.ndarray, ahead: np.ndarray) -> np.ndarray:
        """Regression [ahead, seen] of residuals on seen residuals."""
        if not len(seen):
            return np.zeros((len(ahead), 0))
        s = self._covariance
        inner = s[np.ix_(seen, seen)] + np.diag(RIDGE * np.diag(s)[seen] + 1e-12)
        return np.linalg.solve(inner, s[np.ix_(seen, ahead)]).T

    def _average(self, rows_of, n: int, ready: bool = False) -> np.ndarray:
        """Log of the mean likelihood [n] over residuals, in blocks of rows."""
        block = max(1, ROWS // len(self.residuals))
        parts = []
        for low in range(0, n, block):
            rows = rows_of(slice(low, min(low + block, n)))
            count = rows.shape[1]
            flat = rows.reshape(-1, self.used)
            values = self.score(self.explanation, flat if ready else self.surrogate.scale.back(flat))
            parts.append(log_sum(np.nan_to_num(values.reshape(rows.shape[:2]), nan=-np.inf), 1) - np.log(count))
        return np.concatenate(parts) if parts else np.zeros(0)


def create(problem: Problem, surrogate: Surrogate, h: int, residuals: int, generator: np.random.Generator) -> Lookahead:
    """Look ahead for explanation `h` with so many of its residual vectors, drawn by weight."""
    rows = surrogate.draw_residuals(h, residuals, generator)
    return Lookahead(surrogate, tuple(problem.world.complete), tuple(problem.world.sizes), rows, problem.score, h, problem.common)
