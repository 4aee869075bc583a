"""What the command line says: ids that are there, commands that can be pasted, faults told once, words that agree."""
from __future__ import annotations

import json
import shlex
import subprocess
import sys

import pytest
from rich.console import Console

from interlope.cli import console, progress
from interlope.results.envelope import Envelope
from interlope.results.verbs import RESULTS

WAY = (sys.executable, "-m", "interlope")


@pytest.mark.parametrize(("words", "code", "kind"), [
    (["check", "tyo"], 2, "bad_input"),
    (["simulate", "toy", "takover"], 2, "bad_input"),
    (["simulate", "toy", "takeover", "--draws", "0"], 2, "bad_input"),
    (["check"], 2, "bad_input"),
    (["weigh", "toy", "--banana"], 2, "bad_input"),
])
def test_a_fault_with_json_is_one_envelope_with_an_error_part(words, code, kind):
    done = subprocess.run([*WAY, *words, "--json"], capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)
    assert done.returncode == code
    assert (found["status"], found["result"]) == ("error", None)
    assert (found["error"]["kind"], found["error"]["exit_code"]) == (kind, code)
    assert found["error"]["text"]
    assert Envelope[RESULTS[words[0]]].model_validate(found).schema_ == f"interlope/{words[0]}/1"


def test_a_strict_run_prints_one_envelope_only(line, monkeypatch):
    from interlope.cli import job
    from interlope.errors import DiagnosticsFailed

    def refuse(done):
        raise DiagnosticsFailed("a check did not pass")

    monkeypatch.setattr(job, "refuse_unresolved", refuse)
    done = line("study", "toy", "--pairs", "20", "--strict", "--json", code=3)
    assert json.loads(done.stdout)["result"] is not None
    assert "a check did not pass" in done.stderr


def test_one_misspelt_root_is_one_fault(line):
    line("new", "one-fault")
    path = line.folder / "one-fault" / "dossier.toml"
    path.write_text(path.read_text().replace('id = "watch-collection"', 'id = "watch-colection"', 1))
    said = line("check", "one-fault", code=2).stderr
    assert "1 fault in the input" in said
    assert "root 'watch-collection' unknown" in said
    assert "nearest 'watch-colection'" in said
    assert "(9 more follow from this)" in said


@pytest.mark.parametrize(("words", "there", "absent"), [
    (["--without", "nobody"], "watch-collection, guard-count, court-files", "nearest"),
    (["--without", "watch-colection"], "nearest 'watch-collection'", "without court"),
    (["--regrade", "watch-servise=E"], "nearest 'watch-service'", "watch-collection"),
    (["--regrade", "relay=C"], "one of watch-service, relay-paper, border-guard, court", "watch-collection"),
    (["--regrade", "court=AB"], "such as court=E", "watch"),
])
def test_an_unknown_id_is_answered_with_ids_of_the_case_before_anything_runs(line, words, there, absent):
    done = line("weigh", "toy", "--seed", "77", *words, code=2)
    assert there in done.stderr
    assert absent not in done.stderr
    assert "calibrate" not in done.output


def test_a_missing_folder_of_documents_is_said(line):
    assert "--documents nowhere: no such folder" in line("check", "toy", "--documents", "nowhere", code=2).stderr
    assert "cites no document" in line("check", "toy", "--documents", ".").output


def test_claims_and_roots_are_counted_in_the_same_words(line, studied):
    words = "6 claims, 4 of them weighed, rest on 2 roots; 1 more root stands behind official series alone."
    assert words in " ".join(line("dossier", "toy").output.split())
    assert words in " ".join(line("check", "toy").output.split())
    assert words in " ".join((studied / "report.html").read_text().split())


def test_the_next_commands_can_be_pasted(line):
    done = line("study", "toy", "--pairs", "20", "--out", "my results")
    following = [row.partition(":")[2].strip() for row in done.output.splitlines() if row.startswith(("Next:", "or:"))]
    weigh, replay = (shlex.split(words) for words in following)
    assert weigh == ["interlope", "weigh", "toy", "--regrade", "watch-service=E", "--seed", "7", "--out", "my results"]
    assert replay[:2] == ["interlope", "replay"]
    assert (line.folder / replay[2] / "manifest.json").is_file()


def test_the_mark_of_doubt_follows_the_words(line):
    said = " ".join(line("study", "toy", "--pairs", "20").output.split())
    assert "(~: not clear under every explanation)" in said
    assert "wide error, treat every number" not in said
    assert "the error of the calculation is small" in said


def test_series_of_a_state_are_named_after_the_states_of_the_case(line):
    said = line("simulate", "toy", "takeover", "--draws", "2", "--days", "20").output
    assert "restraint of Northland" in said
    assert "serbia" not in said.lower()


@pytest.mark.parametrize("width", [56, 80, 200])
def test_progress_fits_the_width(monkeypatch, width):
    shown = Console(width=width, force_terminal=True, no_color=True, file=open("/dev/null", "w"), record=True)
    monkeypatch.setattr(progress, "err", lambda: shown)
    with progress.Watch({"calibrate": "fit every explanation to dossier and official series"}) as watch:
        watch.tell("calibrate", 0, 0)
        watch.tell("calibrate", 1200, 12400)
        watch.progress.refresh()
    said = shown.export_text()
    assert "1,200/12,400" in said
    assert "…" not in said
    assert ("fit every explanation" in said) == (width > 100)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_tables_break_no_word_and_fit_any_width(monkeypatch, width):
    shown = Console(width=width, record=True, file=open("/dev/null", "w"))
    monkeypatch.setattr(console, "out", lambda: shown)
    heads = ("option", *(f"harm to personnel {i}" for i in range(7)))
    console.print_table("Harm", heads, [("safe reception", *["reference"] * 7)], (1, 2, 3, 4, 5, 6, 7))
    said = shown.export_text()
    assert max(map(len, said.splitlines())) <= width
    assert said.split().count("personnel") == said.split().count("reference") == 7
