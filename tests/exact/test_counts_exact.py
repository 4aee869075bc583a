"""Counts against closed forms summed by brute force, for any number, any mean and any prior of what becomes known."""
from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy import stats
from scipy.special import betaln, gammaln, logsumexp, xlogy

from interlope.dossier import poisson
from interlope.dossier.claim import Claim, Interpretation
from interlope.dossier.kinds import REGISTRY
from interlope.dossier.source import Root
from interlope.quantities import Reduction

COUNT = REGISTRY["count"]
WINDOW = (date(2030, 1, 1), date(2030, 1, 31))
ROOT = Root("r", "s", date(2030, 2, 1), "", "up", None, 1.5)
NUMBERS = (0, 1, 13, 127, 1000, 100_000)
PRIORS = ((0.5, 0.5), (1.0, 1.0), (2.0, 30.0), (38.0, 2.0), (500.0, 0.5), (400.0, 900.0))


def count(low: float, high: float | None = None, known: tuple[float, float] = (38.0, 2.0), reference: float = 5.0) -> Claim:
    meaning = Interpretation(Reduction("clashes", "sum", *WINDOW), 1.0, 1.0, None, reference)
    return Claim(id="X", paraphrase="", kind="count", published=date(2030, 2, 1), carries=True, root="r", low=low,
                 high=low if high is None else high, ascertained=known, interpretations=(meaning,))


def by_series(number: int, mean: float, a: float, b: float) -> float:
    """Log of mean^n/n! B(a+n, b)/B(a, b) exp(-mean) 1F1(b; a+b+n; mean), term by term, all of them positive."""
    k = np.arange(int(mean + 40 * np.sqrt(mean + 10) + 200))
    terms = gammaln(b + k) - gammaln(b) + gammaln(a + b + number) - gammaln(a + b + number + k) + xlogy(k, mean) - gammaln(k + 1)
    return float(xlogy(number, mean) - gammaln(number + 1) + betaln(a + number, b) - betaln(a, b) - mean + logsumexp(terms))


@pytest.mark.parametrize("a, b", PRIORS)
def test_a_thinned_count_has_the_chance_of_its_series(a, b):
    for n in NUMBERS:
        means = np.array([1e-6, 0.3, n + 1.0, n + 3 * np.sqrt(n) + 1, 3.0 * n + 7])
        exact = np.array([by_series(n, mean, a, b) for mean in means])
        assert poisson.log_thinned(n, means, a, b) == pytest.approx(exact, abs=1e-5, rel=1e-9), n


def test_a_count_that_is_known_whole_follows_the_poisson_law_at_any_size():
    for n in NUMBERS:
        means = np.array([0.5, n + 1.0, 2.0 * n + 1])
        assert poisson.log_thinned(n, means, 1.0, 0.0) == pytest.approx(stats.poisson.logpmf(n, means), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("sd", [0.2, 1.5, 3.0])
def test_a_broad_count_has_the_chance_of_fine_integration(sd):
    for n in NUMBERS:
        for median in (0.05, 1.0, 400.0, 1e5):
            grid = np.log(max(n, 1.0)) + np.linspace(-60, 60, 600_001)
            values = stats.norm.logpdf(grid, np.log(median), sd) + n * grid - np.exp(np.minimum(grid, 700)) - gammaln(n + 1)
            exact = logsumexp(values) + np.log(grid[1] - grid[0])
            assert poisson.log_broad(n, median, sd) == pytest.approx(exact, abs=1e-4, rel=1e-9), (n, median)


def test_a_range_of_counts_has_the_chance_of_all_its_numbers():
    values = np.array([[0.0], [4.0], [12.0], [90.0]])
    each = [COUNT.logscore(values, count(n), ROOT) for n in range(10, 16)]
    assert COUNT.logscore(values, count(10, 15), ROOT) == pytest.approx(logsumexp(each, axis=0))
    assert COUNT.holds(values, count(10, 15, (1.0, 0.0))).tolist() == [False, False, True, False]


@pytest.mark.parametrize("state", range(3))
@pytest.mark.parametrize("known, reference", [((2.0, 30.0), 50.0), ((38.0, 2.0), 2000.0), ((1.0, 0.0), 800.0)])
def test_counts_are_drawn_by_the_law_that_scores_them(known, reference, state):
    # 36 comparisons of frequencies at 4.5 standard errors: one false alarm in 4,000 runs
    mean, draws = np.array([[900.0]]), 4000
    drawn = COUNT.sample(np.repeat(mean, draws, axis=0), count(0, None, known, reference), ROOT, np.full(draws, state),
                         np.random.default_rng(9))
    chance = np.exp([COUNT.logscore(mean, count(n, None, known, reference), ROOT)[0, state] for n in range(1500)])
    for k in (20, 60, 850, 1350):
        expected = min(chance[: k + 1].sum(), 1.0)
        assert (drawn <= k).mean() == pytest.approx(expected, abs=4.5 * np.sqrt(expected * (1 - expected) / draws) + 1e-9)
