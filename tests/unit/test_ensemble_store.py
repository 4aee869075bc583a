"""Ensembles on disk: the same replicates as in memory, safe through stops, full disks and damage; failures counted aloud."""
from __future__ import annotations

import errno
import json
import resource
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import interlope
from interlope import manifest
from interlope.ensemble import outcomes, run
from interlope.errors import BadInput, RunFailed
from interlope.manifest import stored
from interlope.quantities import SERIES
from interlope.scenario.case import Case, load
from interlope.storage import disk, job, overview, shards, summary
from interlope.storage.folder import Folder, planned
from interlope.storage.journal import Journal, Record
from interlope.storage.plan import Plan, plan

KEPT = ("attempts", "detained")


@pytest.fixture(scope="module")
def toy() -> Case:
    return load("toy")


@pytest.fixture(scope="module")
def frail(tmp_path_factory) -> Case:
    """The toy case with a demand that is sometimes far too large for the model."""
    folder = tmp_path_factory.mktemp("cases") / "frail"
    shutil.copytree(Path(interlope.__file__).parent / "cases" / "toy", folder)
    text = (folder / "case.toml").read_text()
    prior = "mixture(0.8: lognormal(40, x1.3), 0.2: lognormal(700000, x1.05))"
    text = text.replace('demand_level = { prior = "lognormal(40, x1.3)"', f'demand_level = {{ prior = "{prior}"')
    (folder / "case.toml").write_text(text.replace('name = "toy"', 'name = "frail"'))
    return load(folder)


def small(case: Case, draws: int = 30, **options) -> Plan:
    return plan(case, "takeover", draws, 7, **{"shard": 10, "series": KEPT, "days": 20, **options})


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


class Failing:
    """A stand-in for `disk.write` that fails from the n-th call on."""

    def __init__(self, after: int, error: BaseException):
        self.left, self.error, self.write = after, error, disk.write

    def __call__(self, path: Path, data: bytes) -> None:
        self.left -= 1
        if self.left < 0:
            raise self.error
        self.write(path, data)


@pytest.mark.parametrize("by", ["", "sector", "class"])
def test_the_store_holds_what_simulate_gives(toy, tmp_path, by):
    asked = plan(toy, "takeover", 25, 7, days=20, by=by, shard=10)
    job.run(asked, tmp_path / "runs")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = xr.open_zarr(tmp_path / "runs" / "replicates.zarr").load()
    expected = run.simulate(toy, "takeover", 25, 7, days=20, by=by).drop_vars("class", errors="ignore")
    xr.testing.assert_equal(found, expected)
    assert found["attempts"].attrs == expected["attempts"].attrs
    assert found.attrs["classes"] == ["coastal", "inland"]


def test_each_shard_is_one_file_in_each_array_whatever_the_others_are(toy, tmp_path):
    job.run(small(toy, 25), tmp_path / "few")
    job.run(small(toy, 45), tmp_path / "many")
    few, many = contents(tmp_path / "few"), contents(tmp_path / "many")
    full = [name for name in few if "/c.0" in name or "/c.1" in name]
    assert len([name for name in full if "attempts" in name]) == 2
    assert all(few[name] == many[name] for name in full)


def test_a_run_in_parts_is_joined_to_the_same_bytes(toy, tmp_path):
    asked = small(toy, 45)
    job.run(asked, tmp_path / "whole", threads=1)
    for i in (3, 1, 2):
        done = job.run(asked, tmp_path / "parts", part=(i, 3), threads=2)
        assert not done.finished and done.table == []
    assert not (tmp_path / "parts" / manifest.FILE).exists()
    done = job.run(asked, tmp_path / "parts")
    assert (done.simulated, done.reused, done.finished) == (0, 5, True)
    assert contents(tmp_path / "whole") == contents(tmp_path / "parts")


def test_a_part_that_is_none_is_refused(toy, tmp_path):
    with pytest.raises(BadInput, match="i from 1 to N"):
        job.run(small(toy), tmp_path / "runs", part=(4, 3))


