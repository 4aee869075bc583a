"""Memory and speed of ensembles by number of replicates: one process for each line, its peak as the system counted it.

Usage: python benchmarks/engine/memory.py [CASE] [EXPLANATION] [--replicates 1000,10000,100000] [--full]

Without --full histories are folded into a summary; with it they are written as a store in a temporary folder.
"""
from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def measure(case: str, explanation: str, replicates: int, full: bool) -> tuple[float, float, float]:
    """Seconds, peak memory in MB and size on disk in MB of one ensemble in a process of its own."""
    with tempfile.TemporaryDirectory() as place:
        words = [sys.executable, "-m", "interlope", "simulate", case, explanation]
        words += ["--replicates", str(replicates), "--out", f"{place}/runs"]
        began = time.perf_counter()
        child = subprocess.Popen(words if full else [*words, "--summary"], stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"the run of {replicates} replicates ended with exit code {child.returncode}")
        size = sum(p.stat().st_size for p in Path(place).rglob("*") if p.is_file())
        unit = 1 if sys.platform == "darwin" else 1024
        return time.perf_counter() - began, used.ru_maxrss * unit / 2**20, size / 2**20


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", nargs="?", default="toy")
    parser.add_argument("explanation", nargs="?", default="takeover")
    parser.add_argument("--replicates", default="1000,10000,100000")
    parser.add_argument("--full", action="store_true")
    asked = parser.parse_args()
    measure(asked.case, asked.explanation, 1, asked.full)
    print(f"{asked.case}, {asked.explanation}, {'full store' if asked.full else 'summary'}, {os.cpu_count()} processors")
    print(f"{'replicates':>12} {'seconds':>9} {'a second':>9} {'peak MB':>9} {'disk MB':>9}")
    for replicates in map(int, asked.replicates.split(",")):
        seconds, peak, size = measure(asked.case, asked.explanation, replicates, asked.full)
        print(f"{replicates:>12,} {seconds:>9.1f} {replicates / seconds:>9.0f} {peak:>9.0f} {size:>9.1f}", flush=True)


if __name__ == "__main__":
    main()
