"""Run: many data sets tried on all cores, each stored as soon as it is finished; what an earlier run has finished is taken up."""
from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from interlope import manifest
from interlope.arguments import nothing
from interlope.errors import BadInput
from interlope.inference.fitting import calibrate
from interlope.inference.method import method
from interlope.inference.sampling.problem import Effort
from interlope.model.simulate import digest
from interlope.recovery import processes, summary, trial, truth
from interlope.results.record import Record
from interlope.results.recovery import RecoveredDataSet, RecoveryAbout, RecoverySummary
from interlope.scenario.case import Case
from interlope.storage.partial import Partial

DOES = {"recover": "draw data sets from priors and likelihood, and fit each"}
HOUR = 3600.0
PLAN = "plan.json"
FEWEST, MOST, ROUND = 80, 400, 20  # data sets by default: as many as an hour allows, within these

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Wanted:
    """What is asked for: all that may change a data set or its fit. `effort` is that of `mode` and `budget`; `without` is a part of
    the evidence, "claims" or "series"."""

    seed: int = 7
    mode: str = "quick"
    budget: str = ""
    without: str = ""
    effort: Effort = field(default_factory=Effort)

    def __post_init__(self) -> None:
        if self.without and self.without not in truth.PARTS:
            raise BadInput(f"--without {self.without[:40]}: expected claims (official series alone) or series (claims alone)")
        if self.effort.seconds is not None:
            raise BadInput(f"--budget {self.budget}: expected replicates such as 8000; what a time buys depends on what else runs")


def name_run(case: Case, wanted: Wanted) -> str:
    """The eight digits that name a run; how many data sets it has does not matter."""
    settings = {"mode": wanted.mode, "budget": wanted.budget, "without": wanted.without, "as_of": case.as_of.isoformat(),
                "method": method()}
    return manifest.run_id({"case": case.sha256}, digest(), wanted.seed, {"recovery": settings})


class Planned(Record):
    """How many data sets a run has, how long one takes on one core [s], and how many processes there are."""

    data_sets: int
    seconds: float
    jobs: int

    def announce(self, finished: int) -> str:
        """Say how long it will take, about.

        >>> Planned(data_sets=400, seconds=9.0, jobs=2).announce(0)
        '400 data sets, about 9 s each on one core: about 30 minutes with 2 processes.'
        """
        minutes = max(self.data_sets - finished, 0) * self.seconds / self.jobs / 60.0
        took = f"{minutes:.0f} minutes" if minutes < 120.0 else f"{minutes / 60.0:.0f} hours"
        return (f"{self.data_sets} data sets, about {self.seconds:.0f} s each on one core: about {took} with {self.jobs} "
                f"process{'' if self.jobs == 1 else 'es'}{f'; {finished} are there already' if finished else ''}.")


def check(case: Case, wanted: Wanted) -> None:
    """Refuse a case with nothing to weigh before anything is drawn.

    Raises
    ------
    BadInput
        When no claim with a likelihood and no fitted series is left.
    """
    calibrate.define(truth.leave_out(case, wanted.without))


def plan(case: Case, wanted: Wanted, number: int | None, store: Path, jobs: int | None, say: Callable[[str], None]) -> Planned:
    """Settle how many data sets a run has, so that it stays so when it is stopped and gone on with; the model is compiled on the way.

    Parameters
    ----------
    case, wanted
        As for `run`.
    number : int or None
        Data sets; when None those of the run that was stopped, or as many as an hour allows.
    store, jobs, say
        As for `run`.

    Returns
    -------
    Planned
    """
    records, processes_used = Partial(store, name_run(case, wanted), say), jobs or os.cpu_count() or 1
    changed = truth.leave_out(case, wanted.without)
    truth.draw(changed, wanted.seed, 0)
    seconds = calibrate.forecast_seconds(changed, wanted.effort, threads=1)
    before = records.read(Planned, PLAN) if number is None else None
    data_sets = number or (before.data_sets if before else choose_number(seconds, processes_used))
    planned = Planned(data_sets=data_sets, seconds=seconds, jobs=processes_used)
    records.write(planned, PLAN)
    return planned


def choose_number(seconds: float, jobs: int) -> int:
    """Data sets that an hour allows where one takes so long on one core, from 80 to 400.

    >>> choose_number(10.0, 2), choose_number(60.0, 2), choose_number(200.0, 2)
    (400, 120, 80)
    """
    return min(max(int(HOUR * jobs / max(seconds, 1e-9)) // ROUND * ROUND, FEWEST), MOST)


def run(case: Case, wanted: Wanted, number: int, *, store: Path, earlier: Sequence[RecoveredDataSet] = (), jobs: int | None = None,
        progress: Progress = nothing, say: Callable[[str], None] = nothing) -> list[RecoveredDataSet]:
    """Try data sets.

    Parameters
    ----------
    case : Case
        The case as known on its `as_of`.
    wanted : Wanted
        Seed, effort, and evidence left out.
    number : int
        Data sets in all.
    store : Path
        Folder in which every finished one is stored at once; a run that was stopped, or killed, goes on from it.
    earlier : sequence of RecoveredDataSet
        Data sets of the same run that are finished already.
    jobs : int, optional
        Processes; one for each core when None.
    progress : callable
        Called with (stage, data sets done, data sets that were missing).
    say : callable
        Called with a sentence about every record that is damaged or of another run, and made again.

    Returns
    -------
    list of RecoveredDataSet
        In the order of their numbers.

    Raises
    ------
    RunFailed
        When replicates of the priors do not complete, or a process dies.
    """
    changed = truth.leave_out(case, wanted.without)
    records, finished = Partial(store, name_run(case, wanted), say), {d.index: d for d in earlier}
    for index in range(number):
        if index not in finished and (done := records.read(RecoveredDataSet, file_name(index))) is not None:
            finished[index] = done
    missing = [index for index in range(number) if index not in finished]
    workers = min(jobs or os.cpu_count() or 1, max(len(missing), 1))
    progress("recover", 0, len(missing))
    for count, done in enumerate(processes.try_all(processes.Task(changed, wanted.seed, wanted.effort), missing, workers), 1):
        records.write(done, file_name(done.index))
        finished[done.index] = done
        progress("recover", count, len(missing))
    return [finished[index] for index in range(number)]


def file_name(index: int) -> str:
    """Where a finished data set is stored."""
    return f"data-set-{index:05d}.json"


def summarise(case: Case, wanted: Wanted, records: Sequence[RecoveredDataSet]) -> RecoverySummary:
    """What data sets show, with all that is needed to make them again; see `summary.summarise`."""
    about = RecoveryAbout(
        case=case.name, case_sha256=case.sha256, as_of=case.as_of.isoformat(), model_digest=digest(), method=method(),
        run_id=name_run(case, wanted), seed=wanted.seed, mode=wanted.mode, budget=wanted.budget, without=wanted.without,
        version=manifest.version(), machine=manifest.environment(), created=date.today().isoformat(),
    )
    return summary.summarise(about, records, trial.prior_of(case))
