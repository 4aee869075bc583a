"""Discovery: in which part of parameters and explanations an option fails, by the patient rule induction method (PRIM).

From all draws, a tenth at a time is peeled off one side of one parameter, or one explanation is left out, whichever leaves the largest
part of failures (Friedman & Fisher 1999). Of the boxes passed the one is taken whose failures are hardest to explain by a random choice of
as many draws (hypergeometric tail). Limits whose quasi-p-value is above .05 are taken away again (Bryant & Lempert 2010). Because the best
of many boxes looks sharp where there is nothing, the whole search is repeated on permuted failures: a box is shown only where few of those
give as sharp a one.

Every explanation has as many draws whatever its odds, and of draws that descend from one point the first is used: it is a question of
where, not of how probable.

References: Friedman & Fisher (1999), Statistics and Computing 9: 123-143; Bryant & Lempert (2010), Technological Forecasting and Social
Change 77: 34-49.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.stats import binom, hypergeom

from interlope.arguments import nothing
from interlope.ensemble import keys
from interlope.policy.comparison import Comparison
from interlope.policy.outcome import OUTCOMES
from interlope.results.discovery import BoxLimit, Discovery, FailureBox
from interlope.scenario.case import Case

PEEL = 0.1  # part of the box that is peeled off at once
LEAST_MASS, LEAST_DRAWS, LEAST_FAILURES = 0.1, 20, 10  # a box holds at least so much; fewer failures are not searched
QUASI = 0.05  # largest quasi-p-value of a limit that stays
BUDGET = 0.05  # chance that any box is shown where failures are scattered by chance
PERMUTATIONS = 199
EXPLANATION = "explanation"
NOTES = (
    "a box says where the option fails in the model, not how probable that is: explanations count equally, whatever their odds",
    "limits are those of draws that the evidence left; what it rules out was not looked at",
    "a parameter in a box goes along with failure; that it is the cause is the model's word",
)


@dataclass(frozen=True, eq=False)
class Space:
    """Draws to search: x [n, k] of parameters by name, and the explanation [n] of each as a whole number."""

    names: tuple[str, ...]
    x: np.ndarray
    explanations: tuple[str, ...]
    group: np.ndarray


@dataclass(frozen=True)
class Box:
    """Limits by column, closed, and the explanations left out; `sharpness` is minus the log of the hypergeometric tail."""

    low: Mapping[int, float] = field(default_factory=dict)
    high: Mapping[int, float] = field(default_factory=dict)
    without: frozenset[int] = frozenset()
    sharpness: float = 0.0

    def contains(self, space: Space) -> np.ndarray:
        """Which draws [n] lie inside."""
        inside = ~np.isin(space.group, list(self.without))
        for k, value in self.low.items():
            inside &= space.x[:, k] >= value
        for k, value in self.high.items():
            inside &= space.x[:, k] <= value
        return inside


def discover(
    case: Case, comparison: Comparison, values: Mapping[str, np.ndarray], option: str, thresholds: Mapping[str, float] | None = None,
    seed: int = 7, *, permutations: int = PERMUTATIONS, progress: Callable[[int, int], None] = nothing,
) -> Discovery:
    """Search for each harm the part of parameters and explanations in which an option fails.

    Parameters
    ----------
    case : Case
        The case.
    comparison : Comparison
        The option run on common draws.
    values : mapping of str to np.ndarray
        Parameters [m] of the draws that were given to the comparison, by name.
    option : str
        Name of the option.
    thresholds : mapping of str to float, optional
        Outcomes to look at, each with the level above which the option fails; every harm above the status quo when None.
    seed : int, default 7
        Seed of the permutations.

    Other Parameters
    ----------------
    permutations : int
        Searches on permuted failures.
    progress : callable
        Called with (harms done, harms in all).

    Returns
    -------
    Discovery
    """
    space, first = _read_space(case, comparison, values)
    i = comparison.option_index(option)
    wanted = [(k, o) for k, o in enumerate(OUTCOMES) if (o.name in thresholds if thresholds else o.harm)]
    boxes = []
    for done, (k, outcome) in enumerate(wanted):
        limit = thresholds[outcome.name] if thresholds else None
        base = comparison.difference(i, "status_quo")[first, k] if limit is None else comparison.levels[i, first, k] - limit
        generator = keys.stream(seed, "discovery", option, outcome.name)
        box = _search(case, space, base > 0, generator, permutations, BUDGET / len(wanted))
        boxes.append(box.model_copy(update={"option": option, "outcome": outcome.name, "threshold": limit}))
        progress(done + 1, len(wanted))
    return Discovery(option=option, budget=BUDGET, permutations=permutations, boxes=boxes, notes=list(NOTES))


def peel(space: Space, fails: np.ndarray, columns: Sequence[int] | None = None) -> Box:
    """The sharpest box on the way from all draws to the fewest that a box may hold.

    Parameters
    ----------
    space : Space
        Draws.
    fails : np.ndarray
        [n] whether the option fails.
    columns : sequence of int, optional
        Columns that may be limited; all of them when None. The explanations count as one more, after the parameters.

    Returns
    -------
    Box
        Without limits where no box is sharper than all draws.
    """
    least = max(LEAST_DRAWS, int(np.ceil(LEAST_MASS * len(fails))))
    box = best = Box()
    inside, k = np.ones(len(fails), dtype=bool), space.x.shape[1]
    column = np.concatenate([np.arange(k), np.arange(k), np.full(len(space.explanations), k)])  # of each peel
    allowed = np.ones(len(column), dtype=bool) if columns is None else np.isin(column, list(columns))
    while (step := _step(space, fails, inside, box, least, allowed)) is not None:
        box, inside = step
        sharpness = -float(hypergeom.logsf(fails[inside].sum() - 1, len(fails), fails.sum(), inside.sum()))
        box = Box(box.low, box.high, box.without, sharpness)
        best = box if sharpness > best.sharpness else best
    return best


def _step(
    space: Space, fails: np.ndarray, inside: np.ndarray, box: Box, least: int, allowed: np.ndarray
) -> tuple[Box, np.ndarray] | None:
    """The peel that leaves the largest part of failures, and of equal ones the most draws; None where none leaves enough."""
    x, f = space.x[inside], fails[inside].astype(np.float64)
    n, total = len(f), f.sum()
    low, high = np.quantile(x, (PEEL, 1.0 - PEEL), axis=0)
    keep = np.concatenate([x >= np.where(low > x.min(axis=0), low, np.inf), x <= np.where(high < x.max(axis=0), high, -np.inf),
                           space.group[inside][:, None] != np.arange(len(space.explanations))], axis=1)
    count, failures = keep.sum(axis=0), f @ keep
    usable = (count >= least) & (count < n) & allowed
    if not usable.any() or total == 0:
        return None
    part = np.where(usable, failures / np.maximum(count, 1), -1.0)
    at = int(np.lexsort((-count, -part))[0])
    k = space.x.shape[1]
    left = inside.copy()
    left[inside] = keep[:, at]
    if at < k:
        return Box({**box.low, at: float(low[at])}, box.high, box.without), left
    if at < 2 * k:
        return Box(box.low, {**box.high, at - k: float(high[at - k])}, box.without), left
    return Box(box.low, box.high, box.without | {at - 2 * k}), left


def prune(space: Space, fails: np.ndarray, box: Box) -> tuple[Box, dict[int, float]]:
    """Take limits away whose quasi-p-value is above .05, the weakest first; returns the rest and their quasi-p-values by column.

    The columns that are left are peeled once more by themselves, so that they are cut where they matter. The explanations count as one
    more column, after those of the parameters.
    """
    again = True
    while True:
        weak = {column: _quasi_p(space, fails, box, column) for column in _columns(space, box)}
        worst = max(weak, key=lambda c: weak[c], default=None)
        if worst is not None and weak[worst] > QUASI:
            box = _without(space, box, worst)
        elif again and weak:
            box, again = peel(space, fails, list(weak)), False
        else:
            return box, weak


def _columns(space: Space, box: Box) -> list[int]:
    return sorted({*box.low, *box.high, *([space.x.shape[1]] if box.without else [])})


def _without(space: Space, box: Box, column: int) -> Box:
    """The box with one column open."""
    if column == space.x.shape[1]:
        return Box(box.low, box.high)
    return Box({k: v for k, v in box.low.items() if k != column}, {k: v for k, v in box.high.items() if k != column}, box.without)


def _quasi_p(space: Space, fails: np.ndarray, box: Box, column: int) -> float:
    """Chance of as many failures in the box if draws inside failed as often as those of the box with the column open."""
    inside, wider = box.contains(space), _without(space, box, column).contains(space)
    return float(binom.sf(fails[inside].sum() - 1, inside.sum(), fails[wider].mean()))


def _search(case: Case, space: Space, fails: np.ndarray, generator: np.random.Generator, permutations: int, budget: float) -> FailureBox:
    """The sharpest box, its limits, and how often chance gives one as sharp."""
    about = {"option": "", "outcome": "", "draws": len(fails), "failures": int(fails.sum())}
    if not LEAST_FAILURES <= fails.sum() <= len(fails) - LEAST_FAILURES:
        why = "fewer than" if fails.sum() < LEAST_FAILURES else "all but fewer than"
        return FailureBox(**about, why=f"{why} {LEAST_FAILURES} draws fail: nothing to search")
    raw = peel(space, fails)
    as_sharp = sum(peel(space, generator.permutation(fails)).sharpness >= raw.sharpness for _ in range(permutations))
    chance = (1 + as_sharp) / (1 + permutations)
    box, quasi = prune(space, fails, raw)
    inside = box.contains(space)
    return FailureBox(**about, coverage=float(fails[inside].sum() / fails.sum()), density=float(fails[inside].mean()),
                      mass=float(inside.mean()), chance=chance, significant=chance <= budget and bool(quasi),
                      limits=[_tell(case, space, box, column, p) for column, p in quasi.items()])


def _tell(case: Case, space: Space, box: Box, column: int, quasi_p: float) -> BoxLimit:
    if column == space.x.shape[1]:
        inside = [name for j, name in enumerate(space.explanations) if j not in box.without]
        return BoxLimit(name=EXPLANATION, unit="", explanations=inside, quasi_p=quasi_p)
    name = space.names[column]
    unit = case.params[name].unit if name in case.params else ""
    return BoxLimit(name=name, unit=unit, low=box.low.get(column), high=box.high.get(column), quasi_p=quasi_p)


def _read_space(case: Case, comparison: Comparison, values: Mapping[str, np.ndarray]) -> tuple[Space, np.ndarray]:
    """Parameters that vary between draws of distinct points, and the positions of these draws in the comparison."""
    rows = np.arange(comparison.pairs) if comparison.rows is None else comparison.rows
    first = np.sort(np.unique(comparison.origins, return_index=True)[1])
    columns: Sequence[str] = [name for name, v in values.items() if np.ptp(np.asarray(v)[rows[first]]) > 0]
    x = np.column_stack([np.asarray(values[name], dtype=np.float64)[rows[first]] for name in columns])
    group = np.array([comparison.explanations.index(name) for name in comparison.names[first]])
    return Space(tuple(columns), x, comparison.explanations, group), first
