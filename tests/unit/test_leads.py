"""What the lead rests on: one root, the letter of the report's source, official figures that move the odds, claims kept back."""
from __future__ import annotations

import math

import numpy as np
import pytest
from tests.unit.test_asked import EVEN, TAKEOVER, made, separated, texts, weighed
from tests.unit.test_report import sample

import interlope as il
from interlope.inference.evidence import confidence, spoken
from interlope.inference.sampling.problem import Effort
from interlope.reporting import html
from interlope.reporting.answer import letters, official, overview, question, roots
from interlope.reporting.answer.reversals import _count
from interlope.reporting.sections import explanations as section

SMALL = Effort(waves=(120, 120), particles=120, populations=2, limit=2, candidates=500)
WITHOUT = {"rivalry": 0.3, "mimicry": 0.5, "takeover": 0.2}


def turned(**changes):
    weigh = weighed(EVEN, without=WITHOUT)
    weigh["roots"][0] |= changes
    return made(asks=(TAKEOVER,), weigh=weigh, separation=separated())


def test_a_root_without_which_another_leads_is_named_among_the_first_lines_and_lowers_its_ground():
    study = turned()
    assert texts(study)[3] == "The lead rests on one root: without unseen-collection, mimicry leads (50%)."
    ground = next(g for g in confidence.rate(study.weigh, "ok", {}).grounds if g.name == "independent roots")
    assert ground.level == "low" and ground.finding.endswith("the lead changes without unseen-collection (mimicry leads)")


@pytest.mark.parametrize(("without", "said"), [
    ((WITHOUT, {**WITHOUT, "mimicry": 0.46}), "two roots, r0 and r1: without either, mimicry leads (46% to 50%)."),
    ((WITHOUT, WITHOUT, EVEN), "two roots, r0 and r1: without either, mimicry leads (50%)."),
    ((WITHOUT,) * 3, "three roots, r0, r1 and r2: without any one of them, mimicry leads (50%)."),
    ((WITHOUT, {"rivalry": 0.3, "mimicry": 0.2, "takeover": 0.5}),
     "two roots: without r0, mimicry leads (50%) and without r1, takeover leads (50%)."),
])
def test_every_root_without_which_another_leads_is_named(without, said):
    weigh = weighed(EVEN)
    weigh["roots"] = [{**weigh["roots"][0], "id": f"r{i}", "without": each} for i, each in enumerate(without)]
    study = made(asks=(TAKEOVER,), weigh=weigh)
    first, second = (s for s in question.tell_first(study) if s.text.startswith(("No explanation is likely", "The lead rests on")))
    assert second.text == f"The lead rests on {said}"
    assert second.roots == tuple(t.root for t in study.weigh.turning) and set(first.roots) == {r["id"] for r in weigh["roots"]}


def test_claims_without_which_another_leads_are_named_though_their_root_stays():
    """Of a root with several weighed claims, one may hold down what the root as a whole holds up."""
    def left_out(claim: str, probabilities: dict[str, float], thin: tuple[str, ...] = ()) -> dict:
        return {"change": f"without {claim}", "probabilities": probabilities, "thin": thin}

    turning = [left_out("C10", WITHOUT), left_out("C18", EVEN), left_out("C21", {**WITHOUT, "mimicry": 0.46}),
               left_out("C43", WITHOUT, ("mimicry",)), left_out("P1", WITHOUT), left_out("court-files", WITHOUT)]
    study = made(asks=(TAKEOVER,), chances=EVEN, changes=turning)
    # P1 is all that its root says, and without C43 too little is left
    assert texts(study)[3] == "With only claim C10 or claim C21 left out, mimicry leads (46% to 50%)."
    assert question.tell_first(study)[3].roots == roots.behind(study, ["C10", "C21"]) != ()
    table = next(t for t in html.tables_of(section.build(study).blocks) if t.name == "without-one-claim")
    assert [row[0] for row in table.rows] == ["none", "C10", "C21", "C43", "C18"] and table.rows[3][-1] == "mimicry"
    two = [turning[0], left_out("C21", {"rivalry": 0.3, "mimicry": 0.2, "takeover": 0.5})]
    assert texts(made(asks=(TAKEOVER,), chances=EVEN, changes=two))[3] == (
        "With only claim C10 left out, mimicry leads (50%); with only claim C21 left out, takeover leads (50%).")
    likely = texts(made(asks=(TAKEOVER,), chances={"rivalry": 0.6, "mimicry": 0.3, "takeover": 0.1}, changes=turning[:1]))
    assert "With only claim C10 left out, mimicry leads (50%)." in likely
    assert not [t for t in texts(made(asks=(TAKEOVER,), chances=EVEN, changes=turning[1:2])) if "left out" in t]


