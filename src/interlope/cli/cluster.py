"""cluster: scripts that run an ensemble on a cluster."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interlope.cli import options as o
from interlope.cli.place import check_apart

if TYPE_CHECKING:
    from interlope.results.ensembles import ClusterResult

HELP = """Write the scripts that run an ensemble as an array of jobs on a cluster and join its parts.

Example: interlope cluster slurm toy takeover --draws 100000 --jobs 50 --out /shared/runs --to slurm

Only 'slurm' is known. In the folder of --to: shards.sbatch (the array), join.sbatch (waits for it) and submit.sh (hands both
in). All nodes must see the folder of --out. The store has the same bytes as one that a single machine makes.
"""
KIND = Annotated[str, typer.Argument(help="Kind of cluster: slurm.", show_default=False)]
EXPLANATION = Annotated[str, typer.Argument(help="Name of an explanation of the case.", show_default=False)]
DRAWS = Annotated[int, typer.Option("--draws", "--replicates", min=1, help="Number of replicates.")]
JOBS = Annotated[int, typer.Option("--jobs", min=1, help="Jobs in the array.")]
STORE = Annotated[Path, typer.Option("--out", help="Folder of the run, on a disk that all nodes share.")]
TO = Annotated[Path, typer.Option("--to", callback=check_apart, help="Folder for the scripts.")]
BY = Annotated[str, typer.Option("--by", help="'sector' or 'class' for that detail in the store.")]
SERIES = Annotated[str, typer.Option("--series", help="Recorded series to keep, with commas between them; all when absent.")]
SUMMARY = Annotated[bool, typer.Option("--summary", help="Keep statistics by day instead of every replicate.")]
SIZE = Annotated[int, typer.Option("--shard-size", min=1, help="Replicates in a shard.")]
DAYS = Annotated[int | None, typer.Option("--days", min=1, help="Days from the case's start; all when absent.")]
CPUS = Annotated[int, typer.Option("--cpus", min=1, help="Processors of each job.")]
MEMORY = Annotated[str, typer.Option("--memory", help="Memory of each job.")]
TIME = Annotated[str, typer.Option("--time", help="Time limit of each job.")]
PARTITION = Annotated[str, typer.Option("--partition", help="Partition of the cluster.")]
ACCOUNT = Annotated[str, typer.Option("--account", help="Account that is charged.")]
CONSTRAINT = Annotated[str, typer.Option("--constraint", help="Feature of the nodes, so that all have one kind of processor.")]
SETUP = Annotated[str, typer.Option("--setup", help="Line run first in each job, for instance to activate an environment.")]


def cluster(
    kind: KIND,
    case: o.CASE,
    explanation: EXPLANATION,
    draws: DRAWS = 100_000,
    jobs: JOBS = 100,
    store: STORE = Path("runs"),
    to: TO = Path("slurm"),
    days: DAYS = None,
    by: BY = "",
    series: SERIES = "",
    seed: o.SEED = 7,
    summary: SUMMARY = False,
    shard_size: SIZE = 250,
    cpus: CPUS = 1,
    memory: MEMORY = "4G",
    time: TIME = "04:00:00",
    partition: PARTITION = "",
    account: ACCOUNT = "",
    constraint: CONSTRAINT = "",
    setup: SETUP = "",
    json: o.JSON = False,
) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json

    clock = Clock()
    from interlope.cli.loading import load
    from interlope.errors import BadInput, nearest
    from interlope.jit.compile import digest
    from interlope.results.ensembles import ClusterResult
    from interlope.scenario.description import describe_case
    from interlope.scenario.folder import locate
    from interlope.storage import refusal, slurm
    from interlope.storage.plan import plan

    if kind != "slurm":
        raise BadInput(f"kind of cluster '{kind}' unknown; expected 'slurm'; {nearest(kind, ['slurm'])}".rstrip("; "))
    _refuse_odd({"--memory": memory or " ", "--time": time or " ", "--partition": partition, "--account": account,
                 "--constraint": constraint})
    loaded = load(case)
    names = o.read_list("--series", series)
    planned = plan(loaded, explanation, draws, seed, days=days, by=by, series=names, shard=shard_size, summary=summary)
    settings = slurm.Jobs(jobs, cpus, memory, time, partition, account, constraint, setup)
    with refusal.telling(to):
        files = _write(slurm.write(planned, locate(loaded.folder), store.resolve(), settings), to)
    result = ClusterResult(kind=kind, run_id=planned.run_id, shards=planned.shards, jobs=min(jobs, planned.shards), files=files,
                           next=shlex.join(["bash", files[-1]]))
    if json:
        print_json("cluster", result, clock, case=describe_case(loaded), model_digest=digest(), seed=seed)
    else:
        _show(result, planned.shard)


def _refuse_odd(values: Mapping[str, str]) -> None:
    """Refuse what would not stay one word of a line that the cluster reads."""
    from interlope.errors import BadInput

    for option, value in values.items():
        if not re.fullmatch(r"[!-~]*", value):
            raise BadInput(f"{option} '{value}': expected one word of letters, digits and signs, as the cluster knows it")


def _write(scripts: Mapping[str, str], folder: Path) -> list[str]:
    """Write scripts by file name into a folder, for anyone to run. Returns their paths."""
    from interlope.manifest.files import refuse_other
    from interlope.storage import disk

    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, text in scripts.items():
        path = folder / name
        refuse_other(path)
        disk.replace(path, text.encode("utf-8", "surrogateescape"))  # names of folders keep their bytes
        path.chmod(0o755)
        files.append(path.as_posix())
    return files


def _show(result: ClusterResult, shard_size: int) -> None:
    """Print how the shards are shared among the jobs, and what to do next."""
    from interlope.cli.console import print_lines

    each = -(-result.shards // result.jobs)
    print_lines([f"{result.shards} shards of {shard_size} replicates in {result.jobs} jobs, at most {each} shards each.",
                 f"Scripts: {', '.join(map(shlex.quote, result.files))}.",
                 f"Hand in with: {result.next}"])
