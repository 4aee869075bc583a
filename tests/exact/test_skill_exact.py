"""Skill of forecasts: against cases that can be worked out by hand or have a closed form."""
from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from interlope.dossier.series import Value
from interlope.ensemble import keys
from interlope.inference.checks import baselines, rolling, skill
from interlope.inference.checks.crps import crps
from interlope.results.backtest import BacktestRow


def row(origin: str, lead: int, score: float, observed: float = 5.0, **naive: float) -> BacktestRow:
    return BacktestRow(origin=origin, series="counts", period="2030-01", lead=lead, observed=observed, q05=0.0, q25=4.0, q50=5.0, q75=6.0,
                       q95=9.0, crps=score, baselines={name.replace("_", " "): value for name, value in naive.items()})


def month(year: int, number: int, figure: float) -> Value:
    return Value(date(year, number, 1), rolling.month_end(date(year, number, 1), 0), figure, None, None, date(year, number, 28))


def test_a_model_that_scores_as_a_naive_forecast_has_ratio_one_whatever_is_resampled():
    rows = [row(f"2030-0{i}-01", 1, 0.1 * i, random_walk=0.1 * i) for i in range(1, 7)]
    (pooled, first) = skill.measure(rows, 1)
    assert (pooled.lead, first.lead) == (None, 1)
    assert pooled.ratio == pooled.low == pooled.high == 1.0
    assert pooled.figures == pooled.origins == 6


def test_ratios_are_of_mean_scores_on_shared_figures():
    rows = [row("2030-01-01", 1, 1.0, last_value=2.0),
            row("2030-02-01", 2, 3.0, last_value=2.0, random_walk=1.5), row("2030-02-01", 1, 9.0)]
    measured = {(s.against, s.lead): s for s in skill.measure(rows, 1)}
    assert measured["last value", None].ratio == 1.0 and measured["last value", 1].ratio == 0.5
    assert measured["random walk", None].ratio == 2.0 and measured["random walk", None].low is None  # a single origin has no interval
    assert ("random walk", 1) not in measured and ("step model", None) not in measured


def test_interval_over_origins_covers_the_ratio_that_scores_were_drawn_with():
    rng, held = np.random.default_rng(5), 0
    for seed in range(200):  # 24 origins with common difficulty; the true ratio of expected scores is .7
        hard = rng.exponential(1.0, 24)
        rows = [row(f"{2000 + i}-01-01", 1, float(0.7 * h * e), random_walk=float(h))
                for i, (h, e) in enumerate(zip(hard, rng.gamma(4.0, 0.25, 24), strict=True))]
        pooled = skill.measure(rows, seed)[0]
        held += pooled.low <= 0.7 <= pooled.high
    assert 160 <= held <= 193  # 90 % asked; percentile intervals of 24 origins hold a little less; false alarm < 1e-3


def test_relative_skill_is_the_geometric_mean_of_ratios():
    rows = [row("2030-01-01", 1, 1.0, last_value=2.0, random_walk=4.0)]
    relative = {r.forecaster: r.skill for r in skill.compare(rows) if r.lead is None}
    assert relative["model"] == pytest.approx((1 * 1 / 2 * 1 / 4) ** (1 / 3))
    assert np.prod(list(relative.values())) == pytest.approx(1.0)


def test_a_perfect_naive_forecast_gives_no_ratio():
    (pooled, _) = skill.measure([row("2030-01-01", 1, 1.0, last_value=0.0)], 1)
    assert pooled.ratio is None
    assert all(r.skill is None for r in skill.compare([row("2030-01-01", 1, 1.0, last_value=0.0)]) if r.forecaster == "model")


def test_coverage_counts_both_ends():
    rows = [row("2030-01-01", 1, 0.0, observed=x) for x in (0.0, 3.9, 4.0, 6.0, 9.0, 9.1)]
    whole = skill.cover(rows)[0]
    assert (whole.inside_50, whole.inside_90) == (2 / 6, 5 / 6)


def test_random_walk_spreads_as_student_t_and_its_scale_is_that_of_the_past():
    changes = 0.2 * np.array([1, -1, 1, -1, 1, -1, 1, -1])
    figures = np.expm1(np.log1p(100.0) + np.concatenate([[0.0], np.cumsum(changes)]))
    known = [month(2030, i + 1, f) for i, f in enumerate(figures)]
    drawn = baselines.random_walk(known, month(2030, 10, 0.0), keys.stream(1, "walk"))
    assert drawn is not None
    moved = np.log1p(drawn) - np.log1p(known[-1].value)
    inside = np.mean(np.abs(moved) <= 0.2)  # the past's median absolute change is the median of one innovation
    assert inside == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(baselines.SAMPLES))
    later = baselines.random_walk(known, month(2031, 3, 0.0), keys.stream(1, "walk"))
    assert later is not None and np.std(np.log1p(later)) > 1.8 * np.std(np.log1p(drawn))
    assert baselines.random_walk(known[:4], month(2030, 10, 0.0), keys.stream(1, "walk")) is None


def test_seasonal_naive_is_the_same_month_a_year_before():
    known = [month(2029, 3, 7.0), month(2029, 4, 9.0), month(2030, 1, 1.0)]
    assert baselines.seasonal(known, month(2030, 4, 0.0)) == 9.0
    assert baselines.seasonal(known, month(2030, 5, 0.0)) is None
    week = Value(date(2030, 4, 1), date(2030, 4, 7), 1.0, None, None, date(2030, 4, 9))
    assert baselines.seasonal(known, week) is None


def test_crps_is_never_better_on_average_than_the_law_that_drew_the_figure():
    rng = np.random.default_rng(3)
    truth = rng.standard_normal(4000)
    right = np.mean([crps(rng.standard_normal(50), y) for y in truth])
    narrow = np.mean([crps(0.3 * rng.standard_normal(50), y) for y in truth])
    shifted = np.mean([crps(rng.standard_normal(50) + 1.0, y) for y in truth])
    assert right < narrow and right < shifted
