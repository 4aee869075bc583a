"""simulate: replicates (simulated paths) of the market under one explanation, from its priors."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from interlope.arguments import LARGEST
from interlope.cli import options as o
from interlope.cli.place import check_folder

if TYPE_CHECKING:
    import numpy as np

    from interlope.cli.console import Clock
    from interlope.results.ensembles import SimulateResult
    from interlope.storage.failed import FailedReplicates
    from interlope.storage.job import Done, Stopped
    from interlope.storage.overview import Row
    from interlope.storage.plan import Plan

HELP = """Simulate the market under one explanation, with parameters drawn from its priors.

Example: interlope simulate toy takeover --draws 1000 --days 60 --seed 7 --out runs

Draws the main series over days (median, 50 and 90 % of the first replicates; --chart names others), and prints the mean of each recorded
series over days with its spread over replicates (simulated paths). With --out a folder gets the
daily series of every replicate (replicates.zarr; --by sector or --by class adds that detail, --series keeps only some), or with --summary
their mean, spread and quantiles by day (summary.zarr), in memory that does not grow with the number of replicates; and
overview.csv and manifest.json. A run that was stopped, even by kill -9, goes on with: interlope simulate --resume --out runs
"""
CASE = Annotated[str, typer.Argument(help="A shipped case by name, or a folder; not needed with --resume.", show_default=False)]
EXPLANATION = Annotated[str, typer.Argument(help="Name of an explanation of the case.", show_default=False)]
DRAWS = Annotated[int | None, typer.Option("--draws", "--replicates", min=1, help="Number of replicates; 100 when absent.")]
BY = Annotated[str, typer.Option("--by", help="'sector' or 'class' for that detail in the store.")]
SERIES = Annotated[str, typer.Option("--series", help="Recorded series to keep, with commas between them; all when absent.")]
STORE = Annotated[Path | None, typer.Option("--out", callback=check_folder, help="Folder for the store, the overview and the manifest.")]
SUMMARY = Annotated[bool, typer.Option("--summary", help="Keep statistics by day instead of every replicate.")]
RESUME = Annotated[bool, typer.Option("--resume", help="Check what the folder of --out holds and run the rest.")]
SHARD = Annotated[str, typer.Option("--shard", help="i/N: make every Nth shard from the i-th on, and do not join.")]
SIZE = Annotated[int | None, typer.Option("--shard-size", min=1, help="Replicates in a shard; 250 when absent.")]
THREADS = Annotated[int | None, typer.Option("--threads", min=1, help="Threads; all processors when absent.")]
DASK = Annotated[str, typer.Option("--dask", help="Address of a Dask scheduler, or 'local', to make the shards there.")]
DEVICE = Annotated[str, typer.Option("--device", help="'cpu', or 'cuda' for a graphics card (extra 'cuda'); cpu when absent.")]
DAYS = Annotated[int | None, typer.Option("--days", min=1, help="Days from the case's start; all when absent.")]
SEED = Annotated[int | None, typer.Option("--seed", min=0, max=LARGEST, help="Seed; the same seed gives the same numbers; 7 when absent.")]
CHART = Annotated[str, typer.Option("--chart", help="Recorded series to draw, with commas, the first as a fan; 'none' for none.")]
STAGE = {"simulate": "run replicates"}


def simulate(
    case: CASE = "",
    explanation: EXPLANATION = "",
    draws: DRAWS = None,
    days: DAYS = None,
    by: BY = "",
    series: SERIES = "",
    seed: SEED = None,
    store: STORE = None,
    summary: SUMMARY = False,
    resume: RESUME = False,
    shard: SHARD = "",
    shard_size: SIZE = None,
    threads: THREADS = None,
    dask: DASK = "",
    device: DEVICE = "",
    chart: CHART = "",
    json: o.JSON = False,
) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock

    clock = Clock()
    from interlope.errors import BadInput
    from interlope.storage.folder import planned

    part = read_part(shard)
    if store is None and (resume or summary or shard or dask):
        raise BadInput("--resume, --summary, --shard and --dask need --out; expected a folder")
    if dask and (summary or shard):
        raise BadInput("--dask with --summary or --shard: expected one of them; a summary on many machines is made in parts by --shard")
    options = {"--draws": draws, "--days": days, "--by": by, "--series": series, "--seed": seed, "--summary": summary or None,
               "--shard-size": shard_size, "--device": device}
    if resume and store is not None and not case:
        _refuse_beside_resume(options)
        plan = planned(store)
    else:
        plan = _plan(case, explanation, draws, days, by, series, seed, summary, shard_size, device)
    if idle := [name for name in ("--by", "--series", "--shard-size") if store is None and options[name]]:
        raise BadInput(f"{', '.join(idle)} without --out: nothing is kept, and the overview is of every series; expected --out FOLDER")
    from interlope.cli import paths

    say, drawn = Say(quiet=json), () if json else paths.choose(o.read_list("--chart", chart))
    if series and plan.totals:
        say(f"Not recorded by {plan.by}, and stored as {'totals' if len(plan.totals) > 1 else 'a total'}: {', '.join(plan.totals)}.")
    outcome = _simulate(plan, store, part, threads, dask, say, clock, drawn)
    for sentence in outcome.failed_replicates.sentences():
        say(sentence)
    if outcome.paths:
        paths.print_paths(outcome.paths, plan.case.start)
    _print(_summarise(plan, store, outcome, say.sentences), plan, outcome.done, json, clock)


class Say:
    """Prints sentences worth knowing as they come, unless quiet, and keeps them for the result."""

    def __init__(self, quiet: bool):
        self.quiet = quiet
        self.sentences: list[str] = []

    def __call__(self, sentence: str) -> None:
        """Print and keep one sentence."""
        from interlope.cli.console import tell

        self.sentences.append(sentence)
        if not self.quiet:
            tell(sentence)


class Outcome(NamedTuple):
    """The overview of an ensemble, its failed replicates, what was done in a folder, if there is one, and series to draw."""

    table: Sequence[Row]
    failed_replicates: FailedReplicates
    done: Done | None
    paths: Mapping[str, np.ndarray] = {}


def _refuse_beside_resume(options: Mapping[str, object]) -> None:
    """Refuse options that would say again, or otherwise, what a folder to be resumed says."""
    from interlope.errors import BadInput

    given = [name for name, value in options.items() if value not in (None, "")]
    if given:
        raise BadInput(f"{given[0]} with --resume: what to run stands in the folder; expected --out alone, or CASE and "
                       "EXPLANATION with the options that began the run")


def _plan(case: str, explanation: str, draws: int | None, days: int | None, by: str, series: str, seed: int | None, summary: bool,
          shard_size: int | None, device: str) -> Plan:
    """Plan an ensemble from the command line, with the defaults of what is absent there."""
    from interlope.cli.loading import load
    from interlope.errors import BadInput
    from interlope.storage.plan import SHARD, plan

    if not case or not explanation:
        raise BadInput("CASE or EXPLANATION missing; expected both, as in: interlope simulate toy takeover")
    names = o.read_list("--series", series)
    return plan(load(case), explanation, draws or 100, 7 if seed is None else seed, days=days, by=by, series=names,
                shard=shard_size or SHARD, summary=summary, device=device or "cpu")


def _simulate(plan: Plan, store: Path | None, part: tuple[int, int] | None, threads: int | None, dask: str, say: Say,
              clock: Clock, drawn: tuple[str, ...] = ()) -> Outcome:
    """Run an ensemble with its progress shown; when the user stops it, say how to go on and end with exit code 130."""
    from interlope.cli.paths import read_store
    from interlope.cli.progress import Watch
    from interlope.storage import job

    try:
        with Watch(STAGE, quiet=say.quiet) as watch:

            def tell(finished: int, total: int) -> None:
                watch.tell("simulate", finished, total)

            tell(0, 0)
            if store is None:
                received: dict[str, np.ndarray] = {}
                outcome = Outcome(*job.look(plan, threads=threads, progress=tell, record=drawn, receive=received.update), None, received)
            else:
                done = run(plan, store, part, threads, dask, tell, say)
                stored = read_store(done.store, drawn, plan.shard) if drawn and done.finished and not plan.summary else {}
                outcome = Outcome(done.table, done.failed_replicates, done, stored)
            tell(1, 1)
    except job.Stopped as stopped:
        _tell_stopped(stopped, plan, say.quiet, clock)
        raise typer.Exit(stopped.exit_code) from None
    return outcome


def run(plan: Plan, out: Path, part: tuple[int, int] | None, threads: int | None, dask: str, tell: Any, say: Any) -> Done:
    """Run an ensemble into a folder, here or on a Dask cluster."""
    from interlope.storage import job

    if not dask:
        return job.run(plan, out, part=part, threads=threads, progress=tell, say=say)
    from interlope.storage.workers import connect, make_on

    with connect(dask) as client:
        return job.run(plan, out, part=part, make=make_on(client), progress=tell, say=say)


def read_part(text: str) -> tuple[int, int] | None:
    """Read 'i/N'; nothing is None.

    >>> read_part("2/8")
    (2, 8)
    """
    from interlope.errors import BadInput

    if not text:
        return None
    i, _, n = text.partition("/")
    if not (i.isdecimal() and n.isdecimal() and 1 <= int(i) <= int(n)):
        raise BadInput(f"--shard {text}: expected i/N with i from 1 to N, as in 1/8")
    return int(i), int(n)


def _summarise(plan: Plan, store: Path | None, outcome: Outcome, notes: Sequence[str]) -> SimulateResult:
    """What was simulated, as the `result` of the verb's JSON."""
    from interlope.results.ensembles import FailedReplicatesAbout, SeriesSummary, ShardsAbout, SimulateResult

    done = outcome.done
    return SimulateResult(
        explanation=plan.hypothesis,
        draws=plan.draws,
        days=plan.days,
        failed=outcome.failed_replicates.total,
        series=[SeriesSummary.model_validate(row) for row in outcome.table],
        failed_replicates=FailedReplicatesAbout.model_validate(outcome.failed_replicates.to_json()),
        folder=store.as_posix() if store else None,
        store=done.store.as_posix() if done and done.finished else None,
        finished=done is None or done.finished,
        shards=ShardsAbout(total=plan.shards, simulated=done.simulated, reused=done.reused, repeated=list(done.repeated)) if done else None,
        notes=list(notes),
    )


