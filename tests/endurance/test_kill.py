"""kill -9 at random moments, again and again: the finished folder is the undisturbed one, byte for byte."""
from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
REPLICATES = {"shard": 16, "series": ["attempts", "detained", "price_mean"]}
SUMMARY = {"shard": 20, "series": ["attempts", "price_mean"], "summary": True}


def kill(folder: Path, kills: int, least: int, seed: int, options: dict) -> dict:
    words = [sys.executable, str(Path(__file__).with_name("killing.py")), str(folder), *map(str, (kills, least, seed)), json.dumps(options)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=1200)
    return json.loads(done.stdout.splitlines()[-1])


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> Path:
    """Replicates that nobody killed."""
    folder = tmp_path_factory.mktemp("undisturbed") / "runs"
    kill(folder, 0, 0, 0, REPLICATES)
    return folder


def test_kills_at_random_moments_change_no_byte(tmp_path, undisturbed):
    told = kill(tmp_path / "killed", 12, 6, 3, REPLICATES)
    assert told["killed"] >= 6 and told["midway"] >= 4
    found, expected = contents(tmp_path / "killed"), contents(undisturbed)
    assert found.keys() == expected.keys()
    assert [name for name in found if found[name] != expected[name]] == []


def test_kills_at_random_moments_change_no_byte_of_a_summary(tmp_path):
    told = kill(tmp_path / "killed", 6, 3, 3, SUMMARY)
    assert told["killed"] >= 3 and told["midway"] >= 3
    kill(tmp_path / "whole", 0, 0, 0, SUMMARY)
    assert contents(tmp_path / "killed") == contents(tmp_path / "whole")


SIMULATE = [sys.executable, "-m", "interlope", "simulate"]
BEGIN = [*SIMULATE, "toy", "takeover", "--replicates", "240", "--shard-size", "16", "--series", "attempts,detained,price_mean"]


@pytest.fixture(params=[signal.default_int_handler, signal.SIG_IGN], ids=["by hand", "in the background"])
def inherited(request):
    """SIGINT as the tests' own process has it: a shell that is no terminal starts what runs in its background with it ignored."""
    before = signal.signal(signal.SIGINT, request.param)
    yield
    signal.signal(signal.SIGINT, before)


def start(words: list[str], on_interrupt=signal.default_int_handler) -> subprocess.Popen:
    """Start a command that SIGINT stops as at a terminal, or ignores, however this process was started: a child inherits that."""
    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, before)


def count_noted(folder: Path) -> int:
    """Shards that the journal of an unfinished run notes; none where it is not there yet, or no more."""
    try:
        return (folder / ".unfinished" / "journal-all.jsonl").read_bytes().count(b"\n")
    except FileNotFoundError:
        return 0


def wait_for_two_shards(folder: Path, child: subprocess.Popen) -> None:
    end = time.monotonic() + 120
    while count_noted(folder) < 2 and child.poll() is None:
        assert time.monotonic() < end, "no two shards"
        time.sleep(0.01)


def stop_midway(folder: Path, how: signal.Signals) -> tuple[subprocess.Popen, str]:
    """Start a command and stop it midway; again from the start where it was through before the signal came."""
    for _ in range(10):
        child = start([*BEGIN, "--out", str(folder)])
        wait_for_two_shards(folder, child)
        child.send_signal(how)
        said = " ".join(child.communicate(timeout=240)[1].split())
        if child.returncode:
            return child, said
        shutil.rmtree(folder)
    raise AssertionError("every command was through before it could be stopped")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_stopped_command_is_resumed_by_the_command_it_names(tmp_path, undisturbed, inherited, how):
    child, said = stop_midway(tmp_path / "killed", how)
    if how == signal.SIGINT:
        assert child.returncode == 130
        assert f"Go on with: interlope simulate --resume --out {tmp_path / 'killed'}" in said and "Traceback" not in said
    else:
        assert child.returncode == -how
    subprocess.run([*SIMULATE, "--resume", "--out", str(tmp_path / "killed")], check=True, capture_output=True)
    assert contents(tmp_path / "killed") == contents(undisturbed)


def test_a_command_that_was_started_with_the_interrupt_ignored_goes_on(tmp_path, undisturbed):
    child = start([*BEGIN, "--out", str(tmp_path / "runs")], on_interrupt=signal.SIG_IGN)
    wait_for_two_shards(tmp_path / "runs", child)
    child.send_signal(signal.SIGINT)
    assert child.communicate(timeout=240) and child.returncode == 0
    assert contents(tmp_path / "runs") == contents(undisturbed)


def test_the_same_command_twice_at_once_makes_one_sound_folder(tmp_path, undisturbed):
    children = [start([*BEGIN, "--out", str(tmp_path / "runs")]) for _ in range(3)]
    said = [child.communicate(timeout=240)[1] for child in children]
    ends = sorted(child.returncode for child in children)
    assert ends[0] == 0 and set(ends) <= {0, 2}, said
    assert all("another process is making it" in text for child, text in zip(children, said) if child.returncode)
    assert contents(tmp_path / "runs") == contents(undisturbed)
