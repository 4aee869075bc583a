"""Live: an option run on posterior draws while its levers are moved, a few draws at first and more as they come.

Every draw is run once to the day of decision. From there each option gets a copy and the same random streams, as in `policy.compare`:
differences are paired. Stages add draws, evenly over the explanations; what one stage has run the next does not run again.
"""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from interlope.errors import BadInput
from interlope.explorer.turns import Superseded, Turn, Turns
from interlope.inference.fitting.posterior import Draws
from interlope.levers.catalogue import levers
from interlope.levers.option import ALWAYS, STATUS_QUO, Option, ScheduledLever
from interlope.model import simulate as engine
from interlope.policy.decided import Decided, controls_of, decide, make_setting
from interlope.policy.outcome import measure
from interlope.policy.recorded import list_recorded
from interlope.policy.result import list_outcomes
from interlope.policy.switched_off import list_switched_off
from interlope.reporting.sections.levels import tell_recorded
from interlope.results.harm import RecordedHarm, SwitchedOff
from interlope.scenario.case import Case

EACH = (1, 8, 24)  # draws of each explanation by the end of each stage
CHUNK = max(8, 2 * (os.cpu_count() or 1))  # draws run before it is looked whether they are still wanted; enough for every processor
MOST_SECONDS = 120.0  # that one request may take
REMEMBERED = 24  # options whose outcomes are stored; the one used longest ago goes


class Deadline:
    """The time that one request may take."""

    def __init__(self) -> None:
        self.end = time.monotonic() + MOST_SECONDS

    def check(self) -> None:
        """Refuse to go on when it is over.

        Raises
        ------
        BadInput
            With what runs as long as it takes.
        """
        if time.monotonic() > self.end:
            raise BadInput(f"more than {MOST_SECONDS:.0f} s are not spent here; 'interlope simulate' and 'compare' run as long as it takes")


@dataclass(frozen=True, eq=False)
class Branch:
    """Draws of a stage, or of all up to one, under an option: outcomes [n, outcome], recorded series in parts [n of it, day, series], and
    whether each ran to its end [n]."""

    levels: np.ndarray
    series: tuple[np.ndarray, ...]
    complete: np.ndarray

    def daily(self, column: int) -> np.ndarray:
        """One recorded series of all draws [n, day]."""
        return np.concatenate([part[:, :, column] for part in self.series])


def _join(parts: Sequence[Branch]) -> Branch:
    """Draws of several stages as those of one; their series are not copied."""
    series = tuple(each for part in parts for each in part.series)
    return Branch(np.concatenate([p.levels for p in parts]), series, np.concatenate([p.complete for p in parts]))


