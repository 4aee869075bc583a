"""Likelihood terms against closed forms, and what must not matter."""
from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy import integrate, stats
from scipy.special import gammaln, ndtr

from interlope.dossier.book import Book
from interlope.dossier.claim import Claim, Interpretation
from interlope.dossier.source import Root, Source
from interlope.inference import left_out, likelihood, official
from interlope.inference.likelihood import LikelihoodPlan, Terms
from interlope.inference.sampling import importance
from interlope.quantities import Reduction
from interlope.scenario.prior import parse

DAY = date(2023, 1, 1)


def source(name: str, letter: str, institution: str = "") -> Source:
    return Source(name, "role", "Northland", letter, "made up", DAY, institution or name)


def root(name: str, of: str, slant: str = "up") -> Root:
    return Root(name, of, DAY, "made up", slant, None, 1.5)


def claim(name: str, of: str, low: float = 1000.0, chain: tuple[str, ...] = (), distortion: float = 0.0) -> Claim:
    interpretation = Interpretation(Reduction("attempts", "mean", DAY, DAY), 1.0, 1.0, None, 600.0)
    return Claim(name, "made up", "interval", DAY, True, root=of, chain=chain, series="attempts", unit="attempts/day",
                 window=(DAY, DAY), reduce="mean", low=low, high=low, interpretations=(interpretation,), distortion=distortion)


def plan(claims: list[Claim], sources: list[Source], roots: list[Root],
         groups: tuple[official.Group, ...] = ()) -> LikelihoodPlan:
    book = Book("made up", {}, {s.id: s for s in sources}, {r.id: r for r in roots}, {c.id: c for c in claims})
    fitted = left_out.distinct(claims)
    return LikelihoodPlan(book, tuple(fitted), {c.id: (0,) for c in fitted}, groups, {}, 3)


REPLICATES = np.column_stack([np.geomspace(200, 4000, 40), np.linspace(50, 900, 40), np.linspace(1, 30, 40)])


def test_cookie_jar():
    # 30 plain of 40 in the first bowl, 20 of 40 in the second: a plain one makes the first 1.5 times as likely
    first, second = np.full(200, np.log(30 / 40)), np.full(200, np.log(20 / 40))
    value, error = importance.change(first, second, importance.independent(200))
    assert value == pytest.approx(np.log(1.5))
    assert error == pytest.approx(0.0, abs=1e-12)


def test_beta_binomial_bayes_factor():
    rng = np.random.default_rng(5)
    p = rng.beta(2, 3, size=400_000)
    log_w = stats.binom.logpmf(7, 10, p)
    exact = stats.betabinom.logpmf(7, 10, 2, 3)
    evidence = importance.evidence(log_w)
    assert abs(evidence.log_z - exact) < 4 * evidence.error
    assert evidence.pareto_k < 0.5


def test_one_root_is_the_mixture_at_the_mean_reliability():
    what = plan([claim("c1", "r")], [source("s", "C")], [root("r", "s")])
    parts = likelihood.terms(what, REPLICATES)
    densities = np.exp(parts.states[:, 0])
    weights = np.array([0.6, 0.4 * 2.7 / 4.0, 0.4 * 1.3 / 4.0])
    assert np.allclose(likelihood.total(what, parts), np.log(densities @ weights), atol=1e-12)


def test_shared_reliability_is_integrated_exactly():
    sources = [source("s", "C", "house"), source("t", "C", "house")]
    what = plan([claim("c1", "r"), claim("c2", "q", 500.0), claim("c3", "q", 700.0)], sources,
                [root("r", "s"), root("q", "t")])
    parts = likelihood.terms(what, REPLICATES)
    total = likelihood.total(what, parts)
    f = np.exp(parts.states)
    for i in (3, 20, 36):
        def product(rho: float, i: int = i) -> float:
            slanted, other = 2.7 / 4.0, 1.3 / 4.0
            one = rho * f[i, 0, 0] + (1 - rho) * (slanted * f[i, 0, 1] + other * f[i, 0, 2])
            both = f[i, 1] * f[i, 2]
            two = rho * both[0] + (1 - rho) * (slanted * both[1] + other * both[2])
            return one * two * stats.beta.pdf(rho, 6, 4)
        exact = integrate.quad(product, 0, 1, epsabs=0, epsrel=1e-11)[0]
        assert total[i] == pytest.approx(np.log(exact), abs=1e-9)
    apart = plan([claim("c1", "r"), claim("c2", "q", 500.0)], [source("s", "C"), source("t", "C")],
                 [root("r", "s"), root("q", "t")])
    fewer = likelihood.total(replace(what, claims=what.claims[:2]), Terms(parts.states[:, :2], parts.official))
    assert not np.allclose(likelihood.total(apart, likelihood.terms(apart, REPLICATES)), fewer)


