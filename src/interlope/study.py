"""Study: the whole job, from a case folder to a folder of results, in stages that can be stopped and gone on with.

Results appear under their final name only when they are complete. What a stopped run has finished is kept beside it, in
a hidden folder of the same name, and taken up by the next run of the same inputs.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from interlope import manifest
from interlope.dossier.source import LETTERS
from interlope.ensemble import store
from interlope.errors import BadInput, DiagnosticsFailed, Fault, InterlopeError, nearest
from interlope.report import answer, gather, html, material
from interlope.verb import make_verb

if TYPE_CHECKING:
    from interlope.inference.posterior import Fits
    from interlope.inference.weigh import Verdict
    from interlope.report.material import Material
    from interlope.scenario.case import Case

STAGES = ("compile", "calibrate", "weigh", "compare", "write")
DOES = {
    "compile": "compile the model (kept for the next run)",
    "calibrate": "fit every explanation to dossier and official series",
    "weigh": "weigh the explanations against each other",
    "compare": "run every option on the same draws and the same luck",
    "write": "write report, tables and manifest",
}
MODES = ("quick", "thorough")
PAIRS = {"quick": 200, "thorough": 800}

Progress = Callable[[str, int, int], None]


def nothing(stage: str, done: int, total: int) -> None:
    """The progress that is told to nobody."""


class Interrupted(InterlopeError):
    """The user stopped a run; `stage` is where, `kept` what a later run will not have to repeat."""

    exit_code = 130

    def __init__(self, stage: str, kept: tuple[str, ...]):
        self.stage, self.kept = stage, kept
        done = f"kept: {', '.join(kept)}" if kept else "nothing was finished yet"
        super().__init__(f"stopped during '{stage}'; {done}; no broken file was left")


@dataclass(frozen=True)
class Plan:
    """What is asked for: everything that may change a result, and nothing else."""

    seed: int = 7
    mode: str = "quick"
    pairs: int | None = None
    days: int | None = None
    as_of: str = ""

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise ValueError(f"mode '{self.mode}' unknown; expected one of {', '.join(MODES)}")

    @property
    def settings(self) -> dict[str, Any]:
        """The settings that enter the run's name."""
        found = asdict(self)
        del found["seed"]
        found["pairs"] = self.pairs or PAIRS[self.mode]
        return found


@dataclass(frozen=True, eq=False)
class Kept:
    """Posterior draws as they are kept between stages: what a comparison needs to run them again."""

    hypotheses: np.ndarray
    values: dict[str, np.ndarray]
    innovations: np.ndarray
    seed: int
    lanes: np.ndarray
    chance: dict[str, float]
    weak: dict[str, str]


@dataclass
class Study:
    """A study: results so far, where they lie, and how long each stage took."""

    case: Case
    plan: Plan
    run_id: str
    folder: Path
    reused: bool = False
    stages: dict[str, float] = field(default_factory=dict)
    material: Material | None = None

    @property
    def partial(self) -> Path:
        """The hidden folder in which a run that was stopped keeps what it has finished."""
        return self.folder.with_name(f".{self.folder.name}.partial")


def prepare(case: Case, plan: Plan, out: Path | str = "out") -> Study:
    """Name a run: its id follows from the case's files, the model, the seed and the settings."""
    from interlope.compile import digest

    if plan.as_of:
        case = case.at(plan.as_of)
    settings = {**plan.settings, "as_of": case.as_of.isoformat()}
    run_id = manifest.run_id({"case": case.sha256}, digest(), plan.seed, settings)
    return Study(case, plan, run_id, Path(out) / f"{case.name}-{run_id}")


def run(
    case: Case,
    plan: Plan | None = None,
    *,
    out: Path | str = "out",
    until: str = "write",
    progress: Progress = nothing,
    fresh: bool = False,
) -> Study:
    """Run a study, or as much of it as is not yet done.

    Parameters
    ----------
    case : a loaded case. plan : seed, mode and settings; the quick default when None.

    Other arguments
    ---------------
    out : folder in which the results' folder is made. until : last stage to run: weigh, compare or write.
    progress : called with (stage, done, total). fresh : do not use results that are already there.

    Returns
    -------
    Study, with `material` filled; complete results that are already there are read instead of made again.

    Raises
    ------
    Interrupted
        When the user stops the run. RunFailed and BadInput pass through from the stages.
    """
    study = prepare(case, plan or Plan(), out)
    if fresh:
        shutil.rmtree(study.partial, ignore_errors=True)
    elif (study.folder / manifest.FILE).is_file():
        study.material = material.load(study.folder)
        study.stages = manifest.read(study.folder).stages
        study.reused = True
        return study
    runner = _Runner(study, progress)
    try:
        runner.go(until)
    except KeyboardInterrupt:
        raise Interrupted(runner.stage, tuple(study.stages)) from None
    return study


