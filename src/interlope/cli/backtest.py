"""backtest: how well the model would have forecast."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from interlope.cli import options as o

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
    from interlope.cli.console import Clock, print_lines

    clock = Clock()
    from interlope.cli.analysis import Analysis, list_files, show
    from interlope.cli.loading import load
    from interlope.pipeline import backtest as job
    from interlope.pipeline.plan import read_budget
    from interlope.reporting import backtest as written
    from interlope.reporting.numerals import plural
    from interlope.results.backtest import BacktestMeasures, BacktestResult

    read_budget(budget)
    loaded = load(case)
    wanted = job.Wanted(tuple(origin or ()), ahead, seed, budget)

    def name_stages() -> dict[str, str]:
        names = [job.name_stage(known.as_of) for known in job.place_origins(loaded, wanted)]
        return {name: f"fit and forecast {name}" for name in names}

    analysis = Analysis[BacktestMeasures](
        "backtest", loaded, job.name_run(loaded, wanted), seed, {"origins": list(wanted.origins), "ahead": ahead, "budget": budget},
        name_stages, lambda partial, watch: job.run(loaded, wanted, keep=partial, progress=watch.tell, say=watch.say),
        lambda partial: plural(len(list(partial.glob(f"*/{job.RECORD}"))), "finished origin"), written.write, written.load,
    )
    result, target, reused = analysis.run(folder, fresh, json, clock)
    if json:
        analysis.print_envelope(BacktestResult(**dict(result), folder=target.as_posix(), files=list_files(target), reused=reused), clock)
        return
    show(written.tabulate_skill(result))
    show(written.tabulate_coverage(result))
    print_lines(written.tell(result), mark="- ")
    print_lines(["", *(["These results were run before; --fresh makes them again."] if reused else []),
                 f"Tables, figures and {written.PAGE}: {shlex.quote(str(target))}"])
