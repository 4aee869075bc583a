"""Stages: the parts of a study, each of which can be stopped and taken up again."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from interlope import manifest
from interlope.arguments import read_choice, read_folder, read_kind, read_listener, read_truth
from interlope.errors import DiagnosticsFailed
from interlope.manifest import files
from interlope.pipeline import calibrated, checkpoint, finished, seeking
from interlope.pipeline import plan as plans
from interlope.pipeline.plan import Interrupted, Plan, PlannedRun, Progress, Say, Study, prepare
from interlope.pipeline.whatif import what_if
from interlope.reporting import html
from interlope.reporting import record as records
from interlope.results.envelope import Reason
from interlope.results.seek import SeekResult
from interlope.results.separation import PriorSeparation
from interlope.results.study import StudyRecord
from interlope.scenario.given import CaseLike, read_case
from interlope.storage import refusal, store
from interlope.storage.partial import Partial

if TYPE_CHECKING:
    from interlope.inference.fitting.posterior import Draws, Fits
    from interlope.scenario.case import Case

ENDS = ("weigh", "compare", "write")  # stages that a run may end with


def run(
    case: CaseLike,
    plan: Plan | None = None,
    *,
    out: Path | str = "out",
    until: str = "write",
    progress: Progress | None = None,
    say: Say | None = None,
    fresh: bool = False,
) -> Study:
    """Run a study, or as much of it as is not yet done: fit, weigh, compare, seek, write.

    Parameters
    ----------
    case : Case, str or Path
        The case, or its name or folder; see `interlope.load`.
    plan : Plan, optional
        Seed, mode and settings; the quick default when None.

    Other Parameters
    ----------------
    out : Path or str, default "out"
        Folder in which the results' folder is created.
    until : str, default "write"
        Last stage to run: weigh, compare or write.
    progress : callable, optional
        Called with (stage, done, total).
    say : callable, optional
        Called with lines worth knowing, such as how long a long run will take.
    fresh : bool, default False
        Do not use results that are already there.

    Returns
    -------
    Study
        Complete up to that stage, with its folder; complete results that are already there are read instead of computed again.

    Raises
    ------
    Interrupted
        When the user stops the run.
    BadInput
        When nothing can be weighed, or an argument is of another kind or out of its range.
    RunFailed
        When an explanation's replicates do not complete.

    Examples
    --------
    >>> import tempfile
    >>> import interlope as il
    >>> from interlope.pipeline import Plan
    >>> with tempfile.TemporaryDirectory() as out:
    ...     study = il.study(il.load("toy"), Plan(seed=7, pairs=4), out=out)
    ...     (study.folder / "report.html").is_file()
    True
    """
    read_choice("until", until, ENDS)
    case, out, fresh = read_case(case), read_folder("out", out), read_truth("fresh", fresh)
    plan = Plan() if plan is None else read_kind("plan", plan, Plan, "a Plan of interlope.pipeline, or None")
    tell, listen = read_listener("progress", progress, ("stage", "done", "total")), read_listener("say", say, ("sentence",))
    planned = prepare(case, plan, out)
    notes: list[str] = []

    def note(sentence: str) -> None:
        notes.append(sentence)
        listen(sentence)

    with refusal.telling(planned.folder, "what is finished is kept, and the same command goes on"):
        reused = None if fresh else finished.find(planned, note)
        if reused is not None:
            finished.tidy(planned)
            return reused
        if not fresh and until == "weigh" and (reused := finished.find_weighed(planned)) is not None:
            return reused
        with finished.only_one(planned):
            reused = None if fresh else finished.find(planned, note)
            return replace(reused or _run(planned, until, tell, note, listen, fresh), notes=tuple(notes))


def _run(planned: PlannedRun, until: str, progress: Progress, note: Say, say: Say, fresh: bool) -> Study:
    """Run the stages that are not yet done; `note` is told what is set aside, `say` what else is worth knowing."""
    plans.refuse_empty(planned.case)
    partial = Partial(planned.partial, planned.run_id, note)
    if fresh:
        partial.empty(finished.LOCK)
    runner = _Runner(planned, partial, progress, say)
    try:
        record = runner.go(until)
    except KeyboardInterrupt:
        replicates = checkpoint.Blocks(partial).replicates if runner.stage == "calibrate" else 0
        raise Interrupted(runner.stage, tuple(s for s in runner.stages if s != runner.stage), replicates) from None
    return Study(planned.case, planned.plan, planned.run_id, planned.folder, record, runner.stages)


class _Runner:
    """One pass through the stages; finished stages are kept in the study's partial folder."""

    def __init__(self, study: PlannedRun, partial: Partial, progress: Progress, say: Say):
        self.study, self.partial, self.progress, self.say, self.stage = study, partial, progress, say, plans.STAGES[0]
        self.stages: dict[str, float] = {}

    @contextmanager
    def timed(self, stage: str) -> Iterator[Callable[[int, int], None]]:
        self.stage = stage
        self.progress(stage, 0, 0)
        began = time.perf_counter()
        yield lambda done, total: self.progress(stage, done, total)
        self.stages[stage] = round(time.perf_counter() - began, 2)
        self.progress(stage, 1, 1)

    def go(self, until: str) -> StudyRecord:
        """Run every stage up to `until`."""
        weighed, draws = self.weigh()
        separation = self.separate() if until == "write" else None
        compared = None
        if until != "weigh":
            compared = self.compare(weighed, draws)
        sought = self.seek(weighed, compared) if compared is not None and until == "write" else None
        record = self.gather(weighed, compared, separation, sought)
        if until == "write":
            self.write(record)
        return record

    def weigh(self) -> tuple[checkpoint.Weighing, Draws | None]:
        """Weigh the explanations, or read the weighing of an earlier run of the same inputs."""
        study = self.study
        if (earlier := checkpoint.find_weighing(self.partial)) is not None:
            self.stages.update(earlier[0].stages)
            return earlier
        from interlope.inference.checks import forecast
        from interlope.inference.evidence import packing
        from interlope.inference.evidence import weigh as weighing
        from interlope.inference.fitting import calibrate

        with self.timed("compile"):
            warm(study.case)
        effort, counts, blocks = study.plan.effort, study.plan.populations, checkpoint.Blocks(self.partial)
        if study.plan.mode == "thorough" or study.plan.budget:
            self.say(plans.announce(study, calibrate.forecast_seconds(study.case, effort)))
        with self.timed("calibrate") as tell:
            fits = calibrate.fit(study.case, seed=study.plan.seed, effort=effort, counts=counts, blocks=blocks, progress=tell)
        with self.timed("weigh") as tell:
            verdict = weighing.weigh(fits)
            result, changes = verdict.to_record(forecast.score(fits, progress=tell)), what_if(verdict)
            draws, undrawn = self.draw(fits)
        if draws is not None:
            checkpoint.write_draws(draws, self.partial)
        done = checkpoint.Weighing(
            status=verdict.status, reasons=list(verdict.reasons), result=result, changes=changes, undrawn=undrawn,
            store=store.write(self.partial.path(checkpoint.STORE), checkpoint.to_datasets(fits)), terms=packing.pack(verdict),
            populations={name: len(p.populations) for name, p in fits.posteriors.items()}, stages=dict(self.stages),
        )
        self.partial.write(done, checkpoint.WEIGHING)
        blocks.clear()
        return done, draws

    def draw(self, fits: Fits) -> tuple[Draws | None, str]:
        """Draw replicates to compare options on; where an explanation has none at all, say so instead."""
        from interlope.inference.fitting import posterior

        each = -(-self.study.plan.settings["pairs"] // max(len(self.study.case.hypotheses), 1))
        try:
            return posterior.draws(fits, each, self.study.plan.seed), ""
        except DiagnosticsFailed as error:
            return None, str(error)

    def separate(self) -> PriorSeparation:
        """Set the explanations' predictions side by side, or read those of an earlier run of the same inputs."""
        study = self.study
        done = self.partial.read(checkpoint.Separation, checkpoint.SEPARATION)
        if done:
            self.stages.update(done.stages)
            return done.result
        from interlope.inference.checks import separation

        with self.timed("separation") as tell:
            result = separation.run(study.case, study.plan.seed, progress=tell)
        done = checkpoint.Separation(result=result, stages={"separation": self.stages["separation"]})
        self.partial.write(done, checkpoint.SEPARATION)
        return result

    def compare(self, weighed: checkpoint.Weighing, draws: Draws | None) -> checkpoint.Comparing:
        """Compare the options, or say why that was not possible."""
        study = self.study
        done = self.partial.read(checkpoint.Comparing, checkpoint.COMPARISON)
        if done:
            self.stages.update(done.stages)
            return done
        from interlope.policy import compare, prior_scaling, result, spread

        weak = [weighed.undrawn] if draws is None else list(draws.weak.values())
        remedy = "spend more replicates with --budget"
        compared, stages = None, {}
        reasons = [Reason(code="draws", text=w.partition("; ")[0], remedy=remedy) for w in weak]
        if draws is not None:
            chances = {e.name: 1.0 if e.probability is None else e.probability for e in weighed.result.explanations}
            plan = study.plan
            with self.timed("compare") as tell:
                comparison = compare.run(study.case, draws, None, plan.days, plan.settings["pairs"], plan.seed, tell,
                                         probability=chances)
                values = {n: v[comparison.rows] for n, v in draws.values.items()}
                harms = prior_scaling.scale(study.case, values, comparison, weighed.result.sensitivity)
                parts = spread.split(study.case, values, comparison)
                compared = result.to_record(comparison).model_copy(update={"harm_sensitivity": harms, "harm_spread": parts})
            stages = {"compare": self.stages["compare"]}
        done = checkpoint.Comparing(result=compared, reasons=reasons, stages=stages)
        self.partial.write(done, checkpoint.COMPARISON)
        return done

    def seek(self, weighed: checkpoint.Weighing, compared: checkpoint.Comparing) -> SeekResult | None:
        """Find what further evidence would teach, or read what an earlier run of the same inputs found."""
        if done := self.partial.read(checkpoint.Seeking, checkpoint.SEEKING):
            self.stages.update(done.stages)
            return done.result
        with self.timed("seek") as tell:
            result = seeking.seek(self.study, self.partial, weighed, compared, tell, self.say)
        self.partial.write(checkpoint.Seeking(result=result, stages={"seek": self.stages["seek"]}), checkpoint.SEEKING)
        return result

    def gather(
        self, weighed: checkpoint.Weighing, compared: checkpoint.Comparing | None, separation: PriorSeparation | None,
        sought: SeekResult | None,
    ) -> StudyRecord:
        """Everything of the study in one record."""
        study = self.study
        from interlope.jit.compile import digest

        missing = [Reason(code="not-run", text="the comparison was not asked for", remedy="run 'interlope compare'")]
        return records.build(
            study.case,
            weighed.result,
            compared.result if compared else None,
            status=weighed.status,
            reasons=weighed.reasons,
            compare_reasons=compared.reasons if compared else missing,
            changes=weighed.changes, terms=weighed.terms,
            separation=separation,
            seek=sought,
            mode=study.plan.mode, seed=study.plan.seed,
            run_id=study.run_id,
            model_digest=digest(),
            settings={**plans.list_settings(study.case, study.plan), "populations": weighed.populations},
            command=plans.command(study),
        )

    def write(self, record: StudyRecord) -> None:
        """Write everything into a new folder and give it its name at the end."""
        study = self.study
        with self.timed("write"), store.whole(study.folder) as folder:
            records.save(record, folder)
            html.write(calibrated.attach(record, study.folder.parent), folder)
            shutil.copytree(self.partial.path(checkpoint.STORE), folder / checkpoint.STORE, symlinks=True)
            if files.tell_kind(self.partial.path(checkpoint.DRAWS)):
                shutil.copyfile(self.partial.path(checkpoint.DRAWS), folder / checkpoint.DRAWS)
            manifest.write(finished.describe(study, record, self.stages), folder)
        self.partial.clear()


def warm(case: Case) -> None:
    """Compile the model by running one short replicate; kernels are kept on disk for the next run."""
    from interlope.ensemble import run as ensemble

    ensemble.simulate(case, next(iter(case.hypotheses)), 1, 0, days=2)