def test_a_store_of_an_earlier_version_is_named_and_left_alone(toy, tmp_path):
    (tmp_path / "runs" / "histories.zarr").mkdir(parents=True)
    for begin in (lambda: job.run(small(toy), tmp_path / "runs"), lambda: planned(tmp_path / "runs")):
        with pytest.raises(BadInput, match=r"holds 'histories\.zarr' of an earlier version; expected 'replicates\.zarr'"):
            begin()
    assert [p.name for p in (tmp_path / "runs").iterdir() if p.name != ".unfinished"] == ["histories.zarr"]


def test_stopping_keeps_finished_shards(toy, tmp_path, monkeypatch):
    asked, calls = small(toy), []
    simulate = shards.simulate

    def stopped(*words, **options):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return simulate(*words, **options)

    monkeypatch.setattr(shards, "simulate", stopped)
    with pytest.raises(job.Stopped, match="2 of 3 shards are kept") as told:
        job.run(asked, tmp_path / "runs")
    assert told.value.exit_code == 130
    monkeypatch.undo()
    done = job.run(asked, tmp_path / "runs")
    assert (done.simulated, done.reused) == (1, 2)
    job.run(asked, tmp_path / "whole")
    assert contents(tmp_path / "runs") == contents(tmp_path / "whole")


def test_a_full_disk_is_named_and_costs_only_the_shard_in_hand(toy, tmp_path, monkeypatch):
    asked = small(toy)
    monkeypatch.setattr(disk, "write", Failing(60, OSError(errno.ENOSPC, "No space left on device")))
    with pytest.raises(RunFailed, match="no space is left on the disk.*1 of 3 shards are kept.*--resume --out"):
        job.run(asked, tmp_path / "runs")
    monkeypatch.undo()
    assert not list((tmp_path / "runs" / ".unfinished").glob("stage-*"))
    assert job.run(asked, tmp_path / "runs").reused == 1
    job.run(asked, tmp_path / "whole")
    assert contents(tmp_path / "runs") == contents(tmp_path / "whole")


@pytest.mark.parametrize(("code", "said"), [
    (errno.EROFS, "the disk can only be read.*make it writable, or name another place and go on with"),
    (errno.EDQUOT, "the quota of the disk is used up.*make room and go on with"), (errno.EIO, "see to the disk and go on with"),
])
def test_what_helps_depends_on_why_the_disk_refused(toy, tmp_path, monkeypatch, code, said):
    job.run(small(toy), tmp_path / "runs", part=(1, 3))
    monkeypatch.setattr(disk, "write", Failing(0, OSError(code, "refused")))
    with pytest.raises(RunFailed, match=said):
        job.run(small(toy), tmp_path / "runs")


def test_a_second_process_on_the_same_part_is_refused_and_the_first_is_left_alone(toy, tmp_path):
    asked = small(toy)
    job.run(asked, tmp_path / "runs", part=(1, 3))
    for name, part, said in (("all", None, "another process is making it"), ("2-of-3", (2, 3), "another process is making part 2/3 of it")):
        with disk.lock(Folder(tmp_path / "runs", name).lock):
            before = contents(tmp_path / "runs")
            with pytest.raises(BadInput, match=f"{said}.*one process for each part.*--shard i/N"):
                job.run(asked, tmp_path / "runs", part=part)
            assert contents(tmp_path / "runs") == before
            assert not job.run(asked, tmp_path / "runs", part=(3, 3)).finished  # another part goes on
    job.run(asked, tmp_path / "runs")
    job.run(asked, tmp_path / "whole")
    assert contents(tmp_path / "runs") == contents(tmp_path / "whole")


