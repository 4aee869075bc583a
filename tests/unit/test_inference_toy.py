"""A whole fit of the toy case: what it must not see, what it must give again, and what follows from it."""
from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from interlope.dossier import series_table
from interlope.ensemble import design, run, streams
from interlope.ensemble.weighted import METHOD, quantiles
from interlope.errors import BadInput, DiagnosticsFailed
from interlope.inference import likelihood
from interlope.inference.checks import forecast, predictive
from interlope.inference.checks.crps import crps
from interlope.inference.evidence import odds, weigh
from interlope.inference.fitting import calibrate, posterior
from interlope.inference.fitting.posterior import Fits
from interlope.inference.sampling import importance
from interlope.inference.sampling.problem import Effort
from interlope.results.fitted import UnmetClaim
from interlope.scenario.case import Case, find, load

SMALL = Effort(waves=(160, 160, 160), particles=200, populations=2, limit=2, candidates=1500, residuals=8)


@pytest.fixture(scope="module")
def fits() -> Fits:
    return calibrate.fit(load("toy"), seed=3, effort=SMALL)


@pytest.fixture(scope="module")
def verdict(fits: Fits) -> weigh.Verdict:
    return weigh.weigh(fits)


def altered(tmp_path: Path) -> Case:
    """The toy with nonsense in everything that became known after its `as_of`."""
    folder = tmp_path / "toy"
    shutil.copytree(find("toy"), folder)
    table = folder / "series" / "guard-detained.csv"
    text = table.read_text()
    assert "2030-02-20/2030-02-24,205" in text
    table.write_text(text.replace("2030-02-20/2030-02-24,205", "2030-02-20/2030-02-24,987654"))
    dossier = folder / "dossier.toml"
    dossier.write_text(dossier.read_text() + """
[[claim]]
id = "LATE"
paraphrase = "three tries a day"
kind = "interval"
root = "guard-count"
lineage = "stated"
series = "attempts"
counted = "attempts"
unit = "attempts/day"
window = [2030-01-11, 2030-02-04]
reduce = "mean"
low = 2
high = 4
published = 2030-02-25
""")
    return load(folder)


def test_what_became_known_after_as_of_changes_no_bit(fits: Fits, tmp_path: Path):
    case = altered(tmp_path)
    late = series_table.load(case.folder / "series")["guard-detained"].values[-1]
    assert late.value == 987654 and late.published > case.as_of
    other = calibrate.fit(case, seed=3, effort=SMALL)
    for name, p in fits.posteriors.items():
        assert p.log_weight.tobytes() == other.posteriors[name].log_weight.tobytes()
        assert p.statistics.tobytes() == other.posteriors[name].statistics.tobytes()


def test_an_earlier_as_of_sees_less(fits: Fits):
    early = load("toy").at(date(2030, 2, 5))
    other = calibrate.fit(early, seed=3, effort=Effort(waves=(120,), particles=40, populations=1, limit=1, candidates=400))
    assert len(other.plan.claims) < len(fits.plan.claims)
    assert sum(len(t.rows) for g in other.plan.groups for t in g.series) < 5


def test_threads_do_not_change_a_bit(fits: Fits):
    other = calibrate.fit(load("toy"), seed=3, effort=SMALL, threads=1)
    for name, p in fits.posteriors.items():
        assert p.log_weight.tobytes() == other.posteriors[name].log_weight.tobytes()


def test_progress_counts_every_history():
    told: list[tuple[int, int]] = []
    calibrate.fit(load("toy"), seed=1, effort=Effort(waves=(60,), particles=20, populations=1, limit=1, candidates=200),
                  progress=lambda a, b: told.append((a, b)))
    assert told[-1] == (100, 100)
    assert [a for a, _ in told] == sorted(a for a, _ in told)


def test_evidence_agrees_with_thousands_of_prior_histories(fits: Fits):
    # reference: 30,000 histories from each prior, see docs/decisions; repeated here with fewer
    case = load("toy")
    for name, p in fits.posteriors.items():
        made = design.draw(case, name, 3000, 11)
        setting = case.setting(end=case.as_of)
        statistics, _ = run.summarise(setting, made.values, made.innovations, fits.binding, streams.single(12, np.arange(3000)))
        plain = importance.evidence(likelihood.total(fits.plan, likelihood.terms(fits.plan, statistics)))
        found = p.evidence()
        assert abs(found.log_z - plain.log_z) < 3.5 * np.hypot(found.error, plain.error)


