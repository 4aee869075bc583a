"""Proposal: where the histories of the final pass are run, and the exact weight that corrects for the choice.

Three steps, all with known densities:
1. one Gaussian per explanation at the top of its surrogate posterior (`summit`), mended by a few rounds of adaptive
   importance sampling (Cappe et al. 2008) on the surrogate; the candidates' law is their mixture, each also with its
   likelihood tempered, for heavier tails;
2. many candidates of the common coordinates drawn from it and weighted by every explanation's surrogate likelihood;
3. a few of the candidates picked with chance s: most by the explanations' mean weight, a part evenly (a safeguard).
The mean of prior / (mixture * M s) * likelihood over the picked points is an unbiased estimate of the evidence whatever
the surrogate is worth (double sampling): a bad surrogate costs effective number, never truth. All explanations share
the picked points. Coordinates of one explanation alone come from its own Gaussian given the common ones, mixed with
the prior.
"""
from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from interlope.ensemble import keys
from interlope.inference import importance
from interlope.inference.importance import log_sum
from interlope.inference.summit import Summit, climb
from interlope.inference.surrogate import Surrogate

Score = Callable[[int, np.ndarray], np.ndarray]  # (explanation, statistics [n, m]) -> log likelihood [n]

INFLATION = 1.2  # candidates are drawn this much wider (variance) than the fitted Gaussian
TEMPERS = ((1.0, 0.6), (0.5, 0.3), (0.2, 0.1))  # powers of the likelihood in the candidates' law, and their parts
EVEN = 0.15  # part of the picks made evenly over candidates
PRIOR_PART = 0.5  # part of an explanation's own coordinates drawn from the prior
ROUNDS = 2  # adaptive rounds after the summit
POWERS = (0.5, 0.75, 1.0)
THREADS = 2  # explanations are scored side by side; the numbers do not depend on it


def log_normal(z: np.ndarray, mean: np.ndarray, factor: np.ndarray) -> np.ndarray:
    """Log density [n], up to the constant (2 pi)^(-d/2), of a Gaussian with covariance factor @ factor.T."""
    if z.shape[1] == 0:
        return np.zeros(len(z))
    inner = np.linalg.solve(factor, (z - mean).T)
    return -0.5 * (inner**2).sum(axis=0) - float(np.log(np.diag(factor)).sum())


