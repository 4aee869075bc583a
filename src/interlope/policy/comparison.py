"""Comparison: what a comparison of options starts from, and the outcomes that it returns."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from interlope.ensemble.streams import Streams
from interlope.levers.option import STATUS_QUO, Option
from interlope.policy.escalation import Escalation
from interlope.scenario.identity import Origin
from interlope.wording import NEUTRAL, Words

if TYPE_CHECKING:
    import pandas as pd

    from interlope.results.comparison import CompareResult
    from interlope.results.harm import RecordedHarm, SwitchedOff

POOLED = "pooled"


class Draws(Protocol):
    """Posterior draws, n in all, equally weighted within an explanation.

    hypothesis [n] names; values: parameter -> [n]; innovations [n, months]; streams: random streams of each draw's past;
    point int64 [n]: independent point it descends from; chance of each explanation given the evidence; weak: explanation ->
    why its draws must not be relied on; origin: case and fit that they come from, None where not known.
    """

    @property
    def hypothesis(self) -> np.ndarray: ...
    @property
    def values(self) -> Mapping[str, np.ndarray]: ...
    @property
    def innovations(self) -> np.ndarray | None: ...
    @property
    def streams(self) -> Streams: ...
    @property
    def point(self) -> np.ndarray: ...
    @property
    def chance(self) -> Mapping[str, float]: ...
    @property
    def weak(self) -> Mapping[str, str]: ...
    @property
    def origin(self) -> Origin | None: ...


class Engine(Protocol):
    """The part of the simulator that a comparison uses."""

    def begin(self, setting: Any, values: Any, innovations: Any, seed: int, stream_ids: Any, /) -> Any:
        """Start replicates."""
        ...

    def advance(self, states: Any, to_day: int, /, *, controls: Any = None) -> Any:
        """Run replicates up to a day; returns (states, what was recorded)."""
        ...

    def clone(self, states: Any, index: Any = None, stream_ids: Any = None, /) -> Any:
        """Copy replicates, in other random streams from now on where some are given."""
        ...


@dataclass(frozen=True, eq=False)
class Comparison:
    """Outcomes of every option in every draw.

    Attributes
    ----------
    start : str
        Day of decision, ISO.
    days, today : int
        Days after and before it.
    options : tuple of Option
        In order, status quo first.
    names : np.ndarray
        [n] explanation of each draw.
    weights : np.ndarray
        [n] posterior weight of each draw, summing to 1.
    origins : np.ndarray
        [n] whole numbers; draws that descend from one point share theirs, and errors count them as one.
    levels : np.ndarray
        [option, n, outcome] over the days after the decision, in the outcome's unit.
    before : np.ndarray
        [n, outcome] over the days before it.
    cost : tuple of float
        By option, in EUR over the days; None where the case gives no unit cost.
    escalation : tuple of Escalation
        First operation after the decision and what followed, by option.
    dropped : int
        Draws that failed to run.
    weak : mapping of str to str
        Explanation to why its draws must not be relied on.
    origin : Origin
        Case and fit of the draws; None where that is not known.
    rows : np.ndarray
        [n] place of each draw in the set that it came from; None where that is not known.
    words : mapping of str to str
        Words of the case, with which its texts are filled.
    recorded : tuple of RecordedHarm
        What the case's official tables give a year for the harms; None where that was not looked up.
    switched_off : mapping of str to sequence of SwitchedOff
        By option, the harms that the case's numbers take away.
    seasonal : bool
        Whether some days of the year bring more tries than others; None where that is not known.
    """

    start: str
    days: int
    today: int
    options: tuple[Option, ...]
    explanations: tuple[str, ...]
    names: np.ndarray
    weights: np.ndarray
    origins: np.ndarray
    levels: np.ndarray
    before: np.ndarray
    cost: tuple[float | None, ...]
    escalation: tuple[Escalation, ...]
    dropped: int
    weak: Mapping[str, str]
    origin: Origin | None = None
    rows: np.ndarray | None = None
    words: Words = field(default_factory=lambda: NEUTRAL)
    recorded: tuple[RecordedHarm, ...] | None = None
    switched_off: Mapping[str, Sequence[SwitchedOff]] = field(default_factory=dict)
    seasonal: bool | None = None

    @property
    def pairs(self) -> int:
        """Draws compared."""
        return len(self.names)

    def weights_of(self, explanation: str) -> np.ndarray:
        """Weights [n] within one explanation, or over all of them for `pooled`; they sum to 1."""
        inside = np.where(self.names == explanation, self.weights, 0.0) if explanation != POOLED else self.weights
        if not inside.sum() > 0:
            inside = (self.names == explanation).astype(np.float64)
        return inside / inside.sum()

    def to_record(self) -> CompareResult:
        """The comparison summarised: see `interlope.policy.result.to_record`."""
        from interlope.policy import result

        return result.to_record(self)

    def to_dataframe(self, table: str = "") -> pd.DataFrame:
        """A table of the record as a pandas data frame: see `CompareResult.to_dataframe`."""
        return self.to_record().to_dataframe(table)

    def __repr__(self) -> str:
        return (f"<Comparison of {', '.join(option.name for option in self.options)}: {self.pairs} pairs, "
                f"{self.days} days from {self.start}>")

    def _repr_html_(self) -> str:
        return self.to_record()._repr_html_()

    def option_index(self, name: str) -> int:
        """Position of an option."""
        return [option.name for option in self.options].index(name)

    def difference(self, option: int, over: str) -> np.ndarray:
        """Paired differences [n, outcome] of an option over `status_quo` or `today`."""
        base = self.levels[self.option_index(STATUS_QUO)] if over == "status_quo" else self.before
        return self.levels[option] - base