class LiveOptions:
    """Options of a case on the posterior draws of a study, run as they are asked for.

    Parameters
    ----------
    case : Case
        The case as known on the study's day.
    draws : Draws
        Posterior draws.
    seed : int
        Seed of the days after the decision.
    """

    def __init__(self, case: Case, draws: Draws, seed: int):
        self.case, self.draws, self.seed = case, draws, seed
        self.days, self.decided = case.decision.days, case.day(case.decision.start)
        self.setting = make_setting(case, self.days)
        self.rows = _choose(draws.hypothesis)
        self.turns = Turns()
        self._lock = threading.Lock()
        self._pasts: dict[int, Decided] = {}
        self._futures: OrderedDict[Any, dict[int, Branch]] = OrderedDict()

    @cached_property
    def switched_off(self) -> list[SwitchedOff]:
        """Harms of every lever that the case's numbers take away, looked up once: a slider moves settings, not numbers."""
        every = tuple(ScheduledLever(name, 1.0, 0, ALWAYS, 0) for name in levers())
        return list_switched_off(self.case, Option("every lever", "", every))

    @cached_property
    def seasonal(self) -> bool:
        """Whether some days of the year bring more tries than others."""
        return self.case.seasonal

    @cached_property
    def recorded(self) -> list[RecordedHarm]:
        """What the case's tables give a year for each harm."""
        return list_recorded(self.case)

    @cached_property
    def recorded_texts(self) -> list[str]:
        """What was recorded, in the case's words: no slider changes it."""
        return tell_recorded(list_outcomes(self.case.words), self.recorded)

    @property
    def stages(self) -> list[int]:
        """Draws by the end of each stage."""
        return [sum(map(len, self.rows[: i + 1])) for i in range(len(self.rows))]

    def chosen(self, stage: int) -> np.ndarray:
        """Places of the draws up to a stage in the set of draws [n]."""
        return np.concatenate(self.rows[: stage + 1])

    def before(self, stage: int) -> Branch:
        """The days before the decision, for all draws up to a stage."""
        pasts = [self._past(i) for i in range(stage + 1)]
        return Branch(np.concatenate([p.before for p in pasts]), (), np.concatenate([p.complete for p in pasts]))

    def run(self, option: Option, stage: int, turn: Turn | None = None) -> Branch:
        """An option on all draws up to a stage.

        Parameters
        ----------
        option : Option
            Levers over time; its name does not matter.
        stage : int
            Last stage, from 0.
        turn : Turn, optional
            The change of a page that it is asked for; None where nothing supersedes it.

        Returns
        -------
        Branch

        Raises
        ------
        Superseded
            When the same page asks for something later before it is run to its end.
        """
        if turn is not None:
            self.turns.begin(turn)
        return _join([self._future(option, i, turn) for i in range(stage + 1)])

    def find(self, option: Option, stage: int) -> Branch | None:
        """An option that was run on all these draws already; None where it was not."""
        known = self._futures.get(option.levers, {})
        return self.run(option, stage) if all(i in known for i in range(stage + 1)) else None

    def warm(self, stages: Sequence[int] = (0, 1), stopped: Callable[[], bool] = lambda: False) -> None:
        """Run the pasts and the status quo, so that the first slider does not wait for them."""
        for stage in stages:
            if stopped() or stage >= len(self.rows):
                return
            self.run(self.case.options[STATUS_QUO], stage)

    def _past(self, stage: int) -> Decided:
        with self._lock:
            if stage not in self._pasts:
                first = sum(map(len, self.rows[:stage]))
                self._pasts[stage] = decide(engine, self.case, self.draws, self.rows[stage], self.setting, self.seed, first)
            return self._pasts[stage]

    def _future(self, option: Option, stage: int, turn: Turn | None) -> Branch:
        past = self._past(stage)
        with self._lock:
            known = self._futures.setdefault(option.levers, {})
            self._futures.move_to_end(option.levers)
            while len(self._futures) > REMEMBERED:
                self._futures.popitem(last=False)
            if stage not in known:
                known[stage] = self._branch(past, option, turn)
            return known[stage]

    def _branch(self, past: Decided, option: Option, turn: Turn | None) -> Branch:
        """Run copies of the draws under an option, a few at a time."""
        controls = controls_of(option, self.decided, self.days)
        series, complete, deadline = [], [], Deadline()
        for low in range(0, len(past.complete), CHUNK):
            deadline.check()
            if turn is not None and self.turns.superseded(turn):
                raise Superseded
            rows = np.arange(low, min(low + CHUNK, len(past.complete)))
            states, recorded = engine.advance(engine.clone(past.states, rows), self.decided + self.days, controls=controls)
            series.append(recorded.series)
            complete.append(np.asarray(states.status) == 0)
        return Branch(np.concatenate([measure(part) for part in series]), tuple(series), past.complete & np.concatenate(complete))


def order_draws(rows: np.ndarray, most: int = EACH[-1]) -> np.ndarray:
    """Rows of the draws of one explanation, evenly spread, in an order of which every beginning is spread too.

    >>> order_draws(np.arange(100), 4).tolist()
    [0, 25, 50, 75]
    """
    count = min(most, len(rows))
    step = next(s for s in (5, 7, 3, 1) if np.gcd(s, max(count, 1)) == 1)
    return rows[(np.arange(count) * step % max(count, 1) * len(rows)) // max(count, 1)]


def _choose(hypothesis: np.ndarray) -> list[np.ndarray]:
    """Places of the draws of each stage: evenly spread within every explanation, and no draw in two stages.

    >>> [len(rows) for rows in _choose(np.repeat(["a", "b"], 100))]
    [2, 14, 32]
    """
    orders = [order_draws(np.flatnonzero(hypothesis == name)) for name in dict.fromkeys(hypothesis.tolist())]
    cuts = (0, *EACH)
    stages = [np.concatenate([order[low:high] for order in orders]) for low, high in zip(cuts[:-1], cuts[1:])]
    return [rows for rows in stages if len(rows)]
