"""What would count for nothing, or for something else than is written, is refused with its line."""
from __future__ import annotations

import pytest
from tests.helpers.edited_toy import DOSSIER, LISTENED, TAKEOVER, edit, refused

import interlope as il

EVIDENCE = "evidence.toml"
OCCURRENCE, ASKED = 'reduce = "mean"\nthreshold = 0.3\n', 'reduce = "mean"\nthreshold = 100\n'
PREDICTION = '\n[[prediction]]\nsays = "x"\nseries = "clashes"\nreduce = "any"\nwindow = [2030-01-27, 2030-02-05]\n'


@pytest.mark.parametrize("threshold", ["0.3", "0.99", "3", "0"])
@pytest.mark.parametrize(("file", "old", "added"), [
    (DOSSIER, OCCURRENCE, 'reduce = "any"\nthreshold = {}\n'),
    (DOSSIER, "", LISTENED.replace(OCCURRENCE, 'reduce = "any"\nthreshold = {}\n')),
    (EVIDENCE, 'unit = "EUR/day"\nwindow = [2030-01-27, 2030-02-05]\n' + ASKED,
     'window = [2030-01-27, 2030-02-05]\nreduce = "any"\nthreshold = {}\n')])
def test_a_threshold_of_what_is_one_or_nought_is_one(tmp_path, file, old, added, threshold):
    fault, = refused(edit(tmp_path, (file, old, added.format(threshold))))
    assert f'threshold = {threshold} with reduce = "any"' in fault and "expected threshold = 1" in fault and 'reduce = "max"' in fault
    assert "percent" not in fault


def test_a_threshold_of_one_is_taken_and_in_percent_of_hundred(tmp_path):
    il.load(edit(tmp_path / "one", (DOSSIER, OCCURRENCE, 'reduce = "any"\nthreshold = 1\n')))
    percent = edit(tmp_path / "percent", (DOSSIER, OCCURRENCE, 'reduce = "any"\nthreshold = 100\n'))
    text = (percent / DOSSIER).read_text(encoding="utf-8").partition('id = "T4"')
    (percent / DOSSIER).write_text(text[0] + text[1] + text[2].replace('unit = "1"', 'unit = "percent"', 1), encoding="utf-8")
    il.load(percent)


@pytest.mark.parametrize(("bound", "expected"), [("at_least = 0.3", "at_least = 1"), ("at_most = 0.3", "at_most = 0"),
                                                 ("at_least = 3", "at_least = 1")])
def test_a_prediction_of_any_is_that_there_is_one_or_none(tmp_path, bound, expected):
    fault, = refused(edit(tmp_path, (TAKEOVER, "", PREDICTION + bound + "\n")))
    assert bound in fault and f"expected {expected}" in fault and 'reduce = "max"' in fault
    il.load(edit(tmp_path / "right", (TAKEOVER, "", PREDICTION + "at_least = 1\n")))


@pytest.mark.parametrize("name", ["2030-W05", "20300131", "2030", "2030-Q1", "2030-01"])
def test_a_cut_is_named_like_no_day_and_no_period(tmp_path, name):
    fault, = refused(edit(tmp_path, ("case.toml", 'name = "early"', f'name = "{name}"')))
    assert f"name '{name}'; expected a name that is no date" in fault
