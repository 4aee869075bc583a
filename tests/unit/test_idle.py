"""Known forcing and measures that change nothing are said by check, with the claims on their effect; those that act are not."""
from __future__ import annotations

import pytest
from tests.helpers.edited_toy import DOSSIER, edit, odd
from typer.testing import CliRunner

from interlope.cli.app import app

FORCING = '\n[[forcing]]\nname = "wx"\nfile = "wx.csv"\nsource = "assumption"\n'
MEASURE = """
[[measure]]
id = "agreement"
start = 2030-01-25
source = "assumption"
[[measure.lever]]
name = "supply_chain"
setting = 0.5
"""
EFFECT = """
[[claim]]
id = "E1"
paraphrase = "since then 40 % fewer get through"
kind = "effect"
event = "NAME"
series = "successes"
window = [2030-02-01, 2030-02-10]
reduce = "mean"
unit = "percent"
low = 60
high = 60
root = "guard-count"
published = 2030-02-16
"""
LIMITED = "\nsupply_capacity = { value = 40.0, unit = \"persons/day\", source = \"assumption\" }\n"


CLOSURES = "\nclosures_danger = { value = 3.0, unit = \"1\", source = \"assumption\" }\n"


def test_numbers_of_levers_that_no_option_sets_are_named(tmp_path):
    unused, = [text for text in odd(edit(tmp_path / "a", ("case.toml", "", CLOSURES))) if "closures_danger" in text]
    assert unused == "closures_danger: stated, and no option sets a lever that it belongs to; only the explorer and 'compare --search' may."
    closed = ("options/joint-patrols.toml", 'name = "joint_patrols"\nsetting = 1.0', 'name = "close_way"\nsetting = 0.5')
    assert not any("only the explorer" in text for text in odd(edit(tmp_path / "b", ("case.toml", "", CLOSURES), closed)))


def forced(folder, rows: str, more: str = "", claim: str = ""):
    case = edit(folder, ("case.toml", "", FORCING + more), *([(DOSSIER, "", claim)] if claim else []))
    (case / "wx.csv").write_text(f"period,factor,published\n{rows}", encoding="utf-8")
    return case


def idle(case) -> list[str]:
    return [text for text in odd(case) if "changes nothing" in text or "no control" in text or "a lever stops" in text]


@pytest.mark.parametrize(("rows", "more", "says"), [
    ("2030-01-01/2030-03-01,0,\n", "", "its row is published on 2030-03-01, and a day without a known row has the factor 1"),
    ("2030-01-01/2030-01-05,0,\n", "published_lag_days = 36500\n", "its row is published on 2129-12-12"),
    ("2030-02-18,0,2030-02-21\n2030-02-20,2,\n", "", "none of its 2 rows is published before 2030-02-20"),
    ("2030-02-01,1,\n02-03,1,\n", "", "its factor is 1 on every day"),
])
def test_a_forcing_that_nobody_knows_of_yet_is_said_to_change_nothing(tmp_path, rows, more, says):
    text, = idle(forced(tmp_path, rows, more))
    assert text.startswith("Forcing 'wx' changes nothing as known on 2030-02-19: ") and says in text


@pytest.mark.parametrize(("rows", "more"), [
    ("2030-01-05,0,\n2030-02-25,0,\n", ""), ("03-01,0.5,\n", ""), ("2030-02-25,0,\n", "otherwise = 0.9\n"),
])
def test_a_forcing_that_acts_is_not(tmp_path, rows, more):
    assert not idle(forced(tmp_path, rows, more))


@pytest.mark.parametrize(("rows", "says"), [
    ("2030-01-01/2030-03-01,0,\n", "(wx.csv, 0 of 1 rows known on 2030-02-19, source"),
    ("2030-01-05,0,\n2030-02-25,0,\n01-08,0.5,\n", "(wx.csv, 2 of 3 rows known on 2030-02-19, source"),
    ("2030-01-05,0,\n01-08,0.5,\n", "(wx.csv, 2 rows, source"),
])
def test_check_counts_the_rows_that_are_known(tmp_path, rows, says):
    assert says in " ".join(CliRunner().invoke(app, ["check", str(forced(tmp_path, rows))]).output.split())


def test_a_measure_that_cannot_act_and_a_claim_on_its_effect_are_said(tmp_path):
    first, second = idle(edit(tmp_path, ("case.toml", "", MEASURE), (DOSSIER, "", EFFECT.replace("NAME", "agreement"))))
    assert first == ("Measure 'agreement' changes nothing: it stops a supply (supply_chain), and no explanation limits a supply "
                     "(supply_capacity = 0).")
    assert second.startswith("E1 is a claim on the effect of 'agreement', which changes nothing")


def test_of_a_measure_with_several_levers_the_idle_one_is_said(tmp_path):
    text, = idle(edit(tmp_path, ("case.toml", "", f"{MEASURE}[[measure.lever]]\nname = \"joint_patrols\"\nsetting = 1.0\n")))
    assert text.startswith("In measure 'agreement' a lever stops a supply (supply_chain), and no explanation")


def test_a_measure_that_acts_is_not(tmp_path):
    limited = edit(tmp_path, ("case.toml", "", MEASURE), ("hypotheses/takeover.toml", "[parameters]", f"[parameters]{LIMITED}"),
                   (DOSSIER, "", EFFECT.replace("NAME", "agreement")))
    assert not idle(limited)


def test_a_claim_on_the_effect_of_a_forcing_that_nobody_knows_of_is_said(tmp_path):
    texts = idle(forced(tmp_path, "2030-01-01/2030-03-01,0,\n", claim=EFFECT.replace("NAME", "wx")))
    assert len(texts) == 2 and "effect of 'wx'" in texts[1]
