"""Forecast: figures not published by `as_of`, scored against naive baselines and published whatever the score is.

The weighted replicates of the fit are run on past its `as_of`; operations known until then are imposed and later ones
start by the model's own hazard. Scores are the continuous ranked probability score of log(1 + y), lower is better.
Baselines: the last figure known; a reference class of closures of routes (five in the agency's own table fell, in the
month after, to .137 .158 .342 .225 .279 of the month before: log-normal around .22, log-sd .4); a step (all but a
fiftieth of the modelled part gone, the rest as its prior says).
"""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from interlope.dossier.series import Series, Value, write_period
from interlope.ensemble import keys, run, streams
from interlope.inference import official
from interlope.inference.checks import predictive
from interlope.inference.fitting.posterior import Fits, chances
from interlope.inference.sampling import importance
from interlope.results.forecast import HeldOut, HeldOutRow
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case

CLASS_MEDIAN, CLASS_SD = 0.22, 0.4
STEP = 0.02
SAMPLES = 2000  # draws from each baseline


def crps(samples: np.ndarray, observed: float) -> float:
    """Fair continuous ranked probability score of equally weighted samples; absolute error for a single one.

    The mean over pairs leaves out each sample's pair with itself, so that the expected score does not depend on the number of
    samples (Ferro 2014).

    Parameters
    ----------
    samples : np.ndarray
        [n] draws of the forecast.
    observed : float
        What was observed, in the same unit.

    Returns
    -------
    float
        In the unit of the samples; less is better. An estimate: it may fall below zero.

    References
    ----------
    Ferro (2014), Quarterly Journal of the Royal Meteorological Society 140: 1917-1923.
    Zamo & Naveau (2018), Mathematical Geosciences 50: 209-234.

    Examples
    --------
    >>> crps(np.array([1.0]), 3.0)
    2.0
    >>> crps(np.array([0.0, 2.0]), 1.0)
    0.0
    """
    x = np.sort(np.asarray(samples, dtype=np.float64))
    n = len(x)
    pairs = float(np.sum((2 * np.arange(1, n + 1) - n - 1) * x)) / (n * max(n - 1, 1))
    return float(np.mean(np.abs(x - observed))) - pairs


def score(
    fits: Fits,
    *,
    draws: int = 160,
    threads: int | None = None,
    progress: Callable[[int, int], None] = run.nothing,
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
    tables = fits.case.evidence.series
    case = replace(fits.case, series=tables)
    ahead = {name: s for name, s in tables.items() if name in _fitted(fits) and _held_out(s, case)}
    if not ahead:
        return None
    binding = Binding(case)
    setting = case.setting(end=case.end, imposed_until=case.as_of)
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
        innovations = np.full((size, setting.months), np.nan)
        innovations[:, : fits.months] = posterior.design.innovations[at]
        past = posterior.streams.take(at)
        future = streams.then(past, fits.case.day(fits.case.as_of) + 1, (1 << 31) + done + np.arange(size))  # own streams for each
        statistics, _ = run.summarise(setting, values, innovations, binding, future, threads=threads)
        done += size
        progress(done, draws)
        for series, figures in _figures(fits, tables, ahead, binding, statistics, generator).items():
            drawn[series].append(figures)
    rows = [row for name, s in ahead.items() for row in _rows(fits, s, drawn[name])]
    rows.sort(key=lambda row: not row.baselines)
    return _summary(rows, case.as_of, effective) if rows else None


def _fitted(fits: Fits) -> set[str]:
    return {t.id for g in fits.plan.groups for t in g.series}


def _held_out(series: Series, case: Case) -> tuple[Value, ...]:
    """Figures of a whole table that were not published by a case's `as_of` and lie within its days."""
    return tuple(v for v in series.held_out(case.as_of) if case.start <= v.start and v.end <= case.end)


def _figures(
    fits: Fits,
    tables: Mapping[str, Series],
    held_out: Mapping[str, Series],
    binding: Binding,
    statistics: np.ndarray,
    generator: np.random.Generator,
) -> dict[str, np.ndarray]:
    """Figures [n, v] that would be published for every held-out value, nuisances as the fitted figures leave them."""
    complete = statistics[np.isfinite(statistics[:, _columns(held_out, fits.case, binding)]).all(axis=1)]
    figures = {}
    for group in fits.plan.groups:
        past, ahead = [], {}
        for t in group.series:
            columns = binding.series_columns[t.id]
            at = {v.covers: columns[i] for i, v in enumerate(tables[t.id].values)}
            past.append(replace(t, columns=np.array([at[fits.case.series[t.id].values[i].covers] for i in t.rows])))
            if t.id in held_out:
                ahead[t.id] = _ahead(t, held_out[t.id], _held_out(held_out[t.id], fits.case), columns)
        if ahead:
            figures |= official.predict(official.Group(tuple(past)), complete, generator, ahead)
    return figures


def _columns(held_out: Mapping[str, Series], case: Case, binding: Binding) -> list[int]:
    """Columns of the statistics behind held-out values."""
    values = {name: set(_held_out(s, case)) for name, s in held_out.items()}
    return [binding.series_columns[n][i] for n, s in held_out.items() for i, v in enumerate(s.values) if v in values[n]]


def _ahead(t: official.FittedSeries, series: Series, values: Sequence[Value], columns: list[int]) -> official.FittedSeries:
    """A table with held-out values in place of its fitted ones."""
    rows = [i for i, v in enumerate(series.values) if v in values]
    months = [v.days / official.MONTH if series.reduce == "sum" else 1.0 for v in values]
    return replace(t, columns=np.array([columns[i] for i in rows]), figures=np.array([v.value for v in values]),
                   months=np.array(months), rows=tuple(rows))


def _rows(fits: Fits, series: Series, drawn: list[np.ndarray]) -> list[HeldOutRow]:
    """One row per held-out figure: quantiles, score, and the scores of the baselines."""
    if not drawn:
        return []
    figures = np.concatenate(drawn)
    known = series.at(fits.case.as_of).latest()
    table = next(t for g in fits.plan.groups for t in g.series if t.id == series.id)
    rows = []
    for j, value in enumerate(_held_out(series, fits.case)):
        y = np.log1p(value.value)
        q05, q50, q95 = map(float, np.quantile(figures[:, j], predictive.POINTS))
        generator = keys.stream(fits.seed, "baseline", series.id, j)
        ahead = 2 * (fits.case.as_of - value.start).days <= value.days
        baselines = _baselines(known, value, table, generator) if known and ahead else {}
        rows.append(HeldOutRow(series=series.id, period=write_period(value, series.period), observed=value.value, q05=q05, q50=q50,
                               q95=q95, crps=crps(np.log1p(figures[:, j]), y),
                               baselines={name: crps(np.log1p(x), y) for name, x in baselines.items()}))
    return rows


def _baselines(
    known: Sequence[Value], value: Value, table: official.FittedSeries, generator: np.random.Generator
) -> dict[str, np.ndarray]:
    """Draws of each baseline; totals of a period are scaled to the length of the one forecast."""
    last = known[-1].value * (value.days / known[-1].days if table.totals else 1.0)
    noise = generator.standard_normal(SAMPLES)
    rest = table.rest.quantile(generator.random(SAMPLES))
    return {
        "last value": np.array([last]),
        "reference class": last * CLASS_MEDIAN * np.exp(CLASS_SD * noise),
        "step model": np.maximum(last - rest, 0.0) * STEP + rest,
    }


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
