"""Targets: what is mutated, and which command then has to answer. A target makes mutant number i of a seed, always the same one."""
from __future__ import annotations

import io
import itertools
import json
import random
import shutil
import signal
import sys
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import mutants
import typer.main

from interlope.cli import door
from interlope.cli.app import app

typer.main.get_command = cache(typer.main.get_command)  # the same commands for every mutant
LIMIT = 5.0  # seconds of processor time that an answer may take
MAKING = 45.0  # where the right answer may be to make a small study again
PATIENCE = 600  # seconds on the clock after which a command that waits for something is stopped
NOT_READ = "a file that is not read"  # a fault of a file's name, not of a line
CODES = {"ok": (0,), "not_resolved": (0, 3), "error": (1, 2), "interrupted": (130,)}


class Hang(BaseException):
    """A command that had to be stopped."""


@dataclass
class Answer:
    """What a command said, and what is wrong with how it said it."""

    words: list[str]
    code: int | None
    out: str
    err: str
    seconds: float
    wrong: list[str] = field(default_factory=list)
    kind: str = ""
    unplaced: list[str] = field(default_factory=list)


@contextmanager
def stopped_after(seconds: int) -> Iterator[None]:
    """Raise `Hang` where something takes longer."""

    def stop(*_: Any) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def ask(words: Sequence[str], folder: Path | None = None, limit: float = LIMIT, patience: int = PATIENCE) -> Answer:
    """Run a command in this process and judge its answer: an exit code that is due, one envelope with --json, no fault of ours."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    answer = Answer(list(words), None, "", "", 0.0)
    began = time.process_time()
    try:
        with redirect_stdout(out), redirect_stderr(err), stopped_after(patience), warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)
            answer.code = door.enter(list(words))
    except Hang:
        answer.wrong.append("hang")
    except SystemExit as end:
        answer.code = end.code if isinstance(end.code, int) else 1
    except BaseException as error:  # the door let something out
        answer.wrong.append(f"exception {type(error).__name__}: {str(error)[:200]}")
    answer.seconds = time.process_time() - began
    answer.out, answer.err = (stream.buffer.getvalue().decode("utf-8", "replace") for stream in (out, err))
    _judge(answer, folder, limit)
    return answer


def _judge(answer: Answer, folder: Path | None, limit: float) -> None:
    """Fill in what is wrong with an answer."""
    if answer.seconds > limit:
        answer.wrong.append(f"took {answer.seconds:.1f} s")
    if "Traceback (most recent call last)" in answer.out + answer.err:
        answer.wrong.append("traceback")
    if '"kind": "our_fault"' in answer.out or "interlope-fault-" in answer.out + answer.err:
        answer.wrong.append("our fault")
    if answer.code not in (0, 1, 2, 3, 130) and "hang" not in answer.wrong:
        answer.wrong.append(f"exit code {answer.code}")
    if any(c in answer.out + answer.err for c in "\x1b\u202e\u200b\x07"):
        answer.wrong.append("control characters")
    if not door.wants_json(answer.words) or answer.wrong:
        return
    try:
        envelope = json.loads(answer.out, parse_constant=lambda c: answer.wrong.append(f"{c} in JSON"))
        status, error = envelope["status"], envelope["error"] or {}
    except (ValueError, KeyError, TypeError):
        if "--help" not in answer.words and "-h" not in answer.words and "--version" not in answer.words:
            answer.wrong.append("no envelope")
        return
    answer.kind = error.get("kind", status)
    if answer.code not in CODES[status]:
        answer.wrong.append(f"exit code {answer.code} with status {status}")
    answer.unplaced = [f"{f['file']}: {f['actual']}" for f in error.get("faults", ())
                       if f["line"] is None and f["actual"] != NOT_READ and _has_lines(f["file"], folder)]


def _has_lines(name: str, folder: Path | None) -> bool:
    """Whether a fault's file is a text in which a line could be pointed to."""
    for file in (Path(name), *([folder / name, folder.parent / name] if folder else [])):
        try:
            if file.is_file() and not file.is_symlink():
                return bool(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
    return False


class Cases:
    """Shipped cases, one to three changes each; `check` has to answer."""

    name, limit = "cases", LIMIT

    def __init__(self, room: Path):
        shipped = Path(str(files("interlope"))) / "cases"
        self.sources = [shipped / "toy"] * 3 + [shipped / "serbia-hungary"]

    def make(self, draw: random.Random, place: Path) -> tuple[list[list[str]], str]:
        """Write one mutant; returns the commands to try it with, and what was changed."""
        source = draw.choice(self.sources)
        shutil.copytree(source, place / source.name)
        done = [mutants.mutate_folder(place / source.name, draw) for _ in range(draw.choice((1, 1, 2, 3)))]
        return [["check", str(place / source.name), *(["--json"] if draw.random() < 0.8 else [])]], "; ".join(done)


class Results:
    """Folders of a finished study, of one that was stopped, and of a stored ensemble; whatever reads them has to answer."""

    name, limit = "results", MAKING

    def __init__(self, room: Path):
        self.room = room / "stored"
        if not self.room.exists():
            _store(self.room)
        self.study = next(p for p in (self.room / "study").iterdir() if p.is_dir() and not p.name.startswith("."))
        self.store = self.room / "store"
        self.partial = self.room / "partial"

    def make(self, draw: random.Random, place: Path) -> tuple[list[list[str]], str]:
        """Write one mutant; returns the commands to try it with, and what was changed."""
        json_too = ["--json"] if draw.random() < 0.8 else []
        kind = draw.choice(("study", "study", "study", "store", "store", "partial"))
        shutil.copytree(self.room / kind if kind != "study" else self.study, place, symlinks=True)
        done = f"{kind}: {mutants.mutate_folder(place, draw)}"
        if kind == "study":
            exported = ["export", str(place), "--as", draw.choice(("claimreview", "prov", "stix")), "--to", str(place / "exported")]
            return [["report", str(place), *json_too], [*exported, *json_too]], done
        if kind == "store":
            return [["simulate", "toy", "takeover", *ENSEMBLE, "--out", str(place), "--resume", *json_too]], done
        return [["study", "toy", *STUDY, "--out", str(place), *json_too]], done


ENSEMBLE = ["--draws", "6", "--days", "10", "--shard-size", "2", "--threads", "1"]
STUDY = ["--budget", "400", "--pairs", "8", "--days", "10"]


def _store(room: Path) -> None:
    """Make what is mutated: a finished study, a stopped one and a stored ensemble of the toy."""
    from interlope.policy import compare

    def make(words: list[str], *codes: int) -> None:
        answer = ask(words, limit=900, patience=900)
        assert answer.code in codes, answer

    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    room.mkdir(parents=True)
    make(["study", "toy", *STUDY, "--out", str(room / "study")], 0, 3)
    make(["simulate", "toy", "takeover", *ENSEMBLE, "--out", str(room / "store")], 0)
    run, compare.run = compare.run, stop
    try:
        make(["study", "toy", *STUDY, "--out", str(room / "partial")], 130)
    finally:
        compare.run = run


class Words:
    """Command lines: every verb, with arguments of every kind but those that would run for long or write elsewhere."""

    name, limit = "words", MAKING
    VALUES = ("toy", "serbia-hungary", "nocase", "", " ", ".", "/", "/dev/null", "/dev/zero", "toy/", "./toy", "-1", "0", "1",
              "2", "1.5", "1e9",
              "9" * 30, "nan", "inf", "true", "a=b", "wire=C", "wire=Z", "=",
              "i/N", "1/2", "0/0", "2/1",
              "2030-02-06", "9999-12-31", "early",
              "takeover", "rivalry", "interceptions", "300s", "x" * 3000,
              "\x1b[31m", "\u202e", "é", "\udcff", "--", "-", "[red]", "[/]", "a,b", ",", "sector", "class", "cuda", "icd203")
    QUICK = {"study": ["--budget", "200"], "fit": ["--budget", "200"], "weigh": ["--budget", "200"], "compare": ["--budget", "200"],
             "seek": ["--budget", "200"], "simulate": ["--draws", "2", "--days", "3"], "verify": ["--only", "contest"]}
    NOT_TRIED = {"--thorough", "--refit", "--full", "--install-completion", "--show-completion", "--dask", "--fresh", "--budget", "--all"}

    def __init__(self, room: Path):
        self.verbs: dict[str, Any] = dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]

    def make(self, draw: random.Random, place: Path) -> tuple[list[list[str]], str]:
        """Draw one command line that ends soon or is refused."""
        place.mkdir()
        verb = draw.choice([v for v in self.verbs if v not in ("sensitivity", "recover", "backtest")])
        words = [verb, *(draw.choice(self.VALUES) for _ in range(draw.choice((0, 1, 1, 1, 2, 3))))]
        for parameter in draw.sample(self.verbs[verb].params, min(2, len(self.verbs[verb].params))):
            option = parameter.opts[0]
            if not option.startswith("--") or option in self.NOT_TRIED:
                continue
            words += [option] if getattr(parameter, "is_flag", False) else [option, draw.choice(self.VALUES)]
        words += [*self.QUICK.get(verb, ()), *(["--json"] if draw.random() < 0.7 else [])]
        for option in ("--out", "--to"):
            if any(option in p.opts for p in self.verbs[verb].params):
                words += [option, str(place / "made")]
        return [words], "command line"


