"""sensitivity: which parameters drive which outcomes."""

from __future__ import annotations

import shlex
from dataclasses import asdict
from typing import Annotated

import typer

from interlope.cli import options as o

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

BASE_POINTS = 128


def sensitivity(
    case: o.CASE,
    screen_only: SCREEN = False,
    outcomes: OUTCOMES = "",
    trajectories: TRAJECTORIES = 24,
    base: BASE = BASE_POINTS,
    replicates: REPLICATES = 3,
    seed: o.SEED = 7,
    folder: o.OUT = o.HERE,
    fresh: o.FRESH = False,
    json: o.JSON = False,
) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_lines

    clock = Clock()
    from interlope.cli.analysis import Analysis, list_files, show
    from interlope.cli.loading import load
    from interlope.errors import BadInput, Fault
    from interlope.policy.sensitivity import run as job
    from interlope.reporting import sensitivity as written
    from interlope.reporting.numerals import plural
    from interlope.results.sensitivity import SensitivityMeasures, SensitivityResult

    if screen_only and base != BASE_POINTS:
        raise BadInput([Fault("command line", None, f"--base {base} with --screen-only, which stops before the shares", "one of them")])
    if base & (base - 1):
        raise BadInput([Fault("command line", None, f"--base {base}", "a power of two, such as 128")])
    loaded = load(case)
    wanted = job.Wanted(tuple(o.read_list("--outcomes", outcomes)), trajectories, base, replicates, seed, screen_only)
    analysis = Analysis[SensitivityMeasures](
        "sensitivity", loaded, job.name_run(loaded, wanted), seed, {**asdict(wanted), "outcomes": list(wanted.outcomes)}, lambda: job.DOES,
        lambda partial, watch: job.run(loaded, wanted, keep=partial, progress=watch.tell, say=watch.say),
        lambda partial: plural(len(list(partial.glob("*.npz"))), "finished block"), written.write, written.load,
    )
    drivers, target, reused = analysis.run(folder, fresh, json, clock)
    if json:
        result = SensitivityResult(**dict(drivers), folder=target.as_posix(), files=list_files(target), reused=reused)
        analysis.print_envelope(result, clock)
        return
    show(written.tabulate_outcomes(drivers), without=("meaning",))
    print_lines(written.tell(drivers), mark="- ")
    print_lines(["", *(["These results were run before; --fresh makes them again."] if reused else []),
                 f"{drivers.replicates:,} replicates. Tables, figures and {written.PAGE}: {shlex.quote(str(target))}"])