@pytest.mark.parametrize("changes", [{"thin": ["mimicry"]}, {"thin": ["rivalry"]}, {"without": EVEN}])
def test_a_root_that_leaves_too_little_to_tell_or_changes_no_lead_is_not_named(changes):
    study = turned(**changes)
    assert study.weigh.turning == [] and "rests on one root" not in " ".join(texts(study))


def test_an_official_root_that_moves_the_odds_stands_beside_the_threshold_that_none_reaches(monkeypatch):
    study = sample(weigh=weighed(EVEN), separation=separated())
    monkeypatch.setattr(roots, "official", lambda study: ("counts",))
    series = "counts"
    factors = {"log_bayes_factor": {"takeover/rivalry": {"value": -0.8, "error": 0.49}}, "without": EVEN, "id": series}
    moved = sample(weigh=weighed(EVEN, roots=[factors]), separation=separated())
    assert official.tell_figures(moved)[0].endswith(
        f" The one that moves the odds most, {series}, changes them by a factor of 2.2 (takeover and rivalry). That is within twice its "
        "error of not at all (0.8 ± 0.49 in logarithms).")
    assert "moves the odds" not in official.tell_figures(study)[0]


def test_claims_kept_back_that_nothing_produces_are_failures():
    claim = next(c for c in sample().dossier.claims if c.holdout or not c.likelihood)
    row = {"kind": "held-out", "id": claim.id, "explanation": "rivalry", "observed": 1.0, "q05": 0.0, "q50": 0.0, "q95": 0.0, "agreed": 0.0}
    for met, count in ((False, 1), (True, 0)):
        study = sample(weigh=weighed(EVEN, fit=[{**row, "met": False}, {**row, "explanation": "takeover", "met": met}]))
        assert len(overview.tell_unproduced(study)) == count
    assert f"no explanation produces {claim.id} (" in overview.tell_unproduced(sample(weigh=weighed(EVEN, fit=[{**row, "met": False}])))[0]


def test_pairs_that_are_left_out_of_a_count_are_counted():
    assert _count([1, 2], [1, 2]) == "2 comparisons of two options on one harm"
    assert _count([1, 2], [1, 2, 3]) == "2 comparisons of two options on one harm (1 more of 3 were asked about and are told above)"


def test_the_poorest_letter_is_told_from_leaving_the_report_out_with_the_reason():
    weigh = weighed({"rivalry": 0.74, "takeover": 0.26})
    weigh["curve"] |= {"left_out": {"rivalry": 0.7, "takeover": 0.3},
                       "states": {"rivalry": [-7.0, -5.0, -8.0], "takeover": [-7.0 + math.log(2), -5.0 - math.log(4), -8.0]}}
    said, = letters.tell_poorest(made(weigh=weigh))
    assert "with everything that secret service said left out takeover has 30%, with letter E it has 10%" in said
    assert "faithful with a chance of 20%, slanted with 40% and uninformative with 40%" in said
    assert said.endswith("2 times likelier under takeover than under rivalry if it was faithful and 4 times likelier under rivalry than "
                         "under takeover if it was slanted.")
    weigh["curve"] |= {"left_out": {"rivalry": 0.74, "takeover": 0.1}}
    assert letters.tell_poorest(made(weigh=weigh)) == [] == letters.tell_poorest(made())


def test_states_of_a_source_give_the_odds_of_its_letter():
    """Log evidence at a letter less that without the source is the log of its states weighted by the letter, where one root speaks."""
    fits = il.fit(il.load("toy"), seed=5, effort=SMALL)
    found = spoken.read_states(fits, "watch-service")
    weights = np.array([0.6, 0.27, 0.13])
    left = il.weigh(fits).without(root="watch-collection")
    assert found.without == pytest.approx(dict(left.probability))
    whole = il.weigh(fits).models.log_z
    for name, each in found.states.items():
        assert whole[name] - left.log_z[name] == pytest.approx(np.log(weights @ np.exp(each)), abs=1e-9)
        assert each[2] == pytest.approx(found.states["rivalry"][2])  # an uninformative source says the same under each
