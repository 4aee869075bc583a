"""Stored records: whole, of the expected shape, of this run and regular files, or refused by name; nothing is followed out of a folder."""
from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pydantic import BaseModel

import interlope
from interlope import manifest
from interlope.errors import BadInput
from interlope.manifest import files, stored
from interlope.scenario.case import load
from interlope.storage import disk, job, store
from interlope.storage.folder import planned
from interlope.storage.partial import Partial
from interlope.storage.plan import Plan, plan

RUN = "1a2b3c4d"


class Note(BaseModel):
    """A small record."""

    number: int


def small(seed: int = 7, **options) -> Plan:
    return plan(load("toy"), "takeover", 20, seed, **{"shard": 10, "series": ("attempts",), "days": 10, **options})


def put(kind: str, path: Path) -> None:
    """Put something that is no file at a path."""
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a link":
        path.symlink_to("/etc/hostname")
    else:
        path.mkdir()


@pytest.mark.parametrize("at", [0, 20, 80, -1])
def test_a_flipped_bit_anywhere_is_noticed(at):
    data = bytearray(stored.seal(b'{"number": 1}', "note", RUN))
    data[at] ^= 1
    with pytest.raises(stored.Damaged):
        stored.unseal(bytes(data), Path("note"), "note", RUN)


def test_a_record_of_another_kind_or_run_is_told_apart():
    data = stored.seal(b"1", "note", RUN)
    assert stored.unseal(data, Path("note"), "note") == b"1"
    with pytest.raises(stored.Damaged, match="note:1: holds 'note'; expected 'letter'"):
        stored.unseal(data, Path("note"), "letter", RUN)
    with pytest.raises(stored.OtherRun, match=f"belongs to run {RUN}; expected run deadbeef"):
        stored.unseal(data, Path("note"), "note", "deadbeef")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"number": "x"}', "[" * 100_000, '{"number": 1' + "0" * 10_000 + "}"])
def test_a_record_of_another_shape_is_refused_with_its_place(text):
    with pytest.raises(stored.Damaged, match="note: unreadable: .*; expected the file as it was written"):
        stored.parse(Note, text.encode(), Path("note"))


@pytest.mark.parametrize("kind", ["a pipe", "a link", "a folder"])
def test_what_is_no_file_is_set_aside_and_made_again(tmp_path, kind):
    told: list[str] = []
    partial = Partial(tmp_path, RUN, told.append)
    put(kind, tmp_path / "note.json")
    assert partial.read(Note, "note.json") is None
    assert f"is {kind}; expected a file" in told[0] and "what was there is now note.json.damaged" in told[0]
    partial.write(Note(number=1), "note.json")
    assert partial.read(Note, "note.json") == Note(number=1)
    partial.write_arrays({"a": np.arange(3)}, "note.json")
    assert partial.read(Note, "note.json") is None


@pytest.mark.parametrize("kind", ["a pipe", "a link"])
@pytest.mark.parametrize("where", ["replicates.zarr/attempts/c.0.0", ".unfinished/journal-all.jsonl", ".unfinished/lock-all",
                                   "overview.csv"])
def test_an_ensemble_follows_no_link_and_waits_for_no_pipe(tmp_path, kind, where):
    job.run(small(), tmp_path / "runs", part=(1, 2))
    path = tmp_path / "runs" / where
    path.unlink(missing_ok=True)
    put(kind, path)
    for begin in (lambda: job.run(small(), tmp_path / "runs"), lambda: planned(tmp_path / "runs")):
        with pytest.raises(BadInput, match=f"{path.name}: is {kind}.*remove it"):
            begin()


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path):
    with pytest.raises(IsADirectoryError):
        (tmp_path / "runs" / "a").mkdir(parents=True)
        disk.place({"a": b"1"}, tmp_path / "runs", tmp_path / "stage")


@pytest.mark.parametrize("summary", [False, True])
def test_what_another_seed_left_is_never_taken(tmp_path, summary):
    for seed in (7, 8):
        job.run(small(seed, summary=summary), tmp_path / str(seed), part=(1, 2))
    mine, theirs = (tmp_path / seed / ".unfinished" for seed in "78")
    for name in ("moments-1-of-2.npz",) if summary else ("journal-1-of-2.jsonl",):
        shutil.copy(theirs / name, mine / name)
    with pytest.raises(BadInput, match=r"of run|belongs to run"):
        job.run(small(summary=summary), tmp_path / "7")


def test_the_means_and_shards_of_another_seed_are_made_again(tmp_path):
    told: list[str] = []
    for seed in (7, 8):
        job.run(small(seed), tmp_path / str(seed), part=(1, 2))
    for name in (".unfinished/means/0", "replicates.zarr/attempts/c.0.0"):
        shutil.copy(tmp_path / "8" / name, tmp_path / "7" / name)
        done = job.run(small(), tmp_path / "7", part=(1, 2), say=told.append)
        assert done.repeated == [0] and told.pop().startswith("Shard 0 is damaged")


