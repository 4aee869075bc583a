"""A study: complete or not there, taken up where it stopped, found again, replayed bit for bit."""
from __future__ import annotations

import html
import json
import re
import shutil
import textwrap
from pathlib import Path

import pytest

import interlope as il
from interlope import manifest
from interlope.cli.replay import differences
from interlope.errors import BadInput
from interlope.pipeline import Interrupted, Plan, calibrated, finished, prepare, run
from interlope.reporting import record
from interlope.reporting.answer import question, statement
from interlope.storage.partial import Partial

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
    assert names == {"report.html", "results.json", "manifest.json", "tables", "store.zarr", "draws.npz"}
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


def test_at_most_twelve_lines_answer_the_question_before_the_first_table(line, studied, monkeypatch):
    from interlope.cli import console

    monkeypatch.setattr(console, "PLAIN_WIDTH", 100)
    lines = line("study", "toy", "--pairs", "20").output.splitlines()
    before = lines[:next(i for i, row in enumerate(lines) if row.startswith("Explanations"))]
    assert len(before) <= 12
    found = calibrated.attach(record.load(studied), studied.parent)
    said = question.tell_first(found)
    first, later = statement.fit(said, 12 - 1 - len(textwrap.wrap(found.case.question, 100)))
    assert " ".join(" ".join(before).split()) == " ".join([found.case.question, *first])
    for ask in found.asks:
        assert any(text.startswith(ask.label) for text in first)
    after = " ".join(" ".join(lines[len(before):]).split())
    assert all(text in after for text in later)


def test_terminal_report_and_json_begin_with_the_same_sentences(line, studied):
    said = [s.text for s in question.tell_first(calibrated.attach(record.load(studied), studied.parent))]
    page = " ".join(re.sub(r"<[^>]+>", " ", html.unescape((studied / "report.html").read_text())).split())
    start = page.index("The question and the short answer")
    places = [page.index(text, start) for text in said]
    assert places == sorted(places)
    assert places[0] - start < 120
    told = json.loads(line("study", "toy", "--pairs", "20", "--json").stdout)["result"]
    assert told["answer"][:len(said)] == said
    assert [a["answer"] for a in told["asks"]] == [text for text in said if text in [a["answer"] for a in told["asks"]]]
    assert len(told["asks"]) == 2


def test_weigh_and_compare_answer_their_part_of_the_question(line):
    weighed = line("weigh", "toy").output
    assert weighed.index("One organisation:") < weighed.index("log evidence")
    assert "More patrols (" not in weighed
    compared = line("compare", "toy", "--pairs", "20").output
    assert compared.index("More patrols (joint patrols") < compared.index("Harm a year")
    assert "One organisation:" not in compared


