"""Ten times the replicates need no more memory: summaries accumulate, stores are written shard by shard."""
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
MEMORY = 2**20 if sys.platform == "darwin" else 2**10  # units of ru_maxrss in a megabyte
DAYS, SERIES = 60, ("attempts", "price_mean", "profit", "members", "detained", "waiting", "groups", "hhi")


def peak(folder: Path, replicates: int, *more: str) -> float:
    """Peak memory in MB of one command."""
    words = [sys.executable, "-m", "interlope", "simulate", "toy", "takeover", "--replicates", str(replicates), "--days", str(DAYS),
             "--out", str(folder / str(replicates)), *more]
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    return used.ru_maxrss / MEMORY


@pytest.mark.parametrize("more", [("--summary",), ("--shard-size", "250", "--series", ",".join(SERIES))], ids=["summary", "store"])
def test_ten_times_the_replicates_need_no_more_memory(tmp_path, more):
    few, many = peak(tmp_path, 300, *more), peak(tmp_path, 3000, *more)
    stored = 2700 * DAYS * 4 * 68 / 2**20  # what the replicates themselves would take
    assert stored > 40
    assert many - few < 20
