"""backtest: how well the model would have forecast."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interlope.cli import options as o

if TYPE_CHECKING:
    from interlope.cli.console import Clock
    from interlope.pipeline.backtest import Wanted
    from interlope.results.backtest import BacktestMeasures
    from interlope.scenario.case import Case

HELP = """Forecast official figures from earlier days, and score the forecasts against what was published later.

Example: interlope backtest serbia-hungary --ahead 6

From every origin (by default each end of a quarter) the case is fitted to what was published by then, and later figures are forecast up to
six months ahead. Scores stand beside those of four naive forecasts. A fit for each origin: the flagship takes as long as eight studies. A
run that is stopped goes on where it was.
"""
ORIGIN = Annotated[list[str] | None, typer.Option("--origin", help="Day of knowledge, or name of a cut; several may be given.")]
AHEAD = Annotated[int, typer.Option("--ahead", min=1, max=24, help="Most months ahead.")]


def backtest(
    case: o.CASE,
    origin: ORIGIN = None,
    ahead: AHEAD = 6,
    seed: o.SEED = 7,
    budget: o.BUDGET = "",
    folder: o.OUT = o.HERE,
    fresh: o.FRESH = False,
    json: o.JSON = False,
) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json

    clock = Clock()
    from interlope.jit.compile import digest
    from interlope.manifest import files
    from interlope.pipeline import backtest as job
    from interlope.pipeline.plan import read_budget
    from interlope.reporting import backtest as written
    from interlope.results.backtest import BacktestResult
    from interlope.scenario.case import load
    from interlope.scenario.description import describe_case

    read_budget(budget)
    loaded = load(case)
    wanted = job.Wanted(tuple(origin or ()), ahead, seed, budget)
    target = folder / f"{loaded.name}-backtest-{job.name_run(loaded, wanted)}"
    for place in (target, _partial(target)):
        files.refuse_link(place)
        if fresh:
            shutil.rmtree(place, ignore_errors=True)
    reused = files.tell_kind(target / written.FILE) != ""
    result = written.load(target) if reused else _run(loaded, wanted, target, json, clock)
    if json:
        names = sorted(p.name for p in target.iterdir())
        whole = BacktestResult(**dict(result), folder=target.as_posix(), files=names, reused=reused)
        print_json("backtest", whole, clock, case=describe_case(loaded), model_digest=digest(), seed=seed)
    else:
        _print(result, target, reused)


def _partial(target: Path) -> Path:
    """The hidden folder in which a run that was stopped keeps its finished parts."""
    return target.with_name(f".{target.name}.partial")


def _run(case: Case, wanted: Wanted, target: Path, json: bool, clock: Clock) -> BacktestMeasures:
    """Run the backtest and write it into its folder; where it is stopped, say what is finished and end with exit code 130."""
    from interlope import manifest
    from interlope.cli.console import print_json, tell
    from interlope.cli.progress import Watch
    from interlope.jit.compile import digest
    from interlope.pipeline import backtest as job
    from interlope.reporting import backtest as written
    from interlope.reporting.numerals import plural
    from interlope.results.envelope import Reason
    from interlope.scenario.description import describe_case
    from interlope.storage import store

    partial, stages = _partial(target), [job.name_stage(known.as_of) for known in job.place_origins(case, wanted)]
    try:
        with Watch({stage: f"fit and forecast {stage}" for stage in stages}, quiet=json) as watch:
            result = job.run(case, wanted, keep=partial, progress=watch.tell, say=watch.say)
    except KeyboardInterrupt:
        again = "the same command goes on from there"
        finished = f"kept: {plural(len(list(partial.glob(f'*/{job.RECORD}'))), 'finished origin')}"
        if json:
            reason = Reason(code="interrupted", text=f"stopped; {finished}", remedy=again)
            print_json("backtest", None, clock, case=describe_case(case), seed=wanted.seed, status="interrupted", reasons=[reason])
        else:
            tell(f"Stopped; {finished}; {again}.")
        raise typer.Exit(130) from None
    about = written.RunAbout(case.name, digest(), job.name_run(case, wanted))
    with store.whole(target) as fresh_folder:
        written.write(result, about, fresh_folder)
        settings = {"kind": "backtest", "origins": [o.origin for o in result.origins], "ahead": wanted.ahead, "budget": wanted.budget}
        manifest.write(manifest.Manifest(case.name, about.run_id, case.files(), digest(), wanted.seed, settings, manifest.version(),
                                         manifest.environment(), case_sha256=case.sha256), fresh_folder)
    shutil.rmtree(partial, ignore_errors=True)
    return result


def _print(result: BacktestMeasures, target: Path, reused: bool) -> None:
    from interlope.cli.console import print_lines, print_table
    from interlope.reporting import backtest as written

    for table in (written.tabulate_skill(result), written.tabulate_coverage(result)):
        rows = [row for row in table.rows if row]
        numeric = tuple(i for i, c in enumerate(table.columns) if c.numeric)
        print_table(table.caption, [c.head for c in table.columns],
                    [[c.write(v) for c, v in zip(table.columns, row, strict=True)] for row in rows], numeric)
    print_lines(written.tell(result), mark="- ")
    print_lines([
        "",
        *(["These results were run before; --fresh makes them again."] if reused else []),
        f"Tables, figures and {written.PAGE}: {shlex.quote(str(target))}",
    ])
