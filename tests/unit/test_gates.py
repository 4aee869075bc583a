"""Gates: what makes a result unresolved, and what is said about the cause and the cost."""
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from interlope.errors import BadInput
from interlope.inference.checks import surprise
from interlope.inference.evidence import gates
from interlope.inference.fitting import calibrate
from interlope.inference.fitting.posterior import Fits
from interlope.inference.sampling import allocation
from interlope.inference.sampling.problem import Effort
from interlope.pipeline.plan import Plan, read_budget
from interlope.scenario.case import load

SMALL = Effort(waves=(160, 160), particles=150, populations=2, limit=2, candidates=1000, residuals=8)


@pytest.fixture(scope="module")
def fits() -> Fits:
    return calibrate.fit(load("toy"), seed=3, effort=SMALL)


def changed(fits: Fits, **fields) -> Fits:
    """The fit with one explanation's posterior changed."""
    return replace(fits, posteriors={**fits.posteriors, "takeover": replace(fits.posteriors["takeover"], **fields)})


def reasons(fits: Fits) -> str:
    """What is said about takeover, on one line."""
    p = fits.posteriors["takeover"]
    found = gates.explain(fits, "takeover", gates.check(p, p.evidence()))
    return " | ".join(f"{r.code}: {r.text} -> {r.remedy}" for r in found)


def test_a_sound_fit_has_no_reasons(fits):
    p = fits.posteriors["takeover"]
    assert all(g.passed for g in gates.check(p, p.evidence())), gates.check(p, p.evidence())
    assert reasons(fits) == ""


def test_populations_that_disagree_are_a_failed_check(fits):
    apart = changed(fits, populations=fits.posteriors["takeover"].populations + np.array([-1.5, 1.5]))
    assert gates.agreement(apart.posteriors["takeover"]) < 1e-4
    assert "agreement-of-populations: agreement of populations of 'takeover' is" in reasons(apart)
    assert gates.agreement(replace(fits.posteriors["takeover"], populations=np.zeros(1))) == 1.0


def unresolved(fits: Fits, **fields) -> Fits:
    """With a checkpoint whose weights were dominated by a few, and changes on top."""
    return changed(fits, checkpoint_k=0.7004, **fields)


def test_a_reason_names_explanation_cause_and_cost(fits):
    text = reasons(unresolved(fits))
    assert text.startswith("pareto-k: Pareto k of 'takeover' is 0.7004, at most 0.7 needed. Cause: ")
    assert "chance inside the simulation" in text or "few of the proposed points fit" in text
    total = fits.replicates + 2 * SMALL.particles
    assert f"about 300 more replicates of 'takeover'" in text and f"--budget {total} (replicates)" in text  # noqa: F541


def test_the_date_of_the_worst_step_is_said(fits):
    costs = np.zeros_like(fits.posteriors["takeover"].costs)
    costs[-1] = 1.0
    text = reasons(unresolved(fits, costs=costs))
    assert "100% of the loss falls between 2030-02-09 and 2030-02-19" in text


def test_a_prior_that_leaves_no_room_is_the_cause(fits):
    p = fits.posteriors["takeover"]
    far = replace(p.design, unit=p.design.unit - 4.0, innovations=p.design.innovations.copy())
    far.innovations[:, 1] = 3.4
    text = reasons(unresolved(fits, design=far))
    assert "the evidence asks for what the prior hardly allows" in text and "prior standard deviations" in text
    only = replace(p.design, innovations=far.innovations)
    assert "demand of 2030-02 at +3.4 prior standard deviations" in reasons(unresolved(fits, design=only))


def test_a_bad_fit_is_the_cause_with_the_figures_it_misses(fits):
    text = reasons(unresolved(fits, statistics=fits.posteriors["takeover"].statistics * 0.0))
    assert "of the fitted values lie outside what this explanation gives, furthest guard-" in text


def test_replicates_that_fail_are_told_apart_from_those_that_weigh_little(fits):
    assert reasons(changed(fits, failed=0.3)).startswith("failed-replicates: failed replicates of 'takeover' is 0.3, at most 0.02 needed")


def test_no_weight_at_all_is_said_so(fits):
    nothing = np.full_like(fits.posteriors["takeover"].log_likelihood, -np.inf)
    text = reasons(changed(fits, log_likelihood=nothing, populations=np.full(2, -np.inf)))
    assert "no replicate of this explanation can have produced the evidence" in text


def test_budgets_are_read_and_refused():
    assert read_budget("") == (None, None)
    assert read_budget("1h") == (None, 3600.0) and read_budget("1.5m") == (None, 90.0) and read_budget("800") == (800, None)
    for text in ("ten", "-5", "0", "1.5", "5d", "1e9", "9" * 400 + "x"):
        with pytest.raises(BadInput, match="expected a number of replicates such as 20000, or a time") as refused:
            Plan(budget=text)
        assert len(str(refused.value)) < 200


def test_a_budget_in_replicates_is_kept_to_and_counts_repeat_it(fits):
    within = replace(SMALL, error=0.001, replicates=320 + 7 * 150)
    reports: list[tuple[int, int]] = []
    one = calibrate.fit(load("toy"), seed=3, effort=within, progress=lambda done, total: reports.append((done, total)))
    assert one.replicates == 320 + 7 * 150 == reports[-1][0]
    counts = {name: len(p.populations) for name, p in one.posteriors.items()}
    assert sum(counts.values()) == 7
    again = calibrate.fit(load("toy"), seed=3, effort=replace(SMALL, seconds=0.001), counts=counts)
    for name, p in one.posteriors.items():
        assert p.log_weight.tobytes() == again.posteriors[name].log_weight.tobytes()


def test_a_budget_of_no_time_runs_the_first_populations_only():
    fits = calibrate.fit(load("toy"), seed=3, effort=replace(SMALL, error=0.001, seconds=0.001))
    assert [len(p.populations) for p in fits.posteriors.values()] == [2, 2]
    assert allocation.asked(next(iter(fits.posteriors.values())).evidence(), 2, 0.001, True) == 6


def test_a_reason_names_the_figures_that_the_explanation_misses(fits):
    posterior = unresolved(fits).posteriors["takeover"]
    judged = surprise.surprises(fits, posterior)
    assert [s.chance for s in judged] == sorted(s.chance for s in judged)
    assert {s.id.partition(":")[0] for s in judged} == {t.id for g in fits.plan.groups for t in g.series}
    group = fits.plan.groups[0]
    far = replace(group, series=(replace(group.series[0], figures=group.series[0].figures * np.r_[9.0, np.ones(99)][
        : len(group.series[0].figures)]), *group.series[1:]))
    missed = unresolved(replace(fits, plan=replace(fits.plan, groups=(far, *fits.plan.groups[1:]))))
    worst = surprise.surprises(missed, missed.posteriors["takeover"])[0]
    assert worst.chance < surprise.RARE and worst.observed == far.series[0].figures[0]
    assert f"what all else leads this explanation to expect is missed by {worst.text()}" in reasons(missed)
