"""recover: does the method find truths that it is shown, and are its probabilities right as often as they say?"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interlope.cli import options as o
from interlope.cli.place import check_file

if TYPE_CHECKING:
    from interlope.cli.analysis import Job
    from interlope.recovery.run import Wanted
    from interlope.reporting.recovery import StoredRecovery
    from interlope.scenario.case import Case

HELP = """Try the method on simulated data sets whose truth is known.

Example: interlope recover toy --data-sets 400

Each data set: an explanation drawn by the prior odds, parameters from its priors, one path of the model, claims and figures drawn from the
likelihood; then a fit, as a user would make it unless --budget stops it. Prints what was chosen where each explanation was true, how often
probabilities were right, coverage of intervals and uniformity of ranks. One process for each core; every finished data set is stored at
once, and the same command goes on, also with a larger --data-sets. 'report' and 'weigh' quote the result.
"""
NUMBER = Annotated[int | None, typer.Option("--data-sets", min=1, max=99_999,
                                            help="Data sets; as many as an hour allows, from 80 to 400, when absent.")]
WITHOUT = Annotated[str, typer.Option("--without", help="claims (official series alone) or series (claims alone).")]
JOBS = Annotated[int | None, typer.Option("--jobs", min=1, max=1024, help="Processes; one for each core when absent.")]
PAGE = Annotated[Path | None, typer.Option("--page", callback=check_file, help="Write the page there too, with its figures beside it.")]


def recover(
    case: o.CASE,
    number: NUMBER = None,
    without: WITHOUT = "",
    seed: o.SEED = 7,
    thorough: o.THOROUGH = False,
    budget: o.BUDGET = "",
    as_of: o.AS_OF = "",
    jobs: JOBS = None,
    page: PAGE = None,
    folder: o.OUT = o.HERE,
    fresh: o.FRESH = False,
    json: o.JSON = False,
) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json

    clock = Clock()
    from interlope import pipeline
    from interlope.cli.analysis import Job, prepare
    from interlope.cli.loading import load
    from interlope.jit.compile import digest
    from interlope.manifest import files
    from interlope.recovery.run import Wanted, name_run
    from interlope.reporting import recovery as written
    from interlope.results.recovery import RecoverResult
    from interlope.scenario.description import describe_case
    from interlope.storage import refusal

    plan = pipeline.Plan(seed, "thorough" if thorough else "quick", budget=budget)
    wanted = Wanted(seed, plan.mode, budget, without, plan.effort)
    loaded = load(case)
    loaded = loaded.at(as_of) if as_of else loaded
    target = folder / f"{loaded.name}-recovery-{name_run(loaded, wanted)}"
    with refusal.telling(target, "what is finished is kept, and the same command goes on"):
        asked, partial = Job("recover", loaded, seed, json, clock), prepare(target, fresh)
        earlier = written.load(target) if files.tell_kind(target / written.FILE) else None
        reused = earlier is not None and (number is None or number <= earlier.summary.data_sets)
        results = earlier if earlier and reused else _run(asked, wanted, number, target, partial, earlier, jobs)
        if page is not None:
            written.write_page(results.summary, results.data_sets, page)
    words = written.tell(results.summary)
    if json:
        result = RecoverResult(**dict(results.summary), words=words, folder=target.as_posix(),
                               files=sorted(p.name for p in target.iterdir()), reused=reused)
        print_json("recover", result, clock, case=describe_case(loaded), model_digest=digest(), seed=seed, mode=plan.mode)
    else:
        _print(results, words, target, reused)


def _run(asked: Job, wanted: Wanted, number: int | None, target: Path, partial: Path, earlier: StoredRecovery | None,
         jobs: int | None) -> StoredRecovery:
    """Try what is missing and write all of it into its folder."""
    from interlope.cli.analysis import stoppable
    from interlope.cli.progress import Watch
    from interlope.recovery import run as job
    from interlope.reporting import recovery as written
    from interlope.reporting.numerals import plural

    case, records = asked.case, earlier.data_sets if earlier else []
    job.check(case, wanted)
    there = {d.index for d in records} | {int(p.stem.rpartition("-")[2]) for p in partial.glob("data-set-*.json")}
    number = max(number, 1 + max(there, default=-1)) if number else number  # what is finished is not thrown away

    def count() -> str:
        return plural(len(list(partial.glob("data-set-*"))), "finished data set")

    with stoppable(asked, target, partial, count):
        with Watch(job.DOES, quiet=asked.json) as watch:
            planned = job.plan(case, wanted, number, partial, jobs, watch.say)
            watch.say(planned.announce(len(there)))
            records = job.run(case, wanted, planned.data_sets, store=partial, earlier=records, jobs=jobs, progress=watch.tell,
                              say=watch.say)
    results = written.StoredRecovery(summary=job.summarise(case, wanted, records), data_sets=records)
    _store(case, wanted, results, target, partial)
    return results


def _store(case: Case, wanted: Wanted, results: StoredRecovery, target: Path, partial: Path) -> None:
    """Write a trial's folder, whole or not at all."""
    from interlope import manifest
    from interlope.cli.analysis import finish
    from interlope.reporting import recovery as written

    about = results.summary.about
    settings = {"kind": "recovery", "mode": wanted.mode, "budget": wanted.budget, "without": wanted.without, "as_of": about.as_of,
                "method": about.method, "data_sets": results.summary.data_sets}
    whole = manifest.Manifest(case.name, about.run_id, case.files(), about.model_digest, wanted.seed, settings, about.version,
                              about.machine, created=about.created, case_sha256=case.sha256)
    finish(target, partial, whole, lambda folder: written.write(results.summary, results.data_sets, folder))


def _print(results: StoredRecovery, words: list[str], target: Path, reused: bool) -> None:
    from interlope.cli.console import print_lines, print_table
    from interlope.recovery.scores import LEADING
    from interlope.reporting import recovery as written

    for table in (written.tabulate_matrix(results.summary), written.tabulate_reliability(results.summary, (LEADING,))):
        cells = [[column.write(cell) for column, cell in zip(table.columns, row, strict=True)] for row in table.rows]
        print_table(table.caption, [c.head for c in table.columns], cells, [i for i, c in enumerate(table.columns) if c.numeric])
    print_lines(words, mark="- ")
    print_lines(["", *(["These results were there before; --fresh makes them again."] if reused else []),
                 f"Tables, figures and {written.PAGE}: {shlex.quote(str(target))}"])
