"""simulate --out, --resume and replay on the command line: what they say, where they stop, and why they refuse."""
from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

import interlope
from interlope import manifest
from interlope.cli.app import app

OPTIONS = ["--draws", "30", "--shard-size", "10", "--days", "20", "--series", "attempts,detained"]


def call(*words: str, code: int = 0):
    done = CliRunner().invoke(app, list(words))
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == code, done.output + done.stderr
    return done


def forge(folder: Path, **changes) -> None:
    """Change entries of a manifest and give it its digest anew, as another machine or version would have written it."""
    path = folder / manifest.FILE
    path.write_text(manifest.text(replace(manifest.read(folder), **changes)))


def test_a_series_without_the_detail_that_is_asked_for_is_named(tmp_path):
    few = ["--draws", "2", "--days", "5", "--by", "sector"]
    told = [call("simulate", "toy", "rivalry", *few, *more, "--out", str(tmp_path / str(i)), "--json").stdout
            for i, more in enumerate((["--series", "attempts,waiting"], ["--series", "attempts"], []))]
    assert [json.loads(text)["result"]["notes"] for text in told] == [["Not recorded by sector, and stored as a total: waiting."], [], []]


@pytest.fixture(scope="module")
def case(tmp_path_factory) -> Path:
    """A copy of the toy case, which a test may change after copying it again."""
    folder = tmp_path_factory.mktemp("cases") / "toy"
    shutil.copytree(Path(interlope.__file__).parent / "cases" / "toy", folder)
    return folder


@pytest.fixture(scope="module")
def made(case, tmp_path_factory) -> Path:
    """An ensemble of that case."""
    folder = tmp_path_factory.mktemp("ensembles") / "runs"
    call("simulate", str(case), "takeover", *OPTIONS, "--out", str(folder))
    return folder


@pytest.fixture
def copy(made, tmp_path) -> Path:
    shutil.copytree(made, tmp_path / "runs")
    return tmp_path / "runs"


def test_a_finished_folder_is_used_again_and_says_so(case, copy):
    done = call("simulate", str(case), "takeover", *OPTIONS, "--out", str(copy))
    assert "3 of 3 shards were there already" in done.output
    found = json.loads(call("simulate", str(case), "takeover", *OPTIONS, "--out", str(copy), "--json").stdout)["result"]
    assert found["shards"] == {"total": 3, "simulated": 0, "reused": 3, "repeated": []}
    assert found["finished"] and Path(found["store"]).name == "replicates.zarr"


def test_a_part_says_how_to_join_and_resume_joins(case, tmp_path, made):
    out = str(tmp_path / "runs")
    said = call("simulate", str(case), "takeover", *OPTIONS, "--out", out, "--shard", "1/2").output
    assert "Shards made: 2" in said and f"interlope simulate --resume --out {out}" in " ".join(said.split())
    found = json.loads(call("simulate", "--resume", "--out", out, "--json").stdout)["result"]
    assert found["shards"]["reused"] == 2 and found["shards"]["simulated"] == 1 and len(found["series"]) > 50
    assert (tmp_path / "runs" / manifest.FILE).read_bytes() == (made / manifest.FILE).read_bytes()


def test_damage_is_told_and_listed(case, copy):
    (copy / "replicates.zarr" / "attempts" / "c.2.0").write_bytes(b"?")
    done = call("simulate", str(case), "takeover", *OPTIONS, "--out", str(copy), "--json")
    found = json.loads(done.stdout)["result"]
    assert found["shards"]["repeated"] == [2] and found["notes"][0].startswith("Shard 2 is damaged")


