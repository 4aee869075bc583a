"""Score: how good a forecast was, once figures came: fair CRPS of log(1 + y), coverage, and two plain baselines.

The mixture of explanations is scored as the stratified sample that it is: pairs within one explanation leave out each draw's pair with
itself, so that the expected score does not depend on the number of draws (Ferro 2014); pairs between explanations need no correction.

References: Ferro (2014), Quarterly Journal of the Royal Meteorological Society 140: 1917-1923; Bosse et al. (2023), PLOS Computational
Biology 19: e1011393, for scores of log(1 + y).
"""
from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from interlope.dossier.period import span
from interlope.inference.checks.crps import add_distances, crps
from interlope.results.outlook import MIXED, FigureForecast, Forecast, ForecastScore, ForecastSeries, ScoredFigure


def score(forecast: Forecast, actuals: Mapping[tuple[str, str], float], name: str = "") -> ForecastScore:
    """Score a forecast on figures that came.

    Parameters
    ----------
    forecast : Forecast
        As it was written.
    actuals : mapping of (series, period) to float
        Figures in the unit of their series; see `interlope.outlook.actuals.read`.
    name : str
        What the forecast is called in the result, such as its file.

    Returns
    -------
    ForecastScore
        Rows for every figure that came and was forecast, in the order of the forecast.
    """
    by: dict[tuple[str, str], dict[str, FigureForecast]] = {}
    for figure in forecast.figures:
        by.setdefault((figure.series, figure.period), {})[figure.explanation] = figure
    about = {s.id: s for s in forecast.series}
    rows = [_row(forecast, about[key[0]], figures, actuals[key]) for key, figures in by.items() if key in actuals]
    means: dict[str, list[float]] = {}
    for row in rows:
        for who, value in {**row.crps, **row.baselines}.items():
            means.setdefault(who, []).append(value)
    return ForecastScore(
        forecast=name, as_of=forecast.as_of, written=forecast.written, rows=rows,
        crps={who: float(np.mean(values)) for who, values in means.items()},
        coverage_50=float(np.mean([r.inside_50 for r in rows])) if rows else None,
        coverage_90=float(np.mean([r.inside_90 for r in rows])) if rows else None,
        missing=[f"{series}: {period}" for series, period in by if (series, period) not in actuals])


def mixture_crps(samples: Mapping[str, np.ndarray], probability: Mapping[str, float], observed: float) -> float:
    """Fair continuous ranked probability score of a mixture whose parts are given by equally weighted draws.

    Parameters
    ----------
    samples : mapping of str to np.ndarray
        [n] independent draws of each part.
    probability : mapping of str to float
        Probability of each part; they sum to 1.
    observed : float
        What was observed, in the unit of the draws.

    Returns
    -------
    float
        In that unit; less is better. An estimate: it may fall below zero.

    Examples
    --------
    >>> mixture_crps({"a": np.array([0.0, 0.0]), "b": np.array([2.0, 2.0])}, {"a": 0.5, "b": 0.5}, 1.0)
    0.5
    """
    names = list(samples)
    distance = sum(probability[a] * float(np.mean(np.abs(samples[a] - observed))) for a in names)
    pairs = 0.0
    for i, a in enumerate(names):
        n, within = len(samples[a]), add_distances(samples[a])
        pairs += probability[a] ** 2 * 2.0 * within / (n * max(n - 1, 1))
        for b in names[i + 1:]:
            between = add_distances(np.concatenate([samples[a], samples[b]])) - within - add_distances(samples[b])
            pairs += 2.0 * probability[a] * probability[b] * between / (n * len(samples[b]))
    return distance - 0.5 * pairs


def _row(forecast: Forecast, about: ForecastSeries, figures: Mapping[str, FigureForecast], observed: float) -> ScoredFigure:
    """One figure with all its scores."""
    mixed = figures[MIXED]
    samples = {name: np.array(f.values) for name, f in figures.items() if name != MIXED}
    logged, y = {name: np.log1p(np.maximum(x, 0.0)) for name, x in samples.items()}, float(np.log1p(observed))
    at = dict(zip(forecast.levels, mixed.quantiles, strict=True))
    rank = sum(forecast.probability[name] * float(np.mean((x < observed) + 0.5 * (x == observed))) for name, x in samples.items())
    return ScoredFigure(
        series=mixed.series, period=mixed.period, lead=mixed.lead, observed=observed, q05=at[0.05], q50=at[0.5], q95=at[0.95],
        crps={**{name: crps(x, y) for name, x in logged.items()}, MIXED: mixture_crps(logged, forecast.probability, y)},
        baselines={who: abs(float(np.log1p(x)) - y) for who, x in _baselines(about, mixed).items()},
        inside_50=at[0.25] <= observed <= at[0.75], inside_90=at[0.05] <= observed <= at[0.95], rank=rank)


def _baselines(about: ForecastSeries, figure: FigureForecast) -> dict[str, float]:
    """The last figure known, and that of the same period a year before where it was known."""
    last = list(about.known.values())[-1]
    before = {span(period): value for period, value in about.known.items()}
    same = before.get((_move_back(figure.start), _move_back(figure.end)))
    return {"last value": last} | ({} if same is None else {"a year before": same})


def _move_back(day: date) -> date:
    """The day a year before; the last day of February stays the last."""
    first, last = span(f"{day.year - 1:04d}-{day.month:02d}")
    return last if day.month == 2 and day.day >= 28 else first.replace(day=day.day)
