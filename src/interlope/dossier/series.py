"""Series: official figures as dated tables, each with its source, definition and the day every value became known.

A series with a density enters the likelihood through the map stated in its header; one without is shown only and
says why. Which of its values are fitted follows from the day of knowledge: those published by then, from `scored_from` on.
The others are held out and scored as a forecast. `scored_to` ends both, where a definition changes, and `note` says why.
Of several figures of one period the one published last counts; earlier ones are shown.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from interlope import units
from interlope.dossier.period import write_span
from interlope.quantities import QUANTITIES, terms


@dataclass(frozen=True)
class Value:
    """One official figure, or one edition of it.

    Attributes
    ----------
    start, end : date
        First and last day of its period, both counted.
    value : float
        In the table's unit; the middle of a range.
    low, high : float or None
        Bounds, where it is a range.
    published : date
        Day on which it became known.
    note, source : str
        Remarks of the table, empty where there is none.
    line : int or None
        Where it stands in the file.
    """

    start: date
    end: date
    value: float
    low: float | None
    high: float | None
    published: date
    note: str = ""
    source: str = ""
    line: int | None = None

    @property
    def days(self) -> int:
        """Length of the period."""
        return (self.end - self.start).days + 1

    @property
    def covers(self) -> tuple[date, date]:
        """First and last day of its period: what figures of one period have in common."""
        return self.start, self.end


@dataclass(frozen=True)
class Series:
    """An official table.

    Attributes
    ----------
    series : str
        The sum of recorded series it is a report of, or "none".
    reduce : str
        How their days become one value.
    density : str
        Negative-binomial, lognormal, poisson or none (why says why).
    share : str
        Prior of the factor from recorded to reported.
    rest : str
        Prior of what is added per period (other borders).
    dispersion : str
        Prior of the negative-binomial size, or for lognormal of k in months.
    sd : float or None
        Log spread of a lognormal.
    scored_from, scored_to : date or None
        First and last day that can be scored at all, fitted or held out; None for no bound.
    """

    id: str
    source: str
    root: str
    licence: str
    definition: str
    counted: str
    unit: str
    period: str
    series: str
    reduce: str
    density: str
    why: str
    missing: str
    published_lag_days: int
    scored_from: date | None
    scored_to: date | None
    share: str
    rest: str
    dispersion: str
    sd: float | None
    note: str
    file: str
    values: tuple[Value, ...]
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def factor(self) -> float:
        """What a recorded number is multiplied by to be in the table's unit; 1 where no series is recorded.

        A total of a period of a day, week, month or year may be stated per that time: its figure is the total.
        """
        if self.series == "none":
            return 1.0
        unit = self.unit.partition("/")[0] if per_period(self.unit, self.reduce) else self.unit
        return units.factor(QUANTITIES[terms(self.series)[0][1]].unit, self.reduce, unit)

    def at(self, as_of: date) -> Series:
        """The same table with only what was published by a day."""
        return replace(self, values=tuple(v for v in self.values if v.published <= as_of))

    def latest(self) -> tuple[Value, ...]:
        """One figure for each period, the one published last, oldest period first."""
        last: dict[tuple[date, date], Value] = {}
        for value in self.values:
            other = last.get(value.covers)
            if other is None or value.published >= other.published:
                last[value.covers] = value
        return tuple(last.values())

    def fitted(self) -> tuple[Value, ...]:
        """Values that enter the likelihood, oldest first; of a table as known on a day, see `at`."""
        if self.density == "none":
            return ()
        first, last = self.scored_from or date.min, self.scored_to or date.max
        return tuple(v for v in self.latest() if v.start >= first and v.end <= last)

    def held_out(self, as_of: date) -> tuple[Value, ...]:
        """Values of periods of which nothing was published by a day, so that a fit leaves them out, oldest first; of a whole table."""
        known = {v.covers for v in self.values if v.published <= as_of}
        return tuple(v for v in self.fitted() if v.covers not in known)


def per_period(unit: str, reduce: str) -> bool:
    """True where figures are totals stated per time, such as the total of each month in persons/month."""
    return reduce == "sum" and units.parse(unit).days > 0


def write_period(value: Value, kind: str) -> str:
    """Write a figure's period as its file writes it; `kind` is the series' `period`."""
    return write_span(value.start, value.end, kind)