def test_a_limit_on_files_ends_the_command_with_exit_code_1_and_a_way_on(tmp_path):
    words = [sys.executable, "-m", "interlope", "simulate", "toy", "takeover", "--draws", "30", "--shard-size", "10", "--days", "20",
             "--seed", "7", "--series", ",".join(KEPT), "--out", str(tmp_path / "runs")]
    subprocess.run([*words, "--shard", "1/3"], check=True, capture_output=True)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))

    done = subprocess.run(words, preexec_fn=limit, capture_output=True, text=True)
    said = " ".join(done.stderr.split())
    assert done.returncode == 1, said
    assert "a file would be larger than the system allows" in said and "1 of 3 shards are kept" in said
    assert "Traceback" not in said
    again = subprocess.run([*words, "--json"], check=True, capture_output=True, text=True)
    assert json.loads(again.stdout)["result"]["shards"]["reused"] == 1


@pytest.mark.parametrize("finished", [True, False])
@pytest.mark.parametrize("harm", ["flip", "cut", "remove"])
def test_a_damaged_shard_is_said_aloud_and_made_again_alone(toy, tmp_path, finished, harm):
    asked, told = small(toy), []
    job.run(asked, tmp_path / "whole")
    if finished:
        shutil.copytree(tmp_path / "whole", tmp_path / "runs")
    else:
        job.run(asked, tmp_path / "runs", part=(1, 1))
    path = tmp_path / "runs" / "replicates.zarr" / "detained" / "c.1.0"
    data = path.read_bytes()
    if harm == "remove":
        path.unlink()
    else:
        path.write_bytes(data[:-1] if harm == "cut" else bytes([data[0] ^ 1]) + data[1:])
    done = job.run(asked, tmp_path / "runs", say=told.append)
    assert (done.simulated, done.reused, done.repeated) == (1, 2, [1])
    assert len(told) == 1 and told[0].startswith("Shard 1 is damaged")
    assert contents(tmp_path / "runs") == contents(tmp_path / "whole")


def test_a_damaged_description_or_overview_is_noticed(toy, tmp_path):
    asked, told = small(toy), []
    job.run(asked, tmp_path / "runs")
    before = contents(tmp_path / "runs")
    (tmp_path / "runs" / "replicates.zarr" / "attempts" / "zarr.json").write_text("{}")
    job.run(asked, tmp_path / "runs", say=told.append)
    assert told == ["The store's description was damaged. It is written again."]
    assert contents(tmp_path / "runs") == before
    (tmp_path / "runs" / "overview.csv").write_text("series\n")
    with pytest.raises(RunFailed, match="overview.csv was changed"):
        job.run(asked, tmp_path / "runs")


def test_a_torn_line_of_the_journal_counts_for_nothing(tmp_path):
    journal, told = Journal(tmp_path, "all", "1a2b3c4d"), []
    journal.append(Record(0, "aa", "bb", ()))
    with journal.path.open("ab") as handle:
        handle.write(b'{"shard": 1, "sha')
    assert set(journal.records(told.append)) == {0}
    assert told == ["Line 2 of journal-all.jsonl is not as it was written: its shard is made again."]
    journal.append(Record(2, "cc", "dd", ((25, 1),)))
    Journal(tmp_path, "2-of-3", "1a2b3c4d").append(Record(1, "ee", "ff", ()))
    noted = [Record(0, "aa", "bb", ()), Record(1, "ee", "ff", ()), Record(2, "cc", "dd", ((25, 1),))]
    assert sorted(journal.records(told.append).values(), key=lambda r: r.shard) == noted


def test_what_is_left_of_a_killed_process_does_not_stay(toy, tmp_path):
    asked = small(toy)
    job.run(asked, tmp_path / "runs", part=(1, 3))
    for name in ("stage-all", "stage-2-of-3"):
        (tmp_path / "runs" / ".unfinished" / name).mkdir()
        (tmp_path / "runs" / ".unfinished" / name / "0").write_bytes(b"half")
    job.run(asked, tmp_path / "runs")
    job.run(asked, tmp_path / "whole")
    assert contents(tmp_path / "runs") == contents(tmp_path / "whole")


