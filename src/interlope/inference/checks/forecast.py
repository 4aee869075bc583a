"""Forecast: figures not published by `as_of`, scored against naive baselines and published whatever the score is.

The weighted replicates of the fit are run on past its `as_of`; operations known until then are imposed and later ones
start by the model's own hazard. Scores are the continuous ranked probability score of log(1 + y), lower is better.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from interlope.arguments import nothing
from interlope.dossier.series import Series, Value, write_period
from interlope.ensemble import keys, run, streams
from interlope.ensemble.weighted import METHOD
from interlope.inference import official, publication
from interlope.inference.checks import baselines, predictive
from interlope.inference.checks.crps import crps
from interlope.inference.fitting.posterior import Fits, chances
from interlope.inference.sampling import importance
from interlope.results.forecast import HeldOut, HeldOutRow
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case


@dataclass(frozen=True, eq=False)
class Forecast:
    """Draws of figures that were not published on the day of a fit.

    Attributes
    ----------
    values : mapping of str to tuple of Value
        The figures forecast, by series.
    drawn : mapping of str to ndarray
        Draws [n, v] of what would be published, in the unit of the series; explanations by their probability.
    effective : mapping of str to float
        Effective number of points that the draws of each explanation come from.
    """

    values: Mapping[str, tuple[Value, ...]]
    drawn: Mapping[str, np.ndarray]
    effective: Mapping[str, float]


def score(
    fits: Fits,
    *,
    draws: int = 160,
    threads: int | None = None,
    progress: Callable[[int, int], None] = nothing,
) -> HeldOut | None:
    """Forecast the held-out figures and score them.

    Parameters
    ----------
    fits : Fits
        A fit.
    draws : int
        Replicates in all, shared between explanations by their probability.
    threads : int, optional
        All cores when None.
    progress : callable
        Called with (replicates done, replicates in all).

    Returns
    -------
    HeldOut or None
        None where the case holds nothing out.
    """
    forecast = sample(fits, draws=draws, threads=threads, progress=progress)
    if forecast is None:
        return None
    rows = [row for name in forecast.values for row in _rows(fits, forecast, name)]
    rows.sort(key=lambda row: not row.baselines)
    return _summary(rows, fits.case.as_of, forecast.effective)


def sample(
    fits: Fits,
    *,
    draws: int = 160,
    end: date | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], None] = nothing,
) -> Forecast | None:
    """Draw the figures that were not published on the day of a fit; replicates are run on to the last of them.

    Parameters
    ----------
    fits : Fits
        A fit.
    draws : int
        Replicates in all, shared between explanations by their probability.
    end : date or None, optional
        Last day of the figures forecast; the case's end when None.
    threads : int, optional
        All cores when None.
    progress : callable
        Called with (replicates done, replicates in all).

    Returns
    -------
    Forecast or None
        None where nothing is left to forecast, or no replicate carries weight.
    """
    tables = fits.case.evidence.series
    case = replace(fits.case, series=tables)
    last = min(end or case.end, case.end)
    ahead = {name: _held_out(s, case, last) for name, s in tables.items() if name in _fitted(fits)}
    ahead = {name: values for name, values in ahead.items() if values}
    if not ahead:
        return None
    binding = Binding(case)
    setting = case.setting(end=last, imposed_until=case.as_of)
    probability = chances(fits)
    drawn: dict[str, list[np.ndarray]] = {name: [] for name in ahead}
    effective: dict[str, float] = {}
    done = 0
    for name, posterior in fits.posteriors.items():
        size = int(round(draws * probability[name]))
        if size == 0 or not posterior.weight.any():
            continue
        generator = keys.stream(fits.seed, "forecast", name)
        at = predictive.resample(posterior, size, generator)
        effective[name] = importance.effective(importance.grouped(np.zeros(size), posterior.ancestry.point[at]))
        values = {k: v[at] for k, v in posterior.design.values.items()}
        past = posterior.streams.take(at)
        future = streams.then(past, fits.case.day(fits.case.as_of) + 1, (1 << 31) + done + np.arange(size))  # own streams for each
        statistics, _ = run.summarise(setting, values, posterior.design.innovations[at], binding, future, threads=threads)
        done += size
        progress(done, draws)
        for series, figures in _figures(fits, ahead, binding, statistics, generator).items():
            drawn[series].append(figures)
    return Forecast(ahead, {name: np.concatenate(figures) for name, figures in drawn.items()}, effective) if done else None


def _fitted(fits: Fits) -> set[str]:
    return {t.id for g in fits.plan.groups for t in g.series}


def _held_out(series: Series, case: Case, last: date) -> tuple[Value, ...]:
    """Figures of a whole table that were not published by a case's `as_of` and lie within its days up to the last one."""
    return tuple(v for v in series.held_out(case.as_of) if case.start <= v.start and v.end <= last)


