"""sensitivity: which parameters drive which outcomes."""

from __future__ import annotations

from typing import Annotated

import typer

from interlope.cli import options as o

HELP = """Find out which parameters drive which outcomes of a case.

Example: interlope sensitivity toy --trajectories 8 --base 16

Screens every parameter with a prior, the choice of explanation and luck itself (Morris), then shares the variance between
those that matter (Sobol', with bootstrap intervals). Harm to people comes first. Needs SALib:
python -m pip install '.[sensitivity]'. A run that is stopped goes on where it was.
"""
SCREEN = Annotated[bool, typer.Option("--screen-only", help="Stop after the screening.")]
OUTCOMES = Annotated[str, typer.Option("--outcomes", help="Outcomes or recorded series, separated by commas.")]
TRAJECTORIES = Annotated[int, typer.Option("--trajectories", min=2, help="Trajectories of the screening.")]
BASE = Annotated[int, typer.Option("--base", min=2, help="Base points of the shares, a power of two.")]
REPLICATES = Annotated[int, typer.Option("--replicates", min=1, help="Histories at every point.")]


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
    import shlex
    import shutil

    from interlope.cli.console import Clock, err, print_json, print_lines, print_table, speak

    clock = Clock()
    with speak():
        from interlope.cli.progress import Watch
        from interlope.errors import BadInput, Fault
        from interlope.jit.compile import digest
        from interlope.policy.sensitivity import run as job
        from interlope.reporting import sensitivity as written
        from interlope.reporting.gather import describe_case
        from interlope.reporting.numerals import plural
        from interlope.scenario.case import load
        from interlope.storage import store

        if base & (base - 1):
            raise BadInput([Fault("command line", None, f"--base {base}", "a power of two, such as 128")])
        found = load(case)
        names = tuple(n.strip() for n in outcomes.split(",") if n.strip())
        wanted = job.Wanted(names, trajectories, base, replicates, seed, screen_only)
        run_id = job.name_run(found, wanted)
        target = folder / f"{found.name}-sensitivity-{run_id}"
        keep = target.with_name(f".{target.name}.partial")
        if fresh:
            shutil.rmtree(target, ignore_errors=True)
            shutil.rmtree(keep, ignore_errors=True)
        reused = (target / written.FILE).is_file()
        if reused:
            result = written.load(target)
        else:
            try:
                with Watch(job.DOES, quiet=json) as watch:
                    result = job.run(found, wanted, keep=keep, progress=watch.tell)
            except KeyboardInterrupt:
                again = "the same command goes on from there"
                kept = f"kept: {plural(len(list(keep.glob('*.npy'))), 'finished block')}"
                if json:
                    reason = {"code": "interrupted", "text": f"stopped; {kept}", "remedy": again}
                    print_json("sensitivity", None, clock, case=describe_case(found), seed=seed, status="interrupted", reasons=[reason])
                else:
                    err().print(f"\nStopped; {kept}; {again}.")
                raise typer.Exit(130) from None
            with store.whole(target) as fresh_folder:
                written.write(result, {"case": found.name, "model_digest": digest(), "run_id": run_id}, fresh_folder)
            shutil.rmtree(keep, ignore_errors=True)
        files = sorted(p.name for p in target.iterdir())
        if json:
            whole = {**result, "folder": target.as_posix(), "files": files, "reused": reused}
            print_json("sensitivity", whole, clock, case=describe_case(found), model_digest=digest(), seed=seed)
            return
        made = {t.name: t for t in written.tabulate(result)}["outcomes"]
        shown = [i for i, c in enumerate(made.columns) if c.key != "meaning"]
        print_table(
            "Outcomes, their spread over all factors, and how much of it is luck",
            [made.columns[i].head for i in shown],
            [[made.columns[i].write(row[i]) for i in shown] for row in made.rows],
            (2, 3, 4, 5),
        )
        print_lines(written.tell(result), mark="- ")
        print_lines(
            [
                "",
                *(["These results were run before; --fresh makes them again."] if reused else []),
                f"{result['histories']:,} histories. Tables, figures and {written.PAGE}: {shlex.quote(str(target))}",
            ]
        )