@pytest.mark.parametrize(("options", "said"), [
    ({"draws": 31}, "draws 30, now 31"), ({"days": 19}, "days 20, now 19"), ({"shard": 5}, "shard 10, now 5"),
    ({"series": ("attempts",)}, "now ['attempts']"), ({"summary": True}, "summary False, now True"),
])
@pytest.mark.parametrize("finished", [True, False])
def test_another_run_is_never_mixed_in(toy, tmp_path, options, said, finished):
    job.run(small(toy), tmp_path / "runs", part=None if finished else (1, 3))
    with pytest.raises(BadInput, match="holds another run") as told:
        job.run(small(toy, **options), tmp_path / "runs")
    assert said in str(told.value)


def test_another_model_or_file_of_the_case_is_never_mixed_in(toy, frail, tmp_path):
    job.run(small(toy), tmp_path / "runs", part=(1, 3))
    noted = tmp_path / "runs" / ".unfinished" / "plan.json"
    held = json.loads(noted.read_text().partition("\n")[2])
    held["manifest"]["model_digest"] = "0" * 16
    held["manifest"]["environment"]["machine"] = "abacus"
    noted.write_bytes(stored.seal(json.dumps(held).encode(), "plan.json", held["manifest"]["run_id"]))
    with pytest.raises(BadInput) as told:
        job.run(small(toy), tmp_path / "runs")
    assert "the model is another one" in str(told.value) and "machine abacus then" in str(told.value)
    with pytest.raises(BadInput, match="case toy, now frail"):
        job.run(small(frail), tmp_path / "runs")


def test_a_folder_with_other_things_is_not_touched(toy, tmp_path):
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "letter.txt").write_text("dear")
    with pytest.raises(BadInput, match="holds letter.txt and no run"):
        job.run(small(toy), tmp_path / "runs")
    assert contents(tmp_path / "runs") == {"letter.txt": b"dear"}


def test_failed_replicates_are_listed_and_left_out(frail, tmp_path):
    asked = small(frail, 40, series=("attempts", "price_mean"))
    done = job.run(asked, tmp_path / "runs")
    found = xr.open_zarr(tmp_path / "runs" / "replicates.zarr").load()
    bad = np.flatnonzero(found["status"].values)
    assert 0 < len(bad) < 20
    assert found["attempts"].values[bad].dtype == np.float32 and np.isnan(found["attempts"].values[bad]).all()
    assert np.isfinite(np.delete(found["attempts"].values, bad, axis=0)).all()
    held = manifest.read(tmp_path / "runs").failed_replicates
    assert held["replicates"] == len(bad) and held["listed"] == [[int(i), "too-many-people"] for i in bad]
    assert "lower demand_level" in held["statuses"]["too-many-people"]["sentence"]
    (said,) = done.failed_replicates.sentences()
    assert said.startswith(f"{len(bad)} replicates did not complete") and str(bad[0]) in said
    (row,) = [r for r in done.table if r["series"] == "attempts"]
    good = np.delete(found["attempts"].values, bad, axis=0).mean(axis=1)
    assert row["mean"] == pytest.approx(good.mean(), rel=1e-6)
    again = job.run(asked, tmp_path / "runs")
    assert again.failed_replicates == done.failed_replicates or again.failed_replicates.to_json() == done.failed_replicates.to_json()


def test_the_overview_is_the_same_with_and_without_a_folder(toy, tmp_path):
    asked = small(toy, series=())
    done = job.run(asked, tmp_path / "runs")
    table, _ = job.look(asked)
    assert table == done.table == overview.read((tmp_path / "runs" / "overview.csv").read_bytes())
    means = np.stack([run.simulate(toy, "takeover", 30, 7, days=20)[name].values.mean(axis=1) for name in SERIES], axis=1)
    assert [row["mean"] for row in table] == pytest.approx(means.astype(np.float64).mean(axis=0), rel=1e-5, abs=1e-9)
    assert [row["q50"] for row in table] == pytest.approx(np.quantile(means, 0.5, axis=0, method="inverted_cdf"), rel=1e-5, abs=1e-9)
    assert all(row["quantile_error"] == 0.0 for row in table)


