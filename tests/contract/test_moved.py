"""Several dates: each is a study as if asked for alone, and one table tells how the odds moved as evidence came in."""
from __future__ import annotations

import csv
import json
import re

import pytest

import interlope as il
from interlope.errors import BadInput
from interlope.pipeline import order_dates
from interlope.reporting import moved
from interlope.results.dated import DatedOdds
from interlope.results.envelope import Reason

DATES = ("--as-of", "2030-02-19", "--as-of", "early")
ASKED = ("study", "toy", "--pairs", "20", *DATES)


def test_dates_and_cuts_are_put_in_order_of_time():
    case = il.load("serbia-hungary")
    assert order_dates(case, ["spring", "2023-11-14", "before-operation"]) == ["before-operation", "2023-11-14", "spring"]
    assert order_dates(case, []) == [""]


@pytest.mark.parametrize(("wanted", "said"), [
    (["early", "2030-01-31"], "--as-of early and --as-of 2030-01-31 are the same day"),
    (["early", "early"], "--as-of early twice"),
    (["early", "erly"], "as of 'erly'"),
])
def test_a_day_is_asked_for_once_and_must_be_one(wanted, said):
    with pytest.raises(BadInput, match=re.escape(said)):
        order_dates(il.load("toy"), wanted)


@pytest.fixture(scope="module")
def followed(line):
    return json.loads(line(*ASKED, "--json").stdout)["result"]


def test_each_row_is_the_study_of_its_date(line, followed):
    rows = followed["moved"]
    assert [row["as_of"] for row in rows] == ["2030-01-31", "2030-02-19"]
    assert [(row["figures"], row["claims"]) for row in rows] == [(3, 0), (5, 4)]
    assert (rows[0]["new_figures"], rows[0]["new_claims"]) == ({}, [])
    assert (rows[1]["new_figures"], rows[1]["new_claims"]) == ({"guard-detained": 2}, ["T1", "T2", "T3", "T4"])
    for date, row in zip(("early", "2030-02-19"), rows):
        alone = json.loads(line("study", "toy", "--pairs", "20", "--as-of", date, "--json").stdout)["result"]
        assert alone["reused"] and alone["folder"] == row["folder"] and alone["moved"] == []
        odds = {e["name"]: e["probability"] for e in alone["weigh"]["explanations"]}
        assert {e["name"]: e["probability"] for e in row["explanations"]} == odds
    assert followed["folder"] == rows[1]["folder"]


def test_the_table_is_on_a_page_of_its_own_and_in_a_csv(line, followed):
    said = line(*ASKED).output
    assert moved.TITLE in said and "2 figures of guard-detained" in said
    folder = line.folder / next(row for row in said.splitlines() if row.startswith("Table: ")).split()[1].rpartition("/")[0]
    assert {p.name for p in folder.iterdir()} == {moved.FILE, moved.TABLE}
    rows = list(csv.DictReader((folder / moved.TABLE).read_text().splitlines()))
    assert [row["as_of"] for row in rows] == ["2030-01-31", "2030-02-19"]
    for row, told in zip(rows, followed["moved"]):
        assert float(row["takeover.probability"]) == pytest.approx(told["explanations"][1]["probability"])
    page = (folder / moved.FILE).read_text()
    links = re.findall(r'href="\.\./([^"]+)"', page)
    assert len(links) == 2 and all((folder.parent / link).is_file() for link in links)
    assert "default-src 'none'" in page and "<script" not in page and "http:" not in page


def test_weigh_tells_the_same(line, followed):
    told = json.loads(line("weigh", "toy", *DATES, "--json").stdout)["result"]["moved"]
    keep = ("as_of", "resolved", "explanations", "figures", "claims", "new_figures", "new_claims")
    assert [{k: row[k] for k in keep} for row in told] == [{k: row[k] for k in keep} for row in followed["moved"]]


def test_a_stopped_run_of_several_dates_names_them_all(line, monkeypatch):
    from interlope.inference.fitting import calibrate

    def stopped(*words, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(calibrate, "fit", stopped)
    done = line("study", "toy", "--seed", "99", *DATES, code=130)
    assert "Go on with: interlope study toy --seed 99 --as-of early --as-of 2030-02-19" in done.stderr


def test_one_date_that_is_not_resolved_is_enough_to_be_strict(followed):
    from types import SimpleNamespace

    from interlope.cli.job import refuse_unresolved
    from interlope.errors import DiagnosticsFailed

    def study(status):
        return SimpleNamespace(record=SimpleNamespace(status=status, reasons=[Reason(code="effective", text="too few")]))

    refuse_unresolved(study("ok"), study("ok"))
    with pytest.raises(DiagnosticsFailed, match="too few"):
        refuse_unresolved(study("not_resolved"), study("ok"))


def test_a_date_that_is_not_resolved_says_why():
    rows = [DatedOdds(as_of="2030-01-31", run_id="", folder=None, resolved=False, reasons=["the error is wide"], explanations=[], figures=0,
                  claims=0, new_figures={}, new_claims=[])]
    assert moved.tell_unresolved(rows) == ["As known on 31 Jan 2030: not resolved, for checking and not for use. the error is wide."]
