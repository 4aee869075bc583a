"""sensitivity: which parameters drive which outcomes."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interlope.cli import options as o

if TYPE_CHECKING:
    from interlope.cli.console import Clock
    from interlope.policy.sensitivity.run import Wanted
    from interlope.results.sensitivity import SensitivityMeasures
    from interlope.scenario.case import Case

HELP = """Find out which parameters drive which outcomes of a case.

Example: interlope sensitivity toy --trajectories 8 --base 16

Screens every parameter with a prior, the choice of explanation and the random numbers themselves (Morris), then shares the variance between
those that matter (Sobol', with bootstrap intervals). Harm to people comes first. Needs SALib:
python -m pip install '.[sensitivity]'. A run that is stopped goes on where it was.
"""
SCREEN = Annotated[bool, typer.Option("--screen-only", help="Stop after the screening.")]
OUTCOMES = Annotated[str, typer.Option("--outcomes", help="Outcomes or recorded series, separated by commas.")]
TRAJECTORIES = Annotated[int, typer.Option("--trajectories", min=2, help="Trajectories of the screening.")]
BASE = Annotated[int, typer.Option("--base", min=2, help="Base points of the shares, a power of two.")]
REPLICATES = Annotated[int, typer.Option("--replicates", min=1, help="Replicates at every point.")]


def sensitivity(
    case: o.CASE,
    screen_only: SCREEN = False,
    outcomes: OUTCOMES = "",
    trajectories: TRAJECTORIES = 24,
    base: BASE = 128,
    replicates: REPLICATES = 3,
    seed: o.SEED = 7,
    folder: o.OUT = o.HERE,
    fresh: o.FRESH = False,
    json: o.JSON = False,
) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json

    clock = Clock()
    from interlope.errors import BadInput, Fault
    from interlope.jit.compile import digest
    from interlope.manifest import files
    from interlope.policy.sensitivity import run as job
    from interlope.reporting import sensitivity as written
    from interlope.results.sensitivity import SensitivityResult
    from interlope.scenario.case import load
    from interlope.scenario.description import describe_case

    if base & (base - 1):
        raise BadInput([Fault("command line", None, f"--base {base}", "a power of two, such as 128")])
    loaded = load(case)
    names = tuple(o.read_list("--outcomes", outcomes))
    wanted = job.Wanted(names, trajectories, base, replicates, seed, screen_only)
    target = folder / f"{loaded.name}-sensitivity-{job.name_run(loaded, wanted)}"
    for place in (target, _partial(target)):
        files.refuse_link(place)
        if fresh:
            shutil.rmtree(place, ignore_errors=True)
    reused = files.tell_kind(target / written.FILE) != ""
    drivers = written.load(target) if reused else _run(loaded, wanted, target, json, clock)
    if json:
        names = tuple(sorted(p.name for p in target.iterdir()))
        result = SensitivityResult(**dict(drivers), folder=target.as_posix(), files=list(names), reused=reused)
        print_json("sensitivity", result, clock, case=describe_case(loaded), model_digest=digest(), seed=seed)
    else:
        _print(drivers, target, reused)


def _partial(target: Path) -> Path:
    """The hidden folder in which a run that was stopped keeps its finished blocks."""
    return target.with_name(f".{target.name}.partial")


def _run(case: Case, wanted: Wanted, target: Path, json: bool, clock: Clock) -> SensitivityMeasures:
    """Run the analysis and write it into its folder; where it is stopped, say what is finished and end with exit code 130."""
    from interlope import manifest
    from interlope.cli.console import print_json, tell
    from interlope.cli.progress import Watch
    from interlope.jit.compile import digest
    from interlope.policy.sensitivity import run as job
    from interlope.reporting import sensitivity as written
    from interlope.reporting.numerals import plural
    from interlope.results.envelope import Reason
    from interlope.scenario.description import describe_case
    from interlope.storage import store

    partial = _partial(target)
    try:
        with Watch(job.DOES, quiet=json) as watch:
            drivers = job.run(case, wanted, keep=partial, progress=watch.tell, say=watch.say)
    except KeyboardInterrupt:
        again = "the same command goes on from there"
        finished = f"kept: {plural(len(list(partial.glob('*.npz'))), 'finished block')}"
        if json:
            reason = Reason(code="interrupted", text=f"stopped; {finished}", remedy=again)
            print_json("sensitivity", None, clock, case=describe_case(case), seed=wanted.seed, status="interrupted", reasons=[reason])
        else:
            tell(f"Stopped; {finished}; {again}.")
        raise typer.Exit(130) from None
    about = written.RunAbout(case.name, digest(), job.name_run(case, wanted))
    with store.whole(target) as fresh_folder:
        written.write(drivers, about, fresh_folder)
        settings = {"kind": "sensitivity", **drivers.settings.model_dump(mode="json")}
        manifest.write(manifest.Manifest(case.name, about.run_id, case.files(), digest(), wanted.seed, settings, manifest.version(),
                                         manifest.environment(), case_sha256=case.sha256), fresh_folder)
    shutil.rmtree(partial, ignore_errors=True)
    return drivers


def _print(drivers: SensitivityMeasures, target: Path, reused: bool) -> None:
    from interlope.cli.console import print_lines, print_table
    from interlope.reporting import sensitivity as written

    table = written.tabulate_outcomes(drivers)
    columns = [i for i, c in enumerate(table.columns) if c.key != "meaning"]
    print_table(
        table.caption,
        [table.columns[i].head for i in columns],
        [[table.columns[i].write(row[i]) for i in columns] for row in table.rows],
        (2, 3, 4, 5),
    )
    print_lines(written.tell(drivers), mark="- ")
    print_lines(
        [
            "",
            *(["These results were run before; --fresh makes them again."] if reused else []),
            f"{drivers.replicates:,} replicates. Tables, figures and {written.PAGE}: {shlex.quote(str(target))}",
        ]
    )