class Texts:
    """An invented text, a few changes to it, read into a case; then one of its proposals confirmed from a file that was changed too."""

    name, limit = "texts", LIMIT
    SETTINGS = ("series=stopped", "reduce=mean", "window=[2030-01-11, 2030-02-05]", "low=nan", "window=[1]", "said=true", "kind='x'", "=",
                "cuts=[[1]]", "view={a=1}", "of=T1", "words=[]", "unit=EUR", "place=\x1b", "flags={}", "channels=[1]", "span=[0, 1]", "low",
                "high=1e999", "chain=[1]", "root=[1]", "paraphrase=1", "lineage=[]", "kind=[1]", "said=[1]")

    def __init__(self, room: Path):
        self.case = Path(str(files("interlope"))) / "cases" / "toy"
        self.text = Path(__file__).parents[2] / "docs" / "howto" / "coast-report.txt"

    def make(self, draw: random.Random, place: Path) -> tuple[list[list[str]], str]:
        """Write a case and a text; returns the commands to try them with, and what was changed."""
        shutil.copytree(self.case, place / "toy")
        text = place / f"report{draw.choice(('.txt', '.html', '.pdf', ''))}"
        data = self.text.read_bytes()
        for _ in range(draw.choice((1, 2, 5, 20))):
            data = mutants.mutate_bytes(data, draw)
        text.write_bytes(data)
        if draw.random() < 0.5:  # proposals of the text as it is, changed by hand
            ask(["read", str(self.text), "--into", str(place / "toy"), "--date", "2030-02-08"])
            filed = place / "toy" / "proposed.toml"
            filed.write_bytes(mutants.mutate_bytes(filed.read_bytes(), draw))
        json_too = ["--json"] if draw.random() < 0.7 else []
        settings = [part for setting in draw.sample(self.SETTINGS, draw.choice((0, 1, 3))) for part in ("--set", setting)]
        name = draw.choice((f"coast-report-{draw.randrange(1, 14):03d}", f"report-{draw.randrange(1, 14):03d}"))
        return [["read", str(text), "--into", str(place / "toy"), *json_too],
                ["confirm", str(place / "toy"), *draw.choice(([name], ["--all"], [name, "--reject"])), "--root", "guard-count", *settings,
                 *json_too],
                ["check", str(place / "toy"), "--documents", str(place), *json_too]], f"text {text.suffix}"


