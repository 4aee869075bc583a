"""Recovery: ranks, uniformity, scores, data sets and how they are stored.

Statistical tests have fixed seeds; each would fail for at most one other seed in a thousand although nothing is wrong.
"""
from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from interlope.errors import BadInput
from interlope.inference.evidence import confidence
from interlope.inference.sampling.problem import Effort
from interlope.model.simulate import digest
from interlope.pipeline import calibrated as calibrated_study
from interlope.recovery import processes, ranks, run, scores, summary, trial, truth, uniformity
from interlope.reporting import html
from interlope.reporting import recovery as written
from interlope.reporting.answer.calibration import tell_calibration
from interlope.results.confidence import Calibration
from interlope.results.recovery import RecoveredDataSet, RecoveredQuantity
from interlope.results.study import StudyRecord
from interlope.scenario.binding import Binding
from interlope.scenario.case import load

SAMPLES = Path(__file__).parent / "samples"
PRIOR = {"rivalry": 0.5, "takeover": 0.5}


def one(index: int, truth_: str = "rivalry", p: float = 0.7, rank: float = 0.5, failed: tuple[str, ...] = ()) -> RecoveredDataSet:
    quantities = [RecoveredQuantity(name=name, kind=kind, truth=1.0, rank=rank, within50=0.25 <= rank <= 0.75,
                                    within90=0.05 <= rank <= 0.95)
                  for name, kind in (("raids_answer", "parameter"), ("log likelihood", "quantity"))]
    probability = {"rivalry": p, "takeover": 1.0 - p}
    return RecoveredDataSet(index=index, truth=truth_, chosen=max(probability, key=lambda n: probability[n]), probability=probability,
                            failed_checks=list(failed), effective={"rivalry": 90.0, "takeover": 80.0}, quantities=quantities, redrawn=0,
                            replicates=10, seconds=1.0)


def calibrated(n: int, seed: int = 3, power: float = 1.0) -> list[RecoveredDataSet]:
    """Data sets whose probabilities are right, or overstated where the power is above 1."""
    rng = np.random.default_rng(seed)
    records = []
    for index, p in enumerate(rng.beta(0.8, 0.8, n)):
        stated = p**power / (p**power + (1 - p) ** power)
        records.append(one(index, "rivalry" if rng.random() < p else "takeover", float(stated), float(rng.random())))
    return records


@pytest.mark.parametrize("n", [3, 12, 200])
def test_the_rank_of_a_right_posterior_is_uniform_for_any_number_of_draws_and_with_ties(n):
    rng = np.random.default_rng(1)
    for values in (rng.standard_normal((2000, n + 1)), rng.poisson(0.7, (2000, n + 1)).astype(float)):
        found = [ranks.rank(row[1:], np.full(n, 1 / n), n, row[0], rng.random()) for row in values]
        assert stats.kstest(found, "uniform").pvalue > 1e-3 / 6


def test_a_truth_is_set_against_the_intervals_that_a_user_sees():
    draws = np.linspace(0.0, 1.0, 1001)
    placed = ranks.place("a", "parameter", draws, np.full(1001, 1 / 1001), 1001.0, 0.2, 0.5)
    assert placed.rank == pytest.approx(0.2, abs=1e-3)
    assert (placed.within50, placed.within90) == (False, True)


def test_uniform_ranks_are_rejected_as_seldom_as_said_and_others_are_noticed():
    rng = np.random.default_rng(2)
    chances = [uniformity.chance(rng.random(80)) for _ in range(400)]
    assert stats.binomtest(sum(c <= 0.05 for c in chances), 400, 0.05).pvalue > 1e-3
    for wrong in (rng.beta(0.7, 0.7, 400), rng.beta(1.5, 1.5, 400), rng.random(400) ** 1.3):
        assert uniformity.chance(wrong) < 1e-3


@pytest.mark.parametrize(("n", "level"), [(30, 0.9), (60, 0.95), (250, 0.99)])
def test_bands_hold_the_whole_curve_as_often_as_they_say(n, level):
    z, low, high = uniformity.bands(n, level)
    ordered = np.sort(np.random.default_rng(n).random((3000, n)), axis=1)
    below = np.stack([np.searchsorted(row, z, side="right") / n for row in ordered])
    inside = int(((below >= low - 1e-9) & (below <= high + 1e-9)).all(axis=1).sum())
    assert stats.binomtest(inside, 3000, level, alternative="less").pvalue > 1e-3 / 3  # bands of counts hold a little more
    assert inside / 3000 < level + 0.4 * (1 - level)


