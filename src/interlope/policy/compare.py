"""Comparisons: every option run on the same posterior draws with common random numbers, against two comparators.

A draw is an explanation, its parameters, its monthly demand and its random streams. It is run once to the day of decision; from
there every option gets a copy and the same random streams. An option is compared with the same future without it (status quo)
and with today (the days before the decision in the same draw). Operations that the case file lists after the day of
decision are not imposed: at the decision nobody knew them, so the hazard of operations runs instead.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from interlope.arguments import MANY, read_able, read_listener, read_names, read_probabilities, read_whole
from interlope.errors import BadInput, RunFailed, nearest
from interlope.levers.option import STATUS_QUO, Option
from interlope.policy.comparison import Comparison, Draws, Engine
from interlope.policy.decided import controls_of, decide, make_setting
from interlope.policy.escalation import Escalation, trace
from interlope.policy.outcome import OUTCOMES, measure
from interlope.policy.recorded import list_recorded
from interlope.policy.switched_off import list_switched_off
from interlope.scenario.case import Case
from interlope.scenario.given import CaseLike, read_case
from interlope.scenario.identity import require_case
from interlope.scenario.sections import MOST_COMPARED

DRAWN = ("hypothesis", "values", "innovations", "streams", "point", "chance", "weak", "origin")
CHUNK = 32  # draws run at once; a bound on memory, without effect on results
LEAST_PAIRS = 2  # of each explanation: with one there is no spread


def run(case: CaseLike, draws: Draws, options: str | Sequence[str] | None = None, days: int | None = None,
        pairs: int | None = None, seed: int = 0, progress: Callable[[int, int], None] | None = None, *,
        probability: Mapping[str, float] | None = None, engine: Engine | None = None) -> Comparison:
    """Run every option on the same draws with common random numbers, against the status quo and against today.

    Parameters
    ----------
    case : Case, str or Path
        The case, or its name or folder; see `interlope.load`.
    draws : Draws
        Posterior draws; see `interlope.draws`.
    options : str or sequence of str, optional
        Names of options; all of the case when None. The status quo is always added.
    days : int, optional
        Days after the decision; the case's own number when None.
    pairs : int, optional
        Most draws to use, shared evenly between the explanations; all when None.
    seed : int, default 0
        Seed of the random numbers after the decision.
    progress : callable, optional
        Called with (runs done, runs in all).

    Other Parameters
    ----------------
    probability : mapping of str to float, optional
        Probability of each explanation, for pooling, in place of the draws' own.
    engine : Engine, optional
        A simulator; the model when None.

    Returns
    -------
    Comparison
        Outcomes of every option in every draw, paired with the same future without it and with today.

    Raises
    ------
    BadInput
        When an option is unknown, an argument is of another kind or out of its range, or the draws are of another case.
    RunFailed
        When no draw can be run to the end.

    Examples
    --------
    >>> import interlope as il
    >>> case = il.load("toy")
    >>> draws = il.draws(il.fit(case, seed=7), 4, seed=7)
    >>> comparison = il.compare(case, draws, days=5, seed=7)
    >>> comparison.pairs, comparison.days
    (8, 5)
    """
    case, progress = read_case(case), read_listener("progress", progress, ("done", "total"))
    read_able("draws", draws, DRAWN, "posterior draws (see interlope.draws)")
    require_case(case.identity, "set of draws", draws.origin)
    chosen = _choose(case, options)
    days = case.decision.days if days is None else read_whole("days", days, 1, MOST_COMPARED)
    pairs, seed = None if pairs is None else read_whole("pairs", pairs, 1, MANY), read_whole("seed", seed)
    if engine is None:
        engine = _model()
    read_able("engine", engine, ("begin", "advance", "clone"), "a simulator")
    everyone = np.asarray(draws.hypothesis)
    drawn = set(everyone.tolist())
    chances = draws.chance if probability is None else read_probabilities("probability", probability, case.hypotheses, drawn)
    index = _thin(everyone, pairs)
    if not len(index):
        raise BadInput("no posterior draw to compare options on; expected at least one")
    decided = case.day(case.decision.start)
    setting = make_setting(case, days)
    tables = [controls_of(option, decided, days) for option in chosen]
    before = np.full((len(index), len(OUTCOMES)), np.nan)
    levels = np.full((len(chosen), len(index), len(OUTCOMES)), np.nan)
    traces = [Escalation.empty(len(index)) for _ in chosen]
    completed = np.zeros(len(index), dtype=bool)
    total = len(index) * (len(chosen) + 1)
    done = 0
    for first in range(0, len(index), CHUNK):
        rows = slice(first, min(first + CHUNK, len(index)))
        picked = index[rows]
        past = decide(engine, case, draws, picked, setting, seed, rows.start)
        before[rows], completed[rows] = past.before, past.complete
        progress(done := done + len(picked), total)
        for i, table in enumerate(tables):
            branch, recorded = engine.advance(engine.clone(past.states), decided + days, controls=table)
            future = recorded.series
            levels[i, rows] = measure(future)
            traces[i].put(rows, trace(future))
            completed[rows] &= np.asarray(branch.status) == 0
            progress(done := done + len(picked), total)
    if not completed.any():
        raise RunFailed("no draw could be run to the end of the comparison; see 'interlope simulate' for the reason")
    names = everyone[index][completed]
    origins = np.unique(np.asarray(draws.point)[index][completed], return_inverse=True)[1]
    explanations = tuple(name for name in case.hypotheses if (names == name).any())
    return Comparison(case.decision.start.isoformat(), days, case.decision.today, tuple(chosen), explanations, names,
                      weigh_draws(names, chances), origins.ravel(),
                      levels[:, completed], before[completed],
                      tuple(option.cost(days) for option in chosen), tuple(t.take(completed) for t in traces),
                      int((~completed).sum()), {n: draws.weak[n] for n in explanations if n in draws.weak}, draws.origin,
                      index[completed], case.words, tuple(list_recorded(case)),
                      {option.name: list_switched_off(case, option) for option in chosen}, case.seasonal)


def require_options(case: Case, names: Sequence[str]) -> None:
    """Refuse names that are no options of a case, before anything is run."""
    _choose(case, names)


def _choose(case: Case, options: str | Sequence[str] | None) -> list[Option]:
    """Options by name with the status quo first."""
    names = list(case.options) if options is None else read_names("options", options, f"some of {', '.join(case.options)}")
    if twice := {name for name in names if names.count(name) > 1}:
        raise BadInput(f"option '{min(twice)}' is given twice; expected each once")
    for name in names:
        if name not in case.options:
            near = nearest(name, case.options)
            raise BadInput(f"option '{name}' unknown; expected one of {', '.join(case.options)}"
                           + (f"; {near}" if near else ""))
    return [case.options[name] for name in dict.fromkeys([STATUS_QUO, *names])]


def require_pairs(pairs: int, explanations: int) -> None:
    """Refuse a comparison that would leave an explanation with one pair of futures, or none, and speak of the others alone."""
    if pairs < LEAST_PAIRS * explanations:
        raise BadInput(f"pairs = {pairs}; expected at least {LEAST_PAIRS * explanations}: {LEAST_PAIRS} for each of "
                       f"{explanations} explanations; a few hundred tell something")


def _thin(hypothesis: np.ndarray, pairs: int | None) -> np.ndarray:
    """Indices of at most `pairs` draws, as evenly over the explanations as there are draws."""
    names, counts = np.unique(hypothesis, return_counts=True)
    if few := [str(name) for name, count in zip(names, counts) if count < LEAST_PAIRS]:
        raise BadInput(f"draws = too few of {', '.join(few)}; expected at least {LEAST_PAIRS} of each explanation: one has no error; a few "
                       "hundred tell something")
    if pairs is not None:
        require_pairs(pairs, len(names))
    if pairs is None or pairs >= len(hypothesis):
        return np.arange(len(hypothesis))
    rows = [np.flatnonzero(hypothesis == name) for name in names]
    quota = np.zeros(len(rows), dtype=int)
    for _ in range(max(pairs, 0)):
        quota[np.argmin([q if q < len(row) else np.inf for q, row in zip(quota, rows, strict=True)])] += 1
    rows_used = [row[(np.arange(q) * len(row)) // max(q, 1)] for q, row in zip(quota, rows, strict=True)]
    return np.sort(np.concatenate(rows_used))


def weigh_draws(names: np.ndarray, probability: Mapping[str, float]) -> np.ndarray:
    """Weight of each draw: its explanation's probability shared among that explanation's draws.

    Parameters
    ----------
    names : ndarray
        Explanation of each draw [r].
    probability : Mapping[str, float]
        Probability of each explanation.

    Returns
    -------
    ndarray
        Weights [r] that add up to 1.

    Raises
    ------
    BadInput
        When no explanation with draws has a probability above zero.

    Examples
    --------
    >>> weigh_draws(np.array(["a", "a", "b"]), {"a": 0.5, "b": 0.5}).tolist()
    [0.25, 0.25, 0.5]
    """
    weights = np.zeros(len(names))
    for name in np.unique(names):
        inside = names == name
        weights[inside] = max(probability.get(str(name), 0.0), 0.0) / inside.sum()
    if not weights.sum() > 0:
        raise BadInput("no explanation with draws has a probability above zero; expected at least one")
    return weights / weights.sum()


def _model() -> Engine:
    from interlope.model import simulate

    return simulate
