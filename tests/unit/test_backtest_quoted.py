"""A backtest is quoted in the report of the same case and model, in the words of its verb."""
from __future__ import annotations

import json
from pathlib import Path

import pytest
from markupsafe import escape

from interlope import manifest
from interlope.inference.checks import skill
from interlope.inference.method import method
from interlope.model.simulate import digest
from interlope.pipeline import calibrated
from interlope.reporting import backtest, html
from interlope.reporting.sections.backtest import show_backtest
from interlope.results.backtest import BacktestMeasures, BacktestRow, Origin
from interlope.results.run import RunAbout
from interlope.results.study import StudyRecord
from interlope.scenario.case import load

SAMPLES = Path(__file__).parent / "samples"
SCORES = {"2029-03-31": (0.5, 1.0), "2029-06-30": (0.9, 0.6), "2029-09-30": (0.2, 0.4)}  # of the model and of the random walk


@pytest.fixture
def study():
    parts = {name: json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8")) for name in ("dossier", "weigh")}
    case = {"name": "toy", "question": "Who?", "as_of": "2030-02-19", "sha256": load("toy").sha256}
    parts["dossier"]["series"] = [{
        "id": "guard-detained", "source": "guard", "root": "tables", "definition": "persons detained", "counted": "detentions",
        "unit": "persons", "period": "5 days", "licence": "none", "weighed": True, "why": None,
        "values": 5}]
    return StudyRecord.model_validate({**parts, "case": case, "model_digest": digest()})


def measure(leads: int = 2) -> BacktestMeasures:
    rows = [BacktestRow(origin=origin, series="guard-detained", period=f"2029-{lead:02}", lead=lead, observed=10.0, q05=5.0, q25=8.0,
                        q50=9.0, q75=9.5, q95=12.0, crps=mine, baselines={"last value": its, "random walk": its})
            for origin, (mine, its) in SCORES.items() for lead in range(1, leads + 1)]
    origins = [Origin(origin=origin, status="ok", probabilities={}, effective={}, replicates=10, seconds=1.0) for origin in SCORES]
    return BacktestMeasures(ahead=leads, seed=7, origins=origins, rows=rows, skill=skill.measure(rows, 7), relative=skill.compare(rows),
                            coverage=skill.cover(rows), notes=["a caveat"])


def leave(folder: Path, run_id: str, leads: int = 2, **changes: str) -> Path:
    """A folder such as the verb writes."""
    about = RunAbout(case="toy", case_sha256=load("toy").sha256, model_digest=digest(), method=method(), run_id=run_id,
                     created="2030-03-01")
    place = folder / f"toy-backtest-{run_id}"
    place.mkdir(parents=True)
    backtest.write(measure(leads), about.model_copy(update=changes), place)
    manifest.write(manifest.Manifest("toy", run_id, {}, about.model_digest, 7, {}, "0"), place)
    return place


def test_the_report_says_what_was_measured_or_how_to_measure_it(study, tmp_path):
    assert "<code>interlope backtest toy</code> does it" in html.render(calibrated.attach(study, tmp_path))
    leave(tmp_path, "ab12cd34")
    found = calibrated.attach(study, tmp_path)
    assert found.backtest.about.run_id == "ab12cd34"
    assert found.model_dump_json() == study.model_copy(update={"confidence": found.confidence, "case": found.case}).model_dump_json()
    page = html.render(found)
    assert "Run ab12cd34 of 1 Mar 2030" in page and "interlope backtest toy" not in page and "a caveat" in page
    assert all(str(escape(sentence)) in page for sentence in backtest.tell(found.backtest.result))
    assert {"backtest-skill", "backtest-coverage"} <= {t.name for t in html.tabulate(found)}
    bare = study.model_copy(update={"dossier": study.dossier.model_copy(update={"series": []})})
    assert show_backtest(bare) == []


def test_where_the_random_walk_is_better_is_said():
    said = backtest.tell(measure())
    assert "Worse than random walk from 1 of 3 origins, by these ratios of scores: 30 Jun 2029 (1.5); with origins pooled, in none of " \
           "the months ahead." in said
    assert "By months ahead against random walk: 0.8 at 1 and 0.8 at 2." in said
    assert any("by months ahead 100% to 100% inside the 90% interval" in sentence for sentence in said)


def test_the_backtest_of_the_same_case_and_model_is_found(study, tmp_path):
    leave(tmp_path, "1", leads=1)
    leave(tmp_path, "2", leads=6, model_digest="another")
    leave(tmp_path, "3", leads=6, case_sha256="another")
    leave(tmp_path, "4", leads=6, method="older")
    damaged = leave(tmp_path, "5", leads=6) / "results.json"
    damaged.write_text(damaged.read_text(encoding="utf-8").replace("10.0", "11.0"), encoding="utf-8")
    assert calibrated.find_backtest(study, tmp_path).about.run_id == "1"
    leave(tmp_path, "6", leads=3)
    earlier = study.model_copy(update={"case": study.case.model_copy(update={"as_of": "2030-01-31"})})
    assert calibrated.find_backtest(earlier, tmp_path).about.run_id == "6"  # origins have days of their own
    assert calibrated.find_backtest(study.model_copy(update={"model_digest": "0"}), tmp_path) is None
    for run_id in ("1", "6"):
        (tmp_path / f"toy-backtest-{run_id}" / "results.json").unlink()
    assert "earlier version of the method" in html.render(calibrated.attach(study, tmp_path))