def test_a_stopped_study_leaves_nothing_broken_and_is_taken_up(tmp_path):
    case = il.load("toy")
    with pytest.raises(Interrupted) as stopped:
        run(case, PLAN, out=tmp_path, progress=stop_at("calibrate"))
    assert stopped.value.stage == "calibrate"
    assert stopped.value.exit_code == 130
    assert [p.name for p in tmp_path.iterdir() if not p.name.startswith(".")] == []

    with pytest.raises(Interrupted) as stopped:
        run(case, PLAN, out=tmp_path, progress=stop_at("compare"))
    assert "weigh" in stopped.value.finished

    told: list[str] = []
    done = run(case, PLAN, out=tmp_path, progress=lambda stage, *_: told.append(stage))
    assert stages_of(told) == ["compare", "seek", "write"]
    whole = run(case, PLAN, out=tmp_path / "again")
    assert differences(done.record.weigh, whole.record.weigh) == []
    assert done.record.compare == whole.record.compare
    assert done.record.seek == whole.record.seek and done.record.seek.candidates
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_stopping_from_the_command_line_says_how_to_go_on(line, monkeypatch):
    from interlope.inference.fitting import calibrate

    def stopped(*words, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(calibrate, "fit", stopped)
    done = line("study", "toy", "--seed", "99", code=130)
    assert "Go on with: interlope study toy --seed 99" in done.stderr
    done = line("study", "toy", "--seed", "99", "--json", code=130)
    assert json.loads(done.stdout)["status"] == "interrupted"


def test_replay_makes_every_number_again(line, studied):
    assert "The same" in line("replay", str(studied)).output


def copy_of(studied, tmp_path):
    shutil.copytree(studied, tmp_path / studied.name)
    return tmp_path / studied.name


def test_replay_finds_a_changed_number(line, studied, tmp_path):
    copy = copy_of(studied, tmp_path)
    held = json.loads((copy / record.FILE).read_text())
    held["weigh"]["explanations"][0]["log_z"] += 1e-9
    (copy / record.FILE).write_text(json.dumps(held))
    assert "results.json: changed or missing since" in line("replay", str(copy), code=2).stderr
    manifest.write(manifest.read(copy), copy)  # as if these had been the results
    assert "weigh.explanations.0.log_z" in line("replay", str(copy), code=1).output


@pytest.mark.parametrize("verb", ["report", "replay", "study"])
@pytest.mark.parametrize("name", ["results.json", "manifest.json", "store.zarr"])
def test_results_that_were_changed_are_refused_by_name_and_left_alone(line, studied, tmp_path, verb, name):
    copy = copy_of(studied, tmp_path)
    path = next(p for p in sorted((copy / name).rglob("*")) if p.is_file()) if name == "store.zarr" else copy / name
    data = path.read_bytes()
    path.write_bytes(data.replace(b"toy", b"boy", 1) if b"toy" in data else data[:-1])
    before = {p: p.read_bytes() for p in copy.rglob("*") if p.is_file()}
    words = ["study", "toy", "--pairs", "20", "--out", str(tmp_path)] if verb == "study" else [verb, str(copy)]
    done = line(*words, code=2)
    assert f"{name}: changed" in done.stderr and "expected the file as it was written" in done.stderr
    assert {p: p.read_bytes() for p in copy.rglob("*") if p.is_file()} == before


def test_report_writes_again_what_it_writes_and_vouches_for_nothing_else(line, tmp_path):
    """A study of its own: what other tests try beside the shared one is quoted by its report."""
    copy = run(il.load("toy"), Plan(seed=11, pairs=4, days=5), out=tmp_path).folder
    whole = {p.relative_to(copy): p.read_bytes() for p in copy.rglob("*") if p.is_file()}
    (copy / "report.html").write_text("changed")
    next((copy / "tables").glob("*.csv")).unlink()
    line("report", str(copy))
    assert {p.relative_to(copy): p.read_bytes() for p in copy.rglob("*") if p.is_file()} == whole


def test_another_seed_or_setting_is_another_run():
    case = il.load("toy")
    names = [prepare(case, plan).run_id for plan in (PLAN, Plan(seed=12, pairs=12), Plan(seed=11, pairs=13),
                                                      Plan(seed=11, pairs=12, mode="thorough"))]
    assert len(set(names)) == 4
    assert prepare(case, PLAN).run_id == names[0]


def test_a_plan_knows_its_modes():
    with pytest.raises(BadInput, match="expected one of 'quick', 'thorough'"):
        Plan(mode="hasty")


def test_weigh_and_fit_take_up_a_study_that_compared_other_pairs(line, studied):
    """How options are compared is no part of a fit: nothing is run again, and no folder is left behind."""
    before = {p.name for p in studied.parent.iterdir()}
    weighed = json.loads(line("weigh", "toy", "--regrade", "watch-service=E", "--without", "T1", "--json").stdout)
    fitted = json.loads(line("fit", "toy", "--json").stdout)
    assert {p.name for p in studied.parent.iterdir()} == before
    stored = record.load(studied)
    assert weighed["result"]["explanations"] == json.loads(stored.weigh.model_dump_json())["explanations"]
    assert [c["change"] for c in weighed["result"]["changes"]] == ["watch-service=E", "without T1"]
    taken = record.load(studied.parent / Path(fitted["result"]["store"]).parent.name)  # any finished study of the same fit
    assert taken.weigh.explanations == stored.weigh.explanations


def test_another_seed_is_another_fit(studied):
    same, other = (prepare(il.load("toy"), Plan(seed=seed, pairs=9), studied.parent) for seed in (7, 8))
    assert finished.find_weighed(other) is None
    found = finished.find_weighed(same)
    assert found is not None and found.reused
    assert found.record.weigh.explanations == record.load(studied).weigh.explanations


def test_a_kill_at_the_very_end_leaves_nothing_that_stays(tmp_path, monkeypatch):
    with monkeypatch.context() as killed:
        killed.setattr(Partial, "clear", lambda self: None)
        study = run(il.load("toy"), Plan(seed=11, pairs=4, days=5), out=tmp_path)
    partial = study.folder.with_name(f".{study.folder.name}.partial")
    assert (partial / "weigh.json").is_file()
    assert run(il.load("toy"), Plan(seed=11, pairs=4, days=5), out=tmp_path).reused
    assert not partial.exists()


def test_sentences_name_roots_that_have_a_place_in_the_report(line, studied):
    result = json.loads(line("study", "toy", "--pairs", "20", "--json").output)["result"]
    assert [s["text"] for s in result["sentences"]] == result["answer"]
    page = (studied / "report.html").read_text(encoding="utf-8")
    for root in {r for s in result["sentences"] for r in s["roots"]}:
        assert f'id="root-{root}"' in page and f'href="#root-{root}"' in page
    none = [s["text"] for s in result["sentences"] if not s["roots"]]  # on the method
    assert 0 < len(none) < len(result["sentences"]) / 2 and any(text.startswith("Confidence in the analysis") for text in none)
    assert result["confidence"]["level"] in ("high", "moderate", "low")


def test_words_of_another_yardstick_are_told_and_not_stored(line, studied):
    before = (studied / "results.json").read_bytes()
    told = line("weigh", "toy", "--words", "phia").output
    assert "highly likely" in told and "very likely" not in told
    assert "very likely" in line("weigh", "toy").output
    assert (studied / "results.json").read_bytes() == before
    assert line("weigh", "toy", "--words", "icd", code=2).exit_code == 2
    usual, ipcc = (line("compare", "toy", "--pairs", "20", *more).output for more in ((), ("--words", "ipcc")))
    assert "virtually certain" not in usual and "virtually certain" in ipcc
