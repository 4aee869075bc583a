"""Analysis: how a verb runs a long computation of its own: its folder is used again, a stopped run goes on, a finished one is whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

import typer

from interlope import manifest
from interlope.cli.console import Clock, print_json, print_table, tell
from interlope.cli.progress import Watch
from interlope.errors import BadInput, Fault
from interlope.inference.method import method
from interlope.jit.compile import digest
from interlope.manifest import files
from interlope.reporting.analysis import FILE
from interlope.reporting.tables import Table
from interlope.results.envelope import Reason
from interlope.results.record import Record
from interlope.results.run import RunAbout
from interlope.scenario.case import Case
from interlope.scenario.description import describe_case
from interlope.storage import disk, store

Measures = TypeVar("Measures", bound=Record)
LOCK = "lock"


@dataclass(frozen=True)
class Analysis(Generic[Measures]):
    """A verb's computation on a case.

    Attributes
    ----------
    verb : str
        Its name.
    case : Case
        The case.
    run_id, seed : str, int
        Name of the run, and its seed.
    settings : mapping
        What goes into the manifest besides.
    stages : mapping of str to str
        What each stage does, in words.
    compute : callable
        Called with (folder for finished parts, watch); gives the results.
    count : callable
        Called with the folder for finished parts; says in words what is finished.
    write, load : callable
        Put results into a folder, and read them from it.
    """

    verb: str
    case: Case
    run_id: str
    seed: int
    settings: Mapping[str, Any]
    stages: Callable[[], Mapping[str, str]]
    compute: Callable[[Path, Watch], Measures]
    count: Callable[[Path], str]
    write: Callable[[Measures, RunAbout, Path], list[str]]
    load: Callable[[Path], Measures]

    def run(self, out: Path, fresh: bool, json: bool, clock: Clock) -> tuple[Measures, Path, bool]:
        """Results, the folder that they lie in, and whether they were there before; stopped as `stoppable` says."""
        target = out / f"{self.case.name}-{self.verb}-{self.run_id}"
        partial = prepare(target, fresh)
        if files.tell_kind(target / FILE):
            return self.load(target), target, True
        stages = self.stages()
        with stoppable(Job(self.verb, self.case, self.seed, json, clock), target, partial, lambda: self.count(partial)):
            with Watch(stages, quiet=json) as watch:
                result = self.compute(partial, watch)
        about = RunAbout(case=self.case.name, model_digest=digest(), run_id=self.run_id, case_sha256=self.case.sha256, method=method(),
                         created=date.today().isoformat())
        recorded = manifest.Manifest(about.case, about.run_id, self.case.files(), about.model_digest, self.seed,
                                     {"kind": self.verb, **self.settings}, manifest.version(), manifest.environment(),
                                     created=about.created, case_sha256=about.case_sha256)
        finish(target, partial, recorded, lambda folder: self.write(result, about, folder))
        return result, target, False

    def print_envelope(self, result: Record, clock: Clock) -> None:
        """Print a result as one JSON envelope."""
        print_json(self.verb, result, clock, case=describe_case(self.case), model_digest=digest(), seed=self.seed)


class Job(NamedTuple):
    """A verb on a case, its seed, and how it prints."""

    verb: str
    case: Case
    seed: int
    json: bool
    clock: Clock

    def tell_stopped(self, finished: str) -> None:
        """Say what a stopped run keeps."""
        again = "the same command goes on from there"
        if self.json:
            reason = Reason(code="interrupted", text=f"stopped; kept: {finished}", remedy=again)
            print_json(self.verb, None, self.clock, case=describe_case(self.case), seed=self.seed, status="interrupted", reasons=[reason])
        else:
            tell(f"Stopped; kept: {finished}; {again}.")


def prepare(target: Path, fresh: bool) -> Path:
    """The hidden folder beside a results' folder for finished parts; links are refused, and both go where all is made again."""
    partial = target.with_name(f".{target.name}.partial")
    for place in (target, partial):
        files.refuse_link(place)
        if fresh:
            shutil.rmtree(place, ignore_errors=True)
    return partial


@contextmanager
def stoppable(job: Job, target: Path, partial: Path, count: Callable[[], str]) -> Iterator[None]:
    """One process makes a results' folder; where the user stops it, what is finished is said, and the verb ends with exit code 130."""
    try:
        with disk.lock(partial / LOCK):
            yield
    except disk.Locked:
        raise BadInput([Fault(str(target), None, "another process is making it", "one process for each run",
                              "wait for that one or stop it")]) from None
    except KeyboardInterrupt:
        job.tell_stopped(count())
        raise typer.Exit(130) from None


def finish(target: Path, partial: Path, about: manifest.Manifest, write: Callable[[Path], object]) -> None:
    """Write a results' folder with its manifest, whole or not at all, and remove its finished parts."""
    with store.whole(target) as folder:
        write(folder)
        manifest.write(about, folder)
    shutil.rmtree(partial, ignore_errors=True)


def show(table: Table, without: tuple[str, ...] = ()) -> None:
    """Print a table, less the columns of some keys."""
    columns = [c for c in table.columns if c.key not in without]
    at = [table.columns.index(c) for c in columns]
    rows = [[c.write(row[i]) for c, i in zip(columns, at, strict=True)] for row in table.rows]
    print_table(table.caption, [c.head for c in columns], rows, tuple(i for i, c in enumerate(columns) if c.numeric))


def list_files(folder: Path) -> list[str]:
    """Names of the files of a results folder."""
    return sorted(p.name for p in folder.iterdir())
