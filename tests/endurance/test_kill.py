"""kill -9 at random moments, again and again: the finished folder is the undisturbed one, byte for byte."""
from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
HISTORIES = {"shard": 16, "series": ["attempts", "detained", "price_mean"]}
SUMMARY = {"shard": 20, "series": ["attempts", "price_mean"], "summary": True}


def kill(folder: Path, kills: int, seed: int, options: dict) -> dict:
    words = [sys.executable, str(Path(__file__).with_name("killing.py")), str(folder), str(kills), str(seed), json.dumps(options)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=300)
    return json.loads(done.stdout.splitlines()[-1])


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> Path:
    """Histories that nobody killed."""
    folder = tmp_path_factory.mktemp("undisturbed") / "runs"
    kill(folder, 0, 0, HISTORIES)
    return folder


def test_kills_at_random_moments_change_no_byte(tmp_path, undisturbed):
    told = kill(tmp_path / "killed", 12, 3, HISTORIES)
    assert told["killed"] >= 6 and told["midway"] >= 4
    found, expected = contents(tmp_path / "killed"), contents(undisturbed)
    assert found.keys() == expected.keys()
    assert [name for name in found if found[name] != expected[name]] == []


def test_kills_at_random_moments_change_no_byte_of_a_summary(tmp_path):
    told = kill(tmp_path / "killed", 6, 3, SUMMARY)
    assert told["killed"] >= 3 and told["midway"] >= 3
    kill(tmp_path / "whole", 0, 0, SUMMARY)
    assert contents(tmp_path / "killed") == contents(tmp_path / "whole")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_stopped_command_is_resumed_by_the_command_it_names(tmp_path, undisturbed, how):
    words = [sys.executable, "-m", "interlope", "simulate"]
    begin = [*words, "toy", "takeover", "--replicates", "240", "--shard-size", "16", "--series", "attempts,detained,price_mean",
             "--out", str(tmp_path / "killed")]
    child = subprocess.Popen(begin, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    journal = tmp_path / "killed" / ".unfinished" / "journal-all.jsonl"
    end = time.monotonic() + 120
    while time.monotonic() < end and not (journal.is_file() and journal.read_bytes().count(b"\n") >= 2):
        time.sleep(0.01)
    child.send_signal(how)
    said = " ".join(child.communicate(timeout=60)[1].split())
    if how == signal.SIGINT:
        assert child.returncode == 130
        assert f"Go on with: interlope simulate --resume --out {tmp_path / 'killed'}" in said and "Traceback" not in said
    else:
        assert child.returncode == -how
    subprocess.run([*words, "--resume", "--out", str(tmp_path / "killed")], check=True, capture_output=True)
    assert contents(tmp_path / "killed") == contents(undisturbed)


def test_the_same_command_twice_at_once_makes_one_sound_folder(tmp_path, undisturbed):
    words = [sys.executable, "-m", "interlope", "simulate", "toy", "takeover", "--replicates", "240", "--shard-size", "16", "--series",
             "attempts,detained,price_mean", "--out", str(tmp_path / "runs")]
    children = [subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = [child.communicate(timeout=240)[1] for child in children]
    ends = sorted(child.returncode for child in children)
    assert ends[0] == 0 and set(ends) <= {0, 2}, said
    assert all("another process is making it" in text for child, text in zip(children, said) if child.returncode)
    assert contents(tmp_path / "runs") == contents(undisturbed)