def _figures(
    fits: Fits, values: Mapping[str, tuple[Value, ...]], binding: Binding, statistics: np.ndarray, generator: np.random.Generator
) -> dict[str, np.ndarray]:
    """Figures [n, v] that would be published for every value, nuisances as the fitted figures leave them."""
    tables = fits.case.evidence.series
    used = [binding.series_columns[n][i] for n, wanted in values.items() for i, v in enumerate(tables[n].values) if v in wanted]
    complete = statistics[np.isfinite(statistics[:, used]).all(axis=1)]
    figures = {}
    for group in fits.plan.groups:
        past, ahead = [], {}
        for t in group.series:
            columns = binding.series_columns[t.id]
            at = {v.covers: columns[i] for i, v in enumerate(tables[t.id].values)}
            past.append(replace(t, columns=np.array([at[fits.case.series[t.id].values[i].covers] for i in t.rows])))
            if t.id in values:
                ahead[t.id] = _ahead(t, tables[t.id], values[t.id], columns)
        if ahead:
            figures |= publication.predict(official.Group(tuple(past)), complete, generator, ahead)
    return figures


def _ahead(t: official.FittedSeries, series: Series, values: Sequence[Value], columns: list[int]) -> official.FittedSeries:
    """A table with held-out values in place of its fitted ones."""
    rows = [i for i, v in enumerate(series.values) if v in values]
    months = [v.days / official.MONTH if series.reduce == "sum" else 1.0 for v in values]
    return replace(t, columns=np.array([columns[i] for i in rows]), figures=np.array([v.value for v in values]),
                   months=np.array(months), rows=tuple(rows))


def about_half_known(value: Value, as_of: date) -> bool:
    """Whether more than half of a figure's period was over on a day, so that naive forecasts of it would be no match."""
    return 2 * (as_of - value.start).days > value.days


def table_of(fits: Fits, series: str) -> official.FittedSeries:
    """The fitted part of a series."""
    return next(t for g in fits.plan.groups for t in g.series if t.id == series)


def _rows(fits: Fits, forecast: Forecast, name: str) -> list[HeldOutRow]:
    """One row for each held-out figure of a series: quantiles, score, and the scores of the baselines."""
    series, figures, as_of = fits.case.evidence.series[name], forecast.drawn[name], fits.case.as_of
    known, table = series.at(as_of).latest(), table_of(fits, name)
    rows = []
    for j, value in enumerate(forecast.values[name]):
        y = np.log1p(value.value)
        q05, q50, q95 = map(float, np.quantile(figures[:, j], predictive.POINTS, method=METHOD))
        generator = keys.stream(fits.seed, "baseline", name, j)
        naive: dict[str, np.ndarray] = {}
        if known and not about_half_known(value, as_of):
            naive = {"last value": np.array([baselines.last_value(known, value, table.totals)]),
                     "reference class": baselines.reference_class(known, value, table, generator),
                     "step model": baselines.step(known, value, table, generator)}
        rows.append(HeldOutRow(series=name, period=write_period(value, series.period), observed=value.value, q05=q05, q50=q50,
                               q95=q95, crps=crps(np.log1p(figures[:, j]), y),
                               baselines={label: crps(np.log1p(x), y) for label, x in naive.items()}))
    return rows


def _summary(rows: list[HeldOutRow], as_of: date, effective: Mapping[str, float]) -> HeldOut:
    compared = [r for r in rows if r.baselines]
    scores = {}
    if compared:
        scores = {"model": float(np.mean([r.crps for r in compared]))}
        scores |= {n: float(np.mean([r.baselines[n] for r in compared])) for n in compared[0].baselines}
    inside = [r.q05 is not None and r.q95 is not None and r.q05 <= r.observed <= r.q95 for r in rows]
    note = (f"Forecast from what was known on {as_of.day} {as_of:%b %Y}: operations in the case file are imposed until that day and "
            "start by the model's own hazard afterwards; figures published later were not used. A figure whose period "
            "was more than half over by then is shown without baselines and left out of the mean score.")
    return HeldOut(rows=rows, crps=scores, coverage=float(np.mean(inside)), effective=dict(effective), note=note)