def test_order_of_claims_does_not_matter():
    claims = [claim("b", "r"), claim("a", "r", 300.0), claim("c", "q", 500.0)]
    sources, roots = [source("s", "B"), source("t", "E")], [root("r", "s"), root("q", "t")]
    one, two = plan(claims, sources, roots), plan(claims[::-1], sources, roots)
    totals = [likelihood.total(p, likelihood.terms(p, REPLICATES)) for p in (one, two)]
    assert totals[0].tobytes() == totals[1].tobytes()


def test_a_duplicate_on_the_same_root_adds_nothing():
    sources, roots = [source("s", "C"), source("o", "D")], [root("r", "s")]
    one = plan([claim("c1", "r")], sources, roots)
    two = plan([claim("c1", "r"), claim("c2", "r", chain=("o",), distortion=0.2)], sources, roots)
    assert likelihood.total(one, likelihood.terms(one, REPLICATES)).tobytes() == \
        likelihood.total(two, likelihood.terms(two, REPLICATES)).tobytes()


def test_a_naive_reader_counts_the_duplicate_outlets():
    sources, roots = [source("s", "C"), source("o", "D")], [root("r", "s")]
    once = plan([claim("c1", "r")], sources, roots)
    relayed = plan([claim("c1", "r", chain=("o",) * 7)], sources, roots)
    parts = likelihood.terms(once, REPLICATES)
    one, many = (likelihood.total(p, parts, outlets=True) for p in (once, relayed))
    assert np.allclose(many, 8 * one)
    assert np.allclose(likelihood.total(relayed, parts), likelihood.total(once, parts))


def test_a_root_that_knows_nothing_is_as_good_as_dropped():
    # fully distorted by its relays: the claim says nothing of the replicate, whatever the letter
    sources, roots = [source("s", "A"), source("t", "B")], [root("r", "s"), root("q", "t")]
    what = plan([claim("c1", "r", distortion=1.0 - 1e-15), claim("c2", "q", 500.0)], sources, roots)
    parts = likelihood.terms(what, REPLICATES)
    smaller, left = likelihood.without(what, parts, REPLICATES, "r")
    difference = likelihood.total(what, parts) - likelihood.total(smaller, left)
    assert np.ptp(difference) < 1e-9


def test_leaving_out_a_root_equals_a_dossier_without_it():
    sources, roots = [source("s", "C"), source("t", "B")], [root("r", "s"), root("q", "t")]
    tables = (table("one", 1, 500.0, "r"), table("two", 2, 12.0, "q"))
    what = plan([claim("c1", "r"), claim("c2", "q", 500.0)], sources, roots, (official.Group(tables),))
    smaller, left = likelihood.without(what, likelihood.terms(what, REPLICATES), REPLICATES, "r")
    alone = plan([claim("c2", "q", 500.0)], sources, roots, (official.Group(tables[1:]),))
    assert np.allclose(likelihood.total(smaller, left), likelihood.total(alone, likelihood.terms(alone, REPLICATES)))


def test_regrading_by_reweighting_equals_scoring_the_regraded_dossier():
    sources, roots = [source("s", "C"), source("o", "D")], [root("r", "s")]
    what = plan([claim("c1", "r", chain=("o",), distortion=0.2)], sources, roots)
    parts = likelihood.terms(what, REPLICATES)
    for name, letter in (("s", "E"), ("o", "A")):
        regraded = likelihood.total(*likelihood.regraded(what, parts, REPLICATES, name, letter))
        changed = replace(what, book=what.book.regrade(name, letter))
        changed = replace(changed, claims=tuple(changed.book.claims[c.id] for c in what.claims))
        assert np.allclose(regraded, likelihood.total(changed, likelihood.terms(changed, REPLICATES)), atol=1e-12)
        assert not np.allclose(regraded, likelihood.total(what, parts))


