"""Draws of claims and figures against the density that a fit evaluates: frequencies against chances, probability integral transforms.

Seeds are fixed. With other seeds one run of this file in a thousand would fail although nothing is wrong: each of its TESTS comparisons
is called a failure below a chance of one in a thousand divided by their number.
"""
from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
import pytest
from scipy import stats

from interlope.dossier.book import Book
from interlope.dossier.claim import Claim, Interpretation
from interlope.dossier.kinds import REGISTRY
from interlope.dossier.source import Root, Source
from interlope.inference import generative, likelihood, official
from interlope.inference.likelihood import LikelihoodPlan
from interlope.quantities import Reduction
from interlope.scenario.prior import parse

TESTS = 60
ALARM = 1e-3 / TESTS
N = 20_000
DAY = date(2030, 1, 1)
PLAIN = Interpretation(Reduction("stopped", "mean", DAY, DAY), 0.7, 1.0, None, 3.0)
OTHER = Interpretation(Reduction("stopped", "max", DAY, DAY), 0.3, 2.0, 0.4, 3.0)
EARLIER = Reduction("stopped", "mean", date(2029, 1, 1), date(2029, 1, 1))
COMPARING = ("change", "effect", "ranking")
SHARES = dict(cuts=(0.1, 0.4, 0.8), words=("none", "some", "most", "all"), stated="most")
FACTS = {
    "interval": dict(low=2.0, high=4.0),
    "total": dict(low=3.0, high=3.0, sd=0.4),
    "ceiling": dict(high=4.0, sd=0.4),
    "frequency": SHARES,
    "share": SHARES,
    "trend": dict(stated="up", threshold=0.3, noise=0.4),
    "change": dict(low=0.5, high=0.7, unit="1"),
    "effect": dict(stated="down", threshold=0.1, noise=0.3, shift=1.2),
    "ranking": dict(stated="more", threshold=0.2, noise=0.4),
    "occurrence": dict(threshold=1.0, stated=True, chance_if_true=0.9, chance_if_false=0.05),
    "alternation": dict(threshold=2.0, stated=True, chance_if_true=0.8, chance_if_false=0.3),
    "attribution": dict(stated=False, chance_if_true=0.2, chance_if_false=0.7),
    "count": dict(low=3.0, high=5.0, ascertained=(4.0, 2.0)),
    "silence": dict(threshold=0.6, stated=True, chance_if_true=0.9, chance_if_false=0.1),
}
ALL_REPORTS = {
    "ceiling": (0, 1), "frequency": range(4), "share": range(4), "trend": range(3), "effect": range(3), "ranking": range(3),
    "occurrence": (0, 1), "alternation": (0, 1), "attribution": (0, 1), "count": range(0, 3000, 3), "silence": (0, 1),
}


def claim(kind: str, name: str = "X", root: str = "r", **facts) -> Claim:
    given = {"interpretations": (PLAIN, OTHER), "distortion": 0.2, **FACTS[kind], **facts}
    if kind in COMPARING:
        given["interpretations"] = tuple(m._replace(factor=1.0, reference=1.5, compared=EARLIER) for m in (PLAIN, OTHER))
    return Claim(id=name, paraphrase="", kind=kind, published=DAY, carries=True, root=root, **given)


def columns(kind: str, rows: int = 1) -> np.ndarray:
    """Statistics of a kind's two meanings, and what each is compared with where it is."""
    return np.tile([0.7, 1.3, 0.9, 0.8] if kind in COMPARING else [0.7, 1.3], (rows, 1))


def chance(counts: np.ndarray, expected: np.ndarray) -> float:
    """Chance of counts so far from expected ones (chi-squared), cells of fewer than five expected put together."""
    small = expected < 5
    cells = [np.append(c[~small], c[small].sum()) for c in (counts, expected)]
    if cells[1][-1] < 5:
        cells = [np.append(c[:-2], c[-2:].sum()) for c in cells]
    return float(stats.chisquare(cells[0], cells[1] * cells[0].sum() / cells[1].sum()).pvalue)


def test_every_kind_is_tried():
    assert set(FACTS) == {name for name, kind in REGISTRY.items() if kind.CARRIES}


@pytest.mark.parametrize("state", [0, 1, 2])
@pytest.mark.parametrize("kind", sorted(ALL_REPORTS))
def test_what_is_said_comes_as_often_as_its_density_says(kind, state):
    one, root = claim(kind), Root("r", "s", DAY, "", "up", None, 1.5)
    values, row = columns(kind, N), columns(kind)
    reports = REGISTRY[kind].sample(values, one, root, np.full(N, state), np.random.default_rng(11 + state))
    said, again = np.unique(reports, return_counts=True)
    counts: dict[Claim, int] = {}
    for report, times in zip(said, again):
        restated = replace(REGISTRY[kind].restate(one, report), view={})
        counts[key(restated)] = counts.get(key(restated), 0) + int(times)
    cells = {key(c): c for c in (REGISTRY[kind].restate(one, report) for report in ALL_REPORTS[kind])}
    assert set(counts) <= set(cells)
    chances = {k: float(np.exp(REGISTRY[c.kind].logscore(row, c, root)[0, state])) for k, c in cells.items()}
    assert sum(chances.values()) == pytest.approx(1.0, abs=1e-4)
    assert chance(np.array([counts.get(k, 0) for k in cells]), N * np.array(list(chances.values()))) > ALARM


def key(c: Claim) -> tuple:
    return c.kind, c.stated, c.low, c.high


