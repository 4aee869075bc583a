"""Surrogate: a cheap forecast of what a replicate's statistics would be, learnt from replicates already simulated.

Only the statistics are forecast, by ridge regression in stages: linear terms in the standard-normal coordinates, then squares and a
few products, then what is each explanation's own, its products with the other coordinates last. The likelihood that is put on them is
the real one. What the forecast leaves open, chance included, is carried by whole residual vectors of the training replicates, so
correlations and odd shapes survive.
The surrogate only says where to look: it is divided out again in the weights (`proposal`, `smc`), so it cannot bias a result.

References
----------
Kim, Y.-J. & Gu, C. (2004). Smoothing spline Gaussian regression: more scalable computation via efficient approximation. JRSS B 66.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

PENALTIES = np.geomspace(1e-3, 1e5, 25)
CAUTION = 1.4  # weight of a degree of freedom in cross-validation
LEADING = 4  # number of directions whose products are learnt


@dataclass(frozen=True)
class WorkingScale:
    """How each statistic [m] is put on a scale where a straight line is a fair forecast.

    Counts and amounts are taken as log(x + offset); shares, slopes and whatever may be negative are left as they are.
    Forecasts are bounded to the range seen in training, widened by half of it on the log scale.

    Attributes
    ----------
    logs : ndarray
        Whether a statistic is taken as a logarithm [m].
    offset : ndarray
        Added before the logarithm [m].
    low, high : ndarray
        Bounds of forecasts on the working scale [m].
    """

    logs: np.ndarray
    offset: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @property
    def columns(self) -> int:
        """Number of statistics."""
        return len(self.logs)

    def forward(self, statistics: np.ndarray) -> np.ndarray:
        """Statistics [..., m] to the working scale; fewer columns are the first ones."""
        m = statistics.shape[-1]
        logs = self.logs[:m]
        return np.where(logs, np.log(np.where(logs, np.maximum(statistics, 0.0) + self.offset[:m], 1.0)), statistics)

    def back(self, working: np.ndarray) -> np.ndarray:
        """Working scale [..., m] to statistics; fewer columns are the first ones."""
        m = working.shape[-1]
        logs = self.logs[:m]
        bounded = np.clip(working, self.low[:m], self.high[:m])
        return np.where(logs, np.maximum(np.exp(np.where(logs, bounded, 0.0)) - self.offset[:m], 0.0), bounded)


@dataclass(frozen=True)
class Training:
    """Replicates to learn from.

    Attributes
    ----------
    common : ndarray
        Coordinates that all explanations share [n, dc].
    own : ndarray
        Coordinates of the explanation itself, padded with zeros [n, do].
    which : ndarray
        Index of the explanation [n].
    statistics : ndarray
        Statistics [n, m]; not finite where a replicate failed.
    weight : ndarray
        Weight in the regressions [n].
    """

    common: np.ndarray
    own: np.ndarray
    which: np.ndarray
    statistics: np.ndarray
    weight: np.ndarray

    def joined(self, other: Training) -> Training:
        """Both sets of replicates as one."""
        return Training(*(np.concatenate(pair) for pair in zip(self.fields(), other.fields())))

    def fields(self) -> tuple[np.ndarray, ...]:
        """The arrays in order."""
        return self.common, self.own, self.which, self.statistics, self.weight


@dataclass(frozen=True)
class Surrogate:
    """A fitted forecast; see `fit`.

    Attributes
    ----------
    scale : WorkingScale
        Working scale of the statistics.
    directions : ndarray
        Directions of the common coordinates along which products are learnt [dc, q].
    pooled : ndarray
        Coefficients that all explanations share [features, m].
    deviation : tuple of ndarray
        Coefficients of each explanation's own deviation [features, m].
    residual : tuple of ndarray
        What the forecast leaves open, by explanation, on the working scale [n_h, m].
    residual_weight : tuple of ndarray
        Weights of the residual vectors, by explanation [n_h].
    """

    scale: WorkingScale
    directions: np.ndarray
    pooled: np.ndarray
    deviation: tuple[np.ndarray, ...]
    residual: tuple[np.ndarray, ...]
    residual_weight: tuple[np.ndarray, ...]

    def forecast(self, explanation: int, common: np.ndarray, own: np.ndarray) -> np.ndarray:
        """Forecast statistics on the working scale [n, m] at coordinates [n, dc], [n, do]."""
        base = pooled_features(common, self.directions) @ self.pooled
        return base + np.hstack([deviation_features(common, own), products(common, own)]) @ self.deviation[explanation]

    def slope(self, explanation: int, common: np.ndarray, own: np.ndarray) -> np.ndarray:
        """Derivatives [dc + do, m] of the forecast at one point: common [dc], own [do]."""
        dc, do, q = len(common), len(own), self.directions.shape[1]
        rows, columns = np.triu_indices(q, 1)
        along = common @ self.directions
        mixed = self.directions[:, rows] * along[columns] + self.directions[:, columns] * along[rows]
        shared = self.pooled[1 : 1 + dc] + 0.7 * common[:, None] * self.pooled[1 + dc : 1 + 2 * dc]
        shared = shared + 0.5 * mixed @ self.pooled[1 + 2 * dc :]
        first, crossed = 1 + dc + 2 * do, do * dc
        mine = self.deviation[explanation][:first]
        across = self.deviation[explanation][first : first + crossed].reshape(do, dc, self.pooled.shape[1])
        paired = self.deviation[explanation][first + crossed :]
        with_common = 0.5 * mine[1 : 1 + dc] + 0.5 * np.tensordot(own, across, axes=(0, 0))
        with_own = mine[1 + dc : 1 + dc + do] + own[:, None] * mine[1 + dc + do :] + 0.5 * np.tensordot(common, across, axes=(0, 1))
        for (i, j), row in zip(zip(*np.triu_indices(do, 1)), paired):
            with_own[i] += own[j] * row
            with_own[j] += own[i] * row
        return np.vstack([shared + with_common, with_own])

    def left_open(self, explanation: int) -> np.ndarray:
        """Covariance [m, m] of what the forecast leaves open, working scale."""
        residual, weight = self.residual[explanation], self.residual_weight[explanation]
        return (weight[:, None] * residual).T @ residual

    def first(self, columns: int) -> Surrogate:
        """The same forecast of the first statistics only."""
        scale = WorkingScale(*(a[:columns] for a in (self.scale.logs, self.scale.offset, self.scale.low, self.scale.high)))
        return Surrogate(
            scale, self.directions, self.pooled[:, :columns], tuple(d[:, :columns] for d in self.deviation),
            tuple(r[:, :columns] for r in self.residual), self.residual_weight,
        )

    def draw_residuals(self, explanation: int, n: int, generator: np.random.Generator) -> np.ndarray:
        """Rows of the explanation's residuals [at most n], drawn by weight, none of them twice."""
        weights = self.residual_weight[explanation]
        return generator.choice(len(weights), size=min(n, int((weights > 0).sum())), replace=False, p=weights)