def table(name: str, column: int, figure: float, of: str, dispersion: str = "lognormal(15, x1.65)",
          density: str = "negative-binomial", share: str = "normal(0.9, 0.08)",
          rest: str = "lognormal(100, x1.5)") -> official.FittedSeries:
    return official.FittedSeries(name, of, density, np.array([column]), np.array([figure]), np.array([1.0]), 0.08,
                          parse(share), parse(rest), parse(dispersion), (0,), True)


@pytest.mark.parametrize("density", ["negative-binomial", "lognormal", "poisson"])
def test_nuisances_are_averaged_over_as_fine_integration_does(density: str):
    months = np.array([380.0, 520.0, 610.0, 700.0, 450.0, 560.0])
    group = official.Group((replace(
        table("one", 0, 0.0, "r", density=density), columns=np.arange(6), figures=months * 1.05 + 90,
        months=np.ones(6)),))
    ours = official.log_likelihood(group, np.vstack([months, months * 1.2]))
    at = (np.arange(41) - 20) / 5.0
    w = stats.norm.pdf(at)
    w /= w.sum()
    share, rest, k = 0.9 + 0.08 * at, 100 * 1.5**at, 15 * 1.65**at
    for row, x in enumerate((months, months * 1.2)):
        mean = x[:, None, None, None] * share[:, None, None] + rest[None, :, None] + 0 * k
        y = (months * 1.05 + 90)[:, None, None, None]
        if density == "negative-binomial":
            logs = gammaln(y + k) - gammaln(k) - gammaln(y + 1)
            logs = logs + k * np.log(k / (k + mean)) + y * np.log(mean / (k + mean))
        elif density == "lognormal":
            logs = stats.norm.logpdf(np.log(y), np.log(mean), np.sqrt(0.08**2 + 1 / k)) - np.log(y)
        else:
            logs = y * np.log(mean) - mean - gammaln(y + 1)
        exact = np.log(np.einsum("abc,a,b,c->", np.exp(logs.sum(axis=0)), w, w, w))
        assert ours[row] == pytest.approx(exact, abs=0.05)


def test_tables_with_the_same_prior_of_dispersion_share_it():
    one, two = table("one", 1, 500.0, "r"), table("two", 2, 12.0, "q", rest="1")
    other = table("three", 2, 12.0, "q", dispersion="30")
    assert [g.ids for g in official.groups([one, other, two])] == [("one", "two"), ("three",)]
    together = official.log_likelihood(official.Group((one, two)), REPLICATES)
    apart = official.log_likelihood(official.Group((one,)), REPLICATES) + official.log_likelihood(
        official.Group((two,)), REPLICATES)
    assert not np.allclose(together, apart)


def test_negative_binomial_sums_to_one():
    y = np.arange(0, 4000, dtype=np.float64)
    t = replace(table("one", 0, 0.0, "r", dispersion="12", share="1", rest="0"), figures=np.array([0.0]))
    total = sum(np.exp(official.log_likelihood(official.Group((replace(t, figures=np.array([v])),)),
                                               np.array([[300.0]]))[0]) for v in y)
    assert total == pytest.approx(1.0, abs=1e-6)


def test_quadrature_nodes_follow_the_prior():
    nodes = official.nodes(parse("lognormal(1000, x1.5)"), 7)
    assert np.exp(nodes.log_weight).sum() == pytest.approx(1.0)
    assert np.exp(nodes.log_weight) @ nodes.at == pytest.approx(1000 * np.exp(0.5 * np.log(1.5) ** 2), rel=1e-4)
    assert np.allclose(ndtr(np.log(nodes.at / 1000) / np.log(1.5)), ndtr(np.polynomial.hermite_e.hermegauss(7)[0]))