@pytest.mark.parametrize("state", [0, 1, 2])
@pytest.mark.parametrize("kind", ["interval", "total", "change"])
def test_numbers_are_uniform_through_the_integral_of_their_density(kind, state):
    one, root = claim(kind), Root("r", "s", DAY, "", "down", None, 1.5)
    reports = REGISTRY[kind].sample(columns(kind, N), one, root, np.full(N, state), np.random.default_rng(21 + state))
    grid = np.linspace(-9.0, 12.0, 2001)
    densities = [np.exp(REGISTRY[kind].logscore(columns(kind), REGISTRY[kind].restate(one, y), root)[0, state])
                 for y in np.exp(grid)]
    below = np.cumsum(densities) * (grid[1] - grid[0])
    assert below[-1] == pytest.approx(1.0, abs=1e-4)
    assert stats.kstest(np.interp(np.log(reports), grid, below), "uniform").pvalue > ALARM


def test_claims_of_shared_institutions_come_together_as_often_as_their_likelihood_says():
    sources = {s.id: s for s in (Source("s", "", "", "C", "", None, "house"), Source("t", "", "", "E", "", None, "t"))}
    roots = {r.id: r for r in (Root("r", "s", DAY, "", "up", None, 1.5), Root("q", "s", DAY, "", "down", 0.2, 1.5),
                               Root("p", "t", DAY, "", "none", None, 1.0))}
    claims = (claim("occurrence", "a"), claim("share", "b"), claim("trend", "c", "q"), claim("ceiling", "d", "q"),
              claim("silence", "e", "p"))
    plan = LikelihoodPlan(Book("", {}, sources, roots, {c.id: c for c in claims}), claims, {c.id: (0, 1) for c in claims}, (), {}, 2)
    reports = generative.draw_reports(plan, np.tile([0.7, 1.3], (N, 1)), np.random.default_rng(31))
    counts = np.zeros((2, 4, 3, 2, 2))
    np.add.at(counts, tuple(np.rint(reports[c.id]).astype(int) for c in claims), 1)
    expected = np.zeros_like(counts)
    for cell in product(*map(range, counts.shape)):
        restated = tuple(REGISTRY[c.kind].restate(c, report) for c, report in zip(claims, cell))
        one = replace(plan, claims=restated)
        expected[cell] = np.exp(likelihood.total(one, likelihood.terms(one, np.array([[0.7, 1.3]])))[0])
    assert expected.sum() == pytest.approx(1.0, abs=1e-9)
    assert chance(counts.ravel(), N * expected.ravel()) > ALARM


def series(name: str, density: str, figures: tuple[float, ...], **facts) -> official.FittedSeries:
    given = dict(months=np.full(len(figures), 0.5), sd=0.3, share=parse("normal(0.9, 0.08)"), rest=parse("lognormal(0.5, x1.3)"),
                 dispersion=parse("lognormal(4, x1.6)"), rows=tuple(range(len(figures))), totals=True, factor=1.0)
    return official.FittedSeries(name, "r", density, np.arange(len(figures)), np.array(figures), **{**given, **facts})


def plan_of(*several: official.FittedSeries) -> LikelihoodPlan:
    return LikelihoodPlan(Book("", {}, {}, {}, {}), (), {}, official.groups(several), {}, 2)


def test_counts_that_share_a_dispersion_come_together_as_often_as_their_likelihood_says():
    plan = plan_of(series("a", "negative-binomial", (0.0, 0.0)), series("b", "negative-binomial", (0.0,), rest=parse("0")))
    statistics, most = np.tile([0.8, 1.2], (N, 1)), 22
    drawn = generative.draw_figures(plan, statistics, np.random.default_rng(41))
    sums = np.stack([drawn["a"][:, 0], drawn["a"][:, 1], drawn["b"][:, 0]], axis=1).astype(int)
    counts, expected = np.zeros((4, 4, 4)), np.zeros((4, 4, 4))
    np.add.at(counts, tuple(np.minimum(sums, 6).T // 2), 1)
    (group,) = plan.groups
    for cell in product(range(most), repeat=3):
        figures = tuple(replace(t, figures=np.array(y, dtype=float)) for t, y in zip(group.series, (cell[:2], cell[2:])))
        log_chance = official.log_likelihood(official.Group(figures), np.array([[0.8, 1.2]]))[0]
        expected[tuple(min(y, 6) // 2 for y in cell)] += np.exp(log_chance)
    assert expected.sum() == pytest.approx(1.0, abs=1e-3)
    assert chance(counts.ravel(), N * expected.ravel()) > ALARM


@pytest.mark.parametrize(("density", "factor"), [("lognormal", 2.0), ("poisson", 1.0)])
def test_a_figure_is_uniform_through_the_sum_of_its_density(density, factor):
    one = series("a", density, (1.0,), factor=factor, rest=parse("0"), dispersion=parse("lognormal(4, x1.6)"))
    plan = plan_of(one)
    drawn = generative.draw_figures(plan, np.full((N, 2), 6.0), np.random.default_rng(51))["a"][:, 0]
    logs = np.linspace(-4.0, 8.0, 1201)
    grid = np.arange(60.0) if density == "poisson" else np.exp(logs)
    chances = np.array([np.exp(official.log_likelihood(official.Group((replace(one, figures=np.array([y])),)), np.full((1, 2), 6.0))[0])
                        for y in grid])
    if density == "poisson":
        assert chances.sum() == pytest.approx(1.0, abs=1e-6)
        assert chance(np.bincount(drawn.astype(int), minlength=60)[:60], N * chances) > ALARM
    else:  # a density of the figure in the recorded unit
        below = np.cumsum(chances * grid / factor) * (logs[1] - logs[0])
        assert below[-1] == pytest.approx(1.0, abs=1e-3)
        assert stats.kstest(np.interp(np.log(drawn), logs, below), "uniform").pvalue > ALARM
