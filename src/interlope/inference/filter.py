"""Filter: the likelihood of one point, averaged over luck step by step, so that a bad month does not cost a whole history.

A bootstrap particle filter (Gordon, Salmond & Smith 1993). Slots run side by side; at the end of a step each is weighted by what
the step's evidence adds, p(y_1..t | history) / p(y_1..t-1 | history), and once the weights are uneven slots are drawn anew in
proportion to them. The product of mean weights is an unbiased estimate of the mean of p(y | history) over histories (Del Moral 2004).

The score of a step is that of *all* evidence so far, given the whole history: what a history remembers of its past is its tally.
So evidence that does not fall apart into steps, such as figures that share an unknown dispersion or claims about a year, enters
as it stands. Steps end with the burn-in, with every month and with the last known day, a partial month.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Generic, TypeVar

import numpy as np

from interlope.ensemble import keys
from interlope.inference import importance, likelihood
from interlope.inference.likelihood import Plan
from interlope.model.setting import Setting
from interlope.model.simulate import States, advance, begin, clone
from interlope.model.tally import Table
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case

LEAST = 0.5  # slots are drawn anew once the effective part of them is below this

P = TypeVar("P")


@dataclass(frozen=True, eq=False)
class Filtered(Generic[P]):
    """What one pass found: the estimate of the log likelihood, the effective number of slots after each step [steps], and the
    slots at the end with their log weights [n]."""

    log_likelihood: float
    effective: np.ndarray
    slots: P
    log_weight: np.ndarray


def run(
    slots: P,
    steps: int,
    move: Callable[[P, int], P],
    score: Callable[[P, int], np.ndarray],
    pick: Callable[[P, np.ndarray], P],
    seed: int,
    *,
    least: float = LEAST,
) -> Filtered[P]:
    """Run one pass.

    Parameters
    ----------
    slots : where all slots start. move : runs them through a step. score : log likelihood [n] of all evidence up to the end of a
        step, -inf where impossible. pick : slots that go on from those of an index [n], each with luck of its own.
    seed : of the drawing of slots; the luck of `move` is the caller's.

    Other arguments
    ---------------
    least : slots are drawn anew (systematically) where the effective part of them is below this. With 0 they never are, and the
        estimate is the plain average over whole histories.
    """
    known, log_weight, estimate, effective = np.zeros(0), np.zeros(0), 0.0, np.zeros(steps)
    for step in range(steps):
        slots = move(slots, step)
        now = score(slots, step)
        if step == 0:
            known, log_weight = np.zeros(len(now)), np.zeros(len(now))
        with np.errstate(invalid="ignore"):
            log_weight = log_weight + np.where(np.isfinite(known), now - known, -np.inf)
        known = now
        effective[step] = importance.effective(log_weight)
        if effective[step] == 0.0:
            return Filtered(-np.inf, effective, slots, log_weight)
        if step < steps - 1 and effective[step] < least * len(now):
            estimate += importance.log_mean(log_weight)
            chosen = importance.systematic(importance.normalise(log_weight), len(now), keys.stream(seed, "filter", step).random())
            slots, known, log_weight = pick(slots, chosen), known[chosen], np.zeros(len(now))
    return Filtered(estimate + importance.log_mean(log_weight), effective, slots, log_weight)


@dataclass(frozen=True, eq=False)
class Steps:
    """The steps of a case: the day after each, and what enters the likelihood by then."""

    setting: Setting
    table: Table
    ends: tuple[int, ...]
    plans: tuple[Plan, ...]

    def at_once(self) -> Steps:
        """All of it as one step, for averages over whole histories."""
        return replace(self, ends=self.ends[-1:], plans=self.plans[-1:])


def split(case: Case, *, claims: bool = True) -> Steps:
    """Cut a case into steps, up to what is known on its `as_of`. claims : score claims too, not only official series."""
    setting, binding = case.setting(end=case.as_of), Binding(case)
    days = [d for d in closes(case.start, case.as_of) if d >= case.burn_in - timedelta(days=1)]
    plans = [likelihood.plan(case, binding, d) for d in days]
    if not claims:
        plans = [replace(p, claims=()) for p in plans]
    return Steps(setting, binding.table(setting.days), tuple(case.day(d) + 1 for d in days), tuple(plans))


def closes(first: date, last: date) -> list[date]:
    """Ends of the months from `first` to `last`; `last` closes a partial one.

    >>> [d.isoformat() for d in closes(date(2023, 8, 20), date(2023, 10, 25))]
    ['2023-08-31', '2023-09-30', '2023-10-25']
    """
    days = (first + timedelta(days=i) for i in range((last - first).days + 1))
    return [d for d in days if d == last or (d + timedelta(days=1)).day == 1]


def estimate(
    what: Steps,
    values: Mapping[str, float],
    slots: int,
    seed: int,
    *,
    least: float = LEAST,
    threads: int | None = None,
) -> Filtered[States]:
    """Estimate the log likelihood of one point of the parameters, with demand drawn by the model.

    Parameters
    ----------
    what : steps of a case. values : parameter name -> value. slots : number of slots. seed : of the luck and of drawing slots.

    Other arguments
    ---------------
    least : see `run`. threads : all cores when None; the result does not depend on it.
    """
    luck = np.arange(slots)
    start = begin(what.setting, values, None, keys.integer(seed, "filter.luck"), luck, what.table)

    def move(states: States, step: int) -> States:
        return advance(states, what.ends[step], record=False, threads=threads)[0]

    def score(states: States, step: int) -> np.ndarray:
        plan, statistics = what.plans[step], states.statistics
        complete = (states.status == 0) & np.isfinite(statistics[:, plan.used]).all(axis=1)
        found = np.full(slots, -np.inf)
        if complete.any():
            found[complete] = likelihood.total(plan, likelihood.terms(plan, statistics[complete]))
        return found

    return run(start, len(what.ends), move, score, lambda states, index: clone(states, index, luck), seed, least=least)
