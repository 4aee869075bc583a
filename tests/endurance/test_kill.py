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


def kill(folder: Path, kills: int = 0, least: int = 0, midway: int = 0, *, options: dict) -> dict:
    numbers = map(str, (kills, least, midway, 3))
    words = [sys.executable, str(Path(__file__).with_name("killing.py")), str(folder), *numbers, json.dumps(options)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=1200)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> Path:
    """Replicates that nobody killed."""
    folder = tmp_path_factory.mktemp("undisturbed") / "runs"
    kill(folder, options=REPLICATES)
    return folder


def test_kills_at_random_moments_change_no_byte(tmp_path, undisturbed):
    told = kill(tmp_path / "killed", 12, 6, 4, options=REPLICATES)
    assert told["killed"] >= 6 and told["midway"] >= 4
    expected = contents(undisturbed)
    for folder in tmp_path.glob("killed*"):
        found = contents(folder)
        assert found.keys() == expected.keys()
        assert [name for name in found if found[name] != expected[name]] == []


def test_kills_at_random_moments_change_no_byte_of_a_summary(tmp_path):
    told = kill(tmp_path / "killed", 6, 3, 3, options=SUMMARY)
    assert told["killed"] >= 3 and told["midway"] >= 3
    kill(tmp_path / "whole", options=SUMMARY)
    assert all(contents(folder) == contents(tmp_path / "whole") for folder in tmp_path.glob("killed*"))


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


def signal_midway(folder: Path, how: signal.Signals, on_interrupt=signal.default_int_handler) -> subprocess.Popen:
    """Start a command and send it a signal midway; again from the start where it was through before."""
    for _ in range(10):
        child = start([*BEGIN, "--out", str(folder)], on_interrupt)
        wait_for_two_shards(folder, child)
        child.send_signal(how)
        if child.poll() is None or child.returncode:
            return child
        shutil.rmtree(folder)
    raise AssertionError("every command was through before a signal could be sent")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_stopped_command_is_resumed_by_the_command_it_names(tmp_path, undisturbed, inherited, how):
    child = signal_midway(tmp_path / "killed", how)
    said = " ".join(child.communicate(timeout=240)[1].split())
    if how == signal.SIGINT:
        assert child.returncode == 130
        assert f"Go on with: interlope simulate --resume --out {tmp_path / 'killed'}" in said and "Traceback" not in said
    else:
        assert child.returncode == -how
    subprocess.run([*SIMULATE, "--resume", "--out", str(tmp_path / "killed")], check=True, capture_output=True)
    assert contents(tmp_path / "killed") == contents(undisturbed)


def test_a_command_that_was_started_with_the_interrupt_ignored_goes_on(tmp_path, undisturbed):
    child = signal_midway(tmp_path / "runs", signal.SIGINT, on_interrupt=signal.SIG_IGN)
    assert child.communicate(timeout=240) and child.returncode == 0
    assert contents(tmp_path / "runs") == contents(undisturbed)


def test_the_same_command_twice_at_once_makes_one_sound_folder(tmp_path, undisturbed):
    children = [start([*BEGIN, "--out", str(tmp_path / "runs")]) for _ in range(3)]
    said = [child.communicate(timeout=240)[1] for child in children]
    ends = sorted(child.returncode for child in children)
    assert ends[0] == 0 and set(ends) <= {0, 2}, said
    assert all("another process is making it" in text for child, text in zip(children, said) if child.returncode)
    assert contents(tmp_path / "runs") == contents(undisturbed)
