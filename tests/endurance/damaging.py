"""Damages stored files, one after the other, and runs the commands that read them: no trace, no hang, nothing damaged taken as it is.

Usage: python tests/endurance/damaging.py [--rounds 200] [--seed 7] [--only finished,partial,replicates,...]

Each round copies a small set of results, damages one file (cut, emptied, a byte flipped, a value of another type, an entry gone, the same
file of another run, two files exchanged, deleted, a folder, a pipe or a link in its place, nonsense) and runs one command. It must end
with exit code 0 and the undamaged bytes, or with another exit code and words. Prints a table and whatever was not so; exit code 1 then.
"""
from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))

from targets import Hang, stopped_after  # noqa: E402

from interlope.cli.app import app  # noqa: E402
from interlope.inference.fitting import calibrate  # noqa: E402
from interlope.inference.sampling.problem import Effort  # noqa: E402

SMALL = Effort(waves=(80, 80), particles=50, populations=1, limit=1, candidates=300)
PATIENCE = 300  # seconds for one command
STUDY = ["study", "toy", "--pairs", "4", "--out", "out"]
ENSEMBLE = ["simulate", "toy", "takeover", "--draws", "12", "--days", "8", "--shard-size", "3", "--series", "attempts,detained"]
LENGTH_OF_A_FIT = re.compile(r", [^,]* for the whole fit at this rate")  # a time within a remedy's words
TIMES = ("seconds", "wall_seconds", "stages", "created", "sha256", "results.json", "report.html")


class Store(NamedTuple):
    """Results of one kind: how they are made, with a seed, and the commands that read them."""

    make: tuple[tuple[str, ...], ...]
    readers: tuple[tuple[str, ...], ...]


STORES = {
    "finished": Store((tuple(STUDY),), (("report", "RESULTS"), ("report", "RESULTS", "--to", "to"), tuple(STUDY), ("cite", "RESULTS"),
                                        ("replay", "RESULTS"))),
    "partial": Store((("weigh", "toy", "--out", "out"), ("compare", "toy", "--pairs", "4", "--out", "out")),
                     (("weigh", "toy", "--out", "out", "--json"), ("compare", "toy", "--pairs", "4", "--out", "out", "--json"))),
    "replicates": Store(((*ENSEMBLE, "--out", "out"),), (("simulate", "--resume", "--out", "out"), (*ENSEMBLE, "--out", "out"),
                                                         ("replay", "out"))),
    "replicates-part": Store(((*ENSEMBLE, "--out", "out", "--shard", "1/2"),),
                             (("simulate", "--resume", "--out", "out"), (*ENSEMBLE, "--out", "out"))),
    "summary": Store(((*ENSEMBLE, "--summary", "--out", "out"),), (("simulate", "--resume", "--out", "out"), ("replay", "out"))),
    "summary-part": Store(((*ENSEMBLE, "--summary", "--out", "out", "--shard", "1/2"),),
                          (("simulate", "--resume", "--out", "out"), (*ENSEMBLE, "--summary", "--out", "out"))),
}


class End(NamedTuple):
    """How a command ended: exit code, all that it printed, the result it printed, and the exception where one came out."""

    code: int
    said: str
    result: Any
    fault: BaseException | None


def call(words: tuple[str, ...] | list[str], room: Path) -> End:
    """Run a command in a folder."""
    results = [str(p.relative_to(room)) for p in (room / "out").glob("toy-*")]
    words = [results[0] if w == "RESULTS" and results else w for w in words]
    before = Path.cwd()
    os.chdir(room)
    try:
        with stopped_after(PATIENCE):
            done = CliRunner().invoke(app, words)
    except Hang as hang:
        return End(-1, "", None, hang)
    finally:
        os.chdir(before)
    fault = None if isinstance(done.exception, SystemExit) else done.exception
    return End(done.exit_code, done.output, without_times(done.stdout.encode()) if "--json" in words else None, fault)


def untimed(value: Any) -> Any:
    """A JSON value without times."""
    if isinstance(value, dict):
        return {name: untimed(v) for name, v in value.items() if name not in TIMES}
    if isinstance(value, str):
        return LENGTH_OF_A_FIT.sub("", value)
    return [untimed(v) for v in value] if isinstance(value, list) else value


def without_times(data: bytes) -> Any:
    """The value of a JSON text without times; the text itself where it is none."""
    try:
        return untimed(json.loads(data))
    except (ValueError, RecursionError):
        return data


def contents(room: Path) -> dict[str, Any]:
    """Every file below `out` that is not hidden, by name; those in JSON without times."""
    files: dict[str, Any] = {}
    for path in sorted((room / "out").rglob("*")):
        name = path.relative_to(room / "out").as_posix()
        if not any(part.startswith(".") for part in Path(name).parts) and path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            files[name] = without_times(data) if path.suffix == ".json" and ".zarr" not in name else data
    return files


def list_files(room: Path) -> list[Path]:
    """Stored files; of the many of a store only some."""
    paths = [p for p in sorted((room / "out").rglob("*")) if p.is_file() and p.name != "lock" and not p.name.startswith("lock-")]
    return [p for p in paths if ".zarr" not in p.as_posix()] + [p for p in paths if ".zarr" in p.as_posix()][::17]


