"""Slurm: the scripts that run an ensemble as an array of jobs and join its parts."""
from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from interlope.quantities import SERIES
from interlope.storage.plan import Plan

SUBMIT = """#!/bin/bash
set -euo pipefail
cd "$(dirname "$0")"
array=$(sbatch --parsable shards.sbatch)
sbatch --dependency=afterok:"${array%%;*}" join.sbatch
"""
THREADS = '--threads "${SLURM_CPUS_PER_TASK:-1}"'


@dataclass(frozen=True)
class Jobs:
    """What the cluster is asked for: jobs in the array, processors, memory and time of each, and where."""

    count: int
    processors: int = 1
    memory: str = "4G"
    time: str = "04:00:00"
    partition: str = ""
    account: str = ""
    constraint: str = ""
    setup: str = ""


def begin_command(plan: Plan, where: str, out: Path) -> list[str]:
    """The words of the command that runs a plan into a folder.

    Parameters
    ----------
    plan : Plan
        The plan of the ensemble.
    where : str
        Name or folder of the case.
    out : Path
        Folder of the ensemble.

    Returns
    -------
    list[str]
    """
    words = ["interlope", "simulate", where, plan.hypothesis, "--draws", str(plan.draws), "--days", str(plan.days), "--seed",
             str(plan.seed), "--shard-size", str(plan.shard), "--out", str(out)]
    words += ["--by", plan.by] if plan.by else []
    words += ["--series", ",".join(plan.series)] if plan.series != SERIES else []
    return [*words, "--summary"] if plan.summary else words


def write(plan: Plan, where: str, out: Path, jobs: Jobs) -> dict[str, str]:
    """The scripts by file name: the array, the join that waits for it, and the one that hands both in.

    Parameters
    ----------
    plan : Plan
        What to run.
    where : str
        Name or folder of the case, as the nodes see it.
    out : Path
        Folder on a disk that all nodes share.
    jobs : Jobs
        What to ask for; no more jobs than there are shards are made.
    """
    count = min(jobs.count, plan.shards)
    part = f'{shlex.join(begin_command(plan, where, out))} --shard "${{SLURM_ARRAY_TASK_ID}}/{count}" {THREADS}'
    join = f'{shlex.join(["interlope", "simulate", "--resume", "--out", str(out)])} {THREADS}'
    array = _head(plan, jobs, "shards", [f"--array=1-{count}", "--requeue"])
    join_head = _head(plan, jobs, "join", ["--kill-on-invalid-dep=yes"])
    return {
        "shards.sbatch": f"{array}\n# Job i makes every {count}th shard from the i-th on; handed in again, it goes on.\n{part}\n",
        "join.sbatch": f"{join_head}\n# Checks every shard, makes what is missing, writes the manifest.\n{join}\n",
        "submit.sh": SUBMIT,
    }


def _head(plan: Plan, jobs: Jobs, what: str, more: list[str]) -> str:
    asked = [f"--job-name=interlope-{what}-{plan.run_id}", *more, "--nodes=1", "--ntasks=1", f"--cpus-per-task={jobs.processors}",
             f"--mem={jobs.memory}", f"--time={jobs.time}"]
    asked += [f"--{name}={value}" for name, value in (("partition", jobs.partition), ("account", jobs.account),
                                                      ("constraint", jobs.constraint)) if value]
    lines = ["#!/bin/bash", *(f"#SBATCH {line}" for line in asked), "set -euo pipefail"]
    return "\n".join([*lines, jobs.setup] if jobs.setup else lines)
