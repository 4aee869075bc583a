"""Ahead: posterior draws run on past the end of the case, and the figures that would be published.

Every draw is run again from the case's first day along its own random streams, bit for bit as it was fitted, and from the day after the
day of knowledge along new ones. The model knows no inputs beyond those of the case; how they go on is listed in `tell_assumptions`.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from interlope import manifest
from interlope.arguments import nothing, read_whole
from interlope.dossier.series import Series, write_period
from interlope.ensemble import keys, run, streams
from interlope.ensemble.weighted import quantiles
from interlope.errors import BadInput, RunFailed
from interlope.inference import likelihood, official, publication
from interlope.outlook.periods import list_ahead
from interlope.policy.weighted import count_points
from interlope.results.envelope import Reason
from interlope.results.outlook import MIXED, FigureForecast, Forecast, ForecastSeries
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case

if TYPE_CHECKING:
    from interlope.inference.fitting.posterior import Draws

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
LEAST_REPLICATES = 200  # of each explanation; draws are run several times, each with a future of its own, where they are fewer
MOST_MONTHS = 60  # five years: what the model was never looked at beyond
LATER = ("series", "reduce", "source")  # of a table, absent from forecasts that were written before they were kept
FUTURE = 1 << 31  # first stream of the futures: none that a fit uses


def forecast(
    case: Case,
    draws: Draws,
    months: int,
    seed: int,
    written: date,
    *,
    about: Mapping[str, str],
    reasons: list[Reason] | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], None] = nothing,
) -> Forecast:
    """Forecast the next figures of every fitted table whose periods go on.

    Parameters
    ----------
    case : Case
        As known on its day.
    draws : Draws
        Posterior draws of its fit; see `interlope.draws`.
    months : int
        Months after the last known figure of each table, 1 to 60.
    seed : int
        Seed of reporting noise.
    written : date
        Day on which it is written.

    Other Parameters
    ----------------
    about : mapping of str to str
        `status` of the odds, `run_id` and `model_digest`.
    reasons : list of Reason, optional
        Why the odds are not resolved.
    threads : int, optional
        All cores when None; the numbers do not depend on it.
    progress : callable
        Called with (replicates done, replicates in all).

    Returns
    -------
    Forecast

    Raises
    ------
    BadInput
        When no fitted table has periods that go on, or `months` is out of its range.
    RunFailed
        When no replicate of an explanation completes.
    """
    months = read_whole("months", months, 1, MOST_MONTHS)
    ahead, left_out = list_ahead(case, months)
    if not ahead:
        raise BadInput(f"no table of '{case.name}' to forecast; expected a fitted one with a figure for every month, or for every period "
                       "of equal length")
    drawn, effective = _draw_figures(case, draws, ahead, seed, threads, progress)
    odds = {name: draws.chance[name] for name in drawn}
    odds = {name: p / sum(odds.values()) for name, p in odds.items()}
    figures = [row for name, series in ahead.items() for row in _rows(series, {e: f[name] for e, f in drawn.items()}, odds)]
    result = Forecast(
        case=case.name, case_sha256=case.sha256, as_of=case.as_of, written=written, version=manifest.version(),
        model_digest=about["model_digest"], run_id=about["run_id"], seed=seed, status=about["status"], reasons=list(reasons or []),
        probability=odds, effective=effective, assumptions=tell_assumptions(case, ahead), left_out=left_out, levels=list(LEVELS),
        series=[_describe(case.series[name]) for name in ahead], figures=figures)
    return result.model_copy(update={"digest": compute_digest(result)})


def compute_digest(forecast: Forecast) -> str:
    """SHA-256 of everything in a forecast but the digest itself; fields that came later count where they are filled."""
    record = forecast.model_copy(update={"digest": ""}).model_dump(mode="json")
    record["series"] = [{key: value for key, value in each.items() if value or key not in LATER} for each in record["series"]]
    return manifest.digest(manifest.canonical(record).encode())


def tell_assumptions(case: Case, ahead: Mapping[str, Series]) -> list[str]:
    """Say how the inputs of the model go on after the last day that the case describes."""
    last = max(v.end for series in ahead.values() for v in series.values)
    lines = [
        f"nobody acts on it: no option is taken up to {last}",
        f"operations known by {case.as_of} are imposed until that day, and one whose end is not known goes on for the length that the fit "
        "leaves; later ones begin by the model's own hazard",
        "the season of arrivals repeats, and their level goes on by the model's own monthly innovations",
        "parameters stay as the fit left them; nothing that the model does not hold changes (laws, wars, other routes)",
        "what a table counts and what else it counts beside the modelled border stay as its known figures leave them",
    ]
    if case.specification.growths:
        years = ", ".join(str(g.year) for g in case.specification.growths)
        lines.append(f"the growth of arrivals that the case states is that of {years}; there is none in other years")
    if case.specification.mixes:
        lines.append(f"the mix of classes stays that of {max(m.year for m in case.specification.mixes)}, the last stated year")
    return lines


def _draw_figures(
    case: Case, draws: Draws, ahead: Mapping[str, Series], seed: int, threads: int | None, progress: Callable[[int, int], None]
) -> tuple[dict[str, dict[str, np.ndarray]], dict[str, float]]:
    """Figures [n, v] by explanation and table, and the effective points behind them."""
    extended = {name: replace(case.series[name], values=(*case.series[name].values, *s.values)) for name, s in ahead.items()}
    binding = Binding(replace(case, series={**case.series, **extended}))
    columns = {name: binding.series_columns[name] for name in ahead}
    end = max(v.end for s in ahead.values() for v in s.values)
    setting = case.setting(end=max(end, binding.last_day()), imposed_until=case.as_of)
    groups = likelihood.make_plan(case, binding).groups
    names, since = np.asarray(draws.hypothesis), case.day(case.as_of) + 1
    sizes = {name: int((names == name).sum()) for name in case.hypotheses if (names == name).any()}
    repeats = {name: -(-LEAST_REPLICATES // size) for name, size in sizes.items()}
    total, done = sum(size * repeats[name] for name, size in sizes.items()), 0
    drawn: dict[str, dict[str, np.ndarray]] = {}
    effective: dict[str, float] = {}
    for name in sizes:
        at = np.tile(np.flatnonzero(names == name), repeats[name])
        future = streams.then(draws.streams.take(at), since, FUTURE + done + np.arange(len(at)))
        statistics, status = run.summarise(setting, {k: v[at] for k, v in draws.values.items()}, draws.innovations[at], binding, future,
                                           threads=threads)
        complete = statistics[status == 0]
        if not len(complete):
            raise RunFailed(f"no replicate of '{name}' could be run to {end}; see 'interlope simulate' for the reason")
        done += len(at)
        progress(done, total)
        generator = keys.stream(seed, "outlook", name)
        drawn[name] = _publish(groups, case, ahead, columns, complete, generator)
        effective[name] = count_points(draws.point[at[status == 0]])
    return drawn, effective


def _publish(
    groups: tuple[official.Group, ...], case: Case, ahead: Mapping[str, Series], columns: Mapping[str, list[int]], statistics: np.ndarray,
    generator: np.random.Generator,
) -> dict[str, np.ndarray]:
    """Figures [n, v] that would be published, what a table counts drawn as its known figures leave it."""
    figures: dict[str, np.ndarray] = {}
    for group in groups:
        instead = {}
        for table in group.series:
            if table.id in ahead:
                values = ahead[table.id].values
                months = [v.days / official.MONTH if table.totals else 1.0 for v in values]
                future = columns[table.id][len(case.series[table.id].values):]
                instead[table.id] = replace(table, columns=np.array(future), figures=np.full(len(values), np.nan), months=np.array(months))
        if instead:
            figures |= publication.predict(group, statistics, generator, instead)
    return figures


def _rows(series: Series, drawn: Mapping[str, np.ndarray], odds: Mapping[str, float]) -> list[FigureForecast]:
    """Rows of one table: every period under every explanation, and mixed by the odds."""
    rows = []
    weights = np.concatenate([np.full(len(figures), odds[name] / len(figures)) for name, figures in drawn.items()])
    for j, value in enumerate(series.values):
        common = {"series": series.id, "period": write_period(value, series.period), "start": value.start, "end": value.end, "lead": j + 1}
        for name, figures in drawn.items():
            x = figures[:, j]
            rows.append(FigureForecast(**common, explanation=name, quantiles=_points(x, np.ones(len(x))), values=_short(x)))
        together = np.concatenate([figures[:, j] for figures in drawn.values()])
        rows.append(FigureForecast(**common, explanation=MIXED, quantiles=_points(together, weights)))
    return rows


def _points(x: np.ndarray, weights: np.ndarray) -> list[float]:
    usable = weights > 0
    return _short(quantiles(x[usable], weights[usable], LEVELS))


def _short(values: np.ndarray) -> list[float]:
    """Values to seven significant digits: more is noise, and makes files large."""
    return [float(f"{v:.7g}") for v in values]


def _describe(series: Series) -> ForecastSeries:
    """What is forecast, with the figures of the last year known, for the baselines of its score."""
    known = series.fitted()
    recent = {write_period(v, series.period): v.value for v in known if (known[-1].end - v.end).days < 366}
    return ForecastSeries(id=series.id, unit=series.unit, definition=series.definition, last_known=known[-1].end, known=recent,
                          series=series.series, reduce=series.reduce, source=series.source)
