"""Contest: laws checked, full-length runs timed in turns, one table written."""
from __future__ import annotations

import argparse
import importlib
import os
import platform
import sys
import time
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import ours
import world
from world import SERIES, World

import law

PEERS = ("numpy_day", "mesa_frames_persons", "agentpy_persons", "mesa_persons")
TARGET = Path(__file__).resolve().parents[2] / "docs" / "results" / "peers.md"
LEAST = 1.0  # seconds that a timed turn lasts at least; the time of a replicate is then the turn's mean
PLANTED = 1.05  # factor on the rate of trying in the planted fault


@dataclass
class Peer:
    """One program: its law beside ours, and its times."""

    module: Any
    findings: list[law.Finding] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    runs: list[np.ndarray] = field(default_factory=list)


def main(about: str) -> int:
    """Check laws, time runs, write the table; returns the exit status."""
    parser = argparse.ArgumentParser(description=about.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="100 days and fewer replicates; printed, and written only with --out")
    parser.add_argument("--runs", type=int, default=3, help="timed runs of each")
    parser.add_argument("--seed", type=int, default=20231027, help="seed of all draws")
    parser.add_argument("--out", type=Path, default=None, help="file to write")
    options = parser.parse_args()
    if options.runs < 3:
        parser.error("--runs: expected 3 or more, since medians and ranges are given")
    peers, missing = find()
    base = replace(world.BASE, days=100) if options.quick else world.BASE
    replicates, many = (120, 24) if options.quick else (400, 64)
    began = time.perf_counter()
    ours.run(world.SMALL, options.seed)
    warm = time.perf_counter() - began
    planted = check(peers, replicates, options.seed)
    mine = clock(peers, base, options.runs, options.seed)
    lead = min(200, base.days // 2)
    reference = ours.run_many(base, options.seed + 1, many)
    for peer in peers:
        peer.findings += law.compare_few(reference, np.stack(peer.runs), lead)
    text = write(peers, missing, mine, planted, base, replicates, many, options, warm)
    print(text)
    target = options.out or (None if options.quick else TARGET)
    if target is not None:
        target.write_text(text, encoding="utf-8")
        say(f"written to {target}")
    return int(planted or not all(law.agrees(p.findings, len(peers)) for p in peers))


def find() -> tuple[list[Peer], dict[str, str]]:
    """The peers that can be imported, and why the others cannot."""
    peers, missing = [], {}
    for name in PEERS:
        try:
            peers.append(Peer(importlib.import_module(name)))
        except ImportError as error:
            missing[name] = str(error)
    return peers, missing


def check(peers: list[Peer], replicates: int, seed: int) -> bool:
    """Fill the findings of every peer on the small world; returns whether the planted fault went unnoticed."""
    mine = ours.run_many(world.SMALL, seed, replicates)
    for peer in peers:
        say(f"law: {replicates} replicates in {peer.module.NAME}")
        theirs = np.stack([peer.module.run(world.SMALL, seed + r) for r in range(replicates)])
        peer.findings = law.compare(mine, theirs)
    faulty = replace(world.SMALL, attempt_rate=world.SMALL.attempt_rate * PLANTED)
    return law.agrees(law.compare(mine, ours.run_many(faulty, seed + 1, replicates)), max(len(peers), 1))


def clock(peers: list[Peer], base: World, runs: int, seed: int) -> Peer:
    """Time full-length runs in turns, ours among them; a quick program is run until LEAST has passed. Returns ours."""
    mine = Peer(ours)
    for r in range(runs):
        for peer in (mine, *peers):
            say(f"run {r + 1} of {runs}: {base.days} days in {peer.module.NAME}")
            wall, cpu, done = time.perf_counter(), time.process_time(), 0
            while done == 0 or time.perf_counter() - wall < LEAST:
                series = peer.module.run(base, seed + r + done * runs)
                done += 1
                if done == 1:
                    peer.runs.append(series)
            peer.wall.append((time.perf_counter() - wall) / done)
            peer.cpu.append((time.process_time() - cpu) / done)
    return mine


def write(peers: list[Peer], missing: dict[str, str], mine: Peer, planted: bool, base: World, replicates: int, many: int,
          options: argparse.Namespace, warm: float) -> str:
    """The result as Markdown."""
    attempts = np.mean([run[base.days // 2:, 0].mean() for run in mine.runs])
    versions = ", ".join([f"Python {platform.python_version()}", f"numpy {np.__version__}", mine.module.version(),
                          *(p.module.version() for p in peers if p.module.__name__ != "numpy_day")])
    lines = [
        "# Speed beside its peers", "",
        f"{date.today()}, {platform.system()} on {platform.machine()} with {os.cpu_count()} processors, other work on the machine not "
        f"excluded. {versions}. Seed {options.seed}. Command: `python benchmarks/peers/run.py{' --quick' if options.quick else ''}`.", "",
        f"One replicate is {base.days} days of {base.sectors} sectors, {base.groups} groups ({len(base.cells)} offers) and {base.classes} "
        f"classes, {attempts:,.0f} attempts a day. Compared is a part of the model that every program runs exactly: demand, choice and "
        "crossing, with fixed groups and prices (`benchmarks/peers/world.py` states it). Our kernel still goes through all its "
        f"mechanisms, at rate zero. One thread each; kernel compiled ({warm:.1f} s for the first call). {len(mine.wall)} turns each, "
        f"one after the other; a program that needs less than {LEAST:g} s runs on until then. Seconds are of one replicate.", "",
        "| program | what it is | median, s | range, s | processor time, s | times ours | law |",
        "| --- | --- | ---: | ---: | ---: | ---: | --- |",
        row(mine, mine, ""),
    ]
    for peer in peers:
        same = law.agrees(peer.findings, len(peers))
        lines.append(row(peer, mine, "the same" if same else "DIFFERS: no ratio", same))
    for name, why in missing.items():
        lines.append(f"| {name.replace('_', ' ')} | left out: {why} | | | | | |")
    tests, small = law.PER_PEER * len(peers), world.SMALL
    lines += [
        "", "## Law, checked before any ratio", "",
        f"{replicates} replicates of a small world ({small.days} days, {small.sectors} sectors, {small.groups} groups, {small.classes} "
        f"classes): last day, mean and spread over days of {', '.join(SERIES)}, each compared in mean, variance and distribution "
        f"(Kolmogorov-Smirnov); and means over days of the timed runs with {many} replicates of ours. Chance of a false alarm in all "
        f"{tests} tests together: {law.BUDGET:g}; each test's share is {law.BUDGET / max(tests, 1):.1e}.", "",
        "| program | smallest p | in | ours | theirs | verdict |", "| --- | ---: | --- | ---: | ---: | --- |",
    ]
    for peer in peers:
        f = law.worst(peer.findings)
        same = law.agrees(peer.findings, len(peers))
        lines.append(f"| {peer.module.NAME} | {f.p:.2g} | {f.series}, {f.what}, {f.test} | {f.ours:.4g} | {f.theirs:.4g} | "
                     f"{'the same' if same else 'DIFFERS'} |")
    lines += ["", f"A planted fault (rate of trying raised by {PLANTED - 1:.0%} in our own kernel) was "
              f"{'NOT NOTICED: the check is too weak' if planted else 'refused'}.", ""]
    lines += ["Left out: Epstein's civil violence, the example that Mesa ships. It is persons who look around themselves on a grid; this "
              "kernel has no grid and no persons, and a version bent to its counts would be another model.", ""]
    if options.quick:
        lines += [f"A quick run: {base.days} days and few replicates. For checking the benchmark, not for quoting.", ""]
    return "\n".join(lines)


def row(peer: Peer, mine: Peer, verdict: str, same: bool = True) -> str:
    """One line of the table of times; the ratio is of medians, its range over turns."""
    ratio = ""
    if peer is mine:
        ratio = "1"
    elif same:
        turns = np.array(peer.wall) / np.array(mine.wall)
        ratio = f"{np.median(peer.wall) / np.median(mine.wall):.3g} ({turns.min():.3g} to {turns.max():.3g})"
    return (f"| {peer.module.NAME} | {peer.module.KIND} | {np.median(peer.wall):.3g} | {min(peer.wall):.3g} to {max(peer.wall):.3g} | "
            f"{np.median(peer.cpu):.3g} | {ratio} | {verdict} |")


def say(text: str) -> None:
    """Tell what is being done, beside the result."""
    print(text, file=sys.stderr, flush=True)