def test_stopping_names_the_command_that_goes_on(case, tmp_path, monkeypatch):
    from interlope.storage import shards

    def stopped(*words, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(shards, "simulate", stopped)
    out = str(tmp_path / "runs")
    done = call("simulate", str(case), "takeover", *OPTIONS, "--out", out, code=130)
    assert "0 of 3 shards are kept" in done.stderr and f"Go on with: interlope simulate --resume --out {out}" in done.stderr
    done = call("simulate", str(case), "takeover", *OPTIONS, "--out", out, "--json", code=130)
    assert json.loads(done.stdout)["status"] == "interrupted"


@pytest.mark.parametrize(("words", "said"), [
    (["simulate", "--resume"], "need --out"),
    (["simulate", "toy"], "expected both"),
    (["simulate", "--resume", "--out", "nowhere"], "no run to take up"),
    (["simulate", "--resume", "--out", "nowhere", "--draws", "5"], "stands in the folder"),
    (["simulate", "toy", "takeover", "--out", "x", "--shard", "3/2"], "i from 1 to N"),
    (["simulate", "toy", "takeover", "--out", "x", "--shard", "two"], "as in 1/8"),
    (["simulate", "toy", "takeover", "--out", "x", "--summary", "--dask", "local"], "in parts by --shard"),
    (["simulate", "toy", "takeover", "--series", "atempts"], "nearest 'attempts'"),
    (["replay", "nowhere"], "no such folder"),
])
def test_what_cannot_be_run_is_refused(words, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert said in " ".join(call(*words, code=2).stderr.split())
    assert not list(tmp_path.iterdir())


def test_replay_makes_an_ensemble_again(case, made, tmp_path):
    assert "The same" in call("replay", str(made), "--case", str(case)).output
    shutil.copy(made / manifest.FILE, tmp_path)
    found = json.loads(call("replay", str(tmp_path / manifest.FILE), "--case", str(case), "--json").stdout)["result"]
    assert found["same"] and found["differ"] == found["changed_files"] == found["reasons"] == []


def test_replay_makes_a_summary_again(case, tmp_path):
    call("simulate", str(case), "takeover", *OPTIONS, "--summary", "--out", str(tmp_path / "runs"))
    assert "The same" in call("replay", str(tmp_path / "runs"), "--case", str(case)).output
    next((tmp_path / "runs" / "summary.zarr").rglob("c/0")).write_bytes(b"?")
    assert "summary.zarr" in call("replay", str(tmp_path / "runs"), "--case", str(case), code=1).output
    (tmp_path / "runs" / "overview.csv").unlink()
    assert "overview.csv" in call("replay", str(tmp_path / "runs"), "--case", str(case), code=1).output
    (tmp_path / "runs" / "overview.csv").symlink_to("nowhere")
    assert "overview.csv" in call("replay", str(tmp_path / "runs"), "--case", str(case), code=1).output


def test_replay_names_a_changed_shard_and_a_changed_checksum(case, copy):
    (copy / "replicates.zarr" / "attempts" / "c.1.0").write_bytes(b"?")
    done = call("replay", str(copy), "--case", str(case), code=1)
    assert "Files changed or gone since they were written: replicates.zarr/shard/1." in " ".join(done.output.split())
    forge(copy, files={**manifest.read(copy).files, "replicates.zarr/shard/0": "0" * 64})
    assert "differ: replicates.zarr/shard/0." in " ".join(call("replay", str(copy), "--case", str(case), code=1).output.split())


@pytest.mark.parametrize(("field", "value", "said"), [
    ("model_digest", "0123456789abcdef", "the model is another one: digest 0123456789abcdef then"),
    ("machine", "abacus", "the platform is another one: machine abacus then"),
    ("zarr", "0.0.1", "the platform is another one: zarr 0.0.1 then"),
])
def test_replay_refuses_another_model_or_platform(case, copy, field, value, said):
    about = manifest.read(copy)
    forge(copy, **({field: value} if field == "model_digest" else {"environment": {**about.environment, field: value}}))
    done = call("replay", str(copy), "--case", str(case), code=2)
    assert said in " ".join(done.stderr.split()) and "--anyway" in done.stderr
    assert "The same" in call("replay", str(copy), "--case", str(case), "--anyway").output


def test_replay_refuses_a_study_of_another_model(line, studied, tmp_path):
    shutil.copytree(studied, tmp_path / studied.name)
    path = tmp_path / studied.name / manifest.FILE
    forge(path.parent, model_digest="0123456789abcdef", inputs={**manifest.read(path.parent).inputs, "case.toml": "00"})
    said = " ".join(line("replay", str(path), code=2).stderr.split())
    assert "the model is another one" in said and "the case's files are not the same: case.toml" in said


def test_replay_refuses_other_inputs_and_says_which(case, copy, tmp_path):
    other = tmp_path / "other" / "toy"
    shutil.copytree(case, other)
    text = (other / "hypotheses" / "takeover.toml").read_text()
    (other / "hypotheses" / "takeover.toml").write_text(text + "\n# another remark\n")
    done = call("replay", str(copy), "--case", str(other), code=2)
    assert "the case's files are not the same: hypotheses/takeover.toml" in " ".join(done.stderr.split())
    said = " ".join(call("replay", str(copy), "--case", str(other), "--anyway", code=1).output.split())
    assert "differ: replicates.zarr/shared." in said  # the run's name; a remark changes no history
    assert "Not the same to begin with: the case's files" in said
