"""What the short answer adds so that a true sentence is not read for more than it says."""
from __future__ import annotations

import pytest
from tests.unit.test_asked import FORCE, TAKEOVER, compared, every, made, texts, weighed

from interlope.reporting.answer import harms, overview, question
from interlope.reporting.answer.sure import tell_adequacy
from interlope.results.adequacy import Adequacy
from interlope.results.harm import RecordedHarm
from interlope.results.weighing import OutletCounting

PREDICTIONS = [{"says": "half of all attempts are under one command", "probability": 0.7}, {"says": "fights are few", "probability": 0.8}]


def predicting(predictions):
    weigh = weighed({"rivalry": 0.7, "takeover": 0.3})
    weigh["explanations"][1]["predictions"] = predictions
    return made(asks=(TAKEOVER,), weigh=weigh)


def test_an_explanation_is_told_with_what_it_predicts_least_surely():
    said = texts(predicting(PREDICTIONS))
    assert ("Takeover, with what it predicts least surely: 21% that it is true and half of all attempts are under one command (70% of its "
            "replicates show it).") in said
    for sure in ([{"says": "fights are few", "probability": 0.96}], [{"says": "fights are few", "probability": None}], []):
        assert not any("with what it predicts" in text for text in texts(predicting(sure)))


def test_a_root_without_which_two_explanations_are_level_is_named():
    weigh = weighed({"rivalry": 0.45, "mimicry": 0.35, "takeover": 0.2}, {"rivalry": 0.392, "mimicry": 0.388, "takeover": 0.22})
    said = " ".join(texts(made(asks=(TAKEOVER,), weigh=weigh)))
    assert "Without unseen-collection, rivalry and mimicry have 39% each." in said
    weigh["roots"][0]["without"]["mimicry"] = 0.36
    assert "each." not in " ".join(texts(made(asks=(TAKEOVER,), weigh=weigh)))


def counted(naive, roots):
    study = made()
    weigh = study.weigh.model_copy(update={"counting": OutletCounting(naive=naive, roots=roots)})
    return overview.tell_counting(study.model_copy(update={"weigh": weigh}))


def test_counting_outlets_is_told_by_whom_it_would_favour():
    naive, roots = {"mimicry/rivalry": 4.9, "takeover/rivalry": 5.9}, {"mimicry/rivalry": 1.6, "takeover/rivalry": 1.2}
    assert counted(naive, roots) == ["Counting every outlet as new evidence would favour takeover, with 2.7 : 1 against mimicry; counting "
                                     "each root once, mimicry is favoured, with 1.5 : 1."]
    assert "would give" in counted({**naive, "mimicry/rivalry": 7.0}, roots)[0]
    assert counted({"mimicry/rivalry": -2.0}, {"mimicry/rivalry": 1.0})[0].startswith("Counting every outlet as new evidence would favour "
                                                                                     "rivalry, with 7.4 : 1 against mimicry")


def test_the_leader_stands_beside_the_others_in_what_it_accounts_for():
    study = made()
    leader, other = (e.name for e in study.weigh.ranked[:2])
    plain = Adequacy.model_construct(figures=3, before=None, surprises=0, expected=0.0, trust=[])
    rows = [plain.model_copy(update={"explanation": n, "chance": p, "claims": 9, "unmet": unmet})
            for n, p, unmet in ((leader, 0.56, ["C1", "C2"]), (other, 0.54, ["C1"]))]
    text, = tell_adequacy(study.model_copy(update={"weigh": study.weigh.model_copy(update={"adequacy": rows})}))
    assert "56 would fit it no better than the published set (54 under the other); below 5" in text
    assert f"meets 7 of 9 weighed claims, each by itself ({other} 8)." in text


@pytest.mark.parametrize(("counts", "wanted"), [
    (("client_deaths",), "How many there are is officially counted for deaths of people on the move here alone; the size of every change "
     "is the model's."),
    ((), "No official count says how many there are; the size of every change is the model's."),
])
def test_harm_in_no_number_and_sizes_that_no_count_checks_are_said(counts, wanted):
    moved = compared({"client_deaths": every(0.0, 0.97), "diverted_deaths": every(0.97, 0.0)})
    moved["options"][1]["not_modelled"] = ["harm done in custody"]
    study = made(asks=(FORCE,), compare=moved)
    rows = [RecordedHarm.model_construct(outcome=name, value=9.0, series="deaths-recorded") for name in counts]
    study = study.model_copy(update={"compare": study.compare.model_copy(update={"recorded": rows})})
    text = next(s.text for s in question.tell_first(study) if s.text.startswith("Force, in no number: "))
    assert "violence against them on other routes; harm done in custody. " in text and wanted in text


def test_harms_that_rise_in_many_futures_are_named_of_options_without_a_clear_direction():
    study = made(asks=(), compare=compared({"client_injuries": every(0.3, 0.4)}))
    said = next(text for text in harms.tell_options(study) if text.startswith("No harm to people clearly"))
    assert " Yet in a fifth of futures or more, with sustained raids more injuries of people on the move in 30% (fewer in 40%; " in said
