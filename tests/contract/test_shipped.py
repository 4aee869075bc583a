"""Shipped answers: they open at once, say what they are, and are no larger than they may be."""
from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from markupsafe import escape
from typer.testing import CliRunner

from interlope import manifest
from interlope.cli.app import app
from interlope.inference.evidence.yardstick import DEFAULT, YARDSTICKS
from interlope.inference.fitting import calibrate
from interlope.inference.method import method
from interlope.inference.sampling.problem import Effort
from interlope.model.simulate import digest
from interlope.pipeline import Plan, calibrated, run, shipped
from interlope.pipeline.backtest import Wanted, place_origins
from interlope.recovery.scores import ALL
from interlope.reporting import backtest, html, record, recovery
from interlope.reporting.answer import question
from interlope.reporting.answer.sure import tell_confidence, tell_level
from interlope.results.backtest import StoredBacktest
from interlope.results.recovery import RecoverySummary
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


def test_candidates_that_came_later_are_said():
    case, folder = load("serbia-hungary"), shipped.find("serbia-hungary")
    same, later = (replace(case, inventory=replace(case.inventory, beside={**case.inventory.beside, "evidence.toml": digest}))
                   for digest in (manifest.read(folder).settings["candidates"], "0" * 64))
    assert "evidence.toml" not in " ".join(shipped.tell_origin(same, folder))
    said = " ".join(shipped.tell_origin(later, folder))
    assert "evidence.toml has changed since" in said and "interlope study serbia-hungary --seed" in said


def test_names_that_are_no_shipped_case_find_nothing(tmp_path):
    assert shipped.find("toy") is None and shipped.find("../cases/toy") is None and shipped.find("") is None
    done = CliRunner().invoke(app, ["report", "no-such-thing"])
    assert done.exit_code == 2 and "no such folder" in done.output


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
    (folder / backtest.SUMMARY).write_text("{}")
    assert (shipped.pack(done, tmp_path / "answers") / backtest.SUMMARY).read_text() == "{}"  # made apart, kept when packed again
    assert manifest.changed(manifest.read(folder), folder) == [backtest.SUMMARY]


@pytest.mark.parametrize("name", [path.parent.name for path in calibrated.find_shipped().glob(f"*/{backtest.SUMMARY}")])
def test_a_shipped_backtest_is_of_the_installed_model_and_case(name):
    path = calibrated.find_shipped() / name / backtest.SUMMARY
    whole, case = StoredBacktest.model_validate_json(path.read_bytes()), load(name)
    assert (whole.about.case, whole.about.case_sha256, whole.about.model_digest) == (name, case.sha256, digest())
    assert [o.origin for o in whole.result.origins] == [known.as_of.isoformat() for known in place_origins(case, Wanted())]
    assert path.stat().st_size <= 60_000


def test_the_flagship_shows_its_forecasts_from_earlier_days(tmp_path):
    found = calibrated.attach(record.load(shipped.find("serbia-hungary")), tmp_path)
    assert found.backtest is not None
    page = html.render(found)
    assert all(str(escape(sentence)) in page for sentence in backtest.tell(found.backtest.result))


def test_the_toys_trial_is_of_the_installed_model_case_and_method_and_calibrated():
    """What the README and every study of the toy quote: a changed model, case or method has it run again."""
    path = calibrated.find_shipped() / "toy" / recovery.SUMMARY
    whole, case = RecoverySummary.model_validate_json(path.read_bytes()), load("toy")
    about = whole.about
    assert (about.case_sha256, about.model_digest, about.method, about.without) == (case.sha256, digest(), method(), "")
    assert whole.data_sets >= 200 and whole.resolved >= 0.95 * whole.data_sets
    assert [row.name for row in whole.uniformity if row.rejected] == [] and len(whole.uniformity) > 40
    both = {row.level: row.inside / row.count for row in whole.coverage if row.name == ALL}
    assert 0.87 <= both[0.9] <= 0.93 and 0.46 <= both[0.5] <= 0.54
    assert all(score.value < score.prior and score.chance > 0.01 for score in whole.scores)


@pytest.mark.parametrize("name", ["serbia-hungary", "channel-boats"])
def test_confidence_and_probability_never_share_a_sentence_in_a_shipped_answer(name, tmp_path):
    study = calibrated.attach(record.load(shipped.find(name)), tmp_path)
    said = tell_confidence(study)
    words = [step.word for step in YARDSTICKS[DEFAULT].steps]
    assert study.confidence is not None and len(said) == 2
    for sentence in [*said, tell_level(study.confidence)]:
        assert "%" not in sentence and not any(word in sentence for word in words), sentence
    mixed = [s.text for s in question.cite(study)
             if s.text in said or "onfidence in the analysis" in s.text or "onfidence is" in s.text]
    assert sorted(mixed) == sorted(said)
