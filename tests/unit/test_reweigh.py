"""Weights from packed terms alone are those of the replicates as they were, for every change by itself and for several at once."""
from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

import interlope as il
from interlope.dossier.source import LETTERS
from interlope.inference import likelihood
from interlope.inference.evidence import odds, packing, reweigh
from interlope.inference.evidence.reweigh import Change
from interlope.inference.sampling import importance
from interlope.results.terms import PackedExplanation
from interlope.scenario.binding import Binding

REPLICATES = 60


@pytest.fixture(scope="module")
def fits():
    """The flagship's likelihood (relays, institutions of several roots, a shared dispersion) on statistics that nobody simulated."""
    case = il.load("serbia-hungary")
    plan = likelihood.make_plan(case, Binding(case))
    rng = np.random.default_rng(11)
    posteriors, centre = {}, rng.normal(1.0, 1.5, plan.width)
    for name in ("one", "two"):
        statistics = np.exp(centre + rng.normal(0.0, 0.01, (REPLICATES, plan.width)))
        parts = likelihood.terms(plan, statistics)
        total = likelihood.total(plan, parts)
        prior = -total + rng.normal(0.0, 0.3, REPLICATES)
        ancestry = importance.independent(REPLICATES)
        posteriors[name] = SimpleNamespace(
            statistics=statistics, terms=parts, log_prior=prior, log_likelihood=total, log_weight=prior + total, ancestry=ancestry,
            weight=importance.normalise(prior + total), prior_odds=1.0,
            evidence=lambda left=None, own=prior + total, a=ancestry: importance.evidence(own if left is None else left, a))
    return SimpleNamespace(case=case, plan=plan, posteriors=posteriors, seed=1)


def weighed(fits) -> SimpleNamespace:
    """What of a verdict its packing looks at."""
    def models(left=None):
        return odds.model_probabilities(fits, left)

    roots = [SimpleNamespace(id=r, without=models(odds.without(fits, r))) for r in likelihood.roots(fits.plan)]
    curve = {x: models(odds.regraded(fits, "press-archive", x)) for x in LETTERS}
    return SimpleNamespace(fits=fits, models=models(), naive=models(odds.by_outlet(fits)), roots=roots, curve=curve,
                           report_source=SimpleNamespace(id="press-archive"))


def both(fits, change: Change, exact: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    about = packing.describe(fits)
    columns = packing.read_columns(fits, fits.posteriors["one"], about)
    return reweigh.log_weight(about, columns, change), exact


def test_every_single_change_gives_the_weights_of_the_replicates(fits):
    about = packing.describe(fits)
    tried = [(Change(), fits.posteriors["one"].log_weight), (Change(outlets=True), odds.by_outlet(fits)["one"])]
    tried += [(Change({s.id: x}), odds.regraded(fits, s.id, x)["one"]) for s in about.sources for x in LETTERS]
    tried += [(Change(roots=frozenset({r.id})), odds.without(fits, r.id)["one"]) for r in about.roots]
    tried += [(Change(claims=frozenset({c.id})), odds.without_claim(fits, c.id)["one"]) for c in about.claims]
    assert {len(r) for r in likelihood.group_institutions(fits.plan)} > {1} and max(len(g.roots) for g in about.groups) > 1
    assert len({s.id for s in about.sources} - {r.source for r in about.roots}) > 0  # relays that stand behind no root
    for change, exact in tried:
        np.testing.assert_allclose(*both(fits, change, exact), rtol=1e-9, atol=1e-9, err_msg=str(change))


def test_several_changes_at_once_are_those_of_the_likelihood(fits):
    p, plan = fits.posteriors["one"], fits.plan
    plan, parts = likelihood.regraded(plan, p.terms, p.statistics, "press-archive", "E")
    plan, parts = likelihood.regraded(plan, parts, p.statistics, "relay-outlet", "F")
    plan, parts = likelihood.without(plan, parts, p.statistics, "police-count")
    plan, parts = likelihood.without_claim(plan, parts, "C10")
    change = Change({"press-archive": "E", "relay-outlet": "F"}, frozenset({"police-count"}), frozenset({"C10"}))
    np.testing.assert_allclose(*both(fits, change, p.log_prior + likelihood.total(plan, parts)), rtol=1e-9, atol=1e-9)
    change = replace(change, outlets=True)
    np.testing.assert_allclose(*both(fits, change, p.log_prior + likelihood.total(plan, parts, outlets=True)), rtol=1e-9, atol=1e-9)


def test_a_group_of_many_roots_is_stored_by_node(fits, monkeypatch):
    monkeypatch.setattr(packing, "MOST_CHOICES", 1)
    assert any(g.log_weight for g in packing.describe(fits).groups)
    for root in ("police-count", "border-agency-count"):
        np.testing.assert_allclose(*both(fits, Change(roots=frozenset({root})), odds.without(fits, root)["one"]), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(*both(fits, Change(), fits.posteriors["one"].log_weight), rtol=1e-9, atol=1e-9)


def test_what_is_packed_opens_to_half_a_step(fits):
    about = packing.describe(fits)
    columns = packing.read_columns(fits, fits.posteriors["one"], about)
    empty = PackedExplanation(name="one", prior_odds=1.0, replicates=REPLICATES, points=REPLICATES, rows=0, columns=[], data="")
    packed = packing.pack_columns(about, empty, columns, 0.004)
    again = reweigh.unpack(about, packed)
    for before, after in ((columns.states, again.states), *zip(columns.official, again.official)):
        assert np.abs(before - after).max() <= max(0.004, np.ptp(before) / 65535) / 2 + 1e-12
    whole = [reweigh.log_weight(about, c, Change()) for c in (columns, again)]
    assert np.abs(whole[0] - whole[1]).max() <= packed.columns[1].step / 2 + 1e-9  # nothing of the others' rounding is left
    assert again.point.tolist() == list(range(REPLICATES)) and again.replicates == REPLICATES
    assert any(c.same is not None for c in packed.columns) and any(c.step == 0.0 for c in packed.columns)


def test_the_coarsest_step_that_keeps_three_digits_is_taken_or_nothing(fits, monkeypatch):
    verdict = weighed(fits)
    terms = packing.pack(verdict)
    assert terms is not None and terms.gap <= packing.THREE_DIGITS
    columns = {e.name: reweigh.unpack(terms, e) for e in terms.explanations}
    for change, left in ((Change(), None), (Change({"press-archive": "F"}), odds.regraded(fits, "press-archive", "F")),
                         (Change(claims=frozenset({"C10"})), odds.without_claim(fits, "C10"))):
        exact = odds.model_probabilities(fits, left)
        assert not exact.thin
        again = reweigh.probabilities(terms, columns, change)
        assert max(abs(again[n] - p) for n, p in exact.probability.items()) <= packing.THREE_DIGITS
    with monkeypatch.context() as narrow:
        narrow.setattr(packing, "LARGEST", 10)
        assert packing.pack(verdict) is None
    monkeypatch.setattr(packing, "STEPS", (3.0,))
    assert packing.pack(verdict) is None
