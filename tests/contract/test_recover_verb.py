"""recover: what is written, what is found again, how a stopped trial goes on, and who quotes it."""
from __future__ import annotations

import json
import shutil

import pytest

from interlope.pipeline import calibrated
from interlope.recovery import run, trial
from interlope.results.recovery import RecoveredDataSet

WORDS = ["recover", "toy", "--jobs", "1", "--out", "tried"]


def guess(case, seed, index, effort):
    """A data set in place of one that takes seconds to fit."""
    p = 0.1 + 0.2 * (index % 5)
    return RecoveredDataSet(index=index, truth="rivalry" if index % 3 else "takeover", chosen="rivalry" if p > 0.5 else "takeover",
                            probability={"rivalry": p, "takeover": 1.0 - p}, failed_checks=[], effective={}, quantities=[], redrawn=0,
                            replicates=1, seconds=1.0)


def stop_at(last):
    """Guesses, and Ctrl-C at a data set."""
    def run(case, seed, index, effort):
        if index == last:
            raise KeyboardInterrupt
        return guess(case, seed, index, effort)

    return run


@pytest.fixture
def tried(line, monkeypatch):
    """Numbers of the data sets that were tried, without a fit; the folder is empty before and after."""
    calls = []
    monkeypatch.setattr(trial, "run", lambda case, seed, index, effort: calls.append(index) or guess(case, seed, index, effort))
    monkeypatch.setattr(run.calibrate, "forecast_seconds", lambda *a, **k: 5.0)
    shutil.rmtree(line.folder / "tried", ignore_errors=True)
    yield calls
    shutil.rmtree(line.folder / "tried", ignore_errors=True)


def words(text):
    return " ".join(text.split())


def test_results_are_written_found_again_and_added_to(line, tried):
    first = line(*WORDS, "--data-sets", "3")
    (folder,) = (line.folder / "tried").glob("toy-recovery-*")
    assert {"recovery.md", "recovery.json", "results.json", "manifest.json", "matrix.svg", "reliability.csv"} <= {
        p.name for p in folder.iterdir()}
    assert folder.name in words(first.output) and "3 data sets, about 5 s each" in words(first.stderr)
    assert "were there before" in words(line(*WORDS).output) and tried == [0, 1, 2]
    more = line(*WORDS, "--data-sets", "5", "--page", "page/toy.md")
    assert tried == [0, 1, 2, 3, 4] and "3 are there already" in words(more.stderr)
    assert "were there before" in words(line(*WORDS, "--data-sets", "2").output) and len(tried) == 5  # none of them is thrown away
    assert json.loads((folder / "recovery.json").read_text(encoding="utf-8"))["data_sets"] == 5
    assert (line.folder / "page" / "toy-matrix.svg").is_file()
    assert not list((line.folder / "tried").glob(".*"))


def test_the_envelope_says_the_same(line, tried):
    found = json.loads(line(*WORDS, "--data-sets", "6", "--without", "claims", "--json").stdout)["result"]
    assert found["about"]["without"] == "claims"
    assert sum(row["data_sets"] for row in found["confusion"]) == found["data_sets"] == 6


@pytest.mark.parametrize(("more", "expected"), [
    (["--without", "figures"], "expected claims"),
    (["--budget", "5m"], "expected replicates"),
    (["--data-sets", "0"], "greater than or equal to 1"),
])
def test_bad_input_is_refused(line, tried, more, expected):
    assert expected in words(line(*WORDS, *more, code=2).stderr)
    assert tried == []


def test_a_stopped_trial_keeps_its_data_sets_and_goes_on(line, tried, monkeypatch):
    monkeypatch.setattr(trial, "run", stop_at(2))
    more = [*WORDS, "--data-sets", "4", "--seed", "9"]
    assert "kept: 2 finished data sets; the same command goes on" in words(line(*more, code=130).stderr)
    monkeypatch.setattr(trial, "run", lambda case, seed, index, effort: tried.append(index) or guess(case, seed, index, effort))
    line(*more)
    assert tried == [2, 3]


def test_a_stopped_trial_that_is_asked_for_less_keeps_what_is_finished(line, tried, monkeypatch):
    monkeypatch.setattr(trial, "run", stop_at(3))
    line(*WORDS, "--data-sets", "9", "--seed", "11", code=130)
    monkeypatch.setattr(trial, "run", guess)
    assert "3 data sets" in words(line(*WORDS, "--data-sets", "2", "--seed", "11").stderr)
    (folder,) = (line.folder / "tried").glob("toy-recovery-*")
    assert json.loads((folder / "recovery.json").read_text(encoding="utf-8"))["data_sets"] == 3


def test_weigh_and_report_quote_the_trial_of_their_case(line, tried, monkeypatch, tmp_path):
    monkeypatch.setattr(calibrated, "find_shipped", lambda: tmp_path / "nothing is shipped")
    untold = json.loads(line("weigh", "toy", "--json").stdout)["result"]["calibration"]
    assert "not measured" in untold[0] and "interlope recover toy" in untold[0]
    line("recover", "toy", "--jobs", "1", "--data-sets", "40")
    try:
        told = " ".join(json.loads(line("weigh", "toy", "--json").stdout)["result"]["calibration"])
        assert "Tried on 40 simulated data sets" in told
        line("report", str(line.study), "--to", "again")
        assert "Tried on 40 simulated data sets" in (line.folder / "again" / "report.html").read_text(encoding="utf-8")
    finally:
        for folder in (line.folder / "out").glob("toy-recovery-*"):
            shutil.rmtree(folder)
