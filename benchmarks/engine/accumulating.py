"""Memory while replicates are accumulated: one process, no folder, replicates by the shard, memory noted on the way.

Usage: python benchmarks/engine/accumulating.py [--replicates 1000000] [--case toy] [--explanation takeover] [--days 60] [--notes 20]
                                                [--page docs/results/accumulating.md]

Prints replicates, time, memory now and its peak at evenly spaced moments and, with --page, writes them as a page. `summary.begin` and
`summary.accumulate_shard` are what `simulate --summary` calls.
"""
from __future__ import annotations

import argparse
import os
import platform
import resource
import sys
import time
from datetime import date
from pathlib import Path

from interlope.jit.compile import digest
from interlope.scenario.case import load
from interlope.storage import summary
from interlope.storage.plan import plan

SEED, SHARD = 7, 250
PEAK_UNIT = 2**20 if sys.platform == "darwin" else 2**10  # of ru_maxrss in a megabyte


def memory_now() -> float:
    """Memory of this process [MB]; its peak where the system does not say what it is now."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return peak()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def peak() -> float:
    """Largest memory of this process so far [MB]."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / PEAK_UNIT


def accumulate(case: str, explanation: str, replicates: int, days: int, notes: int) -> list[tuple[int, float, float, float]]:
    """Accumulate replicates; returns replicates, seconds, memory and peak [MB] at evenly spaced moments."""
    asked = plan(load(case), explanation, replicates, SEED, days=days, shard=SHARD, summary=True)
    whole = summary.begin(asked)
    every, rows, began = max(asked.shards // notes, 1), [], time.perf_counter()
    for index in range(asked.shards):
        summary.accumulate_shard(asked, whole, index, None, lambda part: None)
        if (index + 1) % every == 0 or index + 1 == asked.shards:
            rows.append((asked.rows(index)[1], time.perf_counter() - began, memory_now(), peak()))
            print("{:>12,} {:>9.1f} {:>9.1f} {:>9.1f}".format(*rows[-1]), flush=True)
    mean = float(whole.overall.mean_and_sd()[0][0])
    print(f"{len(whole.covered)} shards, {whole.failed_replicates.total} replicates failed, first series' mean {mean:.6g}")
    return rows


def write(rows: list[tuple[int, float, float, float]], words: str, page: Path) -> None:
    """Write the rows as a page."""
    grown = rows[-1][3] - rows[0][3]
    lines = ["# Memory while replicates are accumulated", "",
             f"{words}; {date.today().isoformat()}, {os.cpu_count()} processors ({platform.machine()}), model {digest()}, seed {SEED}.", "",
             f"From {rows[0][0]:,} to {rows[-1][0]:,} replicates the peak grew by {grown:.1f} MB.", "",
             "| replicates | seconds | memory now, MB | peak, MB |", "| ---: | ---: | ---: | ---: |"]
    lines += ["| {:,} | {:.1f} | {:.1f} | {:.1f} |".format(*row) for row in rows]
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Print the table, and write the page where one is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replicates", type=int, default=1_000_000)
    parser.add_argument("--case", default="toy")
    parser.add_argument("--explanation", default="takeover")
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--notes", type=int, default=20)
    parser.add_argument("--page", type=Path)
    asked = parser.parse_args()
    words = f"{asked.case}, {asked.explanation}, {asked.days} days, {asked.replicates:,} replicates in shards of {SHARD}"
    print(f"{words}, {os.cpu_count()} processors")
    print(f"{'replicates':>12} {'seconds':>9} {'MB now':>9} {'MB peak':>9}")
    rows = accumulate(asked.case, asked.explanation, asked.replicates, asked.days, asked.notes)
    if asked.page:
        write(rows, words, asked.page)


if __name__ == "__main__":
    main()
