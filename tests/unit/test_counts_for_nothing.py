"""What would count for nothing, or for something else than is written, is refused with its line."""
from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.helpers.edited_toy import DOSSIER, LISTENED, TABLE, TAKEOVER, edit, odd, refused

import interlope as il
from interlope.cli.discovery import read_thresholds
from interlope.errors import list_nearest
from interlope.inference.evidence.weigh import Verdict
from interlope.scenario.network import read as read_network

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
    one = il.load(edit(tmp_path / "one", (DOSSIER, OCCURRENCE, 'reduce = "any"\nthreshold = 1\n'))).book.claims["T4"]
    assert (one.reduce, one.threshold, one.unit) == ("any", 1.0, "1")
    percent = edit(tmp_path / "percent", (DOSSIER, OCCURRENCE, 'reduce = "any"\nthreshold = 100\n'))
    text = (percent / DOSSIER).read_text(encoding="utf-8").partition('id = "T4"')
    (percent / DOSSIER).write_text(text[0] + text[1] + text[2].replace('unit = "1"', 'unit = "percent"', 1), encoding="utf-8")
    hundred = il.load(percent).book.claims["T4"]
    assert (hundred.reduce, hundred.threshold, hundred.unit) == ("any", 100.0, "percent")


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


def test_cuts_differ_by_more_than_capitals(tmp_path):
    second = '[[time.cut]]\nname = "Early"\ndate = 2030-02-01\n\n[decision]'
    fault, = refused(edit(tmp_path, ("case.toml", "[decision]", second)))
    assert "name 'Early' beside 'early'; expected names that differ by more than capitals" in fault


def test_a_group_is_rival_or_ally(tmp_path):
    (tmp_path / "n.csv").write_text("group,members,rivals,allies\na,3,b,b\nb,3,,\n", encoding="utf-8")
    with pytest.raises(il.BadInput, match=r"n.csv:2: 'b' as a rival and as an ally of 'a'; expected one of them"):
        read_network(tmp_path / "n.csv")


@pytest.mark.parametrize(("true", "false", "denial"), [("0.02", "0.5", ""), ("0.5", "0.02", "denial = true\n")])
def test_a_silence_that_counts_the_other_way_round_is_asked_about(tmp_path, true, false, denial):
    stated = LISTENED.replace("speaks_if_true = 0.5", f"{denial}speaks_if_true = {true}").replace("if_false = 0.02", f"if_false = {false}")
    said, = [text for text in odd(edit(tmp_path, (DOSSIER, "", stated))) if ": L1 " in text]
    assert f"speaks_if_true = {true}" in said and said.endswith("meant so?")
    assert not [text for text in odd(edit(tmp_path / "right", (DOSSIER, "", LISTENED))) if ": L1 " in text]


def test_a_letter_that_counts_nowhere_is_refused():
    case = il.load("toy")
    fits = SimpleNamespace(case=case, plan=SimpleNamespace(claims=[c for c in case.book.claims.values() if c.likelihood]))
    with pytest.raises(il.BadInput, match="no claim is weighed .*; expected one of watch-service, court, relay-paper"):
        Verdict.regrade(SimpleNamespace(fits=fits), "border-guard", "E")  # type: ignore[arg-type]


def test_a_candidate_of_figures_that_are_fitted_already_is_said(tmp_path):
    told = odd(edit(tmp_path, (EVIDENCE, '"2030-02-20/2030-02-24"', '"2030-01-21/2030-01-25", "2030-02-20/2030-02-24"')))
    assert any("'guard-next' seeks figures of 'guard-detained' from 2030-01-21 to 2030-01-25, which are fitted already" in t for t in told)


def test_one_table_of_factors_multiplies_once(tmp_path):
    forcing = '\n[[forcing]]\nname = "{}"\nfile = "days.csv"\nsource = "assumption"\n'
    case = edit(tmp_path, ("case.toml", "", forcing.format("sea") + forcing.format("wind")))
    (case / "days.csv").write_text("period,factor\n01-15,0.5\n", encoding="utf-8")
    fault, = refused(case)
    assert "file 'days.csv' of two tables [[forcing]], whose factors multiply; expected each file once" in fault


@pytest.mark.parametrize("level", ["-5", "-0.1"])
def test_no_harm_is_below_nought(level):
    with pytest.raises(il.BadInput, match=f"--above deaths={level}: a level below 0"):
        read_thresholds([f"deaths={level}"])
    assert read_thresholds(["deaths=0"]) == {"deaths": 0.0}


@pytest.mark.parametrize(("old", "new"), [
    ("2030-01-21/2030-01-25,176,2030-01-31", "2030-01-21/2030-01-25,176,2201-02-21"), ("2030-01-11/2030-01-15", "1899-01-11/2030-01-15")])
def test_days_far_out_are_called_days_far_out(tmp_path, old, new):
    case = edit(tmp_path)
    text = (case / TABLE).read_text(encoding="utf-8")
    old = old if old in text else next(row for row in text.splitlines() if row.startswith(old[:21]))
    (case / TABLE).write_text(text.replace(old, new if new[:4] == "1899" else "2030-01-21/2030-01-25,176,2201-02-21", 1), encoding="utf-8")
    faults = refused(case)
    assert any("from 1900-01-01 to 2200-12-31" in fault for fault in faults)
    assert not any("phone" in fault or "gap" in fault for fault in faults)


def test_folders_that_may_not_be_read_are_called_so(tmp_path, monkeypatch):
    case = edit(tmp_path)
    scan, stat = os.scandir, Path.stat

    def denied(path):
        if str(path).endswith("series"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    def closed(self, **options):
        if "toy" in self.parts and self.name == "case.toml":
            raise PermissionError(13, "Permission denied", str(self))
        return stat(self, **options)

    monkeypatch.setattr(os, "scandir", denied)
    assert any(f.startswith("series: permission denied; expected a folder that you may read") for f in refused(case))
    monkeypatch.setattr(Path, "stat", closed)
    fault, = refused(case)
    assert "permission denied; expected a case folder that you may read" in fault and "make one" not in fault


def test_where_there_is_nothing_to_name_nothing_is_listed():
    assert list_nearest("x", []) == "none, as there is none to name"


def test_a_trend_over_one_day_and_a_table_that_is_shown_only_are_called_so(tmp_path):
    trend = ('kind = "occurrence"\nroot = "court-files"', 'kind = "trend"\nroot = "court-files"\nnoise = 0.1')
    case = edit(tmp_path / "trend", (DOSSIER, *trend), (DOSSIER, OCCURRENCE + "said = false\nchance_if_true = 0.6\nchance_if_false = 0.95",
                                                       'reduce = "slope"\nthreshold = 0.3\nsaid = "up"'))
    text = (case / DOSSIER).read_text(encoding="utf-8").partition('id = "T4"')
    one = text[2].replace("[2030-01-27, 2030-02-05]", "[2030-02-05, 2030-02-05]", 1)
    (case / DOSSIER).write_text(text[0] + text[1] + one, encoding="utf-8")
    assert any("a trend of 'share_command' over one day; expected a window of at least two days" in fault for fault in refused(case))
    shown = edit(tmp_path / "shown", (EVIDENCE, 'table = "guard-detained"', 'table = "guard-presence"'))
    assert any("table 'guard-presence', which is shown only" in fault for fault in refused(shown))
