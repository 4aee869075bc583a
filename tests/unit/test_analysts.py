"""Analysts: their files are read or refused with their line, and their odds are those of the case so judged."""
from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from edited_toy import edit, judge, odd, refused

import interlope as il
from interlope.inference import likelihood
from interlope.inference.evidence.analysts import judge as judge_odds
from interlope.inference.evidence.odds import model_probabilities
from interlope.pipeline.plan import Plan, list_settings
from interlope.reporting.answer.analysts import describe, tell_analysts
from interlope.reporting.numerals import estimate
from interlope.scenario.binding import Binding

HEAD = 'format = 1\nname = "doubter"\nrole = "reader (invented)"\n'
WRONG = {
    '[letters]\nwatch-servise = { letter = "E", reason = "x" }': ("5: source 'watch-servise' unknown", "watch-service"),
    '[letters]\nwatch-service = { letter = "Z", reason = "x" }': ("5: letter 'Z' unknown", "one of A, B, C, D, E, F"),
    '[letters]\nwatch-service = { letter = "E" }': ("5: 'reason' missing", ""),
    '[prior_odds]\nmagic = { odds = 2, reason = "x" }': ("5: explanation 'magic' unknown", "rivalry, takeover"),
    '[prior_odds]\ntakeover = { odds = 0, reason = "x" }': ("5: odds = 0", "from 1e-06 to 1e+06"),
    '[codings.T9]\nnoise = 1.0\nreason = "x"': ("T9", "one of T1"),
    '[codings.T1]\nseries = "price_mean"\nreason = "x"': ("5: 'series' in a coding", "which series and days it speaks of is the dossier's"),
    '[codings.T1]\nreason = "x"': ("5: a coding that changes nothing", "chance_if_true"),
    '[codings.T4]\nchance_if_true = 1.5\nreason = "x"': ("5: chance_if_true = 1.5", "from 0.001 to 0.999"),
    '[codings.T2]\nlow = 70\nreason = "x"': ("low 70 above high 60", ""),
    "": ("judges nothing otherwise", "[letters]"),
    '[moods]\ntakeover = 1': ("'moods' unknown", "one of codings"),
}


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    folder = edit(tmp_path_factory.mktemp("judged"))
    judge(folder)
    return il.load(folder)


@pytest.fixture(scope="module")
def fits(case):
    return il.fit(case, seed=7)


@pytest.mark.parametrize("text", WRONG, ids=[w[0] for w in WRONG.values()])
def test_what_cannot_be_meant_is_refused_with_its_line(text, tmp_path):
    folder = edit(tmp_path)
    judge(folder, HEAD + text + "\n")
    faults = refused(folder)
    assert len(faults) == 1 and faults[0].startswith("analysts/doubter.toml:")
    assert all(part in faults[0] for part in WRONG[text])


@pytest.mark.parametrize("text, told", [
    ('[letters]\nwatch-service = { letter = "C", reason = "x" }', "source 'watch-service' the letter C that it has"),
    ('[letters]\nborder-guard = { letter = "E", reason = "x" }', "only official figures come from it"),
    ('[prior_odds]\ntakeover = { odds = 3, reason = "x" }\nrivalry = { odds = 3, reason = "x" }', "takeover, rivalry prior odds 3 : 3"),
    ('[codings.T6]\nlow = 1\nreason = "x"', "codes T6 with low = 1; T6 is not weighed (a forecast"),
    ('[codings.T2]\nlow = 20\nreason = "x"', "codes T2 with low = 20, as the dossier does"),
])
def test_an_entry_that_changes_nothing_is_odd(text, told, tmp_path):
    folder = edit(tmp_path)
    judge(folder, HEAD + text + "\n")
    assert [told in said for said in odd(folder) if said.startswith("Analyst 'doubter'")] == [True]