def test_probabilities_that_are_right_are_seen_as_right_and_overstated_ones_are_not():
    for power, right in ((1.0, True), (2.5, False)):
        for score in scores.score(calibrated(400, power=power), PRIOR):
            assert score.chance is not None
            assert (score.chance > 1e-3) is right, score
    log, brier = scores.score([one(0, "rivalry", 0.8)], PRIOR)
    assert (log.value, log.prior) == pytest.approx((-np.log(0.8), np.log(2)))
    assert (brier.value, brier.prior, brier.expected) == pytest.approx((0.08, 0.5, 0.8 * 0.08 + 0.2 * 1.28))


def test_data_sets_are_counted_by_truth_choice_and_probability():
    records = [one(0), one(1, "takeover"), one(2, "takeover", 0.1), one(3, "rivalry", 0.45, failed=("Pareto k of takeover",)),
               one(4).model_copy(update={"chosen": "", "failed_checks": ["no weight"]})]
    rivalry, takeover = scores.confuse(records, list(PRIOR))
    assert (rivalry.data_sets, rivalry.resolved, rivalry.unresolved) == (3, {"rivalry": 1, "takeover": 0},
                                                                        {"rivalry": 0, "takeover": 1, "": 1})
    assert takeover.resolved == {"rivalry": 1, "takeover": 1}
    bins = {(b.explanation, b.low): b for b in scores.bin_reliability(records, list(PRIOR))}
    assert [(bins["leading", e].count, bins["leading", e].true) for e in (0.4, 0.6, 0.8)] == [(1, 0), (2, 1), (1, 1)]
    assert (bins["leading", 0.4].resolved, bins["leading", 0.6].resolved_true) == (0, 1)
    assert [bins["takeover", e].count for e in scores.EDGES[:-1]] == [0, 2, 1, 0, 1]


def test_coverage_has_the_interval_of_its_data_sets():
    rows = {(c.name, c.level): c for c in scores.cover([one(i, rank=r) for i, r in enumerate((0.5, 0.3, 0.9, 0.99))])}
    assert (rows["raids_answer", 0.5].inside, rows["raids_answer", 0.9].inside) == (2, 3)
    together = rows[scores.ALL, 0.9]
    assert (together.count, together.inside) == (4, 3) and together.q05 < 0.75 < together.q95


def test_a_data_set_has_the_shape_of_its_case_and_new_contents():
    case = load("toy")
    drawn = truth.draw(case, 7, 3)
    assert truth.draw(case, 7, 3).case.book.claims == drawn.case.book.claims  # same seed, same evidence
    assert Binding(drawn.case).reductions == drawn.binding.reductions
    assert list(drawn.case.book.claims) == list(case.book.claims)
    before, after = case.series["guard-detained"], drawn.case.series["guard-detained"]
    assert [v.covers for v in after.values] == [v.covers for v in before.values]
    assert len([1 for a, b in zip(before.fitted(), after.fitted()) if a.value != b.value]) >= 3
    others = [truth.draw(case, 7, i).case for i in range(40)]
    assert len({c.book.claims["T1"].stated for c in others}) > 1
    assert {c.book.claims["T4"].kind for c in others} == {"occurrence", "silence"}


def test_a_part_of_the_evidence_is_left_out():
    case = load("toy")
    assert not [c for c in truth.leave_out(case, "claims").book.claims.values() if c.likelihood]
    assert not [s for s in truth.leave_out(case, "series").series.values() if s.fitted()]
    assert truth.leave_out(case, "") is case
    with pytest.raises(BadInput, match="claims .official series alone"):
        run.Wanted(without="figures")
    with pytest.raises(BadInput, match="expected replicates"):
        run.Wanted(budget="5m", effort=Effort(seconds=300.0))


@pytest.fixture
def faked(monkeypatch):
    """Data sets without a fit, and the numbers of those that were tried."""
    tried = []
    monkeypatch.setattr(trial, "run", lambda case, seed, index, effort: tried.append(index) or one(index))
    return tried