def test_a_manifest_of_another_run_beside_a_store_is_refused(tmp_path):
    for seed in (7, 8):
        job.run(small(seed), tmp_path / str(seed))
    shutil.copy(tmp_path / "8" / manifest.FILE, tmp_path / "7" / manifest.FILE)
    with pytest.raises(BadInput, match="a store of run .*; expected run .* of the manifest beside it"):
        job.run(planned(tmp_path / "7"), tmp_path / "7")


def test_a_damaged_note_of_what_was_begun_is_written_again_by_the_same_command_and_refused_by_resume(tmp_path):
    told: list[str] = []
    job.run(small(), tmp_path / "runs", part=(1, 2))
    note = tmp_path / "runs" / ".unfinished" / "plan.json"
    note.write_bytes(note.read_bytes().replace(b'"seed":7', b'"seed":8'))
    with pytest.raises(BadInput, match="plan.json: its bytes are not those that were written.*give CASE and EXPLANATION"):
        planned(tmp_path / "runs")
    done = job.run(small(), tmp_path / "runs", say=told.append)
    assert (done.reused, done.simulated) == (1, 1) and told[0].endswith("It is written again.")


@pytest.mark.parametrize("settings", [{}, {"kind": "ensemble"}, {"kind": "ensemble", "draws": "many"}])
def test_settings_that_are_none_of_an_ensemble_are_refused(tmp_path, settings):
    job.run(small(), tmp_path)
    (tmp_path / manifest.FILE).write_text(manifest.text(replace(manifest.read(tmp_path), settings=settings)))
    with pytest.raises(BadInput, match="unreadable|no run to take up"):
        planned(tmp_path)


def test_a_run_goes_on_with_the_case_that_it_began_with_wherever_it_is_gone_on_with(tmp_path, monkeypatch):
    case = tmp_path / "toy"
    shutil.copytree(Path(interlope.__file__).parent / "cases" / "toy", case)
    (case / "options" / "joint-patrols.toml").write_text((case / "options" / "joint-patrols.toml").read_text() + "# a remark\n")
    monkeypatch.chdir(tmp_path)
    job.run(small(), tmp_path / "mine", part=(1, 2))  # the folder, which hides the shipped case here
    monkeypatch.chdir("/")
    job.run(small(), tmp_path / "shipped", part=(1, 2))
    assert planned(tmp_path / "mine").case.folder == case
    monkeypatch.chdir(tmp_path)
    assert planned(tmp_path / "shipped").case.folder != case


def test_a_path_is_a_folder_and_never_a_shipped_case(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput, match="toy: no such folder; .*give a shipped case's name as text"):
        load(Path("toy"))
    assert load("toy").name == "toy"


def test_a_network_that_was_changed_is_named_when_a_run_goes_on(tmp_path):
    case = tmp_path / "cartels-aggregate"
    shutil.copytree(Path(interlope.__file__).parent / "cases" / "cartels-aggregate", case)
    asked = plan(load(case), next(iter(load(case).hypotheses)), 4, 7, shard=2, series=("members",), days=3)
    job.run(asked, tmp_path / "runs", part=(1, 2))
    table = case / load(case).specification.network.file
    table.write_text(table.read_text() + "# a remark\n")
    for begin in (lambda: job.run(plan(load(case), asked.hypothesis, 4, 7, shard=2, series=("members",), days=3), tmp_path / "runs"),
                  lambda: job.run(planned(tmp_path / "runs"), tmp_path / "runs")):
        with pytest.raises(BadInput, match=f"the case's files are not the same: {table.name}"):
            begin()


def test_what_a_killed_process_left_beside_a_folder_is_cleared_away_or_put_back(tmp_path):
    target = tmp_path / "out"
    for end in ("part", "old"):
        (tmp_path / f".out.00000000.{end}").mkdir()
        (tmp_path / f".out.00000000.{end}" / "a").write_text(end)
    store.recover(target)
    assert (target / "a").read_text() == "old" and [p.name for p in tmp_path.iterdir()] == ["out"]
    (tmp_path / ".out.11111111.old").mkdir()
    (tmp_path / ".out.22222222.part").mkdir()
    with disk.hold_folder(tmp_path / ".out.22222222.part"):  # another process is writing it
        store.recover(target)
    assert sorted(p.name for p in tmp_path.iterdir()) == [".out.22222222.part", "out"]


@pytest.mark.parametrize("kind", ["a link", "a pipe"])
def test_a_folder_is_not_written_through_a_link(tmp_path, kind):
    put(kind, tmp_path / "out")
    with pytest.raises(BadInput, match=f"out: is {kind}; expected a folder, or nothing yet"), store.whole(tmp_path / "out"):
        raise AssertionError
    with pytest.raises(BadInput):
        files.inspect(tmp_path)
