"""Plan: what a study is asked for, how its run is named, and where its results lie."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, PositiveInt

from interlope import manifest
from interlope.arguments import MANY, read_choice, read_kind, read_whole
from interlope.days import read_day
from interlope.errors import BadInput, Fault, InterlopeError
from interlope.manifest import stored
from interlope.scenario.inventory import ANALYSTS, CANDIDATES
from interlope.scenario.sections import MOST_COMPARED

if TYPE_CHECKING:
    import pandas as pd

    from interlope.inference.sampling.problem import Effort
    from interlope.results.study import StudyRecord
    from interlope.scenario.case import Case

STAGES = ("compile", "calibrate", "weigh", "separation", "compare", "seek", "write")
DOES = {
    "compile": "compile the model (kept for the next run)",
    "calibrate": "fit every explanation to dossier and official series",
    "weigh": "weigh the explanations against each other",
    "separation": "set what the explanations predict side by side",
    "compare": "run every option on the same draws with common random numbers",
    "seek": "find what evidence would teach most, and whether it would change a choice",
    "write": "write report, tables and manifest",
}
MODES = ("quick", "thorough")
PAIRS = {"quick": 200, "thorough": 800}
BUDGETED = 0.03  # standard error of log evidence that a run with a budget aims at: it spends what it is given

Progress = Callable[[str, int, int], None]
Say = Callable[[str], None]


class Interrupted(InterlopeError):
    """The user stopped a run; `stage` is where, `finished` and `replicates` what a later run will not have to repeat."""

    exit_code = 130

    def __init__(self, stage: str, finished: tuple[str, ...], replicates: int = 0):
        self.stage, self.finished, self.replicates = stage, finished, replicates
        some = f"'{stage}' goes on after {replicates:,} replicates" if replicates else f"'{stage}' begins again"
        done = f"kept: {', '.join(finished)}; {some}" if finished else some if replicates else "nothing was finished yet"
        super().__init__(f"stopped during '{stage}'; {done}; no broken file was left")


@dataclass(frozen=True)
class Plan:
    """What is asked for: everything that may change a result, and nothing else.

    `budget`: of the fit, in replicates ("20000") or in time ("300s", "10m", "1h"); empty for the mode's own limit. `populations`: how many
    populations each explanation gets, to repeat a run whose budget of time decided them.
    """

    seed: int = 7
    mode: str = "quick"
    pairs: int | None = None
    days: int | None = None
    as_of: str = ""
    budget: str = ""
    populations: Mapping[str, int] | None = None

    def __post_init__(self) -> None:
        read_choice("mode", self.mode, MODES)
        object.__setattr__(self, "seed", read_whole("seed", self.seed))
        for name, most in (("pairs", MANY), ("days", MOST_COMPARED)):
            given = getattr(self, name)
            object.__setattr__(self, name, None if given is None else read_whole(name, given, 1, most))
        if not isinstance(self.as_of, str):
            object.__setattr__(self, "as_of", read_day("as_of", self.as_of).isoformat())
        read_budget(read_kind("budget", self.budget, str, "a text such as '20000' or '10m', or '' for the mode's own"))
        if self.populations is not None:
            counts = read_kind("populations", self.populations, Mapping, "populations by explanation, or None")
            object.__setattr__(self, "populations", {str(name): read_whole("populations", n, 1) for name, n in counts.items()})

    @property
    def effort(self) -> Effort:
        """How much a fit simulates: that of the mode, within the budget where there is one."""
        from interlope.inference.fitting import calibrate

        effort = calibrate.effort_of(self.mode)
        if not self.budget:
            return effort
        replicates, seconds = read_budget(self.budget)
        return replace(effort, replicates=replicates, seconds=seconds, error=min(effort.error, BUDGETED))

    @property
    def settings(self) -> dict[str, Any]:
        """The settings that enter the run's name; `populations` is what a budget of time came to, and repeats it."""
        settings = asdict(self)
        del settings["seed"], settings["populations"]
        settings["pairs"] = self.pairs or PAIRS[self.mode]
        return settings


def read_plan(about: manifest.Manifest, path: Path) -> Plan:
    """The plan of the study that a manifest describes, so that it can be run again.

    Raises
    ------
    BadInput
        When the manifest describes no study, or one that nobody could have asked for.
    """
    wanted = stored.parse(StudySettings, manifest.canonical(about.settings).encode(), path)
    try:
        return Plan(about.seed, **dict(wanted))
    except ValueError as error:
        raise BadInput([Fault(str(path), None, str(error), "a study")]) from error


class StudySettings(BaseModel):
    """The settings in the manifest of a study that its plan consists of; the others follow from them."""

    model_config = ConfigDict(strict=True)

    mode: str
    pairs: PositiveInt
    days: PositiveInt | None
    as_of: str
    budget: str = ""
    populations: dict[str, PositiveInt] | None = None


