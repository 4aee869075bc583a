"""A study: complete or not there, taken up where it stopped, found again, replayed bit for bit."""
from __future__ import annotations

import json

import pytest

import interlope as il
from interlope import manifest
from interlope.cli.replay import differences
from interlope.report import material
from interlope.study import Interrupted, Plan, prepare, run

PLAN = Plan(seed=11, pairs=12)


def stop_at(stage):
    def progress(now, done, total):
        if now == stage:
            raise KeyboardInterrupt

    return progress


def stages_of(told):
    return list(dict.fromkeys(told))


def test_the_folder_holds_everything_and_the_manifest_knows_it(studied):
    names = {p.name for p in studied.iterdir()}
    assert names == {"report.html", "results.json", "manifest.json", "tables", "store.zarr"}
    found = manifest.read(studied)
    assert manifest.changed(found, studied) == []
    assert studied.name == f"toy-{found.run_id}"
    assert "case.toml" in found.inputs
    assert not studied.with_name(f".{studied.name}.partial").exists()


def test_a_complete_folder_is_read_and_says_so(line, studied):
    before = (studied / "report.html").stat().st_mtime_ns
    done = line("study", "toy", "--pairs", "20")
    assert "were run before" in done.output
    assert (studied / "report.html").stat().st_mtime_ns == before


def test_a_stopped_study_leaves_nothing_broken_and_is_taken_up(tmp_path):
    case = il.load("toy")
    with pytest.raises(Interrupted) as stopped:
        run(case, PLAN, out=tmp_path, progress=stop_at("calibrate"))
    assert stopped.value.stage == "calibrate"
    assert stopped.value.exit_code == 130
    assert [p.name for p in tmp_path.iterdir() if not p.name.startswith(".")] == []

    with pytest.raises(Interrupted) as stopped:
        run(case, PLAN, out=tmp_path, progress=stop_at("compare"))
    assert "weigh" in stopped.value.kept

    told: list[str] = []
    done = run(case, PLAN, out=tmp_path, progress=lambda stage, *_: told.append(stage))
    assert stages_of(told) == ["compare", "write"]
    whole = run(case, PLAN, out=tmp_path / "again")
    assert differences(done.material.weigh, whole.material.weigh) == []
    assert done.material.compare == whole.material.compare
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_stopping_from_the_command_line_says_how_to_go_on(line, monkeypatch):
    from interlope.inference import calibrate

    def stopped(*words, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(calibrate, "fit", stopped)
    done = line("study", "toy", "--seed", "99", code=130)
    assert "Go on with: interlope study toy --seed 99" in done.stderr
    done = line("study", "toy", "--seed", "99", "--json", code=130)
    assert json.loads(done.stdout)["status"] == "interrupted"


def test_replay_makes_every_number_again(line, studied):
    assert "The same" in line("replay", str(studied)).output


def test_replay_finds_a_changed_number_and_a_changed_file(line, studied, tmp_path):
    import shutil

    copy = tmp_path / studied.name
    shutil.copytree(studied, copy)
    held = json.loads((copy / material.FILE).read_text())
    held["weigh"]["explanations"][0]["log_z"] += 1e-9
    (copy / material.FILE).write_text(json.dumps(held))
    done = line("replay", str(copy), code=1)
    assert "weigh.explanations.0.log_z" in done.output
    assert "results.json" in done.output


def test_another_seed_or_setting_is_another_run():
    case = il.load("toy")
    names = [prepare(case, plan).run_id for plan in (PLAN, Plan(seed=12, pairs=12), Plan(seed=11, pairs=13),
                                                      Plan(seed=11, pairs=12, mode="thorough"))]
    assert len(set(names)) == 4
    assert prepare(case, PLAN).run_id == names[0]


def test_a_plan_knows_its_modes():
    with pytest.raises(ValueError, match="quick, thorough"):
        Plan(mode="hasty")