def test_a_summary_is_the_statistics_of_all_replicates(toy, tmp_path):
    asked = plan(toy, "takeover", 300, 7, days=15, summary=True, shard=100)
    job.run(asked, tmp_path / "runs")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = xr.open_zarr(tmp_path / "runs" / "summary.zarr").load()
    runs = run.simulate(toy, "takeover", 300, 7, days=15)
    for name in ("attempts", "price_mean", "profit", "share_command", "truces"):
        values = runs[name].values.astype(np.float64)
        assert found[f"{name}_mean"].values == pytest.approx(values.mean(axis=0), rel=1e-9)
        assert found[f"{name}_sd"].values == pytest.approx(values.std(axis=0, ddof=1), rel=1e-6)
        exact = np.quantile(values, found["quantile"].values, axis=0, method="inverted_cdf").T
        error = found[f"{name}_quantile_error"].values
        assert np.all(np.abs(found[f"{name}_quantile"].values - exact) <= error * (1 + 1e-9) + 1e-12)
        assert error.mean() <= 0.05 * np.ptp(values, axis=0).mean()
    assert found["attempts_mean"].attrs["unit"] == "attempts/day" and found.attrs["replicates"] == 300


def test_a_summary_in_parts_stopped_and_damaged_has_the_same_bytes(toy, frail, tmp_path, monkeypatch):
    asked = small(frail, 50, summary=True)
    job.run(asked, tmp_path / "whole")
    job.run(asked, tmp_path / "parts", part=(2, 2))
    accumulate, calls = summary.accumulate_shard, []

    def stopped(*words, **options):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return accumulate(*words, **options)

    monkeypatch.setattr(summary, "accumulate_shard", stopped)
    with pytest.raises(job.Stopped, match="1 of 5 shards"):
        job.run(asked, tmp_path / "parts", part=(1, 2))
    monkeypatch.undo()
    told: list[str] = []
    (state,) = (tmp_path / "parts" / ".unfinished").glob("moments-2-of-2.npz")
    state.write_bytes(state.read_bytes()[:-1])
    done = job.run(asked, tmp_path / "parts", say=told.append)
    assert [t.partition(" is damaged")[0] for t in told] == ["moments-2-of-2.npz"]
    assert (done.simulated, done.reused) == (4, 1)
    assert contents(tmp_path / "whole") == contents(tmp_path / "parts")
    again = job.run(asked, tmp_path / "parts")
    assert (again.simulated, again.table) == (0, done.table)
    assert again.failed_replicates.to_json() == done.failed_replicates.to_json() and done.failed_replicates.total > 0


def test_parts_that_overlap_are_not_added_twice(toy, tmp_path):
    asked = small(toy, 40, summary=True)
    job.run(asked, tmp_path / "runs", part=(1, 2))
    work = tmp_path / "runs" / ".unfinished"
    shutil.copy(work / "moments-1-of-2.npz", work / "moments-1-of-4.npz")
    with pytest.raises(RunFailed, match="parts overlap: shard 0"):
        job.run(asked, tmp_path / "runs")


@pytest.mark.parametrize(("options", "said"), [
    ({"by": "village"}, "'sector' or 'class'"), ({"by": "sector", "summary": True}, "a summary is of totals"),
    ({"series": ("atempts",)}, "nearest 'attempts'"), ({"shard": 0}, "1 to 100000"), ({"draws": 0}, "1 to 4294967295"),
])
def test_a_plan_that_cannot_be_is_refused(toy, options, said):
    with pytest.raises(BadInput, match=said):
        small(toy, **options)


def test_threads_and_chunks_change_no_byte(toy, tmp_path, monkeypatch):
    asked = small(toy, series=("attempts",), shard=30)
    job.run(asked, tmp_path / "one", threads=1)
    monkeypatch.setattr(outcomes, "CHUNK", 7)
    job.run(asked, tmp_path / "two", threads=3)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
