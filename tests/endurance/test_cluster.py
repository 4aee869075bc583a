"""Many processes, one store: workers of Dask that are killed, and jobs of an array, give the bytes of a single machine."""
from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from distributed import Client, LocalCluster
from typer.testing import CliRunner

from interlope import manifest
from interlope.cli.app import app
from interlope.errors import BadInput
from interlope.scenario.case import load
from interlope.storage import job, workers
from interlope.storage.folder import Folder, describe
from interlope.storage.plan import Plan, plan

pytestmark = pytest.mark.slow
SBATCH = """#!/bin/bash
# Stands in for the real sbatch: runs every job of the array, one after the other, and prints a number for the job.
script="${@: -1}"
echo "$@" >> "$SUBMITTED"
last=$(sed -n 's/^#SBATCH --array=1-//p' "$script")
for i in $(seq 1 "${last:-1}"); do SLURM_ARRAY_TASK_ID=$i SLURM_CPUS_PER_TASK=1 bash "$script" >&2; done
echo 4711
"""


def asked(draws: int = 60, **options) -> Plan:
    return plan(load("toy"), "takeover", draws, 7, **{"shard": 10, "series": ("attempts", "detained"), "days": 20, **options})


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def client():
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster,  # type: ignore[arg-type]
        Client(cluster) as found,
    ):
        yield found


def test_killed_workers_change_no_byte(client, tmp_path):
    job.run(asked(200), tmp_path / "whole")
    killed: list[int] = []

    def list_alive() -> list[int]:
        return [pid for pid in client.run(os.getpid, on_error="ignore").values() if isinstance(pid, int) and pid not in killed]

    def kill() -> None:
        for _ in range(2):
            journal = tmp_path / "runs" / ".unfinished" / "journal-all.jsonl"
            lines, end = 4 * (len(killed) + 1), time.monotonic() + 120
            while time.monotonic() < end and not (journal.is_file() and journal.read_bytes().count(b"\n") >= lines):
                time.sleep(0.01)
            while not (pids := list_alive()) and time.monotonic() < end:  # the scheduler may not know yet that the last one died
                time.sleep(0.05)
            os.kill(pids[0], signal.SIGKILL)
            killed.append(pids[0])

    killer = threading.Thread(target=kill)
    killer.start()
    done = job.run(asked(200), tmp_path / "runs", make=workers.make_on(client))
    killer.join()
    assert len(killed) == 2
    assert (done.simulated, done.finished) == (20, True)
    assert contents(tmp_path / "runs") == contents(tmp_path / "whole")


def test_a_worker_that_is_another_platform_refuses(client, tmp_path, monkeypatch):
    told = manifest.environment()
    monkeypatch.setattr(manifest, "environment", lambda: {**told, "machine": "abacus"})
    with pytest.raises(BadInput, match="a worker cannot make the same shards: the platform is another one: machine abacus then"):
        job.run(asked(20), tmp_path / "runs", make=workers.make_on(client))


def test_shards_made_by_workers_can_be_gone_on_with_at_home(client, tmp_path):
    folder = Folder(tmp_path / "runs")
    record = workers.make_one("toy", manifest.text(describe(asked())), str(folder.path), 3)
    assert record[0] == 3
    done = job.run(asked(), tmp_path / "again", part=(1, 2))
    assert done.simulated == 3
    job.run(asked(), tmp_path / "again", make=workers.make_on(client))
    job.run(asked(), tmp_path / "whole")
    assert contents(tmp_path / "again") == contents(tmp_path / "whole")


def test_no_scheduler_is_said_in_plain_words(monkeypatch):
    with pytest.raises(BadInput, match="no scheduler answers there"), workers.connect("nonsense://nowhere"):
        raise AssertionError
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BadInput, match=r"'\.\[dask\]'"), workers.connect("local"):
        raise AssertionError


@pytest.mark.parametrize("summary", [False, True], ids=["replicates", "summary"])
def test_the_scripts_of_an_array_make_and_join_every_shard(tmp_path, summary):
    words = ["cluster", "slurm", "toy", "takeover", "--draws", "60", "--days", "20", "--shard-size", "10", "--series",
             "attempts,detained", "--jobs", "2", "--out", str(tmp_path / "shared place" / "runs"), "--to", str(tmp_path / "my scripts"),
             "--partition", "short", "--setup", f"export PATH={tmp_path / 'bin'}:$PATH", "--json"]
    told = CliRunner().invoke(app, [*words, "--summary"] if summary else words)
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)["result"]
    assert (found["shards"], found["jobs"]) == (6, 2)
    (tmp_path / "bin").mkdir()
    for name, text in (("sbatch", SBATCH), ("interlope", f'#!/bin/bash\nexec {sys.executable} -m interlope "$@"\n')):
        (tmp_path / "bin" / name).write_text(text)
        (tmp_path / "bin" / name).chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "SUBMITTED": str(tmp_path / "submitted")}
    done = subprocess.run(["bash", *shlex.split(found["next"])[1:]], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "submitted").read_text() == "--parsable shards.sbatch\n--dependency=afterok:4711 join.sbatch\n"
    text = (tmp_path / "my scripts" / "shards.sbatch").read_text()
    assert "#SBATCH --array=1-2\n" in text and "#SBATCH --partition=short\n" in text
    job.run(asked(summary=summary), tmp_path / "whole")
    assert contents(tmp_path / "shared place" / "runs") == contents(tmp_path / "whole")
    assert manifest.read(tmp_path / "whole").settings["summary"] is summary


def test_another_kind_of_cluster_is_refused():
    done = CliRunner().invoke(app, ["cluster", "slurn", "toy", "takeover"])
    assert done.exit_code == 2
    assert "nearest 'slurm'" in done.stderr