def read_budget(text: str) -> tuple[int | None, float | None]:
    """Replicates or seconds of a budget; neither of an empty text.

    >>> read_budget("20000"), read_budget("10m")
    ((20000, None), (None, 600.0))

    Raises
    ------
    BadInput
        When the text is no budget.
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smh]?)", text)
    if not text:
        return None, None
    if not match or float(match[1]) <= 0.0 or (not match[2] and "." in match[1]):
        raise BadInput(f"--budget {text[:40]}: expected a number of replicates such as 20000, or a time such as 300s, 10m or 1h")
    if len(match[1]) > 9:
        raise BadInput(f"--budget {text[:40]}: expected at most nine digits")
    if match[2]:
        return None, float(match[1]) * {"s": 1.0, "m": 60.0, "h": 3600.0}[match[2]]
    return int(match[1]), None


@dataclass(frozen=True, eq=False)
class PlannedRun:
    """A run that has its name, and the folders that follow from it.

    Attributes
    ----------
    case : Case
        As known on the plan's day.
    plan : Plan
        What is asked for.
    run_id : str
        Eight hex digits: equal inputs, model and settings give the same.
    folder : Path
        Where complete results lie, or will lie.
    """

    case: Case
    plan: Plan
    run_id: str
    folder: Path

    @property
    def partial(self) -> Path:
        """The hidden folder in which a run that was stopped keeps what it has finished."""
        return self.folder.with_name(f".{self.folder.name}.partial")


@dataclass(frozen=True, eq=False)
class Study(PlannedRun):
    """A run with its results.

    Attributes
    ----------
    record : StudyRecord
        The results, complete up to the stage that was asked for.
    stages : mapping of str to float
        Seconds that each stage took, in the order of running.
    reused : bool
        Whether complete results of an earlier run were read instead of computed.
    notes : tuple of str
        Sentences about what an earlier run left damaged and was made again.
    """

    record: StudyRecord
    stages: Mapping[str, float]
    reused: bool = False
    notes: tuple[str, ...] = ()

    def to_dataframe(self, table: str = "") -> pd.DataFrame:
        """A table of the study as a pandas data frame: see `StudyRecord.to_dataframe`."""
        return self.record.to_dataframe(table)

    def __repr__(self) -> str:
        status = self.record.status.replace("_", " ")
        return f"<Study of {self.case.name!r}: {status}; seed {self.plan.seed}, mode {self.plan.mode}, folder {self.folder.as_posix()!r}>"

    def _repr_html_(self) -> str:
        return self.record._repr_html_()


def list_settings(case: Case, plan: Plan) -> dict[str, Any]:
    """Everything beside the case's files, the model and the seed that may change a number: it enters the run's name."""
    from interlope.inference.method import checks

    analysts = {name: digest for name, digest in case.inventory.beside.items() if name.startswith(ANALYSTS)}
    return {**plan.settings, **list_fit_settings(case, plan), "checks": checks(), "candidates": case.inventory.beside.get(CANDIDATES, ""),
            **({"analysts": analysts} if analysts else {})}


def list_fit_settings(case: Case, plan: Plan) -> dict[str, Any]:
    """The part of the settings that a fit depends on: runs that share it, the case's files, model and seed have one fit.

    How many pairs of futures are compared, and over how many days, is no part of it.
    """
    from interlope.inference.method import method

    return {"as_of": case.as_of.isoformat(), "effort": asdict(plan.effort), "method": method()}


def prepare(case: Case, plan: Plan, out: Path | str = "out") -> PlannedRun:
    """Name a run: its id follows from the case's files, the model, the seed and the settings."""
    from interlope.jit.compile import digest
    from interlope.policy.compare import require_pairs

    if plan.as_of:
        case = case.at(plan.as_of)
    if plan.pairs is not None:
        require_pairs(plan.pairs, len(case.hypotheses))
    run_id = manifest.run_id({"case": case.sha256}, digest(), plan.seed, list_settings(case, plan))
    return PlannedRun(case, plan, run_id, Path(out) / f"{case.name}-{run_id}")


def refuse_empty(case: Case) -> None:
    """Refuse a case with nothing to weigh, before the model is compiled for it."""
    from interlope.inference.fitting import calibrate

    calibrate.define(case)


def command(study: PlannedRun) -> str:
    """The command line that makes the same results again."""
    plan = study.plan
    words = ["interlope", "study", study.case.name, "--seed", str(plan.seed), "--as-of", study.case.as_of.isoformat()]
    words += ["--thorough"] if plan.mode == "thorough" else []
    words += ["--budget", plan.budget] if plan.budget else []
    words += ["--pairs", str(plan.pairs)] if plan.pairs else []
    words += ["--days", str(plan.days)] if plan.days else []
    return shlex.join(words)


def announce(study: PlannedRun, seconds: float) -> str:
    """Say before a long run how much it simulates and how long that will take here."""
    effort = study.plan.effort
    if effort.seconds is not None:
        return f"Fits for about {duration(effort.seconds)}, the budget; the first populations of every explanation are run in any case."
    least = effort.total(len(study.case.hypotheses))
    total = max(effort.replicates or 0, least)
    amount = f"About {total:,} replicates, some {duration(seconds)} at the speed of this machine"
    if effort.replicates is None:
        return f"{amount}; more where a check fails. Ctrl-C keeps what is finished."
    return f"{amount}, {'the least that a fit takes' if total == least else 'the budget'}. Ctrl-C keeps what is finished."


def duration(seconds: float) -> str:
    """Write a duration in words.

    >>> duration(40), duration(600)
    ('40 seconds', '10 minutes')
    """
    return f"{seconds / 60.0:.0f} minutes" if seconds >= 100.0 else f"{max(seconds, 1.0):.0f} seconds"