class _Runner:
    """One pass through the stages; finished stages are kept in the study's partial folder."""

    def __init__(self, study: Study, progress: Progress):
        self.study, self.progress, self.stage = study, progress, STAGES[0]

    @contextmanager
    def timed(self, stage: str) -> Iterator[Callable[[int, int], None]]:
        self.stage = stage
        self.progress(stage, 0, 0)
        began = time.perf_counter()
        yield lambda done, total: self.progress(stage, done, total)
        self.study.stages[stage] = round(time.perf_counter() - began, 2)
        self.progress(stage, 1, 1)

    def go(self, until: str) -> None:
        weighed, draws = self.weigh()
        compared = None
        if until != "weigh":
            compared = self.compare(weighed, draws)
        self.study.material = self.gather(weighed, compared)
        if until == "write":
            self.write()

    def weigh(self) -> tuple[dict[str, Any], Kept | None]:
        """Weigh the explanations, or read what an earlier run of the same inputs found."""
        study = self.study
        kept = _read(study.partial / "weigh.json")
        draws = _read_draws(study.partial / "draws.npz")
        if kept and draws is not None:
            study.stages.update(kept["stages"])
            return kept, draws
        from interlope.inference import calibrate, posterior
        from interlope.inference import weigh as weighing

        with self.timed("compile"):
            warm(study.case)
        with self.timed("calibrate") as tell:
            counts = calibrate.QUICK if study.plan.mode == "quick" else calibrate.THOROUGH
            fits = calibrate.fit(study.case, seed=study.plan.seed, counts=counts, progress=tell)
        with self.timed("weigh"):
            verdict = weighing.weigh(fits)
            found = {
                "status": verdict.status,
                "reasons": [asdict(r) for r in verdict.reasons],
                "result": verdict.to_json(),
                "changes": what_if(verdict),
            }
            drawn = posterior.draws(fits, self.pairs, study.plan.seed)
        draws = Kept(
            drawn.hypothesis, drawn.values, drawn.innovations, drawn.seed, drawn.lanes, drawn.chance, drawn.weak
        )
        found["stages"] = dict(study.stages)
        study.partial.mkdir(parents=True, exist_ok=True)
        _write_draws(draws, study.partial / "draws.npz")
        store.write(study.partial / "store.zarr", keep(fits))
        _write(found, study.partial / "weigh.json")
        return found, draws

    @property
    def pairs(self) -> int:
        """Draws for each explanation."""
        return -(-self.study.plan.settings["pairs"] // max(len(self.study.case.hypotheses), 1))

    def compare(self, weighed: dict[str, Any], draws: Kept | None) -> dict[str, Any] | None:
        """Compare the options, or say why that was not possible."""
        study = self.study
        kept = _read(study.partial / "compare.json")
        if kept:
            study.stages.update(kept["stages"])
            return kept
        from interlope.policy import compare, result

        chances = {e["name"]: e["probability"] for e in weighed["result"]["explanations"]}
        reasons: list[dict[str, str]] = []
        found: dict[str, Any] = {"result": None, "reasons": reasons}
        with self.timed("compare") as tell:
            try:
                comparison = compare.run(
                    study.case,
                    draws,
                    None,
                    study.plan.days,
                    study.plan.settings["pairs"],
                    study.plan.seed,
                    tell,
                    probability=chances,
                )
                found["result"] = result.to_json(comparison)
            except DiagnosticsFailed as error:
                reasons.append({"code": "draws", "text": str(error), "remedy": "run with --thorough"})
        for name, why in (draws.weak if draws is not None else {}).items():
            reasons.append({"code": f"draws-{name}", "text": why, "remedy": "run with --thorough"})
        found["stages"] = {"compare": study.stages["compare"]}
        _write(found, study.partial / "compare.json")
        return found

    def gather(self, weighed: dict[str, Any], compared: dict[str, Any] | None) -> Material:
        study = self.study
        from interlope.compile import digest

        missing = [{"code": "not-run", "text": "the comparison was not asked for", "remedy": "run 'interlope compare'"}]
        return gather.gather(
            study.case,
            weighed["result"],
            compared["result"] if compared else None,
            status=weighed["status"],
            reasons=tuple(weighed["reasons"]),
            compare_reasons=tuple(compared["reasons"] if compared else missing),
            changes=tuple(weighed["changes"]),
            mode=study.plan.mode,
            seed=study.plan.seed,
            run_id=study.run_id,
            model_digest=digest(),
            settings={**study.plan.settings, "as_of": study.case.as_of.isoformat()},
            command=command(study),
        )

    def write(self) -> None:
        """Write everything into a new folder and give it its name at the end."""
        study = self.study
        if study.material is None:
            raise ValueError("nothing to write: the study holds no results yet")
        with self.timed("write"), store.whole(study.folder) as folder:
            material.save(study.material, folder)
            html.write(study.material, folder)
            if (study.partial / "store.zarr").is_dir():
                shutil.copytree(study.partial / "store.zarr", folder / "store.zarr")
            manifest.write(
                manifest.Manifest(
                    case=study.case.name,
                    run_id=study.run_id,
                    model_digest=study.material.model_digest,
                    inputs=manifest.digest_folder(study.case.folder, ("*.toml", "*/*.toml", "series/*.csv")),
                    seed=study.plan.seed,
                    settings=study.material.settings,
                    version=manifest.version(),
                    environment=manifest.environment(),
                    stages=dict(study.stages),
                ),
                folder,
            )
        shutil.rmtree(study.partial, ignore_errors=True)


def warm(case: Case) -> None:
    """Compile the model by running one short history; kernels are kept on disk for the next run."""
    from interlope.ensemble import run as ensemble

    ensemble.simulate(case, next(iter(case.hypotheses)), 1, 0, days=2)


def keep(fits: Fits) -> dict[str, Any]:
    """The weighted histories of a fit as datasets, one group for each explanation."""
    import xarray as xr

    groups = {}
    for name, posterior in fits.posteriors.items():
        made = posterior.design
        variables = {n: ("history", np.asarray(v, dtype=np.float64)) for n, v in made.values.items()}
        variables["weight"] = ("history", posterior.weight)
        variables["log_likelihood"] = ("history", np.nan_to_num(posterior.log_likelihood, neginf=-1e300))
        variables["lane"] = ("history", np.asarray(posterior.lanes))
        statistics = (("history", "statistic"), posterior.statistics)
        innovations = (("history", "month"), np.asarray(made.innovations))
        groups[name] = xr.Dataset(
            {**variables, "statistics": statistics, "innovations": innovations},
            attrs={"hypothesis": name, "seed": str(posterior.seed)},
        )
    return groups


def what_if(verdict: Verdict) -> list[dict[str, Any]]:
    """Probabilities under changed evidence: each source with each letter, and without each root and each source.

    Nothing is simulated again: the stored histories get other weights.
    """
    book, plan = verdict.fits.case.book, verdict.fits.plan
    roots = {c.root for c in plan.claims}
    sources = list(dict.fromkeys(book.roots[r].source for r in book.roots if r in roots))
    found = [
        {"change": f"{source}={letter}", "probabilities": verdict.regrade(source, letter).probability}
        for source in sources
        for letter in LETTERS
    ]
    found += [{"change": f"without {r.id}", "probabilities": r.without.probability} for r in verdict.roots]
    known = {r.id for r in verdict.roots}
    found += [
        {"change": f"without {source}", "probabilities": verdict.without(source=source).probability}
        for source in sources
        if source not in known
    ]
    return found


def pick_changes(found: Material, wanted: Sequence[str]) -> list[dict[str, Any]]:
    """Pick changes by name, such as `without service-collection` or `security-service=E`.

    Raises
    ------
    BadInput
        When there is no such change, with the nearest one that there is.
    """
    known = {c["change"]: c for c in found.changes}
    faults = [
        Fault("command line", None, f"'{name}'", "a root or source whose claims are weighed", nearest(name, known))
        for name in wanted
        if name not in known
    ]
    if faults:
        raise BadInput(faults)
    return [known[name] for name in wanted]


def command(study: Study) -> str:
    """The command line that makes the same results again."""
    plan = study.plan
    words = ["interlope study", study.case.name, f"--seed {plan.seed}", f"--as-of {study.case.as_of.isoformat()}"]
    if plan.mode == "thorough":
        words.append("--thorough")
    if plan.pairs:
        words.append(f"--pairs {plan.pairs}")
    if plan.days:
        words.append(f"--days {plan.days}")
    return " ".join(words)


def to_json(study: Study) -> dict[str, Any]:
    """The study as the `result` of the command's JSON."""
    found = study.material
    if found is None:
        raise ValueError("the study holds no results yet")
    return {
        "answer": answer.tell(found),
        "folder": study.folder.as_posix(),
        "reused": study.reused,
        "files": {
            "report": html.FILE,
            "manifest": manifest.FILE,
            "store": "store.zarr",
            "tables": "tables",
            "results": material.FILE,
        },
        "weigh": found.weigh,
        "compare": found.compare,
        "cannot_meet": found.weigh.get("cannot_meet") or [],
        "stages": [{"name": name, "seconds": seconds} for name, seconds in study.stages.items()],
        "next": f"interlope report {study.folder.as_posix()}",
    }


def _write(value: dict[str, Any], path: Path) -> None:
    fresh = path.with_suffix(".tmp")
    fresh.write_text(json.dumps(value, ensure_ascii=False, allow_nan=False), encoding="utf-8")
    os.replace(fresh, path)


def _read(path: Path) -> dict[str, Any] | None:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _write_draws(draws: Kept, path: Path) -> None:
    fresh = path.with_suffix(".tmp.npz")
    np.savez(
        fresh,
        hypotheses=draws.hypotheses,
        innovations=draws.innovations,
        lanes=draws.lanes,
        about=np.array(json.dumps({"seed": draws.seed, "chance": draws.chance, "weak": draws.weak})),
        **{f"value.{name}": v for name, v in draws.values.items()},
    )
    os.replace(fresh, path)


def _read_draws(path: Path) -> Kept | None:
    if not path.is_file():
        return None
    with np.load(path) as found:
        about = json.loads(str(found["about"]))
        values = {name.removeprefix("value."): found[name] for name in found.files if name.startswith("value.")}
        return Kept(
            found["hypotheses"],
            values,
            found["innovations"],
            about["seed"],
            found["lanes"],
            about["chance"],
            about["weak"],
        )


VERB = run
make_verb(__name__)
