"""search: what `compare --search` does: bundles tried, proposed, and written as options."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interlope.cli.console import Clock
    from interlope.cli.job import Request
    from interlope.inference.fitting.posterior import Draws
    from interlope.pipeline import Study
    from interlope.policy.search.run import Wanted
    from interlope.results.comparison import CompareResult


@dataclass(frozen=True)
class SearchFlags:
    """Most bundles to try, most levers of each, and where to write what is proposed as options (nowhere when None)."""

    bundles: int
    levers: int
    write: Path | None


def search(request: Request, flags: SearchFlags, clock: Clock) -> None:
    """Search bundles on the draws of a fit, print what is proposed, and write the results."""
    from interlope.cli.analysis import prepare
    from interlope.cli.console import print_json
    from interlope.cli.job import draw
    from interlope.manifest import files
    from interlope.policy.search import run as job
    from interlope.reporting import search as written
    from interlope.scenario.description import describe_case

    study, draws = draw(request, clock)
    plan = request.plan
    wanted = job.Wanted(flags.bundles, flags.levers, plan.days, plan.settings["pairs"], plan.seed, study.run_id)
    target = request.folder / f"{study.case.name}-search-{job.name_run(study.case, wanted)}"
    partial = prepare(target, request.fresh)
    if files.tell_kind(target / written.FILE):
        result = written.load(target)
    else:
        result = _run(study, draws, wanted, target, partial, request, clock)
    options = written.write_options(result, flags.write, study.case.folder) if flags.write else []
    if request.json:
        print_json("compare", result, clock, case=describe_case(study.case), model_digest=study.record.model_digest, seed=plan.seed,
                   mode=plan.mode, status=study.record.status, reasons=[*study.record.reasons])
        return
    _print(result, target, options)


def _run(study: Study, draws: Draws, wanted: Wanted, target: Path, partial: Path, request: Request, clock: Clock) -> CompareResult:
    """Search and write the folder of results."""
    from interlope import manifest
    from interlope.cli.analysis import Job, finish, stoppable
    from interlope.cli.progress import Watch
    from interlope.jit.compile import digest
    from interlope.policy.search import run as job
    from interlope.reporting import search as written
    from interlope.reporting.numerals import plural

    asked = Job("compare", study.case, wanted.seed, request.json, clock)
    with stoppable(asked, target, partial, lambda: plural(len(list(partial.glob("*.npz"))), "batch", "batches")):
        with Watch(job.DOES, quiet=request.json) as watch:
            result = job.run(study.case, draws, wanted, keep=partial, progress=watch.tell, say=watch.say)
    settings = {"kind": "search", "fit": study.run_id, "budget": wanted.budget, "most_levers": wanted.most_levers, "days": wanted.days,
                "pairs": wanted.pairs}
    about = manifest.Manifest(study.case.name, job.name_run(study.case, wanted), study.case.files(), digest(), wanted.seed, settings,
                              manifest.version(), manifest.environment(), case_sha256=study.case.sha256)
    finish(target, partial, about, lambda folder: written.write(result, folder))
    return result


def _print(result: CompareResult, target: Path, options: list[Path]) -> None:
    """Print what was tried, the proposals and their harms, compared on random numbers that the search did not see."""
    from interlope.cli.console import print_lines, print_table
    from interlope.cli.tables import show_harm_of
    from interlope.reporting import search as written

    if result.search is None:
        return
    print_lines(written.tell(result), mark="- ")
    proposed = written.tabulate(result)[0]
    if proposed.rows:
        print_table(proposed.caption, [c.head for c in proposed.columns], [[text for _, text, _ in row] for row in proposed.cells()])
        show_harm_of(result)
    print_lines([f"Options written: {', '.join(p.as_posix() for p in options)}"] if options else [])
    print_lines([f"Everything tried, tables and {written.FIGURE}: {shlex.quote(str(target))}"])