TARGETS = {target.name: target for target in (Cases, Results, Words, Texts)}


def study_briefly(folder: Path) -> list[str]:
    """Fit, weigh and compare a mutant that `check` lets pass, as briefly as possible. Returns what is wrong with that."""
    import numpy as np

    import interlope as il
    from interlope.inference.sampling.problem import Effort

    small = Effort(waves=(24, 24), particles=16, populations=1, limit=1, candidates=60, residuals=3)
    wrong = []
    try:
        with stopped_after(4 * PATIENCE), warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)
            case = il.load(str(folder))
            for name in itertools.islice(case.hypotheses, 2):
                data = il.simulate(case, name, 2, seed=1, days=min(40, (case.end - case.start).days + 1), threads=1)
                complete = data.sel(replicate=data["status"] == 0) if "status" in data else data
                wrong += [f"{v} of {name} is not finite" for v in complete.data_vars
                          if not np.isfinite(complete[v].values.astype(float)).all()]
            fits = il.fit(case, seed=1, effort=small, threads=1)
            record = il.weigh(fits).to_record()
            record.model_dump_json()
            wrong += [f"probability of {row.name}" for row in record.explanations
                      if row.probability is not None and not np.isfinite(row.probability)]
    except Hang:
        wrong.append("hang in a brief study")
    except il.InterlopeError:
        return wrong
    except Exception as error:
        wrong.append(f"brief study: {type(error).__name__}: {str(error)[:200]}")
    return wrong


if __name__ == "__main__":
    sys.exit("this is a part of tests/fuzz/fuzz.py")