def pooled_features(common: np.ndarray, directions: np.ndarray) -> np.ndarray:
    """Features [n, 1 + 2 dc + q(q-1)/2]: constant, linear terms, squares, and products along the given directions."""
    along = common @ directions
    rows, columns = np.triu_indices(directions.shape[1], 1)
    squares = 0.35 * (common**2 - 1.0)
    return np.hstack([np.ones((len(common), 1)), common, squares, 0.5 * along[:, rows] * along[:, columns]])


def deviation_features(common: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Features of an explanation's deviation [n, 1 + dc + 2 do]."""
    return np.hstack([np.ones((len(common), 1)), 0.5 * common, own, 0.5 * (own**2 - 1.0)])


def products(common: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Products of own with common coordinates and with each other [n, do dc + do(do-1)/2]."""
    rows, columns = np.triu_indices(own.shape[1], 1)
    across = 0.5 * own[:, :, None] * common[:, None, :]
    return np.hstack([across.reshape(len(own), own.shape[1] * common.shape[1]), own[:, rows] * own[:, columns]])


def choose_scale(statistics: np.ndarray) -> WorkingScale:
    """Choose the working scale of each statistic from training values [n, m]."""
    low, high = statistics.min(axis=0), statistics.max(axis=0)
    logs = (low >= 0.0) & (high > 1.5)
    middle = np.median(statistics, axis=0)
    offset = np.where(logs, np.maximum(0.5, 0.02 * middle), 1.0)
    bottom = np.where(logs, np.log(np.maximum(low, 0.0) + offset), low)
    top = np.where(logs, np.log(np.maximum(high, 0.0) + offset), high)
    reach = np.where(logs, 0.5 * (top - bottom), 0.0)
    floor = np.where(logs, np.log(offset), bottom)
    return WorkingScale(logs, offset, np.maximum(bottom - reach, floor), top + reach)


@dataclass(frozen=True)
class Regression:
    """A ridge regression: coefficients [f, m], residuals [n, m] and leverage of each replicate on its own fit [n, m]."""

    coefficients: np.ndarray
    residual: np.ndarray
    leverage: np.ndarray


def ridge(features: np.ndarray, target: np.ndarray, weight: np.ndarray) -> Regression:
    """Weighted ridge regression with one penalty per column of the target, chosen by generalised cross-validation.

    Degrees of freedom count 1.4 times, which keeps cross-validation from following noise (Kim & Gu 2004). The first
    feature (the constant) is not penalised.
    """
    w = weight / weight.mean()
    root = np.sqrt(w)[:, None]
    center = (w[:, None] * features[:, 1:]).sum(axis=0) / w.sum()
    mean = (w[:, None] * target).sum(axis=0) / w.sum()
    x, y = root * (features[:, 1:] - center), root * (target - mean)
    u, singular, vt = np.linalg.svd(x, full_matrices=False)
    inner = u.T @ y
    outside = np.maximum((y**2).sum(axis=0) - (inner**2).sum(axis=0), 0.0)
    n = len(y)
    shrink = singular**2 / (singular**2 + PENALTIES[:, None])  # [p, k]
    rest = outside + ((1.0 - shrink) ** 2) @ (inner**2)  # [p, m]
    score = rest / (n - 1.0 - CAUTION * shrink.sum(axis=1))[:, None].clip(1.0) ** 2
    best = shrink[score.argmin(axis=0)]  # [m, k]
    inverse = np.where(singular > 1e-12, 1.0 / np.maximum(singular, 1e-12), 0.0)
    slopes = vt.T @ (best.T * inverse[:, None] * inner)
    coefficients = np.vstack([mean - center @ slopes, slopes])
    leverage = np.minimum((u**2) @ best.T + (w / w.sum())[:, None], 0.6)
    return Regression(coefficients, target - features @ coefficients, leverage)


def leading(line: Regression, count: int, used: int | None = None) -> np.ndarray:
    """Directions [dc, q] of the common coordinates that move the first statistics most, in units of what is left open."""
    sharpness = (line.coefficients[1:] / np.maximum(line.residual.std(axis=0), 1e-9))[:, :used]
    sharpness = sharpness / np.maximum(1.0, np.linalg.norm(sharpness, axis=0) / 3.0)
    u, _, _ = np.linalg.svd(sharpness, full_matrices=False)
    return u[:, : min(count, u.shape[1])]


def fit(training: Training, explanations: int, own: tuple[int, ...], used: int | None = None) -> Surrogate:
    """Learn a surrogate from replicates.

    Parameters
    ----------
    training : Training
        Replicates; those with a statistic that is not finite are left out.
    explanations : int
        Number of explanations; each needs at least a few replicates.
    own : tuple of int
        Number of own coordinates of each.
    used : int, optional
        The first so many statistics decide along which directions products are learnt; all when None.

    Returns
    -------
    Surrogate
        Forecast of every statistic, with the residuals that it leaves.
    """
    complete = np.isfinite(training.statistics).all(axis=1)
    common, own_z, which, statistics, weight = (a[complete] for a in training.fields())
    scale = choose_scale(statistics)
    target = scale.forward(statistics)
    dc = common.shape[1]
    one = np.ones((len(common), 1))
    line = ridge(np.hstack([one, common]), target, weight)
    directions = leading(line, LEADING, used) if len(common) > 4 * dc else np.zeros((dc, 0))
    bent = ridge(np.hstack([one, pooled_features(common, directions)[:, 1 + dc :]]), line.residual, weight)
    pooled = _stack(line.coefficients, bent.coefficients)
    deviation, residual, residual_weight = [], [], []
    for h in range(explanations):
        here = which == h
        features, w = deviation_features(common[here], own_z[here, : own[h]]), weight[here]
        mine = ridge(features[:, [0, *range(1 + dc, features.shape[1])]], bent.residual[here], w)
        other = ridge(features[:, : 1 + dc], mine.residual, w)
        crossed = ridge(np.hstack([one[here], products(common[here], own_z[here, : own[h]])]), other.residual, w)
        deviation.append(_stack(_stack(other.coefficients, mine.coefficients), crossed.coefficients))
        retained = (1.0 - line.leverage[here]) * (1.0 - bent.leverage[here]) * (1.0 - crossed.leverage)
        left = crossed.residual / np.maximum(retained * (1.0 - mine.leverage) * (1.0 - other.leverage), 0.3)
        residual.append(left - np.average(left, axis=0, weights=w))
        residual_weight.append(w / w.sum())
    return Surrogate(scale, directions, pooled, tuple(deviation), tuple(residual), tuple(residual_weight))


def _stack(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Coefficients of the features of both regressions, their constants added."""
    return np.vstack([first[:1] + second[:1], first[1:], second[1:]])
