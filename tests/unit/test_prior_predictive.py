"""Prior predictive chance: uniform where the explanation is true, small where it is not, none where too few replicates allow it."""
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binom
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


def flat(posterior):
    """The same replicates as if they were draws of the prior: what is tried here is the chance, not the weights."""
    return replace(posterior, log_prior=np.where(np.isfinite(posterior.log_likelihood), 0.0, -np.inf))


def test_it_is_uniform_where_the_data_come_from_the_explanation(fits, monkeypatch):
    """Chances of 24 data sets of its own: the number below a half is binomial; false alarms of this test 1 in 1,000."""
    monkeypatch.setattr(prior_predictive, "DATA_SETS", 20)
    posterior = flat(fits.posteriors["takeover"])
    rng = np.random.default_rng(3)
    usable = np.flatnonzero(np.isfinite(posterior.log_prior))
    drawn = posterior.statistics[rng.choice(usable, TRIED)]
    reports, figures = (draw(fits.plan, drawn, rng) for draw in (generative.draw_reports, generative.draw_figures))
    below = 0.0
    for j in range(TRIED):
        plan = prior_predictive._change(fits.plan, {c: x[j] for c, x in reports.items()}, {s: x[j] for s, x in figures.items()})
        own = replace(fits, plan=plan, seed=j)
        below += prior_predictive.judge(own, posterior).chance < 0.5
    assert binom.ppf(0.0005, TRIED, 0.5) <= below <= binom.ppf(0.9995, TRIED, 0.5)


def test_evidence_that_it_would_not_give_is_odd(fits):
    groups = [type(g)(tuple(replace(t, figures=t.figures * 40.0) for t in g.series)) for g in fits.plan.groups]
    odd = replace(fits, plan=replace(fits.plan, groups=groups))
    posterior = flat(fits.posteriors["takeover"])
    found = prior_predictive.judge(odd, posterior)
    assert found.chance == 0.0 and found.error == pytest.approx(np.sqrt(61 / 62**2 / 63))


def test_none_is_given_where_few_replicates_count_under_the_prior(fits):
    posterior = fits.posteriors["takeover"]
    narrow = replace(posterior, log_prior=np.where(np.arange(len(posterior.log_prior)) < 20, 0.0, -np.inf))
    found = prior_predictive.judge(fits, narrow)
    assert found.chance is None and found.effective <= 20 and "not known" in write_before(found)


def test_it_is_said_with_what_it_means_or_why_it_is_not_known():
    study = sample()
    leader = study.weigh.ranked[0].name
    row = {"explanation": leader, "figures": 3, "chance": 0.5, "surprises": [], "rare": 0.05, "trust": [], "claims": 2, "unmet": []}
    for before, told in ((PriorPredictive(chance=0.15, error=0.046, data_sets=60, effective=90.0), "in 15% of 60 data sets"),
                         (PriorPredictive(chance=None, error=None, data_sets=0, effective=4.8), "count as 5, and 50 are needed")):
        weigh = type(study.weigh)(**{**study.weigh.model_dump(), "adequacy": [{**row, "before": before}]})
        assert told in sure.tell_before(study.model_copy(update={"weigh": weigh}))[0]
    assert sure.tell_before(study) == []
