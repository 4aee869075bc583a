"""Fuzz: mutants of cases, results folders, command lines and texts; each is answered well, or listed with how to make it again.

    python tests/fuzz/fuzz.py --count 100000 --jobs 2 --record docs/results/fuzz.md     # an hour or more
    python tests/fuzz/fuzz.py --target cases --seed 1 --index 4711                       # one mutant again, left where it is printed

Answered well: exit code 0, 1, 2 or 3 as the status says; with --json one envelope; no trace, no fault of the program's own, no control
characters; within five seconds, or 45 where a small study has to be made again. Cases that
pass `check` are also fitted briefly, one in `--study-every`: no crash, every number finite.
"""
from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent))

import targets  # noqa: E402

SHARES = {"cases": 0.759, "results": 0.006, "words": 0.185, "texts": 0.05}  # of all mutants


def try_one(target: Any, seed: int, index: int, room: Path, study_every: int) -> tuple[list[targets.Answer], str, list[str]]:
    """Make one mutant and judge the answers. Returns them, what was changed, and what a brief study of it met."""
    draw = random.Random(f"{seed}/{target.name}/{index}")
    place = room / f"{target.name}-{index}"
    shutil.rmtree(place, ignore_errors=True)
    commands, done = target.make(draw, place)
    answers = [targets.ask(words, place, target.limit) for words in commands]
    study = []
    if target.name == "cases" and all(a.code == 0 for a in answers) and index % study_every == 0:
        study = targets.study_briefly(next(place.iterdir()))
    return answers, done, study


def work(job: tuple[str, int, range, str, int]) -> tuple[tuple[str, int, int, int], float, Counter[str], list[dict[str, Any]]]:
    """Try a range of mutants of one target; a folder is left for those that were not answered well."""
    name, seed, indices, room, study_every = job
    began = time.process_time()
    counts: Counter[str] = Counter()
    bad: list[dict[str, Any]] = []
    os.chdir(room)
    target = targets.TARGETS[name](Path(room))
    for index in indices:
        answers, done, study = try_one(target, seed, index, Path(room), study_every)
        for answer in answers:
            counts[f"{name}: {answer.kind or 'said in words'}, exit code {answer.code}"] += 1
            counts[f"{name}: faults without a line"] += len(answer.unplaced)
        wrong = [w for a in answers for w in a.wrong] + study
        unplaced = [u for a in answers for u in a.unplaced]
        if wrong or unplaced:
            said = "\n".join((a.err or a.out)[-600:] for a in answers)
            bad.append({"target": name, "index": index, "words": [a.words for a in answers], "changed": done, "wrong": wrong,
                        "unplaced": unplaced, "answer": said})
        if not wrong:
            shutil.rmtree(Path(room) / f"{name}-{index}", ignore_errors=True)
    return _key(job), time.process_time() - began, counts, bad


def run(seed: int, counts: dict[str, int], jobs: int, room: Path, study_every: int = 20, first: int = 0,
        loud: bool = False) -> tuple[Counter[str], list[dict[str, Any]]]:
    """Try so many mutants of each target. Returns how they were answered, and those that were not answered well."""
    if "results" in counts:
        targets.Results(room)  # made once, before work is shared out
    chunks = []
    for name, count in counts.items():
        step = max(1, min(100, -(-count // jobs)))
        chunks += [(name, seed, range(first + at, first + min(at + step, count)), str(room), study_every) for at in range(0, count, step)]
    file = room / "parts.jsonl"  # a run that was stopped goes on from here
    parts = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
    ended = {tuple(part["part"]) for part in parts}
    left = [chunk for chunk in chunks if _key(chunk) not in ended]
    began = time.monotonic()
    if jobs == 1:
        done = map(work, left)
    else:
        done = multiprocessing.get_context("spawn").Pool(jobs, maxtasksperchild=20).imap_unordered(work, left)
    for key, seconds, count, found in done:
        parts.append({"part": key, "seconds": seconds, "count": count, "bad": found})
        with file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(parts[-1], default=str) + "\n")
        if loud:
            wrong = sum(bool(b["wrong"]) for part in parts for b in part["bad"])
            said = f"{len(parts)} of {len(chunks)} parts, {wrong} not answered well, {time.monotonic() - began:.0f} s"
            print(said, file=sys.stderr, flush=True)
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part["count"])
    return total, [b for part in parts for b in part["bad"]]


def _key(chunk: tuple[str, int, range, str, int]) -> tuple[str, int, int, int]:
    """Target, seed, first mutant and the one after the last."""
    return chunk[0], chunk[1], chunk[2].start, chunk[2].stop


def page(arguments: argparse.Namespace, total: Counter[str], bad: list[dict[str, Any]], seconds: float) -> str:
    """The page of docs/results: what was tried, how it was answered, what was not answered well."""
    wrong = [b for b in bad if b["wrong"]]
    day, command = time.strftime("%d %B %Y").lstrip("0"), f"python tests/fuzz/fuzz.py --count {arguments.count} --seed {arguments.seed}"
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    lines = ["# Mutants of cases, results folders and command lines", "",
             f"{day}, {machine}, seed {arguments.seed}, {seconds / 60:.0f} minutes since it was started last. `{command}`", "",
             f"{len(wrong)} not answered well, {sum(len(b['unplaced']) for b in bad)} faults without a line in files that have lines.", "",
             "| how they were answered | mutants |", "| --- | ---: |"]
    lines += [*(f"| {kind} | {count:,} |" for kind, count in sorted(total.items()) if count), ""]
    for b in [*wrong, *(b for b in bad if not b["wrong"])][:40]:
        what = "; ".join([*b["wrong"], *b["unplaced"]])[:300]
        lines.append(f"- {b['target']} {b['index']}: {what} ({b['changed'][:120]})".replace("|", "\\|"))
    return "\n".join(lines) + "\n"


def main() -> int:
    """Try mutants as asked; exit code 1 where one was not answered well."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--target", choices=sorted(targets.TARGETS))
    parser.add_argument("--index", type=int)
    parser.add_argument("--first", type=int, default=0, help="index of the first mutant")
    parser.add_argument("--study-every", type=int, default=20)
    parser.add_argument("--room", type=Path, help="folder for mutants; a new one when absent")
    parser.add_argument("--record", type=Path)
    arguments = parser.parse_args()
    room = (arguments.room or Path(tempfile.mkdtemp(prefix="interlope-fuzz-"))).resolve()
    room.mkdir(parents=True, exist_ok=True)
    if arguments.index is not None:
        target = targets.TARGETS[arguments.target or "cases"](room)
        answers, done, study = try_one(target, arguments.seed, arguments.index, room, 1)
        print(done)
        for a in answers:
            print(a.words, f"exit code {a.code}, {a.seconds:.2f} s", a.wrong, a.unplaced, a.out + a.err, sep="\n")
        print(study)
        print(room)
        return int(any(a.wrong for a in answers) or bool(study))
    began = time.monotonic()
    shares = {arguments.target: 1.0} if arguments.target else SHARES
    counts = {name: round(arguments.count * share) for name, share in shares.items()}
    total, bad = run(arguments.seed, counts, arguments.jobs, room, arguments.study_every, arguments.first, loud=True)
    text = page(arguments, total, bad, time.monotonic() - began)
    print(text)
    if arguments.record:
        arguments.record.write_text(text, encoding="utf-8")
    wrong = sum(bool(b["wrong"]) for b in bad)
    print(f"{sum(total.values())} mutants, {wrong} not answered well; see {room}", file=sys.stderr)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
