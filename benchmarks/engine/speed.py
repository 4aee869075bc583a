"""How fast the kernel is: python benchmarks/engine/speed.py > docs/results/speed.md.

Every figure is the median over runs on one core, with the range; a whole process is timed for what a user waits for. Run it on a
quiet machine. `benchmarks/engine/shares.py` says where the time goes.
"""
from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date

import numpy as np

from interlope.jit.compile import digest
from interlope.model.simulate import advance, begin
from interlope.quantities import INDEX
from interlope.verification.defaults import neutral

SEED, RUNS = 20231025, 7
FRESH = "import time; t = time.perf_counter(); import interlope; print(time.perf_counter() - t)"
FIRST = ("import time; t = time.perf_counter(); import numpy as np; from interlope.model.simulate import advance, begin; "
         "from interlope.verification.defaults import neutral; advance(begin(neutral(365), {}, None, 7, np.arange(1)), 365); "
         "print(time.perf_counter() - t)")


def spread(measure: Callable[[], float], runs: int = RUNS) -> tuple[float, float, float]:
    """Median, least and greatest of several measurements."""
    found = sorted(measure() for _ in range(runs))
    return float(np.median(found)), found[0], found[-1]


def process(program: str, cache: str | None = None) -> float:
    """Seconds that a fresh process reports."""
    env = dict(os.environ) if cache is None else {**os.environ, "INTERLOPE_CACHE": cache}
    return float(subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, env=env).stdout)


def cold() -> float:
    """Seconds of a fresh process that finds nothing compiled."""
    with tempfile.TemporaryDirectory() as folder:
        return process(FIRST, folder)


def seconds(days: int, replicates: int, values: dict[str, float], **frame: int) -> float:
    """Seconds per replicate on one thread."""
    states = begin(neutral(days, **frame), values, None, SEED, np.arange(replicates))
    start = time.perf_counter()
    advance(states, days, threads=1)
    return (time.perf_counter() - start) / replicates


def attempts(days: int, values: dict[str, float], **frame: int) -> tuple[float, float]:
    """Mean attempts a day and mean pairs of group and sector present."""
    _, recorded = advance(begin(neutral(days, **frame), values, None, SEED, np.arange(8)), days)
    return float(recorded.series[:, :, INDEX["attempts"]].mean()), float(recorded.series[:, :, INDEX["alternatives"]].mean())


def main() -> int:
    """Print the table as Markdown."""
    base = dict(sectors=12, group_slots=24, initial_groups=24)
    seconds(40, 1, {})
    rows = []
    month = spread(lambda: seconds(912, 8, {}) / 912 * 30.4 * 1000.0)
    a, alternatives = attempts(912, {})
    rows.append(("a month of the flagship's size (6 sectors, 16 slots, 5 classes)", month, "ms", "0.75, aim 0.35",
                 f"{a:,.0f} attempts a day, {alternatives:.0f} pairs present"))
    names = {"symbols_adopt_rate": 2.0, "choices_symbol_weight": 0.6, "takeover_absorption_rate": 0.006}
    named = spread(lambda: seconds(912, 8, names) / 912 * 30.4 * 1000.0)
    rows.append(("the same with names and a takeover", named, "ms", "", "three kinds"))
    one = spread(lambda: 1.0 / seconds(1000, 4, {}, **base))
    a, alternatives = attempts(1000, {}, **base)
    rows.append(("base configuration (12 sectors, 24 groups, 1,000 days)", one, "replicates/s per core", "40, aim 60 and 100",
                 f"{a:,.0f} attempts a day, {alternatives:.0f} pairs present"))
    crowd = {"demand_level": 38000.0, "growth_members_total": 60000.0, "growth_crowd_rate": 4e-7}
    few = seconds(300, 4, {}, **base)
    dense = spread(lambda: seconds(300, 2, crowd, **base) / few, 3)
    rows.append(("population x 100, time over that of x 1", dense, "times", "at most 8", ""))
    wide = spread(lambda: seconds(1000, 4, {}, sectors=12, group_slots=48, initial_groups=24) * 1000.0, 5)
    note = f"base {1000.0 / one[0]:.1f} ms"
    rows.append(("base with twice the slots, empty ones", wide, "ms", "as base: linear in presence", note))
    rows.append(("import interlope", spread(lambda: process(FRESH)), "s", "0.3", "fresh process, warm files"))
    rows.append(("first result of a warm process (365 days)", spread(lambda: process(FIRST)), "s", "1.0", "imports included"))
    rows.append(("cold compile and first result", spread(cold, 3), "s", "30, aim 15", "3 runs, a new cache folder each"))
    print("# How fast the kernel is\n")
    print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, model {digest()}, "
          f"seed {SEED}. Medians of {RUNS} runs on one thread, least and greatest in brackets. `python benchmarks/engine/speed.py`.\n")
    print("| what | measured | range | unit | asked | |\n| --- | ---: | --- | --- | --- | --- |")
    for what, (middle, low, high), unit, asked, note in rows:
        print(f"| {what} | {middle:.3g} | {low:.3g}-{high:.3g} | {unit} | {asked} | {note} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
