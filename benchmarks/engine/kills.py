"""Kills: studies and ensembles killed by SIGKILL at random moments and gone on with, until each is finished; are the bytes the same?

Usage: python benchmarks/engine/kills.py [--kills 100] [--seed 7] [--only study,replicates,summary] [--page docs/results/kills.md]

Each of three commands is first run undisturbed. Then it is started in a new folder, killed after a random time, started again, and so on;
when it ends by itself, what it wrote is compared with the undisturbed folder and the next folder begins, until there were as many
kills as asked for. Compared are all bytes but times: the seconds of stages, the day of the run, and digests of what holds them.
"""
from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from interlope.jit.compile import digest

COMMANDS = {
    "study": ["study", "toy", "--pairs", "20"],
    "replicates": ["simulate", "toy", "takeover", "--replicates", "2000", "--shard-size", "50", "--series", "attempts,price_mean"],
    "summary": ["simulate", "toy", "takeover", "--replicates", "20000", "--shard-size", "50", "--summary"],
}
TIMES = ("seconds", "stages", "created", "sha256")
HOLD_TIMES = ("results.json", "report.html")  # files of a study whose digest in its manifest depends on times


def start(words: list[str], out: Path) -> subprocess.Popen[bytes]:
    """Start a command that writes into a folder."""
    log = out.with_name(f"{out.name}.log").open("ab")
    return subprocess.Popen([sys.executable, "-m", "interlope", *words, "--out", str(out)], stdout=subprocess.DEVNULL, stderr=log)


def untimed(value: Any) -> Any:
    """A JSON value without times."""
    if isinstance(value, dict):
        return {name: untimed(v) for name, v in value.items() if name not in (*TIMES, *HOLD_TIMES)}
    return [untimed(v) for v in value] if isinstance(value, list) else value


def contents(out: Path) -> dict[str, Any]:
    """Every file below a folder by name, those in JSON without times; a study's page without its seconds."""
    files: dict[str, Any] = {}
    for path in sorted(p for p in out.rglob("*") if not p.is_dir()):
        data = path.read_bytes()
        hidden = any(part.startswith(".") for part in path.relative_to(out).parts)  # left over: its name alone is a difference
        files[path.relative_to(out).as_posix()] = untimed(json.loads(data)) if path.suffix == ".json" and not hidden else data
    return files


def where(out: Path) -> str:
    """What a run had reached when it was killed: the last stage that it told of, or how many shards it had noted."""
    journal = out / ".unfinished" / "journal-all.jsonl"
    if journal.is_file():
        return f"shards {'begun' if not journal.stat().st_size else 'noted'}"
    if any(out.glob(".unfinished/moments-*.npz")):
        return "moments noted"
    log = out.with_name(f"{out.name}.log").read_text(errors="replace").splitlines()
    stages = [line.partition(":")[0] for line in log if line.endswith(" ...") and ":" in line]
    return stages[-1] if stages else "start"


def undisturbed(words: list[str], out: Path) -> tuple[dict[str, Any], float]:
    """Run a command in peace, twice; returns what it wrote and how long the second run took."""
    for folder in (out, out.with_name(f"{out.name}-again")):
        began = time.monotonic()
        if start(words, folder).wait():
            raise SystemExit(f"the undisturbed command failed: interlope {' '.join(words)}")
    if contents(out) != contents(folder):
        raise SystemExit(f"two undisturbed runs differ: interlope {' '.join(words)}")
    return contents(out), time.monotonic() - began


def torture(name: str, room: Path, kills: int, chance: random.Random) -> tuple[int, int, int, Counter[str]]:
    """Kill a command again and again; returns kills, folders finished, folders with the same bytes, and where kills struck."""
    words = COMMANDS[name]
    expected, seconds = undisturbed(words, room / f"{name}-whole")
    killed, finished, same, places = 0, 0, 0, Counter[str]()
    while killed < kills:
        out = room / f"{name}-{finished}"
        while True:
            child = start(words, out)
            if killed < kills:
                try:
                    child.wait(chance.uniform(0.02, 0.9) * seconds)
                except subprocess.TimeoutExpired:
                    os.kill(child.pid, signal.SIGKILL)
            if child.wait() == -signal.SIGKILL:
                killed += 1
                places[where(out)] += 1
                continue
            break
        if child.returncode:
            print(f"{name}: exit code {child.returncode} after {killed} kills, see {out}.log", flush=True)
        finished, same = finished + 1, same + (contents(out) == expected)
        print(f"{name}: {killed} kills, {finished} folders finished, {same} with the same bytes", flush=True)
    return killed, finished, same, places


def main() -> None:
    """Print a table, and write it as a page where one is asked for. Exit code 1 where a byte differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", default=",".join(COMMANDS))
    parser.add_argument("--page", type=Path)
    asked = parser.parse_args()
    names = asked.only.split(",")
    lines = ["| command | kills | where they struck | folders finished | same bytes |", "| --- | ---: | --- | ---: | ---: |"]
    sound = True
    with tempfile.TemporaryDirectory() as room:
        for i, name in enumerate(names):
            share = asked.kills // len(names) + (i < asked.kills % len(names))
            killed, finished, same, places = torture(name, Path(room), share, random.Random(asked.seed + i))
            sound = sound and finished == same
            struck = ", ".join(f"{place} {count}" for place, count in places.most_common())
            lines.append(f"| `interlope {' '.join(COMMANDS[name])}` | {killed} | {struck} | {finished} | {same} |")
    print("\n".join(lines))
    if asked.page:
        words = f"{date.today().isoformat()}, {os.cpu_count()} processors, model {digest()}, seed {asked.seed}."
        asked.page.write_text("\n".join(["# Killed and gone on with", "", words, "", *lines]) + "\n", encoding="utf-8")
    raise SystemExit(0 if sound else 1)


if __name__ == "__main__":
    main()