def test_an_entry_that_changes_something_is_not_odd(tmp_path):
    folder = edit(tmp_path)
    judge(folder, HEAD + '[letters]\nwatch-service = { letter = "E", reason = "x" }\n[prior_odds]\ntakeover = { odds = 3, reason = "x" }\n'
                         '[codings.T2]\nlow = 10\nreason = "x"\n[codings.T1]\nno_likelihood = "x"\nreason = "x"\n')
    assert not [said for said in odd(folder) if said.startswith("Analyst")]


def test_a_name_that_is_not_the_files_is_refused(tmp_path):
    folder = edit(tmp_path)
    judge(folder, HEAD.replace("doubter", "other") + '[prior_odds]\ntakeover = { odds = 2, reason = "x" }\n')
    assert "name 'other'; expected the file's name, 'doubter'" in refused(folder)[0]


def test_analysts_enter_no_fit_but_the_name_of_a_run(case):
    plain = il.load("toy")
    assert case.sha256 == plain.sha256 and "analysts/doubter.toml" in case.inventory.beside
    assert list_settings(case, Plan()) != list_settings(plain, Plan())


def test_letters_prior_odds_and_codings_by_themselves_are_what_they_say(case, fits):
    verdict = il.weigh(fits)
    (odds,) = judge_odds(fits, verdict.models)
    by = {change.kind: change for change in odds.changes}
    assert set(by) == {"letter", "prior odds", "coding"}
    assert by["letter"].probability == verdict.regrade("watch-service", "E").probability
    ratio = verdict.models.probability["takeover"] / verdict.models.probability["rivalry"] * 0.5
    assert by["prior odds"].probability["takeover"] == pytest.approx(ratio / (1 + ratio), rel=1e-12)
    assert by["prior odds"].log_odds == pytest.approx(math.log(0.5), rel=1e-9)


def test_a_coding_gives_the_weights_of_the_case_so_coded(fits, tmp_path):
    """The toy with the claim edited in its dossier, scored on the same statistics."""
    changed = il.load(edit(tmp_path, ("dossier.toml", "chance_if_true = 0.6", "chance_if_true = 0.8")))
    plan = likelihood.make_plan(changed, Binding(changed))
    assert plan.columns == fits.plan.columns
    weights = {n: p.log_prior + likelihood.total(plan, likelihood.terms(plan, p.statistics)) for n, p in fits.posteriors.items()}
    (odds,) = judge_odds(fits, il.weigh(fits).models)
    (coding,) = [c for c in odds.changes if c.kind == "coding"]
    expected = model_probabilities(fits, weights).probability
    assert coding.probability == pytest.approx(expected, rel=1e-9)
    assert coding.probability != il.weigh(fits).models.probability


def test_a_claim_that_is_left_out_is_the_odds_without_it(fits):
    (analyst,) = fits.case.analysts
    dropped = replace(analyst, letters={}, prior_odds={}, codings={"T4": analyst.codings["T4"]._replace(claim=None)})
    other = replace(fits, case=replace(fits.case, analysts=(dropped,)))
    verdict = il.weigh(fits)
    (odds,) = judge_odds(other, verdict.models)
    assert odds.probability == verdict.without(claim="T4").probability


def test_all_judgements_together_are_all_of_them_together(fits):
    verdict = il.weigh(fits)
    (odds,) = judge_odds(fits, verdict.models)
    assert odds.leader == max(odds.probability, key=lambda n: odds.probability[n])
    assert odds.probability["takeover"] < min(c.probability["takeover"] for c in odds.changes)
    assert np.isclose(sum(odds.probability.values()), 1.0)


def test_a_report_says_where_analysts_disagree(case, tmp_path):
    study = il.study(case, Plan(seed=7, pairs=4), out=tmp_path, until="weigh").record
    text, (odds,) = " ".join(tell_analysts(study)), study.weigh.analysts
    most = max(odds.changes, key=lambda c: abs(c.log_odds))
    assert "of each of 1 analyst" in text and f"moves the odds most is {describe(most)} by doubter" in text
    own = {e.name: e.probability for e in study.weigh.explanations}
    for name in own:
        assert f"{name} {estimate(min(own[name], odds.probability[name]))} to" in text
