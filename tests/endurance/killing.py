"""Runs an ensemble in child processes and kills each at a random moment, until one is left alone and finishes.

Usage: killing.py FOLDER KILLS LEAST MIDWAY SEED PLAN, with the options of the plan as JSON. Prints how many children were killed, and
how many of them after they had noted a shard as finished. Where a child is through before LEAST were killed, MIDWAY of them after a
shard, as on a quick disk or beside other work, the finished folder is moved aside (FOLDER-1, FOLDER-2, ...) and all begins again, up to
ten times. A child that fails ends everything.
"""
from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path

from interlope.ensemble import run
from interlope.scenario.case import load
from interlope.storage import job, summary
from interlope.storage.plan import Plan, plan

TRIES = 10


def noted(folder: Path) -> list[tuple[str, int, int]]:
    """What stands in journals and checkpoints: name, size and time of each."""
    files = [*folder.glob(".unfinished/journal-*"), *folder.glob(".unfinished/moments-*.npz")]
    found = []
    for file in sorted(files):
        with suppress(FileNotFoundError):  # a finished run clears them away
            about = file.stat()
            found.append((file.name, about.st_size, about.st_mtime_ns))
    return found


def main() -> None:
    """Kill and resume."""
    folder, kills, least, halfway, seed = Path(sys.argv[1]), *map(int, sys.argv[2:6])
    asked = plan(load("toy"), "takeover", 240, 7, **json.loads(sys.argv[6]))
    run.simulate(asked.case, "takeover", 1, 0, days=2)
    summary.CHECKPOINT = 0.0
    chance = random.Random(seed)
    for i in range(TRIES):
        killed, midway = kill_and_resume(asked, folder, kills, chance)
        if killed >= least and midway >= halfway:
            break
        folder.rename(folder.with_name(f"{folder.name}-{i + 1}"))
    print(json.dumps({"killed": killed, "midway": midway}))


def kill_and_resume(asked: Plan, folder: Path, kills: int, chance: random.Random) -> tuple[int, int]:
    """Kill up to so many children one after another, then let one finish: how many were killed, and how many midway."""
    killed, midway, longest = 0, 0, 1.5
    while True:
        before = noted(folder)
        child = os.fork()
        if child == 0:
            try:
                job.run(asked, folder, threads=1)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        if killed < kills:
            if chance.random() < 0.7:  # these moments come soon after a shard was noted, the others at any time
                end = time.monotonic() + 20.0
                while noted(folder) == before and time.monotonic() < end:
                    time.sleep(0.005)
                time.sleep(chance.uniform(0.0, 0.15))
            else:
                time.sleep(chance.uniform(0.0, longest))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            if os.WEXITSTATUS(status):
                raise SystemExit("a child failed")
            return killed, midway
        grown = noted(folder) != before
        killed, midway = killed + 1, midway + grown
        longest *= 0.9 if grown else 1.1


if __name__ == "__main__":
    main()
