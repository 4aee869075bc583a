"""Series as a whole: even, uneven and high figures are found, typical ones are not; narrow intervals are called narrow."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

import interlope as il
from interlope.ensemble import design, run, streams
from interlope.inference import likelihood, official, publication
from interlope.inference.checks import together
from interlope.inference.sampling.problem import Effort
from interlope.reporting.answer.together import RARE, tell_together
from interlope.results.fitted import SeriesCheck
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case, load

SMALL = Effort(waves=(96, 96), particles=60, populations=2, limit=2, candidates=400, residuals=6)
FITTED = slice(0, 5)  # of the toy's figures, those published by its day of knowledge


def with_figures(case: Case, figures: list[float]) -> Case:
    """The toy with other figures of the only fitted series."""
    series = case.series["guard-detained"]
    values = tuple(replace(v, value=float(y)) for v, y in zip(series.values, figures))
    return replace(case, series={**case.series, series.id: replace(series, values=values)})


def checked(case: Case) -> Mapping[str, SeriesCheck]:
    fits = il.fit(case, seed=3, effort=SMALL)
    return {c.what: c for c in together.check_series(fits, fits.posteriors["takeover"])}


def test_typical_figures_surprise_nobody():
    checks = checked(load("toy"))
    assert set(checks) == {"level", "spread", "step"}
    assert all(c.chance > 0.1 and c.q05 < c.observed < c.q95 for c in checks.values())
    assert tell_together(list(checks.values())) == []


def test_figures_that_are_too_even_are_named_though_each_fits():
    case = with_figures(load("toy"), [118, 131, 127, 142, 93])
    checks = checked(case)
    assert checks["spread"].chance < RARE and checks["spread"].observed < checks["spread"].q05
    assert checks["level"].chance > 0.1
    said = " ".join(tell_together(list(checks.values())))
    assert "The figures of guard-detained vary less than takeover gives" in said
    assert "at most 0.06 are expected by chance" in said


def test_figures_that_are_too_uneven_are_named():
    checks = checked(with_figures(load("toy"), [2500, 1, 2200, 0, 1]))
    assert checks["spread"].chance < RARE and checks["spread"].observed > checks["spread"].q95


def test_the_toys_figures_are_typical_of_its_own_prior():
    """Level, spread and step of the shipped figures lie in the middle half of what takeover predicts before any evidence."""
    case, n = load("toy"), 600
    binding = Binding(case)
    prior = design.draw(case, "takeover", n, 17)
    statistics, _ = run.summarise(case.setting(end=case.as_of), prior.values, prior.innovations, binding, streams.single(17, np.arange(n)))
    table = likelihood.make_plan(case, binding).groups[0].series[0]
    rng = np.random.default_rng(17)
    means = np.maximum(statistics[:, table.columns] * table.share.quantile(rng.random(n))[:, None], official.LEAST)
    drawn = together.summarise(publication.draw_figures(table, means, table.dispersion.quantile(rng.random(n)), rng))
    for what, seen in together.summarise(table.figures[None]).items():
        assert 0.25 < float(np.mean(drawn[what] < seen)) < 0.75


@pytest.mark.parametrize(("figures", "level", "spread", "step"), [([3.0, 3.0, 3.0], 3.0, 0.0, 0.0),
                                                                  ([0.0, np.e - 1.0, 0.0], (np.e - 1.0) / 3.0, np.sqrt(2.0) / 3.0, 1.0)])
def test_the_three_numbers(figures, level, spread, step):
    found = together.summarise(np.array([figures]))
    assert [float(found[k][0]) for k in ("level", "spread", "step")] == pytest.approx([level, spread, step])
