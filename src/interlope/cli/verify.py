"""verify: what others published, and what the same kernel gives."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from interlope.cli import options as o
from interlope.cli.place import check_file

HELP = """Run published results through the kernel: ours beside theirs, with tolerance and source.

Example: interlope verify --only hawkes --only contest

The short set takes about a minute; --full runs larger worlds and longer rows for smaller errors. With --network a table of
groups, members, rivals and allies of your own is run as well (columns: group, members, rivals, allies). Exit code 1 if any row
falls outside its range. Rows are told as they end, and --out is written after each.
"""
FULL = Annotated[bool, typer.Option("--full", help="The whole set, with smaller errors.")]
ONLY = Annotated[list[str] | None, typer.Option("--only", help="Rows whose name begins so; may be repeated.")]
NETWORK = Annotated[Path | None, typer.Option("--network", help="CSV of groups: group, members, rivals, allies.")]
TO = Annotated[Path | None, typer.Option("--out", callback=check_file, help="Markdown file to write the table to.")]


def verify(
    full: FULL = False,
    only: ONLY = None,
    network: NETWORK = None,
    seed: o.SEED = 20231027,
    to: TO = None,
    json: o.JSON = False,
) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines, print_table
    from interlope.cli.progress import Watch

    clock = Clock()
    from interlope.jit.compile import digest
    from interlope.results.verbs import VerifyResult
    from interlope.scenario.network import read
    from interlope.verification import measuring, rendering
    from interlope.verification.own_network import rows_of

    own = () if network is None else rows_of(read(network))
    names = [name for name in only or [] if not (name and any(row.name.startswith(name) for row in own))]
    rows = measuring.choose(full, names) if names or not (only and own) else ()
    rows += tuple(row for row in own if not only or any(row.name.startswith(name) for name in only))
    outcomes = []
    stopped = False

    def write(outcomes: list[measuring.RowOutcome]) -> None:
        """Write the table as far as it is: a run that is killed leaves its rows."""
        if to is not None:
            to.parent.mkdir(parents=True, exist_ok=True)
            beside = to.with_name(f"{to.name}.part")
            beside.write_text(rendering.write_markdown(outcomes, full=full, seed=seed, of=len(rows)), encoding="utf-8")
            beside.replace(to)

    with Watch({"verify": "run published results" + (", full set" if full else "")}, quiet=json) as watch:
        watch.tell("verify", 0, len(rows))
        try:
            for outcome in measuring.measure(rows, full=full, seed=seed, progress=lambda d, t: watch.tell("verify", d, t)):
                outcomes.append(outcome)
                watch.say(f"{outcome.row.name}: {outcome.verdict}, {outcome.seconds:.1f} s")
                write(outcomes)
        except KeyboardInterrupt:
            stopped = True
        watch.tell("verify", 1, 1)
    outside = [outcome for outcome in outcomes if not outcome.holds]
    if json:
        rows_of_results = [rendering.to_record(x) for x in outcomes]
        result = VerifyResult(full=full, rows=rows_of_results, outside=[x.row.name for x in outside])
        print_json("verify", result, clock, model_digest=digest(), seed=seed, mode="full" if full else "short",
                   status="interrupted" if stopped else "ok")
    else:
        print_table("Published results through the kernel", rendering.HEADS, [rendering.cells(x) for x in outcomes], (2, 3))
        print_lines(rendering.summarise(outcomes))
        print_lines([f"Written to {to}."] if to and outcomes else [])
        print_lines([f"Stopped after {len(outcomes)} of {len(rows)} rows."] if stopped else [])
    if stopped:
        raise typer.Exit(130)
    if outside:
        raise typer.Exit(1)