def test_what_is_finished_is_taken_up_what_is_damaged_is_made_again(tmp_path, faked):
    case, wanted, notes = load("toy"), run.Wanted(), []
    first = run.run(case, wanted, 3, store=tmp_path, jobs=1)
    path = tmp_path / run.file_name(1)
    path.write_bytes(path.read_bytes().replace(b"rivalry", b"revelry"))
    again = run.run(case, wanted, 5, store=tmp_path, jobs=1, say=notes.append)
    assert faked == [0, 1, 2, 1, 3, 4]
    assert again[:3] == first and len(notes) == 1
    other = run.run(case, replace(wanted, seed=8), 1, store=tmp_path, jobs=1, say=notes.append)
    assert faked[-1] == 0 and len(other) == 1  # another run's records are set aside


def test_a_trial_that_was_stopped_keeps_its_number_of_data_sets(tmp_path, monkeypatch):
    monkeypatch.setattr(run.calibrate, "forecast_seconds", lambda *a, **k: 60.0)
    case, wanted = load("toy"), run.Wanted()
    assert run.plan(case, wanted, None, tmp_path, 2, print).data_sets == 120
    monkeypatch.setattr(run.calibrate, "forecast_seconds", lambda *a, **k: 5.0)
    assert run.plan(case, wanted, None, tmp_path, 2, print).data_sets == 120
    assert run.plan(case, wanted, 7, tmp_path, 2, print).data_sets == 7


def test_processes_end_when_the_one_that_began_them_leaves():
    task = processes.Task(load("toy"), 7, Effort())
    with processes._pool(task, 1) as pool:
        pool.submit(print).result()
        (worker,) = pool._processes.values()
        assert worker.is_alive()
    worker.join(20)
    assert not worker.is_alive()


def summarised(records):
    case = load("toy")
    return run.summarise(case, run.Wanted(), records)


def test_a_trial_is_written_and_read_again(tmp_path):
    from interlope import manifest

    records = calibrated(60)
    found = summarised(records)
    written.write(found, records, tmp_path)
    case = load("toy")
    manifest.write(manifest.Manifest("toy", found.about.run_id, case.files(), found.about.model_digest, 7, {}, "0"), tmp_path)
    assert written.load(tmp_path) == written.StoredRecovery(summary=found, data_sets=records)
    for figure in tmp_path.glob("*.svg"):
        ElementTree.fromstring(figure.read_text(encoding="utf-8"))
    assert len(list(tmp_path.glob("*.svg"))) == 4
    page = (tmp_path / written.PAGE).read_text(encoding="utf-8")
    assert "`interlope recover toy --data-sets 60 --seed 7 --as-of 2030-02-19`" in " ".join(page.split())
    assert "Of 60 data sets the truth is one and the same number for log likelihood in 60" in " ".join(page.split())
    assert {t.name for t in found.uniformity} == {"raids_answer", "log likelihood"}
    written.write_page(found, records, tmp_path / "pages" / "toy.md")
    assert (tmp_path / "pages" / "toy-ranks.svg").is_file()


def test_truths_that_differ_are_not_called_tied():
    def truths(first: int) -> list[RecoveredDataSet]:
        """Log likelihoods of 60 data sets, the first so many alike."""
        return [d.model_copy(update={"quantities": [q.model_copy(update={"truth": float(max(i, first - 1))}) for q in d.quantities]})
                for i, d in enumerate(calibrated(60))]

    assert written.list_ties(truths(11)) == {}  # less than a fifth
    assert written.list_ties(truths(12)) == {"log likelihood": 12}


def test_a_few_data_sets_are_no_test_of_ranks_and_say_so(tmp_path):
    found = summarised([one(0)])
    assert found.uniformity == [] and "Too few data sets" in " ".join(written.tell(found))
    written.write(found, [one(0)], tmp_path)