def _tell_stopped(stopped: Stopped, plan: Plan, json: bool, clock: Clock) -> None:
    from interlope.cli.console import print_json, tell
    from interlope.results.envelope import Reason
    from interlope.scenario.description import describe_case

    again = shlex.join(["interlope", "simulate", "--resume", "--out", str(stopped.folder)])
    if json:
        reason = Reason(code="interrupted", text=str(stopped), remedy=f"go on with: {again}")
        print_json("simulate", None, clock, case=describe_case(plan.case), seed=plan.seed, status="interrupted", reasons=[reason])
        return
    tell(f"{str(stopped)[0].upper()}{str(stopped)[1:]}.")
    tell(f"Go on with: {again}")


def _print(result: SimulateResult, plan: Plan, done: Done | None, json: bool, clock: Clock) -> None:
    from interlope.cli.console import print_json, print_lines, print_table
    from interlope.jit.compile import digest
    from interlope.reporting.numerals import number
    from interlope.reporting.words import series_name
    from interlope.scenario.description import describe_case

    if json:
        print_json("simulate", result, clock, case=describe_case(plan.case), model_digest=digest(), seed=plan.seed)
        return
    if result.series:
        print_table(
            f"{plan.draws} replicates of '{plan.hypothesis}' over {plan.days} days: means over days",
            ("series", "mean", "5%", "50%", "95%", "unit", "definition"),
            [
                (series_name(r.series), *map(number, (r.mean, r.q05, r.q50, r.q95)), r.unit, r.definition)
                for r in result.series
            ],
            (1, 2, 3, 4),
        )
    lines = [f"Priors only: no evidence is used here. Seed {plan.seed}."]
    if done:
        lines += [f"{done.reused} of {plan.shards} shards were there already."] if done.reused else []
        lines += [f"Written to {done.folder}." if done.finished else f"Shards made: {done.simulated}. When all parts are made, join them "
                  f"with: {shlex.join(['interlope', 'simulate', '--resume', '--out', str(done.folder)])}"]
    print_lines(lines)