@dataclass(frozen=True)
class Law:
    """One explanation's Gaussian: the common coordinates, and its own ones given those."""

    mean: np.ndarray  # [dc]
    factor: np.ndarray  # [dc, dc]
    own_mean: np.ndarray  # [do]
    own_slope: np.ndarray  # [do, dc]
    own_factor: np.ndarray  # [do, do]

    def draw_own(self, common: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        """Draw own coordinates [n, do] given common ones [n, dc]: this law, or the prior with chance PRIOR_PART."""
        z = generator.standard_normal((len(common), len(self.own_mean)))
        moved = self._centre(common) + z @ self.own_factor.T
        return np.where(generator.random((len(common), 1)) < PRIOR_PART, z, moved)

    def own_ratio(self, common: np.ndarray, own: np.ndarray) -> np.ndarray:
        """Log of prior over proposal density of own coordinates [n]."""
        prior = -0.5 * (own**2).sum(axis=1)
        mine = log_normal(own - self._centre(common), np.zeros(own.shape[1]), self.own_factor)
        return prior - np.logaddexp(np.log1p(-PRIOR_PART) + mine, np.log(PRIOR_PART) + prior)

    def _centre(self, common: np.ndarray) -> np.ndarray:
        return self.own_mean + (common - self.mean) @ self.own_slope.T


def law_of(summit: Summit, common: int) -> Law:
    """Split a joint Gaussian of common and own coordinates into a marginal, widened, and a conditional."""
    cc, oc = summit.covariance[:common, :common], summit.covariance[common:, :common]
    oo = summit.covariance[common:, common:]
    slope = np.linalg.solve(cc, oc.T).T
    rest = oo - slope @ oc.T
    rest = 0.5 * (rest + rest.T) * 1.3
    return Law(
        summit.mean[:common],
        np.linalg.cholesky(INFLATION * cc),
        summit.mean[common:],
        slope,
        np.linalg.cholesky(rest + 1e-9 * np.eye(len(rest))) if len(rest) else rest,
    )


def mended(before: Summit, z: np.ndarray, log_w: np.ndarray) -> Summit:
    """Pull a Gaussian towards the weighted moments of points [n, d], the more the more points are effective."""
    w = importance.normalise(log_w)
    n_eff = 1.0 / np.sum(w * w)
    d = len(before.mean)
    mean = (10.0 * before.mean + n_eff * (w @ z)) / (10.0 + n_eff)
    centred = z - mean
    sample = (w[:, None] * centred).T @ centred
    trust = n_eff / (n_eff + 4.0 * d)
    return Summit(mean, (1.0 - trust) * before.covariance + trust * sample)


@dataclass(frozen=True)
class Target:
    """What the proposal is made for: a surrogate, the likelihood, and the sizes of the coordinate blocks."""

    surrogate: Surrogate
    score: Score
    common: int
    own: tuple[int, ...]
    power: float = 1.0


def tempered(summit: Summit, power: float) -> Summit:
    """The Gaussian that the same evidence would give if its likelihood were raised to `power` (prior N(0, I))."""
    d = len(summit.mean)
    sharp = np.linalg.inv(summit.covariance)
    covariance = np.linalg.inv((1.0 - power) * np.eye(d) + power * 0.5 * (sharp + sharp.T))
    return Summit(covariance @ (power * (sharp @ summit.mean)), 0.5 * (covariance + covariance.T))


def candidates(
    summits: tuple[Summit, ...], common: int, n: int, generator: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw common coordinates [n, dc] from the mixture of all summits at all tempers; also log prior over mixture [n].

    The tempered parts give the mixture heavier tails: a likelihood whose own dispersion is unknown has them too.
    """
    laws = [law_of(tempered(s, power), common) for power, _ in TEMPERS for s in summits]
    share = np.repeat([part for _, part in TEMPERS], len(summits)) / len(summits)
    which = np.searchsorted(np.cumsum(share), (np.arange(n) + 0.5) / n)
    z = generator.standard_normal((n, common))
    for k, law in enumerate(laws):
        z[which == k] = law.mean + z[which == k] @ law.factor.T
    density = log_sum(np.stack([np.log(w) + log_normal(z, a.mean, a.factor) for w, a in zip(share, laws)]), 0)
    return z, -0.5 * (z**2).sum(axis=1) - density


def surrogate_scores(
    target: Target, h: int, common: np.ndarray, law: Law, repeats: int, generator: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Surrogate log likelihood [repeats, n] at common coordinates [n, dc], own coordinates drawn afresh each time.

    Returns the scores (with the own coordinates' prior over proposal) and those own coordinates [repeats, n, do].
    """
    n = len(common)
    tiled = np.tile(common, (repeats, 1))
    own = law.draw_own(tiled, generator)
    statistics = target.surrogate.sample(h, tiled, own, generator)
    scores = target.power * target.score(h, statistics) + law.own_ratio(tiled, own)
    return scores.reshape(repeats, n), own.reshape(repeats, n, -1)


def reach(
    target: Target, seed: int, label: str, size: int, start: tuple[np.ndarray, ...] | None = None
) -> tuple[Summit, ...]:
    """Find one Gaussian per explanation: the summit of its surrogate posterior, mended by rounds of `size` candidates.

    `start`: points [dc + do] from which to climb, the prior's middle when None.
    """

    def top(h: int) -> Summit:
        at = None if start is None else start[h]
        return climb(target.surrogate, target.score, h, target.common, target.own[h], target.power, at)

    explanations = range(len(target.own))
    with ThreadPoolExecutor(THREADS) as pool:
        summits = list(pool.map(top, explanations))
    for turn in range(ROUNDS):
        laws = tuple(law_of(s, target.common) for s in summits)
        z, ratio = candidates(tuple(summits), target.common, size, keys.stream(seed, label, "reach", turn))

        jobs = [(target, h, summits[h], laws[h], z, ratio, keys.stream(seed, label, "reach", turn, h))
                for h in explanations]
        with ThreadPoolExecutor(THREADS) as pool:
            summits = list(pool.map(_mend, jobs))
    return tuple(summits)


def _mend(job: tuple[Target, int, Summit, Law, np.ndarray, np.ndarray, np.random.Generator]) -> Summit:
    """One adaptive round for one explanation."""
    target, h, before, law, z, ratio, generator = job
    scores, own = surrogate_scores(target, h, z, law, 1, generator)
    return mended(before, np.hstack([z, own[0]]), ratio + scores[0])


@dataclass(frozen=True)
class Picked:
    """The points of a pass: coordinates, and every weight factor but the likelihood.

    `common` [n, dc] is the same for all explanations; `own[h]` is [n, do]; `log_weight` is [h, n].
    `spread` [2, h, M]: two independent estimates of each candidate's pull on the surrogate evidence; their covariance
    over M is what the choice of candidates adds to the squared error of log Z. `power`: see `freeze`.
    """

    common: np.ndarray
    own: tuple[np.ndarray, ...]
    log_weight: np.ndarray
    spread: np.ndarray
    power: float

    def extra(self, a: int, b: int | None = None) -> float:
        """Relative variance that the candidates add to Z of explanation a, or to the ratio of a to b."""
        return added(self.spread, a, b)


def added(spread: np.ndarray, a: int, b: int | None = None) -> float:
    """Relative variance that the choice of candidates adds, from `Picked.spread`."""
    pull = spread[:, a] if b is None else spread[:, a] - spread[:, b]
    return max(float(np.cov(pull)[0, 1]), 0.0) / pull.shape[1]


@dataclass(frozen=True)
class Frozen:
    """Scored candidates, from which any number of points may be picked: nothing in it changes any more.

    `common` [M, dc], `ratio` (log prior over mixture) and `chance` of being picked [M]; `spread`, `power`: see `Picked`.
    """

    laws: tuple[Law, ...]
    common: np.ndarray
    ratio: np.ndarray
    chance: np.ndarray
    spread: np.ndarray
    power: float

    def pick(self, n: int, generator: np.random.Generator) -> Picked:
        """Pick n points (systematic), own coordinates drawn from each explanation's law."""
        edges = np.cumsum(self.chance)
        at = np.searchsorted(edges, (np.arange(n) + generator.random()) / n * edges[-1], side="right")
        at = generator.permutation(np.minimum(at, len(edges) - 1))
        z = self.common[at]
        own = tuple(law.draw_own(z, generator) for law in self.laws)
        shared = self.ratio[at] - np.log(len(edges) * self.chance[at])
        log_weight = np.stack([shared + law.own_ratio(z, o) for law, o in zip(self.laws, own)])
        return Picked(z, own, log_weight, self.spread, self.power)


def joined(first: Picked, second: Picked) -> Picked:
    """Picks of the same frozen candidates put together."""
    own = tuple(np.concatenate(pair) for pair in zip(first.own, second.own))
    log_weight = np.concatenate([first.log_weight, second.log_weight], axis=1)
    return Picked(np.concatenate([first.common, second.common]), own, log_weight, first.spread, first.power)


def freeze(
    target: Target, summits: tuple[Summit, ...], seed: int, label: str, *, size: int, repeats: int
) -> Frozen:
    """Draw and score `size` candidates for double sampling (see the module's text).

    Each candidate is scored by two sets of `repeats` surrogate histories per explanation. Where luck moves the score
    more than the place does, a sharp choice would only pick lucky scores; so candidates are picked in proportion to a
    power of their score, the power that promises the largest effective number: one set ranks, the other judges.
    """
    laws = tuple(law_of(s, target.common) for s in summits)
    z, ratio = candidates(summits, target.common, size, keys.stream(seed, label, "candidates"))

    def scored(h: int) -> np.ndarray:
        generator = keys.stream(seed, label, "candidates", h)
        return surrogate_scores(target, h, z, laws[h], 2 * repeats, generator)[0].reshape(2, repeats, size)

    with ThreadPoolExecutor(THREADS) as pool:
        scores = ratio + np.stack(list(pool.map(scored, range(len(laws)))))  # [h, 2, repeats, M]
    halves = log_sum(scores, 2) - np.log(repeats)
    squares = log_sum(2.0 * scores, 2) - np.log(repeats)
    spread = np.stack([[importance.influence(v) for v in halves[:, half]] for half in range(2)])
    power = max(POWERS, key=lambda p: _promise(halves, squares, p))
    return Frozen(laws, z, ratio, _chance(log_sum(halves, 1), power), spread, power)


def _chance(log_v: np.ndarray, power: float) -> np.ndarray:
    """Chances [M] of being picked: the explanations' mean weight [h, M] to a power, and a part evenly."""
    log_w = power * (log_v - log_v.max(axis=1, keepdims=True))
    weight = (np.exp(log_w) / np.exp(log_w).sum(axis=1, keepdims=True)).mean(axis=0)
    return (1.0 - EVEN) * weight + EVEN / len(weight)


def _promise(halves: np.ndarray, squares: np.ndarray, power: float) -> float:
    """Log of the effective part of the picks that a power promises; one half of the scores judges the other."""
    parts = []
    for rank, judge in ((0, 1), (1, 0)):
        second = log_sum(squares[:, judge] - np.log(_chance(halves[:, rank], power)), 1)
        parts.append(2.0 * log_sum(halves[:, judge], 1) - second)
    return float(np.mean(parts))
