"""Shipped answers: they open at once, say what they are, and are no larger than they may be."""
from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from interlope import manifest
from interlope.cli.app import app
from interlope.inference.fitting import calibrate
from interlope.inference.sampling.problem import Effort
from interlope.pipeline import Plan, calibrated, run, shipped
from interlope.reporting import record
from interlope.scenario.case import load

LARGEST = 3_000_000  # bytes


def test_the_flagship_has_a_thorough_answer_that_is_small():
    folder = shipped.find("serbia-hungary")
    assert folder is not None
    assert sum(p.stat().st_size for p in folder.iterdir()) <= LARGEST
    about, found = manifest.read(folder), record.load(folder)
    assert about.settings["mode"] == found.mode == "thorough" and about.created
    assert set(about.settings["populations"]) == set(found.names)
    assert found.status == "ok", found.reasons
    with np.load(folder / shipped.DRAWS) as draws:
        for name in found.names:
            assert draws[f"{name}.states"].shape == (shipped.EACH, len(draws["claims"]), 3)
            assert len(draws[f"{name}.streams"]) == len(draws[f"{name}.point"]) == shipped.EACH


def test_report_opens_it_without_computing(tmp_path, monkeypatch):
    monkeypatch.setattr(calibrate, "fit", lambda *a, **k: pytest.fail("something was fitted"))
    done = CliRunner().invoke(app, ["report", "serbia-hungary", "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output
    said = " ".join(done.output.split())
    about = manifest.read(shipped.find("serbia-hungary"))
    assert f"Shipped answer, made on {about.created} by a thorough run on model {about.model_digest}; nothing was computed now." in said
    assert "Have militants taken over" in said and "Takeover" in said
    folder = tmp_path / f"serbia-hungary-shipped-{about.run_id}"
    assert (folder / "report.html").is_file() and list((folder / "tables").glob("*.csv"))
    told = json.loads(CliRunner().invoke(app, ["report", "serbia-hungary", "--out", str(tmp_path), "--json"]).output)
    assert told["model_digest"] == about.model_digest and told["result"]["shipped"]


def test_another_model_or_case_is_said(monkeypatch):
    case, folder = load("serbia-hungary"), shipped.find("serbia-hungary")
    monkeypatch.setattr("interlope.jit.compile.digest", lambda: "0123456789abcdef")
    said = " ".join(shipped.tell_origin(case, folder))
    assert "The installed model is another one (0123456789abcdef)" in said
    assert "interlope study serbia-hungary --seed" in said and "--thorough" in said


def test_names_that_are_no_shipped_case_find_nothing(tmp_path):
    assert shipped.find("toy") is None and shipped.find("../cases/toy") is None and shipped.find("") is None
    done = CliRunner().invoke(app, ["report", "no-such-thing"])
    assert done.exit_code == 2 and "results.json" in done.output


def test_a_study_can_be_packed_and_opened_again(tmp_path, monkeypatch):
    small = Effort(waves=(120, 120), particles=100, populations=1, limit=1, candidates=500)
    monkeypatch.setattr(calibrate, "QUICK", small)
    done = run(load("toy"), Plan(seed=3, pairs=4), out=tmp_path / "out")
    folder = shipped.pack(done, tmp_path / "answers")
    found, target = shipped.open_answer(done.case, folder, tmp_path / "opened")
    assert record.load(done.folder) == record.load(target)
    assert found == calibrated.attach(record.load(done.folder), tmp_path / "opened")
    assert (target / "report.html").read_bytes() == (done.folder / "report.html").read_bytes()
    assert manifest.read(folder).case_sha256 == done.case.sha256