def test_replicates_can_be_run_again_along_their_streams_bit_for_bit(fits: Fits):
    p = fits.posteriors["takeover"]
    rows = np.array([3, 50, 120])
    values = {k: v[rows] for k, v in p.design.values.items()}
    setting = fits.case.setting(end=fits.case.as_of)
    again, _ = run.summarise(setting, values, p.design.innovations[rows], fits.binding, p.streams.take(rows))
    assert again.tobytes() == p.statistics[rows].tobytes()


def test_the_simplest_explanation_comes_first(fits: Fits):
    assert list(fits.posteriors) == ["rivalry", "takeover"]


def test_verdict_adds_up(verdict: weigh.Verdict):
    models = verdict.models
    assert sum(models.probability.values()) == pytest.approx(1.0)
    for name in models.probability:
        assert models.low[name] <= models.probability[name] <= models.high[name]
    difference = models.log_z["takeover"] - models.log_z["rivalry"]
    assert models.pairs["takeover/rivalry"].value == pytest.approx(difference)
    assert {g.name for g in verdict.gates["rivalry"]} == {
        "effective points", "error of log evidence", "Pareto k", "agreement of populations", "failed replicates"}


def test_leaving_out_each_root_and_regrading_need_no_simulation(verdict: weigh.Verdict, monkeypatch):
    monkeypatch.setattr(run, "summarise", lambda *a, **k: pytest.fail("a history was simulated"))
    for part in verdict.roots:
        assert verdict.without(root=part.id).probability == part.without.probability
    assert verdict.without(source="watch-service").probability == verdict.without(root="watch-collection").probability
    letter = verdict.fits.case.book.sources["watch-service"].letter
    assert verdict.regrade("watch-service", letter).log_z == pytest.approx(verdict.models.log_z)
    assert verdict.curve[letter].probability == pytest.approx(verdict.models.probability)
    with pytest.raises(BadInput):
        verdict.without(root="nowhere")


def test_json_is_plain_and_complete(verdict: weigh.Verdict):
    found = json.loads(json.dumps(verdict.to_record().model_dump(), allow_nan=False))
    assert [e["name"] for e in found["explanations"]] == ["rivalry", "takeover"]
    assert {r["explanation"] for r in found["fit"]} == {"rivalry", "takeover"}
    assert any(r["id"] == "guard-detained:2030-01-11/2030-01-15" for r in found["fit"])
    assert {p["letter"] for p in found["curve"]["points"]} == set("ABCDEF")
    assert set(found["counting"]["naive"]) == {"takeover/rivalry"} == set(found["counting"]["roots"])
    assert all(set(r["without"]) == {"rivalry", "takeover"} for r in found["roots"])
    assert all({"q05", "q50", "q95", "moved", "unit", "source"} <= set(p) for p in found["parameters"])


def test_too_few_effective_histories_are_not_resolved(fits: Fits):
    few = calibrate.fit(load("toy"), seed=3, effort=Effort(waves=(80,), particles=30, populations=1, limit=1, candidates=300))
    verdict = weigh.weigh(few)
    assert verdict.status == "not_resolved" and verdict.headline is None
    codes = {r.code for r in verdict.reasons}
    assert "effective-points" in codes
    assert all(r.remedy and r.text for r in verdict.reasons)
    drawn = posterior.draws(few, 5, 1)
    assert set(drawn.weak) == {"rivalry", "takeover"}
    with pytest.raises(DiagnosticsFailed, match="at least 50 needed"):
        posterior.draws(few, 5, 1, strict=True)


def test_a_headline_carried_by_one_root_is_withheld(verdict: weigh.Verdict):
    models, roots = verdict.models, verdict.roots
    leader = models.leader
    lowest = min(r.without.probability[leader] for r in roots)
    if models.probability[leader] >= weigh.LEAST_LIKELY > lowest and not verdict.reasons:
        assert verdict.withheld is not None and verdict.headline is None
        assert leader in verdict.withheld[1]
    else:
        assert verdict.withheld is None


def test_draws_follow_the_weights(fits: Fits):
    drawn = posterior.draws(fits, 400, 5)
    assert len(drawn) == 800 and set(drawn.hypothesis) == {"rivalry", "takeover"}
    assert sum(drawn.chance.values()) == pytest.approx(1.0)
    for name, p in fits.posteriors.items():
        inside = drawn.hypothesis == name
        last = drawn.streams.ids[inside][:, -1]
        heavy = np.argsort(-p.weight)[:20]
        assert np.mean(np.isin(last, p.streams.ids[heavy, -1])) == pytest.approx(p.weight[heavy].sum(), abs=0.06)
        at = np.flatnonzero(p.streams.ids[:, -1] == last[0])
        for key in ("demand_level", "prices_weight"):
            assert drawn.values[key][inside][0] == p.design.values[key][at]
    assert len(set(drawn.point[drawn.hypothesis == "rivalry"]) & set(drawn.point[drawn.hypothesis == "takeover"])) == 0


