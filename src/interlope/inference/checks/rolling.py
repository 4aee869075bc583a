"""Rolling: forecasts from several days of knowledge, each from a fit that saw nothing published later (rolling-origin evaluation)."""
from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from interlope.dossier.series import Series, Value, write_period
from interlope.ensemble import keys
from interlope.ensemble.weighted import METHOD
from interlope.inference.checks import baselines, forecast
from interlope.inference.checks.crps import crps
from interlope.inference.fitting.posterior import Fits
from interlope.results.backtest import BacktestRow
from interlope.scenario.case import Case

AHEAD = 6  # months
DRAWS = 400  # replicates run on from each origin
POINTS = (0.05, 0.25, 0.5, 0.75, 0.95)
LEAST_KNOWN = 5  # months of figures that have to be fitted at the first origin
RECENT, LONG = 90, 7  # a closure: an operation of at least seven days that began within ninety days before the origin
OPEN = 0.5  # intensity from which an operation closes the way


def list_origins(case: Case, ahead: int = AHEAD) -> list[date]:
    """Ends of quarters at which a forecast can be made and scored: five months of figures fitted, and figures of later periods known now.

    Parameters
    ----------
    case : Case
        A case.
    ahead : int, default 6
        Most months ahead.

    Returns
    -------
    list of date
        In order of time; empty where the figures of a case are too few.

    Examples
    --------
    >>> import interlope as il
    >>> list_origins(il.load("serbia-hungary"))[0]
    datetime.date(2022, 6, 30)
    """
    tables = [s for s in case.evidence.series.values() if s.density != "none"]
    last = max((v.end for s in tables for v in s.fitted() if v.end <= case.end), default=case.start)
    quarters = [date(year, month, calendar.monthrange(year, month)[1])
                for year in range(case.burn_in.year, last.year + 1) for month in (3, 6, 9, 12)]
    return [q for q in quarters if case.burn_in + timedelta(days=31 * LEAST_KNOWN) < q < last
            and any(list_targets(s, q, ahead, case.end) for s in tables)]


def list_targets(series: Series, origin: date, ahead: int, last: date) -> tuple[Value, ...]:
    """Figures of a whole table whose period begins after a day, ends within so many months and within the case, unpublished on that day."""
    return tuple(v for v in series.held_out(origin) if v.start > origin and v.end <= last and lead_of(v, origin) <= ahead)


def lead_of(value: Value, origin: date) -> int:
    """Months from a day to the end of a figure's period, at least one.

    >>> value = Value(date(2023, 1, 1), date(2023, 1, 31), 5.0, None, None, date(2023, 2, 20))
    >>> lead_of(value, date(2022, 12, 31))
    1
    """
    return max(12 * (value.end.year - origin.year) + value.end.month - origin.month, 1)


def month_end(origin: date, ahead: int) -> date:
    """Last day of the month so many months after a day's own."""
    month = 12 * origin.year + origin.month - 1 + ahead
    return date(month // 12, month % 12 + 1, calendar.monthrange(month // 12, month % 12 + 1)[1])


def score(fits: Fits, ahead: int = AHEAD, draws: int = DRAWS) -> tuple[list[BacktestRow], dict[str, float]]:
    """Forecast what was published after a fit's day of knowledge, and score it.

    Parameters
    ----------
    fits : Fits
        A fit of the case as known on the origin.
    ahead : int, default 6
        Most months ahead.
    draws : int, default 400
        Replicates run on, shared between explanations by their probability.

    Returns
    -------
    rows : list of BacktestRow
        One for each figure, in order of series and period.
    effective : dict
        Effective number of points that the draws of each explanation come from.
    """
    origin = fits.case.as_of
    drawn = forecast.sample(fits, draws=draws, end=month_end(origin, ahead))
    if drawn is None:
        return [], {}
    rows = []
    for name, values in drawn.values.items():
        series = fits.case.evidence.series[name]
        targets = set(list_targets(series, origin, ahead, fits.case.end))
        for j, value in enumerate(values):
            if value in targets:
                rows.append(_row(fits, series, value, drawn.drawn[name][:, j]))
    return rows, dict(drawn.effective)


def _row(fits: Fits, series: Series, value: Value, figures: np.ndarray) -> BacktestRow:
    origin, y = fits.case.as_of, float(np.log1p(value.value))
    generator = keys.stream(fits.seed, "backtest", series.id, value.start.toordinal())
    naive = _naive(fits, series, value, generator)
    q05, q25, q50, q75, q95 = map(float, np.quantile(figures, POINTS, method=METHOD))
    return BacktestRow(origin=origin.isoformat(), series=series.id, period=write_period(value, series.period), lead=lead_of(value, origin),
                       observed=value.value, q05=q05, q25=q25, q50=q50, q75=q75, q95=q95, crps=crps(np.log1p(figures), y),
                       baselines={name: crps(np.log1p(x), y) for name, x in naive.items()})


def _naive(fits: Fits, series: Series, value: Value, generator: np.random.Generator) -> dict[str, np.ndarray]:
    """Draws of every naive forecast that can be made from what was known."""
    known, table = series.at(fits.case.as_of).latest(), forecast.table_of(fits, series.id)
    if not known:
        return {}
    last = np.array([baselines.last_value(known, value, table.totals)])
    before = _before_closure(fits.case, known)
    naive: dict[str, np.ndarray | None] = {
        "last value": last,
        "seasonal naive": None if (year_ago := baselines.seasonal(known, value)) is None else np.array([year_ago]),
        "random walk": baselines.random_walk(known, value, generator),
        "step model": baselines.step(before, value, table, generator) if before else last,
    }
    return {name: x for name, x in naive.items() if x is not None}


def _before_closure(case: Case, known: Sequence[Value]) -> tuple[Value, ...]:
    """Figures of before a long operation that began shortly before the day of knowledge; none where there was none."""
    operation = case.setting(end=case.as_of).operation >= OPEN
    today = len(operation)
    days = [d for d in range(max(today - RECENT, 0), today) if operation[d : d + LONG].sum() >= min(LONG, today - d)]
    if not days:
        return ()
    began = case.start + timedelta(days=days[0])
    return tuple(v for v in known if v.end < began)
