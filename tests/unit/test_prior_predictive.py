"""Prior predictive chance: uniform where the explanation is true, small where it is not, none where too few replicates complete."""
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binom, chi2
from tests.unit.test_report import sample

import interlope as il
from interlope.inference import generative
from interlope.inference.checks import prior_predictive
from interlope.inference.sampling.problem import Effort
from interlope.reporting.answer import sure
from interlope.reporting.sections.sure import write_before
from interlope.results.adequacy import PriorPredictive

SMALL = Effort(waves=(120, 120), particles=120, populations=2, limit=2, candidates=500)
TRIED = 24


@pytest.fixture(scope="module")
def fits():
    return il.fit(il.load("toy"), seed=5, effort=SMALL)


def seeded(fits, seed, plan=None):
    """The fit with other prior replicates and data sets, and other evidence where a plan is given."""
    return replace(fits, seed=seed, plan=plan or fits.plan)


def test_it_is_uniform_where_the_data_come_from_the_explanation(fits):
    """Chances of 24 data sets of its own, each with replicates of its own: the number below a half is binomial; false alarms 1 in 1,000."""
    posterior, rng = fits.posteriors["takeover"], np.random.default_rng(3)
    truths = prior_predictive.draw_prior(seeded(fits, 1000), "takeover")[:TRIED]
    reports, figures = (draw(fits.plan, truths, rng) for draw in (generative.draw_reports, generative.draw_figures))
    below = 0
    for j in range(TRIED):
        plan = prior_predictive._change(fits.plan, {c: x[j] for c, x in reports.items()}, {s: x[j] for s, x in figures.items()})
        below += prior_predictive.judge(seeded(fits, j, plan), posterior).chance < 0.5
    assert binom.ppf(0.0005, TRIED, 0.5) <= below <= binom.ppf(0.9995, TRIED, 0.5)


def test_its_error_is_the_spread_over_other_replicates_and_data_sets(fits):
    """24 chances of one evidence: their variance over the mean squared error lies within chi-squared's range; false alarms 2 in 1,000,
    were the error exact; a bootstrap of 120 replicates may be out by half as much again."""
    rows = [prior_predictive.judge(seeded(fits, j), fits.posteriors["takeover"]) for j in range(TRIED)]
    ratio = np.var([r.chance for r in rows], ddof=1) / np.mean([r.error**2 for r in rows])
    assert chi2.ppf(0.001, TRIED - 1) / (TRIED - 1) / 1.5 <= ratio <= 1.5 * chi2.ppf(0.999, TRIED - 1) / (TRIED - 1)


def test_replicates_are_of_the_priors_and_drawn_once(fits, monkeypatch):
    first = prior_predictive.draw_prior(fits, "takeover")
    monkeypatch.setattr(prior_predictive.run, "summarise", None)
    assert prior_predictive.draw_prior(fits, "takeover") is first and len(first) == prior_predictive.DRAWS
    assert first.shape[1] == fits.posteriors["takeover"].statistics.shape[1]


def test_evidence_that_it_would_not_give_is_odd(fits):
    groups = [type(g)(tuple(replace(t, figures=t.figures * 40.0) for t in g.series)) for g in fits.plan.groups]
    found = prior_predictive.judge(seeded(fits, 5, replace(fits.plan, groups=groups)), fits.posteriors["takeover"])
    assert found.chance == 0.0 and found.error == pytest.approx(np.sqrt(61 / 62**2 / 63))


def test_the_replicate_that_a_set_was_drawn_from_does_not_count_for_it():
    drawn, real = np.log([[0.9, 0.1, 0.3], [0.2, 0.8, 0.4]]), np.log([0.3, 0.2, 0.2])
    compare = prior_predictive._compare  # without their own the sets have .2 and .3; the evidence .23
    assert compare(drawn, real, np.array([0, 1]), np.ones(3)) == 0.5
    assert compare(drawn, np.log([0.3, 0.3, 0.31]), np.array([0, 1]), np.ones(3)) == 1.0
    assert compare(drawn, real, np.array([0, 1]), np.array([0, 0, 5])) == 0.0


def test_none_is_given_where_few_replicates_complete(fits, monkeypatch):
    monkeypatch.setattr(prior_predictive, "draw_prior", lambda fits, name: np.zeros((20, 3)))
    found = prior_predictive.judge(fits, fits.posteriors["takeover"])
    assert (found.chance, found.effective, found.drawn) == (None, 20, 120) and "not known" in write_before(found)


def test_it_is_said_with_what_it_means_or_why_it_is_not_known():
    study = sample()
    leader = study.weigh.ranked[0].name
    row = {"explanation": leader, "figures": 3, "chance": 0.5, "surprises": [], "rare": 0.05, "trust": [], "claims": 2, "unmet": []}
    for before, told in ((PriorPredictive(chance=0.15, error=0.046, data_sets=60, effective=90.0), "in 15% of 60 data sets"),
                         (PriorPredictive(chance=None, error=None, data_sets=0, effective=4.8),
                          "this result is of an earlier version: weighted back to the priors, the stored replicates count as 5, and 50"),
                         (PriorPredictive(chance=None, error=None, data_sets=0, effective=31, drawn=120),
                          "of 120 replicates drawn from its priors there completed 31, and 50 are needed")):
        weigh = type(study.weigh)(**{**study.weigh.model_dump(), "adequacy": [{**row, "before": before}]})
        assert told in sure.tell_before(study.model_copy(update={"weigh": weigh}))[0]
    assert sure.tell_before(study) == []