def test_draws_give_their_own_past_again(fits: Fits):
    """A draw's parameters and streams make the very statistics that it was weighed by."""
    drawn, p = posterior.draws(fits, 12, 5), fits.posteriors["takeover"]
    rows = np.flatnonzero(drawn.hypothesis == "takeover")
    setting = fits.case.setting(end=fits.case.as_of)
    values = {k: v[rows] for k, v in drawn.values.items()}
    again, _ = run.summarise(setting, values, drawn.innovations[rows], fits.binding, drawn.streams.take(rows))
    for row, stream in zip(again, drawn.streams.ids[rows, -1]):
        assert row.tobytes() == p.statistics[p.streams.ids[:, -1] == stream][0].tobytes()


def test_effective_number_counts_points_not_replicates(fits: Fits):
    for p in fits.posteriors.values():
        points = np.unique(p.design.unit, axis=0, return_inverse=True)[1].ravel()
        by_point = np.bincount(points, p.weight)
        assert p.evidence().effective == pytest.approx(1.0 / np.sum(by_point**2), rel=1e-9)


def test_predictive_rows_cover_most_fitted_figures(fits: Fits):
    rows = [r for p in fits.posteriors.values() for r in predictive.series_rows(fits, p)]
    assert np.mean([r.met for r in rows]) > 0.7
    assert all(r.q05 <= r.q50 <= r.q95 for r in rows)
    claims = predictive.claim_rows(fits, fits.posteriors["rivalry"])
    t1 = next(r for r in claims if r.id == "T1")
    assert t1.q95 == 0.0 and not t1.met
    assert UnmetClaim(claim="T1", explanations=["rivalry"]) in predictive.cannot_meet(claims)


def test_weighted_quantiles():
    x, w = np.arange(1001.0), np.ones(1001)
    assert quantiles(x, w).tolist() == pytest.approx([50, 500, 950], abs=1)
    assert np.isnan(quantiles(np.array([np.nan]), np.ones(1))).all()


@pytest.mark.parametrize("seed", range(20))
def test_intervals_of_counts_are_counts_and_agree_with_their_chances(seed):
    rng = np.random.default_rng(seed)
    x, w = rng.poisson(0.1, 60) - 1.0 * rng.poisson(0.1, 60), rng.random(60)
    low, middle, high = quantiles(x, w)
    more, less = (float(w @ side / w.sum()) for side in (x > 0, x < 0))
    assert {low, middle, high} <= set(x)
    assert (high > 0) == (more > 0.05) and (low < 0) == (less >= 0.05)
    assert quantiles(x, np.ones(60)).tolist() == np.quantile(x, (0.05, 0.5, 0.95), method=METHOD).tolist()


def test_held_out_figures_are_scored_against_baselines(fits: Fits):
    scores = forecast.score(fits, draws=40)
    assert scores is not None
    assert [r.observed for r in scores.rows] == [205.0, 20.0, 14.0, 80.0]  # first what had not begun by then
    assert [bool(r.baselines) for r in scores.rows] == [True, False, False, False]
    assert set(scores.crps) == {"model", "last value", "reference class", "step model"}
    assert scores.crps["model"] > 0 and 0 <= scores.coverage <= 1


def test_crps_of_a_normal_forecast():
    rng = np.random.default_rng(2)
    exact = 2 / np.sqrt(2 * np.pi) - 1 / np.sqrt(np.pi)  # standard normal at its mean
    assert crps(rng.standard_normal(200_000), 0.0) == pytest.approx(exact, abs=0.005)
    few = [crps(rng.standard_normal(4), 0.0) for _ in range(20_000)]
    assert np.mean(few) == pytest.approx(exact, abs=0.01)  # fair: no penalty for few samples; the plain estimator gives 0.14 more


def test_words_of_probability():
    assert [odds.word(p) for p in (0.0, 0.05, 0.06, 0.5, 0.56, 0.9, 1.0)] == [
        "almost no chance", "almost no chance", "very unlikely", "roughly even chance", "likely", "very likely",
        "almost certain"]