def list_values(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where the values of a JSON value are."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*path, key)
            yield from list_values(inner, (*path, key))


def change_json(data: bytes, chance: random.Random, remove: bool) -> bytes:
    """Give one value another type, or take it away; what is no JSON stays."""
    head, mark, text = data.rpartition(b"\n") if data.startswith(b'{"record"') else (b"", b"", data)
    try:
        value = json.loads(text)
        places = list(list_values(value))
        place = chance.choice(places)
    except (ValueError, IndexError):
        return data[::-1]
    at = value
    for key in place[:-1]:
        at = at[key]
    if remove:
        del at[place[-1]]
    else:
        at[place[-1]] = chance.choice([None, True, -1, 10**400, 1e308, "x", [], {}, [[]], "\x1b[2J", 0.5])
    return head + mark + json.dumps(value).encode()


def damage(path: Path, room: Path, other: Path, kind: str, chance: random.Random) -> None:
    """Damage one file."""
    data = path.read_bytes()
    at = chance.randrange(len(data)) if data else 0
    flipped = data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1:] if data else b"?"
    new = {"cut": data[:at], "empty": b"", "flip": flipped, "nonsense": chance.randbytes(200), "deep": b"[" * 200_000}
    if kind in ("type", "gone"):
        path.write_bytes(change_json(data, chance, kind == "gone"))
    elif kind in new:
        path.write_bytes(new[kind])
    elif kind == "other run":
        twins = [p for p in sorted(other.rglob("*")) if p.is_file() and p.name == path.name and p.parent.name == path.parent.name]
        path.write_bytes(twins[0].read_bytes() if twins else b"")
    elif kind == "exchange":
        twin = chance.choice(list_files(room))
        twin_data = twin.read_bytes()
        twin.write_bytes(data)
        path.write_bytes(twin_data)
    else:
        path.unlink()
        if kind == "folder":
            path.mkdir()
        elif kind == "pipe":
            os.mkfifo(path)
        elif kind == "link":
            (room / "elsewhere").write_bytes(data)
            path.symlink_to(room / "elsewhere")
        elif kind == "dangling link":
            path.symlink_to(room / "nowhere")
        elif kind == "link to itself":
            path.symlink_to(path)


KINDS = ("cut", "empty", "flip", "nonsense", "deep", "type", "type", "gone", "other run", "exchange", "delete", "folder", "pipe", "link",
         "dangling link", "link to itself")


class Set(NamedTuple):
    """A set of results: as it is damaged, of another seed, and as it is after a reader that met no damage."""

    room: Path
    other: Path
    after: dict[tuple[str, ...], tuple[dict[str, Any], Any]]


def prepare(name: str, base: Path) -> Set:
    """Make a set of results and one of another seed, and run every reader on undamaged results."""
    store = STORES[name]
    for room, seed in (("room", "7"), ("other", "8")):
        (base / room).mkdir(parents=True)
        for words in store.make:
            if (end := call([*words, "--seed", seed], base / room)).code:
                raise SystemExit(f"{name}: {words}: {end}")
    after = {}
    for words in store.readers:
        shutil.copytree(base / "room", base / "copy")
        if (end := call(words, base / "copy")).code:
            raise SystemExit(f"{name}: {words} on sound results: {end}")
        after[words] = contents(base / "copy"), end.result
        shutil.rmtree(base / "copy")
    return Set(base / "room", base / "other", after)


def judge(end: End, now: dict[str, Any], expected: dict[str, Any], result: Any) -> str:
    """Say what is wrong with an end; nothing where it is as it should be."""
    if end.fault is not None:
        return f"{type(end.fault).__name__}: {end.fault}\n{''.join(traceback.format_exception(end.fault)[-4:])}"
    if end.code not in (0, 1, 2, 3):
        return f"exit code {end.code}"
    if end.code:
        return "our fault" if "our fault" in end.said.lower() else "" if end.said.strip() else "no word"
    if differ := [n for n in expected.keys() | now.keys() if expected.get(n) != now.get(n)]:
        return f"exit code 0, and not as it was: {sorted(differ)[:3]}"
    return "" if end.result == result else "exit code 0, and another result"


def run(names: list[str], rounds: int, seed: int, tell: Callable[[str], None] = print) -> int:
    """Damage and read; returns how often something was not as it should be."""
    calibrate.QUICK = SMALL
    chance, ends, wrong = random.Random(seed), Counter[tuple[str, int]](), 0
    with tempfile.TemporaryDirectory() as base:
        sets = {name: prepare(name, Path(base) / name) for name in names}
        for number in range(rounds):
            name = names[number % len(names)]
            store, room = sets[name], Path(base) / "now"
            shutil.copytree(store.room, room, symlinks=True)
            path, kind = chance.choice(list_files(room)), chance.choice(KINDS)
            damage(path, room, store.other, kind, chance)
            words = chance.choice(list(store.after))
            end = call(words, room)
            problem = judge(end, contents(room), *store.after[words])
            ends[name, end.code] += 1
            if problem:
                wrong += 1
                tell(f"{number}: {name}, {path.relative_to(room)}: {kind}; {' '.join(words)}\n  {problem}\n  {end.said[-300:]}")
            shutil.rmtree(room)
    for (name, code), count in sorted(ends.items()):
        tell(f"{name:<16} exit code {code}: {count}")
    tell(f"{rounds} rounds, {wrong} not as they should be")
    return wrong


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", default=",".join(STORES))
    asked = parser.parse_args()
    sys.exit(1 if run(asked.only.split(","), asked.rounds, asked.seed) else 0)


if __name__ == "__main__":
    main()
