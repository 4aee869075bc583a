"""Forecast: figures not published by `as_of`, scored against naive baselines and published whatever the score is.

The weighted histories of the fit are run on past its `as_of`; operations known until then are imposed and later ones
start by the model's own hazard. Scores are the continuous ranked probability score of log(1 + y), lower is better.
Baselines: the last figure known; a reference class of closures of routes (five in the agency's own table fell, in the
month after, to .137 .158 .342 .225 .279 of the month before: log-normal around .22, log-sd .4); a step (all but a
fiftieth of the modelled part gone, the rest as its prior says).
"""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from interlope.dossier.series import Series, Value
from interlope.ensemble import keys, run, streams
from interlope.inference import official
from interlope.inference.checks import predictive
from interlope.inference.fitting.posterior import Fits, chances
from interlope.inference.sampling import importance
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case

CLASS_MEDIAN, CLASS_SD = 0.22, 0.4
STEP = 0.02
SAMPLES = 2000  # draws from each baseline


def crps(samples: np.ndarray, observed: float) -> float:
    """Continuous ranked probability score of equally weighted samples [n]; absolute error for a single one.

    >>> crps(np.array([1.0]), 3.0)
    2.0
    """
    x = np.sort(np.asarray(samples, dtype=np.float64))
    n = len(x)
    pairs = float(np.sum((2 * np.arange(1, n + 1) - n - 1) * x)) / n**2
    return float(np.mean(np.abs(x - observed))) - pairs


def score(
    fits: Fits,
    *,
    draws: int = 160,
    threads: int | None = None,
    progress: Callable[[int, int], None] = run.nothing,
) -> dict[str, Any] | None:
    """Forecast the figures kept back and score them.

    Parameters
    ----------
    fits : a fit. draws : histories in all, shared between explanations by their probability.

    Returns
    -------
    `heldout` of weigh's result: rows by figure, mean score of the model and of each baseline, the part of figures within the model's
    90 % interval, and the effective number of points that the forecasts come from; None where the case keeps nothing back.
    """
    tables = fits.case.evidence.series
    case = replace(fits.case, series=tables)
    kept = {name: s for name, s in tables.items() if name in _fitted(fits) and _held_out(s, case)}
    if not kept:
        return None
    binding = Binding(case)
    setting = case.setting(end=case.end, imposed_until=case.as_of)
    probability = chances(fits)
    drawn: dict[str, list[np.ndarray]] = {name: [] for name in kept}
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
        ahead = streams.then(past, fits.case.day(fits.case.as_of) + 1, (1 << 31) + done + np.arange(size))  # a future of its own for each
        statistics, _ = run.summarise(setting, values, innovations, binding, ahead, threads=threads)
        done += size
        progress(done, draws)
        for series, figures in _figures(fits, tables, kept, binding, statistics, generator).items():
            drawn[series].append(figures)
    rows = [row for name, s in kept.items() for row in _rows(fits, s, drawn[name])]
    rows.sort(key=lambda row: not row["baselines"])
    return _summary(rows, case.as_of, effective) if rows else None


def _fitted(fits: Fits) -> set[str]:
    return {t.id for g in fits.plan.groups for t in g.series}


def _held_out(series: Series, case: Case) -> tuple[Value, ...]:
    """Figures of a whole table that were not published by a case's `as_of` and lie within its days."""
    return tuple(v for v in series.held_out(case.as_of) if case.start <= v.start and v.end <= case.end)


def _figures(
    fits: Fits,
    tables: Mapping[str, Series],
    kept: Mapping[str, Series],
    binding: Binding,
    statistics: np.ndarray,
    generator: np.random.Generator,
) -> dict[str, np.ndarray]:
    """Figures [n, v] that would be published for every value kept back, nuisances as the fitted figures leave them."""
    complete = statistics[np.isfinite(statistics[:, _columns(kept, fits.case, binding)]).all(axis=1)]
    found = {}
    for group in fits.plan.groups:
        past, ahead = [], {}
        for t in group.series:
            columns = binding.series_columns[t.id]
            fitted = {(v.start, v.end) for v in (fits.case.series[t.id].values[i] for i in t.rows)}
            past.append(replace(t, columns=np.array([columns[i] for i, v in enumerate(tables[t.id].values)
                                                     if (v.start, v.end) in fitted])))
            if t.id in kept:
                ahead[t.id] = _ahead(t, kept[t.id], _held_out(kept[t.id], fits.case), columns)
        if ahead:
            found |= official.predict(official.Group(tuple(past)), complete, generator, ahead)
    return found


def _columns(kept: Mapping[str, Series], case: Case, binding: Binding) -> list[int]:
    held = {name: set(_held_out(s, case)) for name, s in kept.items()}
    return [binding.series_columns[n][i] for n, s in kept.items() for i, v in enumerate(s.values) if v in held[n]]


def _ahead(t: official.FittedSeries, series: Series, held: Sequence[Value], columns: list[int]) -> official.FittedSeries:
    rows = [i for i, v in enumerate(series.values) if v in held]
    months = [v.days / official.MONTH if series.reduce == "sum" else 1.0 for v in held]
    return replace(t, columns=np.array([columns[i] for i in rows]), figures=np.array([v.value for v in held]),
                   months=np.array(months), rows=tuple(rows))


def _rows(fits: Fits, series: Series, drawn: list[np.ndarray]) -> list[dict[str, Any]]:
    """One row per figure kept back: quantiles, score, and the scores of the baselines."""
    if not drawn:
        return []
    figures = np.concatenate(drawn)
    known = series.at(fits.case.as_of).values
    table = next(t for g in fits.plan.groups for t in g.series if t.id == series.id)
    rows = []
    for j, value in enumerate(_held_out(series, fits.case)):
        y = np.log1p(value.value)
        q05, q50, q95 = map(float, np.quantile(figures[:, j], predictive.POINTS))
        generator = keys.stream(fits.seed, "baseline", series.id, j)
        ahead = 2 * (fits.case.as_of - value.start).days <= value.days
        baselines = _baselines(known, value, table, generator) if known and ahead else {}
        rows.append({
            "series": series.id, "period": predictive.period(value, series.period), "observed": value.value, "q05": q05,
            "q50": q50, "q95": q95, "crps": crps(np.log1p(figures[:, j]), y),
            "baselines": {name: crps(np.log1p(x), y) for name, x in baselines.items()},
        })
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


def _summary(rows: list[dict[str, Any]], as_of: date, effective: Mapping[str, float]) -> dict[str, Any]:
    compared = [r for r in rows if r["baselines"]]
    scores = {}
    if compared:
        scores = {"model": float(np.mean([r["crps"] for r in compared]))}
        scores |= {n: float(np.mean([r["baselines"][n] for r in compared])) for n in compared[0]["baselines"]}
    inside = [r["q05"] <= r["observed"] <= r["q95"] for r in rows]
    note = (f"Forecast from what was known on {as_of.day} {as_of:%b %Y}: operations in the case file are imposed until that day and "
            "start by the model's own hazard afterwards; figures published later were not used. A figure whose period "
            "was more than half over by then is shown without baselines and left out of the mean score.")
    return {"rows": rows, "crps": scores, "coverage": float(np.mean(inside)), "effective": dict(effective), "note": note}