@pytest.fixture
def study():
    parts = {name: json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8")) for name in ("dossier", "weigh")}
    case = {"name": "toy", "question": "Who?", "as_of": "2030-02-19", "sha256": load("toy").sha256}
    return StudyRecord.model_validate({**parts, "case": case, "model_digest": digest()})


def test_odds_are_told_with_how_often_such_odds_were_right(study):
    untried = " ".join(tell_calibration(study))
    assert "not measured" in untried and "interlope recover toy --as-of 2030-02-19" in untried
    tried = study.model_copy(update={"recovery": summarised(calibrated(200))})
    told = " ".join(tell_calibration(tried))
    assert "Tried on 200 simulated data sets" in told and "the leading explanation got" in told and "too few" not in told
    few = study.model_copy(update={"recovery": summarised(calibrated(39))})
    assert tell_calibration(few) == [
        "How often odds like these are right is not known yet: of the 40 simulated data sets that it takes 39 have been tried (`interlope "
        "recover toy --data-sets 40 --seed 7 --as-of 2030-02-19`)."]
    assert "Truth against choice" not in html.render(few)


def test_a_resolved_study_is_compared_with_resolved_data_sets_where_they_suffice(study):
    """Of those that resolve the leading explanation is always true, of the others never."""
    def tried(resolved: int, others: int, status: str = "ok", budget: str = "") -> str:
        records = [one(i, p=0.7) for i in range(resolved)]
        records += [one(i, "takeover", 0.7, failed=("Pareto k of takeover",)) for i in range(resolved, resolved + others)]
        found = summarised(records)
        found = found.model_copy(update={"about": found.about.model_copy(update={"budget": budget})})
        return " ".join(tell_calibration(leads.model_copy(update={"recovery": found, "status": status})))

    explanations = [e.model_copy(update={"probability": p}) for e, p in zip(study.weigh.explanations, (0.7, 0.1, 0.1, 0.1))]
    leads = study.model_copy(update={"weigh": study.weigh.model_copy(update={"explanations": explanations})})
    text = tried(60, 30)
    assert "67% of them resolved; what follows is of these." in text and "Of the 60 where" in text and "true in 60 (100%" in text
    assert "rivalry in 60 of 60" in text and "takeover in" not in text and "Monte Carlo" not in text
    text = tried(39, 30)
    assert "counts the others in, as fewer than 40 resolved." in text and "Of the 69 where" in text and "true in 39 (57%" in text
    assert "counts the others in, as this run is not resolved." in tried(60, 30, status="not_resolved")
    assert "what follows" not in tried(60, 0)
    assert "stopped at a budget of 6300 replicates; a fit without one goes on until it resolves." in tried(60, 0, budget="6300")


def test_calibration_is_of_resolved_data_sets_where_they_suffice():
    records = [one(i, p=0.7) if i % 10 < 7 else one(i, "takeover", 0.7) for i in range(50)]  # true in 70 % of those that resolve
    records += [one(i, "takeover", 0.7, failed=("Pareto k of takeover",)) for i in range(50, 80)]
    found = calibrated_study.to_calibration(summarised(records), True)
    assert (found.data_sets, found.gap, found.unresolved) == (50, 0.0, 0)
    every = calibrated_study.to_calibration(summarised(records), False)
    assert (every.data_sets, every.unresolved) == (80, 30) and every.gap == pytest.approx(0.25, abs=0.03)
    few = calibrated_study.to_calibration(summarised(records[20:]), True)  # thirty resolved
    assert (few.data_sets, few.unresolved) == (60, 30)


def rate(data_sets: int, explanations: int, spread: float, overstated: bool, rng: np.random.Generator) -> str:
    """The level of the ground on calibration of one trial; overstated, truths come half-way back to even prior odds."""
    stated = rng.dirichlet([spread] * explanations, data_sets)
    right = (stated + 1 / explanations) / 2 if overstated else stated
    leader = stated.argmax(axis=1)
    true = rng.random(data_sets) < right[np.arange(data_sets), leader]
    top = stated.max(axis=1)
    at = np.digitize(top, scores.EDGES[1:-1])
    bins = [(int(n), int(true[at == b].sum()), float(top[at == b].mean())) for b, n in enumerate(np.bincount(at)) if n]
    gap, chance = scores.measure_gap(bins)
    return confidence._calibration(Calibration(data_sets=data_sets, gap=gap, chance=chance)).level


@pytest.mark.parametrize(("explanations", "spread"), [(2, 0.8), (4, 0.8), (4, 2.0)])
def test_right_probabilities_are_seldom_rated_low_and_overstated_ones_mostly(explanations, spread):
    """A rate of at most 5 % is asked of right probabilities; a trial of 400 rates fails one seed in a thousand where it is 5 %."""
    rng, most = np.random.default_rng(11), int(stats.binom.isf(1e-3 / 12, 400, 0.05))
    for data_sets, high in ((40, False), (80, False), (100, True), (400, True)):
        levels = [rate(data_sets, explanations, spread, False, rng) for _ in range(400)]
        assert levels.count("low") <= most, data_sets
        assert (levels.count("high") > 200) is high, data_sets
    many = [rate(400, explanations, spread, True, rng) for _ in range(100)]
    assert many.count("low") > (80 if spread < 1 else 40) and many.count("high") < 10
    assert "high" not in [rate(40, explanations, spread, True, rng) for _ in range(100)]


@pytest.mark.parametrize("bins", [[(7, 3, 0.3)], [(5, 1, 0.45), (12, 10, 0.85)]])
def test_what_chance_adds_to_a_gap_is_exact(bins):
    """By the sum over every outcome of binomial draws."""
    total, moments = sum(n for n, _, _ in bins), [0.0, 0.0]
    for outcome in np.ndindex(*(n + 1 for n, _, _ in bins)):
        weight = float(np.prod([stats.binom.pmf(k, n, p) for k, (n, _, p) in zip(outcome, bins)]))
        square = sum(n / total * (p - k / n) ** 2 for k, (n, _, p) in zip(outcome, bins))
        moments[0] += weight * square
        moments[1] += weight * square**2
    gap, chance = scores.measure_gap(bins)
    square = sum(n / total * (p - k / n) ** 2 for n, k, p in bins)
    assert gap**2 == pytest.approx(max(square - moments[0], 0.0))
    assert chance**2 == pytest.approx(scores.BEYOND * np.sqrt(moments[1] - moments[0] ** 2))


def test_only_a_trial_without_a_budget_is_said_to_be_as_a_user_would(tmp_path):
    found = summarised(calibrated(60))
    less = found.model_copy(update={"about": found.about.model_copy(update={"budget": "6300"})})
    plain, stopped = (" ".join(written.describe(s, [], dict.fromkeys(("matrix", "reliability", "ranks", "coverage"), "")).split())
                      for s in (found, less))
    assert "fitted as a user would (quick effort)." in plain and "Monte Carlo error" not in plain
    assert "as a user would" not in stopped and "stopped at a budget of 6300 replicates" in stopped
    assert "more Monte Carlo error than those a user gets" in stopped


def test_the_trial_of_the_same_case_and_model_is_quoted(study, tmp_path, monkeypatch):
    monkeypatch.setattr(calibrated_study, "find_shipped", lambda: tmp_path / "nothing is shipped")
    records = calibrated(50)
    for name, changes in (("1", {}), ("2", {"without": "claims"}), ("3", {"model_digest": "0"}), ("4", {"method": "older"})):
        about = summarised(records).about.model_copy(update=changes)
        folder = tmp_path / f"toy-recovery-{name}"
        folder.mkdir()
        found = summarised(records).model_copy(update={"about": about, "data_sets": 50 + int(name)})
        (folder / written.SUMMARY).write_text(found.model_dump_json(), encoding="utf-8")
    (tmp_path / "toy-recovery-5").mkdir()
    (tmp_path / "toy-recovery-5" / written.SUMMARY).write_text("{", encoding="utf-8")
    attached = calibrated_study.attach(study, tmp_path)
    assert attached.recovery.data_sets == 51
    plain = attached.model_copy(update={"confidence": study.confidence})
    kept = {"exclude": {"case"}}  # which is completed from the shipped case, where results are of an earlier version
    assert plain.model_dump_json(**kept) == study.model_dump_json(**kept)  # quoted beside the results, never stored with them
    grounds = {g.name: g.level for g in attached.confidence.grounds}
    assert grounds["calibration of the method"] == "moderate"  # fifty data sets are too few for more
    other = study.model_copy(update={"case": study.case.model_copy(update={"as_of": "2030-01-31"})})
    assert calibrated_study.attach(other, tmp_path).recovery is None
    (tmp_path / "toy-recovery-1" / written.SUMMARY).unlink()
    older = calibrated_study.attach(study, tmp_path)
    assert "earlier version of the method" in " ".join(tell_calibration(older))
    assert "Truth against choice" in html.render(attached) and "not measured" in html.render(study)


def test_summaries_have_one_alarm_for_all_ranks():
    rng = np.random.default_rng(5)
    records = [one(i, rank=float(rng.beta(0.5, 0.5))) for i in range(150)]
    tests = summary.check_ranks(records)
    assert [t.rejected for t in tests] == [True, True]
    assert not any(t.rejected for t in summary.check_ranks(calibrated(150)))
