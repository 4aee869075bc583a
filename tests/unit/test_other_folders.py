"""What a folder or file of another verb is, and which verb reads it; files that a results folder does not name count nothing."""
from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from edited_toy import DOSSIER, edit, odd
from tests.unit.test_outlook import normal_forecast
from typer.testing import CliRunner

import interlope as il
from interlope import manifest
from interlope.cli.app import app
from interlope.cli.belonging import ENSEMBLE, STUDY, WROTE, refuse_other
from interlope.errors import BadInput
from interlope.outlook import file


def written(folder, kind):
    """A folder with nothing but the manifest of a kind."""
    case = il.load("toy")
    settings = {"kind": kind} if kind else {"mode": "quick"}
    about = manifest.Manifest("toy", "12345678", case.files(), "0" * 16, 7, settings, manifest.version(), manifest.environment(),
                              case_sha256=case.sha256)
    folder.mkdir()
    manifest.write(about, folder)
    return folder


@pytest.mark.parametrize("kind", WROTE)
def test_what_another_verb_wrote_is_named_with_what_reads_it(tmp_path, kind):
    folder = written(tmp_path / "there", kind)
    for verb, wanted in (("report", (STUDY,)), ("replay", (STUDY, ENSEMBLE))):
        if kind in wanted:
            assert refuse_other(folder, wanted) is None
            continue
        what = WROTE[kind][0].format(case="toy")
        for place in (folder, folder / manifest.FILE):
            with pytest.raises(BadInput) as caught:
                refuse_other(place, wanted)
            assert what in caught.value.faults[0].actual and caught.value.faults[0].remedy
        result = CliRunner().invoke(app, [verb, str(folder)])
        assert result.exit_code == 2 and what in " ".join(result.stderr.split())


def test_a_place_with_a_space_stands_in_quotes_where_a_command_names_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a long place would be cut in the message
    folder = written(Path("my results"), ENSEMBLE)
    with pytest.raises(BadInput) as caught:
        refuse_other(folder, (STUDY,))
    assert f"interlope replay '{folder}'" in str(caught.value)
    whole, _ = file.write(normal_forecast(4), Path("my forecast"))
    with pytest.raises(BadInput) as caught:
        file.refuse_swapped(Path("my actuals.csv"), whole)
    assert f"interlope forecast --score '{whole}' 'my actuals.csv'" in str(caught.value)


def test_a_forecast_and_other_files_are_no_folder(tmp_path):
    paths = file.write(normal_forecast(4), tmp_path / "spring")
    for path in paths:
        with pytest.raises(BadInput, match="is a forecast of 'interlope forecast'.*--score"):
            refuse_other(path, (STUDY,))
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(BadInput, match="is a file"):
        refuse_other(tmp_path / "notes.txt", (STUDY,))
    assert refuse_other(tmp_path, (STUDY,)) is None and refuse_other(tmp_path / "nothing", (STUDY,)) is None


def test_a_table_that_the_results_do_not_name_is_not_counted(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first = CliRunner().invoke(app, ["report", "serbia-hungary", "--json"]).stdout
    folder = next((tmp_path / "out").iterdir())
    shutil.copy(folder / "tables" / "answer.csv", folder / "tables" / "zz.csv")
    again = CliRunner().invoke(app, ["report", "serbia-hungary", "--json"]).stdout
    assert "answer.csv" in again and "zz.csv" not in again and first.count(".csv") == again.count(".csv")


def test_days_compared_beyond_the_case_and_a_source_older_than_its_root_are_said(tmp_path):
    case = edit(tmp_path, ("case.toml", "start = 2030-02-10\ndays = 20", "start = 2030-02-10\ndays = 40"),
                (DOSSIER, "published = 2030-02-08", "published = 2030-02-01"))
    said = odd(case)
    assert any("40 days from 2030-02-10 to 2030-03-21, of which the last 20 lie after the last day of the case" in text for text in said)
    assert any("'watch-service' is dated 2030-02-01, before its root 'watch-collection' was made (2030-02-06)" in text for text in said)


def test_a_day_of_knowledge_after_the_last_day_of_the_case_is_said(tmp_path):
    case = edit(tmp_path, ("case.toml", "as_of = 2030-02-19", "as_of = 2030-03-02"))
    assert "[time] as_of = 2030-03-02 lies after end = 2030-03-01: the days between are simulated as well. Meant so?" in odd(case)


def test_the_toy_has_none_of_these(tmp_path):
    assert not any("after the last day" in text or "is dated" in text or "as_of" in text for text in odd(edit(tmp_path)))


WRITERS = [("export", "serbia-hungary", "--as", "stix", "--to", "{}/a.json"), ("explore", "serbia-hungary", "--check", "--saved", "{}"),
           ("explore", "serbia-hungary", "--check", "--saved", "{}/new"), ("figures", "serbia-hungary", "--to", "{}"),
           ("odd", "toy", "--out", "{}/report.html"), ("verify", "--only", "contest", "--out", "{}/x.md"), ("schema", "--out", "{}"),
           ("cluster", "slurm", "toy", "takeover", "--to", "{}/scripts"), ("simulate", "toy", "takeover", "--draws", "1", "--out", "{}/x"),
           ("forecast", "toy", "--out", "{}/spring"), ("forecast", "toy", "--results", "{}"), ("weigh", "toy", "--out", "{}"),
           ("study", "toy", "--out", "{}/more"), ("recover", "toy", "--page", "{}/page.md"), ("new", "{}/my-border"),
           ("report", "serbia-hungary", "--out", "{}"), ("report", "serbia-hungary", "--to", "{}/new"),
           ("report", "channel-boats", "--to", "{}"), ("import", "x.csv", "--save-map", "{}/map.toml"),
           ("compare", "toy", "--search", "--write", "{}")]


@pytest.mark.parametrize("words", WRITERS, ids=lambda words: f"{words[0]} {words[-1]}")
def test_nothing_is_written_into_finished_results(tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    folder = written(tmp_path / "done", STUDY)
    before = {path: path.read_bytes() for path in folder.rglob("*")}
    done = CliRunner().invoke(app, [word.format(folder) for word in words])
    told = " ".join(done.output.replace("│", " ").split()) + str(done.exception)
    assert done.exit_code == 2 or isinstance(done.exception, BadInput)
    assert "a folder of finished results (done/manifest.json), which are never changed; expected " in told
    assert {path: path.read_bytes() for path in folder.rglob("*")} == before


def test_results_are_explored_from_inside_and_a_manifest_of_another_program_is_none(tmp_path, monkeypatch):
    folder = written(tmp_path / "done", STUDY)
    monkeypatch.chdir(folder)
    assert manifest.tell_finished(folder / "explored") and not manifest.tell_finished(folder, below=True)
    done = CliRunner().invoke(app, ["explore", "serbia-hungary", "--check"])
    assert done.exit_code == 0, done.output
    (tmp_path / manifest.FILE).write_text('{"name": "a web page"}')
    assert manifest.tell_finished(tmp_path / "out") == ""
    (tmp_path / manifest.FILE).write_text("{")
    assert "finished results" in manifest.tell_finished(tmp_path / "out")
