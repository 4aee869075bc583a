"""Predictions that were not borne out are counted where failures are said, and stand in the way of saying that there are none."""
from __future__ import annotations

from tests.unit.test_report import sample

from interlope.reporting.answer.predictions import tell_missed
from interlope.reporting.sections import fit
from interlope.results.weighing import Prediction, Variant


def study_with(*chances):
    """A study of the sample whose first explanation makes these predictions, the last one in a variant, and where nothing else fails."""
    study = sample()
    first, *others = study.weigh.explanations
    each = [Prediction(says=f"number {i} comes", probability=p) for i, p in enumerate(chances)]
    form = Variant(name="form", gloss="", prior=1.0, probability=1.0, low=1.0, high=1.0, effective=90.0, thin=False, predictions=each[-1:])
    first = first.model_copy(update={"predictions": each[:-1], "variants": [form] if each else []})
    quiet = {"explanations": [first, *(e.model_copy(update={"predictions": [], "variants": []}) for e in others)], "fit": [],
             "cannot_meet": [], "together": [], "heldout": None}
    return study.model_copy(update={"weigh": study.weigh.model_copy(update=quiet)})


def failures(study):
    return list(fit.build(study).blocks[0].lines)


def test_missed_predictions_are_counted_and_named():
    study = study_with(0.9, 0.02, 0.4)
    name = study.names[0]
    text, = tell_missed(study)
    assert text == ("Not borne out: 2 of 3 predictions that the explanations make. "
                    f"{name}: number 1 comes (in 2% of its replicates); {name}: number 2 comes (in 40% of its replicates).")
    assert failures(study) == [text, "No other failure was found by the checks below; they are few."]


def test_where_all_are_borne_out_no_failure_is_found():
    assert tell_missed(study_with(0.9, 0.5)) == []
    assert failures(study_with(0.9, 0.5)) == ["No failure was found by the checks below; they are few."]


def test_predictions_that_were_not_computed_are_counted_apart():
    assert tell_missed(study_with(None, 0.6)) == ["Not computed: 1 of 2 predictions that the explanations make."]
